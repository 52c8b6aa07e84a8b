/* report.h: an attributed article as a piece of a report. Pieces are made on any thread, each into
 * its own buffer, and put one behind the other: begin, then one piece an article.
 *
 * To add a format: one file with its functions, one entry in report.c. */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include "article.h"
#include "base/buffer.h"

/* What a report needs to know of a stance target. */
typedef struct report_target {
    text_view name;
    const text_view *labels; /* [label_count] */
    size_t label_count;
} report_target;

/* The name of the label that a stance has toward the target, or "undecided". */
static inline text_view report_label(const report_target *target, uint32_t label) {
    return label < target->label_count ? target->labels[label] : VIEW("undecided");
}

typedef struct report_options {
    const report_target *targets; /* [target_count], borrowed; stance.target is an index into it */
    size_t target_count;
    bool explain;   /* with what decided each stance */
    bool raw_cells; /* CSV: leave cells alone that a spreadsheet would run as a formula */
    bool unique;    /* leave articles out whose text already stood in the input */
} report_options;

struct report_sink;
struct sink_options;

typedef struct report_format {
    const char *name;    /* as --format takes it */
    const char *endings; /* of the files that have it when no --format is given: ".db .sqlite" */
    bool explains;       /* it shows what decided a stance: the analyzer is to say so */
    /* What stands before the first article, such as a header row; may be nothing. */
    whosaid_status (*begin)(const report_options *options, buffer *out, whosaid_error *err);
    /* One article; what it needs on the way comes from the article's arena. Error: NO_MEMORY. */
    whosaid_status (*article)(const article *article, const report_options *options, buffer *out,
                              whosaid_error *err);
    /* Stands for an article that could not be read, where a program waits for one answer to each
     * line; id may be empty. NULL: the format has no such thing. Error: NO_MEMORY. */
    whosaid_status (*failure)(text_view id, const whosaid_error *cause, buffer *out,
                              whosaid_error *err);
    bool file_only; /* its pieces are no stream of bytes: only its sink can read them */
    /* Where the pieces go (sink.h). */
    whosaid_status (*open_sink)(const struct sink_options *options, struct report_sink **out,
                                whosaid_error *err);
} report_format;

/* The format called `wanted`, or NULL. */
const report_format *report_format_find(const char *wanted);

/* The format that the ending of a file name asks for, or NULL. */
const report_format *report_format_of_path(const char *path);

/* The names of all formats, for messages. */
#define REPORT_FORMAT_NAMES "csv, jsonl, html, sqlite"

/* The `begin` of a format that has nothing before its first article. */
whosaid_status report_begin_nothing(const report_options *options, buffer *out, whosaid_error *err);

/* RFC 4180, one row a statement and target; the columns stand in README.md. */
whosaid_status csv_report_begin(const report_options *options, buffer *out, whosaid_error *err);
whosaid_status csv_report_article(const article *article, const report_options *options,
                                  buffer *out, whosaid_error *err);

/* One JSON object a line; its fields stand in manual/whosaid-article.5.scd. */
whosaid_status jsonl_report_article(const article *article, const report_options *options,
                                    buffer *out, whosaid_error *err);
whosaid_status jsonl_report_failure(text_view id, const whosaid_error *cause, buffer *out,
                                    whosaid_error *err);

/* One page to be looked at in a browser: annotated articles inside a page that shows them. It needs
 * no network and no other file. */
whosaid_status html_report_begin(const report_options *options, buffer *out, whosaid_error *err);
whosaid_status html_report_article(const article *article, const report_options *options,
                                   buffer *out, whosaid_error *err);

#endif
