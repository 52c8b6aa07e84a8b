/* tag_features.h: the features of a token for the two passes, as 64-bit keys. Training and tagging
 * call the same functions; changing them needs a new TAG_FEATURE_VERSION and a new model. */
#ifndef TAG_TAG_FEATURES_H
#define TAG_TAG_FEATURES_H

#include "tag/word_profile.h"

#define TAG_FEATURE_VERSION 1u

enum { SPEECH_FEATURES_MAX = 24, NAME_FEATURES_MAX = 48 };

/* A sentence being tagged, from left to right. */
typedef struct tag_context {
    const article *article; /* part_of_speech is set before the token for the first pass, and in
                               the whole sentence for the second; name_class before the token */
    const article_profile *profile;
    token_range range; /* the sentence */
    sentence_case how;
} tag_context;

tag_context tag_context_of(const article *a, const article_profile *profile, size_t sentence_index);

/* The key of the word itself, as it is written; 0 when its identity is withheld. */
uint64_t speech_word_key(const tag_context *c, uint32_t token_index);

/* Writes the keys for part of speech; the first one is speech_word_key unless that is 0. Returns
 * how many, at most SPEECH_FEATURES_MAX. */
size_t speech_features(const tag_context *c, uint32_t token_index, uint64_t *keys);

/* The same keys in two parts. What single words tell at their places; 0 where there is no key, as
 * with a word whose identity is withheld. */
typedef enum word_key {
    WORD_KEY_CASE, /* speech_word_key */
    WORD_KEY_WORD,
    WORD_KEY_SUFFIX_2,
    WORD_KEY_SUFFIX_3,
    WORD_KEY_SUFFIX_4,
    WORD_KEY_PREFIX,
    WORD_KEY_BEFORE, /* of the word before the token, and so on */
    WORD_KEY_BEFORE_2,
    WORD_KEY_BEHIND,
    WORD_KEY_BEHIND_SUFFIX,
    WORD_KEY_BEHIND_2,
    WORD_KEYS
} word_key;

void speech_word_keys(const word_profile *word, uint64_t keys[WORD_KEYS]);

/* What stands before the first and behind the last word of a sentence. */
extern const word_profile word_outside;

/* The rest, without the parts of speech before the token and with them. */
size_t speech_context_keys(const tag_context *c, uint32_t token_index, uint64_t *keys);
size_t speech_history_keys(const tag_context *c, uint32_t token_index, uint64_t *keys);

/* The words with capitals around a token: the range of neighbouring words that have one. */
typedef struct capital_run {
    token_range tokens;
} capital_run;

capital_run capital_run_at(const tag_context *c, uint32_t token_index);

/* True for tokens that may belong to a name: words with a capital, and what can stand between or
 * behind them while a name goes on. The others have no name class. */
bool name_is_possible(const tag_context *c, uint32_t token_index);

/* Bits of the name classes that the token may get: what follows a person's name without a mark
 * between is no name of another kind ("Ira Bloom" is one name, not a person and a firm). NAME_NONE
 * is always among them. */
unsigned name_classes_at(const tag_context *c, uint32_t token_index);

/* As speech_features, for the name class; `run` is capital_run_at of the token. */
size_t name_features(const tag_context *c, uint32_t token_index, const capital_run *run,
                     uint64_t *keys);

#endif
