/* wordnet.h: what training takes from the WordNet 3.0 database (Debian package wordnet-base): for
 * each single-word verb and noun the lexicographer classes of its senses, and the exception lists
 * of the lemmatiser. Not needed when the program runs. */
#ifndef LEARN_WORDNET_H
#define LEARN_WORDNET_H

#include "base/arena.h"
#include "whosaid.h"

enum { WORDNET_CLASSES = 45, WORDNET_MAX_SENSES = 80 };

/* Lexicographer file numbers as in WordNet's lexnames(5). */
enum {
    WORDNET_NOUN_COGNITION = 9,
    WORDNET_NOUN_COMMUNICATION = 10,
    WORDNET_NOUN_FEELING = 12,
    WORDNET_NOUN_GROUP = 14,
    WORDNET_NOUN_PERSON = 18,
    WORDNET_VERB_COGNITION = 31,
    WORDNET_VERB_COMMUNICATION = 32,
    WORDNET_VERB_EMOTION = 37,
    WORDNET_VERB_PERCEPTION = 39,
    WORDNET_VERB_SOCIAL = 41
};

typedef struct wordnet_lemma {
    text_view word;
    uint8_t first_class;           /* of the first sense */
    uint8_t heavy_class;           /* with the largest share of the sense counts (each + 1) */
    float shares[WORDNET_CLASSES]; /* by class, sum 1 */
} wordnet_lemma;

typedef struct wordnet_exception {
    text_view form, lemma;
} wordnet_exception;

typedef struct wordnet {
    wordnet_lemma *verbs, *nouns; /* sorted by word */
    size_t verb_count, noun_count;
    wordnet_exception *verb_exceptions, *noun_exceptions;
    size_t verb_exception_count, noun_exception_count;
} wordnet;

/* Reads index.*, data.*, *.exc and cntlist.rev from `folder`. Everything lives in `memory`.
 * Errors: IO, SYNTAX, NO_MEMORY. */
WHOSAID_CHECK whosaid_status wordnet_load(const char *folder, arena *memory, wordnet *out,
                                          whosaid_error *err);

#endif
