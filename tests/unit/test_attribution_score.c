/* The evaluation protocol: an article of three statements, and predictions whose figures are known
 * by hand. */
#include "suite.h"

#include "attribute/attribution_score.h"

static const char TEXT[] = "The mayor said, \xE2\x80\x9CWe won.\xE2\x80\x9D\n"
                           "Ann Lee of Ohio thinks that it rains.\n"
                           "\"No,\" he added.";

static span_list one(arena *memory, const char *words) {
    span_list list = {ARENA_NEW(memory, span, 1), 0};
    const char *at = *words ? strstr(TEXT, words) : NULL;
    if (!at) return list;
    uint32_t begin = (uint32_t)(at - TEXT);
    list.items[0] = (span){begin, begin + (uint32_t)strlen(words)};
    list.count = 1;
    return list;
}

static scored_quote quote(arena *memory, const char *cue, const char *source, const char *content) {
    return (scored_quote){one(memory, cue), one(memory, source), one(memory, content)};
}

/* Adds the three gold statements and `count` predicted ones. */
static attribution_tally score(arena *memory, const scored_quote *predicted, size_t count) {
    scored_quote gold[3] = {quote(memory, "said", "The mayor", "\xE2\x80\x9CWe won.\xE2\x80\x9D"),
                            quote(memory, "thinks", "Ann Lee of Ohio", "that it rains"),
                            quote(memory, "added", "he ", "\"No,\"")};
    attribution_tally tally = {0};
    whosaid_error err = {0};
    ck_assert_int_eq(attribution_score(&tally, view_of(TEXT), predicted ? predicted : gold,
                                       predicted ? count : 3, gold, 3, memory, &err),
                     WHOSAID_OK);
    return tally;
}

static row_figures row(const attribution_tally *tally, attribution_row which) {
    return attribution_figures(&tally->rows[which]);
}

START_TEST(gold_against_itself_is_perfect) {
    arena *memory = arena_new();
    attribution_tally t = score(memory, NULL, 0);
    for (int r = 0; r < ATTRIBUTION_ROW_COUNT; r++)
        if (t.rows[r].gold) ck_assert_double_eq(row(&t, (attribution_row)r).f1, 1);
    ck_assert_uint_eq(t.rows[ROW_FOUND_DIRECT].gold, 2);
    ck_assert_uint_eq(t.rows[ROW_FOUND_MIXED].gold, 0);
    ck_assert_uint_eq(t.rows[ROW_FOUND_INDIRECT].gold, 1);
    arena_free(memory);
}
END_TEST

START_TEST(nothing_predicted) {
    arena *memory = arena_new();
    scored_quote none = {0};
    attribution_tally t = score(memory, &none, 0);
    ck_assert_double_eq(row(&t, ROW_FOUND).recall, 0);
    ck_assert_double_eq(row(&t, ROW_FOUND).f1, 0);
    arena_free(memory);
}
END_TEST

/* One right; one with a light word for a source and a shorter content; one missing. */
START_TEST(wrong_source_and_short_content) {
    arena *memory = arena_new();
    scored_quote predicted[2] = {
        quote(memory, "said", "The mayor", "\xE2\x80\x9CWe won.\xE2\x80\x9D"),
        quote(memory, "thinks", "of", "it rains.")};
    attribution_tally t = score(memory, predicted, 2);
    ck_assert_double_eq(row(&t, ROW_CUE_EXACT).precision, 1);
    ck_assert_double_eq_tol(row(&t, ROW_CUE_EXACT).recall, 2.0 / 3, 1e-12);
    ck_assert_double_eq(row(&t, ROW_CONTENT_EXACT).precision, 0.5);
    ck_assert_double_eq(row(&t, ROW_CONTENT_TRIMMED).precision, 0.5);
    ck_assert_double_eq(row(&t, ROW_FOUND).precision, 1);
    ck_assert_double_eq_tol(row(&t, ROW_FOUND).recall, 2.0 / 3, 1e-12);
    ck_assert_double_eq(row(&t, ROW_CORRECT).precision, 0.5);
    ck_assert_double_eq(row(&t, ROW_LINKED_ALL).precision, 0.5);
    ck_assert_double_eq(row(&t, ROW_FOUND_INDIRECT).recall, 1);
    ck_assert_double_eq(row(&t, ROW_CORRECT_INDIRECT).recall, 0);
    arena_free(memory);
}
END_TEST

START_TEST(punctuation_at_the_edges) {
    arena *memory = arena_new();
    scored_quote predicted = quote(memory, "said", "The mayor", "We won");
    attribution_tally t = score(memory, &predicted, 1);
    ck_assert_double_eq(row(&t, ROW_CONTENT_EXACT).precision, 0);
    ck_assert_double_eq(row(&t, ROW_CONTENT_TRIMMED).precision, 1);
    arena_free(memory);
}
END_TEST

START_TEST(less_than_half_is_not_found) {
    arena *memory = arena_new();
    scored_quote predicted = quote(memory, "said", "The mayor", "We");
    attribution_tally t = score(memory, &predicted, 1);
    ck_assert_uint_eq(t.rows[ROW_FOUND].predicted, 1);
    ck_assert_double_eq(row(&t, ROW_FOUND).precision, 0);
    ck_assert_double_eq(row(&t, ROW_SOURCE_EXACT).precision, 1);
    ck_assert_double_eq(row(&t, ROW_LINKED_CONTENT).precision, 0);
    arena_free(memory);
}
END_TEST

static TCase *cases(void) {
    TCase *t = tcase_create("attribution_score");
    tcase_add_test(t, gold_against_itself_is_perfect);
    tcase_add_test(t, nothing_predicted);
    tcase_add_test(t, wrong_source_and_short_content);
    tcase_add_test(t, punctuation_at_the_edges);
    tcase_add_test(t, less_than_half_is_not_found);
    return t;
}

SUITE_MAIN("attribution_score")
