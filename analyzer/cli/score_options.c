#include "cli/score_options.h"

#include "batch/batch.h"
#include "cli/command.h"
#include "cli/message.h"

#include <argp.h>
#include <stdlib.h>

enum { MAX_SHARDS = 1000000 };

enum {
    OPTION_FORMAT = 256,
    OPTION_TARGET,
    OPTION_MODELS,
    OPTION_MIN_ATTRIBUTION,
    OPTION_BY,
    OPTION_EXPLAIN,
    OPTION_RAW_CELLS,
    OPTION_UNIQUE,
    OPTION_RESUME,
    OPTION_LIMIT,
    OPTION_SHARD,
    OPTION_SINCE,
    OPTION_UNTIL,
    OPTION_COLUMN /* and one for each further csv_field */
};

enum { GROUP_REPORT = 1, GROUP_INPUT, GROUP_RUN };

static const struct argp_option options[] = {
    {NULL, 0, NULL, 0, "The report:", GROUP_REPORT},
    {"output", 'o', "FILE", 0, "Write the report to FILE instead of standard output", 0},
    {"format", OPTION_FORMAT, "NAME", 0,
     REPORT_FORMAT_NAMES " (a database, FILE only); default: as the ending of FILE says, else csv",
     0},
    {"by", OPTION_BY, "KEY", 0,
     "A table over all articles instead of the statements: by speaker (statements, stances, dates) "
     "or by outlet (share of anonymous statements, with and without a stated reason)",
     0},
    {"target", OPTION_TARGET, "NAME", 0,
     "Report the stance toward this target; may be given several times. Default: every target "
     "that has a model",
     0},
    {"min-attribution", OPTION_MIN_ATTRIBUTION, "P", 0,
     "Leave out statements that are less probable than P (0 to 1, default 0.3)", 0},
    {"explain", OPTION_EXPLAIN, NULL, 0,
     "Say for each stance which words decided it, and their weights: a column stance_why at the "
     "end, in JSON the field why",
     0},
    {"raw-cells", OPTION_RAW_CELLS, NULL, 0,
     "CSV: put no apostrophe before cells that a spreadsheet would run as a formula", 0},

    {NULL, 0, NULL, 0, "Which articles:", GROUP_INPUT},
    {"limit", OPTION_LIMIT, "N", 0, "End after N articles (with --shard: after N of the shard)", 0},
    {"since", OPTION_SINCE, "DATE", 0,
     "Only articles of DATE (2024-09-11, 2024-09 or 2024) or later. Articles whose date is not "
     "known are left out and counted",
     0},
    {"until", OPTION_UNTIL, "DATE", 0, "Only articles of DATE or earlier; all of a month or year",
     0},
    {"shard", OPTION_SHARD, "I/N", 0,
     "Only part I of N, by a hash of each article's path or id: every article is in exactly one "
     "part. Writes FILE.shard, for whosaid merge, beside FILE",
     0},
    {"unique", OPTION_UNIQUE, NULL, 0,
     "Leave articles out whose text already stood in the input; without it they are marked", 0},
    {"text-column", OPTION_COLUMN + CSV_TEXT, "NAME", 0,
     "CSV input: the column with the text. Default: text, body or content", 0},
    {"id-column", OPTION_COLUMN + CSV_ID, "NAME", 0, "CSV input: the column with the id", 0},
    {"title-column", OPTION_COLUMN + CSV_TITLE, "NAME", 0, "CSV input: with the headline", 0},
    {"date-column", OPTION_COLUMN + CSV_DATE, "NAME", 0, "CSV input: with the date", 0},
    {"outlet-column", OPTION_COLUMN + CSV_OUTLET, "NAME", 0, "CSV input: with the outlet", 0},

    {NULL, 0, NULL, 0, "The run:", GROUP_RUN},
    {"jobs", 'j', "N", 0, "Analyze N articles at once. Default: one a processor", 0},
    {"resume", OPTION_RESUME, NULL, 0,
     "Go on with a run that was stopped or killed; begin when there is none, and do nothing when "
     "FILE is complete",
     0},
    {"models", OPTION_MODELS, "DIR", 0, "Load the models from DIR", 0},
    {"quiet", 'q', NULL, 0, "Tell failures only: no progress, no notes, no summary", 0},
    {0}};

static const char about[] =
    "Reports who said what in articles, how openly, and where they stand.\v"
    "PATH is a file, a folder, which is searched recursively, or - for JSON Lines on standard "
    "input. Files are .txt, .md, .html, .json, .jsonl, .csv and .warc, each also with .gz, .zst, "
    ".bz2 or .xz, and the archives .zip and .tar (.tar.gz and so on).\n\n"
    "As a filter (whosaid score - --format jsonl) each line gives one line, in order and at once; "
    "a "
    "line that cannot be read gives a line with \"error\", and \"id\" where it has one; blank "
    "lines "
    "give nothing.\n\n"
    "While a report is written to FILE, FILE.journal tells how far it is; it goes when the report "
    "is complete. A run that was stopped (SIGINT and SIGTERM stop it in order, the same signal "
    "again at once) or killed leaves it behind: the same command with --resume goes on, and gives "
    "the report that an undisturbed run would have given. Without --resume a report that has a "
    "journal is not overwritten.\n\n"
    "Exit status: 0 everything scored; 1 wrong usage; 2 some inputs could not be read: each is "
    "named on standard error and everything else is scored; 3 nothing could be done; 130 stopped "
    "by a signal: the report is in order as far as it goes.";

