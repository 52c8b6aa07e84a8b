/* composed_text.h: a text whose letters and accents are code points apart ("e", U+0301) as it is
 * written elsewhere, with one code point for both, so that the steps behind see the words that the
 * models know. Reports speak of the text as it came: spans are carried back to it. */
#ifndef SEGMENT_COMPOSED_TEXT_H
#define SEGMENT_COMPOSED_TEXT_H

#include "article.h"

/* From the byte `composed` on, up to the next shift, `lost` bytes fewer than in the text as it
 * came. */
typedef struct composed_shift {
    uint32_t composed, lost;
} composed_shift;

typedef struct composed_text {
    text_view original;
    span original_body;
    composed_shift *shifts; /* ascending; in the article's arena */
    size_t shift_count;     /* 0: the text is composed as it is */
} composed_text;

/* Replaces a->text and a->body by their composed form (Unicode NFC for letters with marks of U+0300
 * to U+036F) where that is another text, and says in *out what to undo. Linear in the text; without
 * such marks a search for two bytes. Returns false when memory is out. */
bool composed_text_begin(article *a, composed_text *out);

/* Gives the article its text back and carries all its spans over. What was copied from the text,
 * such as names, stays composed. Returns false when memory is out. */
bool composed_text_end(article *a, const composed_text *composed);

#endif
