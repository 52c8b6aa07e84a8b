/* The public interface: articles in memory and in files, what is found in them, and reports. */
#include "suite.h"

#include "whosaid.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static whosaid_analyzer *analyzer;

static whosaid_analyzer *open_one(void) {
    whosaid_options options = whosaid_options_default();
    options.models_folder = SOURCE_DIR "/models";
    whosaid_error err = {0};
    whosaid_analyzer *opened;
    whosaid_status status = whosaid_analyzer_open(&options, &opened, &err);
    ck_assert_msg(status == WHOSAID_OK, "%s: %s", err.where, err.text);
    return opened;
}

static void open_analyzer(void) {
    ck_assert_int_eq(chdir(SOURCE_DIR), 0); /* the paths of the golden reports are relative to it */
    analyzer = open_one();
}

static void close_analyzer(void) {
    whosaid_analyzer_close(analyzer);
}

static whosaid_article *score_text(const char *text) {
    whosaid_input input = whosaid_input_default();
    input.text = text;
    input.text_len = strlen(text);
    input.id = "a";
    whosaid_article *article;
    whosaid_error err = {0};
    whosaid_status status = whosaid_analyzer_score(analyzer, &input, &article, &err);
    ck_assert_msg(status == WHOSAID_OK, "%s: %s", err.where, err.text);
    return article;
}

static void assert_span(const whosaid_article *article, whosaid_span span, const char *expected) {
    ck_assert_uint_eq(span.end_byte - span.begin_byte, strlen(expected));
    ck_assert_int_eq(strncmp(article->text + span.begin_byte, expected, strlen(expected)), 0);
}

static const char story[] =
    "The caf\xC3\xA9 was full. \xE2\x80\x9CThe \xC3\xA9t\xC3\xA9 festival will go on,\xE2\x80\x9D "
    "said "
    "Mara Oduya, the mayor of Tolm.\n\n"
    "A city official said on condition of anonymity that the money was gone.\n";

START_TEST(statements_are_plain_structs) {
    whosaid_article *article = score_text(story);
    ck_assert_str_eq(article->id, "a");
    ck_assert_str_eq(article->title, "");
    ck_assert_str_eq(article->text, story);
    ck_assert_uint_eq(article->text_len, sizeof story - 1);
    ck_assert_uint_eq(article->statement_count, 2);
    const whosaid_statement *said = article->statements[0];
    ck_assert_str_eq(said->id, "q1");
    ck_assert_int_eq(said->type, WHOSAID_TYPE_DIRECT);
    ck_assert_int_eq(said->kind, WHOSAID_KIND_SPEECH);
    ck_assert_str_eq(said->speaker, "Mara Oduya");
    ck_assert_int_eq(said->anonymity, WHOSAID_GRADE_NAMED);
    ck_assert_str_eq(said->cue, "said");
    ck_assert_uint_eq(said->contents.count, 1);
    ck_assert_uint_eq(said->cues.count, 1);
    ck_assert_uint_eq(said->sources.count, 1);
    ck_assert_uint_eq(said->paragraph, 1);
    assert_span(article, said->contents.items[0], said->quote);
    assert_span(article, said->sources.items[0], said->source);
    ck_assert_uint_eq(said->reason_span.begin_byte, said->reason_span.end_byte);
    const whosaid_statement *hid = article->statements[1];
    ck_assert_int_eq(hid->type, WHOSAID_TYPE_INDIRECT);
    ck_assert_int_eq(hid->anonymity, WHOSAID_GRADE_ANONYMOUS);
    ck_assert_uint_eq(hid->paragraph, 2);
    assert_span(article, hid->reason_span, hid->anonymity_reason);
    ck_assert_int_ne(hid->anonymity_reason[0], '\0');
    whosaid_article_free(article);
}
END_TEST

START_TEST(spans_count_bytes_and_code_points) {
    whosaid_article *article = score_text(story);
    whosaid_span quote = article->statements[0]->contents.items[0];
    ck_assert_uint_eq(quote.begin_byte, 20); /* the accent of "café" is the one byte more */
    ck_assert_uint_eq(quote.begin, 19);
    ck_assert_uint_eq(quote.end_byte - quote.begin_byte, 36);
    ck_assert_uint_eq(quote.end - quote.begin, 30); /* two marks of 3 bytes, two letters of 2 */
    whosaid_article_free(article);
}
END_TEST

