#include "attribute/attributor.h"

#include "attribute/attribution_model.h"
#include "attribute/base_features.h"
#include "attribute/candidate_features.h"
#include "attribute/statement_kind.h"
#include "base/error.h"

#include <math.h>
#include <stdlib.h>

/* Scores of the roles that depend on the token alone, shared by all cues of a paragraph. */
typedef float base_role_scores[ROLE_WEIGHTS];

/* The work on one article. Everything lives in the article's arena. */
typedef struct attributing {
    const attributor *model;
    article *article;
    article_frame frame;
    cue_scores *cue_scores;       /* [token_count] */
    base_role_scores *base_roles; /* [token_count] */
    cue_list cues;
    int32_t *cue_of_token;
    analysis_search *search;
    chosen_analysis *chosen; /* the best analysis of each cue that has one */
    float *probabilities;    /* [chosen_count] */
    size_t chosen_count;
} attributing;

static void sum_features(const feature_table *table, const uint64_t *features, size_t count,
                         unsigned label_count, int32_t *sum) {
    for (size_t i = 0; i < count; i++)
        feature_table_prefetch(table, features[i]);
    for (size_t i = 0; i < count; i++)
        feature_table_add(table, features[i], label_count, sum);
}

/* One look at each token serves both passes. */
static whosaid_status score_tokens(attributing *w, whosaid_error *err) {
    uint32_t count = w->frame.token_count;
    arena *memory = w->article->arena;
    w->cue_scores = arena_alloc_raw(memory, count, sizeof *w->cue_scores);
    w->base_roles = arena_alloc_raw(memory, count, sizeof *w->base_roles);
    if (!w->cue_scores || !w->base_roles) return error_no_memory(err);
    const feature_table *table = &w->model->base;
    for (uint32_t i = 0; i < count; i++) {
        uint64_t hashes[BASE_FEATURES_MAX];
        int32_t sum[BASE_LABELS] = {0};
        size_t features = (size_t)(base_features(&w->frame, i, hashes) - hashes);
        sum_features(table, hashes, features, BASE_LABELS, sum);
        w->cue_scores[i][0] = 0;
        for (int l = 1; l < CUE_LABELS; l++)
            w->cue_scores[i][l] = (float)sum[l - 1] * table->scale;
        for (int l = 0; l < ROLE_WEIGHTS; l++)
            w->base_roles[i][l] = (float)sum[CUE_LABELS - 1 + l] * table->scale;
    }
    return WHOSAID_OK;
}

static void score_roles(const attributing *w, const role_window *window, role_scores *scores) {
    const feature_table *table = &w->model->role;
    const cue *c = &w->cues.items[window->cue];
    for (uint32_t i = window->first; i < window->end; i++) {
        float *out = scores[i - window->first];
        out[ROLE_OUTSIDE] = out[ROLE_CUE] = 0;
        if (i >= c->first && i < c->end) continue;
        uint64_t hashes[ROLE_FEATURES_MAX];
        int32_t sum[ROLE_WEIGHTS] = {0};
        size_t features = (size_t)(role_features(window, i, hashes) - hashes);
        sum_features(table, hashes, features, ROLE_WEIGHTS, sum);
        for (int l = 0; l < ROLE_WEIGHTS; l++)
            out[l + 1] = w->base_roles[i][l] + (float)sum[l] * table->scale;
    }
}

static float gap_of(const analysis *analyses, size_t rank, float scale) {
    return (analyses[0].score - analyses[rank].score) / scale;
}

/* The re-ranker's choice among the analyses of a cue. */
static size_t pick(const attributor *m, const candidate_cue *own, const analysis *analyses,
                   size_t count) {
    static const float GAP_MAX = 6;
    size_t best = 0;
    float most = -INFINITY;
    for (size_t rank = 0; rank < count; rank++) {
        uint64_t hashes[CANDIDATE_FEATURES_MAX];
        int32_t sum = 0;
        float gap = gap_of(analyses, rank, m->constants.score_scale);
        uint64_t *end = candidate_features(own, &analyses[rank], (unsigned)rank, gap, hashes);
        sum_features(&m->ranker, hashes, (size_t)(end - hashes), 1, &sum);
        float score = (float)sum * m->ranker.scale - m->constants.ranker_gap * fminf(gap, GAP_MAX);
        if (score > most) {
            most = score;
            best = rank;
        }
    }
    return best;
}

