/* scored_article.h: what is behind a whosaid_article: a copy of an article that was analyzed, which
 * needs nothing of the run that made it, and the public view of it. */
#ifndef API_SCORED_ARTICLE_H
#define API_SCORED_ARTICLE_H

#include "analyzer.h"

typedef struct scored_article {
    whosaid_article view; /* first, so that one pointer stands for both */
    const whosaid_analyzer *analyzer;
    arena *memory;   /* holds this struct too */
    article article; /* for reports */
    struct scored_article *previous, *next;
} scored_article;

/* Copies `a`. The caller owns *out and ends it with scored_article_free; the analyzer must outlive
 * it. Error: NO_MEMORY. */
WHOSAID_CHECK whosaid_status scored_article_new(const whosaid_analyzer *analyzer, const article *a,
                                                scored_article **out, whosaid_error *err);
void scored_article_free(scored_article *scored);

/* Fills scored->view from scored->article. False when memory is out. */
bool scored_article_view(scored_article *scored);

static inline const scored_article *scored_article_of(const whosaid_article *view) {
    return (const scored_article *)(const void *)view;
}

#endif
