#include "report/csv_row.h"

/* What a byte may be to the cells. */
enum { SPACE = 1, NO_BREAK = 2 };

static const unsigned char traits[256] = {
    ['\t'] = SPACE, ['\n'] = SPACE, ['\v'] = SPACE,    ['\f'] = SPACE,
    ['\r'] = SPACE, [' '] = SPACE,  [0xC2] = NO_BREAK, /* of the two bytes of a no-break space */
};

static bool byte_is(text_view text, size_t at, int trait) {
    return traits[(unsigned char)text.ptr[at]] & trait;
}

void csv_append(csv_row *r, text_view text) {
    r->ok = r->ok && buffer_append_view(r->cell, text);
}

/* Length of the white space at text[at]: ASCII, or a no-break space. */
static size_t space_length(text_view text, size_t at) {
    if (byte_is(text, at, SPACE)) return 1;
    bool no_break = byte_is(text, at, NO_BREAK) && at + 1 < text.len && text.ptr[at + 1] == '\xA0';
    return no_break ? 2 : 0;
}

/* End of the run without white space from `at`. */
static size_t run_end(text_view text, size_t at) {
    for (;; at++) {
        while (at < text.len && !byte_is(text, at, SPACE | NO_BREAK))
            at++;
        if (at == text.len || space_length(text, at)) return at;
    }
}

/* Runs with one blank between are copied together. */
void csv_append_folded(csv_row *r, text_view text) {
    size_t at = 0, step;
    while (at < text.len && (step = space_length(text, at)))
        at += step;
    if (at && at < text.len && r->cell->len) csv_append(r, VIEW(" "));
    for (size_t begin = at; at < text.len; begin = at) {
        size_t end = run_end(text, at);
        while (end + 1 < text.len && text.ptr[end] == ' ' && !space_length(text, end + 1))
            end = run_end(text, end + 1);
        csv_append(r, view_slice(text, begin, end));
        at = end;
        while (at < text.len && (step = space_length(text, at)))
            at += step;
        if (at < text.len) csv_append(r, VIEW(" "));
    }
}

bool csv_is_formula(text_view text) {
    static const text_view starts[] = {{"=", 1},
                                       {"+", 1},
                                       {"-", 1},
                                       {"@", 1},
                                       {"\t", 1},
                                       {"\r", 1},
                                       {"\xEF\xBC\x9D", 3}, /* full-width = + - @ */
                                       {"\xEF\xBC\x8B", 3},
                                       {"\xEF\xBC\x8D", 3},
                                       {"\xEF\xBC\xA0", 3}};
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (view_starts_with(text, starts[i])) return true;
    return false;
}

/* Most texts are folded already. All bytes are looked at, without a branch, since the compiler then
 * takes many at a time. */
static bool is_folded(text_view text) {
    if (text.len == 0) return true;
    const unsigned char *bytes = (const unsigned char *)text.ptr;
    unsigned char found = bytes[0] == ' ';
    for (size_t i = 0; i + 1 < text.len; i++)
        found |= (unsigned char)((bytes[i] >= '\t') & (bytes[i] <= '\r')) | (bytes[i] == 0xC2) |
                 (unsigned char)((bytes[i] == ' ') & (bytes[i + 1] == ' '));
    return !found && !(traits[bytes[text.len - 1]] & (SPACE | NO_BREAK));
}

static bool needs_quotes(text_view text) {
    const unsigned char *bytes = (const unsigned char *)text.ptr;
    unsigned char found = 0;
    for (size_t i = 0; i < text.len; i++)
        found |= (bytes[i] == '"') | (bytes[i] == ',') | (bytes[i] == '\n') | (bytes[i] == '\r');
    return found || (text.len && (bytes[0] == ' ' || bytes[text.len - 1] == ' '));
}

static bool append_quoted(buffer *out, text_view text) {
    bool ok = buffer_append(out, "\"", 1);
    while (ok && text.len) {
        const char *mark = memchr(text.ptr, '"', text.len);
        size_t len = mark ? (size_t)(mark - text.ptr) + 1 : text.len;
        ok = buffer_append(out, text.ptr, len) && (!mark || buffer_append(out, "\"", 1));
        text = view_slice(text, len, text.len);
    }
    return ok && buffer_append(out, "\"", 1);
}

/* A whole cell that needs no quotes. */
static void put_plain(csv_row *r, text_view text) {
    if (!r->ok || !buffer_reserve(r->out, text.len + 1)) {
        r->ok = false;
        return;
    }
    char *at = r->out->data + r->out->len;
    if (!r->first) *at++ = ',';
    if (text.len) memcpy(at, text.ptr, text.len);
    r->out->len = (size_t)(at - r->out->data) + text.len;
    r->first = false;
}

static void put_cell(csv_row *r, text_view text) {
    if (!needs_quotes(text)) {
        put_plain(r, text);
        return;
    }
    put_plain(r, VIEW(""));
    r->ok = r->ok && append_quoted(r->out, text);
}

void csv_end_cell(csv_row *r) {
    put_cell(r, buffer_view(r->cell));
    r->cell->len = 0;
}

void csv_end_text_cell(csv_row *r) {
    if (!r->raw_cells && csv_is_formula(buffer_view(r->cell))) {
        if (!buffer_reserve(r->cell, 1)) {
            r->ok = false;
            return;
        }
        memmove(r->cell->data + 1, r->cell->data, r->cell->len);
        r->cell->data[0] = '\'';
        r->cell->len++;
    }
    csv_end_cell(r);
}

void csv_text_cell(csv_row *r, text_view text) {
    if (is_folded(text) && (r->raw_cells || !csv_is_formula(text))) {
        put_cell(r, text);
        return;
    }
    csv_append_folded(r, text);
    csv_end_text_cell(r);
}

void csv_name_cell(csv_row *r, text_view text) {
    csv_append(r, text);
    csv_end_text_cell(r);
}

void csv_word_cell(csv_row *r, const char *word) {
    put_plain(r, view_of(word));
}

enum { NUMBER_BYTES = 24, SCORE_BYTES = 4 };

/* Written at the end of `digits`. */
static text_view number_text(size_t number, char digits[NUMBER_BYTES]) {
    size_t first = NUMBER_BYTES;
    do {
        digits[--first] = (char)('0' + number % 10);
        number /= 10;
    } while (number);
    return (text_view){digits + first, NUMBER_BYTES - first};
}

static text_view score_text(float score, char digits[SCORE_BYTES]) {
    unsigned hundredths = score > 0 ? score < 1 ? (unsigned)(score * 100.0f + 0.5f) : 100 : 0;
    digits[0] = (char)('0' + hundredths / 100);
    digits[1] = '.';
    digits[2] = (char)('0' + hundredths / 10 % 10);
    digits[3] = (char)('0' + hundredths % 10);
    return (text_view){digits, SCORE_BYTES};
}

void csv_append_number(csv_row *r, size_t number) {
    char digits[NUMBER_BYTES];
    csv_append(r, number_text(number, digits));
}

void csv_number_cell(csv_row *r, size_t number) {
    char digits[NUMBER_BYTES];
    put_plain(r, number_text(number, digits));
}

void csv_append_score(csv_row *r, float score) {
    char digits[SCORE_BYTES];
    csv_append(r, score_text(score, digits));
}

void csv_score_cell(csv_row *r, float score) {
    char digits[SCORE_BYTES];
    put_plain(r, score_text(score, digits));
}
