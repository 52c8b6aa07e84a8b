/* whosaid train stance: a model for each target that a corpus holds. */
#include "base/error.h"
#include "cli/command.h"
#include "cli/message.h"
#include "cli/stance_options.h"
#include "stance/stance_card.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { OPTION_DATE = 256 };

static const struct argp_option option_list[] = {
    {"output", 'o', "DIR", 0, "Write the model to DIR/NAME for each target (default models/stance)",
     0},
    {"date", OPTION_DATE, "DATE", 0,
     "Date on the model's card. Default: the latest date of the corpus, so that training again "
     "gives the same bytes",
     0},
    {0}};

static const char about[] =
    "Learns where statements stand from annotated articles: a C-SVC of libsvm, one label against "
    "the rest.\vExit status: 0 trained, 1 wrong usage, 3 nothing could be done (the reason is "
    "told).";

typedef struct train_arguments {
    stance_options stance;
    const char *output, *date;
} train_arguments;

static error_t parse_option(int key, char *argument, struct argp_state *state) {
    train_arguments *a = state->input;
    switch (key) {
    case ARGP_KEY_INIT: state->child_inputs[0] = &a->stance; return 0;
    case 'o': a->output = argument; return 0;
    case OPTION_DATE: a->date = argument; return 0;
    default: return ARGP_ERR_UNKNOWN;
    }
}

/* A line that grows on a terminal; nothing elsewhere. */
static bool show_progress(void *context, size_t done, size_t total) {
    (void)context;
    fprintf(stderr, "\rtraining %zu of %zu%s", done, total, done == total ? "\n" : "");
    return true;
}

/* What the counts of the corpus lead to expect: measured curves, see models/README.md. */
static void tell_advice(const example_set *set, const training_summary *summary) {
    message("target %.*s: %zu statements in %zu articles; C %g; out of fold macro F1 %.1f, "
            "accuracy %.1f",
            (int)set->target->name.len, set->target->name.ptr, summary->examples,
            set->article_count, summary->cost, 100 * summary->macro_f1, 100 * summary->accuracy);
    if (set->duplicates) message("%zu duplicates were left out", set->duplicates);
    text_view lines[TRAINING_ADVICE_LINES];
    arena *memory = arena_new();
    size_t count = memory ? training_advice(set, summary, memory, lines) : 0;
    for (size_t i = 0; i < count; i++)
        message("%.*s", (int)lines[i].len, lines[i].ptr);
    arena_free(memory);
}

static whosaid_status train_target(const train_arguments *a, const corpus *from, text_view wanted,
                                   whosaid_error *err) {
    target *toward = NULL;
    example_set *set = NULL;
    stance_model *model = NULL;
    training_summary summary = {0};
    whosaid_status status = stance_options_open(&a->stance, from, wanted, &toward, err);
    arena *memory = arena_new();
    target_list related = {0};
    if (status == WHOSAID_OK)
        status = memory ? stance_options_related(&a->stance, from, toward, memory, &related, err)
                        : error_no_memory(err);
    if (status == WHOSAID_OK) {
        feature_settings settings = stance_options_settings(&a->stance, toward);
        example_sources sources = {from, NULL, (const target *const *)related.items, related.count};
        status =
            example_set_collect(toward, &settings, a->stance.minimum_count, &sources, &set, err);
    }
    trainer_options options = stance_options_training(&a->stance);
    if (!a->stance.quiet && isatty(STDERR_FILENO)) options.progress = show_progress;
    if (status == WHOSAID_OK) status = trainer_run(set, &options, &model, &summary, err);
    if (status == WHOSAID_OK) {
        stance_card card = stance_card_of(set, &summary);
        card.data = a->stance.corpora[0];
        if (a->date) card.date = view_of(a->date);
        status = stance_model_save_in(model, &card, a->output, err);
    }
    if (status == WHOSAID_OK && !a->stance.quiet) tell_advice(set, &summary);
    stance_model_free(model);
    example_set_free(set);
    target_list_free(&related);
    arena_free(memory);
    target_free(toward);
    return status;
}

static whosaid_status train_all(const train_arguments *a, whosaid_error *err) {
    arena *memory = arena_new();
    corpus *from = NULL;
    target_names names = {0};
    whosaid_status status = memory
                                ? corpus_load(a->stance.corpora, a->stance.corpus_count, &from, err)
                                : error_no_memory(err);
    if (status == WHOSAID_OK)
        status = stance_options_targets(&a->stance, from, memory, &names, err);
    for (size_t i = 0; i < names.count && status == WHOSAID_OK; i++)
        status = train_target(a, from, names.items[i], err);
    corpus_free(from);
    arena_free(memory);
    return status;
}

int train_stance(int argc, char **argv) {
    static const struct argp_child children[] = {{&stance_options_parser, 0, NULL, 0}, {0}};
    static const struct argp parser = {option_list, parse_option, "", about, children, NULL, NULL};
    train_arguments a = {.output = "models/stance"};
    if (!stance_options_init(&a.stance, argc)) {
        message("out of memory");
        return EXIT_NOTHING_DONE;
    }
    command_parse(&parser, argc, argv, &a);
    whosaid_error err = {0};
    whosaid_status status = train_all(&a, &err);
    stance_options_free(&a.stance);
    if (status == WHOSAID_OK) return EXIT_ALL_DONE;
    message_error(&err);
    return status == WHOSAID_USAGE ? EXIT_WRONG_USAGE : EXIT_NOTHING_DONE;
}
