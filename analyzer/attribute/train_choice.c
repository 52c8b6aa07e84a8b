#include "attribute/train_choice.h"

#include "base/array.h"
#include "base/error.h"
#include "base/sorted.h"
#include "learn/log_linear.h"

#include <math.h>
#include <stdlib.h>

enum { HALVES = 2 };
static const double EPSILON = 1e-9;

typedef struct choice_trainer {
    const training_set *set;
    const trained_cues *cues;
    const trained_roles *roles;
    choice_training options;
    trained_choice *out;
    arena *memory;
    sparse_rows rows;       /* one an analysis, in the order of articles, cues, ranks */
    ARRAY(float) values;    /* less gap */
    ARRAY(uint8_t) best;    /* of its cue */
    ARRAY(uint32_t) groups; /* first row of each cue; one more at the end */
    ARRAY(uint32_t) group_article;
    ARRAY(bool) group_true;  /* the cue is a gold one */
    sparse_rows accept_rows; /* one a cue */
    ARRAY(uint8_t) right;
} choice_trainer;

/* --- what is right -------------------------------------------------------------------------- */

static bool ranges_equal(token_ranges a, token_ranges b) {
    if (a.count != b.count) return false;
    for (size_t i = 0; i < a.count; i++)
        if (a.items[i].first != b.items[i].first || a.items[i].end != b.items[i].end) return false;
    return true;
}

/* F1 of the tokens, plus 1 when the spans are the same. */
static double span_quality(token_ranges a, token_ranges b) {
    uint32_t sum = ranges_size(a) + ranges_size(b);
    double f1 = sum ? 2.0 * ranges_common(a, b) / sum : 1;
    return f1 + ranges_equal(a, b);
}

static token_ranges source_of(const analysis *a) {
    return (token_ranges){(token_range *)&a->source, a->source.end > a->source.first};
}

static double quality(const analysis *a, const gold_attribution *gold) {
    return span_quality(analysis_contents(a), gold->contents) +
           0.7 * span_quality(source_of(a), gold->sources);
}

/* Words that do not tell a source: determiners, possessives, prepositions, punctuation. */
static bool is_light(const frame_token *t) {
    static const uint8_t LIGHT_TAGS[] = {
        POS_DT,          POS_PRPS,         POS_IN,           POS_TO, POS_COMMA,
        POS_STOP,        POS_COLON,        POS_POS,          POS_CC, POS_OPEN_QUOTE,
        POS_CLOSE_QUOTE, POS_LEFT_BRACKET, POS_RIGHT_BRACKET};
    if (t->facts.function == FUNCTION_WHO || t->facts.function == FUNCTION_THE) return true;
    for (size_t i = 0; i < sizeof LIGHT_TAGS; i++)
        if (t->part_of_speech == LIGHT_TAGS[i]) return true;
    return false;
}

static bool source_right(const training_article *t, token_ranges source, token_ranges gold) {
    if (gold.count == 0) return source.count == 0;
    if (source.count == 0) return false;
    bool heavy = false, hit_heavy = false;
    for (size_t k = 0; k < gold.count; k++) {
        for (uint32_t i = gold.items[k].first; i < gold.items[k].end; i++) {
            if (is_light(&t->frame.tokens[i])) continue;
            heavy = true;
            hit_heavy |= range_contains(source.items[0], i);
        }
    }
    return heavy ? hit_heavy : ranges_common(source, gold) > 0;
}

/* As the evaluation's "correct": half of both contents, and the source. */
static bool is_right(const training_article *t, const analysis *a) {
    token_ranges contents = analysis_contents(a);
    uint32_t size = ranges_size(contents);
    for (size_t q = 0; q < t->gold_count; q++) {
        const gold_attribution *g = &t->gold[q];
        uint32_t common = ranges_common(contents, g->contents);
        if (common == 0 || 2 * common < size || 2 * common < ranges_size(g->contents)) continue;
        if (source_right(t, source_of(a), g->sources)) return true;
    }
    return false;
}

/* --- re-ranker ------------------------------------------------------------------------------ */

static bool measure_scale(choice_trainer *t) {
    ARRAY(float) gaps = {0};
    for (size_t a = 0; a < t->set->count; a++) {
        for (size_t c = 0; c < t->cues->cues[a].count; c++) {
            const cue_analyses *x = &t->roles->analyses[a][c];
            if (x->count < 2) continue;
            if (!array_push(t->memory, &gaps, x->items[0].score - x->items[1].score)) return false;
        }
    }
    if (gaps.count) qsort(gaps.items, gaps.count, sizeof *gaps.items, sorted_compare_floats);
    float median = gaps.count ? gaps.items[gaps.count / 2] : 1;
    t->out->score_scale = median > 0 ? median : 1;
    return true;
}

static float gap_of(const choice_trainer *t, const cue_analyses *x, size_t rank) {
    return analysis_gap(x->items, rank, t->out->score_scale);
}

