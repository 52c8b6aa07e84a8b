/* base_scores.h: what the base features of each token weigh, for both passes at once. */
#ifndef ATTRIBUTE_BASE_SCORES_H
#define ATTRIBUTE_BASE_SCORES_H

#include "attribute/attribution_model.h"

/* Scores of the roles that depend on the token alone, shared by all cues of a paragraph. */
typedef float base_role_scores[ROLE_WEIGHTS];

typedef struct base_scores {
    cue_scores *cues;        /* [token_count] */
    base_role_scores *roles; /* [token_count] */
} base_scores;

/* Scores all tokens of a frame; the result lives in `memory`, which also keeps sums for the next
 * article. Error: NO_MEMORY. */
WHOSAID_CHECK whosaid_status base_scores_compute(const attributor *model,
                                                 const article_frame *frame, arena *memory,
                                                 base_scores *out, whosaid_error *err);

#endif
