/* base_features.h: the features of a token that both passes share: its words, affixes, shapes,
 * rates, WordNet classes, clusters, parts of speech, names and quotation marks, with those of its
 * neighbours; and pairs of them, which only the cue pass has: roles are found as well without. */
#ifndef ATTRIBUTE_BASE_FEATURES_H
#define ATTRIBUTE_BASE_FEATURES_H

#include "attribute/feature.h"
#include "attribute/frame.h"

#include <stdbool.h>

enum { BASE_FEATURES_MAX = 160, PAIR_FEATURES_MAX = 32, WORD_REACH = 3 };

/* The base features of token `index` (at most BASE_FEATURES_MAX); returns their end. */
uint64_t *base_features(const article_frame *frame, uint32_t index, uint64_t *out);

/* Words and classes together with neighbouring words (at most PAIR_FEATURES_MAX); likewise. */
uint64_t *cue_pair_features(const frame_token *t, uint64_t *out);

/* The base features fall into parts by what they depend on, whose sums can be kept while their key
 * stays. Each function returns the end of what it wrote. */

/* What the word that stands `offset` tokens behind the token tells by itself (word_rows.h), and
 * what its WordNet classes add, as a verb or a noun. */
uint64_t *base_word_features(const frame_token *word, int offset, uint64_t *out);
uint64_t *base_class_features(const frame_token *word, int offset, uint64_t *out);

/* What the token's own lemma tells, as a verb or a noun, and how it is written. */
uint64_t *base_lemma_features(const frame_token *t, uint64_t *out);
uint64_t *base_shape_features(const frame_token *t, uint64_t *out);

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

/* The shares of persons and groups among a noun's senses, in one number. */
static inline unsigned base_person_or_group(uint16_t shares) {
    return word_share_digit(shares, 2) * 5 + word_share_digit(shares, 3);
}

/* The paragraph, those behind the second alike. */
static inline uint32_t base_paragraph(const frame_token *t) {
    return t->paragraph < 2 ? t->paragraph : 2;
}

/* True for words that are features by themselves. Rare ones tell by their endings and classes only,
 * so that what they add can be kept for all that look alike. */
static inline bool base_word_tells(const frame_token *t) {
    return t->facts.row || t->masked || t->sentence == UINT32_MAX;
}

/* Keys of the parts. Of what a word tells by itself: never 0. */
static inline uint64_t base_word_key(const frame_token *t) {
    const word_facts *f = &t->facts;
    if (base_word_tells(t)) return f->word | 1;
    uint64_t rates = (uint64_t)f->cue_rate << 48 | (uint64_t)f->source_rate << 40 |
                     (uint64_t)f->lemma_rate << 32 | t->suffix3;
    uint64_t clusters =
        (uint64_t)f->clusters[0] << 32 | (uint64_t)f->clusters[1] << 16 | f->clusters[2];
    return hash_mix(rates, clusters) | 1;
}

/* Of its classes; 0: it has none. */
static inline uint64_t base_class_key(const frame_token *t) {
    const word_facts *f = &t->facts;
    uint64_t key = 0;
    if (t->is_verb && f->verb_first != CLASS_NONE)
        key = 1u | (uint64_t)f->verb_heavy << 8 | (uint64_t)f->verb_shares << 16;
    if (t->is_noun && f->noun_first != CLASS_NONE)
        key |= (uint64_t)1 << 32 | (uint64_t)f->noun_heavy << 40 |
               (uint64_t)base_person_or_group(f->noun_shares) << 48;
    return key;
}

/* Of its lemma; only where there is a class key. Never 0. */
static inline uint64_t base_lemma_key(const frame_token *t) {
    return hash_mix(t->facts.word, (uint64_t)t->is_verb << 1 | t->is_noun) | 1;
}

/* Never 0: shapes take 24 bits. */
static inline uint32_t base_shape_key(const frame_token *t) {
    return t->shape | 1u << 31;
}

/* Never 0; 24 bits. */
static inline uint32_t base_sentence_key(const article_frame *frame, const frame_token *t) {
    const frame_sentence *s = &frame->sentences[t->sentence];
    unsigned continued = frame->paragraphs[t->paragraph].continues_quotation;
    return 1u | (uint32_t)s[-1].quotation << 1 | (uint32_t)s->quotation << 5 |
           (uint32_t)s[1].quotation << 9 | (uint32_t)s->in_paragraph << 13 |
           (uint32_t)base_paragraph(t) << 15 | continued << 17 | (uint32_t)t->quoted << 18 |
           (uint32_t)t->mark << 19;
}

/* Of the token with the one behind it. */
static inline uint64_t base_rate_key(const frame_token *t) {
    const word_facts *f = &t->facts, *after = &t[1].facts;
    return (uint64_t)1 << 40 | (uint64_t)t->masked << 32 | (uint64_t)f->source_rate << 24 |
           (uint64_t)f->lemma_rate << 16 | (uint64_t)after->cue_rate << 8 | after->lemma_rate;
}

/* Of marks and place: never 0, and in 32 bits. */
static inline uint32_t base_mark_key(const frame_token *t) {
    uint32_t key = 2u | t->quoted;
    for (int k = -2; k <= 2; k++)
        key = key << 2 | t[k].mark;
    return key << 14 | frame_bin(t->since_mark) << 7 | frame_bin(t->until_mark);
}

static inline uint32_t base_place_key(const article_frame *frame, uint32_t index) {
    const frame_token *t = &frame->tokens[index];
    const frame_sentence *s = &frame->sentences[t->sentence];
    unsigned lines = t->new_line | (unsigned)t[1].new_line << 1;
    return 1u | frame_bin(index - s->first) << 1 | frame_bin(s->end - 1 - index) << 8 |
           (uint32_t)t->strong_left << 15 | (uint32_t)t->strong_right << 17 | lines << 19 |
           (uint32_t)(lines ? t->mark : 0) << 21;
}

#endif
