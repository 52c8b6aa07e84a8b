/* merge_target.h: where merged articles go, for the files of merging alone. */
#ifndef BATCH_MERGE_TARGET_H
#define BATCH_MERGE_TARGET_H

#include "batch/merge_part.h"

typedef struct merge_target merge_target;

/* The functions take the target itself. */
struct merge_target {
    /* Opens a part to read from it. Errors: IO, SYNTAX, NO_MEMORY. */
    whosaid_status (*open_part)(merge_target *self, merge_part *part, whosaid_error *err);

    /* Takes the article of the part's entry, which a part gives in their order. kept: false to pass
     * over it. duplicate_of: an earlier article with its text; empty when there is none. */
    whosaid_status (*article)(merge_target *self, merge_part *part, bool kept,
                              text_view duplicate_of, whosaid_error *err);

    /* Ends and frees the target. keep: the report is whole. */
    whosaid_status (*close)(merge_target *self, bool keep, whosaid_error *err);
};

typedef struct merge_options {
    const char *output; /* NULL: standard output */
    text_view identity; /* of the run */
} merge_options;

/* Targets for reports that are a stream of bytes, and for databases. They borrow the options until
 * they are closed. Errors: IO, USAGE, NO_MEMORY. */
WHOSAID_CHECK whosaid_status merge_stream_open(const merge_options *options, merge_target **out,
                                               whosaid_error *err);
WHOSAID_CHECK whosaid_status merge_sqlite_open(const merge_options *options, merge_target **out,
                                               whosaid_error *err);

#endif
