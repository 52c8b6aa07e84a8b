/* text_view.h: borrowed bytes with a length, and spans of byte offsets. Text is UTF-8 that was
 * validated once at the border; nothing here needs a NUL at the end. */
#ifndef BASE_TEXT_VIEW_H
#define BASE_TEXT_VIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct text_view {
    const char *ptr; /* borrowed; may be NULL when len is 0 */
    size_t len;      /* bytes */
} text_view;

/* Half-open range of byte offsets into an article's text. */
typedef struct span {
    uint32_t begin, end;
} span;

#define VIEW(literal) ((text_view){(literal), sizeof(literal) - 1})

static inline text_view view_of(const char *c_string) {
    return (text_view){c_string, c_string ? strlen(c_string) : 0};
}

/* An empty view may have no pointer: adding 0 to that is sound (since C23 by the standard, too). */
__attribute__((no_sanitize("pointer-overflow"))) static inline text_view
view_slice(text_view text, size_t begin, size_t end) {
    return (text_view){text.ptr + begin, end - begin};
}

static inline bool view_equal(text_view a, text_view b) {
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

static inline bool view_is(text_view a, const char *c_string) {
    return view_equal(a, view_of(c_string));
}

static inline bool view_starts_with(text_view text, text_view prefix) {
    return text.len >= prefix.len && view_equal(view_slice(text, 0, prefix.len), prefix);
}

static inline bool view_ends_with(text_view text, text_view suffix) {
    return text.len >= suffix.len &&
           view_equal(view_slice(text, text.len - suffix.len, text.len), suffix);
}

/* Byte order, for sorting. */
int view_compare(text_view a, text_view b);

/* ASCII helpers that are safe on UTF-8: bytes above 127 are never changed or matched. */
static inline bool ascii_is_digit(unsigned char c) {
    return c >= '0' && c <= '9';
}
static inline bool ascii_is_upper(unsigned char c) {
    return c >= 'A' && c <= 'Z';
}
static inline bool ascii_is_lower(unsigned char c) {
    return c >= 'a' && c <= 'z';
}
static inline bool ascii_is_alpha(unsigned char c) {
    return ascii_is_upper(c) || ascii_is_lower(c);
}
static inline bool ascii_is_space(unsigned char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}
static inline char ascii_to_lower(char c) {
    return ascii_is_upper((unsigned char)c) ? (char)(c + ('a' - 'A')) : c;
}

/* Equal when ASCII letter case is ignored. */
bool view_equal_ignoring_case(text_view a, text_view b);

/* The same with a word of a list, which most often differs in its first letter. */
static inline bool view_is_ignoring_case(text_view a, const char *c_string) {
    const int case_bit = 'a' - 'A';
    if (a.len && (a.ptr[0] ^ c_string[0]) & ~case_bit) return false;
    size_t i = 0;
    while (i < a.len && c_string[i] && ascii_to_lower(a.ptr[i]) == ascii_to_lower(c_string[i]))
        i++;
    return i == a.len && !c_string[i];
}

/* Cuts the next piece that ends at `separator`, or at the end of the text, off `rest`. Returns
 * false when nothing is left. */
bool view_next_piece(text_view *rest, char separator, text_view *piece);

/* The first place at or behind `at` that is no ASCII white space, or text.len. */
static inline size_t view_skip_space(text_view text, size_t at) {
    while (at < text.len && ascii_is_space((unsigned char)text.ptr[at]))
        at++;
    return at;
}

/* Without ASCII white space at both ends. */
text_view view_trim(text_view text);

/* Whether a view is a word of a list: an array of C strings. */
#define VIEW_IN(view, list) view_in((view), (list), sizeof(list) / sizeof(list)[0])
#define VIEW_IN_IGNORING_CASE(view, list)                                                          \
    view_in_ignoring_case((view), (list), sizeof(list) / sizeof(list)[0])

/* Most words differ in their first letter. */
static inline bool view_in(text_view a, const char *const *words, size_t count) {
    for (size_t i = 0; i < count; i++)
        if ((!a.len || words[i][0] == a.ptr[0]) && view_is(a, words[i])) return true;
    return false;
}

static inline bool view_in_ignoring_case(text_view a, const char *const *words, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (view_is_ignoring_case(a, words[i])) return true;
    return false;
}

#endif
