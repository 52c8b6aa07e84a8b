/* Reports that a program writes. */
#include "api/scored_article.h"
#include "api/struct_size.h"
#include "report/sink.h"

#include <stdlib.h>

struct whosaid_report {
    const whosaid_analyzer *analyzer;
    const report_format *format;
    report_options options;
    report_sink *sink;
    bool has_failed;
};

/* path: NULL for a report in memory. */
static whosaid_status choose_format(const whosaid_report_options *asked, const char *path,
                                    const report_format **format, bool *raw_cells,
                                    whosaid_error *err) {
    whosaid_report_options known = whosaid_report_options_default();
    whosaid_status status = WHOSAID_OK;
    if (asked)
        status = struct_take(&known, sizeof known, asked, WHOSAID_REPORT_OPTIONS_SIZE_1,
                             "whosaid_report_options", err);
    if (status != WHOSAID_OK) return status;
    *raw_cells = known.raw_cells != 0;
    *format = NULL;
    if (known.format)
        *format = report_format_find(known.format);
    else if (path)
        *format = report_format_of_path(path);
    if (!*format && !known.format) *format = report_format_find("csv");
    if (*format) return WHOSAID_OK;
    return error_set(err, WHOSAID_USAGE, NULL, 0, "no report format is called %s (there are %s)",
                     known.format, REPORT_FORMAT_NAMES);
}

static whosaid_status render(const report_format *format, const report_options *options,
                             const article *a, buffer *out, whosaid_error *err) {
    whosaid_status status = format->begin(options, out, err);
    if (status == WHOSAID_OK) status = format->article(a, options, out, err);
    if (status == WHOSAID_OK && !buffer_append(out, "", 1)) status = error_no_memory(err);
    return status;
}

/* A writer allocates from the article's arena: gives it the flat copy with one of its own. */
static whosaid_status with_scratch(const scored_article *scored, article *out, whosaid_error *err) {
    *out = scored->article;
    out->arena = arena_new();
    return out->arena ? WHOSAID_OK : error_no_memory(err);
}

whosaid_status whosaid_article_report(const whosaid_article *view,
                                      const whosaid_report_options *asked, char **out, size_t *len,
                                      whosaid_error *err) {
    const scored_article *scored = scored_article_of(view);
    report_options options = analyzer_report_options(scored->analyzer);
    const report_format *format;
    *out = NULL;
    *len = 0;
    whosaid_status status = choose_format(asked, NULL, &format, &options.raw_cells, err);
    if (status != WHOSAID_OK) return status;
    if (format->file_only)
        return error_set(err, WHOSAID_USAGE, NULL, 0, "a report as %s can only be a file",
                         format->name);
    article own;
    status = with_scratch(scored, &own, err);
    if (status != WHOSAID_OK) return status;
    buffer bytes = {0};
    status = render(format, &options, &own, &bytes, err);
    arena_free(own.arena);
    if (status != WHOSAID_OK) {
        buffer_free(&bytes);
        return status;
    }
    *out = bytes.data;
    *len = bytes.len - 1;
    return WHOSAID_OK;
}

void whosaid_free(void *memory) {
    free(memory);
}

/* Writes what stands before the first article, unless that is nothing. */
static whosaid_status write_begin(whosaid_report *report, whosaid_error *err) {
    buffer bytes = {0};
    whosaid_status status = report->format->begin(&report->options, &bytes, err);
    if (status == WHOSAID_OK && bytes.len)
        status = report->sink->write(report->sink, buffer_view(&bytes), err);
    buffer_free(&bytes);
    return status;
}

whosaid_status whosaid_report_open(const whosaid_analyzer *analyzer, const char *path,
                                   const whosaid_report_options *asked, whosaid_report **out,
                                   whosaid_error *err) {
    *out = NULL;
    if (!path) return error_set(err, WHOSAID_USAGE, NULL, 0, "the report has no path");
    whosaid_report *report = calloc(1, sizeof *report);
    if (!report) return error_no_memory(err);
    report->analyzer = analyzer;
    report->options = analyzer_report_options(analyzer);
    whosaid_status status =
        choose_format(asked, path, &report->format, &report->options.raw_cells, err);
    const sink_options options = {
        .path = path, .identity = VIEW("a program's report\n"), .no_journal = true};
    if (status == WHOSAID_OK) status = report->format->open_sink(&options, &report->sink, err);
    if (status == WHOSAID_OK) status = write_begin(report, err);
    if (status == WHOSAID_OK) {
        *out = report;
        return WHOSAID_OK;
    }
    whosaid_status closed = whosaid_report_close(report, 0, NULL);
    (void)closed;
    return status;
}

static whosaid_status add_article(whosaid_report *report, const scored_article *scored,
                                  whosaid_error *err) {
    article own;
    buffer bytes = {0};
    whosaid_status status = with_scratch(scored, &own, err);
    if (status != WHOSAID_OK) return status;
    status = report->format->article(&own, &report->options, &bytes, err);
    if (status == WHOSAID_OK && bytes.len)
        status = report->sink->write(report->sink, buffer_view(&bytes), err);
    buffer_free(&bytes);
    arena_free(own.arena);
    return status;
}

whosaid_status whosaid_report_add(whosaid_report *report, const whosaid_article *view,
                                  whosaid_error *err) {
    const scored_article *scored = scored_article_of(view);
    if (report->has_failed)
        return error_set(err, WHOSAID_USAGE, NULL, 0, "the report has failed before");
    if (scored->analyzer != report->analyzer)
        return error_set(err, WHOSAID_USAGE, view->id, 0,
                         "the article was scored by another analyzer than the report's");
    whosaid_status status = add_article(report, scored, err);
    report->has_failed = status != WHOSAID_OK;
    return status;
}

whosaid_status whosaid_report_close(whosaid_report *report, int keep, whosaid_error *err) {
    if (!report) return WHOSAID_OK;
    whosaid_status status = WHOSAID_OK;
    bool is_whole = keep && !report->has_failed;
    if (report->sink)
        status = report->sink->close(report->sink, is_whole ? SINK_COMPLETE : SINK_DROPPED, err);
    free(report);
    return status;
}
