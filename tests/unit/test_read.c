/* From files to articles: what is read, what is refused, and where the prose begins. */
#include "reading.h"
#include "suite.h"

#include "read/date.h"
#include "read/input_size.h"
#include "read/metadata.h"

#include <stdio.h>
#include <sys/stat.h>
#include <time.h>
#include <zlib.h>

#define COUNT(table) (sizeof(table) / sizeof *(table))

static const struct {
    const char *text, *title, *date, *outlet, *body;
    bool is_markdown;
} metadata_cases[] = {
    {" date 2024-09-11 VARNHOLM \xE2\x80\x94 The envoy left.", "", "2024-09-11", "",
     "The envoy left.", false},
    {"date 2024-09-11\nThe envoy left.", "", "2024-09-11", "", "The envoy left.", false},
    {"Date 2024 was a bad year.", "", "", "", "Date 2024 was a bad year.", false},
    {"date 2024-02-30 X", "", "", "", "date 2024-02-30 X", false},
    {"Title: Envoy leaves\nDate: May 3, 2024\nOutlet: Harrow Courier\n\nTOLM, May 3 (Wire) - It "
     "rained.",
     "Envoy leaves", "May 3, 2024", "Harrow Courier", "It rained.", false},
    {"TITLE: A\r\n\r\nNEW HARROW, Sarvia -- \"No,\" he said.", "A", "", "", "\"No,\" he said.",
     false},
    {"McTOLM, Va. \xE2\x80\x93 Rain.", "", "", "", "Rain.", false},
    {"S\xC3\x83O TOLM \xE2\x80\x94 Rain.", "", "", "", "Rain.", false},
    {"NATO \xE2\x80\x94 the alliance \xE2\x80\x94 met.", "", "", "",
     "NATO \xE2\x80\x94 the alliance \xE2\x80\x94 met.", false},
    {"He left - The end.", "", "", "", "He left - The end.", false},
    {"A-B - The end.", "", "", "", "The end.", false},
    {"Envoy leaves, two officials say\n\nBy Ana Ruiz\n\nTOLM \xE2\x80\x94 Rain.",
     "Envoy leaves, two officials say", "", "", "Rain.", false},
    {"The envoy left.\n\nIt rained.", "", "", "", "The envoy left.\n\nIt rained.", false},
    {"Envoy leaves", "", "", "", "Envoy leaves", false},
    {"# Envoy leaves?\n\n*TOLM* \xE2\x80\x94 Rain.", "Envoy leaves?", "", "", "Rain.", true},
    {"# Envoy leaves.\n\nRain.", "", "", "", "# Envoy leaves.\n\nRain.", false},
    {"Title: only this", "only this", "", "", "", false},
    {"\n\n", "", "", "", "", false},
};

static void assert_view(text_view view, const char *expected) {
    ck_assert_msg(view_is(view, expected), "got [%.*s], expected [%s]", (int)view.len, view.ptr,
                  expected);
}

START_TEST(prose_begins_behind_metadata) {
    text_view text = view_of(metadata_cases[_i].text);
    text_metadata m = text_metadata_read(text, metadata_cases[_i].is_markdown);
    assert_view(m.title, metadata_cases[_i].title);
    assert_view(m.date, metadata_cases[_i].date);
    assert_view(m.outlet, metadata_cases[_i].outlet);
    assert_view(view_slice(text, m.body_begin, text.len), metadata_cases[_i].body);
}
END_TEST

static const struct {
    const char *text, *iso;
} date_cases[] = {
    {"2024-09-11", "2024-09-11"},
    {"2024-09-11T08:30:00Z", "2024-09-11T08:30:00Z"},
    {"2024-09-11T08:30:00.123+02:00", "2024-09-11T08:30:00.123+02:00"},
    {"2024-09-11 08:30", "2024-09-11T08:30"},
    {"2024-09-11 (updated)", "2024-09-11"},
    {"20240911", "2024-09-11"},
    {"September 11, 2024", "2024-09-11"},
    {"Sept. 11, 2024", "2024-09-11"},
    {"11th September 2024", "2024-09-11"},
    {"Wed, 11 Sep 2024 08:30:00 GMT", "2024-09-11"},
    {"Feb 29, 2024", "2024-02-29"},
    {"Feb 29, 2023", ""},
    {"2024-13-01", ""},
    {"09/11/2024", ""},
    {"yesterday", ""},
    {"", ""},
};

