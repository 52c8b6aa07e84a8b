#include "attribute/cue_pass.h"

#include "base/array.h"
#include "base/error.h"

#include <math.h>

/* The labels of the tokens before a stretch: 0 outside; none where a paragraph begins. */
static inline void start_at(const cue_chain *chain, cue_ends ends, cue_scores start) {
    for (unsigned l = 0; l < CUE_LABELS; l++)
        start[l] = ends.before ? chain->transitions[0][l] : 0;
}

static inline float leave_from(const cue_chain *chain, cue_ends ends, unsigned label) {
    return ends.behind ? chain->transitions[label][0] : 0;
}

void cue_labels(const cue_chain *chain, const cue_scores *scores, size_t count, cue_ends ends,
                uint8_t (*back)[CUE_LABELS], uint8_t *labels) {
    const float own[CUE_LABELS] = {0, chain->bias, 0};
    cue_scores now, start, next;
    start_at(chain, ends, start);
    for (size_t i = 0; i < count; i++) {
        for (unsigned l = 0; l < CUE_LABELS; l++) {
            float best = i ? now[0] + chain->transitions[0][l] : start[l];
            uint8_t from = 0;
            for (uint8_t k = 1; i && k < CUE_LABELS; k++) {
                float value = now[k] + chain->transitions[k][l];
                from = value > best ? k : from;
                best = value > best ? value : best;
            }
            next[l] = best + scores[i][l] + own[l];
            back[i][l] = from;
        }
        memcpy(now, next, sizeof now);
    }
    uint8_t at = 0;
    for (uint8_t l = 1; l < CUE_LABELS; l++)
        if (now[l] + leave_from(chain, ends, l) > now[at] + leave_from(chain, ends, at)) at = l;
    for (size_t i = count; i-- > 0;) {
        labels[i] = at;
        at = back[i][at];
    }
}

static inline float larger(float a, float b) {
    return a > b ? a : b;
}

static inline float best_of(const float a[CUE_LABELS]) {
    return larger(a[0], larger(a[1], a[2]));
}

void cue_margins(const cue_chain *chain, const cue_scores *scores, size_t count, cue_ends ends,
                 cue_scores *forward, float *margins) {
    cue_scores start, backward;
    start_at(chain, ends, start);
    for (size_t i = 0; i < count; i++) {
        for (unsigned l = 0; l < CUE_LABELS; l++) {
            cue_scores from;
            for (unsigned k = 0; k < CUE_LABELS; k++)
                from[k] = i ? forward[i - 1][k] + chain->transitions[k][l] : start[l];
            forward[i][l] = best_of(from) + scores[i][l];
        }
    }
    for (unsigned l = 0; l < CUE_LABELS; l++)
        backward[l] = leave_from(chain, ends, l);
    for (size_t i = count; i-- > 0;) {
        margins[i] = larger(forward[i][1] + backward[1], forward[i][2] + backward[2]) -
                     (forward[i][0] + backward[0]);
        cue_scores next;
        for (unsigned k = 0; k < CUE_LABELS; k++) {
            cue_scores to;
            for (unsigned l = 0; l < CUE_LABELS; l++)
                to[l] = chain->transitions[k][l] + scores[i][l] + backward[l];
            next[k] = best_of(to);
        }
        memcpy(backward, next, sizeof backward);
    }
}

/* Words seen too rarely count as middling. */
static unsigned head_strength(const frame_token *t) {
    return t->facts.cue_rate == RATE_UNKNOWN ? 3 : t->facts.cue_rate;
}

cue cue_make(const cue_chain *chain, const article_frame *frame, uint32_t first, uint32_t end,
             const float *margins) {
    cue c = {.first = first, .end = end, .head = first, .margin = margins[first]};
    for (uint32_t i = first; i < end; i++) {
        if (head_strength(&frame->tokens[i]) >= head_strength(&frame->tokens[c.head])) c.head = i;
        c.margin = fminf(c.margin, margins[i]);
    }
    c.margin /= chain->margin_scale;
    return c;
}

/* What a cue can gain over reading nothing, at most: a token of it besides its own score, and both
 * ends together. */
typedef struct cue_bounds {
    float inside, enter, leave;
} cue_bounds;

static cue_bounds bounds_of(const cue_chain *chain) {
    const float(*t)[CUE_LABELS] = chain->transitions;
    float outside = t[0][0];
    return (cue_bounds){.inside =
                            larger(larger(t[1][1], t[1][2]), larger(t[2][1], t[2][2])) - outside,
                        .enter = larger(t[0][1], t[0][2]) - outside,
                        .leave = larger(t[1][0], t[2][0]) - outside};
}

