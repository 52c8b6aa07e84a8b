/* Learning attribution from twenty articles, and measuring it on others. Needs WordNet. */
#include "shipped_articles.h"

#include "attribute/attribution_card.h"
#include "base/buffer.h"
#include "base/folder.h"

#include <unistd.h>

enum { LEARNED = 20, MEASURED = 12 };

static whosaid_status train(const corpus *from, trial_fold fold, unsigned threads,
                            const char *folder, size_t *articles, whosaid_error *err) {
    const training_source source = {from, 1, true};
    attribution_training options = attribution_training_default();
    options.threads = threads;
    whosaid_status status = folder_make(folder, err);
    if (status == WHOSAID_OK)
        status = attribution_trial_train(&source, 1, fold, names, &options, folder, articles, err);
    if (status != WHOSAID_OK) return status;
    const char *const source_name = "twenty articles";
    const attribution_card card = {.sources = &source,
                                   .source_names = &source_name,
                                   .source_count = 1,
                                   .articles = *articles,
                                   .date = "2000-01-01"};
    return attribution_card_save(&card, folder, err);
}

static void learn(void) {
    size_t articles = 0;
    open_shipped(LEARNED, MEASURED);
    ck_assert_int_eq(train(learned, (trial_fold){0, 0}, 1, model, &articles, NULL), WHOSAID_OK);
    ck_assert_uint_eq(articles, LEARNED);
}

static void measure(const char *folder, const corpus *test, trial_fold fold, trial_result *result) {
    attributor *loaded = NULL;
    *result = (trial_result){0};
    ck_assert_int_eq(attributor_open(folder, &loaded, NULL), WHOSAID_OK);
    ck_assert_int_eq(attribution_trial_measure(loaded, names, test, fold, 0.3f, result, NULL),
                     WHOSAID_OK);
    attributor_close(loaded);
}

static double f1_of(const trial_result *result, attribution_row row) {
    return attribution_figures(&result->tally.rows[row]).f1;
}

/* Far below what ships, which learned from twenty times as much, and far above nothing. */
START_TEST(finds_who_said_what_in_articles_it_has_not_seen) {
    trial_result seen, unseen;
    measure(model, learned, (trial_fold){0, 0}, &seen);
    measure(model, others, (trial_fold){0, 0}, &unseen);
    ck_assert_uint_eq(unseen.articles, MEASURED);
    ck_assert_double_gt(f1_of(&unseen, ROW_CUE_EXACT), 0.5);
    ck_assert_double_gt(f1_of(&unseen, ROW_SOURCE_OVERLAP), 0.5);
    ck_assert_double_gt(f1_of(&unseen, ROW_CONTENT_OVERLAP), 0.6);
    ck_assert_double_gt(f1_of(&unseen, ROW_FOUND), 0.5);
    ck_assert_double_gt(f1_of(&seen, ROW_CORRECT), f1_of(&unseen, ROW_CORRECT));
    ck_assert_double_gt(f1_of(&seen, ROW_CUE_EXACT), 0.7);
    ck_assert_double_lt(attribution_calibration_error(&unseen.calibration), 0.25);
}
END_TEST

static void read_all(const char *path, buffer *out) {
    FILE *in = fopen(path, "rb");
    ck_assert_ptr_nonnull(in);
    char piece[4096];
    for (size_t got; (got = fread(piece, 1, sizeof piece, in)) > 0;)
        ck_assert(buffer_append(out, piece, got));
    fclose(in);
}

static bool same_file(const char *one, const char *other, const char *file) {
    char path[160];
    buffer a = {0}, b = {0};
    snprintf(path, sizeof path, "%s/%s", one, file);
    read_all(path, &a);
    snprintf(path, sizeof path, "%s/%s", other, file);
    read_all(path, &b);
    bool same = view_equal(buffer_view(&a), buffer_view(&b));
    buffer_free(&a);
    buffer_free(&b);
    return same;
}

