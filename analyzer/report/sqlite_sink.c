#include "report/sqlite_sink.h"

#include "base/error.h"
#include "report/journal.h"
#include "report/sqlite_connection.h"
#include "report/sqlite_store.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct sqlite_sink {
    report_sink base;
    char path[PATH_MAX];
    char unfinished[PATH_MAX + sizeof JOURNAL_ENDING];
    sqlite_store *store;
    bool has_news; /* rows since the last commit */
} sqlite_sink;

whosaid_status sqlite_sink_check_path(const char *path, whosaid_error *err) {
    struct stat info;
    sqlite_file_kind kind;
    if (!path)
        return error_set(err, WHOSAID_USAGE, NULL, 0, "a database is a file: name it with -o FILE");
    if (strlen(path) >= PATH_MAX)
        return error_set(err, WHOSAID_LIMIT, path, 0, "the path is too long");
    if (stat(path, &info) != 0)
        return errno == ENOENT ? WHOSAID_OK : error_io(err, path, "cannot write", errno);
    if (S_ISDIR(info.st_mode)) return error_io(err, path, "cannot write", EISDIR);
    if (!S_ISREG(info.st_mode))
        return error_set(err, WHOSAID_USAGE, path, 0, "a database must be a regular file");
    whosaid_status status = sqlite_file_look(path, &kind, err);
    if (status == WHOSAID_OK && kind == SQLITE_FILE_OTHER)
        status = error_set(err, WHOSAID_USAGE, path, 0,
                           "is a database that this program did not write; it stays as it is: "
                           "choose another name");
    return status;
}

static whosaid_status sink_write(report_sink *self, text_view piece, whosaid_error *err) {
    sqlite_sink *s = (sqlite_sink *)self;
    s->has_news = true;
    return sqlite_store_add(s->store, piece, err);
}

/* A reader gets the report when it has ended. */
static whosaid_status sink_flush(report_sink *self, whosaid_error *err) {
    (void)self;
    (void)err;
    return WHOSAID_OK;
}

static whosaid_status sink_commit(report_sink *self, text_view note, whosaid_error *err) {
    sqlite_sink *s = (sqlite_sink *)self;
    s->has_news = false;
    return sqlite_store_commit(s->store, note, err);
}

static whosaid_status sink_close(report_sink *self, sink_end how, whosaid_error *err) {
    sqlite_sink *s = (sqlite_sink *)self;
    whosaid_status status = WHOSAID_OK;
    /* Who wants to go on after a kill in what follows has committed everything, with a note. */
    if (how == SINK_COMPLETE && s->has_news) status = sink_commit(self, VIEW(""), err);
    if (how != SINK_DROPPED && status == WHOSAID_OK)
        status = sqlite_store_finish(s->store, s->path, err);
    sqlite_store_close(s->store);
    bool is_over =
        how == SINK_COMPLETE ? status == WHOSAID_OK : how == SINK_DROPPED && !self->resumed;
    if (is_over) sqlite_store_remove(s->unfinished);
    free(s);
    return status;
}

static whosaid_status check_identity(const sqlite_sink *s, const sink_options *options,
                                     whosaid_error *err) {
    buffer theirs = {0};
    whosaid_status status = sqlite_store_identity(s->store, &theirs, err);
    if (status == WHOSAID_OK && !view_equal(buffer_view(&theirs), options->identity))
        status = journal_refuse_other(s->unfinished, buffer_view(&theirs), options->identity, err);
    buffer_free(&theirs);
    return status;
}

static whosaid_status go_on(sqlite_sink *s, const sink_options *options, whosaid_error *err) {
    whosaid_status status = sqlite_store_reopen(s->unfinished, &s->store, err);
    if (status == WHOSAID_OK) status = check_identity(s, options, err);
    if (status == WHOSAID_OK)
        status =
            sqlite_store_notes(s->store, options->note, options->context, &s->base.resumed, err);
    return status;
}

static whosaid_status begin_or_go_on(sqlite_sink *s, const sink_options *options,
                                     whosaid_error *err) {
    struct stat info;
    bool exists = lstat(s->unfinished, &info) == 0;
    if (exists && !options->resume) return journal_refuse_unasked(s->unfinished, err);
    /* Without its first transaction nothing was done under it. */
    if (exists && S_ISREG(info.st_mode) && info.st_size == 0) {
        sqlite_store_remove(s->unfinished);
        exists = false;
    }
    if (exists) return go_on(s, options, err);
    return sqlite_store_create(s->unfinished, options->identity, &s->store, err);
}

whosaid_status sqlite_sink_open(const sink_options *options, report_sink **out,
                                whosaid_error *err) {
    *out = NULL;
    whosaid_status status = sqlite_sink_check_path(options->path, err);
    if (status != WHOSAID_OK) return status;
    sqlite_sink *s = calloc(1, sizeof *s);
    if (!s) return error_no_memory(err);
    s->base = (report_sink){.has_journal = true,
                            .write = sink_write,
                            .flush = sink_flush,
                            .commit = sink_commit,
                            .close = sink_close};
    snprintf(s->path, sizeof s->path, "%s", options->path);
    snprintf(s->unfinished, sizeof s->unfinished, "%s" JOURNAL_ENDING, options->path);
    status = begin_or_go_on(s, options, err);
    if (status == WHOSAID_OK) {
        *out = &s->base;
    } else {
        sqlite_store_close(s->store);
        free(s);
    }
    return status;
}
