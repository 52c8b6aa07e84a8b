/* general_lexicon.h: words that carry stance whatever the question is, by function. Part of the
 * feature version: changing it makes trained models useless. */
#ifndef STANCE_GENERAL_LEXICON_H
#define STANCE_GENERAL_LEXICON_H

#include <stddef.h>

typedef struct lexicon_class {
    const char *name;
    const char *words; /* separated by blanks; * for any ending */
} lexicon_class;

/* The last two classes are the negators (words that turn what follows into its opposite) and
 * the clause words (words that begin a new clause). */
const lexicon_class *general_lexicon(size_t *count);

enum { LEXICON_NEGATOR_FROM_END = 2, LEXICON_CLAUSE_FROM_END = 1 };

#endif
