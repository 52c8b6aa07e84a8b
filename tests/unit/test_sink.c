/* The sink of a report in a file: what a run leaves that was killed after any byte, and what a
 * resumed run makes of it. A kill is played by copying the files as they lie at that instant. */
#include "sinks.h"
#include "suite.h"

#include "report/report.h"

#include <sys/stat.h>

static const char identity[] = "format csv\npaths a b\n";

static whosaid_status try_open(const char *file, const char *run, bool resume, heard *h,
                               report_sink **sink, whosaid_error *err) {
    const sink_options options = sink_of(file, run, resume, h);
    return file_sink_open(&options, sink, err);
}

static report_sink *open_sink(const char *file, bool resume, heard *h) {
    return open_well(file_sink_open, sink_of(file, identity, resume, h));
}

static void write_pieces(report_sink *sink, const char *text) {
    ck_assert_int_eq(sink->write(sink, view_of(text), NULL), WHOSAID_OK);
}

static void commit(report_sink *sink, const char *note) {
    ck_assert_int_eq(sink->commit(sink, view_of(note), NULL), WHOSAID_OK);
}

static size_t read_whole(const char *file, char *out, size_t capacity) {
    FILE *in = fopen(path_of(file), "rb");
    ck_assert_msg(in != NULL, "%s is not there", file);
    size_t len = fread(out, 1, capacity - 1, in);
    out[len] = '\0';
    fclose(in);
    return len;
}

static void assert_content(const char *file, const char *expected) {
    char content[256];
    read_whole(file, content, sizeof content);
    ck_assert_str_eq(content, expected);
}

static void keep_beginning(const char *from, const char *to, size_t len) {
    char content[4096];
    size_t there = read_whole(from, content, sizeof content);
    FILE *out = fopen(path_of(to), "wb");
    fwrite(content, 1, len < there ? len : there, out);
    ck_assert_int_eq(fclose(out), 0);
}

static size_t size_of(const char *file) {
    struct stat info;
    return stat(path_of(file), &info) == 0 ? (size_t)info.st_size : 0;
}

START_TEST(a_complete_report_has_no_journal) {
    write_file("r", "old");
    report_sink *sink = open_sink("r", false, NULL);
    ck_assert(sink->has_journal && !sink->resumed && exists("r.journal"));
    assert_content("r", "old");
    write_pieces(sink, "one\n");
    commit(sink, "1");
    write_pieces(sink, "two\n");
    close_sink(sink, SINK_COMPLETE);
    assert_content("r", "one\ntwo\n");
    ck_assert(!exists("r.journal"));
}
END_TEST

START_TEST(a_dropped_report_leaves_no_trace) {
    write_file("old", "old");
    close_sink(open_sink("old", false, NULL), SINK_DROPPED);
    assert_content("old", "old");
    close_sink(open_sink("new", false, NULL), SINK_DROPPED);
    ck_assert(!exists("new") && !exists("new.journal") && !exists("old.journal"));
}
END_TEST

START_TEST(a_stopped_report_goes_on) {
    report_sink *sink = open_sink("r", false, NULL);
    write_pieces(sink, "one\n");
    commit(sink, "1");
    write_pieces(sink, "the end of a report that stopped\n");
    close_sink(sink, SINK_STOPPED);
    heard h = {0};
    sink = open_sink("r", true, &h);
    ck_assert(sink->resumed);
    ck_assert_str_eq(h.notes, "1");
    write_pieces(sink, "two\n");
    close_sink(sink, SINK_COMPLETE);
    assert_content("r", "one\ntwo\n");
    ck_assert(!exists("r.journal"));
}
END_TEST

/* Where each commit of the report below left the two files. */
typedef struct stand {
    size_t report, journal;
    const char *content, *notes;
} stand;

