/* whosaid evaluate attribution: how well who said what is found. */
#include "attribute/attribution_card.h"
#include "attribute/attribution_model.h"
#include "base/error.h"
#include "base/model_card.h"
#include "cli/attribution_options.h"
#include "cli/command.h"
#include "cli/message.h"
#include "cli/models_choice.h"
#include "cli/temporary_folder.h"

#include <stdio.h>
#include <stdlib.h>

enum { OPTION_FOLDS = 256, OPTION_JSON, OPTION_MODEL, FOLDS_MAX = 100 };

static const struct argp_option options[] = {
    {"folds", OPTION_FOLDS, "K", 0, "Cross-validate over the --corpus articles in K folds", 0},
    {"model", OPTION_MODEL, "FOLDER", 0,
     "Without --corpus: the model's folder instead of the one that ships", 0},
    {"json", OPTION_JSON, NULL, 0, "Print JSON instead of a table", 0},
    {0}};

static const char about[] =
    "Measures attributions against annotated articles: spans, links, found and correct "
    "attributions.\v"
    "With --test alone: the model that ships. With --corpus and --test: a model trained for the "
    "occasion. With --corpus and --folds: each article by a model that has not seen it.\n\n"
    "Exit status: 0 done, 1 wrong usage, 3 nothing could be done.";

typedef struct evaluate_arguments {
    attribution_options common;
    const char *model;
    unsigned folds;
    bool json;
} evaluate_arguments;

static error_t parse_option(int key, char *argument, struct argp_state *state) {
    evaluate_arguments *a = state->input;
    switch (key) {
    case OPTION_MODEL: a->model = argument; return 0;
    case OPTION_JSON: a->json = true; return 0;
    case OPTION_FOLDS:
        a->folds = (unsigned)command_count("--folds", argument, 2, FOLDS_MAX, state);
        return 0;
    case ARGP_KEY_INIT: state->child_inputs[0] = &a->common; return 0;
    case ARGP_KEY_END:
        if (!a->common.test == !a->folds) argp_error(state, "give either --test or --folds");
        if (a->folds && a->common.path_count == 0) argp_error(state, "--folds needs --corpus");
        return 0;
    default: return ARGP_ERR_UNKNOWN;
    }
}

/* Measures the model in `folder`. */
static whosaid_status measure(const evaluate_arguments *a, const attribution_inputs *inputs,
                              const char *folder, const corpus *test, trial_fold fold,
                              trial_result *result, whosaid_error *err) {
    attributor *model = NULL;
    whosaid_status status = attributor_open(folder, &model, err);
    if (status == WHOSAID_OK)
        status = attribution_trial_measure(model, inputs->tagger, test, fold, a->common.min_score,
                                           result, err);
    attributor_close(model);
    return status;
}

/* Trains into a folder of its own and measures: on the test corpus, or on the fold left out. */
static whosaid_status train_and_measure(const evaluate_arguments *a,
                                        const attribution_inputs *inputs, const char *folder,
                                        trial_fold fold, trial_result *result, whosaid_error *err) {
    whosaid_status status =
        attribution_trial_train(inputs->sources, inputs->count, fold, inputs->tagger,
                                &a->common.training, folder, NULL, err);
    /* A model without its card cannot be opened. */
    const attribution_card card = {.sources = inputs->sources,
                                   .source_names = a->common.paths,
                                   .source_count = inputs->count,
                                   .date = "",
                                   .test_name = a->common.test};
    if (status == WHOSAID_OK) status = attribution_card_save(&card, folder, err);
    if (status == WHOSAID_OK && inputs->test)
        return measure(a, inputs, folder, inputs->test, fold, result, err);
    for (size_t i = 0; status == WHOSAID_OK && i < inputs->count; i++)
        if (inputs->sources[i].held_out)
            status = measure(a, inputs, folder, inputs->corpora[i], fold, result, err);
    return status;
}

static whosaid_status run_trials(const evaluate_arguments *a, const attribution_inputs *inputs,
                                 trial_result *result, whosaid_error *err) {
    static const char *const files[] = {ATTRIBUTION_MODEL_FILE, MODEL_CARD_FILE};
    temporary_folder folder;
    whosaid_status status = temporary_folder_make(&folder, err);
    if (status != WHOSAID_OK) return status;
    for (unsigned k = 0; status == WHOSAID_OK && k < (a->folds ? a->folds : 1); k++)
        status = train_and_measure(a, inputs, folder.path, (trial_fold){a->folds, k}, result, err);
    temporary_folder_remove(&folder, files, sizeof files / sizeof *files);
    return status;
}

static void print_table(const trial_result *result) {
    printf("%-22s %7s %7s %7s %8s %8s\n", "", "P", "R", "F1", "n pred", "n gold");
    for (int row = 0; row < ATTRIBUTION_ROW_COUNT; row++) {
        const row_counts *c = &result->tally.rows[row];
        row_figures f = attribution_figures(c);
        printf("%-22s %7.2f %7.2f %7.2f %8llu %8llu\n", attribution_row_name((attribution_row)row),
               100 * f.precision, 100 * f.recall, 100 * f.f1, (unsigned long long)c->predicted,
               (unsigned long long)c->gold);
    }
    printf("\n%zu articles; calibration error %.3f\n", result->articles,
           attribution_calibration_error(&result->calibration));
}

static whosaid_status run(const evaluate_arguments *a, trial_result *result, whosaid_error *err) {
    attribution_inputs inputs;
    whosaid_status status = attribution_inputs_load(&a->common, &inputs, err);
    if (status != WHOSAID_OK) return status;
    models_path shipped;
    const char *folder = NULL;
    if (inputs.count)
        status = run_trials(a, &inputs, result, err);
    else if ((folder = models_choose(a->model, "--model", "attribution", &shipped, err)))
        status = measure(a, &inputs, folder, inputs.test, (trial_fold){0, 0}, result, err);
    else
        status = WHOSAID_IO;
    attribution_inputs_free(&inputs);
    return status;
}

int evaluate_attribution(int argc, char **argv) {
    evaluate_arguments a = {.common = attribution_options_default()};
    const struct argp_child children[] = {{&attribution_options_parser, 0, NULL, 0}, {0}};
    const struct argp parser = {
        .options = options, .parser = parse_option, .doc = about, .children = children};
    command_parse(&parser, argc, argv, &a);
    trial_result result = {0};
    whosaid_error err = {0};
    if (run(&a, &result, &err) != WHOSAID_OK) {
        message_error(&err);
        return EXIT_NOTHING_DONE;
    }
    char *json = a.json ? attribution_tally_json(&result) : NULL;
    if (json)
        puts(json);
    else
        print_table(&result);
    free(json);
    return EXIT_ALL_DONE;
}
