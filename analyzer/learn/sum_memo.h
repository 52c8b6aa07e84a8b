/* sum_memo.h: where sums of feature weights that were needed before are kept, by a key that tells
 * all they depend on: in small tables that fit the cache, where what is newer takes the place of
 * what is older. They live with the thread (arena_keep) from one article to the next. */
#ifndef LEARN_SUM_MEMO_H
#define LEARN_SUM_MEMO_H

#include <stddef.h>
#include <stdint.h>

/* Place of a key among 1 << bits. */
static inline size_t memo_place(uint64_t key, unsigned bits) {
    return (size_t)((key * 0x9E3779B97F4A7C15ull) >> (64 - bits));
}

#endif
