/* attribution_trial.h: training on corpora and measuring on others: what the commands train and
 * evaluate share. */
#ifndef ATTRIBUTE_ATTRIBUTION_TRIAL_H
#define ATTRIBUTE_ATTRIBUTION_TRIAL_H

#include "attribute/attribution_score.h"
#include "attribute/attributor.h"
#include "attribute/train_attribution.h"

/* A corpus to learn from. Borrowed. */
typedef struct training_source {
    const corpus *corpus;
    unsigned weight; /* how many times each article is shown, at least 1 */
    bool held_out;   /* cross-validation measures on it, fold by fold */
} training_source;

/* The articles of a held-out corpus that are left out: index % folds == fold. folds 0: none. */
typedef struct trial_fold {
    unsigned folds, fold;
} trial_fold;

/* Trains on the sources without the fold and writes the model into `folder`. *articles (may be
 * NULL) receives the number of articles. tagger: NULL leaves the tokens untagged. Errors: IO,
 * SYNTAX, MODEL, NO_MEMORY. */
WHOSAID_CHECK whosaid_status attribution_trial_train(const training_source *sources, size_t count,
                                                     trial_fold fold, const tagger *tagger,
                                                     const attribution_training *options,
                                                     const char *folder, size_t *articles,
                                                     whosaid_error *err);

/* How probable the attributions were, and how often they were right, in bins of a tenth. */
enum { CALIBRATION_BINS = 10 };
typedef struct calibration_bins {
    double probability[CALIBRATION_BINS]; /* sums */
    uint64_t count[CALIBRATION_BINS], right[CALIBRATION_BINS];
} calibration_bins;

/* Mean distance between probability and share that is right, weighted by count. */
double attribution_calibration_error(const calibration_bins *bins);

/* What a measurement collects. */
typedef struct trial_result {
    attribution_tally tally;
    calibration_bins calibration;
    size_t articles;
} trial_result;

/* Analyses the articles of the fold (all of them when folds is 0) and adds to `result` what is
 * reported at min_score. Errors: LIMIT, NO_MEMORY. */
WHOSAID_CHECK whosaid_status attribution_trial_measure(const attributor *attributor,
                                                       const tagger *tagger, const corpus *test,
                                                       trial_fold fold, float min_score,
                                                       trial_result *result, whosaid_error *err);

#endif
