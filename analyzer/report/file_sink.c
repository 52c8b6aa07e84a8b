/* Pieces one behind the other in a file, and a journal beside it. A mark's position is the length
 * of the file, its check the hash of all bytes up to there. */
#include "base/error.h"
#include "base/hash.h"
#include "report/journal.h"
#include "report/output_file.h"
#include "report/sink.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

/* A failing machine costs at most what came in this time; a kill of the program, nothing of it. */
enum { SYNC_SECONDS = 10, CHUNK_BYTES = 1 << 16 };

typedef struct file_sink {
    report_sink sink;
    output_file out;
    journal *journal;     /* NULL without one */
    bool journal_existed; /* another run made it */
    hash_stream *hash;    /* of what is written; NULL without a journal */
    uint64_t position;
    time_t last_sync;
} file_sink;

static time_t seconds_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec;
}

static whosaid_status write_piece(report_sink *self, text_view piece, whosaid_error *err) {
    file_sink *s = (file_sink *)self;
    s->position += piece.len;
    if (s->hash) hash_stream_add(s->hash, piece.ptr, piece.len);
    return output_file_write(&s->out, piece, err);
}

static whosaid_status flush_pieces(report_sink *self, whosaid_error *err) {
    return output_file_flush(&((file_sink *)self)->out, err);
}

static whosaid_status commit_pieces(report_sink *self, text_view note, whosaid_error *err) {
    file_sink *s = (file_sink *)self;
    whosaid_status status = output_file_flush(&s->out, err);
    if (status != WHOSAID_OK || !s->journal) return status;
    journal_mark mark = {.position = s->position, .check = hash_stream_value(s->hash)};
    time_t now = seconds_now();
    if (now - s->last_sync >= SYNC_SECONDS) {
        s->last_sync = now;
        mark.synced = fdatasync(s->out.descriptor) == 0;
    }
    return journal_append(s->journal, &mark, note, err);
}

static whosaid_status close_file(report_sink *self, sink_end how, whosaid_error *err) {
    file_sink *s = (file_sink *)self;
    whosaid_status status = output_file_close(&s->out, how != SINK_DROPPED, err);
    /* What could not be written to its end can still be gone on with. */
    bool goes_on = how == SINK_STOPPED || (status != WHOSAID_OK && s->out.started);
    journal_close(s->journal, goes_on);
    hash_stream_free(s->hash);
    free(s);
    return status;
}

/* Adds the next bytes of the file to the hash, up to `end`. False when they cannot be read. */
static bool hash_up_to(file_sink *s, int descriptor, uint64_t end) {
    char chunk[CHUNK_BYTES];
    while (s->position < end) {
        size_t wanted =
            end - s->position < sizeof chunk ? (size_t)(end - s->position) : sizeof chunk;
        ssize_t got = pread(descriptor, chunk, wanted, (off_t)s->position);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return false;
        hash_stream_add(s->hash, chunk, (size_t)got);
        s->position += (uint64_t)got;
    }
    return true;
}

static void start_anew(file_sink *s) {
    hash_stream_restart(s->hash);
    s->position = 0;
    journal_rewind(s->journal);
}

/* How many marks of the journal the file agrees with. *must: how many it has to, since their
 * content had reached the disk. */
static size_t count_good_marks(file_sink *s, int descriptor, size_t *must) {
    journal_mark mark;
    text_view note;
    size_t good = 0, read = 0;
    *must = 0;
    start_anew(s);
    while (journal_next(s->journal, &mark, &note)) {
        bool follows = good == read && mark.position >= s->position;
        read++;
        if (mark.synced) *must = read;
        if (follows && hash_up_to(s, descriptor, mark.position) &&
            hash_stream_value(s->hash) == mark.check)
            good = read;
    }
    return good;
}

/* Goes back to the good mark number `count`, and hands out the notes up to it. */
static whosaid_status replay(file_sink *s, int descriptor, size_t count,
                             const sink_options *options, whosaid_error *err) {
    start_anew(s);
    whosaid_status status = WHOSAID_OK;
    journal_mark mark;
    text_view note;
    for (size_t i = 0; status == WHOSAID_OK && i < count && journal_next(s->journal, &mark, &note);
         i++) {
        if (!hash_up_to(s, descriptor, mark.position))
            status = error_io(err, s->out.path, "cannot read", errno);
        else if (options->note)
            status = options->note(options->context, note, err);
    }
    if (status == WHOSAID_OK) status = journal_cut(s->journal, err);
    if (status == WHOSAID_OK) status = output_file_continue(&s->out, s->position, err);
    s->sink.resumed = count > 0;
    return status;
}

static whosaid_status resume(file_sink *s, const sink_options *options, whosaid_error *err) {
    int descriptor = open(options->path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (descriptor < 0) return error_io(err, options->path, "cannot read", errno);
    size_t must, good = count_good_marks(s, descriptor, &must);
    whosaid_status status =
        good < must
            ? error_set(err, WHOSAID_USAGE, options->path, 0,
                        "was changed since the run that wrote it stopped; to begin again, remove "
                        "it and its journal")
            : replay(s, descriptor, good, options, err);
    close(descriptor);
    return status;
}

static whosaid_status open_journal(file_sink *s, const sink_options *options, whosaid_error *err) {
    if (options->no_journal || !options->path || !S_ISREG(s->out.stat.st_mode)) {
        if (!options->resume) return WHOSAID_OK;
        return error_set(err, WHOSAID_USAGE, s->out.path, 0,
                         "is not a file: only a report in a file can be resumed");
    }
    whosaid_error cause = {0};
    whosaid_status status = journal_open(options->path, options->identity, options->resume,
                                         &s->journal, &s->journal_existed, &cause);
    /* A folder that cannot be written: a report there is possible, going on with it is not. */
    if (status == WHOSAID_IO && !options->resume) return WHOSAID_OK;
    if (status != WHOSAID_OK)
        return error_set(err, status, cause.where, cause.line, "%s", cause.text);
    s->hash = hash_stream_new();
    if (!s->hash) return error_no_memory(err);
    s->sink.has_journal = true;
    s->last_sync = seconds_now();
    return s->journal_existed ? resume(s, options, err) : WHOSAID_OK;
}

whosaid_status file_sink_open(const sink_options *options, report_sink **out, whosaid_error *err) {
    *out = NULL;
    file_sink *s = calloc(1, sizeof *s);
    if (!s) return error_no_memory(err);
    s->sink = (report_sink){
        .write = write_piece, .flush = flush_pieces, .commit = commit_pieces, .close = close_file};
    whosaid_status status = output_file_open(&s->out, options->path, err);
    if (status == WHOSAID_OK) status = open_journal(s, options, err);
    if (status != WHOSAID_OK) {
        whosaid_status closed = output_file_close(&s->out, false, NULL);
        (void)closed;
        journal_close(s->journal, s->journal_existed);
        hash_stream_free(s->hash);
        free(s);
        return status;
    }
    *out = &s->sink;
    return WHOSAID_OK;
}
