#include "report/duplicate_mark.h"

#include "base/error.h"
#include "base/json_text.h"
#include "base/json_value.h"
#include "report/csv_row.h"
#include "report/jsonl_form.h"

/* ---- CSV ---- */

/* Length of the cell that `rest` begins with, quotation marks included. */
static size_t cell_length(text_view rest) {
    size_t at = 0;
    bool quoted = rest.len > 0 && rest.ptr[0] == '"';
    for (at = quoted ? 1 : 0; at < rest.len; at++) {
        char c = rest.ptr[at];
        if (quoted && c == '"')
            quoted = at + 1 < rest.len && rest.ptr[at + 1] == '"' && ++at;
        else if (!quoted && (c == ',' || c == '\r' || c == '\n'))
            break;
    }
    return at;
}

/* Takes the next cell off *rest, and the comma or line end behind it. */
static text_view next_cell(text_view *rest, bool *ends_row) {
    size_t len = cell_length(*rest), at = len;
    text_view cell = view_slice(*rest, 0, len);
    *ends_row = at == rest->len || rest->ptr[at] != ',';
    if (at < rest->len && rest->ptr[at] == '\r') at++;
    if (at < rest->len && (rest->ptr[at] == ',' || rest->ptr[at] == '\n')) at++;
    *rest = view_slice(*rest, at, rest->len);
    return cell;
}

bool csv_layout_read(text_view head, bool raw_cells, csv_layout *out) {
    bool ends_row = false;
    *out = (csv_layout){.raw_cells = raw_cells};
    while (!ends_row) {
        if (view_is(next_cell(&head, &ends_row), "duplicate_of")) return true;
        out->column++;
    }
    return false;
}

static whosaid_status damaged(whosaid_error *err) {
    return error_set(err, WHOSAID_SYNTAX, NULL, 0, "a row is damaged");
}

/* Copies one row with another cell in the place of duplicate_of. */
static whosaid_status mark_row(text_view *rest, size_t column, text_view mark, buffer *out,
                               whosaid_error *err) {
    bool ends_row = false, ok = true, marked = false;
    for (size_t i = 0; ok && !ends_row; i++) {
        text_view cell = next_cell(rest, &ends_row);
        marked = marked || i == column;
        ok = (i == 0 || buffer_append(out, ",", 1)) &&
             buffer_append_view(out, i == column ? mark : cell);
    }
    if (!ok || !buffer_append(out, "\r\n", 2)) return error_no_memory(err);
    return marked ? WHOSAID_OK : damaged(err);
}

whosaid_status csv_mark_duplicate(text_view piece, const csv_layout *layout, text_view id,
                                  buffer *out, whosaid_error *err) {
    buffer cell = {0}, mark = {0};
    csv_row r = {
        .out = &mark, .cell = &cell, .raw_cells = layout->raw_cells, .first = true, .ok = true};
    csv_name_cell(&r, id);
    whosaid_status status = r.ok ? WHOSAID_OK : error_no_memory(err);
    while (status == WHOSAID_OK && piece.len)
        status = mark_row(&piece, layout->column, buffer_view(&mark), out, err);
    buffer_free(&cell);
    buffer_free(&mark);
    return status;
}

/* ---- JSON Lines ---- */

/* duplicate_of stands behind the id. */
static json_t *marked_copy(const json_t *object, text_view id) {
    const char *key;
    json_t *value, *copy = json_object();
    bool ok = copy != NULL;
    json_object_foreach((json_t *)(uintptr_t)object, key, value) {
        if (strcmp(key, "duplicate_of") == 0) continue;
        ok = ok && json_object_set_nocheck(copy, key, value) == 0;
        if (strcmp(key, "id") == 0) ok = ok && json_set(copy, "duplicate_of", json_text_value(id));
    }
    return json_keep_if(ok, copy);
}

whosaid_status jsonl_mark_duplicate(text_view piece, text_view id, buffer *out,
                                    whosaid_error *err) {
    json_t *object;
    json_error_t cause;
    whosaid_status status = json_text_read(piece, 0, &object, &cause);
    if (status == WHOSAID_NO_MEMORY) return error_no_memory(err);
    if (!json_is_object(object)) {
        json_decref(object);
        return damaged(err);
    }
    json_t *copy = marked_copy(object, id);
    bool ok = copy && json_text_append(copy, JSONL_DUMP_FLAGS, out) && buffer_append(out, "\n", 1);
    json_decref(copy);
    json_decref(object);
    return ok ? WHOSAID_OK : error_no_memory(err);
}
