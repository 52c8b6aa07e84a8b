/* The CSV report. A cell of text that begins with = + - @ (or their full-width forms), where a
 * spreadsheet would see a formula, gets an apostrophe in front; options.raw_cells leaves it out.
 * White space in cells of text is folded, so such a cell never begins with a tab or line end. */
#include "report/report.h"

#include "base/error.h"
#include "base/offset_map.h"

#include <stdio.h>

static const char header[] =
    "article,date,outlet,title,quote_id,type,kind,quote,cue,source,speaker,role,speaker_score,"
    "anonymity,anonymity_score,anonymity_reason,target,stance,stance_score,stance_scores,"
    "start,end,paragraph\r\n";

/* One row in the making. A failed append makes `ok` false; what follows is then without effect. */
typedef struct row {
    buffer *out;
    buffer *cell; /* the text of the cell before quoting */
    bool raw_cells, first, ok;
} row;

static void cell_append(row *r, text_view text) {
    r->ok = r->ok && buffer_append_view(r->cell, text);
}

/* Length of the white space at the beginning of text[at..]: ASCII, or a no-break space. */
static size_t space_length(text_view text, size_t at) {
    if (ascii_is_space((unsigned char)text.ptr[at])) return 1;
    return view_starts_with(view_slice(text, at, text.len), VIEW("\xC2\xA0")) ? 2 : 0;
}

/* Adds `text` with each run of white space as one blank and none at the ends. */
static void cell_append_folded(row *r, text_view text) {
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
        if (blank && r->cell->len) cell_append(r, VIEW(" "));
        cell_append(r, view_slice(text, at, end));
        blank = false;
        at = end;
    }
}

static bool is_formula(text_view text) {
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

/* Writes the collected cell behind the ones before it. */
static void cell_end(row *r) {
    text_view text = buffer_view(r->cell);
    if (!r->first) r->ok = r->ok && buffer_append(r->out, ",", 1);
    r->first = false;
    r->ok = r->ok &&
            (needs_quotes(text) ? append_quoted(r->out, text) : buffer_append_view(r->out, text));
    r->cell->len = 0;
}

/* A cell of foreign text: made safe for spreadsheets. */
static void text_cell_end(row *r) {
    if (!r->raw_cells && is_formula(buffer_view(r->cell))) {
        if (!buffer_reserve(r->cell, 1)) {
            r->ok = false;
            return;
        }
        memmove(r->cell->data + 1, r->cell->data, r->cell->len);
        r->cell->data[0] = '\'';
        r->cell->len++;
    }
    cell_end(r);
}

static void text_cell(row *r, text_view text) {
    cell_append_folded(r, text);
    text_cell_end(r);
}

/* The article's name must stay what it is, so white space is not folded. */
static void name_cell(row *r, text_view text) {
    cell_append(r, text);
    text_cell_end(r);
}

static void word_cell(row *r, const char *word) {
    cell_append(r, view_of(word));
    cell_end(r);
}

static void append_number(row *r, size_t number) {
    char digits[24];
    int len = snprintf(digits, sizeof digits, "%zu", number);
    cell_append(r, (text_view){digits, (size_t)len});
}

static void number_cell(row *r, size_t number) {
    append_number(r, number);
    cell_end(r);
}

/* A probability with two decimals, whatever the locale. What is no number counts as 0. */
static void append_score(row *r, float score) {
    unsigned hundredths = score > 0 ? score < 1 ? (unsigned)(score * 100.0f + 0.5f) : 100 : 0;
    char digits[8];
    int len = snprintf(digits, sizeof digits, "%u.%02u", hundredths / 100, hundredths % 100);
    cell_append(r, (text_view){digits, (size_t)len});
}

static void score_cell(row *r, float score) {
    append_score(r, score);
    cell_end(r);
}

static void ranges_cell(row *r, const article *a, token_ranges ranges) {
    for (size_t i = 0; i < ranges.count; i++) {
        if (i > 0) cell_append(r, VIEW(" [...] "));
        cell_append_folded(r, range_text(a, ranges.items[i]));
    }
    text_cell_end(r);
}

static void stance_cells(row *r, const report_options *options, const stance *s) {
    if (!s || s->target >= options->target_count) {
        for (int i = 0; i < 4; i++)
            word_cell(r, "");
        return;
    }
    const report_target *target = &options->targets[s->target];
    bool decided = s->label != STANCE_UNDECIDED && s->label < target->label_count;
    bool known = s->best_label < target->label_count;
    name_cell(r, target->name);
    cell_append(r, decided ? target->labels[s->label] : VIEW("undecided"));
    cell_end(r);
    if (known)
        score_cell(r, s->scores[s->best_label]);
    else
        word_cell(r, "");
    for (size_t i = 0; i < target->label_count; i++) {
        if (i > 0) cell_append(r, VIEW(";"));
        cell_append(r, target->labels[i]);
        cell_append(r, VIEW("="));
        append_score(r, s->scores[i]);
    }
    cell_end(r);
}

static void place_cells(row *r, const article *a, const offset_map *points, token_ranges contents) {
    span bytes = range_bytes(a, contents.items[0]);
    number_cell(r, offset_map_to_code_points(points, bytes.begin));
    number_cell(r, offset_map_to_code_points(points, bytes.end));
    number_cell(r, (size_t)a->tokens[contents.items[0].first].paragraph + 1);
}

static void write_row(row *r, const article *a, const offset_map *points, size_t index,
                      const stance *s, const report_options *options) {
    const attribution *statement = &a->attributions[index];
    name_cell(r, a->id);
    text_cell(r, a->date);
    text_cell(r, a->outlet);
    text_cell(r, a->title);
    cell_append(r, VIEW("q"));
    number_cell(r, index + 1);
    word_cell(r, quote_type_name(statement->type));
    word_cell(r, statement_kind_name(statement->kind));
    ranges_cell(r, a, statement->contents);
    ranges_cell(r, a, statement->cues);
    ranges_cell(r, a, statement->sources);
    text_cell(r, statement->speaker.name);
    text_cell(r, statement->speaker.role);
    score_cell(r, statement->speaker.score);
    word_cell(r, anonymity_grade_name(statement->anonymity.grade));
    score_cell(r, statement->anonymity.score);
    text_cell(r, statement->anonymity.reason);
    stance_cells(r, options, s);
    place_cells(r, a, points, statement->contents);
    r->ok = r->ok && buffer_append(r->out, "\r\n", 2);
}

whosaid_status csv_report_begin(buffer *out, whosaid_error *err) {
    return buffer_append(out, header, sizeof header - 1) ? WHOSAID_OK : error_no_memory(err);
}

whosaid_status csv_report_article(const article *a, const report_options *options, buffer *out,
                                  whosaid_error *err) {
    offset_map points;
    if (!offset_map_build(a->arena, a->text, &points)) return error_no_memory(err);
    buffer cell = {0};
    bool ok = true;
    for (size_t i = 0; ok && i < a->attribution_count; i++) {
        const attribution *statement = &a->attributions[i];
        size_t rows = statement->stance_count ? statement->stance_count : 1;
        for (size_t k = 0; ok && k < rows; k++) {
            row r = {.out = out,
                     .cell = &cell,
                     .raw_cells = options->raw_cells,
                     .first = true,
                     .ok = true};
            const stance *s = statement->stance_count ? &statement->stances[k] : NULL;
            write_row(&r, a, &points, i, s, options);
            ok = r.ok;
        }
    }
    buffer_free(&cell);
    return ok ? WHOSAID_OK : error_no_memory(err);
}
