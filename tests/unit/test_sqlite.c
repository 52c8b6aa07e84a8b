/* The report as a database: what is in it, and that neither transactions nor kills show in it. */
#include "sinks.h"
#include "suite.h"

#include "report/sqlite_part.h"
#include "report/sqlite_record.h"
#include "report/sqlite_sink.h"

#include <sqlite3.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define COUNT(table) (sizeof(table) / sizeof *(table))

static const text_view labels[] = {{"favor", 5}, {"cau\"tion", 8}};
static const report_target targets[] = {{{"strikes", 7}, labels, 2}, {{"rain", 4}, labels, 2}};
static const report_options report = {.targets = targets, .target_count = 2};
static const char identity[] = "program whosaid 9\nmodel tagger 01234\ntargets strikes rain\n";

/* ---- articles ---- */

/* One statement: its speaker, and the words of the article that it consists of. */
typedef struct said {
    const char *speaker, *role, *quote;
    anonymity_grade grade;
} said;

typedef struct told {
    const char *name, *date, *text, *duplicate_of;
    said statements[3];
} told;

static const told articles[] = {
    {"a.txt",
     "2024-05-03",
     "\xE2\x80\x9CNo rockets,\xE2\x80\x9D said Ada  Cole and Ben Dunn. An aide feared\nfloods.",
     "",
     {{"Ada Cole; Ben Dunn", "", "\xE2\x80\x9CNo rockets,\xE2\x80\x9D", ANONYMITY_NAMED},
      {"An aide", "aide", "floods.", ANONYMITY_ANONYMOUS}}},
    {"b, \"c\".txt", "", "Nobody said a word.", "", {{NULL, NULL, NULL, ANONYMITY_NAMED}}},
    {"=d",
     "2024-05-04",
     "It r\xC3\xA4ined, ADA COLE said; she left.",
     "a.txt",
     {{"ADA COLE", "minister", "It r\xC3\xA4ined,", ANONYMITY_NAMED},
      {"The Pentagon", "", "she left.", ANONYMITY_INSTITUTION}}},
};

static const float scores[] = {0.75f, 0.25f};

/* Makes the article with a token for each quote, and renders it. */
static void render(const told *from, buffer *piece) {
    attribution statements[3];
    stance stances[3][2];
    token tokens[3];
    memset(tokens, 0, sizeof tokens);
    token_range ranges[3];
    article a = {.arena = arena_new(),
                 .id = view_of(from->name),
                 .date = view_of(from->date),
                 .outlet = VIEW(""),
                 .title = VIEW(" A \n title"),
                 .text = view_of(from->text),
                 .duplicate_of = view_of(from->duplicate_of),
                 .tokens = tokens,
                 .attributions = statements};
    for (size_t i = 0; i < 3 && from->statements[i].quote; i++) {
        const said *s = &from->statements[i];
        uint32_t begin = (uint32_t)(strstr(from->text, s->quote) - from->text);
        tokens[i].bytes = (span){begin, begin + (uint32_t)strlen(s->quote)};
        ranges[i] = (token_range){(uint32_t)i, (uint32_t)i + 1};
        stances[i][0] = (stance){.target = 0, .label = 0, .scores = scores};
        stances[i][1] = (stance){.target = 1, .label = STANCE_UNDECIDED, .scores = scores};
        statements[i] = (attribution){.contents = {&ranges[i], 1},
                                      .score = 0.9f,
                                      .speaker = {view_of(s->speaker), view_of(s->role), 0.51f},
                                      .anonymity = {.grade = s->grade, .score = 2},
                                      .stances = stances[i],
                                      .stance_count = 2};
        a.attribution_count = i + 1;
    }
    ck_assert_int_eq(sqlite_record_article(&a, &report, piece, NULL), WHOSAID_OK);
    arena_free(a.arena);
}

/* ---- runs ---- */

static whosaid_status try_open(const char *file, const char *run, bool resume, heard *h,
                               report_sink **out, whosaid_error *err) {
    const sink_options options = sink_of(file, run, resume, h);
    return sqlite_sink_open(&options, out, err);
}

static report_sink *open_sink(const char *file, bool resume, heard *h) {
    return open_well(sqlite_sink_open, sink_of(file, identity, resume, h));
}

