/* tag_features.h: the features of a token for the two passes, as 64-bit keys. Training and tagging
 * call the same functions; changing them needs a new TAG_FEATURE_VERSION and a new model. */
#ifndef TAG_TAG_FEATURES_H
#define TAG_TAG_FEATURES_H

#include "tag/word_profile.h"

#define TAG_FEATURE_VERSION 2u

enum { SPEECH_FEATURES_MAX = 16, NAME_FEATURES_MAX = 32 };

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
uint64_t speech_word_key(const word_profile *word);

/* Writes the keys for part of speech; returns how many, at most SPEECH_FEATURES_MAX. */
size_t speech_features(const tag_context *c, uint32_t token_index, uint64_t *keys);

/* The same keys in three parts. What single words tell at their places; 0 where there is no key, as
 * with a word whose identity is withheld. */
typedef enum word_key {
    WORD_KEY_CASE, /* speech_word_key */
    WORD_KEY_WORD,
    WORD_KEY_SUFFIX_2,
    WORD_KEY_SUFFIX_3,
    WORD_KEY_SUFFIX_4,
    WORD_KEY_PREFIX,
    WORD_KEYS_OWN,                   /* so many tell of the token itself, */
    WORD_KEY_BEFORE = WORD_KEYS_OWN, /* this of the word before the token, */
    WORD_KEY_BEHIND,                 /* and these of the word behind it */
    WORD_KEY_BEHIND_SUFFIX,
    WORD_KEYS
} word_key;

void speech_word_keys(const word_profile *word, uint64_t keys[WORD_KEYS]);

/* What stands before the first and behind the last word of a sentence. */
extern const word_profile word_outside;

/* The rest: without the parts of speech before the token, and with them. */
enum { SPEECH_CONTEXT_MAX = 5, SPEECH_HISTORY_MAX = 2 };
size_t speech_context_keys(const tag_context *c, uint32_t token_index, uint64_t *keys);
size_t speech_history_keys(const tag_context *c, uint32_t token_index, uint64_t *keys);

/* True for tokens that may belong to a name: words with a capital, and what can stand between or
 * behind them while a name goes on. The others have no name class. */
bool name_is_possible(const tag_context *c, uint32_t token_index);

/* Bits of the name classes that the token may get: what follows a person's name without a mark
 * between is no name of another kind ("Ira Bloom" is one name, not a person and a firm). NAME_NONE
 * is always among them. */
unsigned name_classes_at(const tag_context *c, uint32_t token_index);

/* A token, its neighbours, and the run of words with capitals that it stands in. */
typedef struct name_view {
    const tag_context *c;
    uint32_t i;
    const word_profile *here, *before, *behind;
    const word_profile *run_before, *run_first, *run_last;
    unsigned run_begin, run_end; /* words of the run before the token; from it to the end */
    unsigned last_class, shape, speech;
} name_view;

name_view name_view_of(const tag_context *c, uint32_t token_index);

/* As speech_features, for the name class. */
size_t name_features(const name_view *view, uint64_t *keys);

/* The same keys in two parts. What single words tell, by the place that a word has, */
typedef enum name_place {
    NAME_PLACE_HERE,
    NAME_PLACE_BEFORE,
    NAME_PLACE_BEHIND,
    NAME_PLACE_RUN_FIRST,
    NAME_PLACE_RUN_LAST,
    NAME_PLACES
} name_place;

enum { NAME_PLACE_KEYS_MAX = 5 };

/* The word at a place of the view. */
const word_profile *name_view_word(const name_view *view, name_place place);

/* Returns how many keys, at most NAME_PLACE_KEYS_MAX. They depend on the word's text and on how it
 * is written, and on nothing else. */
size_t name_place_keys(const word_profile *word, name_place place, uint64_t *keys);

/* and the rest. */
size_t name_context_keys(const name_view *view, uint64_t *keys);

#endif
