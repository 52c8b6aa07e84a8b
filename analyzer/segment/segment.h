/* segment.h: from text to paragraphs, sentences, tokens and quotations. */
#ifndef SEGMENT_SEGMENT_H
#define SEGMENT_SEGMENT_H

#include "article.h"

/* Fills paragraphs, sentences, tokens (part of speech and name class stay empty) and quotations of
 * `article` from article->text within article->body. Linear in the length of the text.
 * Errors: NO_MEMORY, LIMIT. */
WHOSAID_CHECK whosaid_status segment_article(article *article, whosaid_error *err);

#endif