static summary_by parse_by(const char *argument, struct argp_state *state) {
    if (strcmp(argument, "speaker") == 0) return SUMMARY_BY_SPEAKER;
    if (strcmp(argument, "outlet") != 0)
        argp_error(state, "--by takes speaker or outlet, not `%s'", argument);
    return SUMMARY_BY_OUTLET;
}

static shard parse_shard(const char *argument, struct argp_state *state) {
    char *slash, *end = NULL;
    unsigned long number = strtoul(argument, &slash, 10), count = 0;
    if (ascii_is_digit((unsigned char)*argument) && *slash == '/' &&
        ascii_is_digit((unsigned char)slash[1]))
        count = strtoul(slash + 1, &end, 10);
    if (!end || *end || number < 1 || number > count || count > MAX_SHARDS)
        argp_error(state, "--shard takes I/N, such as 3/8, with I from 1 to N, not `%s'", argument);
    return (shard){(uint32_t)number, (uint32_t)count};
}

static void parse_day(const char *option, const char *argument, bool last, char *out,
                      struct argp_state *state) {
    if (!article_filter_parse_day(argument, last, out))
        argp_error(state, "%s takes a date such as 2024-09-11, 2024-09 or 2024, not `%s'", option,
                   argument);
}

static const report_format *parse_format(const char *argument, struct argp_state *state) {
    const report_format *format = report_format_find(argument);
    if (!format)
        argp_error(state, "no report format is called `%s' (there are %s)", argument,
                   REPORT_FORMAT_NAMES);
    return format;
}

static bool has_ending(const char *path) {
    const char *slash = strrchr(path, '/'), *file = slash ? slash + 1 : path;
    return *file && strchr(file + 1, '.');
}

/* What no single option can tell. */
static void check_options(score_arguments *a, struct argp_state *state) {
    if (a->table && a->format) argp_error(state, "--by is a table of its own, without --format");
    if (a->resume && !a->output) argp_error(state, "--resume needs -o FILE");
    if (a->resume && a->table)
        argp_error(state, "--by makes its table at the end: there is nothing to resume");
    if (a->filter.since[0] && a->filter.until[0] && strcmp(a->filter.since, a->filter.until) > 0)
        argp_error(state, "--since is later than --until");
    if (a->table) a->format = summary_records();
    if (!a->format && a->output) a->format = report_format_of_path(a->output);
    if (!a->format) {
        a->format = report_format_find("csv");
        a->ending_ignored = a->output && has_ending(a->output);
    }
    if (a->format->explains) a->explain = true;
}

static error_t parse_option(int key, char *argument, struct argp_state *state) {
    score_arguments *a = state->input;
    switch (key) {
    case 'o': a->output = command_output(argument); return 0;
    case 'j': a->workers = command_count("-j", argument, 1, BATCH_WORKERS_MAX, state); return 0;
    case 'q': a->quiet = true; return 0;
    case OPTION_BY: a->by = parse_by(argument, state), a->table = true; return 0;
    case OPTION_TARGET: a->targets[a->target_count++] = argument; return 0;
    case OPTION_MODELS: a->models = argument; return 0;
    case OPTION_MIN_ATTRIBUTION:
        a->min_attribution = (float)command_number("--min-attribution", argument, 0, 1, state);
        return 0;
    case OPTION_EXPLAIN: a->explain = true; return 0;
    case OPTION_RAW_CELLS: a->raw_cells = true; return 0;
    case OPTION_UNIQUE: a->unique = true; return 0;
    case OPTION_RESUME: a->resume = true; return 0;
    case OPTION_LIMIT: a->limit = command_count("--limit", argument, 1, SIZE_MAX, state); return 0;
    case OPTION_SHARD: a->filter.part = parse_shard(argument, state); return 0;
    case OPTION_SINCE: parse_day("--since", argument, false, a->filter.since, state); return 0;
    case OPTION_UNTIL: parse_day("--until", argument, true, a->filter.until, state); return 0;
    case OPTION_COLUMN + CSV_TEXT:
    case OPTION_COLUMN + CSV_ID:
    case OPTION_COLUMN + CSV_TITLE:
    case OPTION_COLUMN + CSV_DATE:
    case OPTION_COLUMN + CSV_OUTLET: a->columns.names[key - OPTION_COLUMN] = argument; return 0;
    case OPTION_FORMAT: a->format = parse_format(argument, state); return 0;
    case ARGP_KEY_ARG: a->paths[a->path_count++] = argument; return 0;
    case ARGP_KEY_END: check_options(a, state); return 0;
    case ARGP_KEY_NO_ARGS: argp_error(state, "no PATH given"); return 0;
    default: return ARGP_ERR_UNKNOWN;
    }
}

bool score_options_parse(score_arguments *a, int argc, char **argv) {
    static const struct argp parser = {options, parse_option, "PATH...", about, NULL, NULL, NULL};
    *a = (score_arguments){.min_attribution = whosaid_options_default().min_attribution_score};
    /* Neither can have more entries than there are words. */
    a->paths = calloc((size_t)argc, sizeof *a->paths);
    a->targets = calloc((size_t)argc, sizeof *a->targets);
    if (!a->paths || !a->targets) return false;
    command_parse(&parser, argc, argv, a);
    return true;
}

void score_arguments_free(score_arguments *a) {
    free(a->paths);
    free(a->targets);
}
