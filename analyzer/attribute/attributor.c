#include "attribute/attributor.h"

#include "attribute/attribution_model.h"
#include "attribute/candidate_features.h"
#include "attribute/role_scores.h"
#include "attribute/statements.h"
#include "base/error.h"

#include <math.h>
#include <stdlib.h>

/* The work on one article. Everything lives in the article's arena. */
typedef struct attributing {
    const attributor *model;
    article *article;
    article_frame frame;
    base_scores base;
    cue_list cues;
    int32_t *cue_of_token;
    analysis_search *search;
    role_memo *role_memo;
    role_tokens *role_tokens;
    chosen_analysis *chosen; /* the best analysis of each cue that has one */
    float *probabilities;    /* [chosen_count] */
    size_t chosen_count;
    transcript_turns turns;
} attributing;

/* Analyses further below the best, in units of score_scale, are hardly ever chosen. */
static const float GAP_SEARCHED = 1.5f;

/* The re-ranker's choice among the analyses of a cue. */
static size_t pick(const attributor *m, const candidate_cue *own, const analysis *analyses,
                   size_t count) {
    size_t best = 0;
    float most = -INFINITY;
    if (count == 1) return best;
    uint64_t hashes[ANALYSES][CANDIDATE_FEATURES_MAX];
    size_t counts[ANALYSES];
    for (size_t rank = 0; rank < count; rank++) {
        float gap = analysis_gap(analyses, rank, m->constants.score_scale);
        uint64_t *end = candidate_features(own, &analyses[rank], (unsigned)rank, gap, hashes[rank]);
        counts[rank] = (size_t)(end - hashes[rank]);
        feature_table_prefetch(&m->ranker, hashes[rank], counts[rank]);
    }
    for (size_t rank = 0; rank < count; rank++) {
        int32_t sum = 0;
        float gap = analysis_gap(analyses, rank, m->constants.score_scale);
        feature_table_sum(&m->ranker, hashes[rank], counts[rank], 1, &sum);
        float score =
            (float)sum * m->ranker.scale - m->constants.ranker_gap * fminf(gap, RANKER_GAP_MAX);
        if (score > most) {
            most = score;
            best = rank;
        }
    }
    return best;
}

static whosaid_status analyze_cue(attributing *w, uint32_t index, whosaid_error *err) {
    const attributor *m = w->model;
    const float scale = m->constants.score_scale;
    role_window window;
    role_scores scores[ROLE_WINDOW_MAX];
    analysis found[ANALYSES];
    float transitions[ROLE_LABELS][ROLE_LABELS];
    memcpy(transitions, m->constants.role_transitions, sizeof transitions);
    role_window_open(&window, &w->frame, &w->cues, w->cue_of_token, index);
    role_scores_compute(m, w->role_memo, w->role_tokens, &window, w->base.sums, scores);
    size_t count = analyses_find(w->search, transitions, &window, (const role_scores *)scores,
                                 GAP_SEARCHED * scale, found);
    if (count == 0) return WHOSAID_OK;
    candidate_cue own = candidate_cue_make(&w->frame, &w->cues, index);
    size_t rank = pick(m, &own, found, count);
    analysis *kept = arena_alloc_raw(w->article->arena, 1, sizeof *kept);
    if (!kept) return error_no_memory(err);
    *kept = found[rank];
    float support = kept->score - analysis_score_of_nothing(transitions, &window);
    w->chosen[w->chosen_count++] = (chosen_analysis){
        own, kept, (unsigned)rank, analysis_gap(found, rank, scale), support / scale};
    return WHOSAID_OK;
}

static whosaid_status analyze_cues(attributing *w, whosaid_error *err) {
    arena *memory = w->article->arena;
    w->cue_of_token = cues_by_token(&w->frame, &w->cues, memory);
    w->search = analysis_search_new(memory);
    w->role_memo = role_memo_find(w->model, memory);
    w->role_tokens = role_tokens_new(w->frame.token_count, memory);
    w->chosen = ARENA_NEW(memory, chosen_analysis, w->cues.count);
    if (!w->cue_of_token || !w->search || !w->role_memo || !w->role_tokens || !w->chosen)
        return error_no_memory(err);
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
        feature_table_prefetch(&m->acceptance, hashes, (size_t)(end - hashes));
        feature_table_sum(&m->acceptance, hashes, (size_t)(end - hashes), 1, &sum);
        float score = (float)sum * m->acceptance.scale + m->constants.acceptance_constant;
        w->probabilities[i] = 1 / (1 + expf(-score));
    }
    return WHOSAID_OK;
}

whosaid_status attributor_find(const attributor *model, article *a, float min_score,
                               whosaid_error *err) {
    a->attributions = NULL;
    a->attribution_count = 0;
    if (a->token_count == 0) return WHOSAID_OK;
    attributing w = {.model = model, .article = a};
    whosaid_status status = frame_build(&model->words, a, &w.frame, err);
    if (status == WHOSAID_OK) status = base_scores_compute(model, &w.frame, a->arena, &w.base, err);
    if (status == WHOSAID_OK)
        status = cues_decode(&model->chain, &w.frame, (const cue_scores *)w.base.cues, a->arena,
                             &w.cues, err);
    if (status == WHOSAID_OK) status = analyze_cues(&w, err);
    if (status == WHOSAID_OK) status = judge(&w, err);
    if (status == WHOSAID_OK) status = transcript_find(a, &w.frame, a->arena, &w.turns, err);
    judged_analyses judged = {w.chosen, w.probabilities, w.chosen_count};
    if (status == WHOSAID_OK)
        status = statements_write(a, &w.frame, &judged, &w.turns, min_score, err);
    return status;
}
