/* batch.h: many articles at once. One thread reads records, a pool of workers analyzes and renders
 * them, each in its own arena, and the calling thread hands out the pieces in the order of the
 * input, so that a report does not depend on the number of workers; a single worker is the calling
 * thread itself. Memory is bound by the queue: a fixed number of records, and of bytes unless a
 * single record is larger; only what is kept to know a text again (seen_texts.h) grows with the
 * number of articles.
 *
 * An article whose text an earlier one had gets that one's id as duplicate_of, or is left out with
 * report_options.unique.
 *
 * A batch can be ended early and gone on with in another process: batch_note tells where it stands,
 * and batch_resume takes that to a new batch over the same input, which reads what is done
 * already, compares it with a hash in the note, and goes on behind it. */
#ifndef BATCH_BATCH_H
#define BATCH_BATCH_H

#include "base/hash.h"
#include "batch/article_filter.h"
#include "read/article_source.h"
#include "report/report.h"
#include "whosaid.h"

typedef struct batch_counts {
    size_t articles;   /* analyzed and reported */
    size_t failures;   /* inputs or articles that could not be read */
    size_t statements; /* attributions in the report */
    size_t bytes;      /* of the records */
    size_t duplicates; /* articles whose text already stood in the input */
    size_t undated;    /* left out since the period is bounded and their date is not known */
    size_t filtered;   /* of another shard or period, as far as they were looked at */
} batch_counts;

/* The piece of one article, or of a failure that is answered. */
typedef struct batch_piece {
    text_view bytes;          /* may be empty: an article without statements has no rows in CSV */
    text_view id;             /* of the article; may be empty for a failure */
    hash128 text;             /* what it says (seen_texts.h); {0, 0}: nothing to compare */
    uint64_t record, article; /* its place in the whole input (report/shard_index.h) */
} batch_piece;

/* What the caller wants to hear; every call comes from the thread that called batch_run, in the
 * order of the input. All but `piece` may be NULL. */
typedef struct batch_listener {
    void *context;
    /* Anything but OK stops the batch, and batch_run returns it. */
    whosaid_status (*piece)(void *context, const batch_piece *piece, whosaid_error *err);
    /* Behind each run of pieces that are handed out together: a good moment to flush. May stop the
     * batch too. */
    whosaid_status (*idle)(void *context, whosaid_error *err);
    /* A record is handed out as a whole: a moment at which batch_note may be called. input_bytes:
     * read of the files so far (article_source_bytes_read). May stop the batch too. */
    whosaid_status (*progress)(void *context, const batch_counts *counts, uint64_t input_bytes,
                               whosaid_error *err);
    void (*failed)(void *context, const whosaid_error *cause);
    void (*skipped)(void *context, const whosaid_error *cause);
} batch_listener;

enum { BATCH_WORKERS_MAX = 1024 };

typedef struct batch_options {
    const whosaid_analyzer *analyzer; /* borrowed, as are the others */
    const report_format *format;
    const report_options *report;
    size_t workers;        /* threads that analyze, BATCH_WORKERS_MAX at most; 0: one a processor */
    article_filter filter; /* its shard must be that of the source */
    size_t limit;          /* ends behind so many articles; 0: no limit */
    bool answer_failures;  /* a line that cannot be read has a piece, where the format has one */
    bool keep_notes;       /* batch_note will be called, and often enough */
} batch_options;

typedef struct batch batch;

/* NULL when memory is out. The caller owns it; batch_free accepts NULL. */
batch *batch_new(const batch_options *options);
void batch_free(batch *b);

/* Before batch_run: takes a note of the batch that is gone on with. All notes, in their order.
 * Errors: SYNTAX (it is none), NO_MEMORY. */
WHOSAID_CHECK whosaid_status batch_resume(batch *b, text_view note, whosaid_error *err);

/* Runs `source` to its end, once. Unreadable inputs are no error: see the counts, which include
 * those of the batch that is gone on with.
 * Errors: what piece, idle and progress return; USAGE when what comes before the place to go on at
 * is not what the note was written about; NO_MEMORY. */
WHOSAID_CHECK whosaid_status batch_run(batch *b, article_source *source,
                                       const batch_listener *listener, whosaid_error *err);

/* During progress, and after batch_run: appends what must be kept to go on behind everything that
 * was handed out so far, but for what earlier calls gave. False when memory is out. */
bool batch_note(batch *b, buffer *out);

const batch_counts *batch_counts_of(const batch *b);

/* After batch_run: everything that was asked for is done: the input or the limit was reached.
 * False when the source was cancelled. */
bool batch_is_complete(const batch *b);

/* After batch_run: how many records the whole input has, and a hash of their names and order; the
 * same in all shards. */
void batch_input(const batch *b, uint64_t *records, uint64_t *names);

#endif
