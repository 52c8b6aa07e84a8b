/* whosaid evaluate speaker: speakers, anonymity grades and stated reasons against annotations. */
#include "analyzer.h"
#include "base/error.h"
#include "base/folder.h"
#include "base/model_card.h"
#include "cli/annotated_list.h"
#include "cli/command.h"
#include "cli/message.h"
#include "cli/models_choice.h"
#include "cli/temporary_folder.h"
#include "identify/gold_article.h"
#include "identify/identifier.h"
#include "identify/speaker_evaluation.h"
#include "identify/speaker_match.h"
#include "identify/speaker_model.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

enum { OPTION_MODELS = 256, OPTION_FOUND, OPTION_FOLDS, OPTION_ERRORS, FOLDS_MAX = 100 };

static const struct argp_option options[] = {
    {"folds", OPTION_FOLDS, "K", 0,
     "Train K speaker models for the occasion and measure each article by one that has not seen it",
     0},
    {"found", OPTION_FOUND, NULL, 0,
     "Use the attributions that the program finds instead of the annotated ones", 0},
    {"errors", OPTION_ERRORS, "FILE", 0,
     "Write a table of the statements whose speaker, grade or reason differs to FILE", 0},
    {"models", OPTION_MODELS, "DIR", 0, "Load the models from DIR", 0},
    {0}};

static const char about[] =
    "Measures who is named as the speaker, how openly, and the stated reasons, on annotated "
    "articles. Several corpora are measured one by one.\v"
    "Without --folds, articles that the model was trained on flatter it. Exit status: 0 done, 1 "
    "wrong usage, 3 nothing could be done.";

typedef struct evaluate_arguments {
    corpus_paths paths;
    const char *models, *errors;
    unsigned folds;
    bool found;
} evaluate_arguments;

static error_t parse_option(int key, char *argument, struct argp_state *state) {
    evaluate_arguments *a = state->input;
    switch (key) {
    case ARGP_KEY_INIT: state->child_inputs[0] = &a->paths; return 0;
    case OPTION_MODELS: a->models = argument; return 0;
    case OPTION_FOUND: a->found = true; return 0;
    case OPTION_FOLDS:
        a->folds = (unsigned)command_count("--folds", argument, 2, FOLDS_MAX, state);
        return 0;
    case OPTION_ERRORS: a->errors = argument; return 0;
    default: return ARGP_ERR_UNKNOWN;
    }
}

static void print_row(const char *row, size_t right, size_t predicted, size_t gold) {
    printf("%-22s p %6.2f  r %6.2f  n_pred %zu  n_gold %zu\n", row,
           command_percent(right, predicted), command_percent(right, gold), predicted, gold);
}

static void print_grades(const speaker_figures *f) {
    printf("%-22s accuracy %.2f  macro_f %.2f\n", "anonymity|found", 100 * grade_accuracy(f),
           100 * grade_macro_f1(f));
    for (size_t g = 0; g < GRADE_COUNT; g++) {
        size_t gold = 0, predicted = 0;
        for (size_t k = 0; k < GRADE_COUNT; k++) {
            gold += f->grades[g][k];
            predicted += f->grades[k][g];
        }
        char row[40];
        snprintf(row, sizeof row, "anonymity %s", anonymity_grade_name((anonymity_grade)g));
        print_row(row, f->grades[g][g], predicted, gold);
    }
    size_t anonymous = 0;
    for (size_t k = 0; k < GRADE_COUNT; k++)
        anonymous += f->grades[ANONYMITY_ANONYMOUS][k];
    printf("%-22s %.2f  as another %.2f  n %zu\n", "anonymous as named",
           command_percent(f->grades[ANONYMITY_ANONYMOUS][ANONYMITY_NAMED], anonymous),
           command_percent(f->anonymous_as_other, anonymous), anonymous);
}

static void print_figures(const speaker_figures *f) {
    print_row("found", f->found, f->predicted, f->gold);
    print_row("speaker lenient", f->lenient, f->predicted, f->gold);
    printf("%-22s lenient %.2f  strict %.2f  n %zu\n", "speaker|found",
           command_percent(f->lenient, f->labelled), command_percent(f->strict, f->labelled),
           f->labelled);
    printf("%-22s lenient %.2f  n %zu\n", "named|found", command_percent(f->named_right, f->named),
           f->named);
    printf("%-22s lenient %.2f  n %zu\n", "pronoun|found",
           command_percent(f->pronoun_right, f->pronoun), f->pronoun);
    print_grades(f);
    print_row("reason", f->reason_right, f->reason_predicted, f->reason_gold);
    printf("%-22s %.2f\n", "calibration error", 100 * speaker_calibration_error(f));
    for (size_t b = 0; b < RELIABILITY_BINS; b++)
        if (f->bins[b].count)
            printf("  score %.2f            right %.2f  n %zu\n",
                   f->bins[b].score_sum / (double)f->bins[b].count,
                   (double)f->bins[b].right / (double)f->bins[b].count, f->bins[b].count);
}

