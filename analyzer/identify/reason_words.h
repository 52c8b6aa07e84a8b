/* reason_words.h: how articles word that and why a source's name is withheld. */
#ifndef IDENTIFY_REASON_WORDS_H
#define IDENTIFY_REASON_WORDS_H

#include "article.h"

/* True when the word at `at` of `sentence` is the heart of such a wording: "anonymity", "named" of
 * "asked not to be named", "authorised" of "not authorised to speak". Looks at the words around it
 * within the sentence. */
bool reason_begins_at(const article *a, uint32_t at, token_range sentence);

#endif
