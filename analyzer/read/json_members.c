#include "read/json_members.h"

#include "base/json_scan.h"
#include "base/json_text.h"

#include <jansson.h>

static const char *const names[MEMBER_COUNT] = {
#define JSON_MEMBER_NAME(id, name) name,
    JSON_MEMBER_LIST(JSON_MEMBER_NAME)
#undef JSON_MEMBER_NAME
};

/* MEMBER_COUNT for a key of no interest. */
static json_member find_member(text_view key) {
    size_t i = 0;
    while (i < MEMBER_COUNT && !view_is(key, names[i]))
        i++;
    return (json_member)i;
}

/* The inside of the string that is next, unescaped. All strings together are shorter than the text:
 * room for it is made once, and what was unescaped stays where it is. */
static bool read_string(json_scan *scan, text_view whole, buffer *unescaped, text_view *out) {
    bool has_escapes = false;
    const char *begin = scan->at;
    if (!json_scan_string(scan, &has_escapes)) return false;
    text_view inside = {begin, (size_t)(scan->at - 1 - begin)};
    *out = inside;
    if (!has_escapes) return true;
    if (unescaped->len == 0 && !buffer_reserve(unescaped, whole.len)) return false;
    char *room = unescaped->data + unescaped->len;
    *out = (text_view){room, json_scan_unescape(inside, room)};
    unescaped->len += out->len;
    return true;
}

/* A whole number as jansson writes it, or nothing. */
static text_view whole_number(text_view token) {
    for (size_t i = 0; i < token.len; i++)
        if (!ascii_is_digit((unsigned char)token.ptr[i])) return (text_view){0};
    return token;
}

/* One `"key": value`. A key that stands twice counts where it stands last. */
static bool read_member(json_scan *scan, text_view whole, buffer *unescaped, json_members *out) {
    bool has_escapes = false;
    json_scan_blanks(scan);
    if (!json_scan_skip(scan, '"')) return false;
    const char *begin = scan->at;
    if (!json_scan_string(scan, &has_escapes) || has_escapes) return false;
    json_member member = find_member((text_view){begin, (size_t)(scan->at - 1 - begin)});
    json_scan_blanks(scan);
    if (!json_scan_skip(scan, ':')) return false;
    json_scan_blanks(scan);
    if (member == MEMBER_COUNT) return json_scan_value(scan);
    text_view *value = &out->values[member];
    if (json_scan_skip(scan, '"')) return read_string(scan, whole, unescaped, value);
    if (scan->at < scan->end && *scan->at == '-') return false; /* "-0" is written "0" */
    begin = scan->at;
    if (!json_scan_value(scan)) return false;
    *value = (text_view){0};
    if (member == MEMBER_ID) *value = whole_number((text_view){begin, (size_t)(scan->at - begin)});
    return true;
}

bool json_members_read(text_view text, buffer *unescaped, json_members *out) {
    json_scan scan = json_scan_start(text);
    *out = (json_members){0};
    buffer_reset(unescaped, SIZE_MAX);
    json_scan_blanks(&scan);
    if (!json_scan_skip(&scan, '{')) return false;
    do {
        if (!read_member(&scan, text, unescaped, out)) return false;
        json_scan_blanks(&scan);
        scan.separators++;
    } while (json_scan_skip(&scan, ','));
    if (!json_scan_skip(&scan, '}')) return false;
    json_scan_blanks(&scan);
    return scan.at == scan.end && !scan.is_unusual && scan.separators < JSON_VALUES_MAX;
}

bool json_members_of(const json_t *object, arena *memory, json_members *out) {
    for (int i = 0; i < MEMBER_COUNT; i++) {
        const json_t *value = json_object_get(object, names[i]);
        out->values[i] = (text_view){json_string_value(value), json_string_length(value)};
    }
    const json_t *id = json_object_get(object, names[MEMBER_ID]);
    if (!json_is_integer(id)) return true;
    text_view number = arena_format(memory, "%" JSON_INTEGER_FORMAT, json_integer_value(id));
    out->values[MEMBER_ID] = number;
    return number.ptr != NULL;
}
