/* Articles as JSON objects: id, title, date, outlet or source, and text (or body, content). */
#include "base/error.h"
#include "read/date.h"
#include "read/metadata.h"
#include "read/record_reader.h"

#include <jansson.h>

/* The first of the named members that is a string; ptr is NULL when none is. */
static text_view string_member(const json_t *object, const char *const *names) {
    for (; *names; names++) {
        const json_t *value = json_object_get(object, *names);
        if (json_is_string(value))
            return (text_view){json_string_value(value), json_string_length(value)};
    }
    return (text_view){NULL, 0};
}

static text_view optional_member(const json_t *object, const char *const *names) {
    text_view value = string_member(object, names);
    return value.ptr ? value : (text_view){"", 0};
}

/* Whole numbers are ids too. */
text_view json_article_id(const json_t *object, text_view otherwise, arena *memory) {
    static const char *const names[] = {"id", NULL};
    const json_t *value = json_object_get(object, "id");
    if (json_is_integer(value))
        return arena_format(memory, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
    text_view id = string_member(object, names);
    return id.len ? id : otherwise;
}

whosaid_status json_article_read(const json_t *object, text_view id, const char *where, size_t line,
                                 arena *memory, article *out, whosaid_error *err) {
    static const char *const text_names[] = {"text", "body", "content", NULL};
    static const char *const title_names[] = {"title", "headline", NULL};
    static const char *const outlet_names[] = {"outlet", "source", NULL};
    static const char *const date_names[] = {"date", NULL};
    text_view text = string_member(object, text_names);
    if (!text.ptr)
        return error_set(err, WHOSAID_SYNTAX, where, line,
                         "the article has no text (a string named text, body or content)");
    if (text.len > ARTICLE_TEXT_MAX)
        return error_set(err, WHOSAID_LIMIT, where, line, "the text is longer than %zu MiB",
                         ARTICLE_TEXT_MAX >> 20);
    text_view date = date_to_iso(memory, optional_member(object, date_names));
    id = json_article_id(object, id, memory);
    if (!date.ptr || !id.ptr) return error_no_memory(err);
    size_t begin = text.len ? dateline_length(text) : 0;
    *out = (article){
        .arena = memory,
        .id = id,
        .date = date,
        .outlet = optional_member(object, outlet_names),
        .title = optional_member(object, title_names),
        .text = text,
        .body = {(uint32_t)begin, (uint32_t)text.len},
    };
    return WHOSAID_OK;
}
