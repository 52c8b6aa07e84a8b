/* whosaid suggest: which statements of new articles to annotate next. */
#include "analyzer.h"
#include "base/error.h"
#include "cli/command.h"
#include "cli/message.h"
#include "cli/models_choice.h"
#include "read/article_walk.h"
#include "report/output_file.h"
#include "stance/suggestion.h"

#include <argp.h>
#include <stdlib.h>

enum { OPTION_TARGET = 256, OPTION_MODELS, MAX_COUNT = 10000 };

static const struct argp_option options[] = {
    {"number", 'n', "N", 0, "Suggest N statements (default 20)", 0},
    {"target", OPTION_TARGET, "NAME", 0, "For this target. Default: the first one", 0},
    {"models", OPTION_MODELS, "DIR", 0, "Load the models from DIR", 0},
    {"output", 'o', "FILE", 0, "Write to FILE instead of standard output", 0},
    {0}};

static const char about[] =
    "Finds the statements of new articles whose annotation would teach the stance model most: "
    "those where its two best labels are nearly even, spread over articles and speakers.\v"
    "The output is annotated articles, one a line, with the model's labels: correct them and train "
    "on them. Exit status: 0 done, 1 wrong usage, 2 some inputs could not be read, 3 nothing could "
    "be done.";

typedef struct suggest_arguments {
    const char **paths; /* [path_count] */
    size_t path_count, number;
    const char *target, *models, *output;
} suggest_arguments;

static error_t parse_option(int key, char *argument, struct argp_state *state) {
    suggest_arguments *a = state->input;
    switch (key) {
    case 'n': a->number = command_count("-n", argument, 1, MAX_COUNT, state); return 0;
    case 'o': a->output = command_output(argument); return 0;
    case OPTION_TARGET: a->target = argument; return 0;
    case OPTION_MODELS: a->models = argument; return 0;
    case ARGP_KEY_ARG: a->paths[a->path_count++] = argument; return 0;
    case ARGP_KEY_NO_ARGS: argp_error(state, "no PATH given"); return 0;
    default: return ARGP_ERR_UNKNOWN;
    }
}

typedef struct suggest_run {
    const suggest_arguments *arguments;
    whosaid_analyzer *analyzer;
    suggestion_list *list;
    output_file out;
    report_options report;
    bool writes; /* the second pass */
    size_t articles, failures;
} suggest_run;

/* Keeps the chosen statements, with the label of the largest margin to be corrected. */
static void keep_chosen(const suggest_run *run, article *a) {
    size_t kept = 0;
    for (size_t i = 0; i < a->attribution_count; i++) {
        if (!suggestion_list_has(run->list, run->articles, i)) continue;
        attribution *chosen = &a->attributions[kept++];
        *chosen = a->attributions[i];
        for (size_t k = 0; k < chosen->stance_count; k++)
            chosen->stances[k].label = chosen->stances[k].best_label;
    }
    a->attribution_count = kept;
}

static whosaid_status visit_article(void *context, article *a, whosaid_error *err) {
    suggest_run *run = context;
    whosaid_status status = analyzer_run(run->analyzer, a, err);
    if (status != WHOSAID_OK) return status;
    if (!run->writes) {
        status = suggestion_list_note(run->list, a, err);
    } else {
        keep_chosen(run, a);
        if (a->attribution_count)
            status = jsonl_report_article(a, &run->report, &run->out.pending, err);
        if (status == WHOSAID_OK) status = output_file_flush(&run->out, err);
    }
    run->articles++;
    return status;
}

static void tell_failure(void *context, const whosaid_error *cause) {
    suggest_run *run = context;
    if (run->writes) return; /* told in the first pass */
    run->failures++;
    message_error(cause);
}

static whosaid_status visit_all(suggest_run *run, whosaid_error *err) {
    const suggest_arguments *a = run->arguments;
    const article_visitor visitor = {run, visit_article, tell_failure, NULL};
    run->articles = 0;
    return article_walk(a->paths, a->path_count, &visitor, err);
}

/* Reads twice: to rank every statement, then to write the chosen ones. */
static whosaid_status suggest(suggest_run *run, whosaid_error *err) {
    whosaid_status status = visit_all(run, err);
    if (status != WHOSAID_OK) return status;
    suggestion_list_choose(run->list, run->arguments->number);
    status = output_file_open(&run->out, run->arguments->output, err);
    if (status != WHOSAID_OK) return status;
    run->writes = true;
    status = visit_all(run, err);
    whosaid_status closed = output_file_close(&run->out, status == WHOSAID_OK, err);
    return status == WHOSAID_OK ? closed : status;
}

static whosaid_status open_and_suggest(suggest_run *run, whosaid_error *err) {
    const suggest_arguments *a = run->arguments;
    models_path shipped;
    whosaid_options wanted = whosaid_options_default();
    wanted.models_folder = models_choose(a->models, "--models", NULL, &shipped, err);
    if (!wanted.models_folder) return WHOSAID_IO;
    wanted.targets = &a->target;
    wanted.target_count = a->target ? 1 : 0;
    whosaid_status status = whosaid_analyzer_open(&wanted, &run->analyzer, err);
    if (status != WHOSAID_OK) return status;
    run->report = analyzer_report_options(run->analyzer);
    if (run->report.target_count == 0)
        return error_set(err, WHOSAID_USAGE, NULL, 0, "no target has a model: train one first");
    run->list = suggestion_list_new(0, run->report.targets[0].label_count);
    return run->list ? suggest(run, err) : error_no_memory(err);
}

int command_suggest(int argc, char **argv) {
    static const struct argp parser = {options, parse_option, "PATH...", about, NULL, NULL, NULL};
    suggest_arguments a = {.number = 20, .paths = calloc((size_t)argc, sizeof *a.paths)};
    if (!a.paths) {
        message("out of memory");
        return EXIT_NOTHING_DONE;
    }
    command_parse(&parser, argc, argv, &a);
    suggest_run run = {.arguments = &a};
    whosaid_error err = {0};
    whosaid_status status = open_and_suggest(&run, &err);
    if (status != WHOSAID_OK && status != WHOSAID_CANCELLED) message_error(&err);
    suggestion_list_free(run.list);
    whosaid_analyzer_close(run.analyzer);
    free(a.paths);
    if (status == WHOSAID_USAGE) return EXIT_WRONG_USAGE;
    if (status != WHOSAID_OK && status != WHOSAID_CANCELLED) return EXIT_NOTHING_DONE;
    if (run.articles == 0) return EXIT_NOTHING_DONE;
    return run.failures ? EXIT_SOME_UNREADABLE : EXIT_ALL_DONE;
}
