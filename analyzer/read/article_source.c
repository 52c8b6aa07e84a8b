#include "read/article_source.h"

#include "article.h"
#include "base/error.h"
#include "read/byte_stream.h"
#include "read/folder_walk.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

enum { LINE_CHUNK_BYTES = 1 << 16, RECORD_KEEP_BYTES = 1 << 20 };

/* A JSON Lines input that is being cut into lines. */
typedef struct line_cutter {
    byte_stream *stream; /* NULL when no such input is open */
    buffer path;
    size_t line;
    char *chunk; /* [LINE_CHUNK_BYTES] */
    size_t begin, end;
} line_cutter;

struct article_source {
    folder_walk *walk;
    line_cutter lines;
    int cancel[2]; /* a pipe: who cancels writes to it */
    bool has_exclude;
    struct stat exclude;
};

static const struct {
    const char *suffix;
    record_kind kind;
} file_types[] = {
    {".txt", RECORD_TEXT},
    {".md", RECORD_MARKDOWN},
    {".json", RECORD_JSON},
    {".jsonl", RECORD_JSON_LINE},
};

void raw_record_free(raw_record *record) {
    buffer_free(&record->path);
    buffer_free(&record->bytes);
}

whosaid_status article_source_open(const char *const *paths, size_t count,
                                   const struct stat *exclude, article_source **out,
                                   whosaid_error *err) {
    *out = NULL;
    article_source *source = calloc(1, sizeof *source);
    if (!source) return error_no_memory(err);
    source->walk = folder_walk_new(paths, count);
    source->lines.chunk = malloc(LINE_CHUNK_BYTES);
    source->cancel[0] = source->cancel[1] = -1;
    if (pipe(source->cancel) != 0) {
        int cause = errno;
        article_source_close(source);
        return error_io(err, NULL, "cannot open a pipe", cause);
    }
    if (!source->walk || !source->lines.chunk) {
        article_source_close(source);
        return error_no_memory(err);
    }
    source->has_exclude = exclude != NULL;
    if (exclude) source->exclude = *exclude;
    *out = source;
    return WHOSAID_OK;
}

void article_source_close(article_source *source) {
    if (!source) return;
    byte_stream_close(source->lines.stream);
    buffer_free(&source->lines.path);
    free(source->lines.chunk);
    folder_walk_free(source->walk);
    for (int i = 0; i < 2; i++)
        if (source->cancel[i] >= 0) close(source->cancel[i]);
    free(source);
}

void article_source_cancel(article_source *source) {
    /* Should the pipe ever be full, then it is readable already. */
    ssize_t written = write(source->cancel[1], "", 1);
    (void)written;
}

static bool ends_with_ignoring_case(text_view text, text_view suffix) {
    return text.len >= suffix.len &&
           view_equal_ignoring_case(view_slice(text, text.len - suffix.len, text.len), suffix);
}

static bool type_of(text_view path, record_kind *kind, compression *packed) {
    *packed = COMPRESSION_NONE;
    if (ends_with_ignoring_case(path, VIEW(".gz"))) {
        *packed = COMPRESSION_GZIP;
        path.len -= 3;
    }
    for (size_t i = 0; i < sizeof file_types / sizeof *file_types; i++) {
        if (!ends_with_ignoring_case(path, view_of(file_types[i].suffix))) continue;
        *kind = file_types[i].kind;
        return true;
    }
    return false;
}

static bool set_path(buffer *to, const char *path) {
    to->len = 0;
    return buffer_append(to, path, strlen(path) + 1);
}

static source_event failed(whosaid_status status) {
    (void)status; /* the error says it all */
    return SOURCE_FAILED;
}

/* Cuts the next line, without its line end, from the open input. *found is false at the end. */
static whosaid_status cut_line(line_cutter *cutter, buffer *out, bool *found, whosaid_error *err) {
    *found = false;
    for (;;) {
        if (cutter->begin == cutter->end) {
            cutter->begin = 0;
            whosaid_status status = byte_stream_read(cutter->stream, cutter->chunk,
                                                     LINE_CHUNK_BYTES, &cutter->end, err);
            if (status != WHOSAID_OK) return status;
            if (cutter->end == 0) {
                *found = out->len > 0; /* a last line without its line end */
                return WHOSAID_OK;
            }
        }
        const char *from = cutter->chunk + cutter->begin;
        size_t left = cutter->end - cutter->begin;
        const char *newline = memchr(from, '\n', left);
        size_t len = newline ? (size_t)(newline - from) : left;
        if (out->len + len > ARTICLE_TEXT_MAX)
            return error_set(err, WHOSAID_LIMIT, cutter->path.data, cutter->line + 1,
                             "the line is longer than %zu MiB", ARTICLE_TEXT_MAX >> 20);
        if (!buffer_append(out, from, len)) return error_no_memory(err);
        cutter->begin += newline ? len + 1 : len;
        if (newline) {
            *found = true;
            return WHOSAID_OK;
        }
    }
}

