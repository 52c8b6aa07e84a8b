#include "corpus/speaker_labels.h"

#include "base/array.h"
#include "base/buffer.h"
#include "base/error.h"
#include "base/offset_map.h"
#include "corpus/corpus_reader.h"
#include "corpus/folded_text.h"

#include <stdlib.h>

enum { COLUMNS = 7 };
static const char *const column_names[COLUMNS] = {"article", "statement",    "grade",     "speaker",
                                                  "role",    "reason start", "reason end"};

typedef struct label {
    text_view article, statement, speaker, role;
    anonymity_grade grade;
    bool has_reason;
    size_t reason_first, reason_end; /* code points */
    size_t line;
} label;

struct speaker_labels {
    arena *memory;
    buffer content; /* what the labels' views point into */
    char *path;
    ARRAY(label) items; /* by article, then statement */
    size_t used;
};

static int by_statement(const void *left, const void *right) {
    const label *a = left, *b = right;
    int order = view_compare(a->article, b->article);
    return order ? order : view_compare(a->statement, b->statement);
}

/* Splits a line at its tabs. False unless there are as many cells as columns. */
static bool split_cells(text_view line, text_view cells[COLUMNS]) {
    size_t column = 0, begin = 0;
    for (size_t i = 0; i <= line.len; i++) {
        if (i < line.len && line.ptr[i] != '\t') continue;
        if (column == COLUMNS) return false;
        cells[column++] = view_slice(line, begin, i);
        begin = i + 1;
    }
    return column == COLUMNS;
}

static bool read_number(text_view cell, size_t *out) {
    enum { DIGITS_MAX = 10 };
    *out = 0;
    if (!cell.len || cell.len > DIGITS_MAX) return false;
    for (size_t i = 0; i < cell.len; i++) {
        if (!ascii_is_digit((unsigned char)cell.ptr[i])) return false;
        *out = *out * 10 + (size_t)(cell.ptr[i] - '0');
    }
    return true;
}

static whosaid_status read_label(const speaker_labels *labels, const text_view cells[COLUMNS],
                                 label *out, whosaid_error *err) {
    out->article = cells[0];
    out->statement = cells[1];
    out->speaker = cells[3];
    out->role = cells[4];
    if (!anonymity_grade_parse(cells[2], &out->grade))
        return error_set(err, WHOSAID_SYNTAX, labels->path, out->line, "unknown grade \"%.*s\"",
                         EXCERPT(cells[2]));
    out->has_reason = cells[5].len || cells[6].len;
    if (out->has_reason &&
        (!read_number(cells[5], &out->reason_first) || !read_number(cells[6], &out->reason_end)))
        return error_set(err, WHOSAID_SYNTAX, labels->path, out->line,
                         "a reason begins and ends at a number of code points");
    return WHOSAID_OK;
}

static whosaid_status check_header(const speaker_labels *labels, const text_view cells[COLUMNS],
                                   whosaid_error *err) {
    for (size_t i = 0; i < COLUMNS; i++)
        if (!view_is(cells[i], column_names[i]))
            return error_set(err, WHOSAID_SYNTAX, labels->path, 1, "column %zu is not \"%s\"",
                             i + 1, column_names[i]);
    return WHOSAID_OK;
}

static whosaid_status read_lines(speaker_labels *labels, whosaid_error *err) {
    text_view rest = buffer_view(&labels->content), cells[COLUMNS];
    for (size_t line = 1; rest.len; line++) {
        const char *stop = memchr(rest.ptr, '\n', rest.len);
        size_t len = stop ? (size_t)(stop - rest.ptr) : rest.len;
        bool split = split_cells(view_slice(rest, 0, len), cells);
        rest = view_slice(rest, stop ? len + 1 : len, rest.len);
        if (!split)
            return error_set(err, WHOSAID_SYNTAX, labels->path, line,
                             "a line has %d cells, divided by tabs", (int)COLUMNS);
        label made = {.line = line};
        whosaid_status status =
            line == 1 ? check_header(labels, cells, err) : read_label(labels, cells, &made, err);
        if (status != WHOSAID_OK) return status;
        if (line > 1 && !array_push(labels->memory, &labels->items, made))
            return error_no_memory(err);
    }
    return WHOSAID_OK;
}

