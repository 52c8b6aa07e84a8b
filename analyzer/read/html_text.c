#include "read/html_text.h"

#include "base/utf8.h"

/* Length of white space at text[at], or 0. */
static size_t blank_length(text_view text, size_t at) {
    if (ascii_is_space((unsigned char)text.ptr[at])) return 1;
    return view_starts_with(view_slice(text, at, text.len), VIEW("\xC2\xA0")) ? 2 : 0;
}

/* Length of the mark that `text` begins with and that only tells in which direction to write, or 0:
 * U+200E and U+200F, U+202A to U+202E, U+2066 to U+2069, U+061C. */
static size_t direction_mark_length(text_view text) {
    const unsigned char *c = (const unsigned char *)text.ptr;
    if (text.len >= 2 && c[0] == 0xD8 && c[1] == 0x9C) return 2;
    if (text.len < 3 || c[0] != 0xE2) return 0;
    bool is_mark = c[1] == 0x80 ? c[2] == 0x8E || c[2] == 0x8F || (c[2] >= 0xAA && c[2] <= 0xAE)
                                : c[1] == 0x81 && c[2] >= 0xA6 && c[2] <= 0xA9;
    return is_mark ? 3 : 0;
}

/* Length of a character at text[at] that shows as nothing, or 0. */
static size_t nothing_length(text_view text, size_t at) {
    static const text_view nothings[] = {{"\xC2\xAD", 2},     /* soft hyphen */
                                         {"\xE2\x80\x8B", 3}, /* zero-width space */
                                         {"\xE2\x81\xA0", 3}, /* word joiner */
                                         {"\xEF\xBB\xBF", 3}};
    unsigned char c = (unsigned char)text.ptr[at];
    if (c < ' ' || c == 0x7F) return 1;
    if (c < 0x80) return 0;
    for (size_t i = 0; i < sizeof nothings / sizeof *nothings; i++)
        if (view_starts_with(view_slice(text, at, text.len), nothings[i])) return nothings[i].len;
    return direction_mark_length(view_slice(text, at, text.len));
}

static bool add_blank(buffer *out, size_t begin) {
    if (out->len == begin) return true;
    char last = out->data[out->len - 1];
    return last == ' ' || last == '\n' || buffer_append(out, " ", 1);
}

/* Appends text with U+FFFD for what is no UTF-8. The page was checked, but gumbo makes characters
 * of its own from references such as "&#xAAAAAAAAAAAA". */
static bool append_sound(buffer *out, text_view text) {
    for (;;) {
        size_t sound = utf8_first_invalid(text);
        if (!buffer_append(out, text.ptr, sound)) return false;
        if (sound == text.len) return true;
        if (!buffer_append(out, "\xEF\xBF\xBD", 3)) return false;
        text = view_slice(text, sound + 1, text.len);
    }
}

bool html_text_add(buffer *out, size_t begin, text_view piece) {
    for (size_t at = 0; at < piece.len;) {
        size_t blank = blank_length(piece, at);
        size_t nothing = blank ? 0 : nothing_length(piece, at);
        if (blank && !add_blank(out, begin)) return false;
        at += blank + nothing;
        if (blank || nothing) continue;
        size_t end = at + 1;
        while (end < piece.len && !blank_length(piece, end) && !nothing_length(piece, end))
            end++;
        if (!append_sound(out, view_slice(piece, at, end))) return false;
        at = end;
    }
    return true;
}

void html_text_trim(buffer *out, size_t begin) {
    while (out->len > begin && (out->data[out->len - 1] == ' ' || out->data[out->len - 1] == '\n'))
        out->len--;
}

bool html_text_break(buffer *out, size_t begin) {
    html_text_trim(out, begin);
    return out->len == begin || buffer_append(out, "\n", 1);
}
