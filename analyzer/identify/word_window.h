/* word_window.h: words around a token, as wordings are looked for. All tests ignore case. */
#ifndef IDENTIFY_WORD_WINDOW_H
#define IDENTIFY_WORD_WINDOW_H

#include "article.h"

/* `steps` tokens back from `at`, but not before `least`. */
static inline uint32_t back(uint32_t at, uint32_t steps, uint32_t least) {
    return at >= least + steps ? at - steps : least;
}

/* `steps` tokens ahead of `at`, but not beyond `limit`. */
static inline uint32_t ahead(uint32_t at, uint32_t steps, uint32_t limit) {
    return at + steps < limit ? at + steps : limit;
}

static inline bool word_is(const article *a, uint32_t at, const char *word) {
    return view_is_ignoring_case(token_text(a, at), word);
}

static inline bool range_has(const article *a, uint32_t first, uint32_t end,
                             const char *const *words, size_t count) {
    for (uint32_t i = first; i < end; i++)
        if (view_in_ignoring_case(token_text(a, i), words, count)) return true;
    return false;
}

/* list: an array of words. */
#define WORD_IN(a, at, list) VIEW_IN_IGNORING_CASE(token_text((a), (at)), list)

/* A word of the list stands among the tokens [first, end). */
#define RANGE_HAS(a, first, end, list)                                                             \
    range_has((a), (first), (end), (list), sizeof(list) / sizeof(list)[0])

#endif
