/* statement_kind.h: whether a statement was uttered (speech) or is a belief, wish, fear or plan
 * that the article reports (attitude). */
#ifndef ATTRIBUTE_STATEMENT_KIND_H
#define ATTRIBUTE_STATEMENT_KIND_H

#include "attribute/cue_pass.h"

/* By the WordNet class of the cue's word that tells most: its last verb, else its last noun.
 * Cognition and emotion make an attitude, and so does a verb of another class that thinks or feels
 * in more of its senses than it speaks ("sees it as"), unless all of the content stands in
 * quotation marks: words in quotation marks were uttered. */
statement_kind statement_kind_of(const article_frame *frame, const cue *c, quote_type type);

#endif
