/* random.h: a small seeded generator (SplitMix64, Steele, Lea and Flood 2014), so that training
 * gives the same bytes everywhere. Not for secrets. */
#ifndef LEARN_RANDOM_H
#define LEARN_RANDOM_H

#include <stddef.h>
#include <stdint.h>

typedef struct random_source {
    uint64_t state;
} random_source;

static inline uint64_t random_next(random_source *r) {
    uint64_t z = r->state += 0x9E3779B97F4A7C15ull;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
    return z ^ (z >> 31);
}

/* Uniform below `limit` (limit > 0); the bias of the plain remainder is below limit / 2^64. */
static inline uint64_t random_below(random_source *r, uint64_t limit) {
    return random_next(r) % limit;
}

/* Uniform in [0, 1). */
static inline double random_unit(random_source *r) {
    return (double)(random_next(r) >> 11) * 0x1p-53;
}

/* Fisher and Yates. */
static inline void random_shuffle(random_source *r, uint32_t *items, size_t count) {
    for (size_t i = count; i > 1; i--) {
        size_t j = (size_t)random_below(r, i);
        uint32_t kept = items[i - 1];
        items[i - 1] = items[j];
        items[j] = kept;
    }
}

#endif
