#include "attribute/attributor.h"

#include "attribute/attribution_model.h"
#include "attribute/candidate_features.h"
#include "attribute/role_scores.h"
#include "attribute/statements.h"
#include "base/error.h"

#include <math.h>

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

/* A content or source of some of the analyses of a cue. They share most of theirs. */
typedef struct part {
    token_range range;
    bool is_source;
    int32_t sum;
    size_t count;
    uint64_t hashes[PART_FEATURES_MAX];
} part;

/* An analysis on its way to its score. */
typedef struct candidate {
    part *parts[ANALYSIS_CONTENTS_MAX + 1];
    size_t part_count, count;
    uint64_t hashes[WHOLE_FEATURES_MAX]; /* of the whole */
} candidate;

typedef struct candidates {
    const attributor *model;
    const candidate_cue *cue;
    candidate items[ANALYSES];
    part parts[ANALYSES * (ANALYSIS_CONTENTS_MAX + 1)];
    size_t part_count;
} candidates;

/* Adds a part, which another analysis may have already. */
static void add_part(candidates *all, candidate *to, token_range range, bool is_source) {
    size_t at = 0;
    while (at < all->part_count &&
           (all->parts[at].range.first != range.first || all->parts[at].range.end != range.end ||
            all->parts[at].is_source != is_source))
        at++;
    part *p = &all->parts[at];
    to->parts[to->part_count++] = p;
    if (at < all->part_count) return;
    all->part_count++;
    p->range = range;
    p->is_source = is_source;
    uint64_t *end = is_source ? candidate_source_features(all->cue, range, p->hashes)
                              : candidate_content_features(all->cue, range, p->hashes);
    p->count = (size_t)(end - p->hashes);
    feature_table_prefetch(&all->model->ranker, p->hashes, p->count);
}

static void add_candidate(candidates *all, const analysis *analyses, size_t rank) {
    const analysis *a = &analyses[rank];
    candidate *to = &all->items[rank];
    float gap = analysis_gap(analyses, rank, all->model->constants.score_scale);
    uint64_t *end = candidate_whole_features(all->cue, a, (unsigned)rank, gap, to->hashes);
    to->count = (size_t)(end - to->hashes);
    to->part_count = 0;
    feature_table_prefetch(&all->model->ranker, to->hashes, to->count);
    for (uint32_t k = 0; k < a->content_count; k++)
        add_part(all, to, a->contents[k], false);
    if (a->source.first != a->source.end) add_part(all, to, a->source, true);
}

/* Keeps the features of the chosen analysis for acceptance. False when memory is out. */
static bool keep_features(const candidate *c, arena *memory, chosen_analysis *out) {
    size_t count = c->count;
    for (size_t k = 0; k < c->part_count; k++)
        count += c->parts[k]->count;
    uint64_t *end = arena_alloc_raw(memory, count, sizeof *end);
    if (!end) return false;
    out->features = end;
    out->feature_count = count;
    memcpy(end, c->hashes, c->count * sizeof *end);
    end += c->count;
    for (size_t k = 0; k < c->part_count; k++) {
        memcpy(end, c->parts[k]->hashes, c->parts[k]->count * sizeof *end);
        end += c->parts[k]->count;
    }
    return true;
}

/* The re-ranker's choice among the analyses of a cue. False when memory is out. */
static bool pick(const attributor *m, const analysis *analyses, size_t count, arena *memory,
                 chosen_analysis *out) {
    size_t best = 0;
    float most = -INFINITY;
    if (count == 1) return true;
    candidates all;
    all.model = m;
    all.cue = &out->cue;
    all.part_count = 0;
    for (size_t rank = 0; rank < count; rank++)
        add_candidate(&all, analyses, rank);
    for (size_t k = 0; k < all.part_count; k++)
        feature_table_sum(&m->ranker, all.parts[k].hashes, all.parts[k].count, 1,
                          &all.parts[k].sum);
    for (size_t rank = 0; rank < count; rank++) {
        const candidate *c = &all.items[rank];
        int32_t sum = 0;
        feature_table_sum(&m->ranker, c->hashes, c->count, 1, &sum);
        for (size_t k = 0; k < c->part_count; k++)
            sum += c->parts[k]->sum;
        float gap = analysis_gap(analyses, rank, m->constants.score_scale);
        float score =
            (float)sum * m->ranker.scale - m->constants.ranker_gap * fminf(gap, RANKER_GAP_MAX);
        if (score > most) {
            most = score;
            best = rank;
        }
    }
    out->rank = (unsigned)best;
    return keep_features(&all.items[best], memory, out);
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
    arena *memory = w->article->arena;
    chosen_analysis *chosen = &w->chosen[w->chosen_count++];
    analysis *kept = arena_alloc_raw(memory, 1, sizeof *kept);
    *chosen =
        (chosen_analysis){.cue = candidate_cue_make(&w->frame, &w->cues, index), .analysis = kept};
    if (!kept || !pick(m, found, count, memory, chosen)) return error_no_memory(err);
    *kept = found[chosen->rank];
    float support = kept->score - analysis_score_of_nothing(transitions, &window);
    chosen->gap = analysis_gap(found, chosen->rank, scale);
    chosen->support = support / scale;
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

/* A chosen analysis with the features that tell whether it is right. */
typedef struct judgement {
    size_t count;
    uint64_t hashes[ACCEPTANCE_FEATURES_MAX];
} judgement;

static float probability_of(const attributor *m, const judgement *j) {
    int32_t sum = 0;
    feature_table_sum(&m->acceptance, j->hashes, j->count, 1, &sum);
    float score = (float)sum * m->acceptance.scale + m->constants.acceptance_constant;
    return 1 / (1 + expf(-score));
}

/* Each is weighed when the next one's weights are asked for. */
static whosaid_status judge(attributing *w, whosaid_error *err) {
    const attributor *m = w->model;
    judgement asked[2];
    w->probabilities = ARENA_NEW(w->article->arena, float, w->chosen_count);
    if (!w->probabilities) return error_no_memory(err);
    for (size_t i = 0; i <= w->chosen_count; i++) {
        judgement *j = &asked[i % 2];
        if (i < w->chosen_count) {
            j->count =
                (size_t)(acceptance_features(w->chosen, w->chosen_count, i, j->hashes) - j->hashes);
            feature_table_prefetch(&m->acceptance, j->hashes, j->count);
        }
        if (i > 0) w->probabilities[i - 1] = probability_of(m, &asked[(i - 1) % 2]);
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
