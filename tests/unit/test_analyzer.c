/* The public interface: one article in memory in, a report out. */
#include "suite.h"

#include "whosaid.h"

#include <string.h>

static whosaid_analyzer *analyzer;

static void open_analyzer(void) {
    whosaid_options options = whosaid_options_default();
    options.models_folder = SOURCE_DIR "/models";
    whosaid_error err = {0};
    whosaid_status status = whosaid_analyzer_open(&options, &analyzer, &err);
    ck_assert_msg(status == WHOSAID_OK, "%s: %s", err.where, err.text);
}

static void close_analyzer(void) {
    whosaid_analyzer_close(analyzer);
}

START_TEST(an_article_in_memory_is_reported) {
    static const char text[] = "It rained in Caf\xC3\xA9 Tolm.";
    whosaid_input input = {.text = text, .text_len = sizeof text - 1, .id = "a"};
    char *report;
    size_t len;
    ck_assert_int_eq(whosaid_analyzer_score(analyzer, &input, "jsonl", &report, &len, NULL),
                     WHOSAID_OK);
    ck_assert_str_eq(report, "{\"id\":\"a\",\"title\":\"\",\"date\":\"\",\"outlet\":\"\","
                             "\"text\":\"It rained in Caf\xC3\xA9 Tolm.\",\"quotes\":[]}\n");
    ck_assert_uint_eq(len, strlen(report));
    whosaid_free(report);
    input = (whosaid_input){0};
    ck_assert_int_eq(whosaid_analyzer_score(analyzer, &input, "csv", &report, &len, NULL),
                     WHOSAID_OK);
    ck_assert_int_eq(strncmp(report, "article,date,", 13), 0);
    whosaid_free(report);
}
END_TEST

static const struct {
    const char *text, *format;
    size_t text_len;
    whosaid_status status;
} refused_cases[] = {
    {"caf\xE9", "csv", 4, WHOSAID_NOT_TEXT},
    {"a\0b", "csv", 3, WHOSAID_NOT_TEXT},
    {"a", "csv", (size_t)5 << 30, WHOSAID_LIMIT},
    {"a", "pdf", 1, WHOSAID_USAGE},
};

START_TEST(what_cannot_be_reported_is_refused) {
    whosaid_input input = {.text = refused_cases[_i].text, .text_len = refused_cases[_i].text_len};
    char *report = "x";
    size_t len = 7;
    whosaid_error err = {0};
    ck_assert_int_eq(
        whosaid_analyzer_score(analyzer, &input, refused_cases[_i].format, &report, &len, &err),
        refused_cases[_i].status);
    ck_assert_int_eq(err.code, refused_cases[_i].status);
    ck_assert_int_ne(err.text[0], '\0');
    ck_assert_ptr_null(report);
    ck_assert_uint_eq(len, 0);
}
END_TEST

START_TEST(models_must_be_named) {
    whosaid_options options = whosaid_options_default();
    whosaid_analyzer *none;
    ck_assert_int_eq(whosaid_analyzer_open(&options, &none, NULL), WHOSAID_USAGE);
    ck_assert_ptr_null(none);
    whosaid_analyzer_close(NULL);
}
END_TEST

static TCase *cases(void) {
    TCase *t = tcase_create("analyzer");
    tcase_add_checked_fixture(t, open_analyzer, close_analyzer);
    tcase_add_test(t, an_article_in_memory_is_reported);
    tcase_add_loop_test(t, what_cannot_be_reported_is_refused, 0,
                        sizeof refused_cases / sizeof *refused_cases);
    tcase_add_test(t, models_must_be_named);
    return t;
}

SUITE_MAIN("analyzer")
