/* train_roles.h: training the role pass: for each cue, which tokens of its window are content and
 * which source. Trained on true cues only (spurious ones cost accuracy), those that the cue pass
 * missed among them; every proposed cue is analysed by the model of the other folds. */
#ifndef ATTRIBUTE_TRAIN_ROLES_H
#define ATTRIBUTE_TRAIN_ROLES_H

#include "attribute/analysis.h"
#include "attribute/train_cues.h"

typedef struct cue_analyses {
    analysis *items; /* best first */
    uint32_t count;
    float nothing; /* score of reading nothing in the window */
    int32_t gold;  /* index of the gold attribution with the most cue tokens in common, or -1 */
} cue_analyses;

typedef struct trained_roles {
    sequence_model average;      /* features: base features, then role features */
    feature_numbers *dictionary; /* of role features; numbers follow those of the base */
    cue_analyses **analyses;     /* [article count][cue count] by the model of other folds */
} trained_roles;

typedef struct role_training {
    unsigned epochs, least; /* least: occurrences of a feature that is kept */
    float aggressiveness;
    unsigned threads;
} role_training;

/* Error: NO_MEMORY. analyses live in set->memory. */
WHOSAID_CHECK whosaid_status roles_train(const training_set *set, const token_rows *rows,
                                         const trained_cues *cues, role_training options,
                                         trained_roles *out, whosaid_error *err);
void trained_roles_free(trained_roles *roles);

#endif