START_TEST(dates_become_iso) {
    arena *memory = arena_new();
    assert_view(date_to_iso(memory, view_of(date_cases[_i].text)), date_cases[_i].iso);
    arena_free(memory);
}
END_TEST

START_TEST(folders_are_read_in_the_order_of_full_paths) {
    mkdir("in", 0700);
    mkdir("in/a", 0700);
    mkdir("in/.hidden", 0700);
    write_text("in/a/z.txt", "Three.");
    write_text("in/a.txt", "Two.");
    write_text("in/a-b.md", "One.");
    write_text("in/b.TXT", "Four.");
    write_text("in/.hidden/x.txt", "never");
    write_text("in/.x.txt", "never");
    write_text("in/picture.png", "x");
    assert_read("in", "in/a-b.md||One.\nin/a.txt||Two.\nin/a/z.txt||Three.\nin/b.TXT||Four.\n"
                      "in/picture.png: skipped: not a known type\n");
    const char *const both[] = {"in/b.TXT", "in/a/"};
    char got[1024];
    read_all(both, 2, got, sizeof got);
    ck_assert_str_eq(got, "in/a/z.txt||Three.\nin/b.TXT||Four.\n");
}
END_TEST

START_TEST(links_and_special_files_in_folders_do_no_harm) {
    mkdir("in", 0700);
    write_text("in/a.txt", "One.");
    ck_assert_int_eq(symlink("a.txt", "in/b.txt"), 0);
    ck_assert_int_eq(symlink("c.txt", "in/c.txt"), 0);
    ck_assert_int_eq(symlink("../in", "in/d"), 0);
    ck_assert_int_eq(symlink("nowhere.txt", "in/e.txt"), 0);
    ck_assert_int_eq(mkfifo("in/f.txt", 0600), 0);
    assert_read("in", "in/a.txt||One.\nin/b.txt||One.\n"
                      "in/c.txt: skipped: a loop of symbolic links\n"
                      "in/d: skipped: a link to a folder; name it as a PATH to have it read\n"
                      "failed: in/e.txt: cannot open: No such file or directory\n"
                      "in/f.txt: skipped: a device, pipe or socket\n");
    ck_assert_int_eq(symlink("in", "named"), 0);
    const char *path = "named/a.txt";
    assert_read(path, "named/a.txt||One.\n");
}
END_TEST

START_TEST(inputs_that_are_not_there_are_named) {
    assert_read("gone", "failed: gone: cannot open: No such file or directory\n");
    assert_read("gone.txt", "failed: gone.txt: cannot open: No such file or directory\n");
    write_text("strange", "text");
    assert_read("strange", "failed: strange: not a known type (.txt .md .html .json .jsonl .csv "
                           ".warc, each also with .gz .zst .bz2 .xz; .zip .tar .tar.gz)\n");
}
END_TEST

