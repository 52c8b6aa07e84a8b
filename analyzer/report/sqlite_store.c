#define _XOPEN_SOURCE 700 /* realpath */
#include "report/sqlite_store.h"

#include "base/error.h"
#include "report/speaker_names.h"
#include "report/sqlite_connection.h"
#include "report/sqlite_schema.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define NEW_ENDING ".new"

typedef enum prepared {
    ADD_FACT,
    ADD_ARTICLE,
    ADD_STATEMENT,
    ADD_STANCE,
    FIND_SPEAKER,
    ADD_SPEAKER,
    SET_ROLE,
    ADD_SAID_BY,
    ADD_NOTE,
    PREPARED_COUNT
} prepared;

static const char *const prepared_sql[PREPARED_COUNT] = {
    [ADD_FACT] = "INSERT INTO about VALUES (NULL, ?, ?)",
    [ADD_ARTICLE] = "INSERT INTO articles VALUES (NULL, ?, ?, ?, ?, ?, ?)",
    /* NOLINTNEXTLINE(bugprone-suspicious-missing-comma): one statement of two lines */
    [ADD_STATEMENT] = "INSERT INTO statements "
                      "VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [ADD_STANCE] = "INSERT INTO stances VALUES (NULL, ?, ?, ?, ?, ?, ?)",
    [FIND_SPEAKER] = "SELECT id, role IS NOT NULL FROM speakers WHERE name = ?",
    [ADD_SPEAKER] = "INSERT INTO speakers VALUES (NULL, ?, ?)",
    [SET_ROLE] = "UPDATE speakers SET role = ? WHERE id = ?",
    [ADD_SAID_BY] = "INSERT OR IGNORE INTO said_by VALUES (?, ?)",
    [ADD_NOTE] = "INSERT INTO unfinished VALUES (NULL, ?)",
};

struct sqlite_store {
    char path[PATH_MAX];
    sqlite_connection connection;
    sqlite3_stmt *statements[PREPARED_COUNT];
    int64_t article_id, statement_id; /* of the rows added last */
};

/* ---- opening ---- */

static whosaid_status prepare_all(sqlite_store *s, whosaid_error *err) {
    whosaid_status status = WHOSAID_OK;
    for (int i = 0; i < PREPARED_COUNT && status == WHOSAID_OK; i++)
        status = sqlite_prepare(&s->connection, prepared_sql[i], &s->statements[i], err);
    return status;
}

/* With a write-ahead log a commit need not wait for the disk, and neither a kill nor a failing
 * machine leaves anything but whole transactions. No other process gets in between, so that no
 * shared memory is needed, which network disks do not have. */
static const char *const settings[] = {"PRAGMA locking_mode = EXCLUSIVE",
                                       "PRAGMA journal_mode = WAL", "PRAGMA synchronous = NORMAL",
                                       "BEGIN IMMEDIATE", NULL};
static const char *const commit_and_go_on[] = {"COMMIT", "BEGIN IMMEDIATE", NULL};

/* *out: to be closed in any case. */
static whosaid_status store_new(const char *path, sqlite_store **out, whosaid_error *err) {
    sqlite_store *s = calloc(1, sizeof *s);
    *out = s;
    if (!s) return error_no_memory(err);
    size_t len = strlen(path);
    if (len >= sizeof s->path)
        return error_set(err, WHOSAID_LIMIT, path, 0, "the path is too long");
    memcpy(s->path, path, len + 1);
    return WHOSAID_OK;
}

/* So that a file gets the permissions that the user's other files get. */
static whosaid_status create_file(const char *path, whosaid_error *err) {
    int descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor < 0) return error_io(err, path, "cannot write", errno);
    close(descriptor);
    return WHOSAID_OK;
}

