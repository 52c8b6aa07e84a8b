/* journal.h: the notes of a report that is not complete, in the file PATH.journal beside it, so
 * that a run that was stopped or killed can go on. It begins with the identity of the run; then
 * each commit adds a mark and a note. The file is locked as long as it is open: two runs never
 * write to one report.
 *
 * What is appended survives a kill of the program. Should the whole machine fail, then the last
 * marks may be lost, or be there while the report's bytes are not: every record has a checksum, and
 * a sink compares mark.check with what the report holds.
 *
 * Numbers are in the byte order of the machine; a journal is of use only where it was written. */
#ifndef REPORT_JOURNAL_H
#define REPORT_JOURNAL_H

#include "base/text_view.h"
#include "whosaid.h"

#define JOURNAL_ENDING ".journal"

typedef struct journal journal;

/* Where a report stood at a commit; what the numbers mean is the sink's own. */
typedef struct journal_mark {
    uint64_t position; /* such as its length in bytes, or the number of a transaction */
    uint64_t check;    /* such as a hash of its content up to there */
    bool synced;       /* the content up to there has reached the disk, not only the system */
} journal_mark;

/* Opens the journal of the report `path` (not NULL), or makes one.
 * resume: an existing journal is gone on with; *existed tells whether there was one that holds
 * anything. Without it an existing one is refused. The caller owns *out.
 * Errors: IO; USAGE when there is one without `resume`, when it is of another run (the text names
 * the first line of the identity that differs) or of a run that is still going; NO_MEMORY. */
WHOSAID_CHECK whosaid_status journal_open(const char *path, text_view identity, bool resume,
                                          journal **out, bool *existed, whosaid_error *err);

/* The next whole record, from the first one on; false behind the last. *note is borrowed until the
 * next call. A record that was not written completely is the end. */
bool journal_next(journal *j, journal_mark *mark, text_view *note);

/* Reads from the first record again. */
void journal_rewind(journal *j);

/* Drops everything behind the record that was read last; appending goes on there. Errors: IO. */
WHOSAID_CHECK whosaid_status journal_cut(journal *j, whosaid_error *err);

/* Adds a record with one write. Errors: IO, NO_MEMORY. */
WHOSAID_CHECK whosaid_status journal_append(journal *j, const journal_mark *mark, text_view note,
                                            whosaid_error *err);

/* What a journal of another form than this refuses in the same words: that it is of a run with the
 * identity `theirs`, and that nobody asked to go on with it. */
whosaid_status journal_refuse_other(const char *journal_path, text_view theirs, text_view ours,
                                    whosaid_error *err);
whosaid_status journal_refuse_unasked(const char *journal_path, whosaid_error *err);

/* Accepts NULL. keep: leave the file; else it is removed. */
void journal_close(journal *j, bool keep);

#endif
