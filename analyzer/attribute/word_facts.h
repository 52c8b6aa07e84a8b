/* word_facts.h: what the model knows of a word, whatever stands around it: how often it is part of
 * a cue or of a source, its WordNet classes as verb and as noun, and its clusters.
 *
 * Words of the training text are looked up whole. Other words are brought to a lemma by the rules
 * of WordNet's morphology and its exception lists, and then to WordNet's classes. */
#ifndef ATTRIBUTE_WORD_FACTS_H
#define ATTRIBUTE_WORD_FACTS_H

#include "attribute/function_words.h"
#include "base/model_file.h"

enum {
    WORD_BYTES_MAX = 48, /* longer words are cut before they are looked up */
    CLUSTER_LEVELS = 3,
    RATE_UNKNOWN = 9,        /* cue_rate, source_rate: seen too rarely */
    LEMMA_RATE_UNKNOWN = 19, /* lemma_rate likewise */
    CLASS_NONE = 255,        /* not in WordNet as this part of speech */
    WORD_PROBES = 64 /* slots that are looked at for a key; training puts none behind them */
};

/* As it stands in the model file: every value is only ever mixed into hashes or compared, so none
 * can do harm. */
typedef struct word_facts {
    uint64_t word;                     /* hash of the normalized word; 0 marks an empty slot */
    uint32_t verb_lemma, noun_lemma;   /* hashes, 0: none */
    uint16_t verb_shares, noun_shares; /* five digits to base 5, see word_share_digit */
    uint16_t clusters[CLUSTER_LEVELS]; /* from 1; 0: none */
    uint8_t verb_first, verb_heavy, noun_first, noun_heavy; /* lexicographer classes */
    uint8_t cue_rate, source_rate;                          /* bins 0 to 7 of the share */
    uint8_t lemma_rate; /* likewise, of cues; + 10 when the lemma was seen below 10 times */
    uint8_t function;   /* a function_word */
    uint16_t row;       /* from 1, of the sums of its base features (word_rows); 0: none */
    uint32_t ending;    /* its last bytes, at most 4 */
} word_facts;

/* WordNet's classes of a lemma, by lemma_key. */
typedef struct lemma_facts {
    uint64_t key; /* 0 marks an empty slot */
    uint16_t shares;
    uint8_t first, heavy;
    uint8_t rate; /* lemma_rate of words with this lemma */
    uint8_t reserved[3];
} lemma_facts;

typedef struct lemma_exception {
    uint64_t key;   /* lemma_key of the irregular form; 0 marks an empty slot */
    uint64_t lemma; /* hash of the lemma's text */
} lemma_exception;

/* Open-addressing tables, borrowed from a model file or from training. */
typedef struct word_tables {
    const word_facts *words;
    const lemma_facts *lemmas;
    const lemma_exception *exceptions;
    size_t word_slots, lemma_slots, exception_slots;
    uint64_t id; /* tells the tables of one model from those of another; 0: they may change */
} word_tables;

typedef enum lemma_part { LEMMA_VERB = 1, LEMMA_NOUN = 2 } lemma_part;

/* Lower case, digits of numbers as 0, straight quotation marks, one kind of dash. Writes at most
 * WORD_BYTES_MAX bytes to buf and returns their number. */
size_t word_normalize(text_view word, char buf[WORD_BYTES_MAX]);

/* A word of which nothing is known but its hash. */
word_facts word_facts_unknown(uint64_t hash);

/* Facts of a normalized word. `hash` is hash_view of it. */
word_facts word_facts_find(const word_tables *tables, text_view normalized, uint64_t hash);

/* Facts that WordNet alone gives (rates and clusters unknown); for words not in the text. */
word_facts word_facts_from_wordnet(const word_tables *tables, text_view normalized, uint64_t hash);

/* Key of a lemma or irregular form as this part of speech, from the upper half of its hash (which
 * is what word_facts keep). Never 0. */
uint64_t lemma_key(uint64_t hash, lemma_part part);

/* Digit 0 to 4 of a share code: communication, cognition, emotion or person, perception or group,
 * social or feeling (in this order; see word_share_code). Digits: 0 none, 1 below a quarter,
 * 2 below half, 3 below 0.8, 4 above. */
static inline unsigned word_share_digit(uint16_t shares, unsigned place) {
    static const unsigned POWERS[] = {1, 5, 25, 125, 625};
    return shares / POWERS[place] % 5;
}
uint16_t word_share_code(const float shares[5]);

/* Finds the sections "words", "lemmas", "exceptions". */
WHOSAID_CHECK whosaid_status word_tables_open(const model_file *file, word_tables *out,
                                              whosaid_error *err);

#endif
