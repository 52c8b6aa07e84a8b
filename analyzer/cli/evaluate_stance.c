/* whosaid evaluate stance: how good the stance model of a corpus is. */
#include "base/error.h"
#include "cli/command.h"
#include "cli/message.h"
#include "cli/stance_options.h"
#include "stance/evaluation.h"

#include <jansson.h>
#include <stdio.h>
#include <unistd.h>

enum { OPTION_FOLDS = 256, OPTION_REPEATS, OPTION_TEST, OPTION_JSON, OPTION_NO_BASELINE };

static const struct argp_option option_list[] = {
    {"folds", OPTION_FOLDS, "K", 0, "Folds when there is no --test (default 5)", 0},
    {"repeats", OPTION_REPEATS, "N", 0, "Deal the folds anew N times (default 3)", 0},
    {"test", OPTION_TEST, "PATH", 0, "Score this held-out corpus instead of folds", 0},
    {"json", OPTION_JSON, NULL, 0, "Print the figures as JSON", 0},
    {"no-baseline", OPTION_NO_BASELINE, NULL, 0, "Leave the words-only baseline out", 0},
    {0}};

static const char about[] =
    "Measures stance labels: on a held-out corpus, or by folds that keep the statements of an "
    "article and of a named speaker together. Duplicates count once.\v"
    "macro F1 is over the labels that occur in the gold annotation; intervals are 95 %, from "
    "articles drawn with replacement. Exit status: 0 done, 1 wrong usage, 3 nothing could be done.";

typedef struct evaluate_arguments {
    stance_options stance;
    evaluation_options evaluation;
    const char *test;
    bool json, no_baseline;
} evaluate_arguments;

static error_t parse_option(int key, char *argument, struct argp_state *state) {
    evaluate_arguments *a = state->input;
    switch (key) {
    case ARGP_KEY_INIT: state->child_inputs[0] = &a->stance; return 0;
    case OPTION_FOLDS:
        a->evaluation.folds = command_count("--folds", argument, 2, 100, state);
        return 0;
    case OPTION_REPEATS:
        a->evaluation.repeats = command_count("--repeats", argument, 1, 100, state);
        return 0;
    case OPTION_TEST: a->test = argument; return 0;
    case OPTION_JSON: a->json = true; return 0;
    case OPTION_NO_BASELINE: a->no_baseline = true; return 0;
    default: return ARGP_ERR_UNKNOWN;
    }
}

/* What is known about one target. */
typedef struct target_result {
    text_view name;
    evaluation full, words_only;
    size_t duplicates, leaks;
} target_result;

typedef struct evaluate_run {
    const evaluate_arguments *arguments;
    corpus *training, *test;
    target *target;
    target_list related;
} evaluate_run;

static size_t count_held_out(const example_set *set) {
    size_t count = 0;
    for (size_t i = 0; i < set->count; i++)
        count += set->items[i].is_test;
    return count;
}

static whosaid_status evaluate_settings(const evaluate_run *run, const feature_settings *settings,
                                        evaluation *out, target_result *result,
                                        whosaid_error *err) {
    example_set *set;
    example_sources sources = {run->training, run->test, (const target *const *)run->related.items,
                               run->related.count};
    whosaid_status status = example_set_collect(
        run->target, settings, run->arguments->stance.minimum_count, &sources, &set, err);
    if (status != WHOSAID_OK) return status;
    result->duplicates = set->duplicates;
    result->leaks = set->leaks;
    if (run->test && count_held_out(set) == 0)
        status = error_set(err, WHOSAID_SYNTAX, run->arguments->test, 0,
                           "holds no stance toward the target \"%.*s\"", (int)result->name.len,
                           result->name.ptr);
    else
        status = evaluate_examples(set, &run->arguments->evaluation, out, err);
    example_set_free(set);
    return status;
}

static whosaid_status evaluate_target(const evaluate_run *run, target_result *result,
                                      whosaid_error *err) {
    feature_settings settings = stance_options_settings(&run->arguments->stance, run->target);
    whosaid_status status = evaluate_settings(run, &settings, &result->full, result, err);
    if (status != WHOSAID_OK || run->arguments->no_baseline) return status;
    feature_settings words_only = {.scaling = settings.scaling, .weights = {[GROUP_PLAIN] = 1}};
    return evaluate_settings(run, &words_only, &result->words_only, result, err);
}

static void print_text(const target_result *r, const target *t, bool baseline) {
    const evaluation *e = &r->full;
    printf("target %.*s: %zu statements", (int)r->name.len, r->name.ptr, e->count);
    if (r->duplicates) printf(", %zu duplicates dropped", r->duplicates);
    if (r->leaks) printf(", %zu left out of training that the test set repeats", r->leaks);
    printf("\n  macro F1   %5.1f  (%.1f to %.1f)\n", 100 * e->macro_f1, 100 * e->macro_low,
           100 * e->macro_high);
    if (baseline)
        printf("  words only %5.1f  (%.1f to %.1f)\n", 100 * r->words_only.macro_f1,
               100 * r->words_only.macro_low, 100 * r->words_only.macro_high);
    printf("  majority   %5.1f\n  accuracy   %5.1f; %.1f for the %.1f %% that reach %.2f\n",
           100 * e->majority_macro_f1, 100 * e->accuracy, 100 * e->accuracy_decided,
           100 * e->coverage, t->threshold);
    printf("  calibration error %.1f (sharpness %.2f), C %g\n", 100 * e->calibration_error,
           e->sharpness, e->cost);
    printf("  %-12s %6s  predicted\n  %-12s %6s ", "gold", "F1", "", "");
    for (size_t k = 0; k < t->label_count; k++)
        printf(" %9.9s", t->labels[k].ptr);
    for (size_t g = 0; g < t->label_count; g++) {
        printf("\n  %-12s %6.1f ", t->labels[g].ptr, 100 * confusion_f1(&e->confusion, g));
        for (size_t p = 0; p < t->label_count; p++)
            printf(" %9zu", e->confusion.counts[g][p]);
    }
    printf("\n");
}

