#include "read/csv_article.h"

#include "base/array.h"
#include "base/buffer.h"
#include "base/error.h"
#include "read/date.h"
#include "read/metadata.h"

#include <csv.h>

typedef struct csv_cells {
    arena *memory;
    ARRAY(text_view) cells;
    bool out_of_memory;
} csv_cells;

static void on_cell(void *data, size_t len, void *context) {
    csv_cells *c = context;
    text_view copy = c->out_of_memory ? VIEW("") : arena_copy(c->memory, (text_view){data, len});
    if (!copy.ptr || !array_push(c->memory, &c->cells, copy)) c->out_of_memory = true;
}

static void on_row(int terminator, void *context) {
    (void)terminator;
    (void)context; /* there is only one */
}

static whosaid_status cut_cells(text_view row, char delimiter, csv_cells *out, const char *where,
                                size_t line, whosaid_error *err) {
    struct csv_parser parser;
    if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0) return error_no_memory(err);
    csv_set_delim(&parser, (unsigned char)delimiter);
    size_t read = csv_parse(&parser, row.ptr, row.len, on_cell, on_row, out);
    bool good = read == row.len && csv_fini(&parser, on_cell, on_row, out) == 0;
    bool no_memory = out->out_of_memory || csv_error(&parser) == CSV_ENOMEM;
    csv_free(&parser);
    if (no_memory) return error_no_memory(err);
    if (good) return WHOSAID_OK;
    return error_set(err, WHOSAID_SYNTAX, where, line, "a quotation mark is misplaced in this row");
}

/* What columns are called, in the order of preference. */
static const char *const usual_names[CSV_FIELD_COUNT][10] = {
    [CSV_TEXT] = {"text", "body", "content", "article_text", "full_text", "fulltext", "maintext",
                  "article", "story"},
    [CSV_ID] = {"id", "article_id", "doc_id", "document_id", "uid", "url", "link"},
    [CSV_TITLE] = {"title", "headline"},
    [CSV_DATE] = {"date", "published", "date_published", "publish_date", "published_at", "pub_date",
                  "publication_date", "datetime"},
    [CSV_OUTLET] = {"outlet", "source", "publication", "publisher", "newspaper", "site", "domain"},
};

static const char *const option_names[CSV_FIELD_COUNT] = {
    "--text-column", "--id-column", "--title-column", "--date-column", "--outlet-column"};

static uint32_t find_column(const csv_cells *c, text_view wanted) {
    for (size_t i = 0; i < c->cells.count; i++)
        if (view_equal_ignoring_case(view_trim(c->cells.items[i]), wanted)) return (uint32_t)i;
    return UINT32_MAX;
}

static uint32_t find_usual_column(const csv_cells *c, csv_field field) {
    for (size_t i = 0; i < 10 && usual_names[field][i]; i++) {
        uint32_t found = find_column(c, view_of(usual_names[field][i]));
        if (found != UINT32_MAX) return found;
    }
    return UINT32_MAX;
}

/* The names of the columns, cut to fit into an error. */
static const char *list_columns(const csv_cells *c) {
    buffer list = {0};
    bool ok = true;
    for (size_t i = 0; ok && i < c->cells.count && list.len < 200; i++)
        ok = (i == 0 || buffer_append(&list, ", ", 2)) &&
             buffer_append_view(&list, view_trim(c->cells.items[i]));
    text_view copy = ok ? arena_copy(c->memory, buffer_view(&list)) : (text_view){NULL, 0};
    buffer_free(&list);
    return copy.ptr ? copy.ptr : "";
}

static char find_delimiter(text_view row) {
    static const char delimiters[] = {',', ';', '\t'};
    size_t counts[3] = {0};
    unsigned best = 0;
    for (size_t i = 0; i < row.len; i++)
        for (unsigned k = 0; k < 3; k++)
            counts[k] += row.ptr[i] == delimiters[k];
    for (unsigned k = 1; k < 3; k++)
        if (counts[k] > counts[best]) best = k;
    return delimiters[best];
}

static whosaid_status choose_columns(const csv_cells *c, const csv_column_names *wanted,
                                     const char *where, csv_columns *out, whosaid_error *err) {
    for (csv_field field = 0; field < CSV_FIELD_COUNT; field++) {
        const char *chosen = wanted->names[field];
        out->indices[field] =
            chosen ? find_column(c, view_of(chosen)) : find_usual_column(c, field);
        if (chosen && out->indices[field] == UINT32_MAX)
            return error_set(err, WHOSAID_SYNTAX, where, 1,
                             "there is no column \"%.60s\" (%s); there are: %s", chosen,
                             option_names[field], list_columns(c));
    }
    if (out->indices[CSV_TEXT] != UINT32_MAX) return WHOSAID_OK;
    return error_set(err, WHOSAID_SYNTAX, where, 1,
                     "no column is called text, body or content; name one with --text-column of: "
                     "%s",
                     list_columns(c));
}

whosaid_status csv_columns_find(text_view row, const csv_column_names *wanted, const char *where,
                                csv_columns *out, whosaid_error *err) {
    csv_cells c = {.memory = arena_new()};
    if (!c.memory) return error_no_memory(err);
    out->delimiter = find_delimiter(row);
    whosaid_status status = cut_cells(row, out->delimiter, &c, where, 1, err);
    if (status == WHOSAID_OK) status = choose_columns(&c, wanted, where, out, err);
    arena_free(c.memory);
    return status;
}

static text_view cell_of(const csv_cells *c, const csv_columns *columns, csv_field field) {
    uint32_t index = columns->indices[field];
    return index < c->cells.count ? c->cells.items[index] : VIEW("");
}

whosaid_status csv_article_read(text_view row, const csv_columns *columns, text_view id,
                                const char *where, size_t line, arena *memory, article *out,
                                whosaid_error *err) {
    csv_cells c = {.memory = memory};
    whosaid_status status = cut_cells(row, columns->delimiter, &c, where, line, err);
    if (status != WHOSAID_OK) return status;
    text_view text = cell_of(&c, columns, CSV_TEXT);
    if (view_trim(text).len == 0)
        return error_set(err, WHOSAID_NOT_TEXT, where, line, "the row has no text");
    text_view date = date_to_iso(memory, cell_of(&c, columns, CSV_DATE));
    if (!date.ptr) return error_no_memory(err);
    text_view own_id = view_trim(cell_of(&c, columns, CSV_ID));
    *out = (article){
        .arena = memory,
        .id = own_id.len ? own_id : id,
        .title = view_trim(cell_of(&c, columns, CSV_TITLE)),
        .date = date,
        .outlet = view_trim(cell_of(&c, columns, CSV_OUTLET)),
        .text = text,
        .body = {(uint32_t)dateline_length(text), (uint32_t)text.len},
    };
    return WHOSAID_OK;
}
