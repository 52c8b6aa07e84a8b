/* tag_words.h: what the tagger knows of the words of an article, whatever stands around them. A
 * word that was met before, in this article or an earlier one of the thread, is not looked up
 * again. Private to tag/. */
#ifndef TAG_TAG_WORDS_H
#define TAG_TAG_WORDS_H

#include "tag/tag_features.h"
#include "tag/tag_model.h"

/* The model's rows for what a word tells by itself. */
typedef struct word_rows {
    uint16_t rows[WORD_KEYS]; /* row number + 1, 0: none */
    uint8_t certain;          /* the only part of speech that the word has, or POS_NONE */
} word_rows;

typedef struct tag_words {
    article_profile profile;
    word_rows *rows;   /* [token_count] */
    word_rows outside; /* of word_outside */
} tag_words;

/* Looks up the words of a segmented article; the result lives in the article's arena, which also
 * keeps words for the next article. Returns false when memory is out. */
bool tag_words_find(const tag_model *model, const article *a, tag_words *out);

#endif
