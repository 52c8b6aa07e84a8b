/* identifier.h: who speaks in each attribution, and how openly. */
#ifndef IDENTIFY_IDENTIFIER_H
#define IDENTIFY_IDENTIFIER_H

#include "article.h"

typedef struct identifier identifier;

/* Loads the model in folder `folder` (models/speaker). Owned by the caller; immutable and safe to
 * share between threads. Errors: IO, MODEL, LIMIT (the path is too long), NO_MEMORY. */
WHOSAID_CHECK whosaid_status identifier_open(const char *folder, identifier **out,
                                             whosaid_error *err);
void identifier_close(identifier *identifier);

/* Fills speaker and anonymity of every attribution. Needs segment, tag and attribute.
 * Error: NO_MEMORY. */
WHOSAID_CHECK whosaid_status identifier_resolve(const identifier *identifier, article *article,
                                                whosaid_error *err);

#endif
