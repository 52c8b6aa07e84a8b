#include "read/charset.h"

#include "base/utf8.h"

#include <errno.h>
#include <iconv.h>
#include <uchardet/uchardet.h>

enum {
    DECLARATION_BYTES = 4096, /* browsers look at 1024; pages with long comments in front exist */
    DETECTION_BYTES = 1 << 20,
    NAME_BYTES = 40,
    TRUSTED_SHARE = 4, /* detection is asked from one letter in four that is not ASCII, */
    TRUSTED_BYTES = 24 /* and from this many of those */
};

static text_view find_ignoring_case(text_view text, text_view wanted) {
    for (size_t at = 0; at + wanted.len <= text.len; at++)
        if (view_equal_ignoring_case(view_slice(text, at, at + wanted.len), wanted))
            return view_slice(text, at, text.len);
    return VIEW("");
}

static bool is_name_byte(unsigned char c) {
    return ascii_is_alpha(c) || ascii_is_digit(c) || c == '-' || c == '_' || c == '.' || c == ':';
}

/* The name behind `key` and "=", with or without quotation marks. */
static text_view declared_after(text_view text, text_view key) {
    text_view rest = find_ignoring_case(text, key);
    size_t at = key.len;
    if (rest.len == 0) return VIEW("");
    while (at < rest.len && (ascii_is_space((unsigned char)rest.ptr[at]) || rest.ptr[at] == '=' ||
                             rest.ptr[at] == '"' || rest.ptr[at] == '\''))
        at++;
    size_t end = at;
    while (end < rest.len && is_name_byte((unsigned char)rest.ptr[end]))
        end++;
    return view_slice(rest, at, end);
}

text_view charset_of_content_type(text_view content_type) {
    return declared_after(content_type, VIEW("charset"));
}

/* What a page says of itself in its first bytes. */
static text_view declared_in_page(text_view bytes) {
    text_view head =
        view_slice(bytes, 0, bytes.len < DECLARATION_BYTES ? bytes.len : DECLARATION_BYTES);
    if (view_starts_with(head, VIEW("<?xml"))) {
        const char *end = memchr(head.ptr, '>', head.len);
        text_view line = end ? view_slice(head, 0, (size_t)(end - head.ptr)) : head;
        text_view name = declared_after(line, VIEW("encoding"));
        if (name.len) return name;
    }
    text_view meta = find_ignoring_case(head, VIEW("<meta"));
    while (meta.len) {
        const char *end = memchr(meta.ptr, '>', meta.len);
        size_t len = end ? (size_t)(end - meta.ptr) : meta.len;
        text_view name = declared_after(view_slice(meta, 0, len), VIEW("charset"));
        if (name.len) return name;
        meta = find_ignoring_case(view_slice(meta, len, meta.len), VIEW("<meta"));
    }
    return VIEW("");
}

/* What browsers mean by some names (the WHATWG's Encoding Standard): a superset of what the name
 * says. */
static const char *name_for_iconv(text_view name) {
    static const char *const meant[][2] = {
        {"iso-8859-1", "WINDOWS-1252"},
        {"iso8859-1", "WINDOWS-1252"},
        {"latin1", "WINDOWS-1252"},
        {"latin-1", "WINDOWS-1252"},
        {"us-ascii", "WINDOWS-1252"},
        {"ascii", "WINDOWS-1252"},
        {"cp1252", "WINDOWS-1252"},
        {"gb2312", "GB18030"},
        {"gbk", "GB18030"},
        {"shift_jis", "CP932"},
        {"shift-jis", "CP932"},
        {"sjis", "CP932"},
        {"x-sjis", "CP932"},
        {"euc-kr", "CP949"},
        {"ks_c_5601-1987", "CP949"},
        {"iso-8859-9", "WINDOWS-1254"},
        {"tis-620", "CP874"},
        {"windows-1252", "WINDOWS-1252"},
    };
    for (size_t i = 0; i < sizeof meant / sizeof *meant; i++)
        if (view_equal_ignoring_case(name, view_of(meant[i][0]))) return meant[i][1];
    return NULL;
}

/* Windows-1252 by its own table: the one conversion that must never depend on what is installed. */
static whosaid_status convert_windows_1252(text_view bytes, buffer *out, size_t *bad_offset) {
    static const uint16_t high[32] = {
        0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
        0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
        0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};
    out->len = 0;
    for (size_t at = 0; at < bytes.len; at++) {
        unsigned char c = (unsigned char)bytes.ptr[at];
        uint32_t code_point = c >= 0x80 && c < 0xA0 ? high[c - 0x80] : c;
        bool is_control = (c < ' ' && !ascii_is_space(c) && c != 0x1A && c != 0x08) || c == 0x7F;
        if (code_point == 0 || is_control) {
            *bad_offset = at;
            return WHOSAID_NOT_TEXT;
        }
        if (!buffer_reserve(out, 4)) return WHOSAID_NO_MEMORY;
        out->len += utf8_encode(code_point, out->data + out->len);
    }
    return WHOSAID_OK;
}