static whosaid_status analyze_cue(attributing *w, uint32_t index, whosaid_error *err) {
    const attributor *m = w->model;
    role_window window;
    role_scores scores[ROLE_WINDOW_MAX];
    analysis found[ANALYSES];
    float transitions[ROLE_LABELS][ROLE_LABELS];
    memcpy(transitions, m->constants.role_transitions, sizeof transitions);
    role_window_open(&window, &w->frame, &w->cues, w->cue_of_token, index);
    score_roles(w, &window, scores);
    size_t count =
        analyses_find(w->search, transitions, &window, (const role_scores *)scores, found);
    if (count == 0) return WHOSAID_OK;
    candidate_cue own = candidate_cue_make(&w->frame, &w->cues, index, m->constants.score_scale);
    size_t rank = pick(m, &own, found, count);
    analysis *kept = arena_alloc_raw(w->article->arena, 1, sizeof *kept);
    if (!kept) return error_no_memory(err);
    *kept = found[rank];
    float support = kept->score - analysis_score_of_nothing(transitions, &window);
    w->chosen[w->chosen_count++] = (chosen_analysis){
        own, kept, (unsigned)rank, gap_of(found, rank, own.score_scale), support / own.score_scale};
    return WHOSAID_OK;
}

static whosaid_status analyze_cues(attributing *w, whosaid_error *err) {
    arena *memory = w->article->arena;
    w->cue_of_token = cues_by_token(&w->frame, &w->cues, memory);
    w->search = analysis_search_new(memory);
    w->chosen = ARENA_NEW(memory, chosen_analysis, w->cues.count);
    if (!w->cue_of_token || !w->search || !w->chosen) return error_no_memory(err);
    whosaid_status status = WHOSAID_OK;
    for (uint32_t c = 0; status == WHOSAID_OK && c < w->cues.count; c++)
        status = analyze_cue(w, c, err);
    return status;
}

static whosaid_status judge(attributing *w, whosaid_error *err) {
    const attributor *m = w->model;
    w->probabilities = ARENA_NEW(w->article->arena, float, w->chosen_count);
    if (!w->probabilities) return error_no_memory(err);
    for (size_t i = 0; i < w->chosen_count; i++) {
        uint64_t hashes[ACCEPTANCE_FEATURES_MAX];
        int32_t sum = 0;
        uint64_t *end = acceptance_features(w->chosen, w->chosen_count, i, hashes);
        sum_features(&m->acceptance, hashes, (size_t)(end - hashes), 1, &sum);
        float score = (float)sum * m->acceptance.scale + m->constants.acceptance_constant;
        w->probabilities[i] = 1 / (1 + expf(-score));
    }
    return WHOSAID_OK;
}

/* --- from analyses to attributions ---------------------------------------------------------- */

typedef struct ranked {
    float probability;
    uint32_t index; /* into chosen */
} ranked;

