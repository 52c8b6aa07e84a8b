#include "attribute/analysis.h"

/* A state is a label with what was seen up to here (bit 0: content, bit 1: source). */
enum { STATES = 16, PREDECESSORS_MAX = 12 };
enum { SEEN_CONTENT = 1, SEEN_SOURCE = 2 };

static const float IMPOSSIBLE = -1e30f;

typedef struct state {
    uint8_t seen, label;
} state;

/* The states of tokens outside the cue come first. */
enum { PLAIN_STATES = 12 };
static const state STATE_LIST[STATES] = {
    {0, ROLE_OUTSIDE}, {1, ROLE_OUTSIDE},       {1, ROLE_CONTENT_BEGINS},
    {1, ROLE_CONTENT}, {2, ROLE_OUTSIDE},       {2, ROLE_SOURCE_BEGINS},
    {2, ROLE_SOURCE},  {3, ROLE_OUTSIDE},       {3, ROLE_CONTENT_BEGINS},
    {3, ROLE_CONTENT}, {3, ROLE_SOURCE_BEGINS}, {3, ROLE_SOURCE},
    {0, ROLE_CUE},     {1, ROLE_CUE},           {2, ROLE_CUE},
    {3, ROLE_CUE}};

/* A way to reach a node: through the state's edge, in the rank-th best way of what is before. */
typedef struct derivation {
    float score;
    uint8_t edge, rank;
} derivation;

/* The best derivations of a (token, state), found one after the other. */
typedef struct node {
    derivation found[ANALYSES];
    derivation waiting[PREDECESSORS_MAX]; /* the next one of each predecessor */
    uint8_t found_count, waiting_count;
} node;

/* How a state is reached: from `from`, at the cost of the labels' transition. */
typedef struct state_edges {
    uint8_t from[PREDECESSORS_MAX]; /* plain states first */
    float transition[PREDECESSORS_MAX];
    unsigned plain_count, count;
} state_edges;

struct analysis_search {
    state_edges edges[STATES];
    float best[ROLE_WINDOW_MAX][STATES];
    uint8_t best_edge[ROLE_WINDOW_MAX][STATES]; /* by which `best` is reached */
    uint16_t node_of[ROLE_WINDOW_MAX][STATES];  /* index + 1, 0: not visited */
    node nodes[ROLE_WINDOW_MAX * STATES];
    size_t node_count;
    const role_scores *scores;
};

static bool may_follow(state before, state here) {
    uint8_t gained = here.seen & (uint8_t)~before.seen;
    if (before.seen & (uint8_t)~here.seen) return false;
    switch (here.label) {
    case ROLE_CONTENT_BEGINS: return gained == 0 || gained == SEEN_CONTENT;
    case ROLE_SOURCE_BEGINS: return gained == SEEN_SOURCE;
    case ROLE_CONTENT:
        return !gained && (before.label == ROLE_CONTENT || before.label == ROLE_CONTENT_BEGINS);
    case ROLE_SOURCE:
        return !gained && (before.label == ROLE_SOURCE || before.label == ROLE_SOURCE_BEGINS);
    default: return !gained;
    }
}

static bool may_begin(state here) {
    uint8_t seen = here.label == ROLE_CONTENT_BEGINS  ? SEEN_CONTENT
                   : here.label == ROLE_SOURCE_BEGINS ? SEEN_SOURCE
                                                      : 0;
    return here.seen == seen && here.label != ROLE_CONTENT && here.label != ROLE_SOURCE;
}

analysis_search *analysis_search_new(arena *memory) {
    analysis_search *s = arena_alloc_raw(memory, 1, sizeof *s);
    if (!s) return NULL;
    for (uint8_t to = 0; to < STATES; to++) {
        state_edges *e = &s->edges[to];
        e->count = e->plain_count = 0;
        for (uint8_t from = 0; from < STATES; from++) {
            if (!may_follow(STATE_LIST[from], STATE_LIST[to])) continue;
            e->from[e->count++] = from;
            if (from < PLAIN_STATES) e->plain_count = e->count;
        }
    }
    return s;
}

static void set_transitions(analysis_search *s, float transitions[ROLE_LABELS][ROLE_LABELS]) {
    for (uint8_t to = 0; to < STATES; to++) {
        state_edges *e = &s->edges[to];
        for (unsigned k = 0; k < e->count; k++)
            e->transition[k] = transitions[STATE_LIST[e->from[k]].label][STATE_LIST[to].label];
    }
}

/* best[i][q]: the best score of a labelling of tokens 0..i that ends in state q. Inside the cue
 * only the cue's states are open, outside only the others. */
static void search_forward(analysis_search *s, size_t count, size_t cue_first, size_t cue_end) {
    for (size_t i = 0; i < count; i++) {
        bool in_cue = i >= cue_first && i < cue_end;
        bool behind_cue = i > cue_first && i <= cue_end;
        uint8_t first = in_cue ? PLAIN_STATES : 0, end = in_cue ? STATES : PLAIN_STATES;
        float *best = s->best[i];
        const float *before = i ? s->best[i - 1] : NULL;
        for (uint8_t q = 0; q < STATES; q++)
            best[q] = IMPOSSIBLE;
        memset(s->node_of[i], 0, sizeof s->node_of[i]);
        for (uint8_t q = first; q < end; q++) {
            const state_edges *e = &s->edges[q];
            float most = before || !may_begin(STATE_LIST[q]) ? IMPOSSIBLE : 0;
            unsigned edges = !before ? 0 : behind_cue ? e->count : e->plain_count;
            unsigned best_edge = 0;
            for (unsigned k = 0; k < edges; k++) { /* without branches: they cannot be foreseen */
                float value = before[e->from[k]] + e->transition[k];
                best_edge = value > most ? k : best_edge;
                most = value > most ? value : most;
            }
            s->best_edge[i][q] = (uint8_t)best_edge;
            if (most > IMPOSSIBLE / 2) best[q] = most + s->scores[i][STATE_LIST[q].label];
        }
    }
}

