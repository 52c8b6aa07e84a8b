#include "read/article_source.h"

#include "article.h"
#include "base/error.h"
#include "read/archive_members.h"
#include "read/byte_stream.h"
#include "read/folder_walk.h"
#include "read/html_tree.h"
#include "read/record_cutter.h"
#include "read/saved_page.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

enum { RECORD_KEEP_BYTES = 1 << 20, JSON_FILE_MAX_MIB = 1024 };

struct article_source {
    folder_walk *walk;
    archive_members *members; /* of the archive that is being read, or NULL */
    record_cutter cutter;     /* of the file or member that is being read */
    csv_column_names columns;
    shard part;
    bool is_ours;        /* the path of what is read says that it is in this shard */
    uint64_t bytes_read; /* of the files that were opened */
    atomic_bool cancelled;
    bool ended;    /* nothing is left to read */
    int cancel[2]; /* a pipe: who cancels writes to it */
    bool has_exclude;
    struct stat exclude;
};

void raw_record_free(raw_record *record) {
    buffer_free(&record->path);
    buffer_free(&record->id);
    buffer_free(&record->bytes);
}

whosaid_status article_source_open(const char *const *paths, size_t count,
                                   const struct stat *exclude, article_source **out,
                                   whosaid_error *err) {
    *out = NULL;
    article_source *source = calloc(1, sizeof *source);
    if (!source) return error_no_memory(err);
    source->walk = folder_walk_new(paths, count);
    source->cancel[0] = source->cancel[1] = -1;
    if (pipe(source->cancel) != 0) {
        int cause = errno;
        article_source_close(source);
        return error_io(err, NULL, "cannot open a pipe", cause);
    }
    if (!source->walk) {
        article_source_close(source);
        return error_no_memory(err);
    }
    source->has_exclude = exclude != NULL;
    if (exclude) source->exclude = *exclude;
    *out = source;
    return WHOSAID_OK;
}

void article_source_set_columns(article_source *source, const csv_column_names *names) {
    source->columns = *names;
}

void article_source_set_shard(article_source *source, shard part) {
    source->part = part;
}

bool article_source_was_cut_short(const article_source *source) {
    return !source->ended;
}

uint64_t article_source_bytes_read(const article_source *source) {
    return source->bytes_read;
}

void article_source_close(article_source *source) {
    if (!source) return;
    record_cutter_free(&source->cutter);
    archive_members_close(source->members);
    folder_walk_free(source->walk);
    for (int i = 0; i < 2; i++)
        if (source->cancel[i] >= 0) close(source->cancel[i]);
    free(source);
}

void article_source_cancel(article_source *source) {
    atomic_store(&source->cancelled, true);
    /* Should the pipe ever be full, then it is readable already. */
    ssize_t written = write(source->cancel[1], "", 1);
    (void)written;
}

static bool is_excluded(const article_source *source, const byte_stream *stream) {
    const struct stat *info = byte_stream_stat(stream);
    return source->has_exclude && info->st_dev == source->exclude.st_dev &&
           info->st_ino == source->exclude.st_ino;
}

/* SOURCE_END stands for "go on" in what follows: nothing to tell yet. */
static source_event told(whosaid_status status, source_event otherwise) {
    return status == WHOSAID_OK ? otherwise : SOURCE_FAILED;
}

static source_event skipped(const char *path, bool named, const char *reason, whosaid_error *err) {
    error_set(err, WHOSAID_IO, path, 0, "%s%s", named ? "" : "skipped: ", reason);
    return named ? SOURCE_FAILED : SOURCE_SKIPPED;
}

static size_t most_bytes(record_kind kind) {
    switch (kind) {
    case RECORD_HTML: return (size_t)HTML_PAGE_MAX_MIB << 20;
    case RECORD_TEXT:
    case RECORD_MARKDOWN: return ARTICLE_TEXT_MAX;
    default: return (size_t)JSON_FILE_MAX_MIB << 20; /* may hold a list of articles */
    }
}

/* Names what another shard has to do with. */
static source_event elsewhere(const char *path, size_t line, raw_record *record,
                              whosaid_error *err) {
    record->path.len = 0;
    record->line = line;
    if (buffer_append(&record->path, path, strlen(path) + 1)) return SOURCE_ELSEWHERE;
    error_no_memory(err);
    return SOURCE_FAILED;
}

/* A file that a run writes beside its report, or a browser beside a page. */
static bool is_companion(const char *path) {
    text_view whole = view_of(path);
    return view_ends_with(whole, VIEW(".journal")) || view_ends_with(whole, VIEW(".shard")) ||
           saved_page_has(path);
}

/* Reads the whole stream, which is taken over, as one record. */
static source_event read_whole(byte_stream *stream, record_kind kind, raw_record *record,
                               whosaid_error *err) {
    const char *path = byte_stream_name(stream);
    record->kind = kind;
    record->line = 0;
    record->id.len = 0;
    record->path.len = 0;
    buffer_reset(&record->bytes, RECORD_KEEP_BYTES);
    whosaid_status status =
        buffer_append(&record->path, path, strlen(path) + 1)
            ? byte_stream_read_all(stream, &record->bytes, most_bytes(kind), err)
            : error_no_memory(err);
    byte_stream_close(stream);
    return status == WHOSAID_CANCELLED ? SOURCE_END : told(status, SOURCE_RECORD);
}

