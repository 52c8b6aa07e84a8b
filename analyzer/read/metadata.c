#include "read/metadata.h"

#include "base/utf8.h"
#include "read/date.h"

enum {
    DATELINE_MAX_BYTES = 120,
    BRACKET_MAX_BYTES = 40,
    HEADLINE_MAX_BYTES = 200,
    BYLINE_MAX_BYTES = 100
};

static bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

static size_t skip_blanks(text_view text, size_t at) {
    while (at < text.len && is_blank(text.ptr[at]))
        at++;
    return at;
}

/* Blanks, and the asterisks and underscores with which Markdown sets a dateline off. */
static size_t skip_filler(text_view text, size_t at) {
    while (at < text.len && (is_blank(text.ptr[at]) || text.ptr[at] == '*' || text.ptr[at] == '_'))
        at++;
    return at;
}

/* The length of the dash at `at` that may close a dateline, or 0. A single hyphen needs blanks on
 * both sides. */
static size_t dash_length(text_view text, size_t at) {
    static const text_view dashes[] = {{"\xE2\x80\x94", 3}, {"\xE2\x80\x93", 3}, {"--", 2}};
    text_view rest = view_slice(text, at, text.len);
    for (size_t i = 0; i < sizeof dashes / sizeof *dashes; i++)
        if (view_starts_with(rest, dashes[i])) return dashes[i].len;
    return at > 0 && is_blank(text.ptr[at - 1]) && rest.len > 1 && rest.ptr[0] == '-' &&
                   is_blank(rest.ptr[1])
               ? 1
               : 0;
}

/* Letters beyond ASCII count as capitals here: "SÃO PAULO". */
static bool is_capital(char c) {
    return ascii_is_upper((unsigned char)c) || (unsigned char)c >= 0x80;
}

/* True for a word that a dateline may have: before the first comma all in capitals (of one letter
 * only in "U.N."-like words), behind it with a capital or a digit at its beginning. */
static bool is_dateline_word(text_view word, bool behind_comma) {
    if (behind_comma) return is_capital(word.ptr[0]) || ascii_is_digit((unsigned char)word.ptr[0]);
    size_t capitals = 0;
    for (size_t i = 0; i < word.len; i++) {
        if (ascii_is_lower((unsigned char)word.ptr[i]) && !(i == 1 && word.ptr[0] == 'M'))
            return false; /* "McALLEN" is right */
        capitals += is_capital(word.ptr[i]);
    }
    return capitals >= 2 && is_capital(word.ptr[0]);
}

/* The end of the word, comma or bracket that begins at `at`; 0 when a dateline has no such part. */
static size_t dateline_part(text_view text, size_t at, bool *behind_comma) {
    if (text.ptr[at] == ',') {
        *behind_comma = true;
        return at + 1;
    }
    if (text.ptr[at] == '(') {
        size_t limit = at + BRACKET_MAX_BYTES < text.len ? at + BRACKET_MAX_BYTES : text.len;
        const char *close = memchr(text.ptr + at, ')', limit - at);
        return close ? (size_t)(close - text.ptr) + 1 : 0;
    }
    size_t end = at;
    while (end < text.len && !ascii_is_space((unsigned char)text.ptr[end]) &&
           text.ptr[end] != ',' && text.ptr[end] != '(' && text.ptr[end] != '*' &&
           text.ptr[end] != '_' && !dash_length(text, end))
        end++;
    return is_dateline_word(view_slice(text, at, end), *behind_comma) ? end : 0;
}

/* True when what stands at `at` begins a sentence. */
static bool begins_sentence(text_view text, size_t at) {
    return at < text.len && !ascii_is_lower((unsigned char)text.ptr[at]) &&
           !ascii_is_space((unsigned char)text.ptr[at]);
}

size_t dateline_length(text_view text) {
    text_view head =
        view_slice(text, 0, text.len < DATELINE_MAX_BYTES ? text.len : DATELINE_MAX_BYTES);
    const char *newline = memchr(head.ptr, '\n', head.len);
    if (newline) head.len = (size_t)(newline - head.ptr);
    bool behind_comma = false;
    size_t begin = skip_filler(head, 0), at = begin;
    while (at < head.len) {
        size_t dash = dash_length(head, at);
        if (dash) {
            size_t prose = skip_blanks(text, at + dash);
            return at > begin && begins_sentence(text, prose) ? prose : 0;
        }
        if (at == begin && (head.ptr[at] == ',' || head.ptr[at] == '(')) return 0;
        at = dateline_part(head, at, &behind_comma);
        if (at == 0) return 0;
        at = skip_filler(head, at);
    }
    return 0;
}

