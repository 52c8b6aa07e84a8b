/* score_options.h: what the user of `whosaid score` asked for. */
#ifndef CLI_SCORE_OPTIONS_H
#define CLI_SCORE_OPTIONS_H

#include "batch/article_filter.h"
#include "read/article_source.h"
#include "report/report.h"
#include "report/summary.h"

typedef struct score_arguments {
    const char **paths; /* [path_count], as given */
    size_t path_count;
    const char **targets;
    size_t target_count;
    const char *output, *models;
    const report_format *format; /* what the batch renders */
    bool table;                  /* --by was given */
    summary_by by;
    size_t workers, limit; /* 0: one a processor; no limit */
    float min_attribution;
    article_filter filter;
    csv_column_names columns;
    bool explain, raw_cells, unique, resume, quiet;
    bool ending_ignored; /* that of `output` looks like a format's and is none's */
} score_arguments;

/* Parses the words; exits with a message where they are wrong. False when memory is out. */
bool score_options_parse(score_arguments *a, int argc, char **argv);
void score_arguments_free(score_arguments *a);

/* What makes a run the one it is (report/sink.h): one line for each option that the report depends
 * on, the targets and the hash of the models. Two runs with the same lines over the same input give
 * the same report. The shard is left out. Errors: IO, NO_MEMORY. */
WHOSAID_CHECK whosaid_status score_identity(const score_arguments *a, const report_options *report,
                                            const char *models_folder, buffer *out,
                                            whosaid_error *err);

#endif
