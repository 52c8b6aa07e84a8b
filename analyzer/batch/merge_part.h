/* merge_part.h: one part of a report with its index, for the files of merging alone. */
#ifndef BATCH_MERGE_PART_H
#define BATCH_MERGE_PART_H

#include "base/buffer.h"
#include "report/shard_index.h"
#include "report/sqlite_part.h"

#include <stdio.h>

typedef struct merge_part {
    const char *path; /* borrowed */
    shard_index_reader *index;
    shard_index_head head; /* borrows from the index */
    shard_entry entry;     /* the next one; borrows from the index until the one after it */
    bool has_entry;
    shard_index_end end; /* known when has_entry is false */
    /* Where the rows are: one of the two. */
    FILE *stream;
    sqlite_part *rows;
} merge_part;

/* Opens the index and reads the first entry. path: borrowed until merge_part_close, which is needed
 * in any case. Errors: IO, USAGE (there is no index), SYNTAX, NO_MEMORY. */
WHOSAID_CHECK whosaid_status merge_part_open(merge_part *out, const char *path, whosaid_error *err);

/* Steps to the next entry. Errors: those of shard_index_next. */
WHOSAID_CHECK whosaid_status merge_part_step(merge_part *part, whosaid_error *err);

/* Opens the part itself, and for a stream reads its head (a header row) into *head. */
WHOSAID_CHECK whosaid_status merge_part_open_stream(merge_part *part, buffer *head,
                                                    whosaid_error *err);
WHOSAID_CHECK whosaid_status merge_part_open_rows(merge_part *part, whosaid_error *err);

/* Replaces *piece by the bytes of the entry. Errors: IO, SYNTAX (the part ends before), NO_MEMORY.
 */
WHOSAID_CHECK whosaid_status merge_part_read(merge_part *part, buffer *piece, whosaid_error *err);

void merge_part_close(merge_part *part);

/* The value of the line "NAME VALUE" of an identity (sink.h); empty when there is none. */
text_view identity_value(text_view identity, const char *wanted);

#endif