static void close_lines(line_cutter *cutter) {
    byte_stream_close(cutter->stream);
    cutter->stream = NULL;
}

/* The next line that is not blank. SOURCE_END when the input is through. */
static source_event next_line(line_cutter *cutter, raw_record *record, whosaid_error *err) {
    for (;;) {
        buffer_reset(&record->bytes, RECORD_KEEP_BYTES);
        bool found;
        whosaid_status status = cut_line(cutter, &record->bytes, &found, err);
        if (status != WHOSAID_OK || !found) {
            close_lines(cutter);
            bool ended = status == WHOSAID_OK || status == WHOSAID_CANCELLED;
            return ended ? SOURCE_END : failed(status);
        }
        cutter->line++;
        if (view_trim(buffer_view(&record->bytes)).len == 0) continue;
        record->kind = RECORD_JSON_LINE;
        record->line = cutter->line;
        return set_path(&record->path, cutter->path.data) ? SOURCE_RECORD
                                                          : failed(error_no_memory(err));
    }
}

/* Takes over `stream`. SOURCE_END: go on with its lines. */
static source_event start_lines(line_cutter *cutter, byte_stream *stream, const char *path,
                                whosaid_error *err) {
    if (!set_path(&cutter->path, path)) {
        byte_stream_close(stream);
        return failed(error_no_memory(err));
    }
    cutter->stream = stream;
    cutter->line = 0;
    cutter->begin = cutter->end = 0;
    return SOURCE_END;
}

static bool is_excluded(const article_source *source, const byte_stream *stream) {
    const struct stat *info = byte_stream_stat(stream);
    return source->has_exclude && info->st_dev == source->exclude.st_dev &&
           info->st_ino == source->exclude.st_ino;
}

/* Reads a file as one record, or starts to cut it into lines (SOURCE_END: go on with those). */
static source_event open_file(article_source *source, const walk_file *file, raw_record *record,
                              whosaid_error *err) {
    bool is_stdin = file->named && strcmp(file->path, "-") == 0;
    record_kind kind = RECORD_JSON_LINE;
    compression packed = COMPRESSION_NONE;
    if (!is_stdin && !type_of(view_of(file->path), &kind, &packed)) {
        error_set(err, WHOSAID_IO, file->path, 0,
                  "%snot a known type (.txt .md .json .jsonl, each also with .gz)",
                  file->named ? "" : "skipped: ");
        return file->named ? SOURCE_FAILED : SOURCE_SKIPPED;
    }
    byte_stream *stream;
    const char *called = is_stdin ? "standard input" : file->path;
    whosaid_status status = byte_stream_open(is_stdin ? NULL : file->path, called, packed,
                                             source->cancel[0], &stream, err);
    if (status != WHOSAID_OK) return failed(status);
    if (is_excluded(source, stream)) {
        byte_stream_close(stream);
        error_set(err, WHOSAID_IO, file->path, 0, "skipped: the report is written to it");
        return SOURCE_SKIPPED;
    }
    if (kind == RECORD_JSON_LINE) return start_lines(&source->lines, stream, called, err);
    record->kind = kind;
    record->line = 0;
    buffer_reset(&record->bytes, RECORD_KEEP_BYTES);
    status = set_path(&record->path, called)
                 ? byte_stream_read_all(stream, &record->bytes, ARTICLE_TEXT_MAX, err)
                 : error_no_memory(err);
    byte_stream_close(stream);
    return status == WHOSAID_OK ? SOURCE_RECORD : failed(status);
}

source_event article_source_next(article_source *source, raw_record *record, whosaid_error *err) {
    for (;;) {
        if (source->lines.stream) {
            source_event event = next_line(&source->lines, record, err);
            if (event != SOURCE_END) return event;
        }
        walk_file file;
        switch (folder_walk_next(source->walk, &file, err)) {
        case WALK_END: return SOURCE_END;
        case WALK_SKIPPED: return SOURCE_SKIPPED;
        case WALK_FAILED: return SOURCE_FAILED;
        case WALK_FILE: break;
        }
        source_event event = open_file(source, &file, record, err);
        if (event != SOURCE_END) return event;
    }
}
