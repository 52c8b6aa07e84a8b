#include "attribute/train_roles.h"

#include "base/array.h"
#include "base/error.h"
#include "learn/parallel.h"

#include <math.h>
#include <stdlib.h>

enum { CUE_ONLY = 1 << ROLE_CUE, ALL_BUT_CUE = CUE_ONLY - 1 };

/* One window to learn from or to analyse. */
typedef struct role_instance {
    uint32_t article;
    int32_t cue;  /* index into the article's proposed cues; -1: a missed gold cue */
    int32_t gold; /* -1: a spurious cue */
} role_instance;

typedef struct role_trainer {
    const training_set *set;
    const token_rows *rows;
    const trained_cues *cues;
    role_training options;
    sequence_set sequences;
    ARRAY(role_instance) instances; /* one a sequence */
    uint8_t *seen;
    sequence_model models[TRAIN_FOLDS];
    bool failed[TRAIN_FOLDS];
    trained_roles *out;
    bool counting; /* first pass: features are only counted */
} role_trainer;

static int32_t gold_of_cue(const training_article *t, const cue *c) {
    int32_t best = -1;
    uint32_t most = 0;
    token_range own = {c->first, c->end};
    for (size_t q = 0; q < t->gold_count; q++) {
        uint32_t common = ranges_common(t->gold[q].cues, (token_ranges){&own, 1});
        if (common <= most) continue;
        most = common;
        best = (int32_t)q;
    }
    return best;
}

static void put_label(uint8_t *labels, const role_window *w, token_ranges ranges, uint8_t begins) {
    for (size_t r = 0; r < ranges.count; r++) {
        token_range range = ranges.items[r];
        for (uint32_t i = range.first; i < range.end; i++) {
            if (i < w->first || i >= w->end) continue;
            bool first = i == range.first || i == w->first;
            labels[i - w->first] = first ? begins : begins + 1;
        }
    }
}

/* Gold labels of a window; what one span cuts off another begins anew. */
static void window_labels(const role_window *w, const gold_attribution *gold, uint8_t *labels) {
    uint32_t count = w->end - w->first;
    const cue *c = &w->cues->items[w->cue];
    memset(labels, ROLE_OUTSIDE, count);
    if (gold) {
        put_label(labels, w, gold->contents, ROLE_CONTENT_BEGINS);
        put_label(labels, w, gold->sources, ROLE_SOURCE_BEGINS);
    }
    for (uint32_t i = c->first; i < c->end && i < w->end; i++)
        labels[i - w->first] = ROLE_CUE;
    for (uint32_t i = 0; i < count; i++) {
        bool inside = labels[i] == ROLE_CONTENT || labels[i] == ROLE_SOURCE;
        if (inside && (i == 0 || (labels[i - 1] != labels[i] && labels[i - 1] != labels[i] - 1)))
            labels[i]--;
    }
}

static bool add_token(role_trainer *t, const role_window *w, uint32_t index, uint8_t label,
                      uint32_t base_row) {
    const cue *c = &w->cues->items[w->cue];
    if (index >= c->first && index < c->end)
        return t->counting ||
               sequence_set_token(&t->sequences, SEQUENCE_NO_ROW, SEQUENCE_NO_ROW, label, CUE_ONLY);
    uint64_t hashes[ROLE_FEATURES_MAX];
    uint32_t ids[ROLE_FEATURES_MAX];
    role_view view = role_view_of(w, index);
    size_t count = (size_t)(role_features(&view, hashes) - hashes);
    if (t->counting) {
        feature_numbers_count(t->out->dictionary, hashes, count);
        return true;
    }
    size_t known = feature_numbers_ids(t->out->dictionary, hashes, count, ids);
    uint32_t offset = (uint32_t)feature_numbers_size(t->rows->base);
    for (size_t i = 0; i < known; i++)
        ids[i] += offset;
    uint32_t own_row = (uint32_t)t->sequences.own.count;
    return sparse_rows_add(&t->sequences.own, ids, known) &&
           sequence_set_token(&t->sequences, base_row, own_row, label, ALL_BUT_CUE);
}

static bool add_window(role_trainer *t, const role_window *w, role_instance instance) {
    uint8_t labels[ROLE_WINDOW_MAX];
    const training_article *a = &t->set->articles[instance.article];
    window_labels(w, instance.gold >= 0 ? &a->gold[instance.gold] : NULL, labels);
    if (!t->counting &&
        (!sequence_set_open(&t->sequences) || !array_push(t->set->memory, &t->instances, instance)))
        return false;
    for (uint32_t i = w->first; i < w->end; i++)
        if (!add_token(t, w, i, labels[i - w->first], t->rows->article_row[instance.article] + i))
            return false;
    return true;
}

