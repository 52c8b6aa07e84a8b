/* check_steps.h: the steps of corpus_check_run and what they share. Internal to corpus/. */
#ifndef CORPUS_CHECK_STEPS_H
#define CORPUS_CHECK_STEPS_H

#include "base/array.h"
#include "corpus/corpus_check.h"
#include "corpus/corpus_reader.h"

/* A stretch of words to compare with others: an article's text or a statement's content. */
typedef struct passage {
    size_t article, quote; /* quote: SIZE_MAX for the article as a whole */
    span bytes;            /* of its first span */
    uint64_t exact;        /* hash of its words in order */
    uint32_t word_count;
    uint32_t *signature; /* [SIGNATURE_LENGTH], NULL when it is too short */
} passage;

typedef struct checker {
    const corpus *corpus;
    const struct target *target; /* NULL: any label will do */
    corpus_check *result;
    arena *scratch; /* of the article at hand */
    whosaid_error *err;
    ARRAY(check_finding) findings;
    ARRAY(uint64_t) words; /* hashes of all words of all texts, in order */
    ARRAY(passage) articles;
    ARRAY(passage) contents;
    /* Which parts the corpus has at all: what no article has is not missing. */
    bool any_title, any_date, any_outlet, any_note;
    bool any_cue, any_grade, any_speaker, any_kind, any_stance;
} checker;

/* The words of a text in order: runs of letters and digits, ASCII folded to lower case. */
typedef struct check_words {
    uint64_t *hashes; /* [count] */
    uint32_t *begins; /* [count] byte offset */
    size_t count;
} check_words;

/* False when memory is out. */
bool check_split_words(arena *a, text_view text, check_words *out);

/* The order of word hashes, for qsort and bsearch. */
int check_compare_hashes(const void *a, const void *b);

/* Adds a finding; the format's arguments are cut to fit. quote: may be NULL. */
WHOSAID_CHECK whosaid_status check_add(checker *c, check_kind kind, size_t article,
                                       const annotated_quote *quote, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/* Labels and span edges of one article. sorted_words: hashes of its words, ascending. */
WHOSAID_CHECK whosaid_status check_labels(checker *c, size_t article, const uint64_t *sorted_words,
                                          size_t word_count);

/* Adds the passages of one article. */
WHOSAID_CHECK whosaid_status check_collect_passages(checker *c, size_t article,
                                                    const check_words *words);

/* Reports passages that are the same or alike, after all were collected. */
WHOSAID_CHECK whosaid_status check_duplicates(checker *c);

/* Fills columns and tables, one quote after the other, and reports cues out of balance. */
WHOSAID_CHECK whosaid_status check_tables(checker *c);

/* Whether any span of one list shares text with one of the other. */
bool spans_overlap(const span_list *a, const span_list *b);

/* The verb of a cue, without inflection: "say" for "would not say", "call" for "has repeatedly
 * called for", "according" for "according to". Good for grouping, no dictionary. ptr is NULL when
 * memory is out. */
text_view cue_verb(arena *a, text_view cue);

#endif
