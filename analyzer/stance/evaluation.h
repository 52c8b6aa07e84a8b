/* evaluation.h: how good a stance model of given settings is: on a held-out set, or by folds that
 * keep the statements of an article, and of a named speaker, together. */
#ifndef STANCE_EVALUATION_H
#define STANCE_EVALUATION_H

#include "stance/metrics.h"
#include "stance/trainer.h"

typedef struct evaluation_options {
    trainer_options training;
    size_t folds;   /* without a test set */
    size_t repeats; /* of the folds, each dealt anew */
} evaluation_options;

evaluation_options evaluation_options_default(void);

typedef struct evaluation {
    size_t count;                      /* statements scored */
    confusion confusion;               /* of the first repeat */
    double macro_f1, accuracy;         /* mean over the repeats */
    double macro_low, macro_high;      /* 95 % interval by resampling articles */
    double calibration_error;          /* 0 to 1 */
    double coverage, accuracy_decided; /* at the target's threshold */
    double majority_macro_f1;          /* the most frequent training label for everything */
    double sharpness, cost;
} evaluation;

/* Scores the test items of the set after training on the others; or, when it has none, every item
 * by folds. Errors: as trainer_run. */
WHOSAID_CHECK whosaid_status evaluate_examples(const example_set *set,
                                               const evaluation_options *options, evaluation *out,
                                               whosaid_error *err);

#endif
