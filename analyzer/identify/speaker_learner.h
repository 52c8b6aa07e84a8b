/* speaker_learner.h: fitting the log-linear models of models/speaker. All objectives are convex
 * and minimised by lbfgs.h; `penalty` is the factor of half the squared weights. Deterministic.
 * The functions return false when memory is out. */
#ifndef IDENTIFY_SPEAKER_LEARNER_H
#define IDENTIFY_SPEAKER_LEARNER_H

#include "identify/speaker_model.h"

/* One decision of the ranking model with the right answers marked; several may be right. */
typedef struct reference_case {
    source_form form;
    uint32_t fold;
    uint32_t count;
    uint64_t (*features)[REFERENCE_WORDS]; /* [count] */
    bool *right;                           /* [count] at least one */
} reference_case;

/* Maximises the probability of the right answers. Each weight is the sum of one that all forms
 * share and one of its form, so that rare forms lean on the others. Cases of `left_out_fold` are
 * not used (UINT32_MAX: all are). */
WHOSAID_CHECK bool reference_learn(const reference_case *cases, size_t count,
                                   uint32_t left_out_fold, double penalty,
                                   float weights[SOURCE_FORM_COUNT][REFERENCE_FEATURE_COUNT]);

typedef struct grade_case {
    const uint32_t *features; /* numbers below feature_count */
    size_t count;
    double weight; /* how often it counts */
    anonymity_grade grade;
} grade_case;

WHOSAID_CHECK bool grade_learn(const grade_case *cases, size_t count, size_t feature_count,
                               double penalty, float (*rows)[GRADE_COUNT]);

typedef struct trust_case {
    source_form form;
    float values[TRUST_FEATURE_COUNT];
    bool right;
} trust_case;

WHOSAID_CHECK bool trust_learn(const trust_case *cases, size_t count, double penalty,
                               float weights[SOURCE_FORM_COUNT][TRUST_FEATURE_COUNT]);

#endif
