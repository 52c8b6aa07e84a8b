/* examples.h: the statements of annotated corpora that carry a stance toward one target, as rows of
 * features. */
#ifndef STANCE_EXAMPLES_H
#define STANCE_EXAMPLES_H

#include "corpus/annotated_article.h"
#include "stance/feature_dictionary.h"
#include "stance/svm.h"

typedef struct example {
    uint32_t label;
    uint32_t article; /* number over all corpora of the set */
    uint32_t quote;   /* index within its article */
    bool is_test;
    bool is_borrowed;     /* of a related target: learned from, never scored */
    uint64_t speaker;     /* equal for one speaker in one article; 0: unknown */
    uint64_t person;      /* of the speaker's name when a person is named, else 0 */
    uint64_t fingerprint; /* of what the statement says: equal for duplicates */
    const annotated_article *source;
} example;

typedef struct example_set {
    arena *arena; /* owns everything below; the articles are borrowed from their corpora */
    const target *target;
    feature_settings settings;
    feature_dictionary *dictionary; /* ordered by group and name; from training examples only */
    example *items;   /* training examples first, then borrowed ones, then those for testing */
    sparse_row *rows; /* [item]; over the dictionary; unit length if all features were known */
    unsigned char *borrowed; /* [item] as in items; NULL when none is */
    size_t count;
    size_t article_count;
    size_t duplicates; /* dropped */
    size_t leaks;      /* training examples dropped because the test set holds them too */
} example_set;

/* What a set is collected from; all of it is borrowed as long as the set lives. */
typedef struct example_sources {
    const corpus *training, *test; /* test may be NULL */
    /* Targets with the same labels: how they are spoken of where the wording is masked teaches how
     * the set's own target is. Only statements that carry a stance toward both count. */
    const target *const *related;
    size_t related_count;
} example_sources;

/* Collects the labelled statements of `training`, of the related targets with is_borrowed, and
 * those of `test` with is_test. Statements without content are skipped. Labels that the target does
 * not have are an error: SYNTAX with article and quote. minimum_count: features of fewer training
 * examples are not learned. */
WHOSAID_CHECK whosaid_status example_set_collect(const target *target,
                                                 const feature_settings *settings,
                                                 size_t minimum_count,
                                                 const example_sources *sources, example_set **out,
                                                 whosaid_error *err);

/* Lets the margins of all items, [item][label], lean as the settings want it: see company.h. Items
 * that were not scored may hold zeros as long as none of their article was. False when memory is
 * out. */
bool example_set_lean(const example_set *set, double *margins);

/* Whether an example is one to be scored in folds: not for testing, not borrowed. */
static inline bool example_is_own(const example *e) {
    return !e->is_test && !e->is_borrowed;
}
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
