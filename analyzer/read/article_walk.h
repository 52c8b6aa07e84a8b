/* article_walk.h: every article of some paths, one after the other, on the caller's thread: for
 * what is looked at rather than scored in bulk (batch/ does that). */
#ifndef READ_ARTICLE_WALK_H
#define READ_ARTICLE_WALK_H

#include "article.h"

typedef struct article_visitor {
    void *context;
    /* Gets an article that lives until the call returns, with an arena of its own to work in.
     * Anything but OK ends the walk, which returns it. */
    whosaid_status (*article)(void *context, article *article, whosaid_error *err);
    /* Hears what cannot be read; the walk goes on. */
    void (*failed)(void *context, const whosaid_error *cause);
    /* Hears what is left out by rule; may be NULL. */
    void (*skipped)(void *context, const whosaid_error *cause);
} article_visitor;

/* paths: files and folders, as article_source_open takes them. Errors: IO, NO_MEMORY, and those of
 * visitor->article. */
WHOSAID_CHECK whosaid_status article_walk(const char *const *paths, size_t path_count,
                                          const article_visitor *visitor, whosaid_error *err);

#endif