/* NOT_TEXT: the character set is not known here, or the bytes are not in it. */
static whosaid_status convert_by_iconv(text_view bytes, const char *name, buffer *out) {
    iconv_t converter = iconv_open("UTF-8", name);
    if (converter == (iconv_t)-1) return errno == ENOMEM ? WHOSAID_NO_MEMORY : WHOSAID_NOT_TEXT;
    char *from = (char *)(uintptr_t)bytes.ptr; /* iconv's signature knows no const */
    size_t left = bytes.len;
    whosaid_status status = WHOSAID_OK;
    out->len = 0;
    for (bool flushing = false; status == WHOSAID_OK;) {
        if (!buffer_reserve(out, 64 + left + left / 2)) {
            status = WHOSAID_NO_MEMORY;
            break;
        }
        char *to = out->data + out->len;
        size_t room = out->capacity - out->len;
        size_t result =
            iconv(converter, flushing ? NULL : &from, flushing ? NULL : &left, &to, &room);
        out->len = (size_t)(to - out->data);
        if (result == (size_t)-1 && errno == E2BIG) continue;
        if (result == (size_t)-1) status = WHOSAID_NOT_TEXT;
        if (flushing) break;
        flushing = true;
    }
    iconv_close(converter);
    text_view text = buffer_view(out);
    if (status == WHOSAID_OK && utf8_first_invalid(text) < text.len) status = WHOSAID_NOT_TEXT;
    return status;
}

static whosaid_status convert(text_view bytes, text_view name, buffer *out) {
    char copy[NAME_BYTES];
    const char *meant = name_for_iconv(name);
    if (!meant) {
        if (name.len == 0 || name.len >= sizeof copy) return WHOSAID_NOT_TEXT;
        memcpy(copy, name.ptr, name.len);
        copy[name.len] = '\0';
        meant = copy;
    }
    size_t bad_offset;
    if (strcmp(meant, "WINDOWS-1252") == 0) return convert_windows_1252(bytes, out, &bad_offset);
    return convert_by_iconv(bytes, meant, out);
}

/* The counts by which bytes that are not plain UTF-8 are judged. */
typedef struct byte_counts {
    size_t letters;   /* ASCII letters */
    size_t high;      /* bytes above 127 */
    size_t sequences; /* good UTF-8 sequences of several bytes */
    size_t invalid;   /* bytes that are in none */
    size_t nul_even, nul_odd;
} byte_counts;

static byte_counts count_bytes(text_view bytes) {
    byte_counts counts = {0};
    size_t step;
    for (size_t at = 0; at < bytes.len; at += step) {
        unsigned char c = (unsigned char)bytes.ptr[at];
        step = 1;
        if (c < 0x80) {
            counts.letters += ascii_is_alpha(c);
            if (c == 0) (at % 2 ? counts.nul_odd++ : counts.nul_even++);
            continue;
        }
        utf8_decode(bytes.ptr + at, bytes.ptr + bytes.len, &step);
        counts.high += step;
        if (step > 1)
            counts.sequences++;
        else
            counts.invalid++;
    }
    return counts;
}

static whosaid_status replace_damage(text_view bytes, buffer *out) {
    out->len = 0;
    for (size_t at = 0; at < bytes.len;) {
        text_view rest = view_slice(bytes, at, bytes.len);
        size_t good = utf8_first_invalid(rest);
        if (!buffer_append(out, rest.ptr, good)) return WHOSAID_NO_MEMORY;
        at += good;
        if (at == bytes.len) break;
        if (!buffer_append(out, "\xEF\xBF\xBD", 3)) return WHOSAID_NO_MEMORY;
        at++;
    }
    return WHOSAID_OK;
}

static whosaid_status convert_detected(text_view bytes, buffer *out) {
    uchardet_t detector = uchardet_new();
    if (!detector) return WHOSAID_NO_MEMORY;
    size_t len = bytes.len < DETECTION_BYTES ? bytes.len : DETECTION_BYTES;
    whosaid_status status = WHOSAID_NOT_TEXT;
    if (uchardet_handle_data(detector, bytes.ptr, len) == 0) {
        uchardet_data_end(detector);
        const char *name = uchardet_get_charset(detector);
        if (*name) status = convert(bytes, view_of(name), out);
    }
    uchardet_delete(detector);
    return status;
}

