/* whosaid show: articles to be read in the terminal, with their statements marked. */
#define _DEFAULT_SOURCE /* struct winsize */
#include "analyzer.h"
#include "base/error.h"
#include "cli/command.h"
#include "cli/message.h"
#include "cli/models_choice.h"
#include "read/article_walk.h"
#include "report/output_file.h"
#include "report/terminal_report.h"

#include <argp.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum {
    OPTION_TARGET = 256,
    OPTION_MODELS,
    OPTION_WIDTH,
    OPTION_COLOUR,
    USUAL_WIDTH = 80,
    WIDEST_TEXT = 100, /* longer lines are hard to read */
    MAX_WIDTH = 10000
};

static const struct argp_option options[] = {
    {"target", OPTION_TARGET, "NAME", 0,
     "Show the stance toward this target; may be given several times; the first one's colours the "
     "text. Default: every target that has a model",
     0},
    {"models", OPTION_MODELS, "DIR", 0, "Load the models from DIR", 0},
    {"width", OPTION_WIDTH, "N", 0,
     "Lines of N columns. Default: the terminal's, at most 100; 80 elsewhere", 0},
    {"color", OPTION_COLOUR, "WHEN", 0,
     "auto (on a terminal, unless NO_COLOR is set or TERM is dumb; the default), always or never",
     0},
    {0}};

static const char about[] =
    "Prints articles with their statements marked: [1 content], underlined and in the colour of "
    "its stance, the source bold, the cue italic; and a list of who said what.\v"
    "PATH is a file, a folder, or - as for `whosaid score`. Exit status: 0 done, 1 wrong usage, 2 "
    "some inputs could not be read, 3 nothing could be done.";

typedef struct show_arguments {
    const char **paths; /* [path_count] */
    const char **targets;
    size_t path_count, target_count;
    const char *models;
    terminal_style style;
} show_arguments;

static bool wants_colour(void) {
    const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");
    if (no_color && *no_color) return false;
    return isatty(STDOUT_FILENO) && term && strcmp(term, "dumb") != 0;
}

static size_t usual_width(void) {
    struct winsize window;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &window) != 0 || window.ws_col == 0) return USUAL_WIDTH;
    size_t width = window.ws_col < WIDEST_TEXT ? window.ws_col : WIDEST_TEXT;
    return width < TERMINAL_MIN_WIDTH ? TERMINAL_MIN_WIDTH : width;
}

static bool parse_colour(const char *argument, const struct argp_state *state) {
    if (strcmp(argument, "auto") == 0) return wants_colour();
    bool always = strcmp(argument, "always") == 0;
    if (!always && strcmp(argument, "never") != 0)
        argp_error(state, "--color takes auto, always or never, not `%s'", argument);
    return always;
}

static error_t parse_option(int key, char *argument, struct argp_state *state) {
    show_arguments *a = state->input;
    switch (key) {
    case OPTION_TARGET: a->targets[a->target_count++] = argument; return 0;
    case OPTION_MODELS: a->models = argument; return 0;
    case OPTION_WIDTH:
        a->style.width = command_count("--width", argument, TERMINAL_MIN_WIDTH, MAX_WIDTH, state);
        return 0;
    case OPTION_COLOUR: a->style.colour = parse_colour(argument, state); return 0;
    case ARGP_KEY_ARG: a->paths[a->path_count++] = argument; return 0;
    case ARGP_KEY_NO_ARGS: argp_error(state, "no PATH given"); return 0;
    default: return ARGP_ERR_UNKNOWN;
    }
}

typedef struct show_run {
    const show_arguments *arguments;
    whosaid_analyzer *analyzer;
    report_options report;
    output_file out;
    size_t articles, failures;
} show_run;

static whosaid_status show_article(void *context, article *a, whosaid_error *err) {
    show_run *run = context;
    whosaid_status status = analyzer_run(run->analyzer, a, err);
    if (status == WHOSAID_OK && run->articles++)
        status = output_file_write(&run->out, VIEW("\n\n"), err);
    if (status == WHOSAID_OK)
        status = terminal_report_article(a, &run->report, &run->arguments->style, &run->out.pending,
                                         err);
    return status == WHOSAID_OK ? output_file_flush(&run->out, err) : status;
}

static void tell_failure(void *context, const whosaid_error *cause) {
    ((show_run *)context)->failures++;
    message_error(cause);
}

static void tell_skipped(void *context, const whosaid_error *cause) {
    (void)context;
    message_error(cause);
}

static whosaid_status show(show_run *run, whosaid_error *err) {
    const show_arguments *a = run->arguments;
    models_path shipped;
    whosaid_options wanted = whosaid_options_default();
    wanted.models_folder = models_choose(a->models, "--models", NULL, &shipped, err);
    if (!wanted.models_folder) return WHOSAID_IO;
    wanted.targets = a->targets;
    wanted.target_count = a->target_count;
    whosaid_status status = whosaid_analyzer_open(&wanted, &run->analyzer, err);
    if (status == WHOSAID_OK) status = output_file_open(&run->out, NULL, err);
    if (status != WHOSAID_OK) return status;
    run->report = analyzer_report_options(run->analyzer);
    const article_visitor visitor = {run, show_article, tell_failure, tell_skipped};
    status = article_walk(a->paths, a->path_count, &visitor, err);
    whosaid_status closed = output_file_close(&run->out, status == WHOSAID_OK, err);
    return status == WHOSAID_OK ? closed : status;
}

int command_show(int argc, char **argv) {
    static const struct argp parser = {options, parse_option, "PATH...", about, NULL, NULL, NULL};
    show_arguments a = {.paths = calloc((size_t)argc, sizeof *a.paths),
                        .targets = calloc((size_t)argc, sizeof *a.targets),
                        .style = {usual_width(), wants_colour()}};
    show_run run = {.arguments = &a};
    whosaid_error err = {0};
    whosaid_status status;
    if (a.paths && a.targets) {
        command_parse(&parser, argc, argv, &a);
        status = show(&run, &err);
    } else {
        status = error_no_memory(&err);
    }
    if (status != WHOSAID_OK && status != WHOSAID_CANCELLED) message_error(&err);
    whosaid_analyzer_close(run.analyzer);
    free(a.paths);
    free(a.targets);
    if (status == WHOSAID_USAGE) return EXIT_WRONG_USAGE;
    if (status == WHOSAID_CANCELLED) return EXIT_ALL_DONE; /* whoever read it has seen enough */
    if (status != WHOSAID_OK || run.articles == 0) return EXIT_NOTHING_DONE;
    return run.failures ? EXIT_SOME_UNREADABLE : EXIT_ALL_DONE;
}
