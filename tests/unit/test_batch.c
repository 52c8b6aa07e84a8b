/* The batch: order, counts, and ending early, whatever the number of workers. The format here
 * writes the article's id and nothing else. */
#include "suite.h"

#include "base/error.h"
#include "batch/batch.h"

#include <limits.h>
#include <stdio.h>
#include <unistd.h>

enum { ARTICLES = 1000 };

static whosaid_status no_header(const report_options *options, buffer *out, whosaid_error *err) {
    (void)options;
    (void)out;
    (void)err;
    return WHOSAID_OK;
}

static whosaid_status id_line(const article *a, const report_options *options, buffer *out,
                              whosaid_error *err) {
    (void)options;
    if (view_is(a->id, "refuse")) {
        (void)buffer_append(out, "half", 4);
        return error_set(err, WHOSAID_LIMIT, NULL, 0, "refused");
    }
    return buffer_append_view(out, a->id) && buffer_append(out, "\n", 1) ? WHOSAID_OK
                                                                         : WHOSAID_NO_MEMORY;
}

static const report_format id_format = {.name = "ids", .begin = no_header, .article = id_line};

/* What the batch told, in its order. */
typedef struct record_of_calls {
    buffer text;
    size_t pieces, stop_at; /* piece that fails; 0: none */
} record_of_calls;

static whosaid_status on_piece(void *context, const batch_piece *piece, whosaid_error *err) {
    record_of_calls *calls = context;
    if (++calls->pieces == calls->stop_at)
        return error_set(err, WHOSAID_IO, "report", 0, "no space");
    ck_assert(buffer_append_view(&calls->text, piece->bytes));
    return WHOSAID_OK;
}

static whosaid_status on_idle(void *context, whosaid_error *err) {
    (void)context;
    (void)err;
    return WHOSAID_OK;
}

static void on_failed(void *context, const whosaid_error *cause) {
    record_of_calls *calls = context;
    char line[1400];
    int len =
        snprintf(line, sizeof line, "failed %s:%zu %s\n", cause->where, cause->line, cause->text);
    ck_assert(buffer_append(&calls->text, line, (size_t)len));
}

static whosaid_status on_progress(void *context, const batch_counts *counts, uint64_t input_bytes,
                                  whosaid_error *err) {
    (void)context;
    (void)counts;
    (void)input_bytes;
    (void)err;
    return WHOSAID_OK;
}

static char path[64];
static whosaid_analyzer *analyzer;

static void write_articles(void) {
    snprintf(path, sizeof path, "/tmp/whosaid-batch-%ld.jsonl", (long)getpid());
    FILE *file = fopen(path, "w");
    for (int i = 1; i <= ARTICLES; i++) {
        if (i % 500 == 250)
            fprintf(file, "{\"id\": %d\n", i);
        else if (i % 500 == 0)
            fprintf(file, "{\"id\": \"refuse\", \"text\": \"x\"}\n");
        else
            fprintf(file, "{\"id\": %d, \"text\": \"%.*s\"}\n", i, i % 97,
                    "It rained. It rained. "
                    "It rained. It rained. It rained. It rained. It rained. It rained. It rained.");
    }
    ck_assert_int_eq(fclose(file), 0);
    whosaid_options options = whosaid_options_default();
    options.models_folder = SOURCE_DIR "/models";
    ck_assert_int_eq(whosaid_analyzer_open(&options, &analyzer, NULL), WHOSAID_OK);
}

static void remove_articles(void) {
    whosaid_analyzer_close(analyzer);
    remove(path);
}

static whosaid_status run_batch(size_t workers, record_of_calls *calls, batch_counts *counts,
                                whosaid_error *err) {
    const batch_listener listener = {.context = calls,
                                     .piece = on_piece,
                                     .idle = on_idle,
                                     .progress = on_progress,
                                     .failed = on_failed,
                                     .skipped = on_failed};
    const report_options report = {0};
    const batch_options options = {
        .analyzer = analyzer, .format = &id_format, .report = &report, .workers = workers};
    const char *paths[] = {path};
    article_source *source;
    ck_assert_int_eq(article_source_open(paths, 1, NULL, &source, NULL), WHOSAID_OK);
    batch *b = batch_new(&options);
    whosaid_status status = batch_run(b, source, &listener, err);
    *counts = *batch_counts_of(b);
    batch_free(b);
    article_source_close(source);
    return status;
}

/* What every run must tell. */
static void expect_calls(buffer *expected) {
    for (int i = 1; i <= ARTICLES; i++) {
        char line[256];
        int len;
        if (i % 500 == 250)
            len = snprintf(line, sizeof line,
                           "failed %s:%d is not JSON: '}' expected near end of file\n", path, i);
        else if (i % 500 == 0)
            len = snprintf(line, sizeof line, "failed %s:%d refused\n", path, i);
        else
            len = snprintf(line, sizeof line, "%d\n", i);
        ck_assert(buffer_append(expected, line, (size_t)len));
    }
    ck_assert(buffer_append(expected, "", 1));
}

START_TEST(order_and_counts_do_not_depend_on_workers) {
    static const size_t workers[] = {1, 2, 7, 64};
    record_of_calls calls = {0};
    batch_counts counts;
    ck_assert_int_eq(run_batch(workers[_i], &calls, &counts, NULL), WHOSAID_OK);
    ck_assert(buffer_append(&calls.text, "", 1));
    buffer expected = {0};
    expect_calls(&expected);
    ck_assert_str_eq(calls.text.data, expected.data);
    ck_assert_uint_eq(counts.articles, ARTICLES - 4);
    ck_assert_uint_eq(counts.failures, 4);
    buffer_free(&expected);
    buffer_free(&calls.text);
}
END_TEST

START_TEST(a_failing_listener_stops_the_batch) {
    static const size_t stops[] = {1, 2, 100, ARTICLES - 4};
    record_of_calls calls = {.stop_at = stops[_i]};
    batch_counts counts;
    whosaid_error err = {0};
    ck_assert_int_eq(run_batch(3, &calls, &counts, &err), WHOSAID_IO);
    ck_assert_str_eq(err.text, "no space");
    ck_assert_uint_eq(calls.pieces, stops[_i]);
    buffer_free(&calls.text);
}
END_TEST

static TCase *cases(void) {
    TCase *t = tcase_create("batch");
    tcase_add_checked_fixture(t, write_articles, remove_articles);
    tcase_add_loop_test(t, order_and_counts_do_not_depend_on_workers, 0, 4);
    tcase_add_loop_test(t, a_failing_listener_stops_the_batch, 0, 4);
    return t;
}

SUITE_MAIN("batch")
