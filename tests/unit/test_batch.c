/* The batch: order, counts, and ending early, whatever the number of workers. The format here
 * writes the article's id and nothing else. */
#include "suite.h"

#include "base/error.h"
#include "batch/batch.h"

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

static void on_failed(void *context, const whosaid_error *cause) {
    record_of_calls *calls = context;
    char line[1400];
    int len =
        snprintf(line, sizeof line, "failed %s:%zu %s\n", cause->where, cause->line, cause->text);
    ck_assert(buffer_append(&calls->text, line, (size_t)len));
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
    const batch_listener listener = {
        .context = calls, .piece = on_piece, .failed = on_failed, .skipped = on_failed};
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
    static const size_t workers[] = {1, 2, 7, 64, 0};
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

/* Ends a batch behind its piece number `stop_at`, as a signal does, with the notes that a journal
 * would hold. */
typedef struct interrupted_run {
    record_of_calls calls;
    article_source *source;
    batch *batch;
    buffer notes[32];
    size_t note_count, next_note_at; /* pieces */
} interrupted_run;

static whosaid_status on_interrupted_piece(void *context, const batch_piece *piece,
                                           whosaid_error *err) {
    interrupted_run *run = context;
    (void)err;
    ck_assert(buffer_append_view(&run->calls.text, piece->bytes));
    if (++run->calls.pieces == run->calls.stop_at) article_source_cancel(run->source);
    return WHOSAID_OK;
}

static whosaid_status on_interrupted_progress(void *context, const batch_counts *counts,
                                              uint64_t input_bytes, whosaid_error *err) {
    interrupted_run *run = context;
    (void)counts;
    (void)input_bytes;
    (void)err;
    if (run->calls.pieces < run->next_note_at || run->note_count == 15) return WHOSAID_OK;
    run->next_note_at += ARTICLES / 10;
    ck_assert(batch_note(run->batch, &run->notes[run->note_count++]));
    return WHOSAID_OK;
}

static const batch_listener interrupted_listener = {.piece = on_interrupted_piece,
                                                    .progress = on_interrupted_progress};

/* Writes id and duplicate_of. */
static whosaid_status duplicate_line(const article *a, const report_options *options, buffer *out,
                                     whosaid_error *err) {
    (void)options;
    (void)err;
    bool ok = buffer_append_view(out, a->id) && buffer_append(out, " ", 1) &&
              buffer_append_view(out, a->duplicate_of) && buffer_append(out, "\n", 1);
    return ok ? WHOSAID_OK : WHOSAID_NO_MEMORY;
}

/* One process's part of a run; *run keeps what it had told before. */
static whosaid_status run_part(interrupted_run *run, size_t stop_at, const char *input,
                               whosaid_error *err) {
    static const report_format format = {
        .name = "duplicates", .begin = no_header, .article = duplicate_line};
    const report_options report = {0};
    const batch_options options = {.analyzer = analyzer,
                                   .format = &format,
                                   .report = &report,
                                   .workers = 3,
                                   .keep_notes = true};
    batch_listener listener = interrupted_listener;
    listener.context = run;
    run->calls.stop_at = stop_at;
    run->batch = batch_new(&options);
    for (size_t i = 0; i < run->note_count; i++)
        ck_assert_int_eq(batch_resume(run->batch, buffer_view(&run->notes[i]), NULL), WHOSAID_OK);
    ck_assert_int_eq(article_source_open(&input, 1, NULL, &run->source, NULL), WHOSAID_OK);
    whosaid_status status = batch_run(run->batch, run->source, &listener, err);
    if (status == WHOSAID_OK) {
        ck_assert_int_eq(batch_is_complete(run->batch), stop_at == 0);
        ck_assert(batch_note(run->batch, &run->notes[run->note_count++]));
    }
    article_source_close(run->source);
    return status;
}

static void free_run(interrupted_run *run) {
    for (size_t i = 0; i < run->note_count; i++)
        buffer_free(&run->notes[i]);
    buffer_free(&run->calls.text);
}

/* Also what is a duplicate of what: the texts of the file come again and again. */
START_TEST(an_interrupted_batch_goes_on_in_another) {
    static const size_t stops[] = {1, 17, 500, ARTICLES - 100};
    interrupted_run whole = {.next_note_at = SIZE_MAX}, cut = {0};
    ck_assert_int_eq(run_part(&whole, 0, path, NULL), WHOSAID_OK);
    ck_assert_int_eq(run_part(&cut, stops[_i], path, NULL), WHOSAID_OK);
    batch_free(cut.batch);
    ck_assert_int_eq(run_part(&cut, 0, path, NULL), WHOSAID_OK);
    ck_assert_uint_eq(cut.calls.text.len, whole.calls.text.len);
    ck_assert_mem_eq(cut.calls.text.data, whole.calls.text.data, whole.calls.text.len);
    const batch_counts *some = batch_counts_of(cut.batch), *all = batch_counts_of(whole.batch);
    ck_assert_int_eq(memcmp(some, all, sizeof *all), 0);
    ck_assert_uint_gt(all->duplicates, 100);
    uint64_t records[2], names[2];
    batch_input(cut.batch, &records[0], &names[0]);
    batch_input(whole.batch, &records[1], &names[1]);
    ck_assert_uint_eq(records[0], records[1]);
    ck_assert_uint_eq(names[0], names[1]);
    batch_free(cut.batch);
    batch_free(whole.batch);
    free_run(&cut);
    free_run(&whole);
}
END_TEST

START_TEST(another_input_is_not_gone_on_with) {
    interrupted_run cut = {0};
    whosaid_error err = {0};
    ck_assert_int_eq(run_part(&cut, 10, path, NULL), WHOSAID_OK);
    batch_free(cut.batch);
    ck_assert_int_eq(run_part(&cut, 0, "/dev/null", &err), WHOSAID_USAGE);
    ck_assert_ptr_nonnull(strstr(err.text, "the input has fewer articles"));
    batch_free(cut.batch);
    free_run(&cut);
}
END_TEST

START_TEST(a_note_that_is_none_is_refused) {
    interrupted_run cut = {0};
    ck_assert_int_eq(run_part(&cut, 200, path, NULL), WHOSAID_OK);
    batch_free(cut.batch);
    const report_options report = {0};
    const batch_options options = {
        .analyzer = analyzer, .format = &id_format, .report = &report, .workers = 1};
    text_view note = buffer_view(&cut.notes[0]);
    batch *b = batch_new(&options);
    ck_assert_int_eq(batch_resume(b, VIEW(""), NULL), WHOSAID_SYNTAX);
    ck_assert_int_eq(batch_resume(b, view_slice(note, 0, 20), NULL), WHOSAID_SYNTAX);
    ck_assert_int_eq(batch_resume(b, view_slice(note, 0, note.len - 1), NULL), WHOSAID_SYNTAX);
    batch_free(b);
    free_run(&cut);
}
END_TEST

START_TEST(days_are_compared_as_they_are_written) {
    static const struct {
        const char *since, *until, *date;
        filter_result expected;
    } rows[] = {
        {"", "", "", FILTER_TAKES},
        {"2024", "", "2024-01-01", FILTER_TAKES},
        {"2024", "", "2023-12-31T23:59:59Z", FILTER_OUTSIDE},
        {"", "2024", "2024-12-31T23:59:59Z", FILTER_TAKES},
        {"", "2024-02", "2024-02-29", FILTER_TAKES},
        {"", "2024-02", "2024-03-01", FILTER_OUTSIDE},
        {"2024-09-11", "2024-09-11", "2024-09-11T08:30:00Z", FILTER_TAKES},
        {"2024-09-11", "", "", FILTER_UNDATED},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        article_filter filter = {0};
        article a = {.date = view_of(rows[i].date)};
        if (rows[i].since[0])
            ck_assert(article_filter_parse_day(rows[i].since, false, filter.since));
        if (rows[i].until[0])
            ck_assert(article_filter_parse_day(rows[i].until, true, filter.until));
        ck_assert_msg(article_filter_period(&filter, &a) == rows[i].expected, "row %zu", i);
    }
}
END_TEST

START_TEST(every_name_is_in_exactly_one_shard) {
    size_t sizes[7] = {0};
    for (size_t i = 0; i < 7000; i++) {
        char key[32];
        snprintf(key, sizeof key, "folder/article-%zu.txt", i);
        size_t in = 0;
        for (uint32_t number = 1; number <= 7; number++) {
            bool has = shard_has((shard){number, 7}, view_of(key));
            in += has;
            sizes[number - 1] += has;
        }
        ck_assert_uint_eq(in, 1);
    }
    for (size_t i = 0; i < 7; i++) {
        ck_assert_uint_gt(sizes[i], 850);
        ck_assert_uint_lt(sizes[i], 1150);
    }
}
END_TEST

static TCase *cases(void) {
    TCase *t = tcase_create("batch");
    tcase_add_checked_fixture(t, write_articles, remove_articles);
    tcase_add_loop_test(t, order_and_counts_do_not_depend_on_workers, 0, 5);
    tcase_add_loop_test(t, a_failing_listener_stops_the_batch, 0, 4);
    tcase_add_loop_test(t, an_interrupted_batch_goes_on_in_another, 0, 4);
    tcase_add_test(t, another_input_is_not_gone_on_with);
    tcase_add_test(t, a_note_that_is_none_is_refused);
    tcase_add_test(t, days_are_compared_as_they_are_written);
    tcase_add_test(t, every_name_is_in_exactly_one_shard);
    return t;
}

SUITE_MAIN("batch")
