#include "attribute/analysis.h"

#if defined(__x86_64__)
#include <emmintrin.h>
#endif

/* What was seen up to a token, as a lane: bit 0 content, bit 1 source. */
enum { SEEN_CONTENT = 1, SEEN_SOURCE = 2, LANES = 4 };

/* A state is a label with what was seen: label * LANES + lane. Rows of one lane have a place for
 * each label, and two that stay empty. */
enum { STATES = ROLE_LABELS * LANES, LANE_WIDTH = 8 };

static const float IMPOSSIBLE = -1e30f;

/* Four scores of one label, a lane each. */
typedef float lanes __attribute__((vector_size(LANES * sizeof(float))));

typedef struct score_row {
    lanes labels[ROLE_LABELS];
} score_row;

/* The same scores, or others by label, one lane after the other. */
typedef struct lane_row {
    float labels[LANE_WIDTH];
} lane_row;

/* A way to read the window that leaves a reading already found: at `token` it is in `state`, which
 * it reached in the best way; behind it, it is as the reading. */
typedef struct detour {
    float score, tail; /* of the whole; of what is behind the token */
    uint16_t token;
    uint8_t state, reading; /* ANALYSES: none, the token is the last one */
} detour;

struct analysis_search {
    lane_row best[ROLE_WINDOW_MAX][LANES];
    uint8_t states[ANALYSES][ROLE_WINDOW_MAX]; /* of the readings found */
    detour detours[ANALYSES];                  /* the best ones not taken yet, best first */
    size_t detour_count;
    const role_scores *scores;
    lane_row into[ROLE_LABELS]; /* the transitions to a label, those that may be */
};

static inline unsigned label_of(unsigned state) {
    return state / LANES;
}

static inline lanes all_lanes(float value) {
    return (lanes){value, value, value, value};
}

static inline lanes larger(lanes a, lanes b) {
#if defined(__x86_64__)
    return _mm_max_ps(a, b);
#else
    for (int k = 0; k < LANES; k++)
        a[k] = a[k] > b[k] ? a[k] : b[k];
    return a;
#endif
}

/* Within a content or source only its own labels go on; to all others any label may lead. */
static bool may_follow(unsigned before, unsigned here) {
    if (here != ROLE_CONTENT && here != ROLE_SOURCE) return true;
    return before == here || before == here - 1;
}

analysis_search *analysis_search_new(arena *memory) {
    return arena_alloc_raw(memory, 1, sizeof(analysis_search));
}

static void set_transitions(analysis_search *s, float transitions[ROLE_LABELS][ROLE_LABELS]) {
    for (unsigned to = 0; to < ROLE_LABELS; to++)
        for (unsigned from = 0; from < LANE_WIDTH; from++)
            s->into[to].labels[from] =
                from < ROLE_LABELS && may_follow(from, to) ? transitions[from][to] : IMPOSSIBLE;
}

static void set_impossible(score_row *row) {
    for (int l = 0; l < ROLE_LABELS; l++)
        row->labels[l] = all_lanes(IMPOSSIBLE);
}

static void search_first(const analysis_search *s, bool in_cue, score_row *row) {
    const float *own = s->scores[0];
    set_impossible(row);
    if (in_cue) {
        row->labels[ROLE_CUE][0] = own[ROLE_CUE];
        return;
    }
    row->labels[ROLE_OUTSIDE][0] = own[ROLE_OUTSIDE];
    row->labels[ROLE_CONTENT_BEGINS][SEEN_CONTENT] = own[ROLE_CONTENT_BEGINS];
    row->labels[ROLE_SOURCE_BEGINS][SEEN_SOURCE] = own[ROLE_SOURCE_BEGINS];
}

/* Lays a row out by lanes. */
static inline void keep_row(const score_row *row, lane_row *out) {
#if defined(__x86_64__)
    lanes a = row->labels[0], b = row->labels[1], c = row->labels[2], d = row->labels[3];
    lanes e = row->labels[4], f = row->labels[5], g = all_lanes(IMPOSSIBLE), h = g;
    _MM_TRANSPOSE4_PS(a, b, c, d);
    _MM_TRANSPOSE4_PS(e, f, g, h);
    const lanes low[LANES] = {a, b, c, d}, high[LANES] = {e, f, g, h};
    for (int q = 0; q < LANES; q++) {
        _mm_storeu_ps(out[q].labels, low[q]);
        _mm_storeu_ps(out[q].labels + 4, high[q]);
    }
#else
    for (int q = 0; q < LANES; q++)
        for (int l = 0; l < LANE_WIDTH; l++)
            out[q].labels[l] = l < ROLE_LABELS ? row->labels[l][q] : IMPOSSIBLE;
#endif
}

