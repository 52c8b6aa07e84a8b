/* feature_numbers.h: training's table from 64-bit feature hashes to small numbers. Two passes
 * over the data: count, then freeze and look up. Features are told apart by the upper bits of the
 * hash; the first of two features that share them owns the number, the other is unknown. */
#ifndef LEARN_FEATURE_NUMBERS_H
#define LEARN_FEATURE_NUMBERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct feature_numbers feature_numbers;

/* NULL when memory is out (about 400 MiB are taken). */
feature_numbers *feature_numbers_new(void);
void feature_numbers_free(feature_numbers *numbers);

/* First pass: counts (up to 255). */
void feature_numbers_count(feature_numbers *numbers, const uint64_t *hashes, size_t count);

/* Gives numbers 0, 1, ... to the features counted at least `least` times, in an order that depends
 * on the hashes only. Returns false when memory is out. */
bool feature_numbers_freeze(feature_numbers *numbers, unsigned least);

/* Second pass: writes the numbers of the known features to `ids` (room for `count`), returns how
 * many. The first hash that is looked up comes to own its number: from one thread only. */
size_t feature_numbers_ids(feature_numbers *numbers, const uint64_t *hashes, size_t count,
                           uint32_t *ids);

size_t feature_numbers_size(const feature_numbers *numbers);

/* The hash that owns a number; 0 when it was never looked up. */
uint64_t feature_numbers_hash(const feature_numbers *numbers, uint32_t id);

#endif
