/* sink.h: where the pieces of a report go, in the order of the input: a file, a database. The batch
 * renders pieces on many threads (report.h); one thread hands them to the sink.
 *
 * A run that is killed at any instant can go on later. For that the caller commits now and then,
 * with a note of its own about how far the input is done. From then on a kill leaves
 * everything written so far, and the note, behind. What was written after the last commit is
 * lost, and done again. What a sink with options.resume must do:
 *
 *   - bring the destination back to what it held at its last commit, exactly;
 *   - hand all notes that were committed, in their order, to options.note;
 *   - set resumed, so that the caller does not begin the report a second time;
 *   - refuse when options.identity is not that of the run that was stopped, or the destination is
 *     not what that run left.
 *
 * After that the same calls give the same bytes as a run that nothing disturbed. The notes of a
 * report lie in a journal beside it (journal.h), which is there as long as the report is not
 * complete. Without options.resume a sink refuses to overwrite a report that has a journal. */
#ifndef REPORT_SINK_H
#define REPORT_SINK_H

#include "report/report.h"

typedef struct report_sink report_sink;

/* How a report ends. */
typedef enum sink_end {
    SINK_COMPLETE, /* it is whole: kept, and its journal goes */
    SINK_STOPPED, /* it ends here for now: kept as far as it came, with its journal if it has one */
    SINK_DROPPED  /* nothing worth keeping: an existing destination is left as it was if nothing
                     was flushed yet, and one that was made for this run is removed */
} sink_end;

/* The functions take the sink itself. Errors: IO, NO_MEMORY; CANCELLED, without a text, when the
 * reader of a pipe has gone away. After an error only close may be called. */
struct report_sink {
    bool resumed; /* the report goes on: it has its beginning already */
    bool has_journal;

    /* Takes a piece (never empty), which is borrowed for the call. */
    whosaid_status (*write)(report_sink *self, text_view piece, whosaid_error *err);

    /* Whoever reads along may have what is written: called when the input pauses. */
    whosaid_status (*flush)(report_sink *self, whosaid_error *err);

    /* Everything written so far survives a kill from here on, together with `note` (opaque bytes,
     * what came since the commit before). Without a journal the same as flush. */
    whosaid_status (*commit)(report_sink *self, text_view note, whosaid_error *err);

    /* Ends and frees the sink, whatever it returns. Nothing is committed by this: a run that is to
     * survive a kill within it commits before. */
    whosaid_status (*close)(report_sink *self, sink_end how, whosaid_error *err);
};

typedef struct sink_options {
    const char *path; /* NULL: standard output; borrowed until close */
    /* What makes this run the one it is: lines "NAME VALUE\n" with the program's version, options,
     * targets, models, inputs. Must not depend on time or on the number of threads. */
    text_view identity;
    bool no_journal; /* the report has no pieces that could be gone on with, such as a table */
    bool resume;     /* go on with what the journal tells of, or begin when there is nothing */
    /* Gets the committed notes while a resuming sink is opened. */
    whosaid_status (*note)(void *context, text_view note, whosaid_error *err);
    void *context;
} sink_options;

/* A sink for pieces that stand one behind the other in a file or on standard output: CSV, JSON
 * Lines. Only regular files have a journal. Errors: IO, NO_MEMORY, USAGE (there is a journal and
 * no options.resume, or the journal is of another run; the remedy is in the text). */
WHOSAID_CHECK whosaid_status file_sink_open(const sink_options *options, report_sink **out,
                                            whosaid_error *err);

#endif
