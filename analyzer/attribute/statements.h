/* statements.h: from judged analyses and transcript turns to the article's attributions: without
 * duplicates, with quotations that run over paragraphs made whole. */
#ifndef ATTRIBUTE_STATEMENTS_H
#define ATTRIBUTE_STATEMENTS_H

#include "attribute/candidate_features.h"
#include "attribute/transcript.h"

typedef struct judged_analyses {
    const chosen_analysis *items; /* in the order of their cues */
    const float *probabilities;   /* [count] that each is right */
    size_t count;
} judged_analyses;

/* Sets article->attributions to what is at least min_score probable. Of attributions that
 * share a cue, or whose contents overlap by half of the longer one, one stays: a transcript turn,
 * else the most probable. Error: NO_MEMORY. */
WHOSAID_CHECK whosaid_status statements_write(article *a, const article_frame *frame,
                                              const judged_analyses *judged,
                                              const transcript_turns *turns, float min_score,
                                              whosaid_error *err);

#endif