START_TEST(every_target_has_a_stance) {
    whosaid_article *article = score_text(story);
    size_t targets = whosaid_analyzer_target_count(analyzer);
    ck_assert_uint_ge(targets, 1);
    ck_assert_ptr_null(whosaid_analyzer_target(analyzer, targets));
    for (size_t i = 0; i < article->statement_count; i++) {
        const whosaid_statement *statement = article->statements[i];
        ck_assert_uint_eq(statement->stance_count, targets);
        for (size_t k = 0; k < targets; k++) {
            const whosaid_stance *stance = statement->stances[k];
            float sum = 0, best = 0;
            ck_assert_ptr_eq(stance->target, whosaid_analyzer_target(analyzer, k));
            for (size_t label = 0; label < stance->target->label_count; label++) {
                sum += stance->scores[label];
                if (stance->scores[label] > best) best = stance->scores[label];
            }
            ck_assert_float_eq_tol(sum, 1, 1e-4);
            ck_assert_float_eq_tol(stance->score, best, 1e-6);
            ck_assert_str_eq(stance->why, "");
        }
    }
    whosaid_article_free(article);
}
END_TEST

START_TEST(what_decided_a_stance_is_told_when_asked) {
    whosaid_options options = whosaid_options_default();
    static const char *const names[] = {"long-range-strikes"};
    options.models_folder = SOURCE_DIR "/models";
    options.targets = names;
    options.target_count = 1;
    options.explain = 1;
    whosaid_analyzer *all = analyzer;
    ck_assert_int_eq(whosaid_analyzer_open(&options, &analyzer, NULL), WHOSAID_OK);
    ck_assert_uint_eq(whosaid_analyzer_target_count(analyzer), 1);
    ck_assert_str_eq(whosaid_analyzer_target(analyzer, 0)->name, names[0]);
    whosaid_article *article = score_text(story);
    ck_assert_str_ne(article->statements[0]->stances[0]->why, "");
    whosaid_article_free(article);
    whosaid_analyzer_close(analyzer);
    analyzer = all;
}
END_TEST

START_TEST(an_article_is_a_report) {
    whosaid_article *article = score_text("It rained in Caf\xC3\xA9 Tolm.");
    whosaid_report_options options = whosaid_report_options_default();
    char *report;
    size_t len;
    options.format = "jsonl";
    ck_assert_int_eq(whosaid_article_report(article, &options, &report, &len, NULL), WHOSAID_OK);
    ck_assert_str_eq(report, "{\"id\":\"a\",\"title\":\"\",\"date\":\"\",\"outlet\":\"\","
                             "\"text\":\"It rained in Caf\xC3\xA9 Tolm.\",\"quotes\":[]}\n");
    ck_assert_uint_eq(len, strlen(report));
    whosaid_free(report);
    ck_assert_int_eq(whosaid_article_report(article, NULL, &report, &len, NULL), WHOSAID_OK);
    ck_assert_int_eq(strncmp(report, "article,date,", 13), 0);
    whosaid_free(report);
    whosaid_error err = {0};
    options.format = "pdf";
    ck_assert_int_eq(whosaid_article_report(article, &options, &report, &len, &err), WHOSAID_USAGE);
    ck_assert_ptr_nonnull(strstr(err.text, "pdf"));
    ck_assert_ptr_null(report);
    options.format = "sqlite"; /* no text */
    ck_assert_int_eq(whosaid_article_report(article, &options, &report, &len, NULL), WHOSAID_USAGE);
    whosaid_article_free(article);
}
END_TEST

static const struct {
    const char *text;
    size_t text_len;
    const char *title;
    whosaid_status status;
} refused_cases[] = {
    {"caf\xE9", 4, NULL, WHOSAID_NOT_TEXT}, {"a\0b", 3, NULL, WHOSAID_NOT_TEXT},
    {"a", 1, "caf\xE9", WHOSAID_NOT_TEXT},  {"a", (size_t)5 << 30, NULL, WHOSAID_LIMIT},
    {NULL, 1, NULL, WHOSAID_USAGE},
};

START_TEST(what_is_no_article_is_refused) {
    whosaid_input input = whosaid_input_default();
    input.text = refused_cases[_i].text;
    input.text_len = refused_cases[_i].text_len;
    input.title = refused_cases[_i].title;
    whosaid_article *article = (whosaid_article *)&input;
    whosaid_error err = {0};
    ck_assert_int_eq(whosaid_analyzer_score(analyzer, &input, &article, &err),
                     refused_cases[_i].status);
    ck_assert_int_eq(err.code, refused_cases[_i].status);
    ck_assert_int_ne(err.text[0], '\0');
    ck_assert_ptr_null(article);
}
END_TEST

