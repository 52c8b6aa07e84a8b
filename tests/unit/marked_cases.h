/* marked_cases.h: a table of short articles in the corpus' inline markup, and what the identifier
 * finds in each of them. */
#ifndef TESTS_MARKED_CASES_H
#define TESTS_MARKED_CASES_H

#include "identify/gold_article.h"
#include "identify/identifier.h"
#include "test_files.h"

static corpus *marked_articles;
static tagger *marked_tagger;
static identifier *marked_identifier;

/* Opens the models, and reads each text as a file of its own. */
static inline void open_marked_cases(const char *const *texts, size_t count) {
    char file_name[32], whole[4096];
    make_folder();
    for (size_t i = 0; i < count; i++) {
        int len =
            snprintf(whole, sizeof whole,
                     "title: Case\ndate: 2024-05-03\noutlet: Harrow Courier\n\n%s\n", texts[i]);
        ck_assert_int_lt(len, (int)sizeof whole);
        snprintf(file_name, sizeof file_name, "%03zu.marked", i);
        write_file(file_name, whole);
    }
    const char *paths[] = {test_folder};
    whosaid_error err = {0};
    whosaid_status status = corpus_load(paths, 1, &marked_articles, &err);
    remove_folder();
    ck_assert_msg(status == WHOSAID_OK, "%s:%zu: %s", err.where, err.line, err.text);
    status = tagger_open(SOURCE_DIR "/models/tagger", &marked_tagger, &err);
    if (!status) status = identifier_open(SOURCE_DIR "/models/speaker", &marked_identifier, &err);
    ck_assert_msg(status == WHOSAID_OK, "%s", err.text);
}

static inline void close_marked_cases(void) {
    corpus_free(marked_articles);
    tagger_close(marked_tagger);
    identifier_close(marked_identifier);
}

static inline void identify_marked_case(size_t index, arena *memory, gold_article *out) {
    whosaid_error err = {0};
    const annotated_article *source = corpus_article(marked_articles, index);
    ck_assert_int_eq(gold_article_make(source, marked_tagger, memory, out, &err), WHOSAID_OK);
    ck_assert_int_eq(identifier_resolve(marked_identifier, &out->article, &err), WHOSAID_OK);
    ck_assert_uint_eq(out->article.attribution_count, source->quote_count);
}

/* Identifies the speakers of one case, and hands `check` each marked statement with what was found
 * of it. */
static inline void check_marked_case(size_t index, void (*check)(size_t index, const article *a,
                                                                 const annotated_quote *marked,
                                                                 const attribution *found)) {
    arena *memory = arena_new();
    gold_article gold;
    identify_marked_case(index, memory, &gold);
    for (size_t i = 0; i < gold.article.attribution_count; i++)
        check(index, &gold.article, gold.quotes[i], &gold.article.attributions[i]);
    arena_free(memory);
}

/* For "%.*s"; a view may have no text. */
#define SHOW(view) (int)(view).len, (view).ptr ? (view).ptr : ""

#endif
