/* whosaid score: the main job. Options, messages and the exit status; the work is batch_run's. */
#include "analyzer.h"
#include "base/error.h"
#include "batch/batch.h"
#include "cli/command.h"
#include "cli/message.h"
#include "cli/models_folder.h"
#include "cli/progress.h"
#include "report/output_file.h"
#include "report/summary.h"

#include <argp.h>
#include <stdlib.h>
#include <unistd.h>

enum { SKIPPED_SHOWN = 10, MAX_WORKERS = 1024, PATH_BYTES = 4096 + 64 };

enum {
    OPTION_FORMAT = 256,
    OPTION_TARGET,
    OPTION_MODELS,
    OPTION_MIN_ATTRIBUTION,
    OPTION_BY,
    OPTION_EXPLAIN,
    OPTION_RAW_CELLS,
    OPTION_UNIQUE,
    OPTION_COLUMN /* and one for each further csv_field */
};

static const struct argp_option options[] = {
    {"output", 'o', "FILE", 0, "Write the report to FILE instead of standard output", 0},
    {"format", OPTION_FORMAT, "NAME", 0, "csv (the default) or jsonl", 0},
    {"by", OPTION_BY, "KEY", 0,
     "A table over all articles instead of the statements: by speaker (statements, stances, dates) "
     "or by "
     "outlet (share of anonymous statements, with and without a stated reason)",
     0},
    {"target", OPTION_TARGET, "NAME", 0,
     "Report the stance toward this target; may be given several times. Default: every target "
     "that has a model",
     0},
    {"models", OPTION_MODELS, "DIR", 0, "Load the models from DIR", 0},
    {"jobs", 'j', "N", 0, "Analyze N articles at once. Default: one a processor", 0},
    {"min-attribution", OPTION_MIN_ATTRIBUTION, "P", 0,
     "Leave out statements that are less probable than P (0 to 1, default 0.3)", 0},
    {"explain", OPTION_EXPLAIN, NULL, 0,
     "Say for each stance which words decided it, and their weights: a column stance_why at the "
     "end, in JSON the field why",
     0},
    {"raw-cells", OPTION_RAW_CELLS, NULL, 0,
     "CSV: put no apostrophe before cells that a spreadsheet would run as a formula", 0},
    {"unique", OPTION_UNIQUE, NULL, 0,
     "Leave articles out whose text already stood in the input; without it they are marked", 0},
    {"text-column", OPTION_COLUMN + CSV_TEXT, "NAME", 0,
     "CSV input: the column with the text. Default: text, body or content", 0},
    {"id-column", OPTION_COLUMN + CSV_ID, "NAME", 0, "CSV input: the column with the id", 0},
    {"title-column", OPTION_COLUMN + CSV_TITLE, "NAME", 0, "CSV input: with the headline", 0},
    {"date-column", OPTION_COLUMN + CSV_DATE, "NAME", 0, "CSV input: with the date", 0},
    {"outlet-column", OPTION_COLUMN + CSV_OUTLET, "NAME", 0, "CSV input: with the outlet", 0},
    {"quiet", 'q', NULL, 0, "Tell failures only: no progress, no notes, no summary", 0},
    {0}};

static const char about[] =
    "Reports who said what in articles, how openly, and where they stand.\v"
    "PATH is a file, a folder, which is searched recursively, or - for JSON Lines on standard "
    "input. Files are .txt, .md, .html, .json, .jsonl, .csv and .warc, each also with .gz, .zst, "
    ".bz2 or .xz, and the archives .zip and .tar (.tar.gz and so on).\n\n"
    "Exit status: 0 everything scored; 1 wrong usage; 2 some inputs could not be read: each is "
    "named on standard error and everything else is scored; 3 nothing could be done.";

typedef struct score_arguments {
    const char **paths; /* [path_count], in the order of their bytes */
    size_t path_count;
    const char **targets;
    size_t target_count;
    const char *output, *models;
    const report_format *format; /* NULL: csv, or what the table needs */
    bool table;                  /* --by was given */
    summary_by by;
    size_t workers;
    float min_attribution;
    csv_column_names columns;
    bool explain, raw_cells, unique, quiet;
} score_arguments;

static size_t parse_workers(const char *argument, struct argp_state *state) {
    char *end;
    unsigned long value = strtoul(argument, &end, 10);
    if (*argument < '0' || *argument > '9' || *end || value < 1 || value > MAX_WORKERS)
        argp_error(state, "-j takes a number from 1 to %d, not `%s'", MAX_WORKERS, argument);
    return (size_t)value;
}

