#include "read/record_reader.h"

#include "base/error.h"
#include "base/json_text.h"
#include "base/utf8.h"
#include "read/charset.h"
#include "read/html_article.h"
#include "read/http_message.h"

#include <jansson.h>
#include <limits.h>
#include <stdio.h>

static const char *path_of(const raw_record *record) {
    return record->path.data;
}

/* Text is checked here; NUL bytes and the like would give a riddle to the JSON parser. */
static whosaid_status read_text(record_reader *reader, text_view bytes, const charset_hints *hints,
                                whosaid_error *err) {
    const raw_record *record = reader->record;
    size_t bad_offset = 0;
    whosaid_status status =
        charset_to_utf8(bytes, hints, &reader->converted, &reader->text, &bad_offset);
    if (status == WHOSAID_NO_MEMORY) return error_no_memory(err);
    if (status != WHOSAID_OK)
        return error_set(err, WHOSAID_NOT_TEXT, path_of(record), record->line,
                         "is not UTF-8 text: byte 0x%02x at offset %zu",
                         (unsigned char)bytes.ptr[bad_offset], bad_offset);
    if (view_trim(reader->text).len == 0)
        return error_set(err, WHOSAID_NOT_TEXT, path_of(record), record->line, "is empty");
    return WHOSAID_OK;
}

/* Names the record in an error that was set without it. */
static whosaid_status name_error(const raw_record *record, whosaid_status status,
                                 whosaid_error *cause, whosaid_error *err) {
    if (status == WHOSAID_OK) return status;
    if (cause->where[0])
        return error_set(err, status, cause->where, cause->line, "%s", cause->text);
    return error_set(err, status, path_of(record), record->line, "%s", cause->text);
}

static whosaid_status read_response(record_reader *reader, whosaid_error *err) {
    http_message message;
    const raw_record *record = reader->record;
    if (!http_message_parse(buffer_view(&record->bytes), &message))
        return error_set(err, WHOSAID_SYNTAX, path_of(record), record->line,
                         "holds no HTTP response");
    text_view page;
    whosaid_error cause = {0};
    whosaid_status status = http_body_decode(&message, (size_t)HTML_PAGE_MAX_MIB << 20,
                                             &reader->decoded, &page, &cause);
    if (status != WHOSAID_OK) return name_error(record, status, &cause, err);
    const charset_hints hints = {charset_of_content_type(message.content_type), true};
    return read_text(reader, page, &hints, err);
}

static whosaid_status parse_json(record_reader *reader, text_view text, whosaid_error *err) {
    const raw_record *record = reader->record;
    json_error_t cause;
    whosaid_status status = json_text_read(text, 0, &reader->document, &cause);
    if (status == WHOSAID_NO_MEMORY) return error_no_memory(err);
    if (status != WHOSAID_OK) {
        size_t line = record->line ? record->line : cause.line > 0 ? (size_t)cause.line : 0;
        return error_set(err, status, path_of(record), line, "is not JSON: %s", cause.text);
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
    const charset_hints hints = {VIEW(""), record->kind == RECORD_HTML};
    whosaid_status status = record->kind == RECORD_HTTP_RESPONSE
                                ? read_response(reader, err)
                                : read_text(reader, buffer_view(&record->bytes), &hints, err);
    if (status != WHOSAID_OK) return status;
    if (record->kind == RECORD_JSON || record->kind == RECORD_JSON_LINE)
        return parse_json(reader, reader->text, err);
    reader->count = 1;
    return WHOSAID_OK;
}

void record_reader_close(record_reader *reader) {
    json_decref(reader->document);
    buffer_free(&reader->decoded);
    buffer_free(&reader->converted);
    buffer_free(&reader->body);
    *reader = (record_reader){0};
}

/* A path or URI as text: bytes that are not UTF-8 as \xNN, since reports are UTF-8. */
static text_view as_text(text_view path, arena *memory) {
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
    if (record->id.len) return as_text(buffer_view(&record->id), memory);
    text_view path = as_text(view_of(path_of(record)), memory);
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

/* The host in a URI, without "www."; empty when there is none. Borrowed. */
static text_view host_of(text_view uri) {
    size_t at = 0;
    while (at + 3 <= uri.len && memcmp(uri.ptr + at, "://", 3) != 0)
        at++;
    if (at + 3 > uri.len) return VIEW("");
    text_view host = view_slice(uri, at + 3, uri.len);
    size_t end = 0;
    while (end < host.len && !strchr("/:?#", host.ptr[end]))
        end++;
    host.len = end;
    return view_starts_with(host, VIEW("www.")) ? view_slice(host, 4, host.len) : host;
}

static whosaid_status read_page(record_reader *reader, text_view id, arena *memory, article *out,
                                whosaid_error *err) {
    whosaid_error cause = {0};
    text_view host = reader->record->id.len ? host_of(id) : VIEW("");
    whosaid_status status =
        html_article_read(reader->text, id, host, memory, &reader->body, out, &cause);
    return name_error(reader->record, status, &cause, err);
}

static whosaid_status read_single(record_reader *reader, arena *memory, article *out,
                                  whosaid_error *err) {
    const raw_record *record = reader->record;
    text_view id = default_id(reader, 0, memory);
    if (!id.ptr) return error_no_memory(err);
    switch (record->kind) {
    case RECORD_HTML:
    case RECORD_HTTP_RESPONSE: return read_page(reader, id, memory, out, err);
    case RECORD_CSV_ROW:
        return csv_article_read(reader->text, &record->columns, id, path_of(record), record->line,
                                memory, out, err);
    default:
        return text_article_read(id, reader->text, record->kind == RECORD_MARKDOWN, memory, out,
                                 err);
    }
}

bool record_reader_next(record_reader *reader, arena *memory, article *out, whosaid_status *status,
                        whosaid_error *err) {
    if (reader->next == reader->count) return false;
    size_t index = reader->next++;
    *status = reader->document ? read_json(reader, index, memory, out, err)
                               : read_single(reader, memory, out, err);
    return true;
}

text_view record_reader_own_id(const record_reader *reader, arena *memory) {
    text_view id = reader->document ? json_article_id(reader->document, VIEW(""), memory)
                                    : json_id_of_damaged(reader->text, memory);
    return id.ptr ? id : VIEW("");
}
