/* Which texts are JSON: the same as jansson reads, so that what it cannot read of them for want of
 * memory is told apart. */
#include "suite.h"

#include "base/json_text.h"

#include <jansson.h>

static const char *const texts[] = {
    "{}",
    "[]",
    " [1, -0.5, 2e3, 1E+2, true, false, null] ",
    "{\"a\": {\"b\": [\"\\u00e9\\n\\/\\\\\"]}, \"c\": \"\\ud83d\\ude00\"}",
    "",
    "  ",
    "1",
    "\"a\"",
    "{\"a\" 1}",
    "{\"a\": 1,}",
    "{,}",
    "{a: 1}",
    "[1,]",
    "[1 2]",
    "[01]",
    "[1.]",
    "[-]",
    "[1e]",
    "[.5]",
    "[\"a]",
    "[\"\\x\"]",
    "[\"\\u12g4\"]",
    "[\"\\ud83d\"]",
    "[\"\\ude00\"]",
    "[\"\\ud83d\\u0041\"]",
    "[\"\t\"]",
    "[nul]",
    "[truex]",
    "[] []",
    "[}",
    "{\"a\": [}",
};

START_TEST(sound_is_what_jansson_reads) {
    text_view text = view_of(texts[_i]);
    json_t *read = json_loadb(text.ptr, text.len, 0, NULL);
    ck_assert_msg(json_text_is_sound(text) == (read != NULL), "%s: jansson %s it", texts[_i],
                  read ? "reads" : "refuses");
    json_decref(read);
}
END_TEST

/* Beginnings of a sound text are not sound. */
START_TEST(nothing_may_be_missing) {
    text_view whole = view_of("{\"key\": [\"\\u00e9\", -1.5e+3, {\"inner\": null}], \"b\": true}");
    for (size_t len = 0; len < whole.len; len++)
        ck_assert_msg(!json_text_is_sound(view_slice(whole, 0, len)), "the first %zu bytes", len);
    ck_assert(json_text_is_sound(whole));
}
END_TEST

START_TEST(depth_is_that_of_jansson) {
    enum { DEEP = 2048 };
    char text[2 * DEEP + 3];
    for (int depth = DEEP; depth <= DEEP + 1; depth++) {
        memset(text, '[', (size_t)depth);
        memset(text + depth, ']', (size_t)depth);
        json_t *read = json_loadb(text, 2 * (size_t)depth, 0, NULL);
        ck_assert_int_eq(json_text_is_sound((text_view){text, 2 * (size_t)depth}), read != NULL);
        json_decref(read);
    }
}
END_TEST

START_TEST(faults_are_told_apart) {
    static const struct {
        const char *text;
        whosaid_status status;
    } faulty[] = {{"{\"a\": 1}", WHOSAID_OK},
                  {"{\"a\": 1, \"a\": 2}", WHOSAID_SYNTAX},
                  {"[99999999999999999999]", WHOSAID_SYNTAX},
                  {"[1e999]", WHOSAID_SYNTAX},
                  {"[\"\\u0000\"]", WHOSAID_SYNTAX},
                  {"[", WHOSAID_SYNTAX},
                  {"{]", WHOSAID_SYNTAX},
                  {"", WHOSAID_SYNTAX}};
    for (size_t i = 0; i < sizeof faulty / sizeof *faulty; i++) {
        json_error_t cause;
        json_t *read;
        whosaid_status status =
            json_text_read(view_of(faulty[i].text), JSON_REJECT_DUPLICATES, &read, &cause);
        ck_assert_msg(status == faulty[i].status, "%s: status %d", faulty[i].text, (int)status);
        ck_assert_int_eq(read != NULL, status == WHOSAID_OK);
        ck_assert_int_eq(cause.text[0] != '\0', status != WHOSAID_OK);
        json_decref(read);
    }
}
END_TEST

/* Commas in strings are no values. */
START_TEST(too_many_values_are_refused_unread) {
    size_t len = 2 * JSON_VALUES_MAX + 2;
    char *text = malloc(len);
    ck_assert_ptr_nonnull(text);
    for (size_t i = 0; i < len; i += 2)
        memcpy(text + i, "1,", 2);
    text[0] = '[';
    text[len - 1] = ']';
    json_error_t cause;
    json_t *read;
    ck_assert_int_eq(json_text_read((text_view){text, len}, 0, &read, &cause), WHOSAID_LIMIT);
    ck_assert_ptr_null(read);
    text[1] = text[len - 2] = '"';
    ck_assert_int_eq(json_text_read((text_view){text, len}, 0, &read, &cause), WHOSAID_OK);
    json_decref(read);
    free(text);
}
END_TEST

static TCase *cases(void) {
    TCase *tc = tcase_create("json text");
    tcase_add_loop_test(tc, sound_is_what_jansson_reads, 0, sizeof texts / sizeof *texts);
    tcase_add_test(tc, nothing_may_be_missing);
    tcase_add_test(tc, depth_is_that_of_jansson);
    tcase_add_test(tc, faults_are_told_apart);
    tcase_add_test(tc, too_many_values_are_refused_unread);
    return tc;
}

SUITE_MAIN("json text")
