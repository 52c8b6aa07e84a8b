/* log_linear.h: log-linear models over sparse features with an L2 penalty, fitted by L-BFGS:
 * choosing one of a list, and yes or no. */
#ifndef LEARN_LOG_LINEAR_H
#define LEARN_LOG_LINEAR_H

#include "learn/sparse_rows.h"

#include <stdbool.h>

/* Rows of a group compete: P(row) = exp(score) / sum of the group. */
typedef struct choice_data {
    const sparse_rows *rows;
    const float *values;    /* [rows] one real-valued feature more */
    const uint8_t *best;    /* [rows] 1: among the right choices of its group */
    const uint32_t *groups; /* first rows; behind the last group's stands its end */
    const uint32_t *chosen; /* [chosen_count] groups to learn from */
    size_t chosen_count, feature_count;
} choice_data;

/* Minimises mean(-log P(best rows)) + penalty / 2 |w|^2. weights: [feature_count + 1], the last one
 * for `values`; its content is where the search begins. False when memory is out. */
bool choice_fit(const choice_data *data, double penalty, unsigned iterations, double *weights);

typedef struct yes_no_data {
    const sparse_rows *rows;
    const uint8_t *yes;     /* [rows] */
    const uint32_t *chosen; /* [chosen_count] rows to learn from */
    size_t chosen_count, feature_count;
} yes_no_data;

/* Minimises mean log loss + penalty / 2 |w|^2 without penalty on the last weight, the constant.
 * weights: [feature_count + 1]. False when memory is out. */
bool yes_no_fit(const yes_no_data *data, double penalty, unsigned iterations, double *weights);

/* Sum of the weights of a row. */
double log_linear_score(const sparse_rows *rows, size_t row, const double *weights);

#endif
