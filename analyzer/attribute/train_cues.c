#include "attribute/train_cues.h"

#include "attribute/base_features.h"
#include "base/array.h"
#include "base/error.h"
#include "base/sorted.h"
#include "learn/parallel.h"

#include <math.h>
#include <stdlib.h>

enum { ALL_CUE_LABELS = 7, BIAS_STEPS = 20 };

/* The share of the tokens of cues that may go without their pairs. */
static const double DOUBTED_SHARE = 0.01;

void token_rows_free(token_rows *rows) {
    feature_numbers_free(rows->base);
    feature_numbers_free(rows->pairs);
    sparse_rows_free(&rows->base_rows);
    sparse_rows_free(&rows->pair_rows);
    *rows = (token_rows){0};
}

static void count_article(const training_article *t, token_rows *out) {
    uint64_t base[BASE_FEATURES_MAX], pairs[PAIR_FEATURES_MAX];
    for (uint32_t i = 0; i < t->frame.token_count; i++) {
        size_t count = (size_t)(base_features(&t->frame, i, base) - base);
        size_t pair_count = (size_t)(cue_pair_features(&t->frame.tokens[i], pairs) - pairs);
        feature_numbers_count(out->base, base, count);
        feature_numbers_count(out->pairs, pairs, pair_count);
    }
}

static bool collect_article(const training_article *t, token_rows *out) {
    uint64_t hashes[BASE_FEATURES_MAX];
    uint32_t ids[BASE_FEATURES_MAX], behind = (uint32_t)feature_numbers_size(out->base);
    for (uint32_t i = 0; i < t->frame.token_count; i++) {
        size_t count = (size_t)(base_features(&t->frame, i, hashes) - hashes);
        size_t known = feature_numbers_ids(out->base, hashes, count, ids);
        if (!sparse_rows_add(&out->base_rows, ids, known)) return false;
        count = (size_t)(cue_pair_features(&t->frame.tokens[i], hashes) - hashes);
        known = feature_numbers_ids(out->pairs, hashes, count, ids);
        for (size_t k = 0; k < known; k++)
            ids[k] += behind;
        if (!sparse_rows_add(&out->pair_rows, ids, known)) return false;
    }
    return true;
}

whosaid_status token_rows_collect(const training_set *set, unsigned least, token_rows *out,
                                  whosaid_error *err) {
    *out = (token_rows){.base = feature_numbers_new(),
                        .pairs = feature_numbers_new(),
                        .article_row = ARENA_NEW(set->memory, uint32_t, set->count + 1)};
    if (!out->base || !out->pairs || !out->article_row) return error_no_memory(err);
    for (size_t a = 0; a < set->count; a++)
        count_article(&set->articles[a], out);
    if (!feature_numbers_freeze(out->base, least) || !feature_numbers_freeze(out->pairs, least))
        return error_no_memory(err);
    for (size_t a = 0; a < set->count; a++) {
        out->article_row[a] = (uint32_t)out->base_rows.count;
        if (!collect_article(&set->articles[a], out)) return error_no_memory(err);
    }
    return WHOSAID_OK;
}

static void add_row(const sequence_model *model, const sparse_rows *rows, uint32_t row,
                    float sum[CUE_LABELS]) {
    size_t n;
    const uint32_t *ids = sparse_row(rows, row, &n);
    for (size_t k = 0; k < n; k++)
        for (int l = 0; l < CUE_LABELS; l++)
            sum[l] += model->weights[(size_t)ids[k] * model->width + (size_t)l];
}

/* Scores of the cue labels of an article by a model, with pairs or by base features alone. */
static void score_article(const sequence_model *model, const token_rows *rows, size_t index,
                          uint32_t count, bool with_pairs, cue_scores *out) {
    for (uint32_t i = 0; i < count; i++) {
        float sum[CUE_LABELS] = {0};
        add_row(model, &rows->base_rows, rows->article_row[index] + i, sum);
        if (with_pairs) add_row(model, &rows->pair_rows, rows->article_row[index] + i, sum);
        for (int l = 0; l < CUE_LABELS; l++)
            out[i][l] = sum[l] - sum[0];
    }
}

/* The work of training all folds. */
typedef struct cue_trainer {
    const training_set *set;
    const token_rows *rows;
    cue_training options;
    sequence_set sequences;
    uint32_t *sequence_article; /* [sequence_count] */
    uint8_t *seen;
    sequence_model models[TRAIN_FOLDS];
    bool failed[TRAIN_FOLDS];
    cue_scores **scores; /* [article count] by the model of the other folds */
} cue_trainer;

