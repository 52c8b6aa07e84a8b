/* feature.h: how features are named: a short literal and the values it is crossed with, mixed into
 * one 64-bit hash. Equal in training and when the program runs. */
#ifndef ATTRIBUTE_FEATURE_H
#define ATTRIBUTE_FEATURE_H

#include "base/hash.h"

/* The bytes of a literal of at most 16 characters as a number. FEATURE_HASH pads the literal with
 * zeros, so that both halves have a fixed size and the compiler folds all of it. */
static inline uint64_t feature_name_bits(const char *padded) {
    uint64_t low, high;
    memcpy(&low, padded, sizeof low);
    memcpy(&high, padded + sizeof low, sizeof high);
    return low ^ (high * 0xD6E8FEB86659FD93ull);
}

#define FEATURE_PADDING "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
#define FEATURE_MIX1(h, a) hash_mix((h), (uint64_t)(a))
#define FEATURE_MIX2(h, a, b) hash_mix(FEATURE_MIX1(h, a), (uint64_t)(b))
#define FEATURE_MIX3(h, a, b, c) hash_mix(FEATURE_MIX2(h, a, b), (uint64_t)(c))
#define FEATURE_MIX4(h, a, b, c, d) hash_mix(FEATURE_MIX3(h, a, b, c), (uint64_t)(d))
#define FEATURE_MIX5(h, a, b, c, d, e) hash_mix(FEATURE_MIX4(h, a, b, c, d), (uint64_t)(e))
#define FEATURE_MIX6(h, a, b, c, d, e, f) hash_mix(FEATURE_MIX5(h, a, b, c, d, e), (uint64_t)(f))
#define FEATURE_PICK(a, b, c, d, e, f, pick, ...) pick
#define FEATURE_HASH(name, ...)                                                                    \
    FEATURE_PICK(__VA_ARGS__, FEATURE_MIX6, FEATURE_MIX5, FEATURE_MIX4, FEATURE_MIX3,              \
                 FEATURE_MIX2, FEATURE_MIX1, )                                                     \
    (feature_name_bits(name FEATURE_PADDING), __VA_ARGS__)

/* FEATURE(at, "name", values...): writes one feature to *at and moves on; one to six values. The
 * functions that write features take and return such a place (uint64_t *); room is the caller's
 * care. */
#define FEATURE(at, name, ...)                                                                     \
    do {                                                                                           \
        _Static_assert(sizeof(name) <= 17, "feature names have at most 16 characters");            \
        *(at)++ = FEATURE_HASH(name, __VA_ARGS__);                                                 \
    } while (0)

#endif
