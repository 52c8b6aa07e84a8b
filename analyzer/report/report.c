#include "report/report.h"

#include "report/sqlite_record.h"
#include "report/sqlite_sink.h"

whosaid_status report_begin_nothing(const report_options *options, buffer *out,
                                    whosaid_error *err) {
    (void)options;
    (void)out;
    (void)err;
    return WHOSAID_OK;
}

static const report_format formats[] = {
    {.name = "csv",
     .endings = ".csv",
     .begin = csv_report_begin,
     .article = csv_report_article,
     .open_sink = file_sink_open},
    {.name = "jsonl",
     .endings = ".jsonl .ndjson",
     .begin = report_begin_nothing,
     .article = jsonl_report_article,
     .failure = jsonl_report_failure,
     .open_sink = file_sink_open},
    {.name = "html",
     .endings = ".html .htm",
     .explains = true,
     .begin = html_report_begin,
     .article = html_report_article,
     .open_sink = file_sink_open},
    {.name = "sqlite",
     .endings = ".db .sqlite .sqlite3",
     .begin = report_begin_nothing, /* its sink makes the tables */
     .article = sqlite_record_article,
     .file_only = true,
     .open_sink = sqlite_sink_open},
};

const report_format *report_format_find(const char *wanted) {
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (strcmp(formats[i].name, wanted) == 0) return &formats[i];
    return NULL;
}

/* endings: words that blanks divide. */
static bool has_ending(text_view path, text_view endings) {
    for (size_t begin = 0; begin < endings.len;) {
        size_t end = begin;
        while (end < endings.len && endings.ptr[end] != ' ')
            end++;
        if (view_ends_with(path, view_slice(endings, begin, end))) return true;
        begin = end + 1;
    }
    return false;
}

const report_format *report_format_of_path(const char *path) {
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (has_ending(view_of(path), view_of(formats[i].endings))) return &formats[i];
    return NULL;
}
