/* lexicon.h: what word lists know of single words: in small letters an English word, a given name,
 * a family name, a place, a nationality. A compact table of fingerprints: one word in some
 * thousands that is in no list is taken for one that is. */
#ifndef TAG_LEXICON_H
#define TAG_LEXICON_H

#include "base/text_view.h"
#include "whosaid.h"

typedef enum lexicon_class {
    LEXICON_COMMON = 1 << 0,
    LEXICON_GIVEN = 1 << 1,
    LEXICON_FAMILY = 1 << 2,
    LEXICON_PLACE = 1 << 3,
    LEXICON_NATIONALITY = 1 << 4
} lexicon_class;

/* Open addressing; 0 is an empty place. entry = fingerprint << 5 | classes. Borrowed. */
typedef struct lexicon {
    const uint32_t *entries; /* [mask + 1], a power of two */
    size_t mask;
} lexicon;

enum { LEXICON_PROBES = 16, LEXICON_CLASS_BITS = 5 };

/* Where the search for a word begins, and by what it is told. */
static inline size_t lexicon_place(uint64_t word, size_t mask) {
    return (size_t)(word >> 8) & mask;
}
static inline uint32_t lexicon_fingerprint(uint64_t word) {
    return (uint32_t)(word >> 37);
}

/* The classes of a word by the hash of its folded text (word_profile.word). */
static inline unsigned lexicon_find(const lexicon *l, uint64_t word) {
    if (!l->entries) return 0;
    uint32_t fingerprint = lexicon_fingerprint(word);
    size_t at = lexicon_place(word, l->mask);
    for (int probe = 0; probe < LEXICON_PROBES; probe++, at = (at + 1) & l->mask) {
        uint32_t entry = l->entries[at];
        if (entry == 0) return 0;
        if (entry >> LEXICON_CLASS_BITS == fingerprint)
            return entry & ((1u << LEXICON_CLASS_BITS) - 1);
    }
    return 0;
}

/* Reads a list (gzip or plain): a word, a tab, letters of its classes (c, g, f, p, n) a line, as
 * lexicon/make-lexicon writes it. The caller frees out->entries with free().
 * Errors: IO, SYNTAX, NO_MEMORY. */
WHOSAID_CHECK whosaid_status lexicon_read(const char *path, lexicon *out, whosaid_error *err);

#endif
