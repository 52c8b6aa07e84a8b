/* whosaid score: the main job. Messages and the exit status; the work is batch_run's. */
#include "analyzer.h"
#include "base/error.h"
#include "batch/batch.h"
#include "cli/command.h"
#include "cli/interrupt.h"
#include "cli/message.h"
#include "cli/models_choice.h"
#include "cli/progress.h"
#include "cli/score_options.h"
#include "report/journal.h"
#include "report/shard_index.h"
#include "report/sink.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { SKIPPED_SHOWN = 10, PATH_BYTES = 4096 + 64 };

/* A kill costs at most the work of this time. */
static const double COMMIT_SECONDS = 0.2;

/* The run's own part of a note; the batch's follows it. */
typedef struct note_head {
    uint64_t index_length, index_check; /* of PART.shard; 0 without one */
} note_head;

/* What the batch tells, and where it goes. */
typedef struct score_run {
    const score_arguments *arguments;
    report_options report;
    buffer identity;
    batch *batch;
    article_source *source;
    report_sink *sink;
    shard_index_writer *index; /* NULL without --shard and -o */
    summary *table;            /* NULL without --by */
    progress progress;
    note_head last_note; /* of the run that is gone on with */
    buffer note;
    double last_commit; /* seconds */
    size_t skipped;
    bool has_pieces; /* more than a header is written */
} score_run;

static whosaid_status commit(score_run *run, whosaid_error *err) {
    note_head head = {0};
    whosaid_status status = WHOSAID_OK;
    run->last_commit = progress_clock();
    if (run->index)
        status = shard_index_flush(run->index, &head.index_length, &head.index_check, err);
    if (status != WHOSAID_OK) return status;
    run->note.len = 0;
    if (!buffer_append(&run->note, &head, sizeof head) || !batch_note(run->batch, &run->note))
        return error_no_memory(err);
    return run->sink->commit(run->sink, buffer_view(&run->note), err);
}

static whosaid_status commit_in_time(score_run *run, whosaid_error *err) {
    bool is_time = run->sink->has_journal && progress_clock() - run->last_commit >= COMMIT_SECONDS;
    return is_time ? commit(run, err) : WHOSAID_OK;
}

static whosaid_status on_piece(void *context, const batch_piece *piece, whosaid_error *err) {
    score_run *run = context;
    if (run->table) return summary_add(run->table, piece->bytes, err);
    run->has_pieces = true;
    if (run->index) {
        const shard_entry entry = {piece->record, piece->article, piece->bytes.len, piece->text,
                                   piece->id};
        whosaid_status status = shard_index_add(run->index, &entry, err);
        if (status != WHOSAID_OK) return status;
    }
    return piece->bytes.len ? run->sink->write(run->sink, piece->bytes, err) : WHOSAID_OK;
}

static whosaid_status on_idle(void *context, whosaid_error *err) {
    score_run *run = context;
    if (!run->has_pieces) return WHOSAID_OK;
    whosaid_status status = run->sink->flush(run->sink, err);
    return status == WHOSAID_OK ? commit_in_time(run, err) : status;
}

static whosaid_status on_progress(void *context, const batch_counts *counts, uint64_t input_bytes,
                                  whosaid_error *err) {
    score_run *run = context;
    progress_update(&run->progress, counts->articles, counts->statements, input_bytes);
    return run->has_pieces ? commit_in_time(run, err) : WHOSAID_OK;
}

static void on_failed(void *context, const whosaid_error *cause) {
    score_run *run = context;
    progress_clear(&run->progress);
    message_error(cause);
}

static void on_skipped(void *context, const whosaid_error *cause) {
    score_run *run = context;
    if (++run->skipped > SKIPPED_SHOWN || run->arguments->quiet) return;
    progress_clear(&run->progress);
    message_error(cause);
}

/* A note of the run that is gone on with. */
static whosaid_status on_note(void *context, text_view note, whosaid_error *err) {
    score_run *run = context;
    if (note.len < sizeof run->last_note)
        return error_set(err, WHOSAID_SYNTAX, run->arguments->output, 0, "the journal is damaged");
    memcpy(&run->last_note, note.ptr, sizeof run->last_note);
    return batch_resume(run->batch, view_slice(note, sizeof run->last_note, note.len), err);
}

