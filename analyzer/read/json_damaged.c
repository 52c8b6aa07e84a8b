/* The id in a JSON object that breaks somewhere: whoever sent it wants to know which one it was. */
#include "read/record_reader.h"

#include <jansson.h>

/* Behind the string that begins at `at`; past the end when it does not end. */
static size_t skip_string(text_view text, size_t at) {
    for (at++; at < text.len && text.ptr[at] != '"'; at++)
        if (text.ptr[at] == '\\') at++;
    return at + 1;
}

/* Behind the value that begins at `at`: a string, or everything up to a comma or bracket that does
 * not belong to it. */
static size_t skip_value(text_view text, size_t at) {
    size_t depth = 0;
    while (at < text.len) {
        char c = text.ptr[at];
        bool closes = c == '}' || c == ']';
        if (depth == 0 && (closes || c == ',')) return at;
        if (c == '"') {
            at = skip_string(text, at);
            continue;
        }
        depth += c == '{' || c == '[';
        depth -= closes;
        at++;
    }
    return at;
}

/* An id is a string or a number; a list would only cost memory. */
static text_view id_of_value(text_view value, arena *memory) {
    if (value.len == 0 || value.ptr[0] == '{' || value.ptr[0] == '[') return VIEW("");
    json_t *holder = json_object();
    json_t *parsed = json_loadb(value.ptr, value.len, JSON_DECODE_ANY, NULL);
    text_view id = VIEW("");
    if (parsed && json_object_set_new(holder, "id", parsed) == 0)
        id = arena_copy(memory, json_article_id(holder, VIEW(""), memory));
    json_decref(holder);
    return id;
}

text_view json_id_of_damaged(text_view text, arena *memory) {
    size_t at = view_skip_space(text, 0);
    if (at >= text.len || text.ptr[at] != '{') return VIEW("");
    do {
        size_t key = view_skip_space(text, at + 1);
        if (key >= text.len || text.ptr[key] != '"') return VIEW("");
        size_t key_end = skip_string(text, key);
        size_t colon = view_skip_space(text, key_end);
        if (colon >= text.len || text.ptr[colon] != ':') return VIEW("");
        size_t value = view_skip_space(text, colon + 1);
        size_t end = skip_value(text, value);
        /* What the text breaks off in is not whole, but for a string that has its end. */
        if (end > text.len || (end == text.len && text.ptr[end - 1] != '"')) return VIEW("");
        if (view_is(view_slice(text, key, key_end), "\"id\""))
            return id_of_value(view_slice(text, value, end), memory);
        at = end;
    } while (at < text.len && text.ptr[at] == ',');
    return VIEW("");
}
