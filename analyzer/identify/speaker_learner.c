#include "identify/speaker_learner.h"

#include "learn/lbfgs.h"

#include <math.h>
#include <stdlib.h>

#define ITERATIONS 200
#define TOLERANCE 1e-4

/* Adds the penalty's part to the gradient and returns its part of the value. */
static double add_penalty(const double *weights, double *gradient, size_t count, double penalty) {
    double value = 0;
    for (size_t i = 0; i < count; i++) {
        value += 0.5 * penalty * weights[i] * weights[i];
        gradient[i] += penalty * weights[i];
    }
    return value;
}

/* Weight layout: [0] shared by all forms, then one row a form. */
static size_t own_row(source_form form, size_t width) {
    return ((size_t)form + 1) * width;
}

typedef struct reference_problem {
    const reference_case *cases;
    size_t count;
    uint32_t left_out_fold;
    double penalty;
} reference_problem;

static double score_of(const uint64_t *features, const double *shared, const double *own) {
    double sum = 0;
    for (size_t w = 0; w < REFERENCE_WORDS; w++)
        for (uint64_t rest = features[w]; rest; rest &= rest - 1) {
            size_t at = w * 64 + (size_t)__builtin_ctzll(rest);
            sum += shared[at] + own[at];
        }
    return sum;
}

static void add_gradient(const uint64_t *features, double amount, double *shared, double *own) {
    for (size_t w = 0; w < REFERENCE_WORDS; w++)
        for (uint64_t rest = features[w]; rest; rest &= rest - 1) {
            size_t at = w * 64 + (size_t)__builtin_ctzll(rest);
            shared[at] += amount;
            own[at] += amount;
        }
}

/* -log of the right answers' share; d/ds of candidate i: p_i - [right] p_i / share. */
static double case_loss(const reference_case *c, const double *weights, double *gradient) {
    size_t own = own_row(c->form, REFERENCE_FEATURE_COUNT);
    double scores[CANDIDATES_MAX], largest = -INFINITY, total = 0, share = 0;
    for (uint32_t i = 0; i < c->count; i++) {
        scores[i] = score_of(c->features[i], weights, weights + own);
        if (scores[i] > largest) largest = scores[i];
    }
    for (uint32_t i = 0; i < c->count; i++) {
        scores[i] = exp(scores[i] - largest);
        total += scores[i];
        if (c->right[i]) share += scores[i];
    }
    if (share < 1e-300) share = 1e-300;
    for (uint32_t i = 0; i < c->count; i++) {
        double amount = scores[i] / total - (c->right[i] ? scores[i] / share : 0);
        add_gradient(c->features[i], amount, gradient, gradient + own);
    }
    return log(total) - log(share);
}

#define REFERENCE_WEIGHTS ((SOURCE_FORM_COUNT + 1) * (size_t)REFERENCE_FEATURE_COUNT)

static double reference_loss(void *context, const double *weights, double *gradient) {
    const reference_problem *problem = context;
    memset(gradient, 0, REFERENCE_WEIGHTS * sizeof *gradient);
    double value = 0;
    for (size_t i = 0; i < problem->count; i++)
        if (problem->cases[i].fold != problem->left_out_fold)
            value += case_loss(&problem->cases[i], weights, gradient);
    return value + add_penalty(weights, gradient, REFERENCE_WEIGHTS, problem->penalty);
}

bool reference_learn(const reference_case *cases, size_t count, uint32_t left_out_fold,
                     double penalty, float weights[SOURCE_FORM_COUNT][REFERENCE_FEATURE_COUNT]) {
    reference_problem problem = {cases, count, left_out_fold, penalty};
    double *values = calloc(REFERENCE_WEIGHTS, sizeof *values);
    bool ok = values && lbfgs_minimize(reference_loss, &problem, values, REFERENCE_WEIGHTS,
                                       ITERATIONS, TOLERANCE);
    for (size_t form = 0; ok && form < SOURCE_FORM_COUNT; form++)
        for (size_t k = 0; k < REFERENCE_FEATURE_COUNT; k++)
            weights[form][k] =
                (float)(values[k] +
                        values[own_row((source_form)form, REFERENCE_FEATURE_COUNT) + k]);
    free(values);
    return ok;
}

