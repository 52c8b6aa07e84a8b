/* Files and folders: the batch, with articles as its pieces. A worker copies the article that it
 * has analyzed and gives the copy's address as the piece; the thread that called takes it from
 * there. */
#include "api/scored_article.h"
#include "api/struct_size.h"
#include "batch/batch.h"

#include <pthread.h>
#include <sys/stat.h>

typedef struct article_run {
    report_options report; /* first: what the batch hands to the workers, who find the run by it */
    const whosaid_analyzer *analyzer;
    const whosaid_run *asked;
    pthread_mutex_t lock;
    scored_article *waiting; /* made and not handed out yet; guarded by the lock */
} article_run;

static void add_waiting(article_run *run, scored_article *scored) {
    pthread_mutex_lock(&run->lock);
    scored->next = run->waiting;
    if (run->waiting) run->waiting->previous = scored;
    run->waiting = scored;
    pthread_mutex_unlock(&run->lock);
}

static void remove_waiting(article_run *run, scored_article *scored) {
    pthread_mutex_lock(&run->lock);
    if (scored->previous)
        scored->previous->next = scored->next;
    else
        run->waiting = scored->next;
    if (scored->next) scored->next->previous = scored->previous;
    pthread_mutex_unlock(&run->lock);
}

static whosaid_status copy_article(const article *a, const report_options *options, buffer *out,
                                   whosaid_error *err) {
    article_run *run = (article_run *)(uintptr_t)(const void *)options;
    scored_article *scored;
    whosaid_status status = scored_article_new(run->analyzer, a, &scored, err);
    if (status != WHOSAID_OK) return status;
    if (!buffer_append(out, &scored, sizeof scored)) {
        scored_article_free(scored);
        return error_no_memory(err);
    }
    add_waiting(run, scored);
    return WHOSAID_OK;
}

static const report_format articles = {.name = "articles", .article = copy_article};

static whosaid_status on_piece(void *context, const batch_piece *piece, whosaid_error *err) {
    article_run *run = context;
    scored_article *scored;
    int ends = 0;
    memcpy(&scored, piece->bytes.ptr, sizeof scored);
    remove_waiting(run, scored);
    if (run->asked->on_article) ends = run->asked->on_article(run->asked->context, &scored->view);
    scored_article_free(scored);
    return ends ? error_set(err, WHOSAID_CANCELLED, NULL, 0, "the caller ended the run")
                : WHOSAID_OK;
}

static void on_failed(void *context, const whosaid_error *cause) {
    const whosaid_run *asked = ((article_run *)context)->asked;
    if (asked->on_failure) asked->on_failure(asked->context, cause);
}

static void on_skipped(void *context, const whosaid_error *cause) {
    const whosaid_run *asked = ((article_run *)context)->asked;
    if (asked->on_skip) asked->on_skip(asked->context, cause);
}

static whosaid_status open_source(const whosaid_run *asked, article_source **out,
                                  whosaid_error *err) {
    struct stat info;
    bool excludes = asked->exclude && stat(asked->exclude, &info) == 0;
    const csv_column_names columns = {.names = {[CSV_TEXT] = asked->text_column,
                                                [CSV_ID] = asked->id_column,
                                                [CSV_TITLE] = asked->title_column,
                                                [CSV_DATE] = asked->date_column,
                                                [CSV_OUTLET] = asked->outlet_column}};
    whosaid_status status =
        article_source_open(asked->paths, asked->path_count, excludes ? &info : NULL, out, err);
    if (status == WHOSAID_OK) article_source_set_columns(*out, &columns);
    return status;
}

static whosaid_status run_batch(article_run *run, article_source *source, whosaid_counts *counts,
                                whosaid_error *err) {
    const whosaid_run *asked = run->asked;
    const batch_listener listener = {
        .context = run, .piece = on_piece, .failed = on_failed, .skipped = on_skipped};
    const batch_options options = {.analyzer = run->analyzer,
                                   .format = &articles,
                                   .report = &run->report,
                                   .workers = asked->threads,
                                   .limit = asked->limit};
    batch *b = batch_new(&options);
    if (!b) return error_no_memory(err);
    whosaid_status status = batch_run(b, source, &listener, err);
    const batch_counts *done = batch_counts_of(b);
    *counts = (whosaid_counts){done->articles, done->statements, done->failures, done->duplicates};
    batch_free(b);
    return status;
}

static void free_waiting(article_run *run) {
    while (run->waiting) {
        scored_article *next = run->waiting->next;
        scored_article_free(run->waiting);
        run->waiting = next;
    }
}

whosaid_status whosaid_run_start(const whosaid_run *asked, const whosaid_analyzer *analyzer,
                                 whosaid_counts *counts, whosaid_error *err) {
    whosaid_run known = whosaid_run_default();
    whosaid_counts unwanted;
    if (!counts) counts = &unwanted;
    *counts = (whosaid_counts){0};
    whosaid_status status =
        struct_take(&known, sizeof known, asked, WHOSAID_RUN_SIZE_1, "whosaid_run", err);
    if (status != WHOSAID_OK) return status;
    if (known.path_count == 0)
        return error_set(err, WHOSAID_USAGE, NULL, 0, "whosaid_run.paths names nothing");
    article_run run = {
        .report = analyzer_report_options(analyzer), .analyzer = analyzer, .asked = &known};
    run.report.unique = known.unique != 0;
    article_source *source;
    status = open_source(&known, &source, err);
    if (status != WHOSAID_OK) return status;
    pthread_mutex_init(&run.lock, NULL);
    status = run_batch(&run, source, counts, err);
    free_waiting(&run);
    pthread_mutex_destroy(&run.lock);
    article_source_close(source);
    return status;
}
