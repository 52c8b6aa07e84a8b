/* whosaid merge: the parts of a run in shards as one report. */
#include "batch/merge.h"
#include "cli/command.h"
#include "cli/message.h"

#include <argp.h>
#include <stdbool.h>
#include <stdlib.h>

enum { OPTION_BY = 256 };

static const struct argp_option options[] = {
    {"output", 'o', "FILE", 0, "Write the report to FILE instead of standard output", 0},
    {"quiet", 'q', NULL, 0, "Tell failures only", 0},
    {"by", OPTION_BY, "KEY", OPTION_HIDDEN, NULL, 0}, /* to say no */
    {0}};

static const char about[] =
    "Puts the parts that the shards of one run wrote together to the report of a single run, byte "
    "for byte: CSV, JSON Lines or a database.\v"
    "PART is a report that `whosaid score --shard I/N -o PART` wrote, with PART.shard beside it. "
    "All shards must be there, each once, made with the same options, models and inputs.\n\n"
    "Tables of --by have no shards: a speaker may be in all of them. Make the table in one run, or "
    "ask a merged database for it.\n\n"
    "Exit status: 0 the report is written; 1 wrong usage, or the parts do not fit together; 2 it "
    "is "
    "written, and lacks inputs that a shard could not read; 3 nothing could be done.";

typedef struct merge_arguments {
    const char **parts; /* [part_count] */
    size_t part_count;
    const char *output;
    bool quiet;
} merge_arguments;

static error_t parse_option(int key, char *argument, struct argp_state *state) {
    merge_arguments *a = state->input;
    switch (key) {
    case 'o': a->output = command_output(argument); return 0;
    case 'q': a->quiet = true; return 0;
    case OPTION_BY:
        argp_error(state,
                   "tables of --by cannot be merged: a speaker may be in all parts. Make the "
                   "table in one run, or ask a merged database for it");
        return 0;
    case ARGP_KEY_ARG: a->parts[a->part_count++] = argument; return 0;
    case ARGP_KEY_NO_ARGS: argp_error(state, "no PART given"); return 0;
    default: return ARGP_ERR_UNKNOWN;
    }
}

static void tell(const merge_arguments *a, const merge_counts *counts) {
    if (counts->failures)
        message("%zu input%s could not be read by the shards and %s missing", counts->failures,
                plural(counts->failures), counts->failures == 1 ? "is" : "are");
    if (a->quiet) return;
    message("%zu article%s of %zu part%s%s%s", counts->articles, plural(counts->articles),
            a->part_count, plural(a->part_count), a->output ? ": " : "",
            a->output ? a->output : "");
}

static int merge(const merge_arguments *a) {
    merge_counts counts;
    whosaid_error err = {0};
    whosaid_status status = merge_parts(a->parts, a->part_count, a->output, &counts, &err);
    if (status == WHOSAID_CANCELLED) return EXIT_ALL_DONE; /* who read it has seen enough */
    if (status != WHOSAID_OK) {
        message_error(&err);
        return status == WHOSAID_USAGE ? EXIT_WRONG_USAGE : EXIT_NOTHING_DONE;
    }
    tell(a, &counts);
    return counts.failures ? EXIT_SOME_UNREADABLE : EXIT_ALL_DONE;
}

int command_merge(int argc, char **argv) {
    static const struct argp parser = {options, parse_option, "PART...", about, NULL, NULL, NULL};
    merge_arguments a = {0};
    a.parts = calloc((size_t)argc, sizeof *a.parts); /* there are no more words than that */
    int result = EXIT_NOTHING_DONE;
    if (a.parts) {
        command_parse(&parser, argc, argv, &a);
        result = merge(&a);
    } else {
        message("out of memory");
    }
    free(a.parts);
    return result;
}