/* The node of a reachable state, opened with the best way through each predecessor. */
static node *node_at(analysis_search *s, size_t i, uint8_t q) {
    if (s->node_of[i][q]) return &s->nodes[s->node_of[i][q] - 1];
    node *n = &s->nodes[s->node_count++];
    s->node_of[i][q] = (uint16_t)s->node_count;
    n->found_count = n->waiting_count = 0;
    float own = s->scores[i][STATE_LIST[q].label];
    if (i == 0) {
        n->waiting[n->waiting_count++] = (derivation){s->best[0][q], 0, 0};
        return n;
    }
    const state_edges *e = &s->edges[q];
    for (uint8_t k = 0; k < e->count; k++) {
        float before = s->best[i - 1][e->from[k]];
        if (before <= IMPOSSIBLE / 2) continue;
        n->waiting[n->waiting_count++] = (derivation){before + e->transition[k] + own, k, 0};
    }
    return n;
}

/* Makes sure that the rank-th best derivation of a node is found; false when there is none. */
static bool find_rank(analysis_search *s, size_t i, uint8_t q, uint8_t rank) {
    node *n = node_at(s, i, q);
    while (n->found_count <= rank) {
        if (n->found_count) { /* the one taken last makes room for the next through its edge */
            derivation last = n->found[n->found_count - 1];
            const state_edges *e = &s->edges[q];
            uint8_t from = i ? e->from[last.edge] : 0;
            if (i && last.rank + 1 < ANALYSES && find_rank(s, i - 1, from, last.rank + 1)) {
                const node *before = node_at(s, i - 1, from);
                last.rank++;
                last.score = before->found[last.rank].score + e->transition[last.edge] +
                             s->scores[i][STATE_LIST[q].label];
                n->waiting[n->waiting_count++] = last;
            }
        }
        if (n->waiting_count == 0) return false;
        unsigned best = 0;
        for (unsigned k = 1; k < n->waiting_count; k++)
            if (n->waiting[k].score > n->waiting[best].score) best = k;
        n->found[n->found_count++] = n->waiting[best];
        n->waiting[best] = n->waiting[--n->waiting_count];
        if (n->found_count == ANALYSES) break;
    }
    return n->found_count > rank;
}

/* Follows a derivation back and writes the labels of all tokens. Where only the best way is left,
 * the edges of the forward pass show it. */
static void trace(analysis_search *s, size_t count, uint8_t q, uint8_t rank, uint8_t *labels) {
    for (size_t i = count; i-- > 0;) {
        labels[i] = STATE_LIST[q].label;
        if (i == 0) break;
        uint8_t edge = s->best_edge[i][q];
        if (rank > 0) {
            derivation d = node_at(s, i, q)->found[rank];
            edge = d.edge;
            rank = d.rank;
        }
        q = s->edges[q].from[edge];
    }
}

static void spans_from_labels(const uint8_t *labels, size_t count, uint32_t first, analysis *out) {
    out->content_count = 0;
    out->source = (token_range){first, first};
    for (size_t i = 0; i < count;) {
        uint8_t begins = labels[i];
        size_t end = i + 1;
        if (begins == ROLE_CONTENT_BEGINS || begins == ROLE_SOURCE_BEGINS) {
            while (end < count && labels[end] == begins + 1)
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

/* The best way not taken yet among the states that may end a window. */
static bool next_end(analysis_search *s, size_t last, uint8_t taken[STATES], uint8_t *state_out,
                     float *score) {
    bool any = false;
    for (uint8_t q = 0; q < STATES; q++) {
        if (!(STATE_LIST[q].seen & SEEN_CONTENT) || s->best[last][q] <= IMPOSSIBLE / 2) continue;
        if (taken[q] >= ANALYSES || !find_rank(s, last, q, taken[q])) continue;
        float value = node_at(s, last, q)->found[taken[q]].score;
        if (any && value <= *score) continue;
        any = true;
        *score = value;
        *state_out = q;
    }
    return any;
}

size_t analyses_find(analysis_search *s, float transitions[ROLE_LABELS][ROLE_LABELS],
                     const role_window *window, const role_scores *scores, float gap_max,
                     analysis out[ANALYSES]) {
    size_t count = window->end - window->first, found = 0;
    const cue *c = &window->cues->items[window->cue];
    set_transitions(s, transitions);
    s->scores = scores;
    s->node_count = 0;
    search_forward(s, count, c->first - window->first, c->end - window->first);
    uint8_t taken[STATES] = {0}, labels[ROLE_WINDOW_MAX], q = 0;
    float score = 0;
    while (found < ANALYSES && next_end(s, count - 1, taken, &q, &score)) {
        if (found && out[0].score - score > gap_max) break;
        trace(s, count, q, taken[q]++, labels);
        spans_from_labels(labels, count, window->first, &out[found]);
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