static json_t *confusion_value(const confusion *c, const target *t) {
    json_t *root = json_object();
    for (size_t g = 0; g < t->label_count; g++) {
        json_t *row = json_object();
        for (size_t p = 0; p < t->label_count; p++)
            json_object_setn_new(row, t->labels[p].ptr, t->labels[p].len,
                                 json_integer((json_int_t)c->counts[g][p]));
        json_object_setn_new(root, t->labels[g].ptr, t->labels[g].len, row);
    }
    return root;
}

static json_t *result_value(const target_result *r, const target *t, bool baseline) {
    const evaluation *e = &r->full;
    json_t *root = json_pack(
        "{s:s%, s:I, s:f, s:[f, f], s:f, s:f, s:f, s:f, s:f, s:f, s:f, s:I, s:I, s:o}", "target",
        r->name.ptr, r->name.len, "n", (json_int_t)e->count, "macro_f1", e->macro_f1,
        "macro_f1_interval", e->macro_low, e->macro_high, "accuracy", e->accuracy, "coverage",
        e->coverage, "accuracy_decided", e->accuracy_decided, "calibration_error",
        e->calibration_error, "majority_macro_f1", e->majority_macro_f1, "sharpness", e->sharpness,
        "cost", e->cost, "duplicates_dropped", (json_int_t)r->duplicates, "leaks_dropped",
        (json_int_t)r->leaks, "confusion", confusion_value(&e->confusion, t));
    if (root && baseline)
        json_object_set_new(root, "words_only_macro_f1", json_real(r->words_only.macro_f1));
    return root;
}

static whosaid_status run_target(evaluate_run *run, text_view wanted, json_t *results,
                                 whosaid_error *err) {
    const evaluate_arguments *a = run->arguments;
    target_result result = {.name = wanted};
    whosaid_status status =
        stance_options_open(&a->stance, run->training, wanted, &run->target, err);
    arena *memory = arena_new();
    if (status == WHOSAID_OK)
        status = memory ? stance_options_related(&a->stance, run->training, run->target, memory,
                                                 &run->related, err)
                        : error_no_memory(err);
    if (status == WHOSAID_OK) status = evaluate_target(run, &result, err);
    if (status == WHOSAID_OK && a->json)
        json_array_append_new(results, result_value(&result, run->target, !a->no_baseline));
    else if (status == WHOSAID_OK)
        print_text(&result, run->target, !a->no_baseline);
    target_list_free(&run->related);
    run->related = (target_list){0};
    arena_free(memory);
    target_free(run->target);
    run->target = NULL;
    return status;
}

/* One target: its figures at the top. Several: a list of them under "targets". */
static bool print_json(json_t *results) {
    json_t *root = json_array_size(results) == 1 ? json_incref(json_array_get(results, 0))
                                                 : json_pack("{s:O}", "targets", results);
    bool printed = root && json_dumpf(root, stdout, JSON_INDENT(2) | JSON_REAL_PRECISION(6)) == 0;
    json_decref(root);
    return printed && putchar('\n') != EOF;
}

static whosaid_status run_targets(evaluate_run *run, arena *memory, whosaid_error *err) {
    const evaluate_arguments *a = run->arguments;
    target_names names = {0};
    whosaid_status status =
        corpus_load(a->stance.corpora, a->stance.corpus_count, &run->training, err);
    if (status == WHOSAID_OK && a->test) status = corpus_load(&a->test, 1, &run->test, err);
    if (status == WHOSAID_OK)
        status = stance_options_targets(&a->stance, run->training, memory, &names, err);
    json_t *results = json_array();
    for (size_t i = 0; i < names.count && status == WHOSAID_OK; i++)
        status = run_target(run, names.items[i], results, err);
    if (status == WHOSAID_OK && a->json && !print_json(results))
        status = error_set(err, WHOSAID_IO, "standard output", 0, "cannot write");
    json_decref(results);
    corpus_free(run->training);
    corpus_free(run->test);
    return status;
}

int evaluate_stance(int argc, char **argv) {
    static const struct argp_child children[] = {{&stance_options_parser, 0, NULL, 0}, {0}};
    static const struct argp parser = {option_list, parse_option, "", about, children, NULL, NULL};
    evaluate_arguments a = {.evaluation = evaluation_options_default()};
    arena *memory = arena_new();
    int result = EXIT_NOTHING_DONE;
    whosaid_error err = {0};
    if (memory && stance_options_init(&a.stance, argc)) {
        command_parse(&parser, argc, argv, &a);
        size_t folds = a.evaluation.training.folds;
        a.evaluation.training = stance_options_training(&a.stance);
        a.evaluation.training.folds = folds;
        evaluate_run run = {.arguments = &a};
        whosaid_status status = run_targets(&run, memory, &err);
        if (status == WHOSAID_OK)
            result = EXIT_ALL_DONE;
        else
            message_error(&err);
        if (status == WHOSAID_USAGE) result = EXIT_WRONG_USAGE;
    } else {
        message("out of memory");
    }
    stance_options_free(&a.stance);
    arena_free(memory);
    return result;
}