static whosaid_status add_facts(sqlite_store *s, text_view identity, whosaid_error *err) {
    whosaid_status status = WHOSAID_OK;
    while (identity.len && status == WHOSAID_OK) {
        const char *end = memchr(identity.ptr, '\n', identity.len);
        size_t len = end ? (size_t)(end - identity.ptr) : identity.len;
        text_view line = view_slice(identity, 0, len);
        const char *blank = memchr(line.ptr, ' ', line.len);
        size_t name_len = blank ? (size_t)(blank - line.ptr) : line.len;
        sqlite_bind_text(s->statements[ADD_FACT], 1, view_slice(line, 0, name_len));
        sqlite_bind_text(s->statements[ADD_FACT], 2,
                         view_slice(line, name_len + (blank != NULL), line.len));
        status = sqlite_step_once(&s->connection, s->statements[ADD_FACT], err);
        identity = view_slice(identity, len + (end != NULL), identity.len);
    }
    return status;
}

/* Everything in one transaction that need not wait for the disk. */
static const char *const make_settings[] = {"PRAGMA synchronous = OFF", "BEGIN IMMEDIATE", NULL};

static whosaid_status make_tables(sqlite_store *s, const char *path, text_view identity,
                                  whosaid_error *err) {
    const char *const *const steps[] = {make_settings, sqlite_schema_tables,
                                        sqlite_schema_progress};
    whosaid_status status = sqlite_open(&s->connection, path, SQLITE_WRITES, err);
    for (size_t i = 0; i < sizeof steps / sizeof *steps && status == WHOSAID_OK; i++)
        status = sqlite_run_all(&s->connection, steps[i], err);
    if (status == WHOSAID_OK) status = prepare_all(s, err);
    if (status == WHOSAID_OK) status = add_facts(s, identity, err);
    if (status == WHOSAID_OK) status = sqlite_run(&s->connection, "COMMIT", err);
    return status;
}

/* What SQLite may have left beside a file; it must not be taken for that of another file. */
static void remove_side_files(const char *path) {
    static const char *const endings[] = {NEW_ENDING, "-journal", "-wal", "-shm"};
    char file[PATH_MAX + 16];
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        snprintf(file, sizeof file, "%s%s", path, endings[i]);
        unlink(file);
    }
}

void sqlite_store_remove(const char *path) {
    remove_side_files(path); /* first: without the file itself nothing would tell of them */
    unlink(path);
}

/* The file takes its name when its tables are there: a kill leaves none without them. */
whosaid_status sqlite_store_create(const char *path, text_view identity, sqlite_store **out,
                                   whosaid_error *err) {
    char temporary[PATH_MAX + sizeof NEW_ENDING];
    *out = NULL;
    snprintf(temporary, sizeof temporary, "%s" NEW_ENDING, path);
    remove_side_files(path);
    whosaid_status status = create_file(temporary, err);
    if (status != WHOSAID_OK) return status;
    sqlite_store *making;
    status = store_new(path, &making, err);
    if (status == WHOSAID_OK) status = make_tables(making, temporary, identity, err);
    sqlite_store_close(making);
    if (status == WHOSAID_OK && rename(temporary, path) != 0)
        status = error_io(err, path, "cannot write", errno);
    if (status != WHOSAID_OK) unlink(temporary);
    return status == WHOSAID_OK ? sqlite_store_reopen(path, out, err) : status;
}

/* Calls `take` for each row of `sql`, until there are no more or it fails. */
static whosaid_status each_row(sqlite_store *s, const char *sql,
                               whosaid_status (*take)(void *context, sqlite3_stmt *row,
                                                      whosaid_error *err),
                               void *context, whosaid_error *err) {
    sqlite3_stmt *rows = NULL;
    bool found = true;
    whosaid_status status = sqlite_prepare(&s->connection, sql, &rows, err);
    while (status == WHOSAID_OK && found) {
        status = sqlite_step_row(&s->connection, rows, &found, err);
        if (status == WHOSAID_OK && found) status = take(context, rows, err);
    }
    sqlite3_finalize(rows);
    return status;
}

static whosaid_status add_line(void *context, sqlite3_stmt *row, whosaid_error *err) {
    buffer *identity = context;
    bool ok = buffer_append_view(identity, sqlite_column_view(row, 0)) &&
              buffer_append(identity, " ", 1) &&
              buffer_append_view(identity, sqlite_column_view(row, 1)) &&
              buffer_append(identity, "\n", 1);
    return ok ? WHOSAID_OK : error_no_memory(err);
}