typedef struct grade_problem {
    const grade_case *cases;
    size_t count, feature_count;
    double penalty;
} grade_problem;

static double grade_case_loss(const grade_case *c, const double *weights, double *gradient) {
    double scores[GRADE_COUNT] = {0}, largest = -INFINITY, total = 0;
    for (size_t i = 0; i < c->count; i++)
        for (size_t g = 0; g < GRADE_COUNT; g++)
            scores[g] += weights[c->features[i] * GRADE_COUNT + g];
    for (size_t g = 0; g < GRADE_COUNT; g++)
        if (scores[g] > largest) largest = scores[g];
    double right = scores[c->grade] - largest;
    for (size_t g = 0; g < GRADE_COUNT; g++)
        total += scores[g] = exp(scores[g] - largest);
    for (size_t g = 0; g < GRADE_COUNT; g++) {
        double amount = c->weight * (scores[g] / total - (g == (size_t)c->grade));
        for (size_t i = 0; i < c->count; i++)
            gradient[c->features[i] * GRADE_COUNT + g] += amount;
    }
    return c->weight * (log(total) - right);
}

static double grade_loss(void *context, const double *weights, double *gradient) {
    const grade_problem *problem = context;
    size_t size = problem->feature_count * GRADE_COUNT;
    memset(gradient, 0, size * sizeof *gradient);
    double value = 0;
    for (size_t i = 0; i < problem->count; i++)
        value += grade_case_loss(&problem->cases[i], weights, gradient);
    return value + add_penalty(weights, gradient, size, problem->penalty);
}

bool grade_learn(const grade_case *cases, size_t count, size_t feature_count, double penalty,
                 float (*rows)[GRADE_COUNT]) {
    grade_problem problem = {cases, count, feature_count, penalty};
    size_t size = feature_count * GRADE_COUNT;
    double *values = calloc(size + 1, sizeof *values);
    bool ok = values && lbfgs_minimize(grade_loss, &problem, values, size, ITERATIONS, TOLERANCE);
    for (size_t i = 0; ok && i < size; i++)
        rows[i / GRADE_COUNT][i % GRADE_COUNT] = (float)values[i];
    free(values);
    return ok;
}

typedef struct trust_problem {
    const trust_case *cases;
    size_t count;
    double penalty;
} trust_problem;

#define TRUST_WEIGHTS ((SOURCE_FORM_COUNT + 1) * (size_t)TRUST_FEATURE_COUNT)

static double trust_loss(void *context, const double *weights, double *gradient) {
    const trust_problem *problem = context;
    memset(gradient, 0, TRUST_WEIGHTS * sizeof *gradient);
    double value = 0;
    for (size_t i = 0; i < problem->count; i++) {
        const trust_case *c = &problem->cases[i];
        size_t own = own_row(c->form, TRUST_FEATURE_COUNT);
        double sum = 0;
        for (size_t k = 0; k < TRUST_FEATURE_COUNT; k++)
            sum += (double)c->values[k] * (weights[k] + weights[own + k]);
        double margin = c->right ? sum : -sum;
        value += margin > 0 ? log1p(exp(-margin)) : log1p(exp(margin)) - margin;
        double amount = 1 / (1 + exp(-sum)) - (c->right ? 1 : 0);
        for (size_t k = 0; k < TRUST_FEATURE_COUNT; k++) {
            gradient[k] += amount * (double)c->values[k];
            gradient[own + k] += amount * (double)c->values[k];
        }
    }
    return value + add_penalty(weights, gradient, TRUST_WEIGHTS, problem->penalty);
}

bool trust_learn(const trust_case *cases, size_t count, double penalty,
                 float weights[SOURCE_FORM_COUNT][TRUST_FEATURE_COUNT]) {
    trust_problem problem = {cases, count, penalty};
    double values[TRUST_WEIGHTS] = {0};
    if (!lbfgs_minimize(trust_loss, &problem, values, TRUST_WEIGHTS, ITERATIONS, TOLERANCE))
        return false;
    for (size_t form = 0; form < SOURCE_FORM_COUNT; form++)
        for (size_t k = 0; k < TRUST_FEATURE_COUNT; k++)
            weights[form][k] =
                (float)(values[k] + values[own_row((source_form)form, TRUST_FEATURE_COUNT) + k]);
    return true;
}
