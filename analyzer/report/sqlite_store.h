/* sqlite_store.h: a report as a SQLite database: rows go into an unfinished database, which keeps
 * how far it has got beside them, and finishing it makes the report.
 *
 * The finished file depends on the rows alone, not on how they were spread over transactions: it
 * is written anew from the unfinished one, tables one behind the other, then the indices, and takes
 * its name when it is whole. For that moment there are two copies on the disk.
 *
 * One thread at a time. SQL holds no text from outside: values are bound. */
#ifndef REPORT_SQLITE_STORE_H
#define REPORT_SQLITE_STORE_H

#include "report/sqlite_record.h"

typedef struct sqlite_store sqlite_store;

/* Makes an unfinished database in the new file `path`, which nothing else can write to until the
 * store is closed. identity: lines "NAME VALUE\n", which become the rows of the table `about`.
 * The caller owns *out (sqlite_store_close). Errors: IO, NO_MEMORY. */
WHOSAID_CHECK whosaid_status sqlite_store_create(const char *path, text_view identity,
                                                 sqlite_store **out, whosaid_error *err);

/* Opens what sqlite_store_create and a run that did not come to its end left behind, without what
 * was added after its last commit. Errors: IO; USAGE when it is no unfinished report of ours;
 * NO_MEMORY. */
WHOSAID_CHECK whosaid_status sqlite_store_reopen(const char *path, sqlite_store **out,
                                                 whosaid_error *err);

/* Replaces *identity by what the database was created with. */
WHOSAID_CHECK whosaid_status sqlite_store_identity(sqlite_store *store, buffer *identity,
                                                   whosaid_error *err);

/* Hands each note that was committed to `note` (may be NULL), in their order; it may stop that with
 * an error. *found: there is one. */
typedef whosaid_status (*sqlite_note_reader)(void *context, text_view note, whosaid_error *err);
WHOSAID_CHECK whosaid_status sqlite_store_notes(sqlite_store *store, sqlite_note_reader note,
                                                void *context, bool *found, whosaid_error *err);

/* Adds what sqlite_record_article rendered, of any number of articles. Errors: IO, NO_MEMORY. */
WHOSAID_CHECK whosaid_status sqlite_store_add(sqlite_store *store, text_view piece,
                                              whosaid_error *err);

/* The same by rows: an article, its statements, and behind each of them its stances. */
WHOSAID_CHECK whosaid_status sqlite_store_add_article(sqlite_store *store,
                                                      const article_record *article,
                                                      whosaid_error *err);
WHOSAID_CHECK whosaid_status sqlite_store_add_statement(sqlite_store *store,
                                                        const statement_record *statement,
                                                        size_t number, whosaid_error *err);
WHOSAID_CHECK whosaid_status sqlite_store_add_stance(sqlite_store *store,
                                                     const stance_record *stance,
                                                     whosaid_error *err);

/* From here on, what was added outlives the process, together with `note`. */
WHOSAID_CHECK whosaid_status sqlite_store_commit(sqlite_store *store, text_view note,
                                                 whosaid_error *err);

/* Writes what was committed to `path` as a report and replaces what is there. The unfinished
 * database stays; after this, and whatever it returns, only closing is possible.
 * Errors: IO, NO_MEMORY. */
WHOSAID_CHECK whosaid_status sqlite_store_finish(sqlite_store *store, const char *path,
                                                 whosaid_error *err);

/* Removes an unfinished database that is closed, with what SQLite may have left beside it. */
void sqlite_store_remove(const char *path);

/* Closes the store, which may be NULL; rows that were not committed are lost. The file stays. */
void sqlite_store_close(sqlite_store *store);

#endif
