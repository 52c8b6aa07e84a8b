#include "attribute/analysis.h"

#if defined(__x86_64__)
#include <xmmintrin.h>
#endif

/* What was seen up to a token, as a lane: bit 0 content, bit 1 source. */
enum { SEEN_CONTENT = 1, SEEN_SOURCE = 2, LANES = 4 };

/* A state is a label with what was seen: label * LANES + lane. */
enum { STATES = ROLE_LABELS * LANES, EDGES_MAX = 12 };

static const float IMPOSSIBLE = -1e30f;

/* Four scores of one label, a lane each. */
typedef float lanes __attribute__((vector_size(LANES * sizeof(float))));

typedef struct score_row {
    lanes labels[ROLE_LABELS];
} score_row;

/* The states that may stand before a state. */
typedef struct state_edges {
    uint8_t from[EDGES_MAX];
    unsigned count;
} state_edges;

/* A way to read the window that leaves a reading already found: at `token` it is in `state`, which
 * it reached in the best way; behind it, it is as the reading. */
typedef struct detour {
    float score, tail; /* of the whole; of what is behind the token */
    uint16_t token;
    uint8_t state, reading; /* ANALYSES: none, the token is the last one */
} detour;

struct analysis_search {
    state_edges edges[STATES];
    score_row best[ROLE_WINDOW_MAX];
    uint8_t states[ANALYSES][ROLE_WINDOW_MAX]; /* of the readings found */
    detour detours[ANALYSES];                  /* the best ones not taken yet, best first */
    size_t detour_count;
    const role_scores *scores;
    float (*transitions)[ROLE_LABELS];
};

static inline unsigned label_of(unsigned state) {
    return state / LANES;
}