static void tell_summary(const score_run *run, const batch_counts *counts) {
    const score_arguments *a = run->arguments;
    if (a->quiet) return;
    if (a->ending_ignored)
        message("%s: no format has this ending, so it is csv; --format takes %s", a->output,
                REPORT_FORMAT_NAMES);
    if (run->skipped > SKIPPED_SHOWN)
        message("%zu more were skipped", run->skipped - SKIPPED_SHOWN);
    if (counts->duplicates)
        message("%zu article%s with a text that came before: %s", counts->duplicates,
                plural(counts->duplicates), a->unique ? "left out" : "marked");
    if (counts->undated)
        message("%zu article%s without a date: left out", counts->undated, plural(counts->undated));
    message("%zu statement%s in %zu article%s%s%s", counts->statements, plural(counts->statements),
            counts->articles, plural(counts->articles), a->output ? ": " : "",
            a->output ? a->output : "");
}

static bool reads_standard_input(const score_arguments *a) {
    for (size_t i = 0; i < a->path_count; i++)
        if (strcmp(a->paths[i], "-") == 0) return true;
    return false;
}

/* No article and no answer, and no reason why that should be right. */
static bool is_nothing(const score_run *run, const batch_counts *counts) {
    uint64_t records, names;
    batch_input(run->batch, &records, &names);
    if (counts->articles > 0 || run->has_pieces) return false;
    /* There may be fewer articles than shards, and the report needs them all. */
    if (run->arguments->filter.part.count > 1 && records > 0) return false;
    if (counts->failures > 0) return true;
    /* An empty stream is a report without rows (a filter must pass it); an empty folder is not. */
    if (reads_standard_input(run->arguments)) return false;
    return counts->filtered + counts->undated == 0;
}

/* The rows of a table, which come when the last article is counted. */
static whosaid_status write_table(score_run *run, whosaid_error *err) {
    if (!run->table) return WHOSAID_OK;
    buffer end = {0};
    whosaid_status status = summary_write(run->table, &end, err);
    if (status == WHOSAID_OK && end.len)
        status = run->sink->write(run->sink, buffer_view(&end), err);
    buffer_free(&end);
    return status;
}

static whosaid_status finish_index(score_run *run, const batch_counts *counts, whosaid_error *err) {
    if (!run->index) return WHOSAID_OK;
    shard_index_end end = {.statements = counts->statements, .failures = counts->failures};
    batch_input(run->batch, &end.records, &end.input);
    return shard_index_finish(run->index, &end, err);
}

static sink_end how_it_ended(const score_run *run, whosaid_status status,
                             const batch_counts *counts) {
    if (status == WHOSAID_CANCELLED) return SINK_DROPPED;
    if (status == WHOSAID_OK && batch_is_complete(run->batch))
        return is_nothing(run, counts) ? SINK_DROPPED : SINK_COMPLETE;
    bool is_begun = run->has_pieces || run->sink->resumed || run->table;
    return is_begun ? SINK_STOPPED : SINK_DROPPED;
}

/* Ends the report as its run went. */
static whosaid_status close_report(score_run *run, whosaid_status status, whosaid_error *err) {
    const batch_counts *counts = batch_counts_of(run->batch);
    sink_end how = how_it_ended(run, status, counts);
    /* Also of a complete report: to end it takes a while, and it may be killed then. */
    bool can_go_on = how == SINK_STOPPED || (how == SINK_COMPLETE && run->sink->has_journal);
    if (status == WHOSAID_OK && can_go_on) status = commit(run, err);
    if (status == WHOSAID_OK && how != SINK_DROPPED) status = write_table(run, err);
    if (status == WHOSAID_OK && how == SINK_COMPLETE) status = finish_index(run, counts, err);
    if (status != WHOSAID_OK && how == SINK_COMPLETE) how = SINK_STOPPED;
    whosaid_status closed = run->sink->close(run->sink, how, err);
    run->sink = NULL;
    shard_index_writer_free(run->index, how == SINK_DROPPED);
    run->index = NULL;
    return status == WHOSAID_OK ? closed : status;
}

static int tell_interruption(const score_run *run, const batch_counts *counts, bool resumable) {
    if (!run->arguments->quiet) tell_summary(run, counts);
    message("stopped before the end%s",
            resumable ? "; the same command with --resume goes on" : "");
    return EXIT_INTERRUPTED;
}

