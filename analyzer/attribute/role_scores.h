/* role_scores.h: what the features of the tokens of a window weigh. */
#ifndef ATTRIBUTE_ROLE_SCORES_H
#define ATTRIBUTE_ROLE_SCORES_H

#include "attribute/base_scores.h"

/* Sums that a thread keeps from article to article. */
typedef struct role_memo role_memo;

/* Lives in `memory` beyond its reset; NULL when memory is out. */
role_memo *role_memo_find(const attributor *model, arena *memory);

/* What the tokens of an article weigh whatever the cue, summed when the first cue needs it. Lives
 * in `memory`; NULL when memory is out. */
typedef struct role_tokens role_tokens;
role_tokens *role_tokens_new(uint32_t token_count, arena *memory);

/* Scores the labels of all tokens of a window. base, tokens: of the article's tokens. out: [end -
 * first] */
void role_scores_compute(const attributor *model, role_memo *memo, role_tokens *tokens,
                         const role_window *window, const label_sums *base, role_scores *out);

#endif
