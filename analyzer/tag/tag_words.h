/* tag_words.h: what the tagger knows of the words of an article, whatever stands around them. A
 * word that was met before, in this article or an earlier one of the thread, is not looked up
 * again. Private to tag/. */
#ifndef TAG_TAG_WORDS_H
#define TAG_TAG_WORDS_H

#include "tag/tag_features.h"
#include "tag/tag_model.h"

/* What a word tells of parts of speech, in rows of the model; see word_key. */
typedef struct word_rows {
    uint16_t before, behind, behind_suffix; /* where it stands before or behind the token */
    uint8_t certain;                        /* its own only part of speech, or POS_NONE */
    uint32_t own;                           /* where there is none: index into tag_words.own */
} word_rows;

/* What a word tells of names: sums of weights by its place, as far as they were asked for. */
typedef struct name_word {
    alignas(64) uint64_t key; /* of the word and how it is written, never 0; 0: empty */
    name_sums sums[NAME_PLACES];
    uint8_t known; /* bits of the places */
} name_word;

typedef struct tag_words {
    article_profile profile;
    word_rows *rows;  /* [token_count] */
    speech_sums *own; /* of the tokens whose part of speech is to be guessed: the word's own rows */
    word_rows outside; /* of word_outside */
    name_word *names;  /* kept by the thread */
} tag_words;

/* Looks up the words of a segmented article; the result lives in the article's arena, which also
 * keeps words for the next article. Returns false when memory is out. */
bool tag_words_find(const tag_model *model, const article *a, tag_words *out);

/* What a word at a place tells of names. */
name_sums tag_words_name(const tag_words *words, const tag_model *model, const word_profile *word,
                         name_place place);

#endif
