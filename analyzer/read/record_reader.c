#include "read/record_reader.h"

#include "base/error.h"
#include "base/utf8.h"

#include <jansson.h>
#include <limits.h>
#include <stdio.h>

static const char *path_of(const raw_record *record) {
    return record->path.data;
}

static text_view without_byte_order_mark(text_view text) {
    return view_starts_with(text, VIEW("\xEF\xBB\xBF")) ? view_slice(text, 3, text.len) : text;
}

/* JSON is checked by its parser; here only plain text and what would give a riddle there. */
static whosaid_status check_text(const raw_record *record, text_view text, whosaid_error *err) {
    if (view_trim(text).len == 0)
        return error_set(err, WHOSAID_NOT_TEXT, path_of(record), record->line, "is empty");
    const char *nul = memchr(text.ptr, '\0', text.len);
    size_t invalid = utf8_first_invalid(text);
    if (nul && (size_t)(nul - text.ptr) < invalid) invalid = (size_t)(nul - text.ptr);
    if (invalid < text.len)
        return error_set(err, WHOSAID_NOT_TEXT, path_of(record), record->line,
                         "is not UTF-8 text: byte 0x%02x at offset %zu",
                         (unsigned char)text.ptr[invalid], invalid);
    return WHOSAID_OK;
}

static whosaid_status parse_json(record_reader *reader, text_view text, whosaid_error *err) {
    const raw_record *record = reader->record;
    json_error_t cause;
    reader->document = json_loadb(text.ptr, text.len, 0, &cause);
    if (!reader->document) {
        if (json_error_code(&cause) == json_error_out_of_memory) return error_no_memory(err);
        size_t line = record->line ? record->line : cause.line > 0 ? (size_t)cause.line : 0;
        return error_set(err, WHOSAID_SYNTAX, path_of(record), line, "is not JSON: %s", cause.text);
    }
    bool is_list = record->kind == RECORD_JSON && json_is_array(reader->document);
    if (!is_list && !json_is_object(reader->document))
        return error_set(err, WHOSAID_SYNTAX, path_of(record), record->line,
                         record->kind == RECORD_JSON
                             ? "holds neither an article (a JSON object) nor a list of them"
                             : "the line holds no article (a JSON object)");
    reader->count = is_list ? json_array_size(reader->document) : 1;
    return WHOSAID_OK;
}

whosaid_status record_reader_open(record_reader *reader, const raw_record *record,
                                  whosaid_error *err) {
    *reader = (record_reader){.record = record};
    text_view text = without_byte_order_mark(buffer_view(&record->bytes));
    whosaid_status status = check_text(record, text, err);
    if (status != WHOSAID_OK) return status;
    if (record->kind == RECORD_JSON || record->kind == RECORD_JSON_LINE)
        return parse_json(reader, text, err);
    reader->count = 1;
    return WHOSAID_OK;
}

void record_reader_close(record_reader *reader) {
    json_decref(reader->document);
    *reader = (record_reader){0};
}

/* The path as text: bytes that are not UTF-8 as \\xNN, since reports are UTF-8. */
static text_view path_as_text(const raw_record *record, arena *memory) {
    text_view path = view_of(path_of(record));
    if (utf8_first_invalid(path) == path.len) return path;
    char *escaped = arena_alloc_raw(memory, path.len + 1, 4);
    if (!escaped) return (text_view){NULL, 0};
    size_t len = 0, step;
    for (const char *at = path.ptr, *end = at + path.len; at < end; at += step) {
        if (utf8_decode(at, end, &step) == UTF8_REPLACEMENT && step == 1) {
            len += (size_t)snprintf(escaped + len, 5, "\\x%02x", (unsigned char)*at);
        } else {
            memcpy(escaped + len, at, step);
            len += step;
        }
    }
    return (text_view){escaped, len};
}

/* What an article is called when it has no id of its own: the path, with the line or the place in
 * the list. */
static text_view default_id(const record_reader *reader, size_t index, arena *memory) {
    const raw_record *record = reader->record;
    text_view path = path_as_text(record, memory);
    if (!path.ptr) return path;
    int len = path.len < INT_MAX ? (int)path.len : INT_MAX;
    if (record->line) return arena_format(memory, "%.*s:%zu", len, path.ptr, record->line);
    if (json_is_array(reader->document))
        return arena_format(memory, "%.*s#%zu", len, path.ptr, index + 1);
    return path;
}

static whosaid_status read_json(const record_reader *reader, size_t index, arena *memory,
                                article *out, whosaid_error *err) {
    const raw_record *record = reader->record;
    text_view id = default_id(reader, index, memory);
    if (!id.ptr) return error_no_memory(err);
    bool is_list = json_is_array(reader->document);
    const json_t *object = is_list ? json_array_get(reader->document, index) : reader->document;
    const char *where = is_list ? id.ptr : path_of(record); /* a list's ids end in NUL */
    if (!json_is_object(object))
        return error_set(err, WHOSAID_SYNTAX, where, 0, "is no article (a JSON object)");
    return json_article_read(object, id, where, record->line, memory, out, err);
}

bool record_reader_next(record_reader *reader, arena *memory, article *out, whosaid_status *status,
                        whosaid_error *err) {
    if (reader->next == reader->count) return false;
    size_t index = reader->next++;
    const raw_record *record = reader->record;
    if (reader->document) {
        *status = read_json(reader, index, memory, out, err);
        return true;
    }
    text_view id = default_id(reader, index, memory);
    *status = id.ptr ? text_article_read(id, without_byte_order_mark(buffer_view(&record->bytes)),
                                         record->kind == RECORD_MARKDOWN, memory, out, err)
                     : error_no_memory(err);
    return true;
}
