/* phrases.h: finds the phrases of many classes in one pass over the words of a text.
 *
 * A pattern is words separated by blanks:
 *   refus*            any ending ("refuse", "refusal")
 *   lift|eas* ban     alternatives
 *   inside the? russia*   a word that may be missing
 *   hand* _ over      any one word
 * "long-range" is the two words it stands for. Matching ignores case; marks end a phrase. */
#ifndef STANCE_PHRASES_H
#define STANCE_PHRASES_H

#include "stance/words.h"

typedef struct phrase_matcher phrase_matcher;

/* The words [first, end) are a phrase of `class`. */
typedef struct phrase_hit {
    uint32_t first, end;
    uint32_t class;
} phrase_hit;

typedef struct phrase_hits {
    phrase_hit *items; /* ordered by first word, then class */
    size_t count;
} phrase_hits;

/* An empty matcher that lives in `arena`; NULL when memory is out. */
phrase_matcher *phrase_matcher_new(arena *arena);

/* Adds a pattern. The pattern is copied. Errors: SYNTAX (what is wrong with the pattern), LIMIT,
 * NO_MEMORY. */
WHOSAID_CHECK whosaid_status phrase_matcher_add(phrase_matcher *matcher, text_view pattern,
                                                uint32_t class, whosaid_error *err);

/* Makes the matcher ready; nothing may be added afterwards. It is immutable from then on. */
WHOSAID_CHECK whosaid_status phrase_matcher_finish(phrase_matcher *matcher, whosaid_error *err);

/* The hits of each class: the longest at each word, not overlapping within a class. Gives the words
 * places, but for marks. Linear in the number of words. Errors: NO_MEMORY. */
WHOSAID_CHECK whosaid_status phrase_matcher_find(const phrase_matcher *matcher,
                                                 const word_list *words, arena *arena,
                                                 phrase_hits *out, whosaid_error *err);

/* The hits whose first word lies in the range. */
phrase_hits phrase_hits_within(phrase_hits hits, word_range range);

#endif
