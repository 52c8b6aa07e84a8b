/* perceptron.h: an averaged perceptron over hashed features, for training the tagger.
 *
 * Use: count all features of the training data; freeze, which drops the rare ones; then for each
 * example best() and learn(); average() in the end. select() keeps the features that matter most
 * and forgets the weights, for a second round with those only.
 * Source: Collins 2002; the averaging counts every example by lazy sums. Deterministic. */
#ifndef TAG_PERCEPTRON_H
#define TAG_PERCEPTRON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct perceptron perceptron;

/* labels: how many, 0 to labels - 1. NULL when memory is out. */
perceptron *perceptron_new(size_t labels);
void perceptron_free(perceptron *p);

/* Returns false when memory is out. Keys must not be 0. */
bool perceptron_count(perceptron *p, const uint64_t *keys, size_t count);

/* Drops the features that were counted less than min_count times. False when memory is out. */
bool perceptron_freeze(perceptron *p, uint32_t min_count);

/* The label of the highest score from first_label on; the lowest label among equals. */
size_t perceptron_best(const perceptron *p, const uint64_t *keys, size_t count, size_t first_label);

/* Moves the weights of the keys towards gold and away from guess; also when they are equal: the
 * example counts for the averages. */
void perceptron_learn(perceptron *p, const uint64_t *keys, size_t count, size_t gold, size_t guess);

/* Replaces the weights by their averages over all examples. */
void perceptron_average(perceptron *p);

/* Keeps the max_features features with the largest spread of weights times the root of their
 * count, and sets all weights to 0. False when memory is out. */
bool perceptron_select(perceptron *p, size_t max_features);

size_t perceptron_size(const perceptron *p);

/* Feature `index`: its key and weights [labels]; borrowed. */
uint64_t perceptron_key(const perceptron *p, size_t index);
const float *perceptron_weights(const perceptron *p, size_t index);

#endif
