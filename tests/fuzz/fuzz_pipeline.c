/* Everything behind reading, with the models that ship: a text becomes a report in every format.
 * The reports are read again: JSON gives each span's text, CSV the same cells in every row. */
#include "fuzz.h"

#include "analyzer.h"
#include "base/offset_map.h"
#include "base/utf8.h"
#include "report/csv_row.h"

#include <csv.h>
#include <jansson.h>
#include <string.h>

static whosaid_analyzer *analyzer(void) {
    static whosaid_analyzer *opened; /* kept until the process ends */
    whosaid_options options = whosaid_options_default();
    options.models_folder = SOURCE_DIR "/models";
    options.min_attribution_score = 0.01f;
    options.explain = 1;
    if (!opened) MUST(whosaid_analyzer_open(&options, &opened, NULL) == WHOSAID_OK);
    return opened;
}

static void check_spans(const offset_map *points, const json_t *list) {
    size_t index;
    json_t *item;
    MUST(json_is_array(list));
    json_array_foreach(list, index, item) {
        size_t start = (size_t)json_integer_value(json_object_get(item, "start"));
        size_t end = (size_t)json_integer_value(json_object_get(item, "end"));
        MUST(start < end && end <= points->code_points);
        uint32_t from = offset_map_to_bytes(points, start), to = offset_map_to_bytes(points, end);
        const json_t *said = json_object_get(item, "text");
        text_view text = {json_string_value(said), json_string_length(said)};
        MUST(view_equal(view_slice(points->text, from, to), text));
    }
}

static void check_json(text_view report, text_view text, size_t statements, arena *memory) {
    json_t *object = json_loadb(report.ptr, report.len, JSON_REJECT_DUPLICATES, NULL);
    MUST(object && json_object_size(object) >= 6);
    const json_t *written = json_object_get(object, "text");
    text_view back = {json_string_value(written), json_string_length(written)};
    MUST(view_equal(back, text));
    offset_map points;
    MUST(offset_map_build(memory, text, &points));
    const json_t *quotes = json_object_get(object, "quotes");
    size_t index;
    json_t *quote;
    MUST(json_array_size(quotes) == statements);
    json_array_foreach(quotes, index, quote) {
        check_spans(&points, json_object_get(quote, "cue"));
        check_spans(&points, json_object_get(quote, "sources"));
        check_spans(&points, json_object_get(quote, "contents"));
    }
    json_decref(object);
}

typedef struct table {
    size_t cells, columns, rows;
} table;

static void end_cell(void *bytes, size_t len, void *context) {
    table *t = context;
    MUST(!csv_is_formula((text_view){bytes, len}));
    MUST(utf8_first_invalid((text_view){bytes, len}) == len);
    t->cells++;
}

static void end_row(int end, void *context) {
    table *t = context;
    (void)end;
    if (t->rows++ == 0) t->columns = t->cells;
    MUST(t->cells == t->columns);
    t->cells = 0;
}

static void check_csv(text_view report, size_t statements) {
    struct csv_parser parser;
    table t = {0};
    MUST(csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) == 0);
    MUST(csv_parse(&parser, report.ptr, report.len, end_cell, end_row, &t) == report.len);
    MUST(csv_fini(&parser, end_cell, end_row, &t) == 0);
    csv_free(&parser);
    MUST(t.rows == 1 + statements);
}

static void report(const article *a, const char *format_name, buffer *out) {
    const report_format *format = report_format_find(format_name);
    report_options options = analyzer_report_options(analyzer());
    MUST(format->begin(&options, out, NULL) == WHOSAID_OK);
    MUST(format->article(a, &options, out, NULL) == WHOSAID_OK);
}

void fuzz_one(const uint8_t *data, size_t size) {
    text_view text = {(const char *)data, size};
    if (utf8_first_invalid(text) < size || (size && memchr(data, '\0', size))) return;
    arena *memory = arena_new();
    article a = {.arena = memory,
                 .id = VIEW("=input"),
                 .title = VIEW("@\ttitle"),
                 .outlet = VIEW("-\r\noutlet \"x\""),
                 .text = text,
                 .body = {0, (uint32_t)size}};
    MUST(analyzer_run(analyzer(), &a, NULL) == WHOSAID_OK);
    fuzz_check_article(&a, true);
    buffer lines = {0}, cells = {0};
    report(&a, "jsonl", &lines);
    check_json(buffer_view(&lines), text, a.attribution_count, memory);
    report(&a, "csv", &cells);
    check_csv(buffer_view(&cells), a.attribution_count);
    if (a.attribution_count) fuzz_accept();
    buffer_free(&lines);
    buffer_free(&cells);
    arena_free(memory);
}