static const struct {
    const char *file;
    const char *bytes;
    size_t len;
    const char *expected;
} content_cases[] = {
#define BYTES(text) (text), sizeof(text) - 1
    {"a.txt", BYTES(""), "refused: a.txt:0: is empty\n"},
    {"a.txt", BYTES(" \n\t\r\n"), "refused: a.txt:0: is empty\n"},
    {"a.txt", BYTES("\xEF\xBB\xBFOne."), "a.txt||One.\n"},
    {"a.txt", BYTES("\xEF\xBB\xBF"), "refused: a.txt:0: is empty\n"},
    {"a.txt", BYTES("caf\xE9."), "a.txt||caf\xC3\xA9.\n"},
    {"a.txt", BYTES("caf\xE9 \x81."),
     "refused: a.txt:0: is not UTF-8 text: byte 0x81 at offset 5\n"},
    {"a.txt", BYTES("a\0b"), "refused: a.txt:0: is not UTF-8 text: byte 0x00 at offset 1\n"},
    {"a.json", BYTES("{\"id\": \"x\", \"text\": \"One.\", \"date\": \"3 May 2024\"}"),
     "x|2024-05-03|One.\n"},
    {"a.json", BYTES("{\"id\": 7, \"body\": \"One.\"}"), "7||One.\n"},
    {"a.json", BYTES("{\"content\": \"TOLM \xE2\x80\x94 One.\"}"), "a.json||One.\n"},
    {"a.json", BYTES("[{\"text\": \"One.\"}, 5, {\"title\": \"x\"}, {\"text\": \"Two.\"}]"),
     "a.json#1||One.\nrefused: a.json#2:0: is no article (a JSON object)\n"
     "refused: a.json#3:0: the article has no text (a string named text, body or content)\n"
     "a.json#4||Two.\n"},
    {"a.json", BYTES("[]"), ""},
    {"a.json", BYTES("7"), "refused: a.json:1: is not JSON: '[' or '{' expected near '7'\n"},
    {"a.json", BYTES("{\"text\": \"a\\u0000b\"}"),
     "refused: a.json:1: is not JSON: \\u0000 is not allowed without JSON_ALLOW_NUL near "
     "'\"a\\u0000b\"'\n"},
    {"a.json", BYTES("{\"text\":\n tru}"),
     "refused: a.json:2: is not JSON: invalid token near "
     "'tru'\n"},
    {"a.jsonl",
     BYTES("{\"text\": \"One.\"}\r\n\n{\"text\": 5}\n[]\n{\"id\": \"\", \"text\": \"\"}"),
     "a.jsonl:1||One.\n"
     "refused: a.jsonl:3: the article has no text (a string named text, body or content)\n"
     "refused: a.jsonl:4: the line holds no article (a JSON object)\na.jsonl:5||\n"},
    {"a.jsonl", BYTES("{\"text\": \"caf\xE9\"}\n{\"id\": \"b\", \"text\": \"Two.\"}\n"),
     "a.jsonl:1||caf\xC3\xA9\nb||Two.\n"},
};

START_TEST(content_is_read_or_refused_by_name) {
    write_bytes(content_cases[_i].file, content_cases[_i].bytes, content_cases[_i].len);
    assert_read(content_cases[_i].file, content_cases[_i].expected);
}
END_TEST

START_TEST(gzip_is_read_and_damage_is_found) {
    gzFile file = gzopen("a.jsonl.gz", "wb");
    for (int i = 0; i < 2000; i++)
        gzprintf(file, "{\"id\": \"x%d\", \"text\": \"One %d.\"}\n", i, i * 7919);
    ck_assert_int_eq(gzclose(file), Z_OK);
    const char *path = "a.jsonl.gz";
    char *got = malloc(1 << 20);
    read_all(&path, 1, got, 1 << 20);
    ck_assert_ptr_nonnull(strstr(got, "x1999||One 15830081."));
    ck_assert_int_eq(truncate("a.jsonl.gz", 3000), 0);
    read_all(&path, 1, got, 1 << 20);
    ck_assert_ptr_nonnull(strstr(got, "x0||One 0."));
    ck_assert_ptr_nonnull(strstr(got, "failed: a.jsonl.gz: cannot decompress: "));
    free(got);
}
END_TEST

START_TEST(a_path_that_is_not_utf8_becomes_text) {
    write_text("caf\xE9.txt", "One.");
    assert_read("caf\xE9.txt", "caf\\xe9.txt||One.\n");
}
END_TEST

START_TEST(long_lines_and_long_files_are_whole) {
    size_t len = 3 << 20;
    char *text = malloc(len);
    memset(text, 'x', len);
    memcpy(text, "{\"text\": \"", 10);
    memcpy(text + len - 3, "\"}\n", 3);
    write_bytes("a.jsonl", text, len);
    const char *path = "a.jsonl";
    char *got = malloc(len * 2);
    read_all(&path, 1, got, len * 2);
    ck_assert_uint_eq(strlen(got), strlen("a.jsonl:1||\n") + len - 13);
    free(got);
    free(text);
}
END_TEST

