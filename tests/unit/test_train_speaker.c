/* Learning who is meant by a source and how openly it speaks from forty articles, and measuring it
 * on others. */
#include "shipped_articles.h"

#include "identify/gold_article.h"
#include "identify/identifier.h"
#include "identify/speaker_evaluation.h"

enum { LEARNED = 40, MEASURED = 20 };

static speaker_training_report report;

static void train(const char *folder, double weight) {
    const annotated_article *items[LEARNED];
    double weights[LEARNED];
    for (size_t i = 0; i < LEARNED; i++) {
        items[i] = corpus_article(learned, i);
        weights[i] = weight;
    }
    const speaker_training_target target = {folder, "2000-01-01"};
    ck_assert_int_eq(
        speaker_train((training_articles){items, weights, LEARNED}, names, &target, &report, NULL),
        WHOSAID_OK);
}

static void learn(void) {
    open_shipped(LEARNED, MEASURED);
    train(model, 1);
}

static size_t pairs_seen, pairs_right;

static void count_pair(void *context, const annotated_article *source, const annotated_quote *gold,
                       const attribution *predicted, bool right) {
    ck_assert_ptr_eq(context, &pairs_seen);
    ck_assert(source && gold->contents.count > 0 && predicted->contents.count > 0);
    pairs_seen++;
    pairs_right += right;
}

static speaker_figures measure(const char *folder) {
    speaker_figures figures = {0};
    identifier *who = NULL;
    arena *memory = arena_new();
    pairs_seen = pairs_right = 0;
    ck_assert_int_eq(identifier_open(folder, &who, NULL), WHOSAID_OK);
    for (size_t i = 0; i < MEASURED; i++) {
        const annotated_article *source = corpus_article(others, i);
        gold_article gold;
        ck_assert_int_eq(gold_article_make(source, names, memory, &gold, NULL), WHOSAID_OK);
        ck_assert_int_eq(identifier_resolve(who, &gold.article, NULL), WHOSAID_OK);
        ck_assert_int_eq(speaker_figures_add(&figures, source, &gold.article,
                                             (speaker_listener){count_pair, &pairs_seen}, NULL),
                         WHOSAID_OK);
        arena_reset(memory);
    }
    identifier_close(who);
    arena_free(memory);
    return figures;
}

START_TEST(knows_who_speaks_in_articles_it_has_not_seen) {
    speaker_figures f = measure(model);
    ck_assert_uint_eq(f.articles, MEASURED);
    ck_assert_uint_gt(f.labelled, 100);
    ck_assert_uint_eq(f.found, f.gold); /* the spans are those of the annotation */
    ck_assert_uint_eq(pairs_seen, f.found);
    ck_assert_uint_ge(pairs_right, f.lenient);
    ck_assert_uint_le(f.strict, f.lenient);
    ck_assert_double_gt((double)f.lenient / (double)f.labelled, 0.8);
    ck_assert_double_gt((double)f.pronoun_right / (double)f.pronoun, 0.6);
    ck_assert_double_gt(grade_accuracy(&f), 0.8);
    ck_assert_double_gt(grade_macro_f1(&f), 0.5);
    ck_assert_double_lt(speaker_calibration_error(&f), 0.2);
}
END_TEST

START_TEST(the_report_counts_what_was_learned_from) {
    size_t of_all_forms = 0, in_all_bins = 0;
    ck_assert_uint_eq(report.articles, LEARNED);
    ck_assert_uint_gt(report.decisions, 100);
    ck_assert_double_gt(report.speaker_accuracy, 0.8);
    ck_assert_double_lt(report.calibration_error, 0.2);
    for (size_t i = 0; i < SOURCE_FORM_COUNT; i++) {
        ck_assert_uint_le(report.forms[i].right, report.forms[i].count);
        of_all_forms += report.forms[i].count;
    }
    for (size_t i = 0; i < RELIABILITY_BINS; i++)
        in_all_bins += report.reliability[i].count;
    ck_assert_uint_eq(of_all_forms, in_all_bins);
    ck_assert_uint_eq(report.attributions, in_all_bins);
}
END_TEST

static void same_file(const char *one, const char *other, const char *file, bool wanted) {
    char command[400];
    snprintf(command, sizeof command, "cmp -s '%s/%s' '%s/%s'", one, file, other, file);
    ck_assert_msg((system(command) == 0) == wanted, "%s", command);
}

START_TEST(the_same_articles_give_the_same_model_and_weights_count) {
    char again[96], weighed[96];
    snprintf(again, sizeof again, "%s", path_of("again"));
    snprintf(weighed, sizeof weighed, "%s", path_of("weighed"));
    train(again, 1);
    train(weighed, 5);
    static const char *const files[] = {"speaker.model", "weights.tsv", "model.json"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        same_file(model, again, files[i], true);
    same_file(model, weighed, "speaker.model", false);
}
END_TEST

START_TEST(a_folder_that_cannot_be_made_is_named) {
    write_file("file", "");
    const annotated_article *one = corpus_article(learned, 0);
    const double weight = 1;
    char inside[128];
    snprintf(inside, sizeof inside, "%s/folder", path_of("file"));
    const speaker_training_target target = {inside, "2000-01-01"};
    speaker_training_report unused;
    whosaid_error err = {0};
    ck_assert_int_eq(
        speaker_train((training_articles){&one, &weight, 1}, names, &target, &unused, &err),
        WHOSAID_IO);
    ck_assert_ptr_nonnull(strstr(err.where, "file"));
}
END_TEST

static TCase *cases(void) {
    TCase *t = tcase_create("learning speakers");
    tcase_set_timeout(t, 60);
    tcase_add_unchecked_fixture(t, learn, close_shipped);
    tcase_add_test(t, knows_who_speaks_in_articles_it_has_not_seen);
    tcase_add_test(t, the_report_counts_what_was_learned_from);
    tcase_add_test(t, the_same_articles_give_the_same_model_and_weights_count);
    tcase_add_test(t, a_folder_that_cannot_be_made_is_named);
    return t;
}

SUITE_MAIN("learning speakers")
