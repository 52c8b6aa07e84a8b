#include "report/sqlite_part.h"

#include "base/error.h"
#include "report/sqlite_connection.h"

#include <stdlib.h>

/* The rows of one table in the order of their ids; the first two columns are the id and that of the
 * row it belongs to. */
typedef struct row_cursor {
    sqlite3_stmt *rows;
    bool waiting; /* the row that was read last belongs to a later owner */
    int64_t id;
} row_cursor;

struct sqlite_part {
    sqlite_connection connection;
    row_cursor articles, statements, stances;
};

static const char articles_sql[] =
    "SELECT id, 0, article, date, outlet, title, text, duplicate_of FROM articles ORDER BY id";
static const char statements_sql[] =
    "SELECT id, article_id, type, kind, score, speaker_score, anonymity, anonymity_score, start, "
    "stop, paragraph, quote, cue, source, speaker, role, anonymity_reason "
    "FROM statements ORDER BY id";
static const char stances_sql[] =
    "SELECT id, statement_id, stance_score, target, stance, stance_scores, stance_why "
    "FROM stances ORDER BY id";

/* The file may come from anywhere: what stands in its schema runs nothing, and cells are checked.
 */
static const char *const cautions[] = {"PRAGMA trusted_schema = OFF", "PRAGMA cell_size_check = ON",
                                       NULL};

static whosaid_status no_report(const char *path, whosaid_error *err) {
    return error_set(err, WHOSAID_SYNTAX, path, 0, "is no report in a database");
}

whosaid_status sqlite_part_open(const char *path, sqlite_part **out, whosaid_error *err) {
    sqlite_file_kind kind;
    *out = NULL;
    whosaid_status status = sqlite_file_look(path, &kind, err);
    if (status == WHOSAID_OK && kind != SQLITE_FILE_OURS) status = no_report(path, err);
    if (status != WHOSAID_OK) return status;
    sqlite_part *part = calloc(1, sizeof *part);
    if (!part) return error_no_memory(err);
    status = sqlite_open(&part->connection, path, SQLITE_READS, err);
    if (status == WHOSAID_OK) status = sqlite_run_all(&part->connection, cautions, err);
    const char *const queries[] = {articles_sql, statements_sql, stances_sql};
    row_cursor *const cursors[] = {&part->articles, &part->statements, &part->stances};
    for (int i = 0; i < 3 && status == WHOSAID_OK; i++)
        if (sqlite_prepare(&part->connection, queries[i], &cursors[i]->rows, NULL) != WHOSAID_OK)
            status = no_report(path, err); /* a table or column is missing */
    if (status == WHOSAID_OK)
        *out = part;
    else
        sqlite_part_close(part);
    return status;
}

void sqlite_part_close(sqlite_part *part) {
    if (!part) return;
    sqlite3_finalize(part->articles.rows);
    sqlite3_finalize(part->statements.rows);
    sqlite3_finalize(part->stances.rows);
    sqlite_close(&part->connection);
    free(part);
}

/* Steps to the next row of `owner`; rows of owners before it are passed over. */
static whosaid_status next_row(sqlite_part *part, row_cursor *cursor, int64_t owner, bool *found,
                               whosaid_error *err) {
    for (;;) {
        if (!cursor->waiting) {
            whosaid_status status =
                sqlite_step_row(&part->connection, cursor->rows, &cursor->waiting, err);
            if (status != WHOSAID_OK) return status;
        }
        *found = false;
        if (!cursor->waiting) return WHOSAID_OK;
        int64_t belongs_to = sqlite3_column_int64(cursor->rows, 1);
        if (belongs_to > owner) return WHOSAID_OK;
        cursor->waiting = false;
        if (belongs_to < owner) continue;
        cursor->id = sqlite3_column_int64(cursor->rows, 0);
        *found = true;
        return WHOSAID_OK;
    }
}

static void take_texts(sqlite3_stmt *rows, int first, text_view *texts, int count) {
    for (int i = 0; i < count; i++)
        texts[i] = sqlite_column_view(rows, first + i);
}

whosaid_status sqlite_part_article(sqlite_part *part, article_record *out, bool *found,
                                   whosaid_error *err) {
    *out = (article_record){0};
    whosaid_status status = next_row(part, &part->articles, 0, found, err);
    if (*found) take_texts(part->articles.rows, 2, out->texts, ARTICLE_TEXTS);
    return status;
}

static uint32_t column_number(sqlite3_stmt *rows, int column) {
    int64_t value = sqlite3_column_int64(rows, column);
    return value < 0 ? 0 : value > UINT32_MAX ? UINT32_MAX : (uint32_t)value;
}

static uint8_t column_type(sqlite3_stmt *rows, int column) {
    text_view word = sqlite_column_view(rows, column);
    for (quote_type type = QUOTE_DIRECT; type <= QUOTE_MIXED; type++)
        if (view_is(word, quote_type_name(type))) return (uint8_t)type;
    return QUOTE_DIRECT;
}

whosaid_status sqlite_part_statement(sqlite_part *part, statement_record *out, bool *found,
                                     whosaid_error *err) {
    sqlite3_stmt *rows = part->statements.rows;
    *out = (statement_record){0};
    whosaid_status status = next_row(part, &part->statements, part->articles.id, found, err);
    if (!*found) return status;
    statement_kind kind = KIND_SPEECH;
    anonymity_grade grade = ANONYMITY_UNATTRIBUTED;
    (void)statement_kind_parse(sqlite_column_view(rows, 3), &kind);
    (void)anonymity_grade_parse(sqlite_column_view(rows, 6), &grade);
    *out = (statement_record){.score = sqlite3_column_double(rows, 4),
                              .speaker_score = sqlite3_column_double(rows, 5),
                              .anonymity_score = sqlite3_column_double(rows, 7),
                              .type = column_type(rows, 2),
                              .kind = (uint8_t)kind,
                              .grade = (uint8_t)grade,
                              .start = column_number(rows, 8),
                              .stop = column_number(rows, 9),
                              .paragraph = column_number(rows, 10)};
    take_texts(rows, 11, out->texts, STATEMENT_TEXTS);
    return status;
}

whosaid_status sqlite_part_stance(sqlite_part *part, stance_record *out, bool *found,
                                  whosaid_error *err) {
    sqlite3_stmt *rows = part->stances.rows;
    *out = (stance_record){0};
    whosaid_status status = next_row(part, &part->stances, part->statements.id, found, err);
    if (!*found) return status;
    out->score = sqlite3_column_double(rows, 2);
    take_texts(rows, 3, out->texts, STANCE_TEXTS);
    return status;
}