/* The best scores of the labels before, each with its transition to `label`. */
static inline lanes best_before(const score_row *before, lanes into[ROLE_LABELS]) {
    lanes best = before->labels[0] + into[0];
    for (int l = 1; l < ROLE_LABELS; l++)
        best = larger(best, before->labels[l] + into[l]);
    return best;
}

/* The scores of a token behind `before`; outside the cue only its own label is closed. */
static inline score_row search_step(const score_row *before, lanes into[ROLE_LABELS][ROLE_LABELS],
                                    const float *own) {
    const float no = IMPOSSIBLE;
    const lanes *last = before->labels;
    score_row row;
    row.labels[ROLE_OUTSIDE] =
        best_before(before, into[ROLE_OUTSIDE]) + all_lanes(own[ROLE_OUTSIDE]);
    row.labels[ROLE_CONTENT] =
        larger(last[ROLE_CONTENT_BEGINS] + into[ROLE_CONTENT][ROLE_CONTENT_BEGINS],
               last[ROLE_CONTENT] + into[ROLE_CONTENT][ROLE_CONTENT]) +
        all_lanes(own[ROLE_CONTENT]);
    row.labels[ROLE_SOURCE] =
        larger(last[ROLE_SOURCE_BEGINS] + into[ROLE_SOURCE][ROLE_SOURCE_BEGINS],
               last[ROLE_SOURCE] + into[ROLE_SOURCE][ROLE_SOURCE]) +
        all_lanes(own[ROLE_SOURCE]);
    /* Content may begin where some was seen or none: lanes 1 and 3 come from 0 and 2 too. */
    lanes content = best_before(before, into[ROLE_CONTENT_BEGINS]);
    lanes none_before = {no, content[0], no, content[2]}, some = {no, content[1], no, content[3]};
    row.labels[ROLE_CONTENT_BEGINS] =
        larger(none_before, some) + all_lanes(own[ROLE_CONTENT_BEGINS]);
    /* A source begins only where none was seen. */
    lanes source = best_before(before, into[ROLE_SOURCE_BEGINS]);
    row.labels[ROLE_SOURCE_BEGINS] =
        (lanes){no, no, source[0], source[1]} + all_lanes(own[ROLE_SOURCE_BEGINS]);
    row.labels[ROLE_CUE] = all_lanes(IMPOSSIBLE);
    return row;
}

/* best[i], state q: the best score of a labelling of tokens 0..i that ends in q. Inside the cue
 * only the cue's states are open, outside only the others. */
static void search_forward(analysis_search *s, size_t count, size_t cue_first, size_t cue_end) {
    lanes into[ROLE_LABELS][ROLE_LABELS]; /* [label][label before] */
    for (int to = 0; to < ROLE_LABELS; to++)
        for (int from = 0; from < ROLE_LABELS; from++)
            into[to][from] = all_lanes(s->into[to].labels[from]);
    score_row row, next;
    search_first(s, cue_first == 0, &row);
    keep_row(&row, s->best[0]);
    for (size_t i = 1; i < count; i++) {
        const float *own = s->scores[i];
        if (i >= cue_first && i < cue_end) {
            set_impossible(&next);
            next.labels[ROLE_CUE] = best_before(&row, into[ROLE_CUE]) + all_lanes(own[ROLE_CUE]);
        } else {
            next = search_step(&row, into, own);
        }
        row = next;
        keep_row(&row, s->best[i]);
    }
}

/* Keeps a detour if it is among the best. */
static void offer(analysis_search *s, float least, detour d) {
    size_t at = s->detour_count;
    if (d.score < least) return;
    if (at == ANALYSES) {
        if (d.score <= s->detours[at - 1].score) return;
        at--;
    } else {
        s->detour_count++;
    }
    for (; at > 0 && s->detours[at - 1].score < d.score; at--)
        s->detours[at] = s->detours[at - 1];
    s->detours[at] = d;
}

/* Scores of a way by the label of the token before. */
typedef struct arrivals {
    lanes low, high;
} arrivals;

