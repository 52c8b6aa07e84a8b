/* whosaid targets: which questions are configured, and a new one. */
#include "base/error.h"
#include "base/folder.h"
#include "cli/command.h"
#include "cli/message.h"
#include "cli/models_choice.h"
#include "stance/stance_scorer.h"
#include "stance/target_create.h"

#include <argp.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { OPTION_MODELS = 256, OPTION_QUESTION, OPTION_LABELS };

typedef struct targets_arguments {
    const char *models, *parent, *question, *labels, *new_name;
} targets_arguments;

static error_t parse_option(int key, char *argument, struct argp_state *state) {
    targets_arguments *a = state->input;
    switch (key) {
    case OPTION_MODELS: a->models = argument; return 0;
    case 'o': a->parent = argument; return 0;
    case OPTION_QUESTION: a->question = argument; return 0;
    case OPTION_LABELS: a->labels = argument; return 0;
    case ARGP_KEY_ARG:
        if (a->new_name) argp_error(state, "one NAME only");
        a->new_name = argument;
        return 0;
    default: return ARGP_ERR_UNKNOWN;
    }
}

static void print_target(const target *t) {
    printf("%.*s: %.*s\n   ", (int)t->name.len, t->name.ptr, (int)t->question.len, t->question.ptr);
    for (size_t k = 0; k < t->label_count; k++)
        printf(" %.*s", (int)t->labels[k].len, t->labels[k].ptr);
    printf("; undecided below %.2f\n", t->threshold);
}

static whosaid_status open_scorer(const char *models, stance_scorer **out, whosaid_error *err) {
    models_path shipped;
    char folder[PATH_MAX];
    models = models_choose(models, "--models", NULL, &shipped, err);
    if (!models) return WHOSAID_IO;
    /* A scorer takes a missing folder for one without targets. */
    if (access(models, R_OK | X_OK) != 0) return error_io(err, models, "cannot open", errno);
    whosaid_status status = folder_path(models, "stance", folder, err);
    return status ? status : stance_scorer_open(folder, NULL, 0, out, err);
}

static int list_targets(int argc, char **argv) {
    static const struct argp_option options[] = {
        {"models", OPTION_MODELS, "DIR", 0, "Look for models in DIR", 0}, {0}};
    static const struct argp parser = {
        options, parse_option, "",  "Lists the targets that reports tell of: those with a model.",
        NULL,    NULL,         NULL};
    targets_arguments a = {0};
    command_parse(&parser, argc, argv, &a);
    if (a.new_name) {
        message("targets list: takes no NAME");
        return EXIT_WRONG_USAGE;
    }
    stance_scorer *scorer;
    whosaid_error err = {0};
    if (open_scorer(a.models, &scorer, &err) != WHOSAID_OK) {
        message_error(&err);
        return EXIT_NOTHING_DONE;
    }
    for (size_t i = 0; i < stance_scorer_target_count(scorer); i++)
        print_target(stance_scorer_target(scorer, i));
    stance_scorer_close(scorer);
    return EXIT_ALL_DONE;
}

static size_t split_labels(const char *list, text_view labels[TARGET_MAX_LABELS]) {
    size_t count = 0;
    while (*list && count < TARGET_MAX_LABELS) {
        size_t len = strcspn(list, ",");
        labels[count++] = (text_view){list, len};
        list += len + (list[len] == ',');
    }
    return count;
}

static int create_target(const targets_arguments *a) {
    text_view labels[TARGET_MAX_LABELS], path;
    size_t count = split_labels(a->labels, labels);
    arena *memory = arena_new();
    whosaid_error err = {0};
    whosaid_status status =
        memory ? target_create(a->parent, view_of(a->new_name), view_of(a->question), labels, count,
                               memory, &path, &err)
               : error_no_memory(&err);
    if (status == WHOSAID_OK)
        message("%s: add the words of the question; put annotated articles beside it into "
                "articles/, then: whosaid train stance --corpus %s/%s",
                path.ptr, a->parent, a->new_name);
    else
        message_error(&err);
    arena_free(memory);
    if (status == WHOSAID_OK) return EXIT_ALL_DONE;
    return status == WHOSAID_USAGE || status == WHOSAID_SYNTAX ? EXIT_WRONG_USAGE
                                                               : EXIT_NOTHING_DONE;
}

static int new_target(int argc, char **argv) {
    static const struct argp_option options[] = {
        {"question", OPTION_QUESTION, "TEXT", 0, "What people take sides on", 0},
        {"labels", OPTION_LABELS, "A,B,...", 0,
         "The labels (default favor,against,neutral); unrelated is always there", 0},
        {"output", 'o', "DIR", 0, "Make the target in DIR/NAME (default corpus)", 0},
        {0}};
    static const struct argp parser = {
        options,
        parse_option,
        "NAME",
        "Makes a target: a folder with its file, to be filled in, and a place for articles.",
        NULL,
        NULL,
        NULL};
    targets_arguments a = {
        .parent = "corpus", .question = "What should be done?", .labels = "favor,against,neutral"};
    command_parse(&parser, argc, argv, &a);
    if (a.new_name) return create_target(&a);
    message("targets new: give the NAME of the target");
    return EXIT_WRONG_USAGE;
}

int command_targets(int argc, char **argv) {
    static const command parts[] = {
        {"list", "the targets that have a model", list_targets},
        {"new", "make a target, to be filled in and trained", new_target},
    };
    return command_dispatch(parts, sizeof parts / sizeof *parts,
                            "whosaid targets: the questions that statements take sides on", argc,
                            argv);
}
