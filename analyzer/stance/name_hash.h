/* name_hash.h: hashes of names that are put together of parts: the hash of "refused to" comes from
 * those of "refused", " " and "to" without the letters being read again.
 *
 * The bytes of a name are the digits of a number to a large odd base, modulo 2^64 (Karp and Rabin
 * 1987). Its low bits depend on few of them: mix before use. */
#ifndef STANCE_NAME_HASH_H
#define STANCE_NAME_HASH_H

#include "base/text_view.h"

typedef struct name_hash {
    uint64_t value;
    uint64_t power; /* the base to the power of the length */
} name_hash;

#define NAME_HASH_BASE 0xD1342543DE82EF95u
#define NAME_HASH_EMPTY ((name_hash){0, 1})

static inline name_hash name_hash_add(name_hash hash, char byte) {
    return (name_hash){hash.value * NAME_HASH_BASE + (unsigned char)byte,
                       hash.power * NAME_HASH_BASE};
}

static inline name_hash name_hash_of(text_view text) {
    name_hash hash = NAME_HASH_EMPTY;
    for (size_t i = 0; i < text.len; i++)
        hash = name_hash_add(hash, text.ptr[i]);
    return hash;
}

/* Of a name and what follows it. */
static inline name_hash name_hash_join(name_hash first, name_hash second) {
    return (name_hash){first.value * second.power + second.value, first.power * second.power};
}

/* A part of a name. */
typedef struct name_part {
    text_view text;
    name_hash hash;
} name_part;

static inline name_part name_part_of(text_view text) {
    return (name_part){text, name_hash_of(text)};
}

#endif
