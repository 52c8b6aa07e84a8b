#include "stance/trainer.h"

#include "base/error.h"
#include "base/hash.h"
#include "stance/calibration.h"
#include "stance/metrics.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double COSTS[] = {0.5, 1, 2, 4, 8};
static const double FAR_COST_PENALTY = 0.005; /* macro F1 for each doubling or halving */
static const double SEARCH_TOLERANCE = 1e-2, FINAL_TOLERANCE = 1e-3;
static const double COLLAPSE_TOLERANCE = 1e-9;
enum { COST_COUNT = 5, SEARCH_TO = 5000, LEAST_EXAMPLES = 8, LEAST_PER_LABEL = 2 };

trainer_options trainer_options_default(void) {
    return (trainer_options){.folds = 5, .weigh_labels = true, .seed = 1};
}

typedef struct article_size {
    uint32_t article, size;
    uint64_t shuffle;
} article_size;

/* Large articles first, so that the folds come out even; equals in the order of the seed. */
static int compare_articles(const void *a, const void *b) {
    const article_size *x = a, *y = b;
    if (x->size != y->size) return x->size > y->size ? -1 : 1;
    if (x->shuffle != y->shuffle) return x->shuffle < y->shuffle ? -1 : 1;
    return x->article < y->article ? -1 : x->article > y->article;
}

whosaid_status trainer_assign_folds(const example_set *set, size_t folds, uint64_t seed,
                                    uint32_t *fold, whosaid_error *err) {
    article_size *articles = calloc(set->article_count + 1, sizeof *articles);
    size_t *filled = calloc(folds, sizeof *filled);
    uint32_t *fold_of = calloc(set->article_count + 1, sizeof *fold_of);
    if (!articles || !filled || !fold_of) {
        free(articles);
        free(filled);
        free(fold_of);
        return error_no_memory(err);
    }
    for (uint32_t a = 0; a < set->article_count; a++)
        articles[a] = (article_size){a, 0, hash_mix(hash_mix(seed, 0x5EED), a)};
    for (size_t i = 0; i < set->count; i++)
        articles[set->items[i].article].size += example_is_own(&set->items[i]);
    qsort(articles, set->article_count, sizeof *articles, compare_articles);
    for (size_t a = 0; a < set->article_count; a++) {
        size_t emptiest = 0;
        for (size_t f = 1; f < folds; f++)
            if (filled[f] < filled[emptiest]) emptiest = f;
        filled[emptiest] += articles[a].size;
        fold_of[articles[a].article] = (uint32_t)emptiest;
    }
    for (size_t i = 0; i < set->count; i++)
        fold[i] = set->items[i].is_test ? (uint32_t)folds : fold_of[set->items[i].article];
    free(articles);
    free(filled);
    free(fold_of);
    return WHOSAID_OK;
}

/* Indices and labels of the items to learn from. */
typedef struct subset {
    uint32_t *items, *labels;
    size_t count;
} subset;

static void subset_free(subset *s) {
    free(s->items);
    free(s->labels);
}

static bool subset_allocate(subset *s, size_t count) {
    *s = (subset){malloc((count + 1) * sizeof *s->items), malloc((count + 1) * sizeof *s->labels),
                  0};
    return s->items && s->labels;
}

static void subset_add(subset *s, const example_set *set, size_t item) {
    s->items[s->count] = (uint32_t)item;
    s->labels[s->count++] = set->items[item].label;
}

