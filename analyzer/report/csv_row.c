#include "report/csv_row.h"

/* What a byte may be to the cells. */
enum { SPACE = 1, NO_BREAK = 2, QUOTED = 4 };

static const unsigned char traits[256] = {
    ['\t'] = SPACE,          ['\n'] = SPACE | QUOTED, ['\v'] = SPACE, ['\f'] = SPACE,
    ['\r'] = SPACE | QUOTED, [' '] = SPACE,           ['"'] = QUOTED, [','] = QUOTED,
    [0xC2] = NO_BREAK, /* of the two bytes of a no-break space */
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

static bool needs_quotes(text_view text) {
    int all = 0;
    for (size_t i = 0; i < text.len; i++)
        all |= traits[(unsigned char)text.ptr[i]];
    return all & QUOTED || (text.len && (text.ptr[0] == ' ' || text.ptr[text.len - 1] == ' '));
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

void csv_end_cell(csv_row *r) {
    text_view text = buffer_view(r->cell);
    if (!r->first) r->ok = r->ok && buffer_append(r->out, ",", 1);
    r->first = false;
    r->ok = r->ok &&
            (needs_quotes(text) ? append_quoted(r->out, text) : buffer_append_view(r->out, text));
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
    csv_append_folded(r, text);
    csv_end_text_cell(r);
}

void csv_name_cell(csv_row *r, text_view text) {
    csv_append(r, text);
    csv_end_text_cell(r);
}

void csv_word_cell(csv_row *r, const char *word) {
    csv_append(r, view_of(word));
    csv_end_cell(r);
}

void csv_append_number(csv_row *r, size_t number) {
    char digits[24];
    size_t first = sizeof digits;
    do {
        digits[--first] = (char)('0' + number % 10);
        number /= 10;
    } while (number);
    csv_append(r, (text_view){digits + first, sizeof digits - first});
}

void csv_number_cell(csv_row *r, size_t number) {
    csv_append_number(r, number);
    csv_end_cell(r);
}

void csv_append_score(csv_row *r, float score) {
    unsigned hundredths = score > 0 ? score < 1 ? (unsigned)(score * 100.0f + 0.5f) : 100 : 0;
    const char digits[] = {(char)('0' + hundredths / 100), '.', (char)('0' + hundredths / 10 % 10),
                           (char)('0' + hundredths % 10)};
    csv_append(r, (text_view){digits, sizeof digits});
}

void csv_score_cell(csv_row *r, float score) {
    csv_append_score(r, score);
    csv_end_cell(r);
}
