/* whosaid evaluate tagger: how the tagger agrees with silver labels. */
#include "base/error.h"
#include "cli/command.h"
#include "cli/message.h"
#include "cli/models_choice.h"
#include "tag/silver_repair.h"
#include "tag/tagger_training.h"

#include <argp.h>
#include <stdio.h>

enum {
    OPTION_SILVER = 256,
    OPTION_CORPUS,
    OPTION_MODEL,
    OPTION_CONFUSION,
    OPTION_REPAIR,
    CONFUSIONS_SHOWN = 25
};

static const struct argp_option options[] = {
    {"silver", OPTION_SILVER, "FILE", 0, "Table of tokens with their labels (.tsv, .tsv.gz)", 0},
    {"corpus", OPTION_CORPUS, "FILE", 0, "The articles of that table (.jsonl, .jsonl.gz)", 0},
    {"model", OPTION_MODEL, "FOLDER", 0, "The tagger's folder instead of the one that ships", 0},
    {"repair", OPTION_REPAIR, NULL, 0, "First repair known errors of the labels, as training does",
     0},
    {"confusion", OPTION_CONFUSION, NULL, 0, "Show the commonest confusions too", 0},
    {0}};

static const char about[] =
    "Compares the tagger with the labels of another tool: the share of equal parts of speech, and "
    "precision, recall and F1 of names with equal bounds and class. Only tokens that both cut "
    "alike count.\vExit status: 0 done, 1 wrong usage, 3 nothing could be done.";

typedef struct evaluate_arguments {
    const char *silver, *corpus, *model;
    bool confusion, repair;
} evaluate_arguments;

static error_t parse_option(int key, char *argument, struct argp_state *state) {
    evaluate_arguments *a = state->input;
    switch (key) {
    case OPTION_SILVER: a->silver = argument; return 0;
    case OPTION_CORPUS: a->corpus = argument; return 0;
    case OPTION_MODEL: a->model = argument; return 0;
    case OPTION_REPAIR: a->repair = true; return 0;
    case OPTION_CONFUSION: a->confusion = true; return 0;
    case ARGP_KEY_END:
        if (!a->silver || !a->corpus) argp_error(state, "--silver and --corpus are needed");
        return 0;
    default: return ARGP_ERR_UNKNOWN;
    }
}

static void print_figures(const tagger_figures *f) {
    printf("part of speech: %.2f %% of %zu tokens\n\n", command_percent(f->speech_right, f->tokens),
           f->tokens);
    printf("%-13s %9s %9s %9s %9s\n", "names", "precision", "recall", "F1", "silver");
    for (int class = 0; class < NAME_CLASS_COUNT; class ++) {
        size_t theirs = f->names[class].silver, ours = f->names[class].ours;
        printf("%-13s %9.2f %9.2f %9.2f %9zu\n",
               class == NAME_NONE ? "all" : name_class_name((name_class) class),
               command_percent(f->names[class].both, ours),
               command_percent(f->names[class].both, theirs),
               command_percent(2 * f->names[class].both, theirs + ours), theirs);
    }
}

/* The cells beside the diagonal, largest first; empties them. */
static void print_confusions(tagger_figures *f) {
    printf("\nsilver -> ours: tokens\n");
    for (int shown = 0; shown < CONFUSIONS_SHOWN; shown++) {
        size_t *largest = NULL;
        int row = 0, column = 0;
        for (int i = 0; i < PART_OF_SPEECH_COUNT; i++)
            for (int j = 0; j < PART_OF_SPEECH_COUNT; j++) {
                size_t *cell = &f->confusion[i][j];
                if (i == j || *cell == 0 || (largest && *cell <= *largest)) continue;
                largest = cell;
                row = i;
                column = j;
            }
        if (!largest) return;
        printf("%-5s -> %-5s %6zu\n", part_of_speech_name((part_of_speech)row),
               part_of_speech_name((part_of_speech)column), *largest);
        *largest = 0;
    }
}

static whosaid_status measure(const evaluate_arguments *a, tagger_figures *figures,
                              whosaid_error *err) {
    silver *data = NULL;
    tagger *model = NULL;
    whosaid_status status = silver_load(a->silver, a->corpus, &data, err);
    size_t repaired;
    if (status == WHOSAID_OK && a->repair && !silver_repair(data, &repaired))
        status = error_no_memory(err);
    if (status == WHOSAID_OK) status = tagger_open(a->model, &model, err);
    if (status == WHOSAID_OK) status = tagger_measure(model, data, figures, err);
    tagger_close(model);
    silver_free(data);
    return status;
}

int evaluate_tagger(int argc, char **argv) {
    evaluate_arguments a = {0};
    const struct argp parser = {.options = options, .parser = parse_option, .doc = about};
    command_parse(&parser, argc, argv, &a);
    models_path shipped;
    tagger_figures figures;
    whosaid_error err = {0};
    a.model = models_choose(a.model, "--model", "tagger", &shipped, &err);
    if (!a.model || measure(&a, &figures, &err) != WHOSAID_OK) {
        message_error(&err);
        return EXIT_NOTHING_DONE;
    }
    print_figures(&figures);
    if (a.confusion) print_confusions(&figures);
    return EXIT_ALL_DONE;
}
