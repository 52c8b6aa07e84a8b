/* whosaid train attribution: cues, sources and contents from annotated articles. */
#include "attribute/attribution_card.h"
#include "base/error.h"
#include "base/folder.h"
#include "cli/attribution_options.h"
#include "cli/command.h"
#include "cli/message.h"

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

/* Folds of five need articles, and each stage some cases; with less a model would be noise. */
enum { ARTICLES_MIN = 20, ATTRIBUTIONS_MIN = 200 };

/* Refuses corpora from which nothing can be learned. */
static whosaid_status check_size(const attribution_inputs *inputs, whosaid_error *err) {
    size_t articles = 0, attributions = 0;
    for (size_t c = 0; c < inputs->count; c++) {
        const corpus *source = inputs->corpora[c];
        for (size_t i = 0; i < corpus_size(source); i++) {
            const annotated_article *a = corpus_article(source, i);
            articles++;
            for (size_t q = 0; q < a->quote_count; q++)
                attributions += a->quotes[q].cues.count > 0 && a->quotes[q].contents.count > 0;
        }
    }
    if (articles >= ARTICLES_MIN && attributions >= ATTRIBUTIONS_MIN) return WHOSAID_OK;
    return error_set(err, WHOSAID_LIMIT, NULL, 0,
                     "%zu articles with %zu attributions that have cue and content are too few to "
                     "learn from: at least %d and %d are needed",
                     articles, attributions, ARTICLES_MIN, ATTRIBUTIONS_MIN);
}

static whosaid_status run(train_arguments *a, whosaid_error *err) {
    attribution_inputs inputs;
    trial_result result = {0};
    size_t articles = 0;
    whosaid_status status = attribution_inputs_load(&a->common, &inputs, err);
    if (status != WHOSAID_OK) return status;
    if (!a->quiet) a->common.training.progress = tell_stage;
    status = check_size(&inputs, err);
    if (status == WHOSAID_OK) status = folder_make(a->output, err);
    if (status == WHOSAID_OK)
        status =
            attribution_trial_train(inputs.sources, inputs.count, (trial_fold){0, 0}, inputs.tagger,
                                    &a->common.training, a->output, &articles, err);
    attribution_card card = {.sources = inputs.sources,
                             .source_names = a->common.paths,
                             .source_count = inputs.count,
                             .articles = articles,
                             .date = a->date,
                             .test_name = a->common.test};
    /* A model without its card cannot be opened, not even to be measured. */
    if (status == WHOSAID_OK) status = attribution_card_save(&card, a->output, err);
    if (status == WHOSAID_OK && inputs.test) {
        status = measure(a, &inputs, &result, err);
        card.result = &result;
        if (status == WHOSAID_OK) status = attribution_card_save(&card, a->output, err);
    }
    attribution_inputs_free(&inputs);
    return status;
}

int train_attribution(int argc, char **argv) {
    char today[COMMAND_DATE_BYTES];
    train_arguments a = {.common = attribution_options_default(), .date = command_today(today)};
    const struct argp_child children[] = {{&attribution_options_parser, 0, NULL, 0}, {0}};
    const struct argp parser = {
        .options = options, .parser = parse_option, .doc = about, .children = children};
    command_parse(&parser, argc, argv, &a);
    whosaid_error err = {0};
    if (run(&a, &err) != WHOSAID_OK) {
        message_error(&err);
        return EXIT_NOTHING_DONE;
    }
    return EXIT_ALL_DONE;
}
