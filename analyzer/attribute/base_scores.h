/* base_scores.h: what the base features of each token weigh, for both passes at once. */
#ifndef ATTRIBUTE_BASE_SCORES_H
#define ATTRIBUTE_BASE_SCORES_H

#include "attribute/attribution_model.h"
#include "attribute/label_sums.h"

typedef struct base_scores {
    cue_scores *cues; /* [token_count] */
    label_sums *sums; /* [token_count] those of the roles stand behind those of the cues */
} base_scores;

/* What a sum of 1 stands for. */
static inline float base_sums_scale(const attributor *model) {
    return model->base.scale * (1 << WORD_ROW_SHIFT);
}

/* Scores all tokens of a frame; the result lives in `memory`, which also keeps sums for the next
 * article. Error: NO_MEMORY. */
WHOSAID_CHECK whosaid_status base_scores_compute(const attributor *model,
                                                 const article_frame *frame, arena *memory,
                                                 base_scores *out, whosaid_error *err);

#endif