static bool add_article(cue_trainer *t, size_t index) {
    const training_article *a = &t->set->articles[index];
    for (uint32_t p = 0; p < a->frame.paragraph_count; p++) {
        token_range range = a->frame.paragraphs[p].tokens;
        if (!sequence_set_open(&t->sequences)) return false;
        t->sequence_article[t->sequences.sequence_count - 1] = (uint32_t)index;
        for (uint32_t i = range.first; i < range.end; i++)
            if (!sequence_set_token(&t->sequences, t->rows->article_row[index] + i,
                                    t->rows->article_row[index] + i, a->cue_labels[i],
                                    ALL_CUE_LABELS))
                return false;
    }
    return true;
}

static whosaid_status trainer_init(cue_trainer *t, whosaid_error *err) {
    size_t paragraphs = 0;
    for (size_t a = 0; a < t->set->count; a++)
        paragraphs += t->set->articles[a].frame.paragraph_count;
    t->sequence_article = ARENA_NEW(t->set->memory, uint32_t, paragraphs + 1);
    t->scores = ARENA_NEW(t->set->memory, cue_scores *, t->set->count + 1);
    t->sequences.label_count = CUE_LABELS;
    t->sequences.feature_count =
        feature_numbers_size(t->rows->base) + feature_numbers_size(t->rows->pairs);
    t->sequences.shared = t->rows->base_rows;
    t->sequences.own = t->rows->pair_rows;
    if (!t->sequence_article || !t->scores) return error_no_memory(err);
    for (size_t a = 0; a < t->set->count; a++) {
        t->scores[a] = ARENA_NEW(t->set->memory, cue_scores, t->set->articles[a].frame.token_count);
        if (!t->scores[a] || !add_article(t, a)) return error_no_memory(err);
    }
    t->seen = sequence_seen_labels(&t->sequences);
    return t->seen ? WHOSAID_OK : error_no_memory(err);
}

static void train_fold(void *context, size_t fold) {
    cue_trainer *t = context;
    size_t count = 0, capacity = 0;
    for (size_t s = 0; s < t->sequences.sequence_count; s++)
        capacity += t->set->articles[t->sequence_article[s]].weight;
    uint32_t *chosen = malloc((capacity + 1) * sizeof *chosen);
    t->failed[fold] = !chosen;
    if (!chosen) return;
    for (size_t s = 0; s < t->sequences.sequence_count; s++) {
        const training_article *a = &t->set->articles[t->sequence_article[s]];
        for (unsigned k = 0; a->fold != fold && k < a->weight; k++)
            chosen[count++] = (uint32_t)s;
    }
    sequence_options options = {t->options.epochs, t->options.aggressiveness, 17 * fold + 1};
    t->failed[fold] =
        !sequence_train(&t->sequences, t->seen, chosen, count, options, &t->models[fold]);
    free(chosen);
    for (size_t a = 0; !t->failed[fold] && a < t->set->count; a++)
        if (t->set->articles[a].fold == fold)
            score_article(&t->models[fold], t->rows, a, t->set->articles[a].frame.token_count, true,
                          t->scores[a]);
}

static cue_chain chain_of(const sequence_model *model) {
    cue_chain chain = {.margin_scale = 1};
    for (int k = 0; k < CUE_LABELS; k++)
        for (int l = 0; l < CUE_LABELS; l++)
            chain.transitions[k][l] = model->transitions[k][l];
    return chain;
}

/* The median of the positive token margins; also fills out->margins. 0 when memory is out. */
static float measure_margins(const cue_trainer *t, trained_cues *out) {
    size_t count = 0, tokens = 0, longest = 1;
    for (size_t a = 0; a < t->set->count; a++) {
        tokens += t->set->articles[a].frame.token_count;
        if (t->set->articles[a].frame.token_count > longest)
            longest = t->set->articles[a].frame.token_count;
    }
    float *positive = malloc((tokens + 1) * sizeof *positive);
    cue_scores *forward = malloc(longest * sizeof *forward);
    for (size_t a = 0; positive && forward && a < t->set->count; a++) {
        const training_article *one = &t->set->articles[a];
        cue_chain chain = chain_of(&t->models[one->fold]);
        for (uint32_t p = 0; p < one->frame.paragraph_count; p++) {
            token_range range = one->frame.paragraphs[p].tokens;
            cue_margins(&chain, (const cue_scores *)t->scores[a] + range.first,
                        range.end - range.first, (cue_ends){false, false}, forward,
                        out->margins[a] + range.first);
        }
        for (uint32_t i = 0; i < one->frame.token_count; i++)
            if (out->margins[a][i] > 0) positive[count++] = out->margins[a][i];
    }
    float median = 0;
    if (positive && forward) {
        qsort(positive, count, sizeof *positive, sorted_compare_floats);
        median = count ? positive[count / 2] : 1;
    }
    free(positive);
    free(forward);
    return median;
}