whosaid_status sqlite_store_identity(sqlite_store *store, buffer *identity, whosaid_error *err) {
    identity->len = 0;
    return each_row(store, "SELECT key, value FROM about ORDER BY id", add_line, identity, err);
}

typedef struct note_listener {
    sqlite_note_reader note;
    void *context;
    bool found;
} note_listener;

static whosaid_status hand_note(void *context, sqlite3_stmt *row, whosaid_error *err) {
    note_listener *listener = context;
    listener->found = true;
    if (!listener->note) return WHOSAID_OK;
    return listener->note(listener->context, sqlite_column_view(row, 0), err);
}

whosaid_status sqlite_store_notes(sqlite_store *store, sqlite_note_reader note, void *context,
                                  bool *found, whosaid_error *err) {
    note_listener listener = {note, context, false};
    whosaid_status status =
        each_row(store, "SELECT note FROM unfinished ORDER BY id", hand_note, &listener, err);
    *found = listener.found;
    return status;
}

static whosaid_status not_unfinished(const char *path, whosaid_error *err) {
    return error_set(err, WHOSAID_USAGE, path, 0,
                     "is no database that was left unfinished; remove it to begin again");
}

whosaid_status sqlite_store_reopen(const char *path, sqlite_store **out, whosaid_error *err) {
    sqlite_store *s;
    sqlite_file_kind kind;
    *out = NULL;
    whosaid_status status = sqlite_file_look(path, &kind, err);
    if (status == WHOSAID_OK && kind != SQLITE_FILE_OURS) status = not_unfinished(path, err);
    if (status != WHOSAID_OK) return status;
    status = store_new(path, &s, err);
    if (status == WHOSAID_OK) status = sqlite_open(&s->connection, s->path, SQLITE_WRITES, err);
    if (status == WHOSAID_OK) status = sqlite_run_all(&s->connection, settings, err);
    if (status == WHOSAID_OK && prepare_all(s, NULL) != WHOSAID_OK) /* a table is missing */
        status = not_unfinished(path, err);
    if (status == WHOSAID_OK)
        *out = s;
    else
        sqlite_store_close(s);
    return status;
}

static void finalize_all(sqlite_store *s) {
    for (int i = 0; i < PREPARED_COUNT; i++) {
        sqlite3_finalize(s->statements[i]);
        s->statements[i] = NULL;
    }
}

void sqlite_store_close(sqlite_store *store) {
    if (!store) return;
    finalize_all(store);
    sqlite_close(&store->connection);
    free(store);
}

/* ---- rows ---- */

whosaid_status sqlite_store_add_article(sqlite_store *s, const article_record *a,
                                        whosaid_error *err) {
    sqlite3_stmt *add = s->statements[ADD_ARTICLE];
    sqlite_bind_text(add, 1, a->texts[ARTICLE_NAME]);
    sqlite_bind_known(add, 2, a->texts[ARTICLE_DATE]);
    sqlite_bind_known(add, 3, a->texts[ARTICLE_OUTLET]);
    sqlite_bind_known(add, 4, a->texts[ARTICLE_TITLE]);
    sqlite_bind_text(add, 5, a->texts[ARTICLE_BODY]);
    sqlite_bind_known(add, 6, a->texts[ARTICLE_DUPLICATE_OF]);
    whosaid_status status = sqlite_step_once(&s->connection, add, err);
    s->article_id = sqlite3_last_insert_rowid(s->connection.handle);
    return status;
}

static whosaid_status add_speaker(sqlite_store *s, text_view wanted, text_view role, int64_t *id,
                                  whosaid_error *err) {
    sqlite3_stmt *add = s->statements[ADD_SPEAKER];
    sqlite_bind_text(add, 1, wanted);
    sqlite_bind_known(add, 2, role);
    whosaid_status status = sqlite_step_once(&s->connection, add, err);
    *id = sqlite3_last_insert_rowid(s->connection.handle);
    return status;
}

