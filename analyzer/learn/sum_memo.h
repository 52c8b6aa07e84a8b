/* sum_memo.h: sums of feature weights that were needed before, by a key that tells all they depend
 * on. A small table that fits the cache; what is newer takes the place of what is older. It lives
 * with the thread (arena_keep) from one article to the next. */
#ifndef LEARN_SUM_MEMO_H
#define LEARN_SUM_MEMO_H

#include "base/arena.h"
#include "base/hash.h"

enum { MEMO_LABELS = 6 }; /* sums of an entry, at most */

typedef struct memo_entry {
    uint64_t key; /* 0: empty */
    int32_t sum[MEMO_LABELS];
} memo_entry;

/* Place of a key among 1 << bits. */
static inline size_t memo_place(uint64_t key, unsigned bits) {
    return (size_t)((key * 0x9E3779B97F4A7C15ull) >> (64 - bits));
}

/* The entry for a key (not 0) in a table of 1 << bits. When its key is another one, the caller
 * fills it. */
static inline memo_entry *memo_at(memo_entry *table, unsigned bits, uint64_t key) {
    return &table[memo_place(key, bits)];
}

#endif