static inline arrivals arrive(const lane_row *before, const lane_row *into) {
    arrivals a;
    for (int l = 0; l < LANES; l++) {
        a.low[l] = before->labels[l] + into->labels[l];
        a.high[l] = before->labels[LANES + l] + into->labels[LANES + l];
    }
    return a;
}

static inline float score_of_label(const arrivals *a, unsigned label) {
    float scores[LANE_WIDTH];
    memcpy(scores, a, sizeof scores);
    return scores[label];
}

/* The best of the scores, in each lane. */
static inline lanes best_arrival(const arrivals *a) {
    lanes most = larger(a->low, a->high);
    most = larger(most, (lanes){most[2], most[3], most[0], most[1]});
    return larger(most, (lanes){most[1], most[0], most[3], most[2]});
}

/* Bit l is set when the label l scores at least `least`, which is the same in each lane. */
static inline unsigned labels_from(const arrivals *a, lanes least) {
    unsigned found = 0;
#if defined(__x86_64__)
    found = (unsigned)_mm_movemask_ps(_mm_cmpge_ps(a->low, least)) |
            (unsigned)_mm_movemask_ps(_mm_cmpge_ps(a->high, least)) << LANES;
#else
    for (unsigned l = 0; l < LANES; l++)
        found |= (unsigned)(a->low[l] >= least[l]) << l | (unsigned)(a->high[l] >= least[l])
                                                              << (LANES + l);
#endif
    return found & ((1u << ROLE_LABELS) - 1);
}

/* The first label that scores `most`. A label even where a damaged model makes scores that are no
 * numbers. */
static inline unsigned label_with(const arrivals *a, lanes most) {
    return (unsigned)__builtin_ctz(labels_from(a, most) | 1u << (ROLE_LABELS - 1));
}

/* A token of a reading on the way back. */
typedef struct way_back {
    size_t token; /* the one before */
    float rest;   /* of the token and what is behind it */
    float least;  /* what a detour must score as a whole */
    uint8_t reading;
} way_back;

/* Offers ways into a state from one lane, those from the labels whose bits are set. */
static __attribute__((noinline)) void offer_others(analysis_search *s, const arrivals *from,
                                                   unsigned lane, unsigned others,
                                                   const way_back *w) {
    for (; others; others &= others - 1) {
        unsigned label = (unsigned)__builtin_ctz(others);
        float value = score_of_label(from, label);
        float tail = w->rest + value - s->best[w->token][lane].labels[label];
        offer(s, w->least,
              (detour){value + w->rest, tail, (uint16_t)w->token, (uint8_t)(label * LANES + lane),
                       w->reading});
    }
}

/* Offers the ways into a state from one lane, but for the label `taken`: hardly ever any. */
static inline void offer_from(analysis_search *s, const arrivals *a, unsigned lane, unsigned taken,
                              const way_back *w) {
    unsigned others = labels_from(a, all_lanes(w->least - w->rest)) & ~(1u << taken);
    if (!others) return;
    const arrivals from = *a;
    offer_others(s, &from, lane, others, w);
}

/* The best state before a token of a reading at which a content begins, where one was seen or none;
 * offers the other ways into it. */
static __attribute__((noinline)) unsigned step_before_content(analysis_search *s, unsigned lane,
                                                              const way_back *w) {
    enum { NOWHERE = LANE_WIDTH };
    const lane_row *before = s->best[w->token], *into = &s->into[ROLE_CONTENT_BEGINS];
    unsigned none = lane & ~(unsigned)SEEN_CONTENT;
    arrivals a = arrive(&before[lane], into), b = arrive(&before[none], into);
    lanes most = best_arrival(&a), most_none = best_arrival(&b);
    bool first = most_none[0] >= most[0];
    unsigned best = first ? label_with(&b, most_none) : label_with(&a, most);
    offer_from(s, &b, none, first ? best : NOWHERE, w);
    offer_from(s, &a, lane, first ? NOWHERE : best, w);
    return best * LANES + (first ? none : lane);
}

/* The best state before a state of the reading; offers the other ways into it. */
static inline unsigned step_back(analysis_search *s, unsigned here, const way_back *w) {
    unsigned label = label_of(here), lane = here % LANES;
    if (label == ROLE_CONTENT_BEGINS) return step_before_content(s, lane, w);
    unsigned from = label == ROLE_SOURCE_BEGINS ? lane & ~(unsigned)SEEN_SOURCE : lane;
    arrivals a = arrive(&s->best[w->token][from], &s->into[label]);
    unsigned best = label_with(&a, best_arrival(&a));
    offer_from(s, &a, from, best, w);
    return best * LANES + from;
}