/* The speaker's row, which gets the first role that any article gives. */
static whosaid_status find_speaker(sqlite_store *s, text_view wanted, text_view role, int64_t *id,
                                   whosaid_error *err) {
    sqlite3_stmt *find = s->statements[FIND_SPEAKER];
    bool found = false;
    sqlite_bind_text(find, 1, wanted);
    whosaid_status status = sqlite_step_row(&s->connection, find, &found, err);
    bool has_role = found && sqlite3_column_int(find, 1);
    if (found) *id = sqlite3_column_int64(find, 0);
    sqlite3_reset(find);
    if (status != WHOSAID_OK) return status;
    if (!found) return add_speaker(s, wanted, role, id, err);
    if (has_role || role.len == 0) return WHOSAID_OK;
    sqlite3_stmt *set = s->statements[SET_ROLE];
    sqlite_bind_text(set, 1, role);
    sqlite3_bind_int64(set, 2, *id);
    return sqlite_step_once(&s->connection, set, err);
}

static whosaid_status add_speakers(sqlite_store *s, const statement_record *said,
                                   whosaid_error *err) {
    text_view names = said->texts[STATEMENT_SPEAKER], one;
    whosaid_status status = WHOSAID_OK;
    if (!speaker_is_known((anonymity_grade)said->grade)) return status;
    while (status == WHOSAID_OK && speaker_names_next(&names, &one)) {
        int64_t speaker_id = 0;
        status = find_speaker(s, one, said->texts[STATEMENT_ROLE], &speaker_id, err);
        if (status != WHOSAID_OK) return status;
        sqlite3_stmt *add = s->statements[ADD_SAID_BY];
        sqlite3_bind_int64(add, 1, s->statement_id);
        sqlite3_bind_int64(add, 2, speaker_id);
        status = sqlite_step_once(&s->connection, add, err);
    }
    return status;
}

whosaid_status sqlite_store_add_statement(sqlite_store *s, const statement_record *said,
                                          size_t number, whosaid_error *err) {
    sqlite3_stmt *add = s->statements[ADD_STATEMENT];
    char quote_id[32];
    int len = snprintf(quote_id, sizeof quote_id, "q%zu", number);
    sqlite3_bind_int64(add, 1, s->article_id);
    sqlite_bind_text(add, 2, (text_view){quote_id, (size_t)len});
    sqlite_bind_text(add, 3, view_of(quote_type_name((quote_type)said->type)));
    sqlite_bind_text(add, 4, view_of(statement_kind_name((statement_kind)said->kind)));
    sqlite3_bind_double(add, 5, said->score);
    sqlite_bind_text(add, 6, said->texts[STATEMENT_QUOTE]);
    sqlite_bind_known(add, 7, said->texts[STATEMENT_CUE]);
    sqlite_bind_known(add, 8, said->texts[STATEMENT_SOURCE]);
    sqlite_bind_known(add, 9, said->texts[STATEMENT_SPEAKER]);
    sqlite_bind_known(add, 10, said->texts[STATEMENT_ROLE]);
    sqlite3_bind_double(add, 11, said->speaker_score);
    sqlite_bind_text(add, 12, view_of(anonymity_grade_name((anonymity_grade)said->grade)));
    sqlite3_bind_double(add, 13, said->anonymity_score);
    sqlite_bind_known(add, 14, said->texts[STATEMENT_REASON]);
    sqlite3_bind_int64(add, 15, said->start);
    sqlite3_bind_int64(add, 16, said->stop);
    sqlite3_bind_int64(add, 17, said->paragraph);
    whosaid_status status = sqlite_step_once(&s->connection, add, err);
    s->statement_id = sqlite3_last_insert_rowid(s->connection.handle);
    return status == WHOSAID_OK ? add_speakers(s, said, err) : status;
}

whosaid_status sqlite_store_add_stance(sqlite_store *s, const stance_record *taken,
                                       whosaid_error *err) {
    sqlite3_stmt *add = s->statements[ADD_STANCE];
    sqlite3_bind_int64(add, 1, s->statement_id);
    sqlite_bind_text(add, 2, taken->texts[STANCE_TARGET]);
    sqlite_bind_text(add, 3, taken->texts[STANCE_LABEL]);
    sqlite3_bind_double(add, 4, taken->score);
    sqlite_bind_text(add, 5, taken->texts[STANCE_SCORES]);
    sqlite_bind_known(add, 6, taken->texts[STANCE_WHY]);
    return sqlite_step_once(&s->connection, add, err);
}