static float parse_probability(const char *argument, struct argp_state *state) {
    char *end;
    double value = strtod(argument, &end);
    if (end == argument || *end || !(value >= 0 && value <= 1))
        argp_error(state, "--min-attribution takes a number from 0 to 1, not `%s'", argument);
    return (float)value;
}

static summary_by parse_by(const char *argument, struct argp_state *state) {
    if (strcmp(argument, "speaker") == 0) return SUMMARY_BY_SPEAKER;
    if (strcmp(argument, "outlet") != 0)
        argp_error(state, "--by takes speaker or outlet, not `%s'", argument);
    return SUMMARY_BY_OUTLET;
}

static error_t parse_option(int key, char *argument, struct argp_state *state) {
    score_arguments *a = state->input;
    switch (key) {
    case 'o': a->output = argument; return 0;
    case 'j': a->workers = parse_workers(argument, state); return 0;
    case 'q': a->quiet = true; return 0;
    case OPTION_BY: a->by = parse_by(argument, state), a->table = true; return 0;
    case OPTION_TARGET: a->targets[a->target_count++] = argument; return 0;
    case OPTION_MODELS: a->models = argument; return 0;
    case OPTION_MIN_ATTRIBUTION: a->min_attribution = parse_probability(argument, state); return 0;
    case OPTION_EXPLAIN: a->explain = true; return 0;
    case OPTION_RAW_CELLS: a->raw_cells = true; return 0;
    case OPTION_UNIQUE: a->unique = true; return 0;
    case OPTION_COLUMN + CSV_TEXT:
    case OPTION_COLUMN + CSV_ID:
    case OPTION_COLUMN + CSV_TITLE:
    case OPTION_COLUMN + CSV_DATE:
    case OPTION_COLUMN + CSV_OUTLET: a->columns.names[key - OPTION_COLUMN] = argument; return 0;
    case OPTION_FORMAT:
        a->format = report_format_find(argument);
        if (!a->format)
            argp_error(state, "no report format is called `%s' (there are %s)", argument,
                       report_format_names());
        return 0;
    case ARGP_KEY_ARG: a->paths[a->path_count++] = argument; return 0;
    case ARGP_KEY_END:
        if (a->table && a->format)
            argp_error(state, "--by is a table of its own, without --format");
        if (!a->format) a->format = a->table ? summary_records() : report_format_find("csv");
        return 0;
    case ARGP_KEY_NO_ARGS: argp_error(state, "no PATH given"); return 0;
    default: return ARGP_ERR_UNKNOWN;
    }
}

static size_t processors(void) {
    long count = sysconf(_SC_NPROCESSORS_ONLN);
    return count < 1 ? 1 : count > MAX_WORKERS ? MAX_WORKERS : (size_t)count;
}

/* What the batch tells, and where it goes. */
typedef struct score_run {
    const score_arguments *arguments;
    output_file out;
    progress progress;
    size_t skipped;
    bool has_pieces; /* more than a header is written */
    summary *table;  /* NULL without --by */
} score_run;

static whosaid_status on_piece(void *context, text_view piece, whosaid_error *err) {
    score_run *run = context;
    if (run->table) return summary_add(run->table, piece, err);
    run->has_pieces = true;
    return output_file_write(&run->out, piece, err);
}

static whosaid_status on_idle(void *context, whosaid_error *err) {
    score_run *run = context;
    return run->has_pieces ? output_file_flush(&run->out, err) : WHOSAID_OK;
}

static void on_failed(void *context, const whosaid_error *cause) {
    score_run *run = context;
    progress_clear(&run->progress);
    message_error(cause);
}

static void on_skipped(void *context, const whosaid_error *cause) {
    score_run *run = context;
    if (++run->skipped > SKIPPED_SHOWN || run->arguments->quiet) return;
    progress_clear(&run->progress);
    message_error(cause);
}

static void on_progress(void *context, const batch_counts *counts) {
    score_run *run = context;
    progress_update(&run->progress, counts->articles, counts->statements);
}

static void tell_summary(const score_run *run, const batch_counts *counts) {
    if (run->arguments->quiet) return;
    if (run->skipped > SKIPPED_SHOWN)
        message("%zu more were skipped", run->skipped - SKIPPED_SHOWN);
    if (counts->duplicates)
        message("%zu article%s with a text that came before: %s", counts->duplicates,
                counts->duplicates == 1 ? "" : "s", run->arguments->unique ? "left out" : "marked");
    message("%zu statement%s in %zu article%s%s%s", counts->statements,
            counts->statements == 1 ? "" : "s", counts->articles, counts->articles == 1 ? "" : "s",
            run->arguments->output ? ": " : "", run->arguments->output ? run->out.path : "");
}

static bool reads_standard_input(const score_arguments *a) {
    for (size_t i = 0; i < a->path_count; i++)
        if (strcmp(a->paths[i], "-") == 0) return true;
    return false;
}

