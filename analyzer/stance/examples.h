/* examples.h: the statements of annotated corpora that carry a stance toward one target, as rows of
 * features. */
#ifndef STANCE_EXAMPLES_H
#define STANCE_EXAMPLES_H

#include "stance/feature_dictionary.h"
#include "stance/svm.h"

typedef struct example {
    uint32_t label;
    uint32_t article; /* number over all corpora of the set */
    uint32_t quote;   /* index within its article */
    bool is_test;
    uint64_t person;      /* of the speaker's name when a person is named, else 0 */
    uint64_t fingerprint; /* of what the statement says: equal for duplicates */
    const annotated_article *source;
} example;

typedef struct example_set {
    arena *arena; /* owns everything below; the articles are borrowed from their corpora */
    const target *target;
    feature_settings settings;
    feature_dictionary *dictionary; /* ordered by group and name; from training examples only */
    example *items;                 /* training examples first, then those for testing */
    sparse_row *rows; /* [item]; over the dictionary; unit length if all features were known */
    size_t count;
    size_t article_count;
    size_t duplicates; /* dropped */
    size_t leaks;      /* training examples dropped because the test set holds them too */
} example_set;

/* Collects the labelled statements of `training`, and those of `test` (may be NULL) with is_test.
 * Statements without content are skipped. Labels that the target does not have are an error: SYNTAX
 * with article and quote. minimum_count: features of fewer training examples are not learned.
 * Both corpora and the target are borrowed as long as the set lives. */
WHOSAID_CHECK whosaid_status example_set_collect(const target *target,
                                                 const feature_settings *settings,
                                                 size_t minimum_count, const corpus *training,
                                                 const corpus *test, example_set **out,
                                                 whosaid_error *err);
void example_set_free(example_set *set);

/* The label of each target and how many statements carry it, as a corpus has them. */
typedef struct label_count {
    text_view target, label;
    size_t count;
} label_count;

/* Every (target, label) of a corpus, ordered by name. Lives in the arena. */
WHOSAID_CHECK whosaid_status corpus_count_labels(const corpus *corpus, arena *arena,
                                                 label_count **out, size_t *count,
                                                 whosaid_error *err);

#endif
