/* gold_article.h: an annotated article as the pipeline would see it if attribution were perfect:
 * segmented, tagged, with the annotators' spans as its attributions. For training and measuring. */
#ifndef IDENTIFY_GOLD_ARTICLE_H
#define IDENTIFY_GOLD_ARTICLE_H

#include "corpus/annotated_article.h"
#include "tag/tagger.h"

typedef struct gold_article {
    article article;
    const annotated_quote **quotes; /* the annotation behind each attribution */
} gold_article;

/* Attributions come in the order of the first content token, as attributor_find gives them;
 * quotes without content are left out. Everything lives in `memory`; `source` is borrowed.
 * Errors: those of segment and tag. */
WHOSAID_CHECK whosaid_status gold_article_make(const annotated_article *source,
                                               const tagger *tagger, arena *memory,
                                               gold_article *out, whosaid_error *err);

#endif