/* Writes `count` articles from number `first` on, and commits after each multiple of `every`. */
static void write_articles(report_sink *sink, size_t first, size_t count, size_t every) {
    whosaid_error err = {0};
    for (size_t i = first; i < first + count; i++) {
        buffer piece = {0};
        render(&articles[i % COUNT(articles)], &piece);
        assert_well(sink->write(sink, buffer_view(&piece), &err), &err);
        buffer_free(&piece);
        if ((i + 1) % every != 0) continue;
        char note[32];
        snprintf(note, sizeof note, "[%zu]", i + 1);
        ck_assert_int_eq(sink->commit(sink, view_of(note), NULL), WHOSAID_OK);
    }
}

enum { MANY = 300 };

static void write_report(const char *file, size_t every) {
    report_sink *sink = open_sink(file, false, NULL);
    write_articles(sink, 0, MANY, every);
    close_sink(sink, SINK_COMPLETE);
}

/* ---- looking ---- */

static void assert_same(const char *one, const char *two) {
    char command[2 * 4096 + 16];
    int len = snprintf(command, sizeof command, "cmp '%s'", path_of(one));
    snprintf(command + len, sizeof command - (size_t)len, " '%s'", path_of(two));
    ck_assert_int_eq(system(command), 0);
}

static int add_row(void *context, int columns, char **values, char **names) {
    char *out = context;
    (void)names;
    for (int i = 0; i < columns; i++) {
        strcat(out, i ? "|" : "");
        strcat(out, values[i] ? values[i] : "-");
    }
    strcat(out, "\n");
    return 0;
}

static void assert_rows(const char *file, const char *sql, const char *expected) {
    sqlite3 *opened;
    char got[4096] = "", *message = NULL;
    ck_assert_int_eq(sqlite3_open_v2(path_of(file), &opened, SQLITE_OPEN_READONLY, NULL),
                     SQLITE_OK);
    sqlite3_exec(opened, sql, add_row, got, &message);
    ck_assert_msg(message == NULL, "%s: %s", sql, message);
    sqlite3_close(opened);
    ck_assert_str_eq(got, expected);
}

/* ---- what is in it ---- */

static const struct {
    const char *sql, *rows;
} queries[] = {
    {"SELECT key, value FROM about",
     "program|whosaid 9\nmodel|tagger 01234\ntargets|strikes rain\n"},
    {"SELECT id, article, date, outlet, title, duplicate_of FROM articles",
     "1|a.txt|2024-05-03|-|A title|-\n"
     "2|b, \"c\".txt|-|-|A title|-\n"
     "3|=d|2024-05-04|-|A title|a.txt\n"},
    {"SELECT article_id, quote_id, quote, speaker, role, anonymity, anonymity_score, score, start, "
     "stop FROM statements",
     "1|q1|\xE2\x80\x9CNo rockets,\xE2\x80\x9D|Ada Cole; Ben Dunn|-|named|1.0|0.9|0|13\n"
     "1|q2|floods.|An aide|aide|anonymous|1.0|0.9|58|65\n"
     "3|q1|It r\xC3\xA4ined,|ADA COLE|minister|named|1.0|0.9|0|10\n"
     "3|q2|she left.|The Pentagon|-|institution|1.0|0.9|26|35\n"},
    {"SELECT count(*) FROM statements s JOIN articles a ON a.id = s.article_id "
     "WHERE substr(a.text, s.start + 1, s.stop - s.start) <> s.quote",
     "0\n"},
    {"SELECT name, role, group_concat(statement_id) FROM speakers JOIN said_by ON speaker_id = id "
     "GROUP BY id",
     "Ada Cole|minister|1,3\nBen Dunn|-|1\nThe Pentagon|-|4\n"},
    {"SELECT target, stance, stance_score, stance_scores FROM stances WHERE statement_id = 2",
     "strikes|favor|0.75|{\"favor\":0.7500,\"cau\\\"tion\":0.2500}\n"
     "rain|undecided|0.75|{\"favor\":0.7500,\"cau\\\"tion\":0.2500}\n"},
    {"SELECT key, value FROM stances, json_each(stance_scores) WHERE stances.id = 1",
     "favor|0.75\ncau\"tion|0.25\n"},
    {"SELECT rowid FROM statements_fts WHERE statements_fts MATCH 'rained OR rockets'", "1\n3\n"},
    {"SELECT article, quote_id, target, \"end\" FROM report",
     "a.txt|q1|strikes|13\na.txt|q1|rain|13\na.txt|q2|strikes|65\na.txt|q2|rain|65\n"
     "=d|q1|strikes|10\n=d|q1|rain|10\n=d|q2|strikes|35\n=d|q2|rain|35\n"},
    {"PRAGMA foreign_key_check", ""},
    {"PRAGMA integrity_check", "ok\n"},
    {"SELECT name FROM sqlite_schema WHERE name = 'unfinished'", ""},
    {"PRAGMA journal_mode", "delete\n"},
};