START_TEST(learns_the_same_with_any_number_of_threads) {
    size_t articles = 0;
    char again[96];
    snprintf(again, sizeof again, "%s", path_of("again"));
    ck_assert_int_eq(train(learned, (trial_fold){0, 0}, 3, again, &articles, NULL), WHOSAID_OK);
    ck_assert(same_file(model, again, "attribution.model"));
    ck_assert(same_file(model, again, "model.json"));
}
END_TEST

/* The two folds are measured by models that have not seen them, and hold each article once. */
START_TEST(folds_are_left_out_in_turn) {
    size_t measured = 0, articles[2];
    char folder[96];
    snprintf(folder, sizeof folder, "%s", path_of("folds"));
    for (unsigned k = 0; k < 2; k++) {
        trial_result result;
        const trial_fold fold = {2, k};
        ck_assert_int_eq(train(learned, fold, 1, folder, &articles[k], NULL), WHOSAID_OK);
        ck_assert(!same_file(model, folder, "attribution.model"));
        measure(folder, learned, fold, &result);
        ck_assert_double_gt(f1_of(&result, ROW_CUE_EXACT), 0.4);
        measured += result.articles;
    }
    ck_assert_uint_eq(articles[0] + articles[1], LEARNED);
    ck_assert_uint_eq(measured, LEARNED);
}
END_TEST

START_TEST(the_card_tells_what_was_learned_from_and_how_well_it_does) {
    trial_result result;
    measure(model, others, (trial_fold){0, 0}, &result);
    const training_source source = {learned, 2, true};
    const char *const source_name = "corpus/some";
    const attribution_card card = {.sources = &source,
                                   .source_names = &source_name,
                                   .source_count = 1,
                                   .articles = LEARNED,
                                   .date = "2001-02-03",
                                   .result = &result,
                                   .test_name = "corpus/other"};
    ck_assert_int_eq(attribution_card_save(&card, model, NULL), WHOSAID_OK);
    char path[160];
    buffer text = {0};
    snprintf(path, sizeof path, "%s/model.json", model);
    read_all(path, &text);
    buffer_append(&text, "", 1);
    ck_assert_ptr_nonnull(strstr(text.data, "\"some\"")); /* no folders of the maker */
    ck_assert_ptr_nonnull(strstr(text.data, "\"other\""));
    ck_assert_ptr_nonnull(strstr(text.data, "2001-02-03"));
    ck_assert_ptr_nonnull(strstr(text.data, "\"cue exact\""));
    buffer_free(&text);
    char *json = attribution_tally_json(&result);
    ck_assert_ptr_nonnull(json);
    ck_assert_ptr_nonnull(strstr(json, "\"found:indirect\""));
    free(json);
}
END_TEST

START_TEST(without_wordnet_it_says_what_is_missing) {
    const training_source source = {learned, 1, true};
    attribution_training options = attribution_training_default();
    options.wordnet_folder = "/nowhere";
    whosaid_error err = {0};
    ck_assert_int_eq(attribution_trial_train(&source, 1, (trial_fold){0, 0}, names, &options,
                                             test_folder, NULL, &err),
                     WHOSAID_IO);
    ck_assert_ptr_nonnull(strstr(err.text, "wordnet-base"));
}
END_TEST

static TCase *cases(void) {
    TCase *t = tcase_create("learning attribution");
    tcase_set_timeout(t, 60);
    /* Debian's package may be missing where nobody trains. */
    if (access("/usr/share/wordnet/index.verb", R_OK) != 0) return t;
    tcase_add_unchecked_fixture(t, learn, close_shipped);
    tcase_add_test(t, finds_who_said_what_in_articles_it_has_not_seen);
    tcase_add_test(t, learns_the_same_with_any_number_of_threads);
    tcase_add_test(t, folds_are_left_out_in_turn);
    tcase_add_test(t, the_card_tells_what_was_learned_from_and_how_well_it_does);
    tcase_add_test(t, without_wordnet_it_says_what_is_missing);
    return t;
}

SUITE_MAIN("learning attribution")
