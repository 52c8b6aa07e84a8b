/* learner.h: a linear classifier over hashed features, learned by averaged passive-aggressive
 * steps, for training the tagger.
 *
 * Use: count all features of the training data; freeze, which drops the rare ones; then learn()
 * from each example; average() in the end. select() keeps the features that matter most and
 * forgets the weights, for a second round with those only.
 * Source: Crammer et al. 2006, PA-I for several classes: the step is loss / (2 * features), at
 * most max_step, where loss = 1 - (score of the right label - best score of a wrong one). The
 * averaging counts every example by lazy sums (Collins 2002). Deterministic. */
#ifndef TAG_LEARNER_H
#define TAG_LEARNER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct learner learner;

/* labels: how many, at most 64; they are 0 to labels - 1. max_step: how far one example may move a
 * weight. NULL when memory is out. */
learner *learner_new(size_t labels, float max_step);
void learner_free(learner *p);

/* Counts the features of an example. Returns false when memory is out. */
bool learner_count(learner *p, const uint64_t *keys, size_t count);

/* Drops the features that were counted less than min_count times. False when memory is out. */
bool learner_freeze(learner *p, uint32_t min_count);

/* The label of the highest score among those whose bits are set in `allowed`, at least one; the
 * lowest label among equals. */
size_t learner_best(const learner *p, const uint64_t *keys, size_t count, uint64_t allowed);

/* Learns that an example has label gold, and returns the label that it would have been given
 * before. `allowed` has gold and at least one other label. */
size_t learner_learn(learner *p, const uint64_t *keys, size_t count, uint64_t allowed, size_t gold);

/* Replaces the weights by their averages over all examples. */
void learner_average(learner *p);

/* Keeps the max_features features with the largest spread of weights times the root of their
 * count, and sets all weights to 0. False when memory is out. */
bool learner_select(learner *p, size_t max_features);

size_t learner_size(const learner *p);

/* Feature `index`: its key and weights [labels]; borrowed. */
uint64_t learner_key(const learner *p, size_t index);
const float *learner_weights(const learner *p, size_t index);

#endif
