/* merge.h: the parts that the shards of one run wrote, put together to the report of a single run.
 * Each part lies beside its index (report/shard_index.h), which tells where its articles stood. The
 * result is that of the single run byte for byte: also in which articles are duplicates of others,
 * or left out with --unique. */
#ifndef BATCH_MERGE_H
#define BATCH_MERGE_H

#include "whosaid.h"

typedef struct merge_counts {
    size_t articles;   /* in the merged report */
    size_t duplicates; /* of them, or left out with --unique */
    size_t failures;   /* inputs that the shards could not read */
} merge_counts;

/* Checks that the parts are all shards of one run, each once and complete, then writes the report
 * to `output` (NULL: standard output). Nothing is written when the parts do not fit together.
 * Errors: USAGE (they do not, or the output is one of them; the text says what is wrong), SYNTAX (a
 * part or its index is damaged), IO, NO_MEMORY; CANCELLED, without a text, when the reader of a
 * pipe has gone away. */
WHOSAID_CHECK whosaid_status merge_parts(const char *const *parts, size_t count, const char *output,
                                         merge_counts *counts, whosaid_error *err);

#endif
