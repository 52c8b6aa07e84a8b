/* Rows of a CSV table: a line end inside quotation marks belongs to its cell. */
#include "base/error.h"
#include "read/charset.h"
#include "read/record_cutter.h"

enum { ROW_MAX_MIB = 64 };

static size_t count_marks(text_view text) {
    size_t marks = 0;
    for (size_t i = 0; i < text.len; i++)
        marks += text.ptr[i] == '"';
    return marks;
}

/* Appends a whole row to `out`; cutter->line is its last line. */
static whosaid_status take_row(record_cutter *cutter, buffer *out, bool *found,
                               whosaid_error *err) {
    size_t first_line = cutter->line + 1;
    bool inside = false, more = true;
    out->len = 0;
    for (;;) {
        size_t start = out->len;
        whosaid_status status = WHOSAID_OK;
        if (start < (size_t)ROW_MAX_MIB << 20)
            status = chunk_reader_line(&cutter->reader, out, (size_t)ROW_MAX_MIB << 20, &more, err);
        else
            status = WHOSAID_LIMIT;
        if (status == WHOSAID_LIMIT && err && err->code == WHOSAID_OK)
            error_set(err, WHOSAID_LIMIT, cutter->path.data, first_line,
                      "the row is longer than %d MiB (a quotation mark that is never closed?)",
                      ROW_MAX_MIB);
        if (status != WHOSAID_OK) return status;
        if (!more && inside)
            return error_set(err, WHOSAID_SYNTAX, cutter->path.data, first_line,
                             "a quotation mark that is opened in this row is never closed");
        *found = more;
        if (!more) return WHOSAID_OK;
        cutter->line++;
        if (count_marks(view_slice(buffer_view(out), start, out->len)) % 2) inside = !inside;
        bool blank = view_trim(buffer_view(out)).len == 0;
        if (!inside && !blank) return WHOSAID_OK;
        if (!inside) {
            out->len = 0;
            first_line = cutter->line + 1;
        } else if (!buffer_append(out, "\n", 1)) {
            return error_no_memory(err);
        }
    }
}

static whosaid_status read_header(record_cutter *cutter, bool *found, whosaid_error *err) {
    const charset_hints hints = {VIEW(""), false};
    const char *where = cutter->path.data;
    whosaid_status status = take_row(cutter, &cutter->scratch, found, err);
    if (status != WHOSAID_OK) return status;
    if (!*found) return error_set(err, WHOSAID_NOT_TEXT, where, 0, "is empty");
    buffer converted = {0};
    text_view row;
    size_t bad_offset;
    status = charset_to_utf8(buffer_view(&cutter->scratch), &hints, &converted, &row, &bad_offset);
    if (status == WHOSAID_NOT_TEXT)
        error_set(err, status, where, 1, "the first row is no text: byte at offset %zu",
                  bad_offset);
    else if (status != WHOSAID_OK)
        error_no_memory(err);
    else
        status = csv_columns_find(row, cutter->names, where, &cutter->columns, err);
    buffer_free(&converted);
    cutter->started = true;
    return status;
}

whosaid_status cut_csv_row(record_cutter *cutter, raw_record *record, bool *found,
                           whosaid_error *err) {
    whosaid_status status = cutter->started ? WHOSAID_OK : read_header(cutter, found, err);
    if (status != WHOSAID_OK) return status;
    record->line = cutter->line + 1;
    status = take_row(cutter, &record->bytes, found, err);
    record->kind = RECORD_CSV_ROW;
    record->columns = cutter->columns;
    return status;
}
