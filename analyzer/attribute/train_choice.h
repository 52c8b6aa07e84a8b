/* train_choice.h: training the last two stages: which of the analyses of a cue is the best one
 * (re-ranker), and whether it is right at all (acceptance). Both learn from analyses made by models
 * that have not seen the article; acceptance from re-rankers that have not seen it either. */
#ifndef ATTRIBUTE_TRAIN_CHOICE_H
#define ATTRIBUTE_TRAIN_CHOICE_H

#include "attribute/candidate_features.h"
#include "attribute/train_roles.h"

/* A log-linear model over hashed features. */
typedef struct hashed_model {
    feature_numbers *dictionary;
    double *weights; /* [size of the dictionary + 1] */
} hashed_model;

typedef struct trained_choice {
    hashed_model ranker;     /* last weight: of the gap */
    hashed_model acceptance; /* last weight: the constant */
    float score_scale;       /* median gap between the two best analyses */
} trained_choice;

typedef struct choice_training {
    double ranker_penalty, acceptance_penalty;
    unsigned ranker_least, acceptance_least; /* occurrences of a feature that is kept */
    unsigned ranker_iterations, acceptance_iterations;
} choice_training;

/* Error: NO_MEMORY. */
WHOSAID_CHECK whosaid_status choice_train(const training_set *set, const trained_cues *cues,
                                          const trained_roles *roles, choice_training options,
                                          trained_choice *out, whosaid_error *err);
void trained_choice_free(trained_choice *choice);

#endif
