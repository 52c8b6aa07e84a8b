/* word_profile.h: what the tagger knows of each token before it looks at the context, made once an
 * article. Text is folded on the way: small letters, one kind of apostrophe, quotation mark and
 * dash, every digit as 0; so that 2016 and 2031, ’s and 's are the same word. */
#ifndef TAG_WORD_PROFILE_H
#define TAG_WORD_PROFILE_H

#include "article.h"
#include "tag/lexicon.h"

/* How a word is written. */
typedef enum word_case {
    CASE_NONE,    /* no letters */
    CASE_LOWER,   /* "talks" */
    CASE_CAPITAL, /* "Talks" */
    CASE_UPPER,   /* "NATO", "U.S." */
    CASE_LETTER,  /* "A", "J." */
    CASE_MIXED,   /* "McCain", "O'Hara" */
    CASE_INNER    /* "pro-Kremlin", "iPhone" */
} word_case;

enum {
    PROFILE_UPPER = 1 << 0, /* has a capital somewhere */
    PROFILE_DIGIT = 1 << 1,
    PROFILE_HYPHEN = 1 << 2,   /* but not in a name such as "Okafor-Bligh" */
    PROFILE_STOP = 1 << 3,     /* has a full stop: an abbreviation or initial */
    PROFILE_FIRST = 1 << 4,    /* first word of a sentence or behind a mark that opens */
    PROFILE_STARTER = 1 << 5,  /* opens sentences: "The", "But"; only where PROFILE_FIRST */
    PROFILE_MAY_START = 1 << 6 /* the same, wherever it stands */
};

/* How the words of a sentence are written: says how far to trust a capital. */
typedef enum sentence_case { SENTENCE_PLAIN, SENTENCE_TITLE, SENTENCE_UPPER } sentence_case;

typedef struct word_profile {
    uint64_t word;   /* hash of the folded text; 0 when its identity is withheld */
    uint32_t suffix; /* the last four folded bytes, the last one lowest; 0 beyond the begin */
    uint32_t prefix; /* the first three folded bytes */
    uint32_t slot;   /* of this word in the article's table */
    uint16_t facts;  /* word_facts of segment/abbreviations.h */
    uint8_t word_case;
    uint8_t flags;
    uint8_t lexicon; /* lexicon_class bits */
} word_profile;

/* The hash of a word's folded text, never 0. */
uint64_t word_hash(text_view text);

/* What an article says of a word elsewhere. */
typedef struct word_slot {
    uint64_t word;     /* 0: empty */
    uint16_t small;    /* times written in small letters */
    uint16_t capital;  /* times with a capital inside a plain sentence */
    uint8_t last_name; /* the class it was last given; NAME_NONE before */
    uint8_t named;     /* times it was given a class, at most 255 */
    uint8_t began;     /* class of the last name of several words that it began */
    uint8_t ended;     /* class of the last one that it ended */
} word_slot;

typedef struct article_profile {
    word_profile *words;     /* [token_count] */
    uint8_t *sentence_cases; /* [sentence_count] sentence_case */
    word_slot *slots;        /* [slot_count], a power of two */
    size_t slot_count;
} article_profile;

/* Fills *out from a segmented article, in its arena. Returns false when memory is out. */
bool article_profile_make(const article *a, const lexicon *words, article_profile *out);

/* The same in three steps, for who knows the profiles of words already: makes room for all; what a
 * word tells whatever stands around it; and, when the profiles of all words are in place, the
 * rest. */
bool article_profile_start(const article *a, article_profile *out);
void word_profile_make(text_view text, const lexicon *words, word_profile *out);
void article_profile_finish(const article *a, article_profile *out);

/* Bits: 1 the word is written in small letters elsewhere, 2 with a capital inside a sentence. */
unsigned article_profile_evidence(const article_profile *profile, const word_profile *word);

#endif
