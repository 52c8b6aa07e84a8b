/* known_words.h: what is known of a word by itself. A thread keeps it from one article to the next,
 * so that a word is looked up in the lexicon and hashed once. */
#ifndef IDENTIFY_KNOWN_WORDS_H
#define IDENTIFY_KNOWN_WORDS_H

#include "article.h"
#include "identify/lexicon.h"

typedef struct known_word {
    uint64_t lower_hash; /* in lower case */
    uint64_t full_hash;  /* cast_word_hash: titles in full */
    uint32_t classes;    /* of the lexicon; "Jan" is no month without its full stop */
    uint32_t uses;       /* of the lexicon */
} known_word;

/* Facts of every token, in the article's arena. NULL when memory is out. */
const known_word *known_words_find(const lexicon *words, const article *a);

/* Hash of a word in lower case; of the first 64 bytes. */
uint64_t lower_word_hash(text_view word);

#endif
