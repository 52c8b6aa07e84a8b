#include "stance/evaluation.h"

#include "base/error.h"
#include "base/hash.h"
#include "stance/calibration.h"

#include <stdlib.h>
#include <string.h>

enum { RESAMPLES = 500 };

evaluation_options evaluation_options_default(void) {
    return (evaluation_options){.training = trainer_options_default(), .folds = 5, .repeats = 3};
}

/* The items that are scored and what was answered, for each repeat. */
typedef struct outcomes {
    size_t count, repeats, label_count;
    uint32_t *items;     /* [count] index in the set */
    uint32_t *predicted; /* [repeat][count] */
    double *confidence;  /* [repeat][count] probability of the predicted label */
} outcomes;

static void outcomes_free(outcomes *o) {
    free(o->items);
    free(o->predicted);
    free(o->confidence);
}

static bool outcomes_allocate(outcomes *o, const example_set *set, bool test, size_t repeats) {
    *o = (outcomes){.repeats = repeats, .label_count = set->target->label_count};
    o->items = malloc((set->count + 1) * sizeof *o->items);
    o->predicted = calloc(set->count * repeats + 1, sizeof *o->predicted);
    o->confidence = calloc(set->count * repeats + 1, sizeof *o->confidence);
    if (!o->items || !o->predicted || !o->confidence) return false;
    for (size_t i = 0; i < set->count; i++)
        if (set->items[i].is_test == test && !set->items[i].is_borrowed)
            o->items[o->count++] = (uint32_t)i;
    return true;
}

static void note_outcome(outcomes *o, size_t repeat, size_t at, const double *margins,
                         double sharpness) {
    double probabilities[TARGET_MAX_LABELS];
    calibration_apply(sharpness, margins, o->label_count, probabilities);
    size_t best = largest_of(margins, o->label_count);
    o->predicted[repeat * o->count + at] = (uint32_t)best;
    o->confidence[repeat * o->count + at] = probabilities[best];
}

static void margins_of_row(const stance_model *model, const sparse_row *row, double *margins) {
    size_t labels = model->target->label_count;
    for (size_t k = 0; k < labels; k++) {
        margins[k] = model->biases[k];
        for (size_t j = 0; j < row->count; j++)
            margins[k] += (double)stance_model_row(model, row->indices[j])[k] * row->values[j];
    }
}

static whosaid_status run_test(const example_set *set, const evaluation_options *options,
                               outcomes *o, evaluation *out, whosaid_error *err) {
    stance_model *model;
    training_summary summary;
    whosaid_status status = trainer_run(set, &options->training, &model, &summary, err);
    if (status != WHOSAID_OK) return status;
    double *margins = calloc((set->count + 1) * o->label_count, sizeof *margins);
    for (size_t at = 0; margins && at < o->count; at++)
        margins_of_row(model, &set->rows[o->items[at]], margins + o->items[at] * o->label_count);
    if (!margins || !example_set_lean(set, margins)) status = error_no_memory(err);
    for (size_t at = 0; status == WHOSAID_OK && at < o->count; at++)
        note_outcome(o, 0, at, margins + o->items[at] * o->label_count, summary.sharpness);
    free(margins);
    out->sharpness = summary.sharpness;
    out->cost = summary.cost;
    stance_model_free(model);
    return status;
}

/* The sharpness for a fold comes from the margins of the other folds. */
static double sharpness_without(const example_set *set, const uint32_t *fold, uint32_t held_out,
                                const double *margins, double *some_margins, uint32_t *gold) {
    size_t labels = set->target->label_count, count = 0;
    for (size_t i = 0; i < set->count; i++) {
        if (fold[i] == held_out || set->items[i].is_borrowed) continue;
        memcpy(some_margins + count * labels, margins + i * labels, labels * sizeof *margins);
        gold[count++] = set->items[i].label;
    }
    return calibration_fit(some_margins, gold, count, labels);
}

typedef struct fold_buffers {
    uint32_t *fold, *gold;
    double *margins, *some_margins;
} fold_buffers;

static whosaid_status run_repeat(const example_set *set, const svm_items *items,
                                 const evaluation_options *options, size_t repeat, fold_buffers *b,
                                 outcomes *o, evaluation *out, whosaid_error *err) {
    const trainer_options *t = &options->training;
    whosaid_status status =
        trainer_assign_folds(set, options->folds, hash_mix(t->seed, repeat), b->fold, err);
    for (uint32_t f = 0; f < options->folds && status == WHOSAID_OK; f++) {
        status = trainer_margins_of_fold(set, items, b->fold, f, t, out->cost, b->margins, err);
        size_t done = repeat * options->folds + f + 1, total = options->repeats * options->folds;
        if (status == WHOSAID_OK && t->progress && !t->progress(t->context, done, total))
            status = error_set(err, WHOSAID_CANCELLED, NULL, 0, "evaluation was cancelled");
    }
    if (status == WHOSAID_OK && !example_set_lean(set, b->margins)) status = error_no_memory(err);
    for (uint32_t f = 0; f < options->folds && status == WHOSAID_OK; f++) {
        double sharpness = sharpness_without(set, b->fold, f, b->margins, b->some_margins, b->gold);
        out->sharpness += sharpness / (double)(options->folds * options->repeats);
        for (size_t at = 0; at < o->count; at++)
            if (b->fold[o->items[at]] == f)
                note_outcome(o, repeat, at, b->margins + o->items[at] * o->label_count, sharpness);
    }
    return status;
}