static size_t features_of(const choice_trainer *t, size_t a, size_t c, size_t rank,
                          uint64_t *hashes) {
    const cue_analyses *x = &t->roles->analyses[a][c];
    candidate_cue seen =
        candidate_cue_make(&t->set->articles[a].frame, &t->cues->cues[a], (uint32_t)c);
    uint64_t *end =
        candidate_features(&seen, &x->items[rank], (unsigned)rank, gap_of(t, x, rank), hashes);
    return (size_t)(end - hashes);
}

static bool add_group(choice_trainer *t, size_t a, size_t c) {
    const cue_analyses *x = &t->roles->analyses[a][c];
    const gold_attribution *gold = x->gold >= 0 ? &t->set->articles[a].gold[x->gold] : NULL;
    double best = -1, qualities[ANALYSES];
    if (!array_push(t->memory, &t->groups, (uint32_t)t->rows.count) ||
        !array_push(t->memory, &t->group_article, (uint32_t)a) ||
        !array_push(t->memory, &t->group_true, gold != NULL))
        return false;
    for (size_t rank = 0; rank < x->count; rank++) {
        uint64_t hashes[CANDIDATE_FEATURES_MAX];
        uint32_t ids[CANDIDATE_FEATURES_MAX];
        size_t count = features_of(t, a, c, rank, hashes);
        size_t known = feature_numbers_ids(t->out->ranker.dictionary, hashes, count, ids);
        if (!sparse_rows_add(&t->rows, ids, known) ||
            !array_push(t->memory, &t->values, -fminf(gap_of(t, x, rank), RANKER_GAP_MAX)))
            return false;
        qualities[rank] = gold ? quality(&x->items[rank], gold) : 0;
        best = fmax(best, qualities[rank]);
    }
    for (size_t rank = 0; rank < x->count; rank++)
        if (!array_push(t->memory, &t->best, qualities[rank] >= best - EPSILON)) return false;
    return true;
}

static whosaid_status collect_groups(choice_trainer *t, whosaid_error *err) {
    for (size_t a = 0; a < t->set->count; a++) {
        for (size_t c = 0; c < t->cues->cues[a].count; c++) {
            for (size_t rank = 0; rank < t->roles->analyses[a][c].count; rank++) {
                uint64_t hashes[CANDIDATE_FEATURES_MAX];
                size_t count = features_of(t, a, c, rank, hashes);
                feature_numbers_count(t->out->ranker.dictionary, hashes, count);
            }
        }
    }
    if (!feature_numbers_freeze(t->out->ranker.dictionary, t->options.ranker_least))
        return error_no_memory(err);
    for (size_t a = 0; a < t->set->count; a++)
        for (size_t c = 0; c < t->cues->cues[a].count; c++)
            if (!add_group(t, a, c)) return error_no_memory(err);
    if (!array_push(t->memory, &t->groups, (uint32_t)t->rows.count)) return error_no_memory(err);
    return WHOSAID_OK;
}

/* Learns from the true cues of the articles whose number is not `half` modulo 2; HALVES: all. */
static double *fit_ranker(choice_trainer *t, unsigned half) {
    size_t features = feature_numbers_size(t->out->ranker.dictionary);
    double *weights = calloc(features + 1, sizeof *weights);
    uint32_t *chosen = ARENA_NEW(t->memory, uint32_t, t->group_true.count + 1);
    size_t count = 0;
    if (!weights || !chosen) {
        free(weights);
        return NULL;
    }
    weights[features] = 1;
    for (size_t g = 0; g < t->group_true.count; g++)
        if (t->group_true.items[g] && t->group_article.items[g] % HALVES != half)
            chosen[count++] = (uint32_t)g;
    choice_data data = {.rows = &t->rows,
                        .values = t->values.items,
                        .best = t->best.items,
                        .groups = t->groups.items,
                        .chosen = chosen,
                        .chosen_count = count,
                        .feature_count = features};
    if (count == 0 ||
        choice_fit(&data, t->options.ranker_penalty, t->options.ranker_iterations, weights))
        return weights;
    free(weights);
    return NULL;
}

static size_t pick(const choice_trainer *t, size_t group, const double *weights) {
    size_t features = feature_numbers_size(t->out->ranker.dictionary), best = 0;
    double most = -INFINITY;
    for (uint32_t r = t->groups.items[group]; r < t->groups.items[group + 1]; r++) {
        double score =
            log_linear_score(&t->rows, r, weights) + weights[features] * (double)t->values.items[r];
        if (score > most) {
            most = score;
            best = r - t->groups.items[group];
        }
    }
    return best;
}

/* --- acceptance ----------------------------------------------------------------------------- */

