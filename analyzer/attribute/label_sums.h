/* label_sums.h: sums of the weights of base features, one lane a label, in units of
 * 1 << WORD_ROW_SHIFT of the table: eight lanes are added at once, and what is kept of them takes
 * little room. A lane that is full stays at its limit. */
#ifndef ATTRIBUTE_LABEL_SUMS_H
#define ATTRIBUTE_LABEL_SUMS_H

#include "attribute/word_rows.h"

#if defined(__x86_64__)
#include <emmintrin.h>
#endif

enum { SUM_LANES = 8 };

/* Labels in the first BASE_LABELS lanes; the others hold what a table keeps beside them, and
 * anything once sums are added. */
typedef struct label_sums {
    int16_t lanes[SUM_LANES];
} label_sums;

_Static_assert(sizeof(label_sums) == 16 && sizeof(word_row) == 84,
               "rows of words are read sixteen bytes at a time");

static inline void label_sums_add(label_sums *to, const label_sums *from) {
#if defined(__x86_64__)
    __m128i a = _mm_loadu_si128((const __m128i *)to), b = _mm_loadu_si128((const __m128i *)from);
    _mm_storeu_si128((__m128i *)to, _mm_adds_epi16(a, b));
#else
    for (int l = 0; l < BASE_LABELS; l++)
        to->lanes[l] = word_row_limit((int32_t)to->lanes[l] + from->lanes[l]);
#endif
}

/* Adds each place of a row to a token: to[WORD_ROW_PLACES]. */
static inline void label_sums_add_row(label_sums *to, const word_row *row) {
#if defined(__x86_64__)
    for (int place = 0; place + 1 < WORD_ROW_PLACES; place++) /* reads into the next place */
        label_sums_add(&to[place], (const label_sums *)row->sums[place]);
    enum { LAST = WORD_ROW_PLACES - 1, BEYOND = SUM_LANES - BASE_LABELS };
    const char *end = (const char *)row + sizeof *row - sizeof(label_sums);
    __m128i last = _mm_srli_si128(_mm_loadu_si128((const __m128i *)end), 2 * BEYOND);
    __m128i sum = _mm_loadu_si128((const __m128i *)&to[LAST]);
    _mm_storeu_si128((__m128i *)&to[LAST], _mm_adds_epi16(sum, last));
#else
    for (int place = 0; place < WORD_ROW_PLACES; place++)
        for (int l = 0; l < BASE_LABELS; l++)
            to[place].lanes[l] = word_row_limit((int32_t)to[place].lanes[l] + row->sums[place][l]);
#endif
}

#endif
