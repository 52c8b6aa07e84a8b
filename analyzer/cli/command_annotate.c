/* whosaid annotate: a web page on this machine to correct what the program found. */
#include "annotate/annotate.h"
#include "base/error.h"
#include "base/text_view.h"
#include "cli/command.h"
#include "cli/message.h"
#include "cli/models_choice.h"

#include <argp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

enum { OPTION_CORPUS = 256, OPTION_TARGET, OPTION_MODELS, OPTION_PORT };

static const struct argp_option options[] = {
    {"corpus", OPTION_CORPUS, "FILE", 0,
     "Keep the annotated articles in FILE (.jsonl); made with the first change", 0},
    {"target", OPTION_TARGET, "NAME", 0,
     "Annotate the stance toward this target; may be given several times. Default: that of the "
     "target.json beside FILE, else every target that has a model",
     0},
    {"models", OPTION_MODELS, "DIR", 0, "Take the models from DIR, and keep new ones there", 0},
    {"port", OPTION_PORT, "N", 0, "Listen on this port. Default: one that is free", 0},
    {0}};

static const char about[] =
    "Shows articles with what the program found, on a web page of this machine, to be corrected: "
    "statements, speakers, anonymity, stances. Every change is saved at once; the page also trains "
    "the stance model on what was annotated.\v"
    "PATH is a file, a folder, or - as for `whosaid score`. Open the printed address in a browser; "
    "it holds a secret, and works on this machine only. Ctrl-C ends the server. Exit status: 0 "
    "done, 1 wrong usage, 3 nothing could be done.";

typedef struct annotate_arguments {
    const char **paths; /* [path_count] */
    const char **targets;
    size_t path_count, target_count;
    const char *corpus, *models;
    uint16_t port;
} annotate_arguments;

static error_t parse_option(int key, char *argument, struct argp_state *state) {
    annotate_arguments *a = state->input;
    switch (key) {
    case OPTION_CORPUS: a->corpus = argument; return 0;
    case OPTION_TARGET: a->targets[a->target_count++] = argument; return 0;
    case OPTION_MODELS: a->models = argument; return 0;
    case OPTION_PORT:
        a->port = (uint16_t)command_count("--port", argument, 0, UINT16_MAX, state);
        return 0;
    case ARGP_KEY_ARG: a->paths[a->path_count++] = argument; return 0;
    case ARGP_KEY_NO_ARGS: argp_error(state, "no PATH given"); return 0;
    case ARGP_KEY_END:
        if (!a->corpus || !view_ends_with(view_of(a->corpus), VIEW(".jsonl")))
            argp_error(state, "--corpus takes a FILE.jsonl, not `%s'", a->corpus ? a->corpus : "");
        return 0;
    default: return ARGP_ERR_UNKNOWN;
    }
}

static void tell_failure(void *context, const whosaid_error *cause) {
    (void)context;
    message_error(cause);
}

/* The signals that end the server are waited for; its threads inherit that they are held back. */
static void hold_back_signals(sigset_t *ending) {
    sigemptyset(ending);
    sigaddset(ending, SIGINT);
    sigaddset(ending, SIGTERM);
    sigaddset(ending, SIGHUP);
    pthread_sigmask(SIG_BLOCK, ending, NULL);
}

static whosaid_status serve(const annotate_arguments *a, whosaid_error *err) {
    models_path shipped;
    annotate_options wanted = {.paths = a->paths,
                               .path_count = a->path_count,
                               .corpus = a->corpus,
                               .targets = a->targets,
                               .target_count = a->target_count,
                               .models_folder =
                                   models_choose(a->models, "--models", NULL, &shipped, err),
                               .port = a->port,
                               .failed = tell_failure};
    if (!wanted.models_folder) return WHOSAID_IO;
    sigset_t ending;
    int signal_number;
    annotator *running;
    hold_back_signals(&ending);
    whosaid_status status = annotate_start(&wanted, &running, err);
    if (status != WHOSAID_OK) return status;
    message("%zu article%s; Ctrl-C ends", annotate_article_count(running),
            plural(annotate_article_count(running)));
    printf("%s\n", annotate_address(running));
    fflush(stdout);
    sigwait(&ending, &signal_number);
    annotate_stop(running);
    return WHOSAID_OK;
}

int command_annotate(int argc, char **argv) {
    static const struct argp parser = {options, parse_option, "PATH...", about, NULL, NULL, NULL};
    annotate_arguments a = {.paths = calloc((size_t)argc, sizeof *a.paths),
                            .targets = calloc((size_t)argc, sizeof *a.targets)};
    whosaid_error err = {0};
    whosaid_status status;
    if (a.paths && a.targets) {
        command_parse(&parser, argc, argv, &a);
        status = serve(&a, &err);
    } else {
        status = error_no_memory(&err);
    }
    if (status != WHOSAID_OK) message_error(&err);
    free(a.paths);
    free(a.targets);
    if (status == WHOSAID_USAGE) return EXIT_WRONG_USAGE;
    return status == WHOSAID_OK ? EXIT_ALL_DONE : EXIT_NOTHING_DONE;
}
