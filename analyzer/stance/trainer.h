/* trainer.h: from examples to a stance model: search of the cost, out-of-fold margins, temperature,
 * the final machine and its collapse. Deterministic for a seed. */
#ifndef STANCE_TRAINER_H
#define STANCE_TRAINER_H

#include "stance/examples.h"
#include "stance/stance_model.h"

/* The cost where it is not searched, and from how many examples on it is. */
#define TRAINER_USUAL_COST 2.0
enum { TRAINER_SEARCH_FROM = 200 };

typedef struct trainer_options {
    double cost;       /* C; 0: searched in {.5, 1, 2, 4, 8} for 200 to 5,000 examples, else 2 */
    size_t folds;      /* for search and calibration */
    bool weigh_labels; /* root of the inverse frequency */
    bool mix_speakers; /* a named speaker's statements may stand on both sides of a fold */
    uint64_t seed;
    /* Called between trainings; may be NULL. Returning false cancels. */
    bool (*progress)(void *context, size_t done, size_t total);
    void *context;
} trainer_options;

trainer_options trainer_options_default(void);

/* Fold of each item of the set, 0 to folds - 1: articles stay together; folds are as equal in size
 * as that allows, dealt by the seed. fold[] is the caller's, [set->count]; test items get `folds`.
 * Errors: NO_MEMORY. */
WHOSAID_CHECK whosaid_status trainer_assign_folds(const example_set *set, size_t folds,
                                                  uint64_t seed, uint32_t *fold,
                                                  whosaid_error *err);

/* Trains on the items outside `held_out` whose named speaker does not speak inside it (unless the
 * options mix them), and writes the margins of the held-out items. fold[item] as above.
 * margins: [set->count][label_count]. Errors: as svm_classifier_train. */
WHOSAID_CHECK whosaid_status trainer_margins_of_fold(const example_set *set, const svm_items *items,
                                                     const uint32_t *fold, uint32_t held_out,
                                                     const trainer_options *options, double cost,
                                                     double *margins, whosaid_error *err);

/* What came out of the search and the folds. */
typedef struct training_summary {
    double cost;
    double sharpness;
    double macro_f1; /* of the out-of-fold labels */
    double accuracy;
    size_t examples;
    double collapse_difference; /* largest, against libsvm's own margins */
} training_summary;

/* Trains on the items of the set that are not for testing. Errors: SYNTAX (the corpus is not
 * usable, and why), NO_MEMORY, CANCELLED, USAGE (libsvm refuses the cost), MODEL (the collapsed
 * weights differ from libsvm). *out borrows target and dictionary of the set. */
WHOSAID_CHECK whosaid_status trainer_run(const example_set *set, const trainer_options *options,
                                         stance_model **out, training_summary *summary,
                                         whosaid_error *err);

#endif