START_TEST(an_empty_article_has_no_statements) {
    whosaid_input input = whosaid_input_default();
    whosaid_article *article;
    ck_assert_int_eq(whosaid_analyzer_score(analyzer, &input, &article, NULL), WHOSAID_OK);
    ck_assert_uint_eq(article->statement_count, 0);
    ck_assert_str_eq(article->text, "");
    ck_assert_str_eq(article->id, "");
    whosaid_article_free(article);
}
END_TEST

START_TEST(structs_must_tell_their_size) {
    whosaid_options options = {.models_folder = SOURCE_DIR "/models"};
    whosaid_input input = {.text = "a", .text_len = 1};
    whosaid_run run = {.path_count = 1};
    whosaid_analyzer *none;
    whosaid_article *article;
    whosaid_error err = {0};
    ck_assert_int_eq(whosaid_analyzer_open(&options, &none, &err), WHOSAID_USAGE);
    ck_assert_ptr_nonnull(strstr(err.text, "whosaid_options_default()"));
    ck_assert_ptr_null(none);
    ck_assert_int_eq(whosaid_analyzer_score(analyzer, &input, &article, NULL), WHOSAID_USAGE);
    ck_assert_int_eq(whosaid_run_start(&run, analyzer, NULL, NULL), WHOSAID_USAGE);
}
END_TEST

START_TEST(structs_of_later_versions_are_taken) {
    struct {
        whosaid_options known;
        int later_field;
    } options;
    whosaid_options_init(&options.known, sizeof options);
    ck_assert_int_eq(options.later_field, 0);
    options.known.models_folder = SOURCE_DIR "/models";
    whosaid_analyzer *opened;
    ck_assert_int_eq(whosaid_analyzer_open(&options.known, &opened, NULL), WHOSAID_OK);
    whosaid_analyzer_close(opened);
}
END_TEST

START_TEST(a_folder_without_models_is_refused) {
    whosaid_options options = whosaid_options_default();
    whosaid_analyzer *none;
    whosaid_error err = {0};
    options.models_folder = SOURCE_DIR "/tests";
    ck_assert_int_ne(whosaid_analyzer_open(&options, &none, &err), WHOSAID_OK);
    ck_assert_ptr_null(none);
    ck_assert_int_ne(err.where[0], '\0');
}
END_TEST

START_TEST(the_end_of_nothing_is_nothing) {
    whosaid_analyzer_close(NULL);
    whosaid_article_free(NULL);
    whosaid_free(NULL);
    ck_assert_int_eq(whosaid_report_close(NULL, 1, NULL), WHOSAID_OK);
}
END_TEST

START_TEST(words_are_those_of_reports) {
    ck_assert_str_eq(whosaid_type_name(WHOSAID_TYPE_MIXED), "mixed");
    ck_assert_str_eq(whosaid_kind_name(WHOSAID_KIND_ATTITUDE), "attitude");
    ck_assert_str_eq(whosaid_grade_name(WHOSAID_GRADE_UNATTRIBUTED), "unattributed");
    ck_assert_ptr_null(whosaid_type_name((whosaid_type)3));
    ck_assert_ptr_null(whosaid_kind_name((whosaid_kind)2));
    ck_assert_ptr_null(whosaid_grade_name((whosaid_grade)5));
    ck_assert_str_eq(whosaid_status_words(WHOSAID_OK), "ok");
}
END_TEST

/* ---- Runs over files ---- */

typedef struct heard {
    size_t articles, failures, skipped, stop_at; /* stop_at 0: never */
    char ids[4096];
    whosaid_report *report;
} heard;

static int on_article(void *context, const whosaid_article *article) {
    heard *h = context;
    size_t used = strlen(h->ids);
    snprintf(h->ids + used, sizeof h->ids - used, "%s\n", article->id);
    if (h->report) ck_assert_int_eq(whosaid_report_add(h->report, article, NULL), WHOSAID_OK);
    return ++h->articles == h->stop_at;
}

static void on_failure(void *context, const whosaid_error *cause) {
    ck_assert_int_ne(cause->where[0], '\0');
    ((heard *)context)->failures++;
}

static void on_skip(void *context, const whosaid_error *cause) {
    ck_assert_int_ne(cause->text[0], '\0');
    ((heard *)context)->skipped++;
}

static const char *const sample[] = {"corpus/sample"};

static whosaid_run run_of(const char *const *paths, size_t count, heard *h) {
    whosaid_run run = whosaid_run_default();
    run.paths = paths;
    run.path_count = count;
    run.on_article = on_article;
    run.on_failure = on_failure;
    run.on_skip = on_skip;
    run.context = h;
    return run;
}