/* The character set that a byte-order mark or the pattern of NUL bytes tells; *skip: the mark. */
static const char *wide_charset(text_view bytes, const byte_counts *counts, size_t *skip) {
    static const struct {
        text_view mark;
        const char *name;
    } marks[] = {{{"\xFF\xFE\0\0", 4}, "UTF-32LE"},
                 {{"\0\0\xFE\xFF", 4}, "UTF-32BE"},
                 {{"\xFF\xFE", 2}, "UTF-16LE"},
                 {{"\xFE\xFF", 2}, "UTF-16BE"}};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (!view_starts_with(bytes, marks[i].mark)) continue;
        *skip = marks[i].mark.len;
        return marks[i].name;
    }
    *skip = 0;
    size_t units = bytes.len / 2;
    if (units < 2 || bytes.len % 2) return NULL;
    if (counts->nul_even == 0 && counts->nul_odd > units / 2) return "UTF-16LE";
    if (counts->nul_odd == 0 && counts->nul_even > units / 2) return "UTF-16BE";
    return NULL;
}

/* Seven-bit character sets look like ASCII and can only be declared. The first escape of one, or
 * NULL. */
static const char *find_escape(text_view bytes, text_view declared) {
    bool is_seven_bit =
        declared.len > 8 && view_equal_ignoring_case(view_slice(declared, 0, 8), VIEW("iso-2022"));
    return is_seven_bit ? memchr(bytes.ptr, 0x1B, bytes.len) : NULL;
}

static whosaid_status convert_other(text_view bytes, text_view declared, const byte_counts *counts,
                                    buffer *out, size_t *bad_offset) {
    whosaid_status status = convert(bytes, declared, out);
    if (status != WHOSAID_NOT_TEXT) return status;
    bool is_foreign = counts->high >= (counts->letters + counts->high) / TRUSTED_SHARE;
    if (is_foreign && counts->high >= TRUSTED_BYTES) {
        status = convert_detected(bytes, out);
        if (status != WHOSAID_NOT_TEXT) return status;
    }
    /* A few letters in a short line are still a name in Windows-1252; a whole text is not. */
    if (is_foreign && counts->high > 2 * counts->letters) return WHOSAID_NOT_TEXT;
    return convert_windows_1252(bytes, out, bad_offset);
}

static whosaid_status unmarked_to_utf8(text_view bytes, const charset_hints *hints,
                                       buffer *converted, text_view *out, size_t *bad_offset) {
    *out = bytes;
    if (bytes.len == 0) return WHOSAID_OK;
    text_view declared = hints->declared;
    if (declared.len == 0 && hints->is_markup) declared = declared_in_page(bytes);
    size_t invalid = utf8_first_invalid(bytes);
    const char *nul = memchr(bytes.ptr, '\0', bytes.len);
    const char *escape = find_escape(bytes, declared);
    if (invalid == bytes.len && !nul && !escape) return WHOSAID_OK;

    size_t first_nul = nul ? (size_t)(nul - bytes.ptr) : bytes.len;
    *bad_offset = first_nul < invalid ? first_nul : invalid;
    if (*bad_offset == bytes.len) *bad_offset = (size_t)(escape - bytes.ptr);
    byte_counts counts = count_bytes(bytes);
    size_t skip;
    const char *wide = wide_charset(bytes, &counts, &skip);
    whosaid_status status = WHOSAID_NOT_TEXT;
    if (wide) {
        status = convert_by_iconv(view_slice(bytes, skip, bytes.len), wide, converted);
    } else if (nul) {
        if (hints->is_markup && invalid == bytes.len) return WHOSAID_OK; /* the parser drops them */
    } else if (escape) {
        status = convert(bytes, declared, converted);
    } else if (counts.sequences > 4 * counts.invalid) {
        if (hints->is_markup) status = replace_damage(bytes, converted);
    } else {
        size_t at = *bad_offset;
        status = convert_other(bytes, declared, &counts, converted, &at);
        if (status == WHOSAID_NOT_TEXT && at > *bad_offset) *bad_offset = at;
    }
    if (status != WHOSAID_OK) return status;
    *out = buffer_view(converted);
    if (out->len && memchr(out->ptr, '\0', out->len) && !hints->is_markup) return WHOSAID_NOT_TEXT;
    return WHOSAID_OK;
}

whosaid_status charset_to_utf8(text_view bytes, const charset_hints *hints, buffer *converted,
                               text_view *out, size_t *bad_offset) {
    static const text_view mark = {"\xEF\xBB\xBF", 3};
    size_t begin = view_starts_with(bytes, mark) ? mark.len : 0;
    whosaid_status status =
        unmarked_to_utf8(view_slice(bytes, begin, bytes.len), hints, converted, out, bad_offset);
    if (status == WHOSAID_NOT_TEXT) *bad_offset += begin;
    return status;
}
