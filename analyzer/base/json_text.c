#include "base/json_text.h"

#include "base/buffer.h"
#include "base/json_scan.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

bool json_text_is_sound(text_view text) {
    json_scan scan = json_scan_start(text);
    json_scan_blanks(&scan);
    if (scan.at == scan.end || (*scan.at != '{' && *scan.at != '[')) return false;
    if (!json_scan_value(&scan)) return false;
    json_scan_blanks(&scan);
    return scan.at == scan.end;
}

/* Most values that can stand in `text`: each but the first follows a bracket or comma. */
static size_t count_values(text_view text) {
    size_t count = 1;
    bool in_string = false;
    for (size_t i = 0; i < text.len; i++) {
        char letter = text.ptr[i];
        if (letter == '"') in_string = !in_string;
        if (!in_string)
            count += letter == ',' || letter == '[' || letter == '{';
        else if (letter == '\\')
            i++;
    }
    return count;
}

/* Whether there is so much memory as jansson may take. */
static bool memory_is_there(text_view text, size_t values) {
    enum { VALUE_BYTES = 250, LEAST_BYTES = 1 << 12 };
    void *room = malloc(LEAST_BYTES + 3 * text.len + values * VALUE_BYTES);
    bool there = room != NULL;
    free(room);
    return there;
}

/* True when json_loadb failed over `text`, with this cause, for want of memory. */
static bool lacked_memory(text_view text, const json_error_t *cause) {
    switch (json_error_code(cause)) {
    case json_error_out_of_memory: return true;
    case json_error_unknown:
    case json_error_invalid_syntax:
    case json_error_premature_end_of_input: return json_text_is_sound(text);
    default: return false;
    }
}

whosaid_status json_text_read(text_view text, size_t flags, json_t **out, json_error_t *cause) {
    *out = NULL;
    *cause = (json_error_t){0};
    size_t values = count_values(text);
    if (values > JSON_VALUES_MAX) {
        snprintf(cause->text, sizeof cause->text, "more than %zu values", JSON_VALUES_MAX);
        return WHOSAID_LIMIT;
    }
    if (!memory_is_there(text, values)) return WHOSAID_NO_MEMORY;
    *out = json_loadb(text.ptr, text.len, flags, cause);
    if (*out) return WHOSAID_OK;
    return lacked_memory(text, cause) ? WHOSAID_NO_MEMORY : WHOSAID_SYNTAX;
}

typedef struct sink {
    buffer *out;
    bool failed;
} sink;

static int append_bytes(const char *bytes, size_t len, void *context) {
    sink *s = context;
    s->failed = s->failed || !buffer_append(s->out, bytes, len);
    return s->failed ? -1 : 0;
}

bool json_text_append(const json_t *value, size_t flags, buffer *out) {
    sink s = {.out = out};
    return json_dump_callback(value, append_bytes, &s, flags) == 0 && !s.failed;
}