START_TEST(a_folder_is_scored_in_order_by_any_number_of_threads) {
    heard one = {0}, many = {0};
    whosaid_counts counts;
    whosaid_run run = run_of(sample, 1, &one);
    run.threads = 1;
    ck_assert_int_eq(whosaid_run_start(&run, analyzer, &counts, NULL), WHOSAID_OK);
    ck_assert_uint_eq(counts.articles, one.articles);
    ck_assert_uint_gt(counts.articles, 3);
    ck_assert_uint_gt(counts.statements, 50);
    run.context = &many;
    run.threads = 7;
    ck_assert_int_eq(whosaid_run_start(&run, analyzer, NULL, NULL), WHOSAID_OK);
    ck_assert_str_eq(one.ids, many.ids);
}
END_TEST

START_TEST(a_run_can_be_ended_from_its_callback) {
    heard h = {.stop_at = 2};
    whosaid_counts counts;
    whosaid_error err = {0};
    whosaid_run run = run_of(sample, 1, &h);
    ck_assert_int_eq(whosaid_run_start(&run, analyzer, &counts, &err), WHOSAID_CANCELLED);
    ck_assert_int_eq(err.code, WHOSAID_CANCELLED);
    ck_assert_uint_eq(h.articles, 2);
    ck_assert_uint_ge(counts.articles, 1);
}
END_TEST

START_TEST(inputs_that_cannot_be_read_are_told) {
    static const char *const paths[] = {"corpus/sample/gone.txt", "cmake", "corpus/sample"};
    heard h = {0};
    whosaid_counts counts;
    whosaid_run run = run_of(paths, 3, &h);
    run.limit = 3;
    ck_assert_int_eq(whosaid_run_start(&run, analyzer, &counts, NULL), WHOSAID_OK);
    ck_assert_uint_eq(h.failures, 1);
    ck_assert_uint_eq(counts.failures, 1);
    ck_assert_uint_eq(h.articles, 3);
    ck_assert_uint_ge(h.skipped, 1);
}
END_TEST

START_TEST(texts_that_came_before_are_marked_or_left_out) {
    static const char *const twice[] = {"corpus/sample", "corpus/sample"};
    whosaid_counts marked, left_out;
    whosaid_run run = run_of(twice, 2, &(heard){0});
    ck_assert_int_eq(whosaid_run_start(&run, analyzer, &marked, NULL), WHOSAID_OK);
    run.context = &(heard){0};
    run.unique = 1;
    ck_assert_int_eq(whosaid_run_start(&run, analyzer, &left_out, NULL), WHOSAID_OK);
    ck_assert_uint_ge(marked.duplicates, left_out.articles);
    ck_assert_uint_eq(marked.articles, left_out.articles + marked.duplicates);
}
END_TEST

START_TEST(a_run_needs_paths) {
    whosaid_run run = whosaid_run_default();
    ck_assert_int_eq(whosaid_run_start(&run, analyzer, NULL, NULL), WHOSAID_USAGE);
}
END_TEST

/* ---- Reports in files ---- */

static char report_path[64];

static char *read_file(const char *path, size_t *len) {
    FILE *file = fopen(path, "rb");
    ck_assert_msg(file != NULL, "%s is missing", path);
    char *bytes = malloc(1 << 22);
    ck_assert_ptr_nonnull(bytes);
    *len = fread(bytes, 1, 1 << 22, file);
    fclose(file);
    return bytes;
}

static const char *const report_endings[] = {"csv", "jsonl"};

START_TEST(a_report_is_the_one_that_the_program_writes) {
    char golden[64];
    snprintf(report_path, sizeof report_path, "/tmp/whosaid-api-%ld.%s", (long)getpid(),
             report_endings[_i]);
    snprintf(golden, sizeof golden, "tests/golden/sample.%s", report_endings[_i]);
    heard h = {0};
    ck_assert_int_eq(whosaid_report_open(analyzer, report_path, NULL, &h.report, NULL), WHOSAID_OK);
    whosaid_run run = run_of(sample, 1, &h);
    ck_assert_int_eq(whosaid_run_start(&run, analyzer, NULL, NULL), WHOSAID_OK);
    ck_assert_int_eq(whosaid_report_close(h.report, 1, NULL), WHOSAID_OK);
    size_t len, expected_len;
    char *report = read_file(report_path, &len), *expected = read_file(golden, &expected_len);
    ck_assert_uint_eq(len, expected_len);
    ck_assert_int_eq(memcmp(report, expected, len), 0);
    free(report);
    free(expected);
    remove(report_path);
}
END_TEST

