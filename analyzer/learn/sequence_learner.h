/* sequence_learner.h: structured passive-aggressive learning of token labels (Crammer et al. 2006,
 * variant PA-I, with the averaging of Collins 2002) over a linear chain.
 *
 *   cost = score(predicted) - score(gold) + sqrt(wrong tokens)
 *   step = min(aggressiveness, cost / squared norm of the difference of the feature vectors)
 *
 * The weight of (feature, wrong label) is only touched when that pair occurs in the gold labels. */
#ifndef LEARN_SEQUENCE_LEARNER_H
#define LEARN_SEQUENCE_LEARNER_H

#include "learn/sparse_rows.h"

#include <stdbool.h>

enum { SEQUENCE_LABELS = 8 }; /* at most */
#define SEQUENCE_NO_ROW UINT32_MAX

/* Scores of the labels of one token. */
typedef float label_scores[SEQUENCE_LABELS];

typedef struct sequence_range {
    uint32_t first, end; /* tokens */
} sequence_range;

/* Training data. A token's features are a row of `shared` (that several sequences may use) and one
 * of `own`; both number features alike. Borrowed by the learner. */
typedef struct sequence_set {
    unsigned label_count;
    size_t feature_count; /* all ids are below */
    sparse_rows shared, own;
    uint32_t *shared_row, *own_row; /* [token_count] a row or SEQUENCE_NO_ROW */
    uint8_t *labels;                /* [token_count] gold */
    uint8_t *allowed;               /* [token_count] bit l: label l may stand here */
    size_t token_count, token_capacity;
    sequence_range *sequences;
    size_t sequence_count, sequence_capacity;
} sequence_set;

/* Appends a token to the last sequence, or opens a sequence. Return false when memory is out. */
bool sequence_set_open(sequence_set *set);
bool sequence_set_token(sequence_set *set, uint32_t shared_row, uint32_t own_row, uint8_t label,
                        uint8_t allowed);
void sequence_set_free(sequence_set *set);

typedef struct sequence_model {
    unsigned label_count, width; /* width: floats a feature takes, 4 or 8 */
    size_t feature_count;
    float *weights;                                      /* [feature_count][width] */
    float transitions[SEQUENCE_LABELS][SEQUENCE_LABELS]; /* [label before][label] */
} sequence_model;

typedef struct sequence_options {
    unsigned epochs;
    float aggressiveness; /* the largest step */
    uint64_t seed;
} sequence_options;

/* Trains on the sequences `chosen[count]` of `set`. seen: [feature_count] bits of the gold labels
 * that each feature occurs with (sequence_seen_labels). On success the caller owns the weights
 * (sequence_model_free). False when memory is out. */
bool sequence_train(const sequence_set *set, const uint8_t *seen, const uint32_t *chosen,
                    size_t count, sequence_options options, sequence_model *out);
void sequence_model_free(sequence_model *model);

/* [feature_count], owned by the caller (free); NULL when memory is out. */
uint8_t *sequence_seen_labels(const sequence_set *set);

/* sum += factor * model; an empty sum becomes a copy. False when memory is out. */
bool sequence_model_add(sequence_model *sum, const sequence_model *model, float factor);

/* Scores of the tokens of one sequence: out[0..end-first). Labels not allowed get -1e6. */
void sequence_score(const sequence_model *model, const sequence_set *set, sequence_range range,
                    label_scores *out);

/* The best label sequence. back: scratch of `count` rows. Returns its score. */
float sequence_decode(unsigned label_count, float transitions[SEQUENCE_LABELS][SEQUENCE_LABELS],
                      const label_scores *scores, size_t count, uint8_t (*back)[SEQUENCE_LABELS],
                      uint8_t *labels);

#endif