/* Decodes every article with its fold's model. Returns the number of cues. */
static size_t decode_all(const cue_trainer *t, float bias, float scale, trained_cues *out,
                         arena *memory, whosaid_status *status, whosaid_error *err) {
    size_t found = 0;
    for (size_t a = 0; *status == WHOSAID_OK && a < t->set->count; a++) {
        const training_article *one = &t->set->articles[a];
        cue_chain chain = chain_of(&t->models[one->fold]);
        chain.bias = bias;
        chain.margin_scale = scale;
        *status = cues_decode(&chain, &one->frame, (const cue_scores *)t->scores[a], memory,
                              &out->cues[a], err);
        found += out->cues[a].count;
    }
    return found;
}

/* The bias at which `proposals` cues are found for each gold one, by bisection. */
static whosaid_status choose_bias(const cue_trainer *t, float scale, trained_cues *out,
                                  whosaid_error *err) {
    size_t gold = 0;
    for (size_t a = 0; a < t->set->count; a++)
        for (uint32_t i = 0; i < t->set->articles[a].frame.token_count; i++)
            gold += t->set->articles[a].cue_labels[i] == 1;
    float low = -2 * scale, high = 4 * scale, bias = 0;
    whosaid_status status = WHOSAID_OK;
    for (int step = 0; step < BIAS_STEPS && status == WHOSAID_OK; step++) {
        arena *scratch = arena_new();
        if (!scratch) return error_no_memory(err);
        bias = (low + high) / 2;
        size_t found = decode_all(t, bias, scale, out, scratch, &status, err);
        if ((float)found < t->options.proposals * (float)gold)
            low = bias;
        else
            high = bias;
        arena_free(scratch);
    }
    if (status == WHOSAID_OK) decode_all(t, bias, scale, out, t->set->memory, &status, err);
    out->chain.bias = bias;
    out->chain.margin_scale = scale;
    return status;
}

/* What all but few tokens of the cues that were found score by base features alone. */
static whosaid_status measure_least(const cue_trainer *t, trained_cues *out, whosaid_error *err) {
    arena *scratch = arena_new();
    if (!scratch) return error_no_memory(err);
    ARRAY(float) found = {0};
    bool done = true;
    for (size_t a = 0; done && a < t->set->count; a++) {
        const training_article *one = &t->set->articles[a];
        cue_scores *scores = ARENA_NEW(scratch, cue_scores, one->frame.token_count);
        done = scores != NULL;
        if (done)
            score_article(&t->models[one->fold], t->rows, a, one->frame.token_count, false, scores);
        for (size_t c = 0; done && c < out->cues[a].count; c++)
            for (uint32_t i = out->cues[a].items[c].first; i < out->cues[a].items[c].end; i++)
                done = done && array_push(scratch, &found, fmaxf(scores[i][1], scores[i][2]));
    }
    if (found.count) {
        qsort(found.items, found.count, sizeof *found.items, sorted_compare_floats);
        out->pairs_least = found.items[(size_t)((double)found.count * DOUBTED_SHARE)];
    }
    arena_free(scratch);
    return done ? WHOSAID_OK : error_no_memory(err);
}

static whosaid_status finish(cue_trainer *t, trained_cues *out, whosaid_error *err) {
    for (int fold = 0; fold < TRAIN_FOLDS; fold++)
        if (t->failed[fold] ||
            !sequence_model_add(&out->average, &t->models[fold], 1.0f / TRAIN_FOLDS))
            return error_no_memory(err);
    out->chain = chain_of(&out->average);
    out->cues = ARENA_NEW(t->set->memory, cue_list, t->set->count + 1);
    out->margins = ARENA_NEW(t->set->memory, float *, t->set->count + 1);
    if (!out->cues || !out->margins) return error_no_memory(err);
    for (size_t a = 0; a < t->set->count; a++) {
        out->margins[a] = ARENA_NEW(t->set->memory, float, t->set->articles[a].frame.token_count);
        if (!out->margins[a]) return error_no_memory(err);
    }
    float scale = measure_margins(t, out);
    if (scale <= 0) return error_no_memory(err);
    whosaid_status status = choose_bias(t, scale, out, err);
    return status == WHOSAID_OK ? measure_least(t, out, err) : status;
}

whosaid_status cues_train(const training_set *set, const token_rows *rows, cue_training options,
                          trained_cues *out, whosaid_error *err) {
    *out = (trained_cues){0};
    cue_trainer t = {.set = set, .rows = rows, .options = options};
    whosaid_status status = trainer_init(&t, err);
    if (status == WHOSAID_OK) {
        parallel_run(TRAIN_FOLDS, options.threads, train_fold, &t);
        status = finish(&t, out, err);
    }
    for (int fold = 0; fold < TRAIN_FOLDS; fold++)
        sequence_model_free(&t.models[fold]);
    t.sequences.shared = t.sequences.own = (sparse_rows){0}; /* borrowed */
    sequence_set_free(&t.sequences);
    free(t.seen);
    if (status != WHOSAID_OK) sequence_model_free(&out->average);
    return status;
}