START_TEST(a_dropped_report_leaves_nothing) {
    snprintf(report_path, sizeof report_path, "/tmp/whosaid-api-%ld.csv", (long)getpid());
    whosaid_report *report;
    ck_assert_int_eq(whosaid_report_open(analyzer, report_path, NULL, &report, NULL), WHOSAID_OK);
    ck_assert_int_eq(whosaid_report_close(report, 0, NULL), WHOSAID_OK);
    ck_assert_int_ne(access(report_path, F_OK), 0);
}
END_TEST

START_TEST(reports_that_cannot_be_are_refused) {
    whosaid_report_options options = whosaid_report_options_default();
    whosaid_report *report;
    whosaid_error err = {0};
    options.format = "pdf";
    ck_assert_int_eq(whosaid_report_open(analyzer, "/tmp/a", &options, &report, &err),
                     WHOSAID_USAGE);
    ck_assert_ptr_null(report);
    ck_assert_int_eq(
        whosaid_report_open(analyzer, "/tmp/no/such/folder/r.csv", NULL, &report, NULL),
        WHOSAID_IO);
    ck_assert_int_eq(whosaid_report_open(analyzer, NULL, NULL, &report, NULL), WHOSAID_USAGE);
}
END_TEST

START_TEST(articles_and_reports_belong_to_one_analyzer) {
    whosaid_article *article = score_text(story);
    whosaid_analyzer *other = open_one();
    whosaid_report *report;
    snprintf(report_path, sizeof report_path, "/tmp/whosaid-api-%ld.csv", (long)getpid());
    ck_assert_int_eq(whosaid_report_open(other, report_path, NULL, &report, NULL), WHOSAID_OK);
    ck_assert_int_eq(whosaid_report_add(report, article, NULL), WHOSAID_USAGE);
    ck_assert_int_eq(whosaid_report_close(report, 0, NULL), WHOSAID_OK);
    whosaid_article_free(article);
    whosaid_analyzer_close(other);
}
END_TEST

/* ---- Threads ---- */

static void *score_many(void *out) {
    char **report = out;
    size_t len;
    for (int i = 0; i < 5; i++) {
        whosaid_article *article = score_text(story);
        free(*report);
        ck_assert_int_eq(whosaid_article_report(article, NULL, report, &len, NULL), WHOSAID_OK);
        whosaid_article_free(article);
    }
    return NULL;
}

START_TEST(threads_share_an_analyzer) {
    enum { THREADS = 4 };
    pthread_t threads[THREADS];
    char *reports[THREADS] = {0};
    for (size_t i = 0; i < THREADS; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, score_many, &reports[i]), 0);
    for (size_t i = 0; i < THREADS; i++)
        ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
    for (size_t i = 0; i < THREADS; i++) {
        ck_assert_str_eq(reports[0], reports[i]);
        if (i > 0) whosaid_free(reports[i]);
    }
    whosaid_free(reports[0]);
}
END_TEST

static TCase *cases(void) {
    TCase *t = tcase_create("api");
    tcase_add_checked_fixture(t, open_analyzer, close_analyzer);
    tcase_add_test(t, statements_are_plain_structs);
    tcase_add_test(t, spans_count_bytes_and_code_points);
    tcase_add_test(t, every_target_has_a_stance);
    tcase_add_test(t, what_decided_a_stance_is_told_when_asked);
    tcase_add_test(t, an_article_is_a_report);
    tcase_add_loop_test(t, what_is_no_article_is_refused, 0,
                        sizeof refused_cases / sizeof *refused_cases);
    tcase_add_test(t, an_empty_article_has_no_statements);
    tcase_add_test(t, structs_must_tell_their_size);
    tcase_add_test(t, structs_of_later_versions_are_taken);
    tcase_add_test(t, a_folder_without_models_is_refused);
    tcase_add_test(t, the_end_of_nothing_is_nothing);
    tcase_add_test(t, words_are_those_of_reports);
    tcase_add_test(t, a_folder_is_scored_in_order_by_any_number_of_threads);
    tcase_add_test(t, a_run_can_be_ended_from_its_callback);
    tcase_add_test(t, inputs_that_cannot_be_read_are_told);
    tcase_add_test(t, texts_that_came_before_are_marked_or_left_out);
    tcase_add_test(t, a_run_needs_paths);
    tcase_add_loop_test(t, a_report_is_the_one_that_the_program_writes, 0, 2);
    tcase_add_test(t, a_dropped_report_leaves_nothing);
    tcase_add_test(t, reports_that_cannot_be_are_refused);
    tcase_add_test(t, articles_and_reports_belong_to_one_analyzer);
    tcase_add_test(t, threads_share_an_analyzer);
    return t;
}

SUITE_MAIN("api")