typedef struct evaluation {
    const evaluate_arguments *arguments;
    const char *models;
    annotated_list list;
    whosaid_analyzer *analyzer; /* with --found */
    tagger *tags;
    identifier *who;
    FILE *errors;             /* NULL when nobody asked */
    speaker_figures *figures; /* one a corpus */
} evaluation;

/* A cell of the table: white space folded, so that tabs and line ends divide cells and rows only.
 */
static void print_cell(FILE *out, text_view text) {
    for (size_t i = 0; i < text.len; i++)
        fputc(ascii_is_space((unsigned char)text.ptr[i]) ? ' ' : text.ptr[i], out);
    fputc('\t', out);
}

static void print_first_span(FILE *out, const annotated_article *source, span_list spans) {
    print_cell(out, spans.count ? view_slice(source->text, spans.items[0].begin, spans.items[0].end)
                                : VIEW(""));
}

static void list_error(void *context, const annotated_article *source, const annotated_quote *gold,
                       const attribution *found, bool speaker_right) {
    const evaluation *e = context;
    bool grade_right = !gold->has_anonymity || gold->grade == found->anonymity.grade;
    bool reason_right = gold->reason.len ? reason_matches(gold->reason, found->anonymity.reason)
                                         : found->anonymity.reason.len == 0;
    if (speaker_right && grade_right && reason_right) return;
    print_cell(e->errors, source->id);
    print_cell(e->errors, gold->id);
    print_first_span(e->errors, source, gold->sources);
    print_first_span(e->errors, source, gold->cues);
    print_cell(e->errors, gold->speaker_name);
    print_cell(e->errors, found->speaker.name);
    print_cell(e->errors, view_of(speaker_right ? "right" : "wrong"));
    print_cell(e->errors, view_of(gold->has_anonymity ? anonymity_grade_name(gold->grade) : ""));
    print_cell(e->errors, view_of(anonymity_grade_name(found->anonymity.grade)));
    print_cell(e->errors, gold->reason);
    print_cell(e->errors, found->anonymity.reason);
    fprintf(e->errors, "%.2f\n", (double)found->speaker.score);
}

static whosaid_status measure_article(evaluation *e, size_t index, arena *memory,
                                      whosaid_error *err) {
    const annotated_article *source = e->list.items[index];
    speaker_figures *figures = &e->figures[e->list.path_of[index]];
    speaker_listener listener = {e->errors ? list_error : NULL, e};
    arena_reset(memory);
    if (e->arguments->found) {
        article made = annotated_article_start(source, memory);
        whosaid_status status = analyzer_run(e->analyzer, &made, err);
        if (status == WHOSAID_OK && e->who) status = identifier_resolve(e->who, &made, err);
        return status ? status : speaker_figures_add(figures, source, &made, listener, err);
    }
    gold_article gold;
    whosaid_status status = gold_article_make(source, e->tags, memory, &gold, err);
    if (status == WHOSAID_OK) status = identifier_resolve(e->who, &gold.article, err);
    return status ? status : speaker_figures_add(figures, source, &gold.article, listener, err);
}

static bool is_held_out(const evaluation *e, size_t index, unsigned fold) {
    return e->arguments->folds == 0 || index % e->arguments->folds == fold;
}

static whosaid_status measure_fold(evaluation *e, unsigned fold, whosaid_error *err) {
    arena *memory = arena_new();
    whosaid_status status = memory ? WHOSAID_OK : error_no_memory(err);
    for (size_t i = 0; status == WHOSAID_OK && i < e->list.count; i++)
        if (is_held_out(e, i, fold)) status = measure_article(e, i, memory, err);
    arena_free(memory);
    return status;
}

