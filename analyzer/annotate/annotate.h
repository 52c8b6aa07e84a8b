/* annotate.h: a web page on this machine on which people correct what the program found, save it as
 * annotated articles and train the stance model on them.
 *
 * Only this machine reaches it: it listens on 127.0.0.1, every address holds a secret that is drawn
 * anew at each start, and requests that name another host or come from another page are refused.
 * Each change is written to the corpus file at once, beside it and then renamed over it, so that a
 * kill at any instant leaves the file before or after the change. A lock beside the file keeps a
 * second server from it. */
#ifndef ANNOTATE_ANNOTATE_H
#define ANNOTATE_ANNOTATE_H

#include "whosaid.h"

typedef struct annotator annotator;

typedef struct annotate_options {
    const char *const *paths; /* [path_count] what to annotate, as for scoring */
    size_t path_count;
    const char *corpus;         /* the file, JSON Lines; made with the first change */
    const char *const *targets; /* [target_count]; a count of 0: those beside the corpus, else
                                   every one that has a model */
    size_t target_count;
    const char *models_folder; /* where models are taken from and kept */
    uint16_t port;             /* 0: any that is free */
    /* Hears of articles that cannot be read, during annotate_start. */
    void (*failed)(void *context, const whosaid_error *cause);
    void *context;
} annotate_options;

/* Reads and analyzes the articles and begins to listen, on threads of its own. All of the options
 * are copied. Memory: the articles' texts and what was found in them.
 * Errors: IO, SYNTAX (the corpus), MODEL, USAGE (a target that nobody configured, over 16 targets;
 * the corpus is in use; no articles), NO_MEMORY. */
WHOSAID_CHECK whosaid_status annotate_start(const annotate_options *options, annotator **out,
                                            whosaid_error *err);

/* "http://127.0.0.1:PORT/SECRET/"; borrowed until annotate_stop. */
const char *annotate_address(const annotator *a);

/* The number of articles to annotate. */
size_t annotate_article_count(const annotator *a);

/* Ends the server, and a training that runs. Accepts NULL. */
void annotate_stop(annotator *a);

#endif
