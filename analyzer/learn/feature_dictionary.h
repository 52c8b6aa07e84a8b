/* feature_dictionary.h: training's table from 64-bit feature hashes to small numbers. Two passes
 * over the data: count, then freeze and look up. Features are told apart by the upper bits of the
 * hash; the first of two features that share them owns the number, the other is unknown. */
#ifndef LEARN_FEATURE_DICTIONARY_H
#define LEARN_FEATURE_DICTIONARY_H

#include <stddef.h>
#include <stdint.h>

typedef struct feature_dictionary feature_dictionary;

/* NULL when memory is out (about 400 MiB are taken). */
feature_dictionary *feature_dictionary_new(void);
void feature_dictionary_free(feature_dictionary *dictionary);

/* First pass: counts (up to 255). */
void feature_dictionary_count(feature_dictionary *dictionary, const uint64_t *hashes, size_t count);

/* Gives numbers 0, 1, ... to the features counted at least `least` times, in an order that depends
 * on the hashes only. Returns 0 when memory is out. */
int feature_dictionary_freeze(feature_dictionary *dictionary, unsigned least);

/* Second pass: writes the numbers of the known features to `ids` (room for `count`), returns how
 * many. May run before another thread's lookups only if every feature was claimed: one thread. */
size_t feature_dictionary_ids(feature_dictionary *dictionary, const uint64_t *hashes, size_t count,
                              uint32_t *ids);

size_t feature_dictionary_size(const feature_dictionary *dictionary);

/* The hash that owns a number; 0 when it was never looked up. */
uint64_t feature_dictionary_hash(const feature_dictionary *dictionary, uint32_t id);

#endif
