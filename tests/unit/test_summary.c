/* Tables over a batch: by speaker and by outlet. */
#include "suite.h"

#include "report/summary.h"

#include <stdio.h>

static const text_view labels[] = {{"favor", 5}, {"caution", 7}};
static const report_target target = {{"strikes", 7}, labels, 2};
static const report_options options = {.targets = &target, .target_count = 1};

typedef struct told {
    const char *speaker, *role;
    anonymity_grade grade;
    quote_type type;
    bool reason;
    uint32_t label;
} told;

/* Renders an article as a batch's worker does, and adds it. */
static void add(summary *table, const char *outlet, const char *date, const told *statements,
                size_t count) {
    attribution said[8] = {0};
    stance stances[8] = {0};
    for (size_t i = 0; i < count; i++) {
        stances[i].label = statements[i].label;
        said[i].speaker = (speaker){view_of(statements[i].speaker), view_of(statements[i].role), 1};
        said[i].anonymity.grade = statements[i].grade;
        said[i].anonymity.reason =
            statements[i].reason ? VIEW("not authorised to speak") : VIEW("");
        said[i].type = statements[i].type;
        said[i].stances = &stances[i];
        said[i].stance_count = 1;
    }
    article one = {.outlet = view_of(outlet),
                   .date = view_of(date),
                   .attributions = said,
                   .attribution_count = count};
    buffer piece = {0};
    whosaid_error err = {0};
    ck_assert_int_eq(summary_records()->article(&one, &options, &piece, &err), WHOSAID_OK);
    ck_assert_int_eq(summary_add(table, buffer_view(&piece), &err), WHOSAID_OK);
    buffer_free(&piece);
}

static void add_batch(summary *table) {
    static const told first[] = {
        {"Ada Cole", "", ANONYMITY_NAMED, QUOTE_DIRECT, false, 0},
        {"an aide", "", ANONYMITY_ANONYMOUS, QUOTE_INDIRECT, true, 1},
        {"Ada Cole; Ben Dunn", "", ANONYMITY_NAMED, QUOTE_INDIRECT, false, STANCE_UNDECIDED}};
    static const told second[] = {{"ada cole", "minister", ANONYMITY_NAMED, QUOTE_MIXED, false, 1},
                                  {"a diplomat", "", ANONYMITY_ANONYMOUS, QUOTE_DIRECT, false, 0}};
    add(table, "Harrow Courier", "2024-05-03", first, 3);
    add(table, "=Wire", "2024-04-01", second, 2);
    add(table, "=Wire", "", NULL, 0);
}

static void check_table(summary_by by, const char *expected) {
    summary *table = summary_new(by, &options);
    ck_assert_ptr_nonnull(table);
    add_batch(table);
    buffer out = {0};
    whosaid_error err = {0};
    ck_assert_int_eq(summary_write(table, &out, &err), WHOSAID_OK);
    ck_assert(buffer_append(&out, "", 1));
    ck_assert_str_eq(out.data, expected);
    buffer_free(&out);
    summary_free(table);
}

START_TEST(speakers_are_counted_over_articles) {
    check_table(
        SUMMARY_BY_SPEAKER,
        "speaker,role,articles,statements,share_direct,stances,first_date,last_date\r\n"
        "Ada Cole,minister,2,3,0.33,strikes favor=1;caution=1;undecided=1,2024-04-01,2024-05-03\r\n"
        "Ben Dunn,,1,1,0.00,strikes favor=0;caution=0;undecided=1,2024-05-03,2024-05-03\r\n");
}
END_TEST

START_TEST(outlets_show_their_anonymous_sourcing) {
    check_table(SUMMARY_BY_OUTLET, "outlet,articles,statements,anonymous,share_anonymous,share_"
                                   "with_reason,share_without_reason\r\n"
                                   "'=Wire,2,2,1,0.50,0.00,0.50\r\n"
                                   "Harrow Courier,1,3,1,0.33,0.33,0.00\r\n");
}
END_TEST

START_TEST(many_speakers_keep_their_rows) {
    summary *table = summary_new(SUMMARY_BY_SPEAKER, &options);
    for (int i = 0; i < 2000; i++) {
        char who[32];
        snprintf(who, sizeof who, "Person %04d", i % 1000);
        told one = {who, "", ANONYMITY_NAMED, QUOTE_DIRECT, false, 0};
        add(table, "", "", &one, 1);
    }
    buffer out = {0};
    ck_assert_int_eq(summary_write(table, &out, NULL), WHOSAID_OK);
    size_t lines = 0;
    for (size_t i = 0; i < out.len; i++)
        lines += out.data[i] == '\n';
    ck_assert_uint_eq(lines, 1001);
    buffer_free(&out);
    summary_free(table);
}
END_TEST

static TCase *cases(void) {
    TCase *c = tcase_create("summary");
    tcase_add_test(c, speakers_are_counted_over_articles);
    tcase_add_test(c, outlets_show_their_anonymous_sourcing);
    tcase_add_test(c, many_speakers_keep_their_rows);
    return c;
}

SUITE_MAIN("summary")
