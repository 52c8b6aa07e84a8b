/* shard.h: which part of the whole input a run takes. An article is in the part that a hash of its
 * path or id says, whatever stands around it: every article is in exactly one of `count` parts. */
#ifndef READ_SHARD_H
#define READ_SHARD_H

#include "base/hash.h"

typedef struct shard {
    uint32_t number, count; /* number from 1 to count; a count of 0: the whole input */
} shard;

/* key: a path, the address of a stored page, or an article's id. */
static inline bool shard_has(shard s, text_view key) {
    return s.count < 2 || hash_view(key) % s.count == s.number - 1;
}

#endif