/* Trains on the other folds into `folder` and takes that model. */
static whosaid_status train_fold(evaluation *e, const char *folder, unsigned fold,
                                 whosaid_error *err) {
    const speaker_training_target target = {folder, ""};
    speaker_training_report report;
    const annotated_article **rest = calloc(e->list.count + 1, sizeof *rest);
    double *weights = calloc(e->list.count + 1, sizeof *weights);
    training_articles training = {rest, weights, 0};
    for (size_t i = 0; rest && weights && i < e->list.count; i++) {
        if (is_held_out(e, i, fold)) continue;
        weights[training.count] = e->list.weights[i];
        rest[training.count++] = e->list.items[i];
    }
    whosaid_status status = rest && weights
                                ? speaker_train(training, e->tags, &target, &report, err)
                                : error_no_memory(err);
    free(rest);
    free(weights);
    identifier_close(e->who);
    e->who = NULL;
    return status ? status : identifier_open(folder, &e->who, err);
}

static whosaid_status measure_folds(evaluation *e, whosaid_error *err) {
    static const char *const files[] = {SPEAKER_MODEL_FILE, SPEAKER_WEIGHTS_FILE, MODEL_CARD_FILE};
    temporary_folder folder;
    whosaid_status status = temporary_folder_make(&folder, err);
    if (status != WHOSAID_OK) return status;
    for (unsigned fold = 0; status == WHOSAID_OK && fold < e->arguments->folds; fold++) {
        status = train_fold(e, folder.path, fold, err);
        if (status == WHOSAID_OK) status = measure_fold(e, fold, err);
    }
    temporary_folder_remove(&folder, files, sizeof files / sizeof *files);
    return status;
}

static whosaid_status open_models(evaluation *e, whosaid_error *err) {
    whosaid_status status = WHOSAID_OK;
    char folder[PATH_MAX];
    if (e->arguments->found) {
        whosaid_options wanted = whosaid_options_default();
        wanted.models_folder = e->models;
        status = whosaid_analyzer_open(&wanted, &e->analyzer, err);
    }
    if (status == WHOSAID_OK) status = folder_path(e->models, "tagger", folder, err);
    if (status == WHOSAID_OK) status = tagger_open(folder, &e->tags, err);
    if (e->arguments->found || e->arguments->folds) return status;
    if (status == WHOSAID_OK) status = folder_path(e->models, "speaker", folder, err);
    return status ? status : identifier_open(folder, &e->who, err);
}

static whosaid_status open_errors(evaluation *e, whosaid_error *err) {
    if (!e->arguments->errors) return WHOSAID_OK;
    e->errors = fopen(e->arguments->errors, "w");
    if (!e->errors) return error_io(err, e->arguments->errors, "cannot be written", errno);
    fputs("article\tquote\tsource\tcue\tspeaker\tfound\tspeaker is\tgrade\tfound grade\t"
          "reason\tfound reason\tscore\n",
          e->errors);
    return WHOSAID_OK;
}

static whosaid_status close_errors(evaluation *e, whosaid_error *err) {
    if (!e->errors) return WHOSAID_OK;
    bool failed = ferror(e->errors) != 0;
    if (fclose(e->errors) != 0 || failed)
        return error_io(err, e->arguments->errors, "cannot be written", errno);
    return WHOSAID_OK;
}

static whosaid_status run(evaluation *e, whosaid_error *err) {
    whosaid_status status = annotated_list_load(&e->arguments->paths, &e->list, err);
    if (status == WHOSAID_OK) status = open_models(e, err);
    if (status == WHOSAID_OK) status = open_errors(e, err);
    if (status == WHOSAID_OK)
        status = e->arguments->folds ? measure_folds(e, err) : measure_fold(e, 0, err);
    whosaid_status closed = close_errors(e, err);
    identifier_close(e->who);
    tagger_close(e->tags);
    whosaid_analyzer_close(e->analyzer);
    annotated_list_free(&e->list);
    return status ? status : closed;
}

int evaluate_speaker(int argc, char **argv) {
    evaluate_arguments a = {0};
    const struct argp_child children[] = {{&corpus_paths_parser, 0, NULL, 0}, {0}};
    const struct argp parser = {
        .options = options, .parser = parse_option, .doc = about, .children = children};
    command_parse(&parser, argc, argv, &a);
    models_path shipped;
    whosaid_error err = {0};
    const char *models = models_choose(a.models, "--models", NULL, &shipped, &err);
    speaker_figures figures[CORPUS_PATHS_MAX] = {0};
    evaluation e = {.arguments = &a, .models = models, .figures = figures};
    if (!models || run(&e, &err) != WHOSAID_OK) {
        message_error(&err);
        return EXIT_NOTHING_DONE;
    }
    for (size_t i = 0; i < a.paths.count; i++) {
        if (a.paths.count > 1) printf("%s%s\n", i ? "\n" : "", a.paths.items[i]);
        print_figures(&figures[i]);
    }
    return EXIT_ALL_DONE;
}
