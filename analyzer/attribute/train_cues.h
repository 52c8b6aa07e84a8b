/* train_cues.h: training the cue pass: one model a fold, so that every training article gets cues
 * from a model that has not seen it; what ships is the average of the folds. */
#ifndef ATTRIBUTE_TRAIN_CUES_H
#define ATTRIBUTE_TRAIN_CUES_H

#include "attribute/cue_pass.h"
#include "attribute/train_corpus.h"
#include "learn/feature_numbers.h"
#include "learn/sequence_learner.h"

/* Features of every token of a training set, and the numbers they have: base features, and the
 * pairs of the cue pass, whose numbers go on behind those of all base features. */
typedef struct token_rows {
    feature_numbers *base, *pairs;
    sparse_rows base_rows, pair_rows; /* one a token, articles one after the other */
    uint32_t *article_row;            /* [article count] first row of each article */
} token_rows;

typedef struct trained_cues {
    sequence_model average;
    cue_chain chain;   /* of the average */
    cue_list *cues;    /* [article count] found by the model of the other folds */
    float **margins;   /* [article count][token_count] likewise, in units of the scores */
    float pairs_least; /* tokens of cues nearly all score as much by their base features */
} trained_cues;

typedef struct cue_training {
    unsigned epochs;
    float aggressiveness;
    float proposals; /* cues proposed for each gold one */
    unsigned threads;
} cue_training;

/* The results live in set->memory, except average (sequence_model_free). Error: NO_MEMORY. */
WHOSAID_CHECK whosaid_status cues_train(const training_set *set, const token_rows *rows,
                                        cue_training options, trained_cues *out,
                                        whosaid_error *err);

/* Collects the features of the whole set, those seen at least `least` times. Error: NO_MEMORY. */
WHOSAID_CHECK whosaid_status token_rows_collect(const training_set *set, unsigned least,
                                                token_rows *out, whosaid_error *err);
void token_rows_free(token_rows *rows);

#endif
