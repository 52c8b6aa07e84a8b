/* base_features.h: the features of a token that both passes share: its words, affixes, shapes,
 * rates, WordNet classes, clusters, parts of speech, names and quotation marks, with those of its
 * neighbours. */
#ifndef ATTRIBUTE_BASE_FEATURES_H
#define ATTRIBUTE_BASE_FEATURES_H

#include "attribute/feature.h"
#include "attribute/frame.h"

enum { BASE_FEATURES_MAX = 192, WORD_REACH = 3 };

/* The base features of token `index` (at most BASE_FEATURES_MAX); returns their end. They are the
 * word features of the tokens up to WORD_REACH away, and the context features. */
uint64_t *base_features(const article_frame *frame, uint32_t index, uint64_t *out);

/* Those that depend on nothing but the word that stands `offset` tokens behind the token. */
uint64_t *base_word_features(const frame_token *word, int offset, uint64_t *out);

uint64_t *base_context_features(const article_frame *frame, uint32_t index, uint64_t *out);

#endif