START_TEST(the_report_is_never_read) {
    mkdir("in", 0700);
    write_text("in/a.txt", "One.");
    write_text("in/report.jsonl", "{\"text\": \"old report\"}");
    struct stat report;
    ck_assert_int_eq(stat("in/report.jsonl", &report), 0);
    const char *path = "in";
    article_source *source;
    raw_record record = {0};
    whosaid_error err = {0};
    ck_assert_int_eq(article_source_open(&path, 1, &report, &source, NULL), WHOSAID_OK);
    ck_assert_int_eq(article_source_next(source, &record, &err), SOURCE_RECORD);
    ck_assert_int_eq(article_source_next(source, &record, &err), SOURCE_SKIPPED);
    ck_assert_str_eq(err.where, "in/report.jsonl");
    ck_assert_int_eq(article_source_next(source, &record, &err), SOURCE_END);
    raw_record_free(&record);
    article_source_close(source);
}
END_TEST

START_TEST(the_size_of_an_input_is_that_of_what_is_read) {
    mkdir("in", 0700);
    mkdir("in/page_files", 0700);
    write_text("in/a.txt", "One.");
    write_text("in/page.html", "<p>Two.</p>");
    write_text("in/page_files/frame.html", "<p>An advertisement.</p>");
    write_text("in/a.png", "No text.");
    const char *path = "in";
    char events[256];
    read_all(&path, 1, events, sizeof events); /* names what is read */
    ck_assert_ptr_null(strstr(events, "frame"));
    input_size *size = input_size_count(&path, 1, (shard){0, 0});
    ck_assert_ptr_nonnull(size);
    for (int i = 0; i < 5000 && input_size_bytes(size) == 0; i++)
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
    ck_assert_uint_eq(input_size_bytes(size), strlen("One.") + strlen("<p>Two.</p>"));
    input_size_free(size);
}
END_TEST

START_TEST(a_source_that_is_cancelled_ends_early) {
    write_text("a.jsonl", "{\"text\": \"One.\"}\n{\"text\": \"Two.\"}\n");
    const char *path = "a.jsonl";
    raw_record record = {0};
    for (int cancels = 0; cancels < 2; cancels++) {
        article_source *source;
        ck_assert_int_eq(article_source_open(&path, 1, NULL, &source, NULL), WHOSAID_OK);
        ck_assert_int_eq(article_source_next(source, &record, NULL), SOURCE_RECORD);
        if (cancels) article_source_cancel(source);
        if (!cancels) ck_assert_int_eq(article_source_next(source, &record, NULL), SOURCE_RECORD);
        ck_assert_int_eq(article_source_next(source, &record, NULL), SOURCE_END);
        ck_assert_int_eq(article_source_was_cut_short(source), cancels);
        ck_assert_uint_eq(article_source_bytes_read(source), 34);
        article_source_close(source);
    }
    raw_record_free(&record);
}
END_TEST

/* A text goes by its path and is named in the other shards; lines come in all of them. */
START_TEST(a_shard_opens_only_its_own_texts) {
    mkdir("in", 0700);
    write_text("in/a.txt", "One.");
    write_text("in/b.jsonl", "{\"text\": \"Two.\"}\n");
    write_text("in/report.csv.journal", "of a run in this folder");
    write_text("in/report.csv.shard", "of a run in this folder");
    const char *path = "in";
    size_t own = 0;
    for (uint32_t number = 1; number <= 5; number++) {
        article_source *source;
        raw_record record = {0};
        ck_assert_int_eq(article_source_open(&path, 1, NULL, &source, NULL), WHOSAID_OK);
        article_source_set_shard(source, (shard){number, 5});
        source_event event = article_source_next(source, &record, NULL);
        ck_assert(event == SOURCE_RECORD || event == SOURCE_ELSEWHERE);
        ck_assert_str_eq(record.path.data, "in/a.txt");
        own += event == SOURCE_RECORD;
        ck_assert_int_eq(article_source_next(source, &record, NULL), SOURCE_RECORD);
        ck_assert_str_eq(record.path.data, "in/b.jsonl");
        ck_assert_int_eq(article_source_next(source, &record, NULL), SOURCE_END);
        raw_record_free(&record);
        article_source_close(source);
    }
    ck_assert_uint_eq(own, 1);
}
END_TEST