/* A gold cue that no proposed cue touches, put among the proposed ones. */
static bool add_missed_cue(role_trainer *t, uint32_t article_index, int32_t gold,
                           token_range marked, arena *scratch) {
    const training_article *a = &t->set->articles[article_index];
    const cue_list *proposed = &t->cues->cues[article_index];
    cue *items = ARENA_NEW(scratch, cue, proposed->count + 1);
    if (!items) return false;
    size_t at = 0;
    while (at < proposed->count && proposed->items[at].first < marked.first)
        at++;
    memcpy(items, proposed->items, at * sizeof *items);
    memcpy(items + at + 1, proposed->items + at, (proposed->count - at) * sizeof *items);
    items[at] = cue_make(&t->cues->chain, &a->frame, marked.first, marked.end,
                         t->cues->margins[article_index]);
    cue_list list = {items, proposed->count + 1};
    int32_t *by_token = cues_by_token(&a->frame, &list, scratch);
    if (!by_token) return false;
    role_window w;
    role_window_open(&w, &a->frame, &list, by_token, (uint32_t)at);
    return add_window(t, &w, (role_instance){article_index, -1, gold});
}

static bool add_article(role_trainer *t, uint32_t index, arena *scratch) {
    const training_article *a = &t->set->articles[index];
    const cue_list *proposed = &t->cues->cues[index];
    int32_t *by_token = cues_by_token(&a->frame, proposed, scratch);
    if (!by_token) return false;
    for (uint32_t c = 0; c < proposed->count; c++) {
        role_window w;
        role_window_open(&w, &a->frame, proposed, by_token, c);
        role_instance instance = {index, (int32_t)c, gold_of_cue(a, &proposed->items[c])};
        if (!add_window(t, &w, instance)) return false;
    }
    for (size_t q = 0; q < a->gold_count; q++) {
        for (size_t k = 0; k < a->gold[q].cues.count; k++) {
            token_range marked = a->gold[q].cues.items[k];
            bool touched = false;
            for (uint32_t i = marked.first; i < marked.end; i++)
                touched |= by_token[i] >= 0;
            if (!touched && !add_missed_cue(t, index, (int32_t)q, marked, scratch)) return false;
        }
    }
    return true;
}

static whosaid_status add_all(role_trainer *t, whosaid_error *err) {
    arena *scratch = arena_new();
    bool done = scratch != NULL;
    for (uint32_t a = 0; done && a < t->set->count; a++) {
        done = add_article(t, a, scratch);
        arena_reset(scratch);
    }
    arena_free(scratch);
    return done ? WHOSAID_OK : error_no_memory(err);
}

static whosaid_status trainer_init(role_trainer *t, whosaid_error *err) {
    t->out->dictionary = feature_numbers_new();
    if (!t->out->dictionary) return error_no_memory(err);
    t->sequences.label_count = ROLE_LABELS;
    t->sequences.shared = t->rows->base_rows;
    t->counting = true;
    whosaid_status status = add_all(t, err);
    t->counting = false;
    if (status != WHOSAID_OK) return status;
    if (!feature_numbers_freeze(t->out->dictionary, t->options.least)) return error_no_memory(err);
    t->sequences.feature_count =
        feature_numbers_size(t->rows->base) + feature_numbers_size(t->out->dictionary);
    status = add_all(t, err);
    if (status != WHOSAID_OK) return status;
    t->seen = sequence_seen_labels(&t->sequences);
    return t->seen ? WHOSAID_OK : error_no_memory(err);
}

static void train_fold(void *context, size_t fold) {
    role_trainer *t = context;
    size_t count = 0, capacity = 0;
    for (size_t s = 0; s < t->instances.count; s++)
        capacity += t->set->articles[t->instances.items[s].article].weight;
    uint32_t *chosen = malloc((capacity + 1) * sizeof *chosen);
    t->failed[fold] = !chosen;
    if (!chosen) return;
    for (size_t s = 0; s < t->instances.count; s++) {
        const role_instance *instance = &t->instances.items[s];
        const training_article *a = &t->set->articles[instance->article];
        bool use = a->fold != fold && instance->gold >= 0;
        for (unsigned k = 0; use && k < a->weight; k++)
            chosen[count++] = (uint32_t)s;
    }
    sequence_options options = {t->options.epochs, t->options.aggressiveness, fold + 5};
    t->failed[fold] =
        !sequence_train(&t->sequences, t->seen, chosen, count, options, &t->models[fold]);
    free(chosen);
}

