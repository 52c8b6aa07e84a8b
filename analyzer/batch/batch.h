/* batch.h: many articles at once. One thread reads records, a pool of workers analyzes and renders
 * them, each in its own arena, and the calling thread hands out the pieces in the order of the
 * input, so that a report does not depend on the number of workers. Memory is bound by the queue:
 * a fixed number of records, and of bytes unless a single record is larger; only what is kept to
 * know a text again (seen_texts.h) grows with the number of articles.
 *
 * An article whose text an earlier one had gets that one's id as duplicate_of, or is left out with
 * report_options.unique. */
#ifndef BATCH_BATCH_H
#define BATCH_BATCH_H

#include "read/article_source.h"
#include "report/report.h"
#include "whosaid.h"

typedef struct batch_counts {
    size_t articles;   /* analyzed and reported */
    size_t failures;   /* inputs or articles that could not be read */
    size_t statements; /* attributions in the report */
    size_t bytes;      /* of the records */
    size_t duplicates; /* articles whose text already stood in the input */
} batch_counts;

/* What the caller wants to hear; every call comes from the thread that called batch_run, in the
 * order of the input. */
typedef struct batch_listener {
    void *context;
    /* A piece of the report. Anything but OK stops the batch, and batch_run returns it. */
    whosaid_status (*piece)(void *context, text_view piece, whosaid_error *err);
    /* Nothing more is ready: a good moment to flush. May stop the batch too. */
    whosaid_status (*idle)(void *context, whosaid_error *err);
    void (*failed)(void *context, const whosaid_error *cause);
    void (*skipped)(void *context, const whosaid_error *cause);
    void (*progress)(void *context, const batch_counts *counts);
} batch_listener;

/* Runs `source` to its end with `workers` (at least 1) threads for the analysis.
 * Errors: what piece and idle return, NO_MEMORY. Unreadable inputs are no error: see counts. */
WHOSAID_CHECK whosaid_status batch_run(const whosaid_analyzer *analyzer, article_source *source,
                                       const report_format *format, const report_options *options,
                                       size_t workers, const batch_listener *listener,
                                       batch_counts *counts, whosaid_error *err);

#endif
