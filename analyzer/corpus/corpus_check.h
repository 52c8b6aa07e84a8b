/* corpus_check.h: what is wrong with a corpus, and what it holds: faults in files, labels and span
 * edges against the annotation guide, duplicates, balance of the labels, growth of the vocabulary.
 * Cost is linear in the corpus, but for sorting. */
#ifndef CORPUS_CORPUS_CHECK_H
#define CORPUS_CORPUS_CHECK_H

#include "corpus/convert.h"

struct target; /* stance/target.h */

/* Name for programs, words for people, whether it makes the corpus unsound. */
// clang-format off
#define CHECK_KIND_LIST(X)                                                                       \
    X(UNREADABLE, "unreadable", "faults in files", true)                                         \
    X(MISSING, "missing", "missing parts and labels", true)                                      \
    X(LABEL, "label", "labels that cannot be right", true)                                       \
    X(SPAN, "span", "spans against the annotation guide", true)                                  \
    X(SAME, "same", "the same words twice", true)                                                \
    X(ALIKE, "alike", "nearly the same words twice", true)                                       \
    X(BALANCE, "balance", "one label holds most uses of a cue", false)
// clang-format on

typedef enum check_kind {
#define CHECK_KIND_ENUM(name, word, words, unsound) CHECK_##name,
    CHECK_KIND_LIST(CHECK_KIND_ENUM)
#undef CHECK_KIND_ENUM
        CHECK_KIND_COUNT
} check_kind;

const char *check_kind_name(check_kind kind);
const char *check_kind_words(check_kind kind);
bool check_kind_is_unsound(check_kind kind);

typedef struct check_finding {
    check_kind kind;
    text_view where; /* file; empty for the corpus as a whole */
    size_t line;     /* from 1, or 0 */
    text_view text;
} check_finding;

/* Uses by label. Rows are in the order of their totals. */
typedef struct count_row {
    text_view word;
    size_t *counts; /* [column_count of the table] */
    size_t total;
} count_row;

typedef struct count_table {
    const char *title; /* "cue", ... */
    count_row *rows;
    size_t row_count;
} count_table;

enum { CHECK_TABLE_COUNT = 5, VOCABULARY_STEPS = 10 };

typedef struct corpus_check {
    arena *arena; /* owns everything below */
    check_finding *findings;
    size_t finding_count;
    size_t kind_counts[CHECK_KIND_COUNT];

    size_t article_count, quote_count;
    size_t word_count;           /* words of all texts */
    size_t statement_word_count; /* words of all contents */
    size_t quoted_count;         /* statements with quoted words */
    size_t split_count;          /* statements of several spans */
    size_t reason_count;         /* statements with a stated reason for anonymity */
    size_t doubtful_count;

    /* Columns of all tables: the stance labels, "TARGET: LABEL" when there are several targets. */
    text_view *columns;
    size_t *column_targets; /* [column_count] index of the column's target */
    size_t column_count;
    count_table tables[CHECK_TABLE_COUNT]; /* cue, speaker, anonymity, type, kind */

    /* Different words after each tenth of the words, in the order of the articles. */
    size_t vocabulary[VOCABULARY_STEPS];
} corpus_check;

/* corpus: opened with collect_faults. target: whose labels its stances must bear; may be NULL.
 * On success the caller owns *out (corpus_check_free).
 * Errors: NO_MEMORY, LIMIT. */
WHOSAID_CHECK whosaid_status corpus_check_run(const corpus *corpus, const struct target *target,
                                              corpus_check **out, whosaid_error *err);
void corpus_check_free(corpus_check *check);

#endif