static inline float *scores_of(score_row *row) {
    return (float *)row; /* [STATES] */
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

static bool is_state(unsigned label, unsigned seen) {
    switch (label) {
    case ROLE_CONTENT_BEGINS:
    case ROLE_CONTENT: return seen & SEEN_CONTENT;
    case ROLE_SOURCE_BEGINS:
    case ROLE_SOURCE: return seen & SEEN_SOURCE;
    default: return true;
    }
}

static bool may_follow(unsigned before, unsigned here) {
    unsigned label = label_of(here), label_before = label_of(before);
    unsigned seen = here % LANES, seen_before = before % LANES, gained = seen & ~seen_before;
    if (!is_state(label, seen) || !is_state(label_before, seen_before) || seen_before & ~seen)
        return false;
    switch (label) {
    case ROLE_CONTENT_BEGINS: return gained == 0 || gained == SEEN_CONTENT;
    case ROLE_SOURCE_BEGINS: return gained == SEEN_SOURCE;
    case ROLE_CONTENT:
        return !gained && (label_before == ROLE_CONTENT || label_before == ROLE_CONTENT_BEGINS);
    case ROLE_SOURCE:
        return !gained && (label_before == ROLE_SOURCE || label_before == ROLE_SOURCE_BEGINS);
    default: return !gained;
    }
}

analysis_search *analysis_search_new(arena *memory) {
    analysis_search *s = arena_alloc_raw(memory, 1, sizeof *s);
    if (!s) return NULL;
    for (unsigned to = 0; to < STATES; to++) {
        state_edges *e = &s->edges[to];
        e->count = 0;
        for (unsigned from = 0; from < STATES; from++)
            if (may_follow(from, to)) e->from[e->count++] = (uint8_t)from;
    }
    return s;
}

static void set_impossible(score_row *row) {
    for (int l = 0; l < ROLE_LABELS; l++)
        row->labels[l] = all_lanes(IMPOSSIBLE);
}

static void search_first(const analysis_search *s, bool in_cue, score_row *row) {
    float *best = scores_of(row);
    set_impossible(row);
    if (in_cue) {
        best[ROLE_CUE * LANES] = s->scores[0][ROLE_CUE];
        return;
    }
    best[ROLE_OUTSIDE * LANES] = s->scores[0][ROLE_OUTSIDE];
    best[ROLE_CONTENT_BEGINS * LANES + SEEN_CONTENT] = s->scores[0][ROLE_CONTENT_BEGINS];
    best[ROLE_SOURCE_BEGINS * LANES + SEEN_SOURCE] = s->scores[0][ROLE_SOURCE_BEGINS];
}

/* The best scores of the labels before, each with its transition to `label`. */
static inline lanes best_before(const score_row *before, lanes into[ROLE_LABELS]) {
    lanes best = before->labels[0] + into[0];
    for (int l = 1; l < ROLE_LABELS; l++)
        best = larger(best, before->labels[l] + into[l]);
    return best;
}

/* best[i], state q: the best score of a labelling of tokens 0..i that ends in q. Inside the cue
 * only the cue's states are open, outside only the others. */
static void search_forward(analysis_search *s, size_t count, size_t cue_first, size_t cue_end) {
    lanes into[ROLE_LABELS][ROLE_LABELS]; /* [label][label before] */
    for (int to = 0; to < ROLE_LABELS; to++)
        for (int from = 0; from < ROLE_LABELS; from++)
            into[to][from] = all_lanes(s->transitions[from][to]);
    const float no = IMPOSSIBLE;
    search_first(s, cue_first == 0, &s->best[0]);
    for (size_t i = 1; i < count; i++) {
        const score_row *before = &s->best[i - 1];
        lanes *best = s->best[i].labels;
        const float *own = s->scores[i];
        if (i >= cue_first && i < cue_end) {
            set_impossible(&s->best[i]);
            best[ROLE_CUE] = best_before(before, into[ROLE_CUE]) + all_lanes(own[ROLE_CUE]);
            continue;
        }
        best[ROLE_OUTSIDE] = best_before(before, into[ROLE_OUTSIDE]) + all_lanes(own[ROLE_OUTSIDE]);
        best[ROLE_CONTENT] =
            larger(before->labels[ROLE_CONTENT_BEGINS] + into[ROLE_CONTENT][ROLE_CONTENT_BEGINS],
                   before->labels[ROLE_CONTENT] + into[ROLE_CONTENT][ROLE_CONTENT]) +
            all_lanes(own[ROLE_CONTENT]);
        best[ROLE_SOURCE] =
            larger(before->labels[ROLE_SOURCE_BEGINS] + into[ROLE_SOURCE][ROLE_SOURCE_BEGINS],
                   before->labels[ROLE_SOURCE] + into[ROLE_SOURCE][ROLE_SOURCE]) +
            all_lanes(own[ROLE_SOURCE]);
        /* Content may begin where some was seen or none: lanes 1 and 3 come from 0 and 2 too. */
        lanes content = best_before(before, into[ROLE_CONTENT_BEGINS]);
        lanes none_before = {no, content[0], no, content[2]},
              some = {no, content[1], no, content[3]};
        best[ROLE_CONTENT_BEGINS] = larger(none_before, some) + all_lanes(own[ROLE_CONTENT_BEGINS]);
        /* A source begins only where none was seen. */
        lanes source = best_before(before, into[ROLE_SOURCE_BEGINS]);
        best[ROLE_SOURCE_BEGINS] =
            (lanes){no, no, source[0], source[1]} + all_lanes(own[ROLE_SOURCE_BEGINS]);
        best[ROLE_CUE] = all_lanes(IMPOSSIBLE);
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

/* Follows a detour to the first token, writes the states of the reading that it is, and offers the
 * ways that leave this one. A way is found once: it leaves at its last token that differs. */
static void take_detour(analysis_search *s, detour d, uint8_t reading, size_t count, float least) {
    uint8_t *states = s->states[reading];
    if (d.reading < ANALYSES)
        memcpy(states + d.token, s->states[d.reading] + d.token, count - d.token);
    states[d.token] = d.state;
    float tail = d.tail;
    for (size_t i = d.token; i > 0; i--) {
        unsigned here = states[i];
        const state_edges *e = &s->edges[here];
        const float *before = scores_of(&s->best[i - 1]);
        float own = s->scores[i][label_of(here)];
        float values[EDGES_MAX], most = IMPOSSIBLE;
        unsigned best = 0;
        for (unsigned k = 0; k < e->count; k++) {
            values[k] = before[e->from[k]] + s->transitions[label_of(e->from[k])][label_of(here)];
            best = values[k] > most ? k : best;
            most = values[k] > most ? values[k] : most;
        }
        for (unsigned k = 0; k < e->count; k++) {
            // NOLINTNEXTLINE(clang-analyzer-core.UndefinedBinaryOperatorResult): set above
            float score = values[k] + own + tail;
            if (k == best || score < least || values[k] <= IMPOSSIBLE / 2) continue;
            float tail_before = tail + own + values[k] - before[e->from[k]];
            offer(s, least, (detour){score, tail_before, (uint16_t)(i - 1), e->from[k], reading});
        }
        tail += own + s->transitions[label_of(e->from[best])][label_of(here)];
        states[i - 1] = e->from[best];
    }
}

/* The score of a reading, added up from the first token on. */
static float score_of_states(const analysis_search *s, const uint8_t *states, size_t count) {
    float score = s->scores[0][label_of(states[0])];
    for (size_t i = 1; i < count; i++) {
        score += s->transitions[label_of(states[i - 1])][label_of(states[i])];
        score += s->scores[i][label_of(states[i])];
    }
    return score;
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

/* Detours that fall short of the gap by no more than this are followed: their scores are added up
 * in another order than those of readings. */
static const float ROUNDING = 0.01f;

size_t analyses_find(analysis_search *s, float transitions[ROLE_LABELS][ROLE_LABELS],
                     const role_window *window, const role_scores *scores, float gap_max,
                     analysis out[ANALYSES]) {
    size_t count = window->end - window->first, found = 0;
    const cue *c = &window->cues->items[window->cue];
    s->scores = scores;
    s->transitions = transitions;
    s->detour_count = 0;
    search_forward(s, count, c->first - window->first, c->end - window->first);
    float least = IMPOSSIBLE / 2;
    for (unsigned q = 0; q < STATES; q++) {
        float score = scores_of(&s->best[count - 1])[q];
        if (q & SEEN_CONTENT)
            offer(s, least, (detour){score, 0, (uint16_t)(count - 1), (uint8_t)q, ANALYSES});
    }
    while (found < ANALYSES && s->detour_count) {
        detour next = s->detours[0];
        memmove(s->detours, s->detours + 1, --s->detour_count * sizeof next);
        if (found == 0 && next.score - gap_max - ROUNDING > least)
            least = next.score - gap_max - ROUNDING;
        take_detour(s, next, (uint8_t)found, count, least);
        float score = score_of_states(s, s->states[found], count);
        if (found && out[0].score - score > gap_max) break;
        spans_from_states(s->states[found], count, window->first, &out[found]);
        out[found++].score = score;
    }
    return found;
}

float analysis_score_of_nothing(float transitions[ROLE_LABELS][ROLE_LABELS],
                                const role_window *window) {
    const cue *c = &window->cues->items[window->cue];
    float score = 0;
    for (uint32_t i = window->first + 1; i < window->end; i++) {
        int before = i - 1 >= c->first && i - 1 < c->end ? ROLE_CUE : ROLE_OUTSIDE;
        int here = i >= c->first && i < c->end ? ROLE_CUE : ROLE_OUTSIDE;
        score += transitions[before][here];
    }
    return score;
}