static const struct {
    const char *line, *id;
} damaged_cases[] = {
    {"{\"id\": \"a\"", "a"},
    {"{\"id\": \"a", ""},
    {"{\"id\": 12", ""},
    {"{\"id\": 12, \"text\": \"It", "12"},
    {"{\"title\": \"\\\"id\\\": 1, \", \"id\": \"b\\u00e9\", x", "b\xC3\xA9"},
    {"{\"about\": {\"id\": \"no\", \"l\": [1, \"]\"]}, \"id\":\"c\",x}", "c"},
    {"{\"about\": {\"id\": \"no\"", ""},
    {"{\"id\": nothing, \"text\": 1}", ""},
    {"{\"id\": [1], \"text\": 1", ""},
    {"[{\"id\": \"a\"}", ""},
    {"{\"id\"", ""},
    {"{\"id\":", ""},
    {"{,\"id\": \"a\"}", ""},
    {"{\"a\\", ""},
    {"", ""},
};

START_TEST(the_id_of_a_damaged_line_is_read_where_it_is_whole) {
    arena *memory = arena_new();
    text_view line = view_of(damaged_cases[_i].line);
    text_view id = json_id_of_damaged(line, memory);
    ck_assert_msg(view_is(id, damaged_cases[_i].id), "%s: %.*s", line.ptr, (int)id.len, id.ptr);
    arena_free(memory);
}
END_TEST

/* What happens to b.txt, or to c.jsonl of which the first line was read, before the next is asked
 * for; nothing may wait, and what can be read is. */
static void remove_b(void) {
    ck_assert_int_eq(unlink("in/b.txt"), 0);
}

static void make_b_a_pipe(void) {
    remove_b();
    ck_assert_int_eq(mkfifo("in/b.txt", 0600), 0);
}

static void make_b_a_folder(void) {
    remove_b();
    ck_assert_int_eq(mkdir("in/b.txt", 0700), 0);
}

static void make_b_a_device(void) {
    remove_b();
    ck_assert_int_eq(symlink("/dev/zero", "in/b.txt"), 0);
}

static void make_b_a_loop(void) {
    remove_b();
    ck_assert_int_eq(symlink("b.txt", "in/b.txt"), 0);
}

static void empty_b(void) {
    write_text("in/b.txt", "");
}

static void rewrite_b(void) {
    write_text("in/b.txt", "New.");
}

static void remove_folder_of_b(void) {
    ck_assert_int_eq(rename("in", "away"), 0);
}

#define GONE "No such file or directory"

static const struct {
    void (*change)(void);
    const char *then; /* what becomes of b.txt; c.txt is read as ever */
    const char *c;
} changes[] = {
    {remove_b, "failed: in/b.txt: cannot open: " GONE, NULL},
    {make_b_a_pipe, "failed: in/b.txt: cannot open: not a regular file", NULL},
    {make_b_a_folder, "failed: in/b.txt: cannot read: Is a directory", NULL},
    {make_b_a_device, "failed: in/b.txt: cannot open: not a regular file", NULL},
    {make_b_a_loop, "failed: in/b.txt: cannot open: Too many levels of symbolic links", NULL},
    {empty_b, "", NULL},
    {rewrite_b, "New.", NULL},
    {remove_folder_of_b, "failed: in/b.txt: cannot open: " GONE,
     "failed: in/c.txt: cannot open: " GONE},
};

static void next_is(article_source *source, const char *expected) {
    raw_record record = {0};
    whosaid_error err = {0};
    char got[sizeof err.where + sizeof err.text + 16];
    switch (article_source_next(source, &record, &err)) {
    case SOURCE_RECORD:
        snprintf(got, sizeof got, "%.*s", (int)record.bytes.len,
                 record.bytes.len ? record.bytes.data : "");
        break;
    case SOURCE_FAILED: snprintf(got, sizeof got, "failed: %s: %s", err.where, err.text); break;
    default: snprintf(got, sizeof got, "end");
    }
    ck_assert_str_eq(got, expected);
    raw_record_free(&record);
}

