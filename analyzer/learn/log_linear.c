#include "learn/log_linear.h"

#include "learn/lbfgs.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double TOLERANCE = 1e-5;

double log_linear_score(const sparse_rows *rows, size_t row, const double *weights) {
    size_t count;
    const uint32_t *ids = sparse_row(rows, row, &count);
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += weights[ids[i]];
    return sum;
}

static void add_row(const sparse_rows *rows, size_t row, double factor, double *gradient) {
    size_t count;
    const uint32_t *ids = sparse_row(rows, row, &count);
    for (size_t i = 0; i < count; i++)
        gradient[ids[i]] += factor;
}

static double add_penalty(const double *weights, size_t count, double penalty, double *gradient) {
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        sum += weights[i] * weights[i];
        gradient[i] += penalty * weights[i];
    }
    return penalty / 2 * sum;
}

typedef struct choice_job {
    const choice_data *data;
    double penalty;
    double *scores; /* [rows] scratch */
} choice_job;

/* One group: adds to the gradient, returns -log P(best). */
static double choice_group(const choice_job *job, uint32_t group, const double *weights,
                           double *gradient) {
    const choice_data *d = job->data;
    uint32_t first = d->groups[group], end = d->groups[group + 1];
    double largest = -INFINITY, all = 0, right = 0, share = 1.0 / (double)d->chosen_count;
    for (uint32_t r = first; r < end; r++) {
        job->scores[r] = log_linear_score(d->rows, r, weights) +
                         weights[d->feature_count] * (double)d->values[r];
        largest = fmax(largest, job->scores[r]);
    }
    for (uint32_t r = first; r < end; r++) {
        job->scores[r] = exp(job->scores[r] - largest);
        all += job->scores[r];
        if (d->best[r]) right += job->scores[r];
    }
    for (uint32_t r = first; r < end; r++) {
        double wanted = d->best[r] ? job->scores[r] / right : 0;
        double factor = share * (job->scores[r] / all - wanted);
        add_row(d->rows, r, factor, gradient);
        gradient[d->feature_count] += factor * (double)d->values[r];
    }
    return share * -log(right / all + 1e-300);
}

static double choice_loss(void *context, const double *weights, double *gradient) {
    const choice_job *job = context;
    size_t count = job->data->feature_count + 1;
    memset(gradient, 0, count * sizeof *gradient);
    double loss = 0;
    for (size_t i = 0; i < job->data->chosen_count; i++)
        loss += choice_group(job, job->data->chosen[i], weights, gradient);
    return loss + add_penalty(weights, count, job->penalty, gradient);
}

bool choice_fit(const choice_data *data, double penalty, unsigned iterations, double *weights) {
    choice_job job = {data, penalty, malloc((data->rows->count + 1) * sizeof(double))};
    bool done = job.scores && lbfgs_minimize(choice_loss, &job, weights, data->feature_count + 1,
                                             iterations, TOLERANCE);
    free(job.scores);
    return done;
}

typedef struct yes_no_job {
    const yes_no_data *data;
    double penalty;
} yes_no_job;

static double yes_no_loss(void *context, const double *weights, double *gradient) {
    const yes_no_job *job = context;
    const yes_no_data *d = job->data;
    memset(gradient, 0, (d->feature_count + 1) * sizeof *gradient);
    double loss = 0, share = 1.0 / (double)d->chosen_count;
    for (size_t i = 0; i < d->chosen_count; i++) {
        uint32_t row = d->chosen[i];
        double score = log_linear_score(d->rows, row, weights) + weights[d->feature_count];
        double sign = d->yes[row] ? -score : score; /* log(1 + e^sign), safe for large values */
        loss += share * (fmax(sign, 0) + log1p(exp(-fabs(sign))));
        double factor = share * (1 / (1 + exp(-score)) - d->yes[row]);
        add_row(d->rows, row, factor, gradient);
        gradient[d->feature_count] += factor;
    }
    return loss + add_penalty(weights, d->feature_count, job->penalty, gradient);
}

bool yes_no_fit(const yes_no_data *data, double penalty, unsigned iterations, double *weights) {
    yes_no_job job = {data, penalty};
    return lbfgs_minimize(yes_no_loss, &job, weights, data->feature_count + 1, iterations,
                          TOLERANCE);
}
