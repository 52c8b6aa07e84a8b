#include "base/json_text.h"

#include "base/buffer.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

enum { DEPTH_MAX = 2048 }; /* as jansson's parser has it */

typedef struct cursor {
    const char *at, *end;
    unsigned depth;
} cursor;

static bool skip(cursor *c, char wanted) {
    if (c->at == c->end || *c->at != wanted) return false;
    c->at++;
    return true;
}

static void skip_blanks(cursor *c) {
    while (c->at < c->end && (*c->at == ' ' || *c->at == '\t' || *c->at == '\n' || *c->at == '\r'))
        c->at++;
}

static bool read_hex(cursor *c, uint32_t *out) {
    *out = 0;
    if (c->end - c->at < 4) return false;
    for (int i = 0; i < 4; i++) {
        char digit = ascii_to_lower(*c->at++);
        bool letter = digit >= 'a' && digit <= 'f';
        if (!letter && !ascii_is_digit((unsigned char)digit)) return false;
        *out = *out << 4 | (uint32_t)(letter ? digit - 'a' + 10 : digit - '0');
    }
    return true;
}

/* Behind "\u": surrogates stand in pairs. */
static bool read_unicode(cursor *c) {
    uint32_t unit, second;
    if (!read_hex(c, &unit)) return false;
    if (unit < 0xD800 || unit > 0xDFFF) return true;
    return unit < 0xDC00 && skip(c, '\\') && skip(c, 'u') && read_hex(c, &second) &&
           second >= 0xDC00 && second <= 0xDFFF;
}

/* Behind the opening mark. */
static bool read_string(cursor *c) {
    while (c->at < c->end) {
        char letter = *c->at++;
        if (letter == '"') return true;
        if ((unsigned char)letter < ' ') return false;
        if (letter != '\\') continue;
        if (c->at == c->end) return false;
        letter = *c->at++;
        if (letter == 'u' ? !read_unicode(c) : !letter || !strchr("\"\\/bfnrt", letter))
            return false;
    }
    return false;
}

static bool read_digits(cursor *c) {
    const char *begin = c->at;
    while (c->at < c->end && ascii_is_digit((unsigned char)*c->at))
        c->at++;
    return c->at > begin;
}

static bool read_number(cursor *c) {
    skip(c, '-');
    if (!skip(c, '0') && !read_digits(c)) return false;
    if (skip(c, '.') && !read_digits(c)) return false;
    if (!skip(c, 'e') && !skip(c, 'E')) return true;
    if (!skip(c, '+')) skip(c, '-');
    return read_digits(c);
}

static bool read_word(cursor *c, text_view word) {
    if (!view_starts_with((text_view){c->at, (size_t)(c->end - c->at)}, word)) return false;
    c->at += word.len;
    return true;
}

static bool read_value(cursor *c);

/* Behind "{" or "[". */
static bool read_members(cursor *c, char closing) {
    if (++c->depth > DEPTH_MAX) return false;
    skip_blanks(c);
    bool ended = skip(c, closing), good = true;
    while (good && !ended) {
        if (closing == '}') {
            skip_blanks(c);
            good = skip(c, '"') && read_string(c);
            skip_blanks(c);
            good = good && skip(c, ':');
        }
        good = good && read_value(c);
        skip_blanks(c);
        ended = skip(c, closing);
        good = good && (ended || skip(c, ','));
    }
    c->depth--;
    return good;
}

/* Calls itself for what is nested, at most DEPTH_MAX deep. */
static bool read_value(cursor *c) {
    skip_blanks(c);
    if (c->at == c->end) return false;
    switch (*c->at) {
    case '{': c->at++; return read_members(c, '}');
    case '[': c->at++; return read_members(c, ']');
    case '"': c->at++; return read_string(c);
    case 't': return read_word(c, VIEW("true"));
    case 'f': return read_word(c, VIEW("false"));
    case 'n': return read_word(c, VIEW("null"));
    default: return read_number(c);
    }
}

bool json_text_is_sound(text_view text) {
    cursor c = {text.ptr, text.len ? text.ptr + text.len : text.ptr, 0};
    skip_blanks(&c);
    if (c.at == c.end || (*c.at != '{' && *c.at != '[')) return false;
    if (!read_value(&c)) return false;
    skip_blanks(&c);
    return c.at == c.end;
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
