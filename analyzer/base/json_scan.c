#include "base/json_scan.h"

#include "base/utf8.h"

enum {
    DEPTH_MAX = 2048,   /* as jansson's parser has it, */
    DEPTH_USUAL = 1024, /* which counts a little differently */
    USUAL_DIGITS = 15
};

/* A byte in each of eight. */
#define EACH_BYTE(value) (0x0101010101010101u * (uint64_t)(value))

void json_scan_blanks(json_scan *s) {
    while (s->at < s->end && (*s->at == ' ' || *s->at == '\t' || *s->at == '\n' || *s->at == '\r'))
        s->at++;
}

/* The code unit of four hexadecimal digits. */
static bool read_hex(json_scan *s, uint32_t *out) {
    *out = 0;
    if (s->end - s->at < 4) return false;
    for (int i = 0; i < 4; i++) {
        char digit = ascii_to_lower(*s->at++);
        bool letter = digit >= 'a' && digit <= 'f';
        if (!letter && !ascii_is_digit((unsigned char)digit)) return false;
        *out = *out << 4 | (uint32_t)(letter ? digit - 'a' + 10 : digit - '0');
    }
    return true;
}

/* Behind "\u": surrogates stand in pairs. */
static bool read_unicode(json_scan *s, uint32_t *code_point) {
    uint32_t second;
    if (!read_hex(s, code_point)) return false;
    if (*code_point == 0) s->is_unusual = true;
    if (*code_point < 0xD800 || *code_point > 0xDFFF) return true;
    if (*code_point >= 0xDC00 || !json_scan_skip(s, '\\') || !json_scan_skip(s, 'u') ||
        !read_hex(s, &second) || second < 0xDC00 || second > 0xDFFF)
        return false;
    *code_point = 0x10000 + ((*code_point - 0xD800) << 10) + (second - 0xDC00);
    return true;
}

/* Behind a backslash: the character that is meant. */
static bool read_escape(json_scan *s, uint32_t *code_point) {
    static const char names[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
    if (s->at == s->end) return false;
    char letter = *s->at++;
    if (letter == 'u') return read_unicode(s, code_point);
    const char *found = letter ? strchr(names, letter) : NULL;
    if (!found) return false;
    *code_point = (unsigned char)meant[found - names];
    return true;
}

/* The next mark, backslash or control character, or the end. Eight bytes at a time: the high bit of
 * a byte is set where one of them stands, and perhaps behind it. */
static const char *plain_end(const char *at, const char *end) {
    while (end - at >= 8) {
        uint64_t bytes;
        memcpy(&bytes, at, sizeof bytes);
        uint64_t mark = bytes ^ EACH_BYTE('"'), slash = bytes ^ EACH_BYTE('\\');
        uint64_t found = ((mark - EACH_BYTE(1)) & ~mark) | ((slash - EACH_BYTE(1)) & ~slash) |
                         ((bytes - EACH_BYTE(' ')) & ~bytes);
        if (found & EACH_BYTE(0x80)) break;
        at += 8;
    }
    while (at < end && *at != '"' && *at != '\\' && (unsigned char)*at >= ' ')
        at++;
    return at;
}

bool json_scan_string(json_scan *s, bool *has_escapes) {
    uint32_t ignored;
    for (;;) {
        s->at = plain_end(s->at, s->end);
        if (json_scan_skip(s, '"')) return true;
        if (!json_scan_skip(s, '\\') || !read_escape(s, &ignored)) return false;
        *has_escapes = true;
    }
}

size_t json_scan_unescape(text_view inside, char *out) {
    json_scan s = json_scan_start(inside);
    size_t used = 0;
    while (s.at < s.end) {
        const char *begin = s.at;
        s.at = plain_end(s.at, s.end);
        memcpy(out + used, begin, (size_t)(s.at - begin));
        used += (size_t)(s.at - begin);
        uint32_t code_point;
        if (!json_scan_skip(&s, '\\') || !read_escape(&s, &code_point)) break;
        used += utf8_encode(code_point, out + used); /* never longer than its escape */
    }
    return used;
}

static bool scan_digits(json_scan *s) {
    const char *begin = s->at;
    while (s->at < s->end && ascii_is_digit((unsigned char)*s->at))
        s->at++;
    if (s->at - begin > USUAL_DIGITS) s->is_unusual = true;
    return s->at > begin;
}

static bool scan_number(json_scan *s) {
    json_scan_skip(s, '-');
    if (!json_scan_skip(s, '0') && !scan_digits(s)) return false;
    if (json_scan_skip(s, '.') && !scan_digits(s)) return false;
    if (!json_scan_skip(s, 'e') && !json_scan_skip(s, 'E')) return true;
    s->is_unusual = true;
    if (!json_scan_skip(s, '+')) json_scan_skip(s, '-');
    return scan_digits(s);
}

static bool scan_word(json_scan *s, text_view word) {
    if (!view_starts_with((text_view){s->at, (size_t)(s->end - s->at)}, word)) return false;
    s->at += word.len;
    return true;
}

/* Behind "{" or "[". */
static bool scan_members(json_scan *s, char closing) {
    bool escaped;
    if (++s->depth > DEPTH_MAX) return false;
    if (s->depth > DEPTH_USUAL) s->is_unusual = true;
    s->separators++;
    json_scan_blanks(s);
    bool ended = json_scan_skip(s, closing), good = true;
    while (good && !ended) {
        if (closing == '}') {
            json_scan_blanks(s);
            good = json_scan_skip(s, '"') && json_scan_string(s, &escaped);
            json_scan_blanks(s);
            good = good && json_scan_skip(s, ':');
        }
        good = good && json_scan_value(s);
        json_scan_blanks(s);
        ended = json_scan_skip(s, closing);
        if (good && !ended) {
            good = json_scan_skip(s, ',');
            s->separators++;
        }
    }
    s->depth--;
    return good;
}

/* Calls itself for what is nested, at most DEPTH_MAX deep. */
bool json_scan_value(json_scan *s) {
    bool escaped;
    json_scan_blanks(s);
    if (s->at == s->end) return false;
    switch (*s->at) {
    case '{': s->at++; return scan_members(s, '}');
    case '[': s->at++; return scan_members(s, ']');
    case '"': s->at++; return json_scan_string(s, &escaped);
    case 't': return scan_word(s, VIEW("true"));
    case 'f': return scan_word(s, VIEW("false"));
    case 'n': return scan_word(s, VIEW("null"));
    default: return scan_number(s);
    }
}
