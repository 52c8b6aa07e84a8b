/* base_features.h: the features of a token that both passes share: its words, affixes, shapes,
 * rates, WordNet classes, clusters, parts of speech, names and quotation marks, with those of its
 * neighbours; and pairs of them, which only the cue pass has: roles are found as well without. */
#ifndef ATTRIBUTE_BASE_FEATURES_H
#define ATTRIBUTE_BASE_FEATURES_H

#include "attribute/feature.h"
#include "attribute/frame.h"

enum { BASE_FEATURES_MAX = 160, PAIR_FEATURES_MAX = 32, WORD_REACH = 3 };

/* The base features of token `index` (at most BASE_FEATURES_MAX); returns their end. */
uint64_t *base_features(const article_frame *frame, uint32_t index, uint64_t *out);

/* Words and classes together with neighbouring words (at most PAIR_FEATURES_MAX); likewise. */
uint64_t *cue_pair_features(const frame_token *t, uint64_t *out);

/* The base features fall into parts by what they depend on, whose sums can be kept while their key
 * stays. Each function returns the end of what it wrote. */

/* What the word that stands `offset` tokens behind the token tells by itself, whatever its part of
 * speech and shape (word_rows.h), and what these add. base_kind_key stands for both. */
uint64_t *base_word_features(const frame_token *word, int offset, uint64_t *out);
uint64_t *base_class_features(const frame_token *word, int offset, uint64_t *out);

/* What the tokens of a sentence share. */
uint64_t *base_sentence_features(const article_frame *frame, const frame_token *t, uint64_t *out);

/* What two neighbours tell of each other: the features that the left one has with the one behind
 * it (BASE_AFTER), or the right one, t, with the one before it (BASE_BEFORE). */
typedef enum base_side { BASE_AFTER, BASE_BEFORE } base_side;
uint64_t *base_tag_features(const frame_token *t, base_side side, uint64_t *out);
uint64_t *base_rate_features(const frame_token *t, base_side side, uint64_t *out);

/* Classes of names, of the token and both neighbours. */
uint64_t *base_name_features(const frame_token *t, uint64_t *out);

/* Quotation marks around the token. */
uint64_t *base_mark_features(const frame_token *t, uint64_t *out);

/* The token's place in sentence and line. */
uint64_t *base_place_features(const article_frame *frame, uint32_t index, uint64_t *out);

/* Keys of the parts, never 0. */
static inline uint64_t base_kind_key(const frame_token *t) {
    uint64_t written =
        (uint64_t)t->shape << 3 | (uint64_t)t->is_verb << 2 | (uint64_t)t->is_noun << 1 | t->masked;
    return hash_mix(t->facts.word, written) | 1;
}

static inline uint64_t base_sentence_key(const frame_token *t) {
    return ((uint64_t)t->sentence << 16 | (uint64_t)t->mark << 8 | t->quoted) + 1;
}

/* Of the token with the one behind it. */
static inline uint64_t base_tag_key(const frame_token *t) {
    return (uint64_t)1 << 16 | (uint64_t)t->part_of_speech << 8 | t[1].part_of_speech;
}
static inline uint64_t base_rate_key(const frame_token *t) {
    const word_facts *f = &t->facts, *after = &t[1].facts;
    return (uint64_t)1 << 40 | (uint64_t)t->masked << 32 | (uint64_t)f->source_rate << 24 |
           (uint64_t)f->lemma_rate << 16 | (uint64_t)after->cue_rate << 8 | after->lemma_rate;
}

static inline uint64_t base_name_key(const frame_token *t) {
    return (uint64_t)1 << 24 | (uint64_t)t[-1].name_class << 16 | (uint64_t)t->name_class << 8 |
           t[1].name_class;
}

static inline uint64_t base_mark_key(const frame_token *t) {
    uint64_t key = 1u | (uint64_t)t->quoted << 8 | (uint64_t)frame_bin(t->since_mark) << 16 |
                   (uint64_t)frame_bin(t->until_mark) << 24;
    for (int k = -2; k <= 2; k++)
        key = key << 2 | t[k].mark;
    return key;
}

static inline uint64_t base_place_key(const article_frame *frame, uint32_t index) {
    const frame_token *t = &frame->tokens[index];
    const frame_sentence *s = &frame->sentences[t->sentence];
    unsigned lines = t->new_line | (unsigned)t[1].new_line << 1;
    return 1u | (uint64_t)frame_bin(index - s->first) << 8 |
           (uint64_t)frame_bin(s->end - 1 - index) << 16 | (uint64_t)t->strong_left << 24 |
           (uint64_t)t->strong_right << 32 | (uint64_t)lines << 40 |
           (uint64_t)(lines ? t->mark : 0) << 48;
}

#endif