static void tell_nothing_found(const score_arguments *a) {
    if (a->path_count == 1)
        message("%s: no articles found", a->paths[0]);
    else
        message("no articles found in any of the %zu paths", a->path_count);
}

static int end_of_run(score_run *run, whosaid_status status, bool interrupted, whosaid_error *err) {
    const batch_counts *counts = batch_counts_of(run->batch);
    bool resumable = run->sink->has_journal;
    status = close_report(run, status, err);
    progress_end(&run->progress);
    if (status == WHOSAID_CANCELLED) /* whoever read the report has seen enough */
        return counts->failures ? EXIT_SOME_UNREADABLE : EXIT_ALL_DONE;
    if (status != WHOSAID_OK) {
        message_error(err);
        return status == WHOSAID_USAGE ? EXIT_WRONG_USAGE : EXIT_NOTHING_DONE;
    }
    if (interrupted && !batch_is_complete(run->batch))
        return tell_interruption(run, counts, resumable);
    if (is_nothing(run, counts)) {
        if (counts->failures == 0) tell_nothing_found(run->arguments);
        return EXIT_NOTHING_DONE;
    }
    tell_summary(run, counts);
    return counts->failures ? EXIT_SOME_UNREADABLE : EXIT_ALL_DONE;
}

/* The shard is what the identity of a run does not hold: all shards have the same one. */
static whosaid_status open_sink(score_run *run, whosaid_error *err) {
    const score_arguments *a = run->arguments;
    char part[64];
    int len =
        snprintf(part, sizeof part, "shard %u/%u\n", a->filter.part.number, a->filter.part.count);
    buffer identity = {0};
    bool ok = buffer_append_view(&identity, buffer_view(&run->identity)) &&
              (a->filter.part.count == 0 || buffer_append(&identity, part, (size_t)len));
    const sink_options options = {.path = a->output,
                                  .identity = buffer_view(&identity),
                                  .no_journal = a->table,
                                  .resume = a->resume,
                                  .note = on_note,
                                  .context = run};
    whosaid_status status = ok ? WHOSAID_OK : error_no_memory(err);
    if (status == WHOSAID_OK)
        status = (a->table ? file_sink_open : a->format->open_sink)(&options, &run->sink, err);
    buffer_free(&identity);
    return status;
}

static whosaid_status open_index(score_run *run, size_t head_bytes, whosaid_error *err) {
    const score_arguments *a = run->arguments;
    if (!a->output || a->filter.part.count == 0 || a->table) return WHOSAID_OK;
    if (run->sink->resumed)
        return shard_index_continue(a->output, run->last_note.index_length,
                                    run->last_note.index_check, &run->index, err);
    const shard_index_head head = {a->filter.part.number, a->filter.part.count, head_bytes,
                                   buffer_view(&run->identity)};
    return shard_index_create(a->output, &head, &run->index, err);
}

static whosaid_status begin_report(score_run *run, whosaid_error *err) {
    buffer head = {0};
    whosaid_status status = run->arguments->format->begin(&run->report, &head, err);
    if (status == WHOSAID_OK) status = open_index(run, head.len, err);
    if (status == WHOSAID_OK && head.len && !run->sink->resumed)
        status = run->sink->write(run->sink, buffer_view(&head), err);
    buffer_free(&head);
    return status;
}

static whosaid_status open_source(score_run *run, whosaid_error *err) {
    const score_arguments *a = run->arguments;
    struct stat out;
    bool known = a->output ? stat(a->output, &out) == 0 : fstat(STDOUT_FILENO, &out) == 0;
    const struct stat *exclude = known && S_ISREG(out.st_mode) ? &out : NULL;
    whosaid_status status =
        article_source_open(a->paths, a->path_count, exclude, &run->source, err);
    if (status != WHOSAID_OK) return status;
    article_source_set_columns(run->source, &a->columns);
    article_source_set_shard(run->source, a->filter.part);
    return WHOSAID_OK;
}