START_TEST(every_article_statement_and_speaker_is_a_row) {
    make_folder();
    report_sink *sink = open_sink("r.db", false, NULL);
    write_articles(sink, 0, COUNT(articles), 1);
    ck_assert(!exists("r.db"));
    close_sink(sink, SINK_COMPLETE);
    ck_assert(!exists("r.db.journal"));
    for (size_t i = 0; i < COUNT(queries); i++)
        assert_rows("r.db", queries[i].sql, queries[i].rows);
    remove_folder();
}
END_TEST

START_TEST(transactions_do_not_show) {
    make_folder();
    write_report("once.db", MANY + 1);
    write_report("often.db", 1);
    write_report("now-and-then.db", 7);
    assert_same("once.db", "often.db");
    assert_same("once.db", "now-and-then.db");
    write_report("once.db", 50); /* over itself */
    assert_same("once.db", "often.db");
    remove_folder();
}
END_TEST

START_TEST(a_report_without_articles_is_one) {
    make_folder();
    close_sink(open_sink("r.db", false, NULL), SINK_COMPLETE);
    assert_rows("r.db", "SELECT count(*) FROM report", "0\n");
    remove_folder();
}
END_TEST

/* ---- kills and stops ---- */

/* A process that writes `count` articles from `first` on and dies. */
static void write_and_die(const char *file, size_t first, size_t count, size_t every) {
    pid_t child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0) {
        heard h = {.len = 0};
        report_sink *sink = open_sink(file, first > 0, &h);
        write_articles(sink, first, count, every);
        _exit(0);
    }
    int how;
    ck_assert_int_eq(waitpid(child, &how, 0), child);
    ck_assert(WIFEXITED(how) && WEXITSTATUS(how) == 0);
}

START_TEST(a_killed_run_goes_on) {
    make_folder();
    write_report("whole.db", 10);
    write_and_die("r.db", 0, 25, 10);   /* 20 are committed */
    write_and_die("r.db", 20, 171, 10); /* 190 */
    ck_assert(!exists("r.db"));
    heard h = {.len = 0};
    report_sink *sink = open_sink("r.db", true, &h);
    ck_assert(sink->resumed);
    h.notes[h.len] = '\0';
    ck_assert_str_eq(h.notes, "[10][20][30][40][50][60][70][80][90][100][110][120][130][140][150]"
                              "[160][170][180][190]");
    write_articles(sink, 190, MANY - 190, 10);
    close_sink(sink, SINK_COMPLETE);
    assert_same("r.db", "whole.db");
    ck_assert(!exists("r.db.journal"));
    remove_folder();
}
END_TEST

START_TEST(a_stopped_run_leaves_a_report_and_goes_on) {
    make_folder();
    write_report("whole.db", 10);
    report_sink *sink = open_sink("r.db", false, NULL);
    write_articles(sink, 0, 123, 10);
    close_sink(sink, SINK_STOPPED);
    assert_rows("r.db", "SELECT count(*), max(id) FROM articles", "120|120\n");
    assert_rows("r.db", "SELECT count(*) FROM statements_fts WHERE statements_fts MATCH 'floods'",
                "40\n");
    heard h = {.len = 0};
    sink = open_sink("r.db", true, &h);
    write_articles(sink, 120, MANY - 120, 3);
    close_sink(sink, SINK_COMPLETE);
    assert_same("r.db", "whole.db");
    remove_folder();
}
END_TEST

/* As if it was killed between its last commit and the report: where that is to lie, a folder lies.
 */
