/* folded_text.h: finding words that were copied out of a text with their white space folded, as a
 * table's cells hold them. Internal to corpus/. */
#ifndef CORPUS_FOLDED_TEXT_H
#define CORPUS_FOLDED_TEXT_H

#include "base/arena.h"

typedef struct folded_text {
    text_view folded;   /* runs of white space as one blank */
    uint32_t *original; /* [folded.len + 1] where each byte stands in the text */
} folded_text;

/* text: borrowed for the call only. Returns false when memory is out. */
bool folded_text_build(arena *a, text_view text, folded_text *out);

/* The first place at or behind byte `from` of the text where `words` (folded) stand. whole: not as
 * a part of longer words. False when there is none. */
bool folded_text_find(const folded_text *text, text_view words, bool whole, uint32_t from,
                      span *out);

/* The place closest to `near`, all its distances summed, and at most `reach` bytes from the first
 * of them. Places in that first one count as far: they are taken when there is no other. */
bool folded_text_find_near(const folded_text *text, text_view words, const span *near,
                           size_t near_count, uint32_t reach, span *out);

#endif