static whosaid_status run_folds(const example_set *set, const evaluation_options *options,
                                outcomes *o, evaluation *out, whosaid_error *err) {
    out->cost = options->training.cost > 0 ? options->training.cost : TRAINER_USUAL_COST;
    size_t labels = set->target->label_count;
    fold_buffers b = {calloc(set->count + 1, sizeof *b.fold),
                      calloc(set->count + 1, sizeof *b.gold),
                      calloc((set->count + 1) * labels, sizeof *b.margins),
                      calloc((set->count + 1) * labels, sizeof *b.some_margins)};
    svm_items *items = NULL;
    whosaid_status status = WHOSAID_OK;
    if (!b.fold || !b.gold || !b.margins || !b.some_margins) status = error_no_memory(err);
    if (status == WHOSAID_OK)
        status = svm_items_new(set->rows, set->count, feature_dictionary_size(set->dictionary),
                               set->borrowed, &items, err);
    for (size_t r = 0; r < options->repeats && status == WHOSAID_OK; r++)
        status = run_repeat(set, items, options, r, &b, o, out, err);
    svm_items_free(items);
    free(b.fold);
    free(b.gold);
    free(b.margins);
    free(b.some_margins);
    return status;
}

/* weight[article]: how often the article was drawn; NULL: once each. */
static confusion count_outcomes(const example_set *set, const outcomes *o, size_t repeat,
                                const uint32_t *weight) {
    confusion c = {.label_count = o->label_count};
    for (size_t at = 0; at < o->count; at++) {
        const example *e = &set->items[o->items[at]];
        c.counts[e->label][o->predicted[repeat * o->count + at]] += weight ? weight[e->article] : 1;
    }
    return c;
}

static double mean_macro_f1(const example_set *set, const outcomes *o, const uint32_t *weight) {
    double sum = 0;
    for (size_t r = 0; r < o->repeats; r++) {
        confusion c = count_outcomes(set, o, r, weight);
        sum += confusion_macro_f1(&c);
    }
    return sum / (double)o->repeats;
}

static int compare_doubles(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

/* 95 % interval of the macro F1 over articles drawn with replacement. */
static bool find_interval(const example_set *set, const outcomes *o, uint64_t seed,
                          evaluation *out) {
    uint32_t *articles = malloc((o->count + 1) * sizeof *articles);
    uint32_t *weight = malloc((set->article_count + 1) * sizeof *weight);
    double *values = malloc(RESAMPLES * sizeof *values);
    bool done = articles && weight && values;
    size_t article_count = 0;
    for (size_t at = 0; done && at < o->count; at++) {
        uint32_t from = set->items[o->items[at]].article;
        if (article_count == 0 || articles[article_count - 1] != from)
            articles[article_count++] = from;
    }
    for (size_t s = 0; done && s < RESAMPLES; s++) {
        memset(weight, 0, (set->article_count + 1) * sizeof *weight);
        for (size_t k = 0; k < article_count; k++)
            weight[articles[hash_mix(hash_mix(hash_mix(seed, 77), s), k) % article_count]]++;
        values[s] = mean_macro_f1(set, o, weight);
    }
    if (done) {
        qsort(values, RESAMPLES, sizeof *values, compare_doubles);
        out->macro_low = values[RESAMPLES * 25 / 1000];
        out->macro_high = values[RESAMPLES * 975 / 1000];
    }
    free(articles);
    free(weight);
    free(values);
    return done;
}

static void find_majority(const example_set *set, const outcomes *o, evaluation *out) {
    size_t counts[TARGET_MAX_LABELS] = {0}, majority = 0;
    bool has_test = o->count && set->items[o->items[0]].is_test;
    for (size_t i = 0; i < set->count; i++)
        if (!set->items[i].is_borrowed && !(has_test && set->items[i].is_test))
            counts[set->items[i].label]++;
    for (size_t k = 1; k < o->label_count; k++)
        if (counts[k] > counts[majority]) majority = k;
    confusion c = {.label_count = o->label_count};
    for (size_t at = 0; at < o->count; at++)
        c.counts[set->items[o->items[at]].label][majority]++;
    out->majority_macro_f1 = confusion_macro_f1(&c);
}

static bool summarize(const example_set *set, const outcomes *o, uint64_t seed, evaluation *out) {
    size_t total = o->count * o->repeats, decided = 0, decided_right = 0, right = 0;
    unsigned char *correct = malloc(total + 1);
    if (!correct) return false;
    for (size_t i = 0; i < total; i++) {
        correct[i] = set->items[o->items[i % o->count]].label == o->predicted[i];
        right += correct[i];
        bool is_decided = o->confidence[i] >= set->target->threshold;
        decided += is_decided;
        decided_right += is_decided && correct[i];
    }
    out->count = o->count;
    out->confusion = count_outcomes(set, o, 0, NULL);
    out->macro_f1 = mean_macro_f1(set, o, NULL);
    out->accuracy = total ? (double)right / (double)total : 0;
    out->calibration_error = calibration_error(o->confidence, correct, total);
    out->coverage = total ? (double)decided / (double)total : 0;
    out->accuracy_decided = decided ? (double)decided_right / (double)decided : 0;
    free(correct);
    find_majority(set, o, out);
    return find_interval(set, o, seed, out);
}

whosaid_status evaluate_examples(const example_set *set, const evaluation_options *options,
                                 evaluation *out, whosaid_error *err) {
    *out = (evaluation){0};
    bool test = false;
    for (size_t i = 0; i < set->count; i++)
        test |= set->items[i].is_test;
    outcomes o;
    whosaid_status status = WHOSAID_OK;
    if (!outcomes_allocate(&o, set, test, test ? 1 : options->repeats))
        status = error_no_memory(err);
    else if (test)
        status = run_test(set, options, &o, out, err);
    else
        status = run_folds(set, options, &o, out, err);
    if (status == WHOSAID_OK && !summarize(set, &o, options->training.seed, out))
        status = error_no_memory(err);
    outcomes_free(&o);
    return status;
}
