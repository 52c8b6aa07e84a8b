#include "attribute/attribution_trial.h"

#include "base/error.h"
#include "segment/segment.h"

#include <math.h>

static bool in_fold(trial_fold fold, size_t index) {
    return fold.folds == 0 || index % fold.folds == fold.fold;
}

/* Prepares the chosen articles of one source. */
static whosaid_status add_source(training_set *set, const training_source *source, trial_fold fold,
                                 const tagger *names, whosaid_error *err) {
    whosaid_status status = WHOSAID_OK;
    for (size_t i = 0; status == WHOSAID_OK && i < corpus_size(source->corpus); i++) {
        if (source->held_out && fold.folds && in_fold(fold, i)) continue;
        training_article *t = &set->articles[set->count];
        status =
            training_article_prepare(corpus_article(source->corpus, i), names, set->memory, t, err);
        if (status != WHOSAID_OK || t->article.token_count == 0) continue;
        t->fold = (unsigned)(set->count % TRAIN_FOLDS);
        t->weight = source->weight;
        set->count++;
    }
    return status;
}

whosaid_status attribution_trial_train(const training_source *sources, size_t count,
                                       trial_fold fold, const tagger *names,
                                       const attribution_training *options, const char *folder,
                                       size_t *articles, whosaid_error *err) {
    training_set set = {.memory = arena_new()};
    if (!set.memory) return error_no_memory(err);
    size_t most = 0;
    for (size_t i = 0; i < count; i++)
        most += corpus_size(sources[i].corpus);
    set.articles = ARENA_NEW(set.memory, training_article, most);
    whosaid_status status = set.articles ? WHOSAID_OK : error_no_memory(err);
    for (size_t i = 0; status == WHOSAID_OK && i < count; i++)
        status = add_source(&set, &sources[i], fold, names, err);
    if (status == WHOSAID_OK) status = attribution_train(&set, options, folder, err);
    if (articles) *articles = set.count;
    arena_free(set.memory);
    return status;
}

/* Puts each attribution into its bin; right as the row "correct" counts it. */
static whosaid_status calibrate(const article *a, const annotated_article *gold, arena *memory,
                                calibration_bins *bins, whosaid_error *err) {
    scored_quote *predicted = scored_quotes_of_article(a, memory);
    scored_quote *wanted = scored_quotes_of_gold(gold, memory);
    if (!predicted || !wanted) return error_no_memory(err);
    whosaid_status status = WHOSAID_OK;
    for (size_t i = 0; status == WHOSAID_OK && i < a->attribution_count; i++) {
        attribution_tally alone = {0};
        status = attribution_score(&alone, gold->text, &predicted[i], 1, wanted, gold->quote_count,
                                   memory, err);
        double p = (double)a->attributions[i].score;
        int bin = (int)(p * CALIBRATION_BINS);
        if (bin >= CALIBRATION_BINS) bin = CALIBRATION_BINS - 1;
        bins->probability[bin] += p;
        bins->count[bin]++;
        bins->right[bin] += alone.rows[ROW_CORRECT].hit_predicted;
    }
    return status;
}

double attribution_calibration_error(const calibration_bins *bins) {
    double distance = 0, count = 0;
    for (int b = 0; b < CALIBRATION_BINS; b++) {
        distance += fabs(bins->probability[b] - (double)bins->right[b]);
        count += (double)bins->count[b];
    }
    return count > 0 ? distance / count : 0;
}

static whosaid_status measure_article(const attributor *model, const tagger *names,
                                      const annotated_article *gold, float min_score, arena *memory,
                                      trial_result *result, whosaid_error *err) {
    article a = annotated_article_start(gold, memory);
    whosaid_status status = segment_article(&a, err);
    if (status == WHOSAID_OK && names) status = tagger_tag(names, &a, err);
    if (status == WHOSAID_OK) status = attributor_find(model, &a, min_score, err);
    if (status != WHOSAID_OK) return status;
    scored_quote *predicted = scored_quotes_of_article(&a, memory);
    scored_quote *wanted = scored_quotes_of_gold(gold, memory);
    if (!predicted || !wanted) return error_no_memory(err);
    status = attribution_score(&result->tally, gold->text, predicted, a.attribution_count, wanted,
                               gold->quote_count, memory, err);
    if (status == WHOSAID_OK) status = calibrate(&a, gold, memory, &result->calibration, err);
    result->articles++;
    return status;
}

whosaid_status attribution_trial_measure(const attributor *model, const tagger *names,
                                         const corpus *test, trial_fold fold, float min_score,
                                         trial_result *result, whosaid_error *err) {
    arena *memory = arena_new();
    if (!memory) return error_no_memory(err);
    whosaid_status status = WHOSAID_OK;
    for (size_t i = 0; status == WHOSAID_OK && i < corpus_size(test); i++) {
        if (!in_fold(fold, i)) continue;
        status =
            measure_article(model, names, corpus_article(test, i), min_score, memory, result, err);
        arena_reset(memory);
    }
    arena_free(memory);
    return status;
}
