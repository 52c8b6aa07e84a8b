/* whosaid train attribution: cues, sources and contents from annotated articles. */
#include "attribute/attribution_card.h"
#include "cli/attribution_options.h"
#include "cli/command.h"
#include "cli/message.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

enum { OPTION_DATE = 256 };

static const struct argp_option options[] = {
    {"output", 'o', "FOLDER", 0, "Write attribution.model and model.json into FOLDER", 0},
    {"date", OPTION_DATE, "DATE", 0, "The card's date instead of today's", 0},
    {"quiet", 'q', NULL, 0, "Tell failures only", 0},
    {0}};

static const char about[] =
    "Learns who said what from annotated articles.\v"
    "The same corpora give the same attribution.model, whatever the number of threads. WordNet "
    "(Debian package wordnet-base) is needed for training, not for scoring.\n\n"
    "Exit status: 0 done, 1 wrong usage, 3 nothing could be done.";

typedef struct train_arguments {
    attribution_options common;
    const char *output, *date;
    bool quiet;
} train_arguments;

static error_t parse_option(int key, char *argument, struct argp_state *state) {
    train_arguments *a = state->input;
    switch (key) {
    case 'o': a->output = argument; return 0;
    case OPTION_DATE: a->date = argument; return 0;
    case 'q': a->quiet = true; return 0;
    case ARGP_KEY_INIT: state->child_inputs[0] = &a->common; return 0;
    case ARGP_KEY_END:
        if (!a->output || a->common.path_count == 0)
            argp_error(state, "--corpus and -o are needed");
        return 0;
    default: return ARGP_ERR_UNKNOWN;
    }
}

static void tell_stage(void *context, const char *stage) {
    (void)context;
    message("learned: %s", stage);
}

static whosaid_status measure(const train_arguments *a, const attribution_inputs *inputs,
                              trial_result *result, whosaid_error *err) {
    attributor *model = NULL;
    whosaid_status status = attributor_open(a->output, &model, err);
    if (status == WHOSAID_OK)
        status = attribution_trial_measure(model, inputs->tagger, inputs->test, (trial_fold){0, 0},
                                           a->common.min_score, result, err);
    attributor_close(model);
    return status;
}

static whosaid_status run(train_arguments *a, whosaid_error *err) {
    attribution_inputs inputs;
    trial_result result = {0};
    size_t articles = 0;
    if (mkdir(a->output, 0777) != 0 && errno != EEXIST) {
        message("%s: cannot be made: %s", a->output, strerror(errno));
        return WHOSAID_IO;
    }
    whosaid_status status = attribution_inputs_load(&a->common, &inputs, err);
    if (status != WHOSAID_OK) return status;
    if (!a->quiet) a->common.training.progress = tell_stage;
    status = attribution_trial_train(inputs.sources, inputs.count, (trial_fold){0, 0},
                                     inputs.tagger, &a->common.training, a->output, &articles, err);
    if (status == WHOSAID_OK && inputs.test) status = measure(a, &inputs, &result, err);
    attribution_card card = {.sources = inputs.sources,
                             .source_names = a->common.paths,
                             .source_count = inputs.count,
                             .articles = articles,
                             .date = a->date,
                             .result = inputs.test ? &result : NULL,
                             .test_name = a->common.test};
    if (status == WHOSAID_OK) status = attribution_card_save(&card, a->output, err);
    attribution_inputs_free(&inputs);
    return status;
}

int train_attribution(int argc, char **argv) {
    char today[16];
    time_t now = time(NULL);
    struct tm parts;
    strftime(today, sizeof today, "%Y-%m-%d", gmtime_r(&now, &parts));
    train_arguments a = {.common = attribution_options_default(), .date = today};
    const struct argp_child children[] = {{&attribution_options_parser, 0, NULL, 0}, {0}};
    const struct argp parser = {
        .options = options, .parser = parse_option, .doc = about, .children = children};
    argp_parse(&parser, argc, argv, 0, NULL, &a);
    whosaid_error err = {0};
    if (run(&a, &err) != WHOSAID_OK) {
        if (err.code != WHOSAID_OK) message_error(&err);
        return EXIT_NOTHING_DONE;
    }
    return EXIT_ALL_DONE;
}