/* The analyses that the re-ranker of the other half picks for the cues of an article. */
static chosen_analysis *choose(choice_trainer *t, size_t a, size_t first_group,
                               const double *weights, size_t *count) {
    size_t cues = t->cues->cues[a].count;
    chosen_analysis *chosen = ARENA_NEW(t->memory, chosen_analysis, cues + 1);
    *count = 0;
    for (size_t c = 0; chosen && c < cues; c++) {
        const cue_analyses *x = &t->roles->analyses[a][c];
        if (x->count == 0) continue;
        size_t rank = pick(t, first_group + c, weights);
        candidate_cue seen =
            candidate_cue_make(&t->set->articles[a].frame, &t->cues->cues[a], (uint32_t)c);
        chosen[(*count)++] =
            (chosen_analysis){.cue = seen,
                              .analysis = &x->items[rank],
                              .rank = (unsigned)rank,
                              .gap = gap_of(t, x, rank),
                              .support = (x->items[rank].score - x->nothing) / t->out->score_scale};
    }
    return chosen;
}

static bool add_accepted(choice_trainer *t, double *const rankers[HALVES], bool counting) {
    for (size_t a = 0, group = 0; a < t->set->count; group += t->cues->cues[a].count, a++) {
        size_t count;
        chosen_analysis *chosen = choose(t, a, group, rankers[a % HALVES], &count);
        if (!chosen) return false;
        for (size_t i = 0; i < count; i++) {
            uint64_t hashes[ACCEPTANCE_FEATURES_MAX];
            uint32_t ids[ACCEPTANCE_FEATURES_MAX];
            size_t n = (size_t)(acceptance_features(chosen, count, i, hashes) - hashes);
            if (counting) {
                feature_numbers_count(t->out->acceptance.dictionary, hashes, n);
                continue;
            }
            size_t known = feature_numbers_ids(t->out->acceptance.dictionary, hashes, n, ids);
            if (!sparse_rows_add(&t->accept_rows, ids, known) ||
                !array_push(t->memory, &t->right,
                            is_right(&t->set->articles[a], chosen[i].analysis)))
                return false;
        }
    }
    return true;
}

static whosaid_status fit_acceptance(choice_trainer *t, double *const rankers[HALVES],
                                     whosaid_error *err) {
    hashed_model *m = &t->out->acceptance;
    if (!add_accepted(t, rankers, true) ||
        !feature_numbers_freeze(m->dictionary, t->options.acceptance_least) ||
        !add_accepted(t, rankers, false))
        return error_no_memory(err);
    size_t features = feature_numbers_size(m->dictionary);
    m->weights = calloc(features + 1, sizeof *m->weights);
    uint32_t *chosen = ARENA_NEW(t->memory, uint32_t, t->accept_rows.count + 1);
    if (!m->weights || !chosen) return error_no_memory(err);
    for (uint32_t i = 0; i < t->accept_rows.count; i++)
        chosen[i] = i;
    yes_no_data data = {&t->accept_rows, t->right.items, chosen, t->accept_rows.count, features};
    bool fitted =
        t->accept_rows.count == 0 || yes_no_fit(&data, t->options.acceptance_penalty,
                                                t->options.acceptance_iterations, m->weights);
    return fitted ? WHOSAID_OK : error_no_memory(err);
}

whosaid_status choice_train(const training_set *set, const trained_cues *cues,
                            const trained_roles *roles, choice_training options,
                            trained_choice *out, whosaid_error *err) {
    *out = (trained_choice){.ranker.dictionary = feature_numbers_new(),
                            .acceptance.dictionary = feature_numbers_new()};
    choice_trainer t = {.set = set,
                        .cues = cues,
                        .roles = roles,
                        .options = options,
                        .out = out,
                        .memory = arena_new()};
    double *halves[HALVES] = {NULL, NULL};
    whosaid_status status = WHOSAID_OK;
    if (!out->ranker.dictionary || !out->acceptance.dictionary || !t.memory || !measure_scale(&t))
        status = error_no_memory(err);
    if (status == WHOSAID_OK) status = collect_groups(&t, err);
    if (status == WHOSAID_OK) {
        out->ranker.weights = fit_ranker(&t, HALVES);
        for (unsigned h = 0; h < HALVES; h++)
            halves[h] = fit_ranker(&t, h);
        if (!out->ranker.weights || !halves[0] || !halves[1]) status = error_no_memory(err);
    }
    if (status == WHOSAID_OK) status = fit_acceptance(&t, halves, err);
    free(halves[0]);
    free(halves[1]);
    sparse_rows_free(&t.rows);
    sparse_rows_free(&t.accept_rows);
    arena_free(t.memory);
    if (status != WHOSAID_OK) trained_choice_free(out);
    return status;
}

void trained_choice_free(trained_choice *choice) {
    feature_numbers_free(choice->ranker.dictionary);
    feature_numbers_free(choice->acceptance.dictionary);
    free(choice->ranker.weights);
    free(choice->acceptance.weights);
    *choice = (trained_choice){0};
}
