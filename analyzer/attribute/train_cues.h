/* train_cues.h: training the cue pass: one model a fold, so that every training article gets cues
 * from a model that has not seen it; what ships is the average of the folds. */
#ifndef ATTRIBUTE_TRAIN_CUES_H
#define ATTRIBUTE_TRAIN_CUES_H

#include "attribute/cue_pass.h"
#include "attribute/train_corpus.h"
#include "learn/feature_numbers.h"
#include "learn/sequence_learner.h"

/* Base features of every token of a training set, and the numbers they have. */
typedef struct base_rows {
    feature_numbers *dictionary;
    sparse_rows rows;      /* one a token, articles one after the other */
    uint32_t *article_row; /* [article count] first row of each article */
} base_rows;

typedef struct trained_cues {
    sequence_model average;
    cue_chain chain; /* of the average */
    cue_list *cues;  /* [article count] found by the model of the other folds */
    float **margins; /* [article count][token_count] likewise, in units of the scores */
} trained_cues;

typedef struct cue_training {
    unsigned epochs;
    float aggressiveness;
    float proposals; /* cues proposed for each gold one */
    unsigned threads;
} cue_training;

/* rows: base features with a dictionary of their own. The results live in set->memory, except
 * average (sequence_model_free). Error: NO_MEMORY. */
WHOSAID_CHECK whosaid_status cues_train(const training_set *set, const base_rows *rows,
                                        cue_training options, trained_cues *out,
                                        whosaid_error *err);

/* Collects the base features of the whole set, those seen at least `least` times.
 * keep (may be NULL): says which tokens count for that. Error: NO_MEMORY. */
WHOSAID_CHECK whosaid_status base_rows_collect(const training_set *set, unsigned least,
                                               base_rows *out, whosaid_error *err);
void base_rows_free(base_rows *rows);

#endif
