/* whosaid evaluate speaker: speakers, anonymity grades and stated reasons against annotations. */
#include "analyzer.h"
#include "cli/command.h"
#include "cli/corpus_paths.h"
#include "cli/message.h"
#include "cli/models_folder.h"
#include "identify/gold_article.h"
#include "identify/identifier.h"
#include "identify/speaker_evaluation.h"

#include <argp.h>
#include <stdio.h>

enum { OPTION_CORPUS = 256, OPTION_MODELS, OPTION_FOUND, FOLDER_BYTES = 4096 };

static const struct argp_option options[] = {
    {"corpus", OPTION_CORPUS, "PATH", 0,
     "Annotated articles: a file or folder; may be given several times", 0},
    {"found", OPTION_FOUND, NULL, 0,
     "Use the attributions that the program finds instead of the annotated ones", 0},
    {"models", OPTION_MODELS, "DIR", 0, "Load the models from DIR", 0},
    {0}};

static const char about[] = "Measures who is named as the speaker, how openly, and the stated "
                            "reasons, on annotated articles.\v"
                            "Articles that the model was trained on flatter it. Exit status: 0 "
                            "done, 1 wrong usage, 3 nothing could be done.";

typedef struct evaluate_arguments {
    corpus_paths paths;
    const char *models;
    int found;
} evaluate_arguments;

static error_t parse_option(int key, char *argument, struct argp_state *state) {
    evaluate_arguments *a = state->input;
    switch (key) {
    case OPTION_CORPUS: corpus_paths_add(&a->paths, argument, state); return 0;
    case OPTION_MODELS: a->models = argument; return 0;
    case OPTION_FOUND: a->found = 1; return 0;
    case ARGP_KEY_END:
        if (!a->paths.count) argp_error(state, "--corpus is needed");
        return 0;
    default: return ARGP_ERR_UNKNOWN;
    }
}

static double share(size_t part, size_t whole) {
    return whole ? 100.0 * (double)part / (double)whole : 0;
}

static void print_row(const char *row, size_t right, size_t predicted, size_t gold) {
    printf("%-22s p %6.2f  r %6.2f  n_pred %zu  n_gold %zu\n", row, share(right, predicted),
           share(right, gold), predicted, gold);
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
    printf("%-22s %.2f  n %zu\n", "anonymous as named",
           share(f->grades[ANONYMITY_ANONYMOUS][ANONYMITY_NAMED], anonymous), anonymous);
}

static void print_figures(const speaker_figures *f) {
    print_row("found", f->found, f->predicted, f->gold);
    print_row("speaker lenient", f->lenient, f->predicted, f->gold);
    printf("%-22s lenient %.2f  strict %.2f  n %zu\n", "speaker|found", share(f->lenient, f->found),
           share(f->strict, f->found), f->found);
    printf("%-22s lenient %.2f  n %zu\n", "named|found", share(f->named_right, f->named), f->named);
    printf("%-22s lenient %.2f  n %zu\n", "pronoun|found", share(f->pronoun_right, f->pronoun),
           f->pronoun);
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
    whosaid_analyzer *analyzer; /* with --found */
    tagger *tags;               /* without */
    identifier *who;
} evaluation;

static whosaid_status measure_article(const evaluation *e, const annotated_article *source,
                                      arena *memory, speaker_figures *figures, whosaid_error *err) {
    arena_reset(memory);
    if (e->arguments->found) {
        article made = annotated_article_start(source, memory);
        whosaid_status status = analyzer_run(e->analyzer, &made, err);
        return status ? status : speaker_figures_add(figures, source, &made, err);
    }
    gold_article gold;
    whosaid_status status = gold_article_make(source, e->tags, memory, &gold, err);
    if (status == WHOSAID_OK) status = identifier_resolve(e->who, &gold.article, err);
    return status ? status : speaker_figures_add(figures, source, &gold.article, err);
}

static whosaid_status open_models(evaluation *e, const char *models, whosaid_error *err) {
    if (e->arguments->found) {
        whosaid_options wanted = whosaid_options_default();
        wanted.models_folder = models;
        return whosaid_analyzer_open(&wanted, &e->analyzer, err);
    }
    char folder[FOLDER_BYTES + 16];
    snprintf(folder, sizeof folder, "%s/tagger", models);
    whosaid_status status = tagger_open(folder, &e->tags, err);
    snprintf(folder, sizeof folder, "%s/speaker", models);
    return status ? status : identifier_open(folder, &e->who, err);
}

static whosaid_status run(const evaluate_arguments *a, const char *models, speaker_figures *figures,
                          whosaid_error *err) {
    evaluation e = {.arguments = a};
    corpus *source = NULL;
    arena *memory = arena_new();
    whosaid_status status =
        memory ? corpus_load(a->paths.items, a->paths.count, &source, err) : WHOSAID_NO_MEMORY;
    if (status == WHOSAID_OK) status = open_models(&e, models, err);
    for (size_t i = 0; status == WHOSAID_OK && i < corpus_size(source); i++)
        status = measure_article(&e, corpus_article(source, i), memory, figures, err);
    identifier_close(e.who);
    tagger_close(e.tags);
    whosaid_analyzer_close(e.analyzer);
    corpus_free(source);
    arena_free(memory);
    return status;
}

int evaluate_speaker(int argc, char **argv) {
    evaluate_arguments a = {0};
    const struct argp parser = {.options = options, .parser = parse_option, .doc = about};
    argp_parse(&parser, argc, argv, 0, NULL, &a);
    char found[FOLDER_BYTES];
    const char *models = a.models                                  ? a.models
                         : models_folder_find(found, sizeof found) ? found
                                                                   : NULL;
    if (!models) {
        message("no models found; name their folder with --models");
        return EXIT_NOTHING_DONE;
    }
    whosaid_error err = {0};
    speaker_figures figures = {0};
    if (run(&a, models, &figures, &err) != WHOSAID_OK) {
        message_error(&err);
        return EXIT_NOTHING_DONE;
    }
    print_figures(&figures);
    return EXIT_ALL_DONE;
}