static whosaid_status sort_labels(speaker_labels *labels, whosaid_error *err) {
    if (labels->items.count)
        qsort(labels->items.items, labels->items.count, sizeof *labels->items.items, by_statement);
    for (size_t i = 1; i < labels->items.count; i++) {
        const label *one = &labels->items.items[i];
        if (by_statement(one - 1, one) == 0)
            return error_set(err, WHOSAID_SYNTAX, labels->path, one->line,
                             "statement \"%.*s\" is labelled twice", EXCERPT(one->statement));
    }
    return WHOSAID_OK;
}

whosaid_status speaker_labels_load(const char *path, speaker_labels **out, whosaid_error *err) {
    *out = NULL;
    speaker_labels *made = calloc(1, sizeof *made);
    if (!made) return error_no_memory(err);
    made->memory = arena_new();
    made->path = strdup(path);
    whosaid_status status = made->memory && made->path
                                ? corpus_file_read(path, true, &made->content, err)
                                : error_no_memory(err);
    if (status == WHOSAID_OK) status = read_lines(made, err);
    if (status == WHOSAID_OK) status = sort_labels(made, err);
    if (status == WHOSAID_OK)
        *out = made;
    else
        speaker_labels_free(made);
    return status;
}

void speaker_labels_free(speaker_labels *labels) {
    if (!labels) return;
    arena_free(labels->memory);
    buffer_free(&labels->content);
    free(labels->path);
    free(labels);
}

static whosaid_status set_reason(speaker_labels *labels, const label *one, const offset_map *map,
                                 annotated_quote *quote, whosaid_error *err) {
    quote->reason = (text_view){"", 0};
    quote->reason_spans = (span_list){NULL, 0};
    if (!one->has_reason) return WHOSAID_OK;
    if (one->reason_first >= one->reason_end || one->reason_end > map->code_points)
        return error_set(err, WHOSAID_SYNTAX, labels->path, one->line,
                         "the reason is outside the article's text");
    span *where = ARENA_NEW(labels->memory, span, 1);
    folded_text folded;
    if (!where) return error_no_memory(err);
    *where = (span){offset_map_to_bytes(map, one->reason_first),
                    offset_map_to_bytes(map, one->reason_end)};
    quote->reason_spans = (span_list){where, 1};
    if (!folded_text_build(labels->memory, view_slice(map->text, where->begin, where->end),
                           &folded))
        return error_no_memory(err);
    quote->reason = view_trim(folded.folded);
    return WHOSAID_OK;
}

static whosaid_status label_quote(speaker_labels *labels, const label *one, const offset_map *map,
                                  annotated_quote *quote, whosaid_error *err) {
    quote->has_anonymity = true;
    quote->grade = one->grade;
    quote->has_speaker = one->speaker.len > 0;
    quote->speaker_name = one->speaker;
    quote->speaker_role = one->role;
    labels->used++;
    return set_reason(labels, one, map, quote, err);
}

/* The first label of the article, or where it would stand. */
static size_t first_of_article(const speaker_labels *labels, text_view id) {
    size_t low = 0, high = labels->items.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (view_compare(labels->items.items[middle].article, id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

whosaid_status speaker_labels_join(speaker_labels *labels, const annotated_article *source,
                                   const annotated_article **out, whosaid_error *err) {
    size_t first = first_of_article(labels, source->id), end = first;
    while (end < labels->items.count && view_equal(labels->items.items[end].article, source->id))
        end++;
    *out = source;
    if (first == end) return WHOSAID_OK;
    annotated_article *made = ARENA_NEW(labels->memory, annotated_article, 1);
    annotated_quote *quotes = ARENA_NEW(labels->memory, annotated_quote, source->quote_count);
    offset_map map;
    if (!made || !quotes || !offset_map_build(labels->memory, source->text, &map))
        return error_no_memory(err);
    *made = *source;
    made->quotes = quotes;
    whosaid_status status = WHOSAID_OK;
    for (size_t i = 0; i < source->quote_count && status == WHOSAID_OK; i++) {
        quotes[i] = source->quotes[i];
        const label key = {.article = source->id, .statement = quotes[i].id};
        const label *one = bsearch(&key, labels->items.items + first, end - first,
                                   sizeof *labels->items.items, by_statement);
        if (one) status = label_quote(labels, one, &map, &quotes[i], err);
    }
    *out = made;
    return status;
}

size_t speaker_labels_used(const speaker_labels *labels) {
    return labels->used;
}
