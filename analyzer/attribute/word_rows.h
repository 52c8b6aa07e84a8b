/* word_rows.h: for frequent words, the summed weights of their word features at every distance, so
 * that one row replaces some thirty look-ups. Made from the base table when a model is saved. */
#ifndef ATTRIBUTE_WORD_ROWS_H
#define ATTRIBUTE_WORD_ROWS_H

#include "attribute/base_features.h"
#include "learn/feature_table.h"

enum {
    BASE_LABELS = 6, /* weights of a base feature: cue begins, cue, then the four roles */
    PAIR_LABELS = 2, /* of a pair: cue begins, cue */
    WORD_ROW_PLACES = 2 * WORD_REACH + 1,
    WORD_ROW_SHIFT = 3, /* numbers of a row stand for number << WORD_ROW_SHIFT table units */
    WORD_ROWS_MAX = 8000
};

/* Place p: what the word adds to the token p - WORD_REACH tokens behind it. */
typedef struct word_row {
    int16_t sums[WORD_ROW_PLACES][BASE_LABELS];
} word_row;

typedef struct word_sums {
    int32_t sums[WORD_ROW_PLACES][BASE_LABELS];
} word_sums;

/* A number within the limits of a row, and a sum in table units as such a number. */
static inline int16_t word_row_limit(int32_t number) {
    return (int16_t)(number > INT16_MAX ? INT16_MAX : number < INT16_MIN ? INT16_MIN : number);
}
static inline int16_t word_row_number(int32_t sum) {
    return word_row_limit((sum + (1 << (WORD_ROW_SHIFT - 1))) >> WORD_ROW_SHIFT);
}

word_row word_row_of(const word_sums *sums);

/* The sums of a word by look-ups. */
word_sums word_sums_compute(const feature_table *base, const frame_token *word);

/* The row of a known word (facts->row is not 0). */
word_row word_row_make(const feature_table *base, const word_facts *facts);

#endif