static whosaid_status open_run(score_run *run, const whosaid_analyzer *analyzer,
                               whosaid_error *err) {
    const score_arguments *a = run->arguments;
    const batch_options options = {.analyzer = analyzer,
                                   .format = a->format,
                                   .report = &run->report,
                                   .workers = a->workers,
                                   .filter = a->filter,
                                   .limit = a->limit,
                                   .answer_failures =
                                       a->path_count == 1 && strcmp(a->paths[0], "-") == 0,
                                   .keep_notes = a->output != NULL && !a->table};
    run->batch = batch_new(&options);
    if (a->table) run->table = summary_new(a->by, &run->report);
    if (!run->batch || (a->table && !run->table)) return error_no_memory(err);
    return open_sink(run, err);
}

/* Reads, works and writes, with everything open. */
static int run_through(score_run *run, whosaid_error *err) {
    const batch_listener listener = {.context = run,
                                     .piece = on_piece,
                                     .idle = on_idle,
                                     .progress = on_progress,
                                     .failed = on_failed,
                                     .skipped = on_skipped};
    const score_arguments *a = run->arguments;
    run->progress = progress_start(a->quiet, a->paths, a->path_count, a->filter.part,
                                   batch_counts_of(run->batch)->articles);
    bool interrupted = false;
    whosaid_status status = open_source(run, err);
    if (status == WHOSAID_OK) status = begin_report(run, err);
    if (status == WHOSAID_OK) {
        run->last_commit = progress_clock();
        interrupt *signals = interrupt_begin(run->source, a->quiet);
        status = batch_run(run->batch, run->source, &listener, err);
        interrupted = interrupt_end(signals);
    }
    return end_of_run(run, status, interrupted, err);
}

static int score_with(const whosaid_analyzer *analyzer, const score_arguments *a,
                      const char *models_folder) {
    score_run run = {.arguments = a, .report = analyzer_report_options(analyzer)};
    run.report.raw_cells = a->raw_cells;
    run.report.unique = a->unique;
    whosaid_error err = {0};
    whosaid_status status = WHOSAID_OK;
    if (a->output && !a->table)
        status = score_identity(a, &run.report, models_folder, &run.identity, &err);
    if (status == WHOSAID_OK) status = open_run(&run, analyzer, &err);
    int result = status == WHOSAID_USAGE ? EXIT_WRONG_USAGE : EXIT_NOTHING_DONE;
    if (status == WHOSAID_OK)
        result = run_through(&run, &err);
    else
        message_error(&err);
    article_source_close(run.source);
    batch_free(run.batch);
    summary_free(run.table);
    buffer_free(&run.identity);
    buffer_free(&run.note);
    return result;
}

/* A report without a journal has come to its end. */
static bool is_complete(const char *path) {
    char beside[PATH_BYTES];
    struct stat info;
    int len = snprintf(beside, sizeof beside, "%s%s", path, JOURNAL_ENDING);
    return len > 0 && (size_t)len < sizeof beside && stat(path, &info) == 0 &&
           S_ISREG(info.st_mode) && info.st_size > 0 && lstat(beside, &info) != 0;
}

static int open_and_score(const score_arguments *a) {
    models_path shipped;
    whosaid_error err = {0};
    whosaid_options wanted = whosaid_options_default();
    wanted.models_folder = models_choose(a->models, "--models", NULL, &shipped, &err);
    wanted.targets = a->targets;
    wanted.target_count = a->target_count;
    wanted.min_attribution_score = a->min_attribution;
    wanted.explain = a->explain;
    whosaid_analyzer *analyzer = NULL;
    whosaid_status status =
        wanted.models_folder ? whosaid_analyzer_open(&wanted, &analyzer, &err) : err.code;
    if (!analyzer) {
        message_error(&err);
        return status == WHOSAID_USAGE ? EXIT_WRONG_USAGE : EXIT_NOTHING_DONE;
    }
    int result = score_with(analyzer, a, wanted.models_folder);
    whosaid_analyzer_close(analyzer);
    return result;
}

int command_score(int argc, char **argv) {
    score_arguments a;
    int result = EXIT_NOTHING_DONE;
    if (!score_options_parse(&a, argc, argv)) {
        message("out of memory");
    } else if (a.resume && is_complete(a.output)) {
        if (!a.quiet) message("%s is complete: there is nothing to resume", a.output);
        result = EXIT_ALL_DONE;
    } else {
        result = open_and_score(&a);
    }
    score_arguments_free(&a);
    return result;
}
