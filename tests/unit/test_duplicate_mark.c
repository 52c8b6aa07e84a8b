/* Pieces that are rendered already get the mark of a duplicate, as the report itself would set it.
 */
#include "suite.h"

#include "report/duplicate_mark.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

static const char head[] = "article,quote,duplicate_of\r\n";

static const struct {
    const char *piece, *id, *marked;
} rows[] = {
    {"a.txt,Yes,\r\n", "b.txt", "a.txt,Yes,b.txt\r\n"},
    {"a.txt,Yes,old\r\n", "b.txt", "a.txt,Yes,b.txt\r\n"},
    {"\"a,\"\"b\"\"\",\"two\r\nlines, \"\"x\"\"\",\r\na,b,\r\n", "c",
     "\"a,\"\"b\"\"\",\"two\r\nlines, \"\"x\"\"\",c\r\na,b,c\r\n"},
    {"a,b,\r\n", "with, comma", "a,b,\"with, comma\"\r\n"},
    {"a,b,\"old \"\"x\"\"\"\r\n", "=1", "a,b,'=1\r\n"},
    {"", "b", ""},
};

START_TEST(rows_get_another_cell) {
    csv_layout layout;
    buffer out = {0};
    ck_assert(csv_layout_read(VIEW(head), false, &layout));
    ck_assert_int_eq(
        csv_mark_duplicate(view_of(rows[_i].piece), &layout, view_of(rows[_i].id), &out, NULL),
        WHOSAID_OK);
    ck_assert(buffer_append(&out, "", 1));
    ck_assert_str_eq(out.data, rows[_i].marked);
    buffer_free(&out);
}
END_TEST

START_TEST(raw_cells_stay_raw) {
    csv_layout layout;
    buffer out = {0};
    ck_assert(csv_layout_read(VIEW("a,duplicate_of,stance_why\r\n"), true, &layout));
    ck_assert_int_eq(csv_mark_duplicate(VIEW("x,,why\r\n"), &layout, VIEW("=b"), &out, NULL),
                     WHOSAID_OK);
    ck_assert(view_is(buffer_view(&out), "x,=b,why\r\n"));
    buffer_free(&out);
}
END_TEST

/* No head or row is trusted. */
static const char *const damaged[] = {"a\r\n", "a,b\r\n", "\"a,b,\r\n",
                                      "\"",    "\n",      "a,b\na,b,c\r\n"};

START_TEST(damaged_rows_are_refused) {
    csv_layout layout;
    buffer out = {0};
    ck_assert(!csv_layout_read(VIEW("article,quote\r\n"), false, &layout));
    ck_assert(!csv_layout_read(VIEW(""), false, &layout));
    ck_assert(csv_layout_read(VIEW(head), false, &layout));
    ck_assert_int_eq(csv_mark_duplicate(view_of(damaged[_i]), &layout, VIEW("x"), &out, NULL),
                     WHOSAID_SYNTAX);
    buffer_free(&out);
}
END_TEST

static const struct {
    const char *piece, *marked;
} lines[] = {
    {"{\"id\":\"a\",\"title\":\"\",\"quotes\":[{\"score\":0.9804},{\"score\":0.0},{\"score\":1.0}]}"
     "\n",
     "{\"id\":\"a\",\"duplicate_of\":\"b \\\"c\\\"\",\"title\":\"\",\"quotes\":[{\"score\":0.9804},"
     "{\"score\":0.0},{\"score\":1.0}]}\n"},
    {"{\"id\":\"a\",\"duplicate_of\":\"old\",\"text\":\"\xC3\xA4 \\n \\u007f\"}\n",
     "{\"id\":\"a\",\"duplicate_of\":\"b \\\"c\\\"\",\"text\":\"\xC3\xA4 \\n \x7f\"}\n"},
};

START_TEST(lines_get_another_field) {
    buffer out = {0};
    ck_assert_int_eq(jsonl_mark_duplicate(view_of(lines[_i].piece), VIEW("b \"c\""), &out, NULL),
                     WHOSAID_OK);
    ck_assert(buffer_append(&out, "", 1));
    ck_assert_str_eq(out.data, lines[_i].marked);
    buffer_free(&out);
}
END_TEST

static const char *const no_lines[] = {"", "[1]", "{\"id\":", "{} {}", "7"};

START_TEST(damaged_lines_are_refused) {
    buffer out = {0};
    ck_assert_int_eq(jsonl_mark_duplicate(view_of(no_lines[_i]), VIEW("x"), &out, NULL),
                     WHOSAID_SYNTAX);
    buffer_free(&out);
}
END_TEST

static TCase *cases(void) {
    TCase *t = tcase_create("duplicate mark");
    tcase_add_loop_test(t, rows_get_another_cell, 0, COUNT(rows));
    tcase_add_test(t, raw_cells_stay_raw);
    tcase_add_loop_test(t, damaged_rows_are_refused, 0, COUNT(damaged));
    tcase_add_loop_test(t, lines_get_another_field, 0, COUNT(lines));
    tcase_add_loop_test(t, damaged_lines_are_refused, 0, COUNT(no_lines));
    return t;
}

SUITE_MAIN("duplicate mark")
