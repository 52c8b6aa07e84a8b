/* shipped_articles.h: some articles of the corpus that ships, for tests that learn from them. */
#ifndef TESTS_SHIPPED_ARTICLES_H
#define TESTS_SHIPPED_ARTICLES_H

#include "suite.h"
#include "test_files.h"

#include "corpus/annotated_article.h"
#include "tag/tagger.h"

#include <glob.h>

/* Articles `first` to first + count in the order of their names. Free with corpus_free. */
static inline corpus *shipped_articles(size_t first, size_t count) {
    glob_t found;
    corpus *articles = NULL;
    ck_assert_int_eq(
        glob(SOURCE_DIR "/corpus/long-range-strikes/articles/*.marked", 0, NULL, &found), 0);
    ck_assert_uint_le(first + count, found.gl_pathc);
    ck_assert_int_eq(
        corpus_load((const char *const *)found.gl_pathv + first, count, &articles, NULL),
        WHOSAID_OK);
    globfree(&found);
    ck_assert_uint_eq(corpus_size(articles), count);
    return articles;
}

/* What suites of training share: the articles that are learned, others to measure on, the tagger,
 * and a folder of the test's for the model that is made once for all tests. */
static corpus *learned, *others;
static tagger *names;
static char model[96];

static inline void open_shipped(size_t learned_count, size_t others_count) {
    make_folder();
    ck_assert_int_eq(tagger_open(SOURCE_DIR "/models/tagger", &names, NULL), WHOSAID_OK);
    learned = shipped_articles(0, learned_count);
    others = shipped_articles(learned_count, others_count);
    snprintf(model, sizeof model, "%s", path_of("model"));
}

static inline void close_shipped(void) {
    corpus_free(learned);
    corpus_free(others);
    tagger_close(names);
    remove_folder();
}

#endif
