/* cue_pass.h: finding cues: from label scores of a paragraph's tokens to spans with margins. */
#ifndef ATTRIBUTE_CUE_PASS_H
#define ATTRIBUTE_CUE_PASS_H

#include "attribute/frame.h"

enum { CUE_LABELS = 3 }; /* 0 outside, 1 begins, 2 goes on */

typedef struct cue {
    uint32_t first, end; /* tokens */
    uint32_t head;       /* its strongest reporting word */
    float margin;        /* over its tokens, the least of: best sequence with a cue here less best
                            without; in units of margin_scale */
} cue;

typedef struct cue_list {
    cue *items; /* in the order of the text, not overlapping */
    size_t count;
} cue_list;

/* What decoding needs besides scores. */
typedef struct cue_chain {
    float transitions[CUE_LABELS][CUE_LABELS]; /* [before][label] */
    float bias;                                /* added to label 1: how many cues are proposed */
    float margin_scale;                        /* above 0 */
} cue_chain;

/* Scores of a token's labels. */
typedef float cue_scores[CUE_LABELS];

/* The cues of the whole article, decoded paragraph by paragraph. scores: [token_count]. The result
 * lives in `memory`. Error: NO_MEMORY. */
WHOSAID_CHECK whosaid_status cues_decode(const cue_chain *chain, const article_frame *frame,
                                         const cue_scores *scores, arena *memory, cue_list *out,
                                         whosaid_error *err);

/* Whether other tokens of the paragraph, all outside of cues, stand before and behind a stretch. */
typedef struct cue_ends {
    bool before, behind;
} cue_ends;

/* Token margins of a stretch without the bias, unscaled: best with a cue less best without.
 * scores, margins: [count]; forward: scratch [count]. */
void cue_margins(const cue_chain *chain, const cue_scores *scores, size_t count, cue_ends ends,
                 cue_scores *forward, float *margins);

/* Labels of a stretch by the Viterbi algorithm, with the bias. scores, labels: [count]; back:
 * scratch [count]. */
void cue_labels(const cue_chain *chain, const cue_scores *scores, size_t count, cue_ends ends,
                uint8_t (*back)[CUE_LABELS], uint8_t *labels);

/* Completes a cue whose span is known: head and margin. margins: [token_count], unscaled. */
cue cue_make(const cue_chain *chain, const article_frame *frame, uint32_t first, uint32_t end,
             const float *margins);

#endif