START_TEST(a_run_that_could_not_end_goes_on) {
    make_folder();
    write_report("whole.db", 10);
    report_sink *sink = open_sink("r.db", false, NULL);
    write_articles(sink, 0, MANY, 100);
    ck_assert_int_eq(mkdir(path_of("r.db"), 0777), 0);
    ck_assert_int_eq(sink->close(sink, SINK_COMPLETE, NULL), WHOSAID_IO);
    ck_assert_int_eq(rmdir(path_of("r.db")), 0);
    heard h = {.len = 0};
    sink = open_sink("r.db", true, &h);
    h.notes[h.len] = '\0';
    ck_assert_str_eq(h.notes, "[100][200][300]");
    ck_assert_uint_eq(h.count, 3); /* ending added none of its own */
    close_sink(sink, SINK_COMPLETE);
    assert_same("r.db", "whole.db");
    remove_folder();
}
END_TEST

START_TEST(resuming_begins_where_there_is_nothing) {
    make_folder();
    write_report("whole.db", 10);
    write_file("r.db.journal", ""); /* killed before the first transaction */
    heard h = {.len = 0};
    report_sink *sink = open_sink("r.db", true, &h);
    ck_assert(!sink->resumed);
    write_articles(sink, 0, MANY, 10);
    close_sink(sink, SINK_COMPLETE);
    assert_same("r.db", "whole.db");
    remove_folder();
}
END_TEST

START_TEST(a_dropped_report_leaves_the_old_one) {
    make_folder();
    write_report("r.db", 10);
    write_report("whole.db", 10);
    report_sink *sink = open_sink("r.db", false, NULL);
    write_articles(sink, 0, 5, 10);
    close_sink(sink, SINK_DROPPED);
    assert_same("r.db", "whole.db");
    ck_assert(!exists("r.db.journal"));
    remove_folder();
}
END_TEST

/* ---- refusals ---- */

static void assert_refused(const char *file, const char *run, bool resume, const char *words) {
    whosaid_error err = {0};
    report_sink *sink;
    heard h = {.len = 0};
    ck_assert_int_eq(try_open(file, run, resume, &h, &sink, &err), WHOSAID_USAGE);
    ck_assert_ptr_null(sink);
    ck_assert_msg(strstr(err.text, words) != NULL, "got: %s", err.text);
}

