/* words.h: the words of a text as the stance features see them: folded to lower case, with their
 * place in the text. Independent of segment/, so that a trained model does not depend on how the
 * sentence splitter treats hyphens and contractions.
 *
 * Hyphens inside compounds separate ("long-range" and "long range" are the same two words), a
 * final 's is a word of its own, curly apostrophes are folded to straight ones, abbreviations keep
 * their points ("u.s."; "US" in capitals is the same word), and every other mark is one word. */
#ifndef STANCE_WORDS_H
#define STANCE_WORDS_H

#include "base/arena.h"
#include "stance/name_hash.h"
#include "whosaid.h"

typedef enum word_kind { WORD_LETTERS, WORD_NUMBER, WORD_MARK } word_kind;

typedef struct word {
    span bytes;     /* in the text */
    text_view text; /* folded; lives in the arena of words_split */
    name_hash hash; /* of the folded text */
    word_kind kind;
    uint32_t place; /* 0, until a phrase_matcher has looked at it, then below WORD_PLACES */
} word;

/* A thread keeps what it found about so many words: each has a place of its own as long as it comes
 * often enough, and others have it before and after. */
enum { WORD_PLACES = 1 << 14 };

typedef struct word_list {
    word *items;
    size_t count;
} word_list;

/* Half-open range of indices into a word_list. */
typedef struct word_range {
    uint32_t first, end;
} word_range;

/* Splits valid UTF-8 text. Linear. Errors: NO_MEMORY. */
WHOSAID_CHECK whosaid_status words_split(text_view text, arena *arena, word_list *out,
                                         whosaid_error *err);

/* Splits parts of a text, in its order, that begin and end between words. */
WHOSAID_CHECK whosaid_status words_split_parts(text_view text, const span *parts, size_t count,
                                               arena *arena, word_list *out, whosaid_error *err);

/* Where the words of a text begin: item n is the first word at or behind byte n * WORD_STRETCH. */
enum { WORD_STRETCH = 16 };
typedef struct word_index {
    uint32_t *items;
    size_t count;
} word_index;

/* items is NULL when memory is out. Linear. */
word_index words_index(const word_list *words, arena *arena);

/* The words that begin inside the byte span. */
word_range words_of_span(const word_list *words, word_index index, span bytes);

/* A copy of the text in lower case (Latin, Greek, Cyrillic) with straight apostrophes.
 * ptr is NULL when memory is out. */
text_view words_fold(text_view text, arena *arena);

#endif
