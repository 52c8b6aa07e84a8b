/* Articles as JSON objects: id, title, date, outlet or source, and text (or body, content). */
#include "base/error.h"
#include "read/date.h"
#include "read/metadata.h"
#include "read/record_reader.h"

/* The first that is there, or nothing. */
static text_view first_of(const json_members *members, json_member first, json_member second) {
    text_view value = members->values[first];
    if (!value.ptr) value = members->values[second];
    return value.ptr ? value : VIEW("");
}

whosaid_status json_article_read(const json_members *members, text_view id, const char *where,
                                 size_t line, arena *memory, article *out, whosaid_error *err) {
    text_view text = members->values[MEMBER_TEXT];
    if (!text.ptr) text = members->values[MEMBER_BODY];
    if (!text.ptr) text = members->values[MEMBER_CONTENT];
    if (!text.ptr)
        return error_set(err, WHOSAID_SYNTAX, where, line,
                         "the article has no text (a string named text, body or content)");
    if (text.len > ARTICLE_TEXT_MAX)
        return error_set(err, WHOSAID_LIMIT, where, line, "the text is longer than %zu MiB",
                         ARTICLE_TEXT_MAX >> 20);
    text_view date = date_to_iso(memory, first_of(members, MEMBER_DATE, MEMBER_DATE));
    if (!date.ptr) return error_no_memory(err);
    size_t begin = text.len ? dateline_length(text) : 0;
    *out = (article){
        .arena = memory,
        .id = members->values[MEMBER_ID].len ? members->values[MEMBER_ID] : id,
        .date = date,
        .outlet = first_of(members, MEMBER_OUTLET, MEMBER_SOURCE),
        .title = first_of(members, MEMBER_TITLE, MEMBER_HEADLINE),
        .text = text,
        .body = {(uint32_t)begin, (uint32_t)text.len},
    };
    return WHOSAID_OK;
}