START_TEST(another_programs_database_is_not_touched) {
    make_folder();
    sqlite3 *other;
    ck_assert_int_eq(sqlite3_open(path_of("other.db"), &other), SQLITE_OK);
    ck_assert_int_eq(sqlite3_exec(other, "CREATE TABLE mine (x)", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(other);
    assert_refused("other.db", identity, false, "did not write");
    assert_rows("other.db", "SELECT name FROM sqlite_schema", "mine\n");
    remove_folder();
}
END_TEST

START_TEST(what_is_no_database_is_replaced_as_by_any_report) {
    make_folder();
    write_file("r.db", "quote,speaker\r\n");
    write_report("r.db", 10);
    assert_rows("r.db", "SELECT count(*) FROM articles", "300\n");
    remove_folder();
}
END_TEST

START_TEST(a_link_stays_a_link) {
    make_folder();
    write_report("real.db", 10);
    ck_assert_int_eq(symlink("real.db", path_of("link.db")), 0);
    write_report("link.db", 10);
    struct stat info;
    ck_assert_int_eq(lstat(path_of("link.db"), &info), 0);
    ck_assert(S_ISLNK(info.st_mode));
    remove_folder();
}
END_TEST

START_TEST(only_a_file_can_be_a_database) {
    report_sink *sink;
    whosaid_error err = {0};
    sink_options options = {.identity = VIEW("")};
    ck_assert_int_eq(sqlite_sink_open(&options, &sink, &err), WHOSAID_USAGE);
    options.path = "/dev/null";
    ck_assert_int_eq(sqlite_sink_open(&options, &sink, NULL), WHOSAID_USAGE);
    options.path = "/";
    ck_assert_int_eq(sqlite_sink_open(&options, &sink, NULL), WHOSAID_IO);
    options.path = "/no/such/folder/r.db";
    ck_assert_int_eq(sqlite_sink_open(&options, &sink, NULL), WHOSAID_IO);
}
END_TEST

START_TEST(a_stopped_run_is_not_overwritten_unasked) {
    make_folder();
    write_and_die("r.db", 0, 25, 10);
    assert_refused("r.db", identity, false, "--resume");
    assert_refused("r.db", "program whosaid 9\nmodel tagger 9\n", true, "model tagger 01234");
    write_file("s.db.journal", "no database at all, but some text that is long enough for one "
                               "and goes on for more than a hundred bytes, as here.");
    assert_refused("s.db", identity, true, "no database that was left unfinished");
    write_report("t.db.journal", 10);
    assert_refused("t.db", identity, true, "no database that was left unfinished");
    remove_folder();
}
END_TEST

START_TEST(two_runs_do_not_write_one_report) {
    make_folder();
    heard h = {.len = 0};
    report_sink *sink = open_sink("r.db", true, &h), *second;
    write_articles(sink, 0, 5, 5);
    whosaid_error err = {0};
    ck_assert_int_eq(try_open("r.db", identity, true, &h, &second, &err), WHOSAID_USAGE);
    ck_assert_str_eq(err.text, "another run is writing this report");
    write_articles(sink, 5, MANY - 5, 10);
    close_sink(sink, SINK_COMPLETE);
    remove_folder();
}
END_TEST

/* Reads a part to its end, as merging does. */
static void read_part(const char *file, size_t *rows) {
    sqlite_part *part;
    *rows = 0;
    if (sqlite_part_open(path_of(file), &part, NULL) != WHOSAID_OK) return;
    article_record one;
    statement_record said_here;
    stance_record taken;
    bool more = true, also = true, still = true;
    while (sqlite_part_article(part, &one, &more, NULL) == WHOSAID_OK && more) {
        while (sqlite_part_statement(part, &said_here, &also, NULL) == WHOSAID_OK && also) {
            while (sqlite_part_stance(part, &taken, &still, NULL) == WHOSAID_OK && still)
                ++*rows;
            if (still) break;
        }
        if (also) break;
    }
    sqlite_part_close(part);
}

START_TEST(a_part_may_be_damaged_anywhere) {
    enum { CAPACITY = 1 << 20 };
    make_folder();
    report_sink *sink = open_sink("r.db", false, NULL);
    write_articles(sink, 0, 9, 3);
    close_sink(sink, SINK_COMPLETE);
    size_t rows;
    read_part("r.db", &rows);
    ck_assert_uint_eq(rows, 3 * 4 * 2);
    FILE *in = fopen(path_of("r.db"), "rb");
    char *bytes = malloc(CAPACITY);
    size_t len = fread(bytes, 1, CAPACITY, in), refused = 0;
    fclose(in);
    ck_assert_uint_lt(len, CAPACITY);
    for (size_t at = 0; at < len; at += 97) {
        char kept = bytes[at];
        bytes[at] = (char)(kept ^ 0x55);
        FILE *out = fopen(path_of("damaged.db"), "wb");
        ck_assert_uint_eq(fwrite(bytes, 1, at % 5 == 0 ? at : len, out), at % 5 == 0 ? at : len);
        fclose(out);
        bytes[at] = kept;
        read_part("damaged.db", &rows);
        refused += rows != 3 * 4 * 2;
    }
    ck_assert_uint_gt(refused, 20);
    free(bytes);
    remove_folder();
}
END_TEST

static TCase *cases(void) {
    TCase *t = tcase_create("sqlite");
    tcase_add_test(t, every_article_statement_and_speaker_is_a_row);
    tcase_add_test(t, transactions_do_not_show);
    tcase_add_test(t, a_report_without_articles_is_one);
    tcase_add_test(t, a_killed_run_goes_on);
    tcase_add_test(t, a_stopped_run_leaves_a_report_and_goes_on);
    tcase_add_test(t, a_run_that_could_not_end_goes_on);
    tcase_add_test(t, resuming_begins_where_there_is_nothing);
    tcase_add_test(t, a_dropped_report_leaves_the_old_one);
    tcase_add_test(t, another_programs_database_is_not_touched);
    tcase_add_test(t, what_is_no_database_is_replaced_as_by_any_report);
    tcase_add_test(t, a_link_stays_a_link);
    tcase_add_test(t, only_a_file_can_be_a_database);
    tcase_add_test(t, a_stopped_run_is_not_overwritten_unasked);
    tcase_add_test(t, two_runs_do_not_write_one_report);
    tcase_add_test(t, a_part_may_be_damaged_anywhere);
    return t;
}

SUITE_MAIN("sqlite")
