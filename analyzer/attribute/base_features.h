/* base_features.h: the features of a token that both passes share: its words, affixes, shapes,
 * rates, WordNet classes, clusters, parts of speech, names and quotation marks, with those of its
 * neighbours. */
#ifndef ATTRIBUTE_BASE_FEATURES_H
#define ATTRIBUTE_BASE_FEATURES_H

#include "attribute/feature.h"
#include "attribute/frame.h"

enum { BASE_FEATURES_MAX = 192, WORD_REACH = 3 };

/* The base features of token `index` (at most BASE_FEATURES_MAX); returns their end. They are the
 * word features of the tokens up to WORD_REACH away, the sentence features and the context
 * features. */
uint64_t *base_features(const article_frame *frame, uint32_t index, uint64_t *out);

/* Those that depend on nothing but the word that stands `offset` tokens behind the token. */
uint64_t *base_word_features(const frame_token *word, int offset, uint64_t *out);

/* Those that the tokens of a sentence share: the same while base_sentence_key stays. */
uint64_t *base_sentence_features(const article_frame *frame, const frame_token *t, uint64_t *out);

static inline uint64_t base_sentence_key(const frame_token *t) {
    return (uint64_t)t->sentence << 16 | (uint64_t)t->mark << 8 | t->quoted;
}

uint64_t *base_context_features(const article_frame *frame, uint32_t index, uint64_t *out);

#endif