static int compare_hashes(const void *a, const void *b) {
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

/* Everything outside the fold, without statements of persons who speak inside it. */
static bool choose_training(const example_set *set, const uint32_t *fold, uint32_t held_out,
                            bool mix_speakers, subset *out) {
    uint64_t *persons = malloc((set->count + 1) * sizeof *persons);
    if (!persons || !subset_allocate(out, set->count)) {
        free(persons);
        return false;
    }
    size_t person_count = 0;
    for (size_t i = 0; i < set->count; i++)
        if (fold[i] == held_out && set->items[i].person)
            persons[person_count++] = set->items[i].person;
    qsort(persons, person_count, sizeof *persons, compare_hashes);
    for (size_t i = 0; i < set->count; i++) {
        const example *e = &set->items[i];
        if (fold[i] == held_out || e->is_test) continue;
        bool inside = e->person && !mix_speakers &&
                      bsearch(&e->person, persons, person_count, sizeof *persons, compare_hashes);
        if (!inside) subset_add(out, set, i);
    }
    free(persons);
    return true;
}

static svm_task task_of(const example_set *set, const subset *s, double cost, bool weigh_labels,
                        double tolerance) {
    return (svm_task){.subset = s->items,
                      .labels = s->labels,
                      .count = s->count,
                      .label_count = set->target->label_count,
                      .cost = cost,
                      .weigh_labels = weigh_labels,
                      .tolerance = tolerance};
}

whosaid_status trainer_margins_of_fold(const example_set *set, const svm_items *items,
                                       const uint32_t *fold, uint32_t held_out,
                                       const trainer_options *options, double cost, double *margins,
                                       whosaid_error *err) {
    subset training = {0};
    svm_classifier *classifier = NULL;
    whosaid_status status = choose_training(set, fold, held_out, options->mix_speakers, &training)
                                ? WHOSAID_OK
                                : error_no_memory(err);
    if (status == WHOSAID_OK) {
        svm_task task = task_of(set, &training, cost, options->weigh_labels, SEARCH_TOLERANCE);
        status = svm_classifier_train(items, &task, &classifier, err);
    }
    for (size_t i = 0; i < set->count && status == WHOSAID_OK; i++)
        if (fold[i] == held_out)
            svm_classifier_margins(classifier, items, (uint32_t)i,
                                   margins + i * set->target->label_count);
    svm_classifier_free(classifier);
    subset_free(&training);
    return status;
}

static confusion confusion_of_margins(const example_set *set, const double *margins) {
    confusion c = {.label_count = set->target->label_count};
    for (size_t i = 0; i < set->count; i++) {
        if (!example_is_own(&set->items[i])) continue;
        c.counts[set->items[i].label][largest_of(margins + i * c.label_count, c.label_count)]++;
    }
    return c;
}

/* The run of one training: what its parts share. */
typedef struct run {
    const example_set *set;
    const trainer_options *options;
    svm_items *items;
    uint32_t *fold;
    double *margins, *best_margins; /* [item][label] */
    size_t done, total;             /* trainings, for the progress */
} run;

static whosaid_status step(run *r, whosaid_error *err) {
    r->done++;
    if (!r->options->progress || r->options->progress(r->options->context, r->done, r->total))
        return WHOSAID_OK;
    return error_set(err, WHOSAID_CANCELLED, NULL, 0, "training was cancelled");
}

static whosaid_status margins_of_all_folds(run *r, double cost, whosaid_error *err) {
    for (uint32_t f = 0; f < r->options->folds; f++) {
        whosaid_status status = trainer_margins_of_fold(r->set, r->items, r->fold, f, r->options,
                                                        cost, r->margins, err);
        if (status == WHOSAID_OK) status = step(r, err);
        if (status != WHOSAID_OK) return status;
    }
    return WHOSAID_OK;
}

/* Differences between costs are mostly noise: another than the usual one must be clearly better. */
static double merit_of(double cost, double macro_f1) {
    return macro_f1 - FAR_COST_PENALTY * fabs(log2(cost / TRAINER_USUAL_COST));
}

/* The cost with the best macro F1 out of fold. */
static whosaid_status search_cost(run *r, training_summary *summary, whosaid_error *err) {
    bool search = r->options->cost <= 0 && summary->examples >= TRAINER_SEARCH_FROM &&
                  summary->examples <= SEARCH_TO;
    double fixed = r->options->cost > 0 ? r->options->cost : TRAINER_USUAL_COST;
    size_t tries = search ? COST_COUNT : 1;
    r->total = tries * r->options->folds + 1;
    double best = -HUGE_VAL;
    for (size_t t = 0; t < tries; t++) {
        double cost = search ? COSTS[t] : fixed;
        whosaid_status status = margins_of_all_folds(r, cost, err);
        if (status == WHOSAID_OK && !example_set_lean(r->set, r->margins))
            status = error_no_memory(err);
        if (status != WHOSAID_OK) return status;
        confusion c = confusion_of_margins(r->set, r->margins);
        double merit = merit_of(cost, confusion_macro_f1(&c));
        if (merit <= best) continue;
        best = merit;
        summary->cost = cost;
        summary->macro_f1 = confusion_macro_f1(&c);
        summary->accuracy = confusion_accuracy(&c);
        memcpy(r->best_margins, r->margins,
               r->set->count * r->set->target->label_count * sizeof *r->margins);
    }
    return WHOSAID_OK;
}

static bool fit_sharpness(run *r, training_summary *summary) {
    size_t labels = r->set->target->label_count, count = 0;
    uint32_t *gold = malloc((r->set->count + 1) * sizeof *gold);
    if (!gold) return false;
    for (size_t i = 0; i < r->set->count; i++) {
        if (!example_is_own(&r->set->items[i])) continue;
        memmove(r->best_margins + count * labels, r->best_margins + i * labels,
                labels * sizeof *r->best_margins);
        gold[count++] = r->set->items[i].label;
    }
    double fitted = calibration_fit(r->best_margins, gold, count, labels);
    summary->sharpness = nearbyint(fitted * 1e6) / 1e6; /* as the card has it */
    free(gold);
    return true;
}

/* Largest difference between the collapsed weights' margins and libsvm's own. */
static double collapse_difference(const run *r, const svm_classifier *classifier,
                                  const double *weights, const double *biases) {
    size_t labels = r->set->target->label_count;
    double largest = 0, own[TARGET_MAX_LABELS];
    for (size_t i = 0; i < r->set->count; i++) {
        if (!example_is_own(&r->set->items[i])) continue;
        svm_classifier_margins(classifier, r->items, (uint32_t)i, own);
        const sparse_row *row = &r->set->rows[i];
        for (size_t k = 0; k < labels; k++) {
            double margin = biases[k];
            for (size_t j = 0; j < row->count; j++)
                margin += weights[row->indices[j] * labels + k] * row->values[j];
            largest = fmax(largest, fabs(margin - own[k]));
        }
    }
    return largest;
}

/* Weights of the model from what libsvm found. */
static whosaid_status collapse(const run *r, const svm_classifier *classifier,
                               training_summary *summary, stance_model *model, whosaid_error *err) {
    size_t labels = r->set->target->label_count;
    double *weights =
        calloc(feature_dictionary_size(r->set->dictionary) * labels + 1, sizeof *weights);
    double biases[TARGET_MAX_LABELS] = {0};
    if (!weights) return error_no_memory(err);
    svm_classifier_collapse(classifier, r->items, weights, biases);
    summary->collapse_difference = collapse_difference(r, classifier, weights, biases);
    stance_model_set(model, weights, biases);
    free(weights);
    return summary->collapse_difference < COLLAPSE_TOLERANCE
               ? WHOSAID_OK
               : error_set(err, WHOSAID_MODEL, NULL, 0,
                           "the collapsed weights differ from libsvm by %g",
                           summary->collapse_difference);
}

static whosaid_status train_final(run *r, training_summary *summary, stance_model *model,
                                  whosaid_error *err) {
    subset all = {0};
    svm_classifier *classifier = NULL;
    if (!subset_allocate(&all, r->set->count)) {
        subset_free(&all);
        return error_no_memory(err);
    }
    for (size_t i = 0; i < r->set->count; i++)
        if (!r->set->items[i].is_test) subset_add(&all, r->set, i);
    svm_task task = task_of(r->set, &all, summary->cost, r->options->weigh_labels, FINAL_TOLERANCE);
    whosaid_status status = svm_classifier_train(r->items, &task, &classifier, err);
    if (status == WHOSAID_OK) status = collapse(r, classifier, summary, model, err);
    svm_classifier_free(classifier);
    subset_free(&all);
    return status == WHOSAID_OK ? step(r, err) : status;
}

/* Refuses corpora that nothing can be learned from, with the reason. */
static whosaid_status check_examples(const example_set *set, training_summary *summary,
                                     whosaid_error *err) {
    size_t counts[TARGET_MAX_LABELS] = {0}, learnable = 0;
    for (size_t i = 0; i < set->count; i++) {
        if (!example_is_own(&set->items[i])) continue;
        summary->examples++;
        counts[set->items[i].label]++;
    }
    for (size_t k = 0; k < set->target->label_count; k++)
        learnable += counts[k] >= LEAST_PER_LABEL;
    const text_view toward = set->target->name;
    if (summary->examples < LEAST_EXAMPLES)
        return error_set(err, WHOSAID_SYNTAX, NULL, 0,
                         "target %.*s: %zu statements with a stance, %d are needed at least",
                         (int)toward.len, toward.ptr, summary->examples, LEAST_EXAMPLES);
    if (learnable < 2)
        return error_set(err, WHOSAID_SYNTAX, NULL, 0,
                         "target %.*s: fewer than two labels have %d statements or more",
                         (int)toward.len, toward.ptr, LEAST_PER_LABEL);
    return WHOSAID_OK;
}

static whosaid_status run_all(run *r, stance_model *model, training_summary *summary,
                              whosaid_error *err) {
    const example_set *set = r->set;
    /* Training examples come first in a set; test items need no kernel. */
    size_t count = 0;
    while (count < set->count && !set->items[count].is_test)
        count++;
    whosaid_status status = svm_items_new(
        set->rows, count, feature_dictionary_size(set->dictionary), set->borrowed, &r->items, err);
    if (status == WHOSAID_OK)
        status = trainer_assign_folds(set, r->options->folds, r->options->seed, r->fold, err);
    if (status == WHOSAID_OK) status = search_cost(r, summary, err);
    if (status == WHOSAID_OK && !fit_sharpness(r, summary)) status = error_no_memory(err);
    if (status == WHOSAID_OK) status = train_final(r, summary, model, err);
    model->sharpness = summary->sharpness;
    return status;
}

whosaid_status trainer_run(const example_set *set, const trainer_options *options,
                           stance_model **out, training_summary *summary, whosaid_error *err) {
    *out = NULL;
    *summary = (training_summary){0};
    whosaid_status status = check_examples(set, summary, err);
    if (status != WHOSAID_OK) return status;
    size_t margins = (set->count + 1) * set->target->label_count;
    run r = {.set = set,
             .options = options,
             .fold = calloc(set->count + 1, sizeof *r.fold),
             .margins = calloc(margins, sizeof *r.margins),
             .best_margins = calloc(margins, sizeof *r.best_margins)};
    stance_model *model = stance_model_new(set->target, &set->settings, set->dictionary);
    bool allocated = r.fold && r.margins && r.best_margins && model;
    status = allocated ? run_all(&r, model, summary, err) : error_no_memory(err);
    svm_items_free(r.items);
    free(r.fold);
    free(r.margins);
    free(r.best_margins);
    if (status == WHOSAID_OK)
        *out = model;
    else
        stance_model_free(model);
    return status;
}