/* Follows a detour to the first token, writes the states of the reading that it is, and offers the
 * ways that leave this one. A way is found once: it leaves at its last token that differs. */
static void take_detour(analysis_search *s, detour d, uint8_t reading, size_t count, float least) {
    uint8_t *states = s->states[reading];
    if (d.reading < ANALYSES)
        memcpy(states + d.token, s->states[d.reading] + d.token, count - d.token);
    states[d.token] = d.state;
    way_back way = {.rest = d.tail, .least = least, .reading = reading};
    for (size_t i = d.token; i > 0; i--) {
        unsigned label = label_of(states[i]);
        way.token = i - 1;
        way.rest += s->scores[i][label];
        states[i - 1] = (uint8_t)step_back(s, states[i], &way);
        way.rest += s->into[label].labels[label_of(states[i - 1])];
    }
}

static void spans_from_states(const uint8_t *states, size_t count, uint32_t first, analysis *out) {
    out->content_count = 0;
    out->source = (token_range){first, first};
    for (size_t i = 0; i < count;) {
        unsigned begins = label_of(states[i]);
        size_t end = i + 1;
        if (begins == ROLE_CONTENT_BEGINS || begins == ROLE_SOURCE_BEGINS) {
            while (end < count && label_of(states[end]) == begins + 1)
                end++;
            token_range range = {first + (uint32_t)i, first + (uint32_t)end};
            if (begins == ROLE_SOURCE_BEGINS)
                out->source = range;
            else if (out->content_count < ANALYSIS_CONTENTS_MAX)
                out->contents[out->content_count++] = range;
        }
        i = end;
    }
}

size_t analyses_find(analysis_search *s, float transitions[ROLE_LABELS][ROLE_LABELS],
                     const role_window *window, const role_scores *scores, float gap_max,
                     analysis out[ANALYSES]) {
    size_t count = window->end - window->first, found = 0;
    const cue *c = &window->cues->items[window->cue];
    s->scores = scores;
    s->detour_count = 0;
    set_transitions(s, transitions);
    search_forward(s, count, c->first - window->first, c->end - window->first);
    float least = IMPOSSIBLE / 2;
    for (unsigned lane = 0; lane < LANES; lane++) {
        const float *ends = s->best[count - 1][lane].labels;
        if (!(lane & SEEN_CONTENT)) continue;
        for (unsigned l = 0; l < ROLE_LABELS; l++)
            offer(
                s, least,
                (detour){ends[l], 0, (uint16_t)(count - 1), (uint8_t)(l * LANES + lane), ANALYSES});
    }
    while (found < ANALYSES && s->detour_count) {
        detour next = s->detours[0];
        memmove(s->detours, s->detours + 1, --s->detour_count * sizeof next);
        if (found == 0 && next.score - gap_max > least) least = next.score - gap_max;
        if (next.score < least) break;
        take_detour(s, next, (uint8_t)found, count, least);
        spans_from_states(s->states[found], count, window->first, &out[found]);
        out[found++].score = next.score;
    }
    return found;
}

/* The same number added once for each token, one after the other as in other readings. */
static float add_for_each(float score, float each, uint32_t first, uint32_t end) {
    for (uint32_t i = first; i < end; i++)
        score += each;
    return score;
}

float analysis_score_of_nothing(float transitions[ROLE_LABELS][ROLE_LABELS],
                                const role_window *window) {
    const cue *c = &window->cues->items[window->cue];
    const float outside = transitions[ROLE_OUTSIDE][ROLE_OUTSIDE];
    uint32_t cue_end = c->end < window->end ? c->end : window->end;
    float score = add_for_each(0, outside, window->first + 1, c->first);
    if (c->first > window->first) score += transitions[ROLE_OUTSIDE][ROLE_CUE];
    score = add_for_each(score, transitions[ROLE_CUE][ROLE_CUE], c->first + 1, cue_end);
    if (c->end < window->end) score += transitions[ROLE_CUE][ROLE_OUTSIDE];
    return add_for_each(score, outside, c->end + 1, window->end);
}

float analysis_gap(const analysis *analyses, size_t rank, float score_scale) {
    return (analyses[0].score - analyses[rank].score) / score_scale;
}
