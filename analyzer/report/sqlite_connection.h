/* sqlite_connection.h: a SQLite database with errors in our form. What the rest of the room does
 * with a database goes through here, except for reading columns. */
#ifndef REPORT_SQLITE_CONNECTION_H
#define REPORT_SQLITE_CONNECTION_H

#include "base/text_view.h"
#include "whosaid.h"

#include <sqlite3.h>

typedef struct sqlite_connection {
    sqlite3 *handle;
    const char *path; /* for messages; borrowed */
} sqlite_connection;

typedef enum sqlite_access { SQLITE_READS, SQLITE_WRITES } sqlite_access;

/* Opens the existing file `path` (borrowed until sqlite_close, which is needed in any case),
 * whatever characters its name has. Errors of all functions: IO, NO_MEMORY, USAGE when
 * another process is writing to it. */
WHOSAID_CHECK whosaid_status sqlite_open(sqlite_connection *out, const char *path,
                                         sqlite_access access, whosaid_error *err);
/* The name under which SQLite takes `path` for nothing but a file. */
enum { SQLITE_NAME_BYTES = 4096 + 2 };
WHOSAID_CHECK whosaid_status sqlite_name(const char *path, char out[SQLITE_NAME_BYTES],
                                         whosaid_error *err);
void sqlite_close(sqlite_connection *connection);

/* Runs one statement, or a list of them that ends in NULL. */
WHOSAID_CHECK whosaid_status sqlite_run(const sqlite_connection *connection, const char *sql,
                                        whosaid_error *err);
WHOSAID_CHECK whosaid_status sqlite_run_all(const sqlite_connection *connection,
                                            const char *const *list, whosaid_error *err);

/* The caller ends *out with sqlite3_finalize, in any case. */
WHOSAID_CHECK whosaid_status sqlite_prepare(const sqlite_connection *connection, const char *sql,
                                            sqlite3_stmt **out, whosaid_error *err);

/* Bind a value, borrowed until the next step; known: NULL when it is empty. What memory is missing
 * for shows when the statement runs, since a column that must not be NULL is. */
void sqlite_bind_text(sqlite3_stmt *statement, int index, text_view text);
void sqlite_bind_known(sqlite3_stmt *statement, int index, text_view text);
void sqlite_bind_bytes(sqlite3_stmt *statement, int index, text_view bytes);

/* Runs a statement that gives no rows, ready to run again. */
WHOSAID_CHECK whosaid_status sqlite_step_once(const sqlite_connection *connection,
                                              sqlite3_stmt *statement, whosaid_error *err);

/* *found: there is a row, which lasts until the next step or sqlite3_reset. */
WHOSAID_CHECK whosaid_status sqlite_step_row(const sqlite_connection *connection,
                                             sqlite3_stmt *statement, bool *found,
                                             whosaid_error *err);

/* A column's bytes, borrowed as long as the row lasts; empty for NULL. */
text_view sqlite_column_view(sqlite3_stmt *statement, int column);

/* What a file says it is, from its first bytes. */
typedef enum sqlite_file_kind {
    SQLITE_FILE_NONE,   /* not there, or empty */
    SQLITE_FILE_OURS,   /* a database that this program wrote */
    SQLITE_FILE_OTHER,  /* a database of another program, or of another version of ours */
    SQLITE_FILE_FOREIGN /* no database */
} sqlite_file_kind;

/* Error: IO when the file is there and cannot be read. */
WHOSAID_CHECK whosaid_status sqlite_file_look(const char *path, sqlite_file_kind *out,
                                              whosaid_error *err);

#endif