START_TEST(files_may_change_between_listing_and_reading) {
    static const char *const path = "in";
    article_source *source;
    ck_assert_int_eq(mkdir("in", 0700), 0);
    write_text("in/a.txt", "First.");
    write_text("in/b.txt", "Second.");
    write_text("in/c.txt", "Third.");
    ck_assert_int_eq(article_source_open(&path, 1, NULL, &source, NULL), WHOSAID_OK);
    next_is(source, "First.");
    changes[_i].change();
    next_is(source, changes[_i].then);
    next_is(source, changes[_i].c ? changes[_i].c : "Third.");
    next_is(source, "end");
    article_source_close(source);
}
END_TEST

/* Lines of 64 bytes, more of them than are read at once. */
static void write_lines(const char *path, int count) {
    FILE *out = fopen(path, "wb");
    ck_assert_ptr_nonnull(out);
    for (int i = 0; i < count; i++)
        fprintf(out, "{\"id\":\"%07d\",\"text\":\"%039d\"}\n", i, i);
    ck_assert_int_eq(fclose(out), 0);
}

/* The number of the last line that comes, and how many come. */
static int last_line(article_source *source, int *lines) {
    raw_record record = {0};
    int last = 0;
    for (*lines = 0; article_source_next(source, &record, NULL) != SOURCE_END; ++*lines) {
        buffer_append(&record.bytes, "", 1);
        sscanf(record.bytes.data, "{\"id\":\"%7d", &last);
    }
    raw_record_free(&record);
    return last;
}

START_TEST(a_file_may_shrink_or_grow_while_it_is_read) {
    enum { BEFORE = 20000 };
    static const int sizes[] = {0, 10, BEFORE + 500};
    static const char *const path = "c.jsonl";
    article_source *source;
    raw_record record = {0};
    int lines;
    write_lines(path, BEFORE);
    ck_assert_int_eq(article_source_open(&path, 1, NULL, &source, NULL), WHOSAID_OK);
    ck_assert_int_eq(article_source_next(source, &record, NULL), SOURCE_RECORD);
    write_lines(path, sizes[_i]);
    int last = last_line(source, &lines);
    if (sizes[_i] > BEFORE) {
        ck_assert_int_eq(last, sizes[_i] - 1);
        ck_assert_int_eq(lines, sizes[_i] - 1);
    } else { /* what had been read already, and an end */
        ck_assert_int_lt(lines, BEFORE / 2);
    }
    raw_record_free(&record);
    article_source_close(source);
}
END_TEST

static TCase *cases(void) {
    TCase *t = tcase_create("read");
    tcase_add_checked_fixture(t, enter_new_folder, remove_folder);
    tcase_add_loop_test(t, prose_begins_behind_metadata, 0, COUNT(metadata_cases));
    tcase_add_loop_test(t, dates_become_iso, 0, COUNT(date_cases));
    tcase_add_test(t, folders_are_read_in_the_order_of_full_paths);
    tcase_add_test(t, links_and_special_files_in_folders_do_no_harm);
    tcase_add_loop_test(t, files_may_change_between_listing_and_reading, 0, COUNT(changes));
    tcase_add_loop_test(t, a_file_may_shrink_or_grow_while_it_is_read, 0, 3);
    tcase_add_test(t, inputs_that_are_not_there_are_named);
    tcase_add_loop_test(t, content_is_read_or_refused_by_name, 0, COUNT(content_cases));
    tcase_add_test(t, gzip_is_read_and_damage_is_found);
    tcase_add_test(t, a_path_that_is_not_utf8_becomes_text);
    tcase_add_test(t, long_lines_and_long_files_are_whole);
    tcase_add_test(t, the_report_is_never_read);
    tcase_add_test(t, the_size_of_an_input_is_that_of_what_is_read);
    tcase_add_test(t, a_source_that_is_cancelled_ends_early);
    tcase_add_test(t, a_shard_opens_only_its_own_texts);
    tcase_add_loop_test(t, the_id_of_a_damaged_line_is_read_where_it_is_whole, 0,
                        COUNT(damaged_cases));
    return t;
}

SUITE_MAIN("read")
