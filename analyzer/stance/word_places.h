/* word_places.h: which words a thread keeps something of, and where: each word has four places, of
 * which the one that was not asked for lately is given to the next newcomer (the clock of
 * Corbató, 1968). Zeroed memory is an empty table. */
#ifndef STANCE_WORD_PLACES_H
#define STANCE_WORD_PLACES_H

#include "base/hash.h"

#include <stdbool.h>

enum { WORD_PLACES = 1 << 14, PLACES_A_WORD = 4, WORD_PLACE_SETS = WORD_PLACES / PLACES_A_WORD };

typedef struct word_places {
    uint64_t words[WORD_PLACE_SETS][PLACES_A_WORD]; /* hash; 0: free */
    uint8_t asked[WORD_PLACE_SETS];                 /* bit n: place n, since the hand passed it */
    uint8_t hands[WORD_PLACE_SETS];                 /* the place that is looked at next */
} word_places;

static inline size_t word_places_set(uint64_t hash) {
    return hash_mix(hash, 0) % WORD_PLACE_SETS;
}

static inline void word_places_prefetch(const word_places *p, uint64_t hash) {
    __builtin_prefetch(p->words[word_places_set(hash)]);
}

/* The place of the word with this hash, or WORD_PLACES. 0 is no word. */
static inline size_t word_places_find(const word_places *p, uint64_t hash) {
    size_t set = word_places_set(hash);
    for (size_t i = 0; i < PLACES_A_WORD; i++)
        if (p->words[set][i] == hash && hash) return set * PLACES_A_WORD + i;
    return WORD_PLACES;
}

/* Notes that the word at a place is wanted still. */
static inline void word_places_ask(word_places *p, size_t place) {
    p->asked[place / PLACES_A_WORD] |= (uint8_t)(1u << place % PLACES_A_WORD);
}

/* Gives a place to a word that has none; another may lose it. */
static inline size_t word_places_take(word_places *p, uint64_t hash) {
    size_t set = word_places_set(hash), at = p->hands[set] % PLACES_A_WORD;
    while (p->asked[set] >> at & 1) {
        p->asked[set] &= (uint8_t) ~(1u << at);
        at = (at + 1) % PLACES_A_WORD;
    }
    p->hands[set] = (uint8_t)((at + 1) % PLACES_A_WORD);
    p->words[set][at] = hash;
    return set * PLACES_A_WORD + at;
}

/* Takes back a place that was given in vain. */
static inline void word_places_forget(word_places *p, size_t place) {
    p->words[place / PLACES_A_WORD][place % PLACES_A_WORD] = 0;
}

#endif