/* Starts to read a file or member by its type; the stream is taken over. */
static source_event open_stream(article_source *source, byte_stream *stream, file_type type,
                                raw_record *record, whosaid_error *err) {
    switch (type.form) {
    case FORM_WHOLE: return read_whole(stream, type.kind, record, err);
    case FORM_ZIP:
    case FORM_TAR:
        return told(archive_members_open(stream,
                                         type.form == FORM_ZIP ? ARCHIVE_OF_ZIP : ARCHIVE_OF_TAR,
                                         &source->members, err),
                    SOURCE_END);
    default:
        return told(record_cutter_open(&source->cutter, stream, type.form, &source->columns, err),
                    SOURCE_END);
    }
}

/* SOURCE_END: go on with the records in it. */
static source_event open_file(article_source *source, const walk_file *file, raw_record *record,
                              whosaid_error *err) {
    bool is_stdin = file->named && strcmp(file->path, "-") == 0;
    file_type type = {FORM_LINES, RECORD_JSON_LINE, COMPRESSION_NONE};
    if (!file->named && is_companion(file->path)) return SOURCE_END;
    if (!is_stdin && !file_type_of(view_of(file->path), &type))
        return skipped(file->path, file->named,
                       file->named ? "not a known type (" FILE_TYPES_KNOWN ")" : "not a known type",
                       err);
    source->is_ours = file_type_goes_by_path(type) && shard_has(source->part, view_of(file->path));
    if (file_type_goes_by_path(type) && !source->is_ours)
        return elsewhere(file->path, 0, record, err);
    byte_stream *stream;
    const char *called = is_stdin ? "standard input" : file->path;
    whosaid_status status = file->named
                                ? byte_stream_open(is_stdin ? NULL : file->path, called,
                                                   type.packed, source->cancel[0], &stream, err)
                                : byte_stream_open_found(file->path, type.packed, &stream, err);
    if (status != WHOSAID_OK) return SOURCE_FAILED;
    byte_stream_count(stream, &source->bytes_read);
    if (is_excluded(source, stream)) {
        byte_stream_close(stream);
        return skipped(file->path, false, "the report is written to it", err);
    }
    return open_stream(source, stream, type, record, err);
}

/* The next member of the open archive. SOURCE_END: go on with its records, or behind the archive.
 */
static source_event open_member(article_source *source, raw_record *record, whosaid_error *err) {
    const char *path;
    byte_stream *member;
    whosaid_status status = archive_members_next(source->members, &path, &member, err);
    if (status != WHOSAID_OK || !member) {
        archive_members_close(source->members);
        source->members = NULL;
        return status == WHOSAID_CANCELLED ? SOURCE_END : told(status, SOURCE_END);
    }
    file_type type;
    bool known = file_type_of(view_of(path), &type) && !saved_page_frame(view_of(path));
    bool is_archive = known && (type.form == FORM_ZIP || type.form == FORM_TAR);
    if (!known || is_archive) {
        byte_stream_close(member);
        return skipped(path, false, known ? "an archive inside an archive" : "not a known type",
                       err);
    }
    source->is_ours = file_type_goes_by_path(type) && shard_has(source->part, view_of(path));
    if (file_type_goes_by_path(type) && !source->is_ours) {
        byte_stream_close(member);
        return elsewhere(path, 0, record, err);
    }
    if (byte_stream_unpack(&member, type.packed, err) != WHOSAID_OK) return SOURCE_FAILED;
    return open_stream(source, member, type, record, err);
}

/* The next event, whichever shard has to do with it. */
static source_event next_event(article_source *source, raw_record *record, whosaid_error *err) {
    for (;;) {
        source_event event = SOURCE_END;
        if (record_cutter_is_open(&source->cutter)) {
            source->is_ours = false;
            event = record_cutter_next(&source->cutter, record, err);
        } else if (source->members) {
            event = open_member(source, record, err);
        } else {
            walk_file file;
            source->is_ours = false;
            switch (folder_walk_next(source->walk, &file, err)) {
            case WALK_END: source->ended = true; return SOURCE_END;
            case WALK_SKIPPED: return SOURCE_SKIPPED;
            case WALK_FAILED: return SOURCE_FAILED;
            case WALK_FILE: event = open_file(source, &file, record, err); break;
            }
        }
        if (event != SOURCE_END || atomic_load(&source->cancelled)) return event;
    }
}

source_event article_source_next(article_source *source, raw_record *record, whosaid_error *err) {
    whosaid_error cause = {0};
    if (atomic_load(&source->cancelled)) return SOURCE_END;
    source_event event = next_event(source, record, &cause);
    bool told = event == SOURCE_FAILED || event == SOURCE_SKIPPED;
    if (told && !source->is_ours && !shard_has(source->part, view_of(cause.where)))
        return elsewhere(cause.where, cause.line, record, err);
    if (told) error_set(err, cause.code, cause.where, cause.line, "%s", cause.text);
    bool by_address = event == SOURCE_RECORD && record->kind == RECORD_HTTP_RESPONSE;
    if (by_address && !shard_has(source->part, buffer_view(&record->id))) return SOURCE_ELSEWHERE;
    return event;
}