typedef struct decoder {
    const cue_chain *chain;
    cue_bounds bounds;
    cue_scores *forward;
    uint8_t (*back)[CUE_LABELS];
    uint8_t *labels;
    float *margins; /* of tokens of cues */
    float *reached; /* what a cue that ends at a token can have gained */
} decoder;

typedef ARRAY(cue) found_cues;

static whosaid_status decoder_init(decoder *d, const cue_chain *chain, size_t count, arena *memory,
                                   whosaid_error *err) {
    *d = (decoder){.chain = chain,
                   .bounds = bounds_of(chain),
                   .forward = arena_alloc_raw(memory, count, sizeof *d->forward),
                   .back = arena_alloc_raw(memory, count, sizeof *d->back),
                   .labels = arena_alloc_raw(memory, count, sizeof *d->labels),
                   .margins = arena_alloc_raw(memory, count, sizeof *d->margins),
                   .reached = arena_alloc_raw(memory, count, sizeof *d->reached)};
    return d->forward && d->back && d->labels && d->margins && d->reached ? WHOSAID_OK
                                                                          : error_no_memory(err);
}

/* Label 1 for tokens that may be part of a cue: one that goes through them might gain more than
 * reading nothing. All others are surely none. */
static void mark_possible(const decoder *d, const cue_scores *scores, token_range range) {
    const cue_bounds *b = &d->bounds;
    float ends = b->enter + b->leave - b->inside, bias = d->chain->bias;
    float left = larger(0, -b->enter), right = larger(0, -b->leave);
    for (uint32_t i = range.first; i < range.end; i++) {
        d->margins[i] = larger(scores[i][1] + bias, scores[i][2]) - scores[i][0] + b->inside;
        d->reached[i] = left + d->margins[i];
        left = larger(0, d->reached[i]);
    }
    for (uint32_t i = range.end; i-- > range.first;) {
        d->labels[i] = !(d->reached[i] + right + ends < 0);
        right = larger(0, right + d->margins[i]);
    }
}

/* Adds the cues of a stretch. Margins are computed only where there are any. */
static bool collect_cues(const decoder *d, const article_frame *frame, const cue_scores *scores,
                         token_range range, cue_ends ends, arena *memory, found_cues *out) {
    size_t count = range.end - range.first;
    bool measured = false;
    cue_labels(d->chain, scores + range.first, count, ends, d->back, d->labels + range.first);
    for (uint32_t i = range.first; i < range.end;) {
        uint32_t end = i + 1;
        if (d->labels[i] == 0) {
            i = end;
            continue;
        }
        while (end < range.end && d->labels[end] == 2)
            end++;
        if (!measured)
            cue_margins(d->chain, scores + range.first, count, ends, d->forward,
                        d->margins + range.first);
        measured = true;
        cue found = cue_make(d->chain, frame, i, end, d->margins);
        if (!array_push(memory, out, found)) return false;
        i = end;
    }
    return true;
}

/* Adds the cues of a paragraph: only its stretches of possible tokens are decoded, each between
 * tokens that are surely none. */
static bool decode_paragraph(const decoder *d, const article_frame *frame, const cue_scores *scores,
                             token_range range, arena *memory, found_cues *out) {
    mark_possible(d, scores, range);
    for (uint32_t i = range.first; i < range.end; i++) {
        uint32_t end = i;
        while (end < range.end && d->labels[end])
            end++;
        if (end == i) continue;
        cue_ends ends = {.before = i > range.first, .behind = end < range.end};
        if (!collect_cues(d, frame, scores, (token_range){i, end}, ends, memory, out)) return false;
        i = end;
    }
    return true;
}

whosaid_status cues_decode(const cue_chain *chain, const article_frame *frame,
                           const cue_scores *scores, arena *memory, cue_list *out,
                           whosaid_error *err) {
    found_cues cues = {0};
    decoder d;
    whosaid_status status = decoder_init(&d, chain, frame->token_count, memory, err);
    for (uint32_t p = 0; status == WHOSAID_OK && p < frame->paragraph_count; p++)
        if (!decode_paragraph(&d, frame, scores, frame->paragraphs[p].tokens, memory, &cues))
            status = error_no_memory(err);
    *out = (cue_list){cues.items, cues.count};
    return status;
}