START_TEST(what_a_kill_leaves_goes_back_to_a_commit) {
    stand stands[] = {
        {.content = "", .notes = ""},
        {.content = "head\n", .notes = ""},
        {.content = "head\none\n", .notes = "1"},
        {.content = "head\none\ntwo\nthree\n", .notes = "123"},
    };
    report_sink *sink = open_sink("r", false, NULL);
    static const char *const pieces[] = {"head\n", "one\n", "two\nthree\n"};
    static const char *const notes[] = {"", "1", "23"};
    for (size_t i = 0; i < 3; i++) {
        write_pieces(sink, pieces[i]);
        commit(sink, notes[i]);
        stands[i + 1].report = size_of("r");
        stands[i + 1].journal = size_of("r.journal");
    }
    close_sink(sink, SINK_STOPPED);
    for (size_t report = 0; report <= stands[3].report; report++) {
        /* Each length of the journal with some lengths of the report. */
        for (size_t journal = report % 7; journal <= stands[3].journal; journal += 7) {
            keep_beginning("r", "k", report);
            keep_beginning("r.journal", "k.journal", journal);
            size_t last = 3;
            while (stands[last].report > report || stands[last].journal > journal)
                last--;
            heard h = {0};
            sink = open_sink("k", true, &h);
            ck_assert_int_eq(sink->resumed, last > 0);
            ck_assert_str_eq(h.notes, stands[last].notes);
            write_pieces(sink, "+");
            close_sink(sink, SINK_COMPLETE);
            char expected[64];
            snprintf(expected, sizeof expected, "%s+", stands[last].content);
            assert_content("k", expected);
        }
    }
}
END_TEST

START_TEST(a_journal_is_not_overwritten) {
    report_sink *sink = open_sink("r", false, NULL);
    report_sink *second;
    whosaid_error err = {0};
    ck_assert_int_eq(try_open("r", identity, true, NULL, &second, &err), WHOSAID_USAGE);
    ck_assert_str_eq(err.text, "another run is writing this report");
    write_pieces(sink, "one\n");
    commit(sink, "1");
    close_sink(sink, SINK_STOPPED);
    err = (whosaid_error){0};
    ck_assert_int_eq(try_open("r", identity, false, NULL, &second, &err), WHOSAID_USAGE);
    ck_assert_ptr_nonnull(strstr(err.text, "add --resume to go on"));
    err = (whosaid_error){0};
    ck_assert_int_eq(try_open("r", "format csv\npaths a c\n", true, NULL, &second, &err),
                     WHOSAID_USAGE);
    ck_assert_ptr_nonnull(strstr(err.text, "it has `paths a b`, this one `paths a c`"));
    assert_content("r", "one\n");
    ck_assert(exists("r.journal"));
}
END_TEST

START_TEST(a_file_that_is_no_journal_is_left_alone) {
    write_file("r.journal", "dear diary");
    report_sink *sink;
    whosaid_error err = {0};
    ck_assert_int_eq(try_open("r", identity, true, NULL, &sink, &err), WHOSAID_USAGE);
    ck_assert_ptr_nonnull(strstr(err.text, "is not a journal"));
    assert_content("r.journal", "dear diary");
    ck_assert(!exists("r"));
}
END_TEST

START_TEST(formats_are_known_by_the_ending_of_a_file) {
    ck_assert_str_eq(report_format_of_path("a/b.csv")->name, "csv");
    ck_assert_str_eq(report_format_of_path("b.jsonl")->name, "jsonl");
    ck_assert_str_eq(report_format_of_path("b.ndjson")->name, "jsonl");
    ck_assert_ptr_null(report_format_of_path("csv"));
    ck_assert_ptr_null(report_format_of_path("b.txt"));
}
END_TEST

static TCase *cases(void) {
    TCase *t = tcase_create("sink");
    tcase_add_checked_fixture(t, make_folder, remove_folder);
    tcase_add_test(t, a_complete_report_has_no_journal);
    tcase_add_test(t, a_dropped_report_leaves_no_trace);
    tcase_add_test(t, a_stopped_report_goes_on);
    tcase_add_test(t, what_a_kill_leaves_goes_back_to_a_commit);
    tcase_add_test(t, a_journal_is_not_overwritten);
    tcase_add_test(t, a_file_that_is_no_journal_is_left_alone);
    tcase_add_test(t, formats_are_known_by_the_ending_of_a_file);
    return t;
}

SUITE_MAIN("sink")
