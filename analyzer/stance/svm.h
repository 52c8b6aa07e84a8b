/* svm.h: one-against-rest C-SVC with a linear kernel. The one place that calls libsvm: its output
 * is silenced, its cross-validation and probabilities (which use rand()) and its file functions
 * (which change the locale) are not used. */
#ifndef STANCE_SVM_H
#define STANCE_SVM_H

#include "whosaid.h"

#include <stdbool.h>

/* A sparse vector; indices ascend. */
typedef struct sparse_row {
    const uint32_t *indices;
    const double *values;
    size_t count;
} sparse_row;

/* The items of a training set and what the kernel needs of them. */
typedef struct svm_items svm_items;

/* Prepares rows of unit length, borrowed as long as the items live. Up to SVM_GRAM_MAX rows the
 * kernel is computed once for all trainings (16 bytes a pair), beyond that row by row on demand.
 *
 * kin[row]: which of two related tasks the row belongs to, borrowed; NULL: all to task 0. The
 * kernel of rows of different tasks counts SVM_KINSHIP times: one vector of weights that both tasks
 * share and one of their own (Evgeniou and Pontil 2004). Collapsed weights are those of task 0. It
 * needs the kernel computed, so beyond SVM_GRAM_MAX rows both tasks count as one. Errors:
 * NO_MEMORY. */
#define SVM_GRAM_MAX 10000
#define SVM_KINSHIP 0.8
WHOSAID_CHECK whosaid_status svm_items_new(const sparse_row *rows, size_t count,
                                           size_t feature_count, const unsigned char *kin,
                                           svm_items **out, whosaid_error *err);
void svm_items_free(svm_items *items);

/* Which items to learn from: labels[i] is the label of item subset[i]. */
typedef struct svm_task {
    const uint32_t *subset;
    const uint32_t *labels;
    size_t count;
    size_t label_count;
    double cost;       /* C */
    bool weigh_labels; /* cost times the root of the inverse frequency of the label */
    double tolerance;  /* of the solver's stopping rule */
} svm_task;

typedef struct svm_classifier svm_classifier;

/* Trains one binary machine a label. A label without items, or with all, gets a constant margin.
 * Deterministic. The classifier borrows the items as long as it lives; the task is not kept.
 * Errors: NO_MEMORY, USAGE (libsvm refuses the parameters). */
WHOSAID_CHECK whosaid_status svm_classifier_train(const svm_items *items, const svm_task *task,
                                                  svm_classifier **out, whosaid_error *err);
void svm_classifier_free(svm_classifier *classifier);

/* margins[label] of an item, from the support vectors, as libsvm computes them. */
void svm_classifier_margins(const svm_classifier *classifier, const svm_items *items, uint32_t item,
                            double *margins);

/* One weight vector a label: weights[feature * label_count + label] and biases[label], which the
 * caller allocates and zeroes. margin = weights . row + bias. */
void svm_classifier_collapse(const svm_classifier *classifier, const svm_items *items,
                             double *weights, double *biases);

#endif
