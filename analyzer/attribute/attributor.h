/* attributor.h: the attributions of an article: cue, sources, contents, and how sure. */
#ifndef ATTRIBUTE_ATTRIBUTOR_H
#define ATTRIBUTE_ATTRIBUTOR_H

#include "article.h"

typedef struct attributor attributor;

/* Loads the model in folder `folder` (models/attribution). Owned by the caller; immutable and safe
 * to share between threads. Errors: IO, MODEL, NO_MEMORY. */
WHOSAID_CHECK whosaid_status attributor_open(const char *folder, attributor **out,
                                             whosaid_error *err);
void attributor_close(attributor *attributor);

/* Fills article->attributions (spans, type, kind, score) with those whose probability is at least
 * min_score, in the order of their first content token. Needs segment and tag. */
WHOSAID_CHECK whosaid_status attributor_find(const attributor *attributor, article *article,
                                             float min_score, whosaid_error *err);

#endif