/* The value of a line "key: value", or a view with ptr NULL. */
static text_view header_value(text_view line, text_view key) {
    if (line.len <= key.len || line.ptr[key.len] != ':' ||
        !view_equal_ignoring_case(view_slice(line, 0, key.len), key))
        return (text_view){NULL, 0};
    return view_trim(view_slice(line, key.len + 1, line.len));
}

static bool read_header_line(text_metadata *m, text_view line, bool is_markdown) {
    const struct {
        text_view key;
        text_view *field;
    } headers[] = {{VIEW("title"), &m->title},
                   {VIEW("headline"), &m->title},
                   {VIEW("date"), &m->date},
                   {VIEW("outlet"), &m->outlet}};
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++) {
        text_view value = header_value(line, headers[i].key);
        if (!value.ptr) continue;
        *headers[i].field = value;
        return true;
    }
    if (!is_markdown || m->title.len || !view_starts_with(line, VIEW("# "))) return false;
    m->title = view_trim(view_slice(line, 2, line.len));
    return true;
}

static size_t read_header_lines(text_metadata *m, text_view text, bool is_markdown) {
    size_t at = view_skip_space(text, 0);
    while (at < text.len) {
        const char *newline = memchr(text.ptr + at, '\n', text.len - at);
        size_t end = newline ? (size_t)(newline - text.ptr) : text.len;
        if (!read_header_line(m, view_slice(text, at, end), is_markdown)) break;
        at = view_skip_space(text, end);
    }
    return at;
}

/* "date 2024-09-11", with a blank or a line end behind it. */
static size_t read_date_word(text_metadata *m, text_view text, size_t at) {
    text_view rest = view_slice(text, at, text.len);
    if (rest.len < 6 || !view_equal_ignoring_case(view_slice(rest, 0, 4), VIEW("date")) ||
        !is_blank(rest.ptr[4]))
        return at;
    size_t begin = skip_blanks(rest, 5);
    size_t len = date_iso_prefix(view_slice(rest, begin, rest.len));
    size_t end = begin + len;
    if (len == 0 || (end < rest.len && !ascii_is_space((unsigned char)rest.ptr[end]))) return at;
    if (m->date.len == 0) m->date = view_slice(rest, begin, end);
    return view_skip_space(text, at + end);
}

/* The line at `at` when it is a paragraph of its own with more text behind it; else empty. */
static text_view lone_line(text_view text, size_t at) {
    const char *newline = memchr(text.ptr + at, '\n', text.len - at);
    if (!newline) return (text_view){"", 0};
    size_t end = (size_t)(newline - text.ptr);
    size_t next = skip_blanks(text, end + 1);
    if (next < text.len && text.ptr[next] == '\r') next++;
    bool alone =
        next < text.len && text.ptr[next] == '\n' && view_skip_space(text, next) < text.len;
    return alone ? view_trim(view_slice(text, at, end)) : (text_view){"", 0};
}

/* True for a line that ends like a headline or byline, not like a sentence. */
static bool ends_open(text_view line) {
    char last = line.ptr[line.len - 1];
    return ascii_is_alpha((unsigned char)last) || ascii_is_digit((unsigned char)last) ||
           last == ')';
}

/* A headline without a key: a short first line that stands alone and is no sentence. */
static size_t read_headline(text_metadata *m, text_view text, size_t at) {
    if (at >= text.len) return at;
    text_view line = lone_line(text, at);
    if (m->title.len || line.len == 0 || line.len > HEADLINE_MAX_BYTES || !ends_open(line) ||
        !begins_sentence(line, 0) || dateline_length(line))
        return at;
    m->title = line;
    return view_skip_space(text, at + line.len);
}

static size_t skip_byline(text_view text, size_t at) {
    if (at >= text.len) return at;
    text_view line = lone_line(text, at);
    bool is_byline = line.len > 3 && line.len <= BYLINE_MAX_BYTES && ends_open(line) &&
                     view_equal_ignoring_case(view_slice(line, 0, 3), VIEW("by ")) &&
                     begins_sentence(line, 3);
    return is_byline ? view_skip_space(text, at + line.len) : at;
}

text_metadata text_metadata_read(text_view text, bool is_markdown) {
    text_metadata m = {{"", 0}, {"", 0}, {"", 0}, 0};
    if (text.len == 0) return m;
    size_t at = read_header_lines(&m, text, is_markdown);
    at = read_date_word(&m, text, at);
    at = read_headline(&m, text, at);
    at = skip_byline(text, at);
    m.body_begin = at + dateline_length(view_slice(text, at, text.len));
    return m;
}
