/* Saved pages in the styles of news sites (tests/pages; outlets and people are invented): each
 * NAME.html must give the article in NAME.txt. */
#include "reading.h"
#include "suite.h"

static const char *const names[] = {"amp",     "bidi", "broadcaster", "liveblog",
                                    "paywall", "stub", "tabloid",     "table-layout",
                                    "weekly",  "wire", "wordpress"};

static void append_view(buffer *out, const char *before, text_view text, const char *after) {
    ck_assert(buffer_append_view(out, view_of(before)) && buffer_append_view(out, text) &&
              buffer_append_view(out, view_of(after)));
}

/* The one article of the file, with its metadata as lines in front. */
static void read_page(const char *path, buffer *out) {
    article_source *source;
    ck_assert_int_eq(article_source_open(&path, 1, NULL, &source, NULL), WHOSAID_OK);
    raw_record record = {0};
    record_reader reader;
    arena *memory = arena_new();
    article a;
    whosaid_status status;
    whosaid_error err = {0};
    ck_assert_int_eq(article_source_next(source, &record, &err), SOURCE_RECORD);
    ck_assert_int_eq(record_reader_open(&reader, &record, &err), WHOSAID_OK);
    ck_assert(record_reader_next(&reader, memory, &a, &status, &err));
    ck_assert_msg(status == WHOSAID_OK, "%s: %s", path, err.text);
    append_view(out, "title: ", a.title, "\n");
    append_view(out, "date: ", a.date, "\n");
    append_view(out, "outlet: ", a.outlet, "\n\n");
    append_view(out, "", a.text, "\n");
    record_reader_close(&reader);
    raw_record_free(&record);
    article_source_close(source);
    arena_free(memory);
}

static void read_text(const char *path, buffer *out) {
    FILE *file = fopen(path, "rb");
    ck_assert_msg(file != NULL, "%s is not there", path);
    char bytes[4096];
    for (size_t got; (got = fread(bytes, 1, sizeof bytes, file)) > 0;)
        ck_assert(buffer_append(out, bytes, got));
    fclose(file);
}

START_TEST(the_article_and_nothing_else) {
    char page[PATH_MAX], text[PATH_MAX];
    snprintf(page, sizeof page, SOURCE_DIR "/tests/pages/%s.html", names[_i]);
    snprintf(text, sizeof text, SOURCE_DIR "/tests/pages/%s.txt", names[_i]);
    buffer got = {0}, expected = {0};
    read_page(page, &got);
    read_text(text, &expected);
    ck_assert(buffer_append(&got, "", 1) && buffer_append(&expected, "", 1));
    ck_assert_msg(strcmp(got.data, expected.data) == 0, "%s gave:\n%s\ninstead of:\n%s", page,
                  got.data, expected.data);
    buffer_free(&got);
    buffer_free(&expected);
}
END_TEST

static TCase *cases(void) {
    TCase *t = tcase_create("pages");
    tcase_add_loop_test(t, the_article_and_nothing_else, 0, sizeof names / sizeof *names);
    return t;
}

SUITE_MAIN("pages")