static whosaid_status add_statements(sqlite_store *s, text_view *rest, size_t count,
                                     whosaid_error *err) {
    whosaid_status status = WHOSAID_OK;
    for (size_t i = 0; i < count && status == WHOSAID_OK; i++) {
        statement_record statement;
        sqlite_record_next_statement(rest, &statement);
        status = sqlite_store_add_statement(s, &statement, i + 1, err);
        for (size_t k = 0; k < statement.stance_count && status == WHOSAID_OK; k++) {
            stance_record taken;
            sqlite_record_next_stance(rest, &taken);
            status = sqlite_store_add_stance(s, &taken, err);
        }
    }
    return status;
}

whosaid_status sqlite_store_add(sqlite_store *store, text_view piece, whosaid_error *err) {
    whosaid_status status = WHOSAID_OK;
    while (piece.len && status == WHOSAID_OK) {
        article_record read;
        sqlite_record_next_article(&piece, &read);
        status = sqlite_store_add_article(store, &read, err);
        if (status == WHOSAID_OK) status = add_statements(store, &piece, read.statement_count, err);
    }
    return status;
}

whosaid_status sqlite_store_commit(sqlite_store *store, text_view note, whosaid_error *err) {
    sqlite_bind_bytes(store->statements[ADD_NOTE], 1, note);
    whosaid_status status = sqlite_step_once(&store->connection, store->statements[ADD_NOTE], err);
    if (status == WHOSAID_OK) status = sqlite_run_all(&store->connection, commit_and_go_on, err);
    return status;
}

/* ---- the report ---- */

/* Nothing of a file that is thrown away when anything fails needs a journal. */
static const char *const finish_settings[] = {"PRAGMA journal_mode = OFF",
                                              "PRAGMA locking_mode = EXCLUSIVE", NULL};

static whosaid_status copy_into(const char *path, const char *unfinished, whosaid_error *err) {
    static const char *const begin[] = {"BEGIN IMMEDIATE", NULL}, *const end[] = {"COMMIT", NULL};
    sqlite_connection made = {0};
    sqlite3_stmt *attach = NULL;
    char source[SQLITE_NAME_BYTES];
    whosaid_status status = sqlite_name(unfinished, source, err);
    if (status == WHOSAID_OK) status = sqlite_open(&made, path, SQLITE_WRITES, err);
    if (status == WHOSAID_OK)
        status = sqlite_prepare(&made, "ATTACH ? AS unfinished", &attach, err);
    if (status == WHOSAID_OK) {
        sqlite_bind_text(attach, 1, view_of(source));
        status = sqlite_step_once(&made, attach, err);
    }
    const char *const *const steps[] = {finish_settings,       begin,
                                        sqlite_schema_tables,  sqlite_schema_copies,
                                        sqlite_schema_indices, end};
    for (size_t i = 0; i < sizeof steps / sizeof *steps && status == WHOSAID_OK; i++)
        status = sqlite_run_all(&made, steps[i], err);
    sqlite3_finalize(attach);
    sqlite_close(&made);
    return status;
}

/* The file that a link leads to is replaced, not the link. */
static bool final_path(const char *path, char found[PATH_MAX]) {
    if (realpath(path, found)) return true;
    size_t len = strlen(path);
    if (errno != ENOENT || len >= PATH_MAX) return false;
    memcpy(found, path, len + 1);
    return true;
}

whosaid_status sqlite_store_finish(sqlite_store *store, const char *path, whosaid_error *err) {
    char final[PATH_MAX], temporary[PATH_MAX + sizeof NEW_ENDING];
    if (!final_path(path, final)) return error_io(err, path, "cannot write", errno);
    snprintf(temporary, sizeof temporary, "%s" NEW_ENDING, final);
    finalize_all(store);
    sqlite_close(&store->connection); /* its lock would keep the copying connection out */
    unlink(temporary);                /* of a run that was killed here */
    whosaid_status status = create_file(temporary, err);
    if (status == WHOSAID_OK) status = copy_into(temporary, store->path, err);
    if (status == WHOSAID_OK && rename(temporary, final) != 0)
        status = error_io(err, path, "cannot write", errno);
    if (status != WHOSAID_OK) unlink(temporary);
    return status;
}
