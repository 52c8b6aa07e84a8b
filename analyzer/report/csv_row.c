#include "report/csv_row.h"

#include <stdio.h>

void csv_append(csv_row *r, text_view text) {
    r->ok = r->ok && buffer_append_view(r->cell, text);
}

/* Length of the white space at the beginning of text[at..]: ASCII, or a no-break space. */
static size_t space_length(text_view text, size_t at) {
    if (ascii_is_space((unsigned char)text.ptr[at])) return 1;
    return view_starts_with(view_slice(text, at, text.len), VIEW("\xC2\xA0")) ? 2 : 0;
}

void csv_append_folded(csv_row *r, text_view text) {
    size_t at = 0;
    bool blank = false;
    while (at < text.len) {
        size_t space = space_length(text, at);
        if (space) {
            at += space;
            blank = true;
            continue;
        }
        size_t end = at;
        while (end < text.len && !space_length(text, end))
            end++;
        if (blank && r->cell->len) csv_append(r, VIEW(" "));
        csv_append(r, view_slice(text, at, end));
        blank = false;
        at = end;
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
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (c == ',' || c == '"' || c == '\r' || c == '\n') return true;
    }
    return text.len && (text.ptr[0] == ' ' || text.ptr[text.len - 1] == ' ');
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
    int len = snprintf(digits, sizeof digits, "%zu", number);
    csv_append(r, (text_view){digits, (size_t)len});
}

void csv_number_cell(csv_row *r, size_t number) {
    csv_append_number(r, number);
    csv_end_cell(r);
}

void csv_append_score(csv_row *r, float score) {
    unsigned hundredths = score > 0 ? score < 1 ? (unsigned)(score * 100.0f + 0.5f) : 100 : 0;
    char digits[8];
    int len = snprintf(digits, sizeof digits, "%u.%02u", hundredths / 100, hundredths % 100);
    csv_append(r, (text_view){digits, (size_t)len});
}

void csv_score_cell(csv_row *r, float score) {
    csv_append_score(r, score);
    csv_end_cell(r);
}
