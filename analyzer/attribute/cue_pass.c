#include "attribute/cue_pass.h"

#include "base/error.h"

#include <math.h>

void cue_labels(const cue_chain *chain, const cue_scores *scores, size_t count,
                uint8_t (*back)[CUE_LABELS], uint8_t *labels) {
    const float own[CUE_LABELS] = {0, chain->bias, 0};
    cue_scores now = {0}, next;
    for (size_t i = 0; i < count; i++) {
        for (unsigned l = 0; l < CUE_LABELS; l++) {
            float best = i ? now[0] + chain->transitions[0][l] : 0;
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
        if (now[l] > now[at]) at = l;
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

void cue_margins(const cue_chain *chain, const cue_scores *scores, size_t count,
                 cue_scores *forward, float *margins) {
    for (size_t i = 0; i < count; i++) {
        for (unsigned l = 0; l < CUE_LABELS; l++) {
            cue_scores from = {0};
            for (unsigned k = 0; i && k < CUE_LABELS; k++)
                from[k] = forward[i - 1][k] + chain->transitions[k][l];
            forward[i][l] = best_of(from) + scores[i][l];
        }
    }
    cue_scores backward = {0};
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

static uint8_t margin_bin(float margin) {
    static const float ENDS[CUE_MARGIN_BINS - 1] = {-1,   -0.6f, -0.3f, -0.1f, 0.1f,
                                                    0.3f, 0.6f,  1,     1.5f,  2.2f};
    uint8_t bin = 0;
    while (bin < CUE_MARGIN_BINS - 1 && margin >= ENDS[bin])
        bin++;
    return bin;
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
    c.margin_bin = margin_bin(c.margin);
    return c;
}

typedef struct decoder {
    cue_scores *forward;
    uint8_t (*back)[CUE_LABELS];
    uint8_t *labels;
    float *margins;
} decoder;

typedef ARRAY(cue) found_cues;

static whosaid_status decoder_init(decoder *d, size_t count, arena *memory, whosaid_error *err) {
    d->forward = arena_alloc_raw(memory, count, sizeof *d->forward);
    d->back = arena_alloc_raw(memory, count, sizeof *d->back);
    d->labels = arena_alloc_raw(memory, count, sizeof *d->labels);
    d->margins = arena_alloc_raw(memory, count, sizeof *d->margins);
    return d->forward && d->back && d->labels && d->margins ? WHOSAID_OK : error_no_memory(err);
}

/* Adds the cues of a paragraph. Margins are computed only where there are any. */
static bool collect_cues(const cue_chain *chain, const article_frame *frame,
                         const cue_scores *scores, token_range range, const decoder *d,
                         arena *memory, found_cues *out) {
    size_t count = range.end - range.first;
    bool measured = false;
    cue_labels(chain, scores + range.first, count, d->back, d->labels + range.first);
    for (uint32_t i = range.first; i < range.end;) {
        uint32_t end = i + 1;
        if (d->labels[i] == 0) {
            i = end;
            continue;
        }
        while (end < range.end && d->labels[end] == 2)
            end++;
        if (!measured)
            cue_margins(chain, scores + range.first, count, d->forward, d->margins + range.first);
        measured = true;
        cue found = cue_make(chain, frame, i, end, d->margins);
        if (!array_push(memory, out, found)) return false;
        i = end;
    }
    return true;
}

whosaid_status cues_decode(const cue_chain *chain, const article_frame *frame,
                           const cue_scores *scores, arena *memory, cue_list *out,
                           whosaid_error *err) {
    found_cues cues = {0};
    decoder d;
    whosaid_status status = decoder_init(&d, frame->token_count, memory, err);
    for (uint32_t p = 0; status == WHOSAID_OK && p < frame->paragraph_count; p++)
        if (!collect_cues(chain, frame, scores, frame->paragraphs[p].tokens, &d, memory, &cues))
            status = error_no_memory(err);
    *out = (cue_list){cues.items, cues.count};
    return status;
}