static int end_of_run(score_run *run, whosaid_status status, const batch_counts *counts,
                      whosaid_error *err) {
    /* An empty stream is a report without rows (a filter must pass it); an empty folder is not. */
    bool nothing =
        counts->articles == 0 && (counts->failures > 0 || !reads_standard_input(run->arguments));
    bool keep = status != WHOSAID_CANCELLED && !(status == WHOSAID_OK && nothing);
    whosaid_status closed = output_file_close(&run->out, keep, err);
    progress_clear(&run->progress);
    if (status == WHOSAID_OK) status = closed;
    if (status == WHOSAID_CANCELLED) /* whoever read the report has seen enough */
        return counts->failures ? EXIT_SOME_UNREADABLE : EXIT_ALL_DONE;
    if (status != WHOSAID_OK) {
        message_error(err);
        return EXIT_NOTHING_DONE;
    }
    if (nothing) {
        if (counts->failures == 0) message("no articles found");
        return EXIT_NOTHING_DONE;
    }
    tell_summary(run, counts);
    return counts->failures ? EXIT_SOME_UNREADABLE : EXIT_ALL_DONE;
}

static int score_with(const whosaid_analyzer *analyzer, const score_arguments *a) {
    score_run run = {.arguments = a, .progress = progress_start(a->quiet)};
    whosaid_error err = {0};
    if (output_file_open(&run.out, a->output, &err) != WHOSAID_OK) {
        message_error(&err);
        return EXIT_NOTHING_DONE;
    }
    const batch_listener listener = {.context = &run,
                                     .piece = on_piece,
                                     .idle = on_idle,
                                     .failed = on_failed,
                                     .skipped = on_skipped,
                                     .progress = on_progress};
    report_options report = analyzer_report_options(analyzer);
    report.raw_cells = a->raw_cells;
    report.unique = a->unique;
    if (a->table) run.table = summary_new(a->by, &report);
    batch_counts counts = {0};
    article_source *source = NULL;
    const struct stat *exclude = S_ISREG(run.out.stat.st_mode) ? &run.out.stat : NULL;
    whosaid_status status = a->table && !run.table ? error_no_memory(&err) : WHOSAID_OK;
    if (status == WHOSAID_OK)
        status = article_source_open(a->paths, a->path_count, exclude, &source, &err);
    if (status == WHOSAID_OK) article_source_set_columns(source, &a->columns);
    if (status == WHOSAID_OK) status = a->format->begin(&report, &run.out.pending, &err);
    if (status == WHOSAID_OK)
        status =
            batch_run(analyzer, source, a->format, &report, a->workers, &listener, &counts, &err);
    if (status == WHOSAID_OK && run.table)
        status = summary_write(run.table, &run.out.pending, &err);
    article_source_close(source);
    summary_free(run.table);
    return end_of_run(&run, status, &counts, &err);
}

static int open_and_score(const score_arguments *a) {
    char found[PATH_BYTES];
    whosaid_options wanted = whosaid_options_default();
    wanted.models_folder = a->models;
    if (!a->models && models_folder_find(found, sizeof found)) wanted.models_folder = found;
    if (!wanted.models_folder) {
        message("no models beside the program; name their folder with --models DIR");
        return EXIT_NOTHING_DONE;
    }
    wanted.targets = a->targets;
    wanted.target_count = a->target_count;
    wanted.min_attribution_score = a->min_attribution;
    wanted.explain = a->explain;
    whosaid_analyzer *analyzer;
    whosaid_error err = {0};
    whosaid_status status = whosaid_analyzer_open(&wanted, &analyzer, &err);
    if (status != WHOSAID_OK) {
        message_error(&err);
        return status == WHOSAID_USAGE ? EXIT_WRONG_USAGE : EXIT_NOTHING_DONE;
    }
    int result = score_with(analyzer, a);
    whosaid_analyzer_close(analyzer);
    return result;
}

int command_score(int argc, char **argv) {
    static const struct argp parser = {options, parse_option, "PATH...", about, NULL, NULL, NULL};
    score_arguments a = {.workers = processors(),
                         .min_attribution = whosaid_options_default().min_attribution_score};
    /* Neither can have more entries than there are words. */
    a.paths = calloc((size_t)argc, sizeof *a.paths);
    a.targets = calloc((size_t)argc, sizeof *a.targets);
    int result = EXIT_NOTHING_DONE;
    if (a.paths && a.targets) {
        argp_parse(&parser, argc, argv, 0, NULL, &a);
        result = open_and_score(&a);
    } else {
        message("out of memory");
    }
    free(a.paths);
    free(a.targets);
    return result;
}
