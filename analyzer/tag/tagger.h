/* tagger.h: part of speech and proper names. */
#ifndef TAG_TAGGER_H
#define TAG_TAGGER_H

#include "article.h"

typedef struct tagger tagger;

/* Loads the model in folder `folder` (models/tagger). Owned by the caller; immutable and safe to
 * share between threads. Errors: IO, LIMIT, MODEL, NO_MEMORY. */
WHOSAID_CHECK whosaid_status tagger_open(const char *folder, tagger **out, whosaid_error *err);
void tagger_close(tagger *tagger);

/* Sets part_of_speech and name_class of every token and fills article->names. Needs segment.
 * Errors: NO_MEMORY. */
WHOSAID_CHECK whosaid_status tagger_tag(const tagger *tagger, article *article, whosaid_error *err);

#endif
