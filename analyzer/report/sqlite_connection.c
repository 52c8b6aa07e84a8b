#include "report/sqlite_connection.h"

#include "base/error.h"
#include "report/sqlite_schema.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

static whosaid_status failure(const sqlite_connection *c, int code, whosaid_error *err) {
    if ((code & 0xFF) == SQLITE_NOMEM) return error_no_memory(err);
    if ((code & 0xFF) == SQLITE_BUSY)
        return error_set(err, WHOSAID_USAGE, c->path, 0, "another run is writing this report");
    const char *words = c->handle ? sqlite3_errmsg(c->handle) : sqlite3_errstr(code);
    return error_set(err, WHOSAID_IO, c->path, 0, "%s", words);
}

/* No name means something special then, such as ":memory:" and "file:...". */
whosaid_status sqlite_name(const char *path, char out[SQLITE_NAME_BYTES], whosaid_error *err) {
    int len = snprintf(out, SQLITE_NAME_BYTES, "%s%s", path[0] == '/' ? "" : "./", path);
    if (len >= 0 && len < SQLITE_NAME_BYTES) return WHOSAID_OK;
    return error_set(err, WHOSAID_LIMIT, path, 0, "the path is too long");
}

whosaid_status sqlite_open(sqlite_connection *out, const char *path, sqlite_access access,
                           whosaid_error *err) {
    char plain[SQLITE_NAME_BYTES];
    *out = (sqlite_connection){.path = path};
    whosaid_status status = sqlite_name(path, plain, err);
    if (status != WHOSAID_OK) return status;
    int flags = access == SQLITE_WRITES ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
    int code = sqlite3_open_v2(plain, &out->handle, flags | SQLITE_OPEN_NOMUTEX, NULL);
    return code == SQLITE_OK ? WHOSAID_OK : failure(out, code, err);
}

void sqlite_close(sqlite_connection *connection) {
    sqlite3_close_v2(connection->handle); /* with statements that are not yet finalized, too */
    connection->handle = NULL;
}

whosaid_status sqlite_run(const sqlite_connection *c, const char *sql, whosaid_error *err) {
    int code = sqlite3_exec(c->handle, sql, NULL, NULL, NULL);
    return code == SQLITE_OK ? WHOSAID_OK : failure(c, code, err);
}

whosaid_status sqlite_run_all(const sqlite_connection *c, const char *const *list,
                              whosaid_error *err) {
    whosaid_status status = WHOSAID_OK;
    while (*list && status == WHOSAID_OK)
        status = sqlite_run(c, *list++, err);
    return status;
}

whosaid_status sqlite_prepare(const sqlite_connection *c, const char *sql, sqlite3_stmt **out,
                              whosaid_error *err) {
    int code = sqlite3_prepare_v2(c->handle, sql, -1, out, NULL);
    return code == SQLITE_OK ? WHOSAID_OK : failure(c, code, err);
}

void sqlite_bind_text(sqlite3_stmt *statement, int index, text_view text) {
    sqlite3_bind_text64(statement, index, text.ptr ? text.ptr : "", text.len, SQLITE_STATIC,
                        SQLITE_UTF8);
}

void sqlite_bind_known(sqlite3_stmt *statement, int index, text_view text) {
    if (text.len)
        sqlite_bind_text(statement, index, text);
    else
        sqlite3_bind_null(statement, index);
}

void sqlite_bind_bytes(sqlite3_stmt *statement, int index, text_view bytes) {
    sqlite3_bind_blob64(statement, index, bytes.ptr ? bytes.ptr : "", bytes.len, SQLITE_STATIC);
}

whosaid_status sqlite_step_once(const sqlite_connection *c, sqlite3_stmt *statement,
                                whosaid_error *err) {
    int code = sqlite3_step(statement);
    whosaid_status status =
        code == SQLITE_DONE || code == SQLITE_ROW ? WHOSAID_OK : failure(c, code, err);
    sqlite3_reset(statement);
    return status;
}

whosaid_status sqlite_step_row(const sqlite_connection *c, sqlite3_stmt *statement, bool *found,
                               whosaid_error *err) {
    int code = sqlite3_step(statement);
    *found = code == SQLITE_ROW;
    return *found || code == SQLITE_DONE ? WHOSAID_OK : failure(c, code, err);
}

text_view sqlite_column_view(sqlite3_stmt *statement, int column) {
    const void *bytes = sqlite3_column_blob(statement, column);
    return (text_view){bytes, bytes ? (size_t)sqlite3_column_bytes(statement, column) : 0};
}

/* Big-endian, as in the header of a SQLite file (sqlite.org/fileformat.html, 1.3). */
static uint32_t header_number(const unsigned char *bytes) {
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

whosaid_status sqlite_file_look(const char *path, sqlite_file_kind *out, whosaid_error *err) {
    enum { HEADER_BYTES = 100, USER_VERSION_AT = 60, APPLICATION_ID_AT = 68 };
    unsigned char header[HEADER_BYTES] = {0};
    *out = SQLITE_FILE_NONE;
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (descriptor < 0)
        return errno == ENOENT ? WHOSAID_OK : error_io(err, path, "cannot read", errno);
    ssize_t len = read(descriptor, header, sizeof header);
    int cause = errno;
    close(descriptor);
    if (len < 0) return error_io(err, path, "cannot read", cause);
    if (len == 0) return WHOSAID_OK;
    bool ours = header_number(header + APPLICATION_ID_AT) == SQLITE_REPORT_ID &&
                header_number(header + USER_VERSION_AT) == SQLITE_REPORT_VERSION;
    if (memcmp(header, "SQLite format 3", 16) != 0)
        *out = SQLITE_FILE_FOREIGN;
    else
        *out = ours ? SQLITE_FILE_OURS : SQLITE_FILE_OTHER;
    return WHOSAID_OK;
}