/* Analyses of the cues of the articles of one fold. */
typedef struct analyst {
    analysis_search *search;
    label_scores scores[ROLE_WINDOW_MAX];
    role_scores relative[ROLE_WINDOW_MAX]; /* to the label outside */
} analyst;

static bool analyze(role_trainer *t, analyst *at, size_t sequence, const int32_t *by_token) {
    const role_instance *instance = &t->instances.items[sequence];
    const training_article *a = &t->set->articles[instance->article];
    sequence_model *model = &t->models[a->fold];
    sequence_range range = t->sequences.sequences[sequence];
    sequence_score(model, &t->sequences, range, at->scores);
    for (uint32_t i = 0; i < range.end - range.first; i++)
        for (int l = 0; l < ROLE_LABELS; l++)
            at->relative[i][l] = l == ROLE_CUE ? 0 : at->scores[i][l] - at->scores[i][0];
    float transitions[ROLE_LABELS][ROLE_LABELS];
    for (int k = 0; k < ROLE_LABELS; k++)
        for (int l = 0; l < ROLE_LABELS; l++)
            transitions[k][l] = model->transitions[k][l];
    role_window w;
    role_window_open(&w, &a->frame, &t->cues->cues[instance->article], by_token,
                     (uint32_t)instance->cue);
    analysis found[ANALYSES];
    size_t count = analyses_find(at->search, transitions, &w, (const role_scores *)at->relative,
                                 INFINITY, found);
    cue_analyses *out = &t->out->analyses[instance->article][instance->cue];
    out->items = ARENA_NEW(t->set->memory, analysis, count);
    if (!out->items) return false;
    memcpy(out->items, found, count * sizeof *found);
    out->count = (uint32_t)count;
    out->nothing = analysis_score_of_nothing(transitions, &w);
    out->gold = instance->gold;
    return true;
}

static whosaid_status analyze_all(role_trainer *t, whosaid_error *err) {
    arena *memory = t->set->memory;
    analyst *at = ARENA_NEW(memory, analyst, 1);
    t->out->analyses = ARENA_NEW(memory, cue_analyses *, t->set->count + 1);
    if (!at || !t->out->analyses) return error_no_memory(err);
    at->search = analysis_search_new(memory);
    if (!at->search) return error_no_memory(err);
    for (size_t a = 0; a < t->set->count; a++) {
        t->out->analyses[a] = ARENA_NEW(memory, cue_analyses, t->cues->cues[a].count + 1);
        if (!t->out->analyses[a]) return error_no_memory(err);
    }
    int32_t *by_token = NULL;
    for (size_t s = 0; s < t->instances.count; s++) {
        uint32_t a = t->instances.items[s].article;
        if (s == 0 || t->instances.items[s - 1].article != a)
            by_token = cues_by_token(&t->set->articles[a].frame, &t->cues->cues[a], memory);
        if (!by_token) return error_no_memory(err);
        if (t->instances.items[s].cue >= 0 && !analyze(t, at, s, by_token))
            return error_no_memory(err);
    }
    return WHOSAID_OK;
}

whosaid_status roles_train(const training_set *set, const token_rows *rows,
                           const trained_cues *cues, role_training options, trained_roles *out,
                           whosaid_error *err) {
    *out = (trained_roles){0};
    role_trainer t = {.set = set, .rows = rows, .cues = cues, .options = options, .out = out};
    whosaid_status status = trainer_init(&t, err);
    if (status == WHOSAID_OK) parallel_run(TRAIN_FOLDS, options.threads, train_fold, &t);
    for (int fold = 0; status == WHOSAID_OK && fold < TRAIN_FOLDS; fold++)
        if (t.failed[fold] ||
            !sequence_model_add(&out->average, &t.models[fold], 1.0f / TRAIN_FOLDS))
            status = error_no_memory(err);
    if (status == WHOSAID_OK) status = analyze_all(&t, err);
    for (int fold = 0; fold < TRAIN_FOLDS; fold++)
        sequence_model_free(&t.models[fold]);
    t.sequences.shared = (sparse_rows){0}; /* borrowed */
    sequence_set_free(&t.sequences);
    free(t.seen);
    if (status != WHOSAID_OK) trained_roles_free(out);
    return status;
}

void trained_roles_free(trained_roles *roles) {
    sequence_model_free(&roles->average);
    feature_numbers_free(roles->dictionary);
    *roles = (trained_roles){0};
}
