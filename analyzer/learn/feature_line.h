/* feature_line.h: where a hashed feature stands in a table of lines that fit the cache: in one line
 * only, so that a look-up is one access to memory and no branch. A line begins with the checks of
 * its slots, 16 bits of the hashes that stand there. */
#ifndef LEARN_FEATURE_LINE_H
#define LEARN_FEATURE_LINE_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__x86_64__)
#include <emmintrin.h>
#endif

/* The only line for a feature. */
static inline size_t feature_line_index(uint64_t hash, uint32_t line_count) {
    return (size_t)((hash >> 32) * line_count >> 32);
}

/* Odd, so never 0: 0 marks an empty slot. */
static inline uint16_t feature_line_check(uint64_t hash) {
    return (uint16_t)(hash | 1);
}

/* Bits 2 s and 2 s + 1 are set when slot s of the line holds `check`. Reads 16 bytes, whatever the
 * number of slots. */
static inline unsigned feature_line_match(const void *line, uint16_t check, unsigned slots) {
    unsigned found = 0;
#if defined(__x86_64__)
    __m128i checks = _mm_loadu_si128((const __m128i *)line);
    found = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi16(checks, _mm_set1_epi16((short)check)));
#else
    for (unsigned s = 0; s < slots; s++) {
        uint16_t other;
        memcpy(&other, (const unsigned char *)line + 2 * s, sizeof other);
        if (other == check) found |= 3u << 2 * s;
    }
#endif
    return found & ((1u << 2 * slots) - 1);
}

/* The first slot that matched; the last slot when none did. */
static inline unsigned feature_line_slot(unsigned found, unsigned slots) {
    return (unsigned)__builtin_ctz(found | 1u << (2 * slots - 1)) / 2;
}

#endif