static int compare_ranked(const void *a, const void *b) {
    const ranked *x = a, *y = b;
    if (x->probability != y->probability) return x->probability > y->probability ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

/* True when the content overlaps that of a better one by half of the longer of the two. Only
 * neighbours can: the window of a cue is limited. */
static bool is_duplicate(const attributing *w, const bool *kept, size_t index) {
    const analysis *own = w->chosen[index].analysis;
    uint32_t size = content_size(own);
    uint32_t first = w->cues.items[w->chosen[index].cue.cue].first;
    for (int step = -1; step <= 1; step += 2) {
        for (int64_t k = (int64_t)index + step; k >= 0 && k < (int64_t)w->chosen_count; k += step) {
            uint32_t other_first = w->cues.items[w->chosen[k].cue.cue].first;
            uint32_t apart = other_first > first ? other_first - first : first - other_first;
            if (apart > 2 * ROLE_WINDOW_MAX) break;
            if (!kept[k]) continue;
            uint32_t other = content_size(w->chosen[k].analysis);
            uint32_t longer = other > size ? other : size;
            if (2 * content_common(own, w->chosen[k].analysis) >= longer) return true;
        }
    }
    return false;
}

static quote_type type_of(const article *a, token_ranges contents) {
    size_t words = 0, quoted = 0;
    for (size_t r = 0; r < contents.count; r++) {
        for (uint32_t i = contents.items[r].first; i < contents.items[r].end; i++) {
            unsigned char first = (unsigned char)token_text(a, i).ptr[0];
            bool word = ascii_is_alpha(first) || ascii_is_digit(first) ||
                        (first >= 0x80 && !a->tokens[i].quote_mark);
            words += word;
            quoted += word && a->tokens[i].quote_depth > 0;
        }
    }
    return quoted == 0 ? QUOTE_INDIRECT : quoted == words ? QUOTE_DIRECT : QUOTE_MIXED;
}

static whosaid_status copy_ranges(arena *memory, const token_range *items, size_t count,
                                  token_ranges *out, whosaid_error *err) {
    token_range *copy = ARENA_NEW(memory, token_range, count);
    if (!copy) return error_no_memory(err);
    if (count) memcpy(copy, items, count * sizeof *copy);
    *out = (token_ranges){copy, count};
    return WHOSAID_OK;
}

static whosaid_status write_attribution(attributing *w, size_t index, attribution *out,
                                        whosaid_error *err) {
    arena *memory = w->article->arena;
    const analysis *a = w->chosen[index].analysis;
    const cue *c = &w->cues.items[w->chosen[index].cue.cue];
    token_range cue_range = {c->first, c->end};
    whosaid_status status = copy_ranges(memory, &cue_range, 1, &out->cues, err);
    if (status == WHOSAID_OK)
        status =
            copy_ranges(memory, &a->source, a->source.end > a->source.first, &out->sources, err);
    if (status == WHOSAID_OK)
        status = copy_ranges(memory, a->contents, a->content_count, &out->contents, err);
    if (status != WHOSAID_OK) return status;
    out->type = type_of(w->article, out->contents);
    out->kind = statement_kind_of(&w->frame, c, out->type);
    out->score = w->probabilities[index];
    return WHOSAID_OK;
}

static int compare_places(const void *a, const void *b) {
    const attribution *x = a, *y = b;
    token_range cx = x->contents.items[0], cy = y->contents.items[0];
    if (cx.first != cy.first) return cx.first < cy.first ? -1 : 1;
    if (cx.end != cy.end) return cx.end < cy.end ? -1 : 1;
    uint32_t kx = x->cues.count ? x->cues.items[0].first : 0;
    uint32_t ky = y->cues.count ? y->cues.items[0].first : 0;
    return (kx > ky) - (kx < ky);
}

static whosaid_status write_all(attributing *w, float min_score, whosaid_error *err) {
    arena *memory = w->article->arena;
    ranked *order = ARENA_NEW(memory, ranked, w->chosen_count);
    bool *kept = ARENA_NEW(memory, bool, w->chosen_count);
    attribution *out = ARENA_NEW(memory, attribution, w->chosen_count);
    if (!order || !kept || !out) return error_no_memory(err);
    for (uint32_t i = 0; i < w->chosen_count; i++)
        order[i] = (ranked){w->probabilities[i], i};
    qsort(order, w->chosen_count, sizeof *order, compare_ranked);
    size_t count = 0;
    whosaid_status status = WHOSAID_OK;
    for (size_t i = 0; status == WHOSAID_OK && i < w->chosen_count; i++) {
        if (order[i].probability < min_score) break;
        if (is_duplicate(w, kept, order[i].index)) continue;
        kept[order[i].index] = true;
        status = write_attribution(w, order[i].index, &out[count++], err);
    }
    qsort(out, count, sizeof *out, compare_places);
    w->article->attributions = out;
    w->article->attribution_count = count;
    return status;
}

whosaid_status attributor_find(const attributor *model, article *a, float min_score,
                               whosaid_error *err) {
    a->attributions = NULL;
    a->attribution_count = 0;
    if (a->token_count == 0) return WHOSAID_OK;
    attributing w = {.model = model, .article = a};
    whosaid_status status = frame_build(&model->words, a, &w.frame, err);
    if (status == WHOSAID_OK) status = score_tokens(&w, err);
    if (status == WHOSAID_OK)
        status = cues_decode(&model->chain, &w.frame, (const cue_scores *)w.cue_scores, a->arena,
                             &w.cues, err);
    if (status == WHOSAID_OK) status = analyze_cues(&w, err);
    if (status == WHOSAID_OK) status = judge(&w, err);
    if (status == WHOSAID_OK) status = write_all(&w, min_score, err);
    return status;
}
