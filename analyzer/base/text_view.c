#include "base/text_view.h"

int view_compare(text_view a, text_view b) {
    size_t shorter = a.len < b.len ? a.len : b.len;
    int order = shorter ? memcmp(a.ptr, b.ptr, shorter) : 0;
    if (order != 0) return order;
    return (a.len > b.len) - (a.len < b.len);
}

bool view_equal_ignoring_case(text_view a, text_view b) {
    if (a.len != b.len) return false;
    for (size_t i = 0; i < a.len; i++)
        if (ascii_to_lower(a.ptr[i]) != ascii_to_lower(b.ptr[i])) return false;
    return true;
}

bool view_next_piece(text_view *rest, char separator, text_view *piece) {
    if (rest->len == 0) return false;
    const char *end = memchr(rest->ptr, separator, rest->len);
    size_t len = end ? (size_t)(end - rest->ptr) : rest->len;
    *piece = view_slice(*rest, 0, len);
    *rest = view_slice(*rest, end ? len + 1 : len, rest->len);
    return true;
}

text_view view_trim(text_view text) {
    while (text.len && ascii_is_space((unsigned char)text.ptr[0]))
        text = view_slice(text, 1, text.len);
    while (text.len && ascii_is_space((unsigned char)text.ptr[text.len - 1]))
        text.len--;
    return text;
}
