/* The corpus file of a desk: locked, read once, and written as a whole with every change. */
#include "annotate/desk.h"
#include "base/buffer.h"
#include "base/error.h"
#include "base/json_text.h"
#include "base/plain_file.h"
#include "corpus/convert.h"
#include "read/metadata.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static whosaid_status take_lock(desk *d, whosaid_error *err) {
    text_view path = arena_format(d->memory, "%s.lock", d->corpus);
    if (!path.ptr) return error_no_memory(err);
    d->lock_file = open(path.ptr, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (d->lock_file < 0) return error_io(err, path.ptr, "cannot write", errno);
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    struct stat info;
    /* A file without a name is one that the other process has removed since we opened it. */
    if (fcntl(d->lock_file, F_SETLK, &whole) == 0 && fstat(d->lock_file, &info) == 0 &&
        info.st_nlink > 0)
        return WHOSAID_OK;
    close(d->lock_file);
    d->lock_file = -1;
    return error_set(err, WHOSAID_USAGE, d->corpus, 0, "is being annotated by another process");
}

void desk_file_close(desk *d) {
    if (d->lock_file < 0) return;
    text_view path = arena_format(d->memory, "%s.lock", d->corpus);
    if (path.ptr) unlink(path.ptr);
    close(d->lock_file);
    d->lock_file = -1;
}

static desk_article *article_with_id(desk *d, text_view id) {
    for (size_t i = 0; i < d->articles.count; i++)
        if (view_equal(d->articles.items[i].id, id)) return &d->articles.items[i];
    return NULL;
}

/* The corpus's own form of an article counts: its offsets refer to its text. Takes over json. */
static whosaid_status add_saved(desk *d, text_view id, json_t *json, whosaid_error *err) {
    text_view text = arena_copy(d->memory, string_of(json, "text"));
    desk_article *known = article_with_id(d, id);
    desk_article made = {.id = arena_copy(d->memory, id),
                         .title = arena_copy(d->memory, string_of(json, "title")),
                         .date = arena_copy(d->memory, string_of(json, "date")),
                         .outlet = arena_copy(d->memory, string_of(json, "outlet")),
                         .text = text,
                         .version = 1,
                         .saved = json};
    bool ok = made.id.ptr && made.title.ptr && made.date.ptr && made.outlet.ptr && text.ptr;
    if (!ok) {
        json_decref(json);
        return error_no_memory(err);
    }
    made.body = (span){(uint32_t)dateline_length(text), (uint32_t)text.len};
    if (known && view_equal(known->text, text)) made.body = known->body;
    if (known) {
        json_decref(known->saved);
        *known = made;
        return WHOSAID_OK;
    }
    if (array_push(d->memory, &d->articles, made)) return WHOSAID_OK;
    json_decref(json);
    return error_no_memory(err);
}

static whosaid_status read_lines(desk *d, const corpus *checked, FILE *file, whosaid_error *err) {
    char *line = NULL;
    size_t capacity = 0, next = 0;
    ssize_t len;
    whosaid_status status = WHOSAID_OK;
    while (status == WHOSAID_OK && (len = getline(&line, &capacity, file)) >= 0) {
        if (view_trim((text_view){line, (size_t)len}).len == 0) continue;
        json_t *json = json_loadb(line, (size_t)len, 0, NULL);
        if (json && next < corpus_size(checked))
            status = add_saved(d, corpus_article(checked, next++)->id, json, err);
        else
            status =
                error_set(err, WHOSAID_SYNTAX, d->corpus, next + 1, "changed while it was read");
    }
    free(line);
    return status;
}

whosaid_status desk_file_open(desk *d, whosaid_error *err) {
    whosaid_status status = take_lock(d, err);
    if (status != WHOSAID_OK || (access(d->corpus, F_OK) != 0 && errno == ENOENT)) return status;
    const corpus_open_options options = {.format = CORPUS_FORMAT_JSONL};
    corpus *checked = NULL;
    FILE *file = NULL;
    struct stat info;
    status = plain_file_open(d->corpus, "cannot read", &file, &info, err);
    if (status != WHOSAID_OK) return status;
    bool is_empty = info.st_size == 0;
    if (!is_empty) status = corpus_open(&d->corpus, 1, &options, &checked, err);
    if (status == WHOSAID_OK && !is_empty) status = read_lines(d, checked, file, err);
    fclose(file);
    corpus_free(checked);
    return status;
}

static bool render(const desk *d, buffer *out) {
    bool ok = true;
    for (size_t i = 0; ok && i < d->articles.count; i++) {
        const json_t *saved = d->articles.items[i].saved;
        if (saved) ok = json_text_append(saved, JSON_COMPACT, out) && buffer_append(out, "\n", 1);
    }
    return ok;
}

static bool write_all(int descriptor, text_view bytes) {
    for (size_t at = 0; at < bytes.len;) {
        ssize_t written = write(descriptor, bytes.ptr + at, bytes.len - at);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        at += (size_t)written;
    }
    return true;
}

static whosaid_status replace(const char *path, const char *beside, text_view content,
                              whosaid_error *err) {
    int descriptor = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (descriptor < 0) return error_io(err, beside, "cannot write", errno);
    bool ok = write_all(descriptor, content) && fsync(descriptor) == 0;
    int cause = errno;
    if (close(descriptor) != 0 && ok) {
        ok = false;
        cause = errno;
    }
    if (ok && rename(beside, path) == 0) return WHOSAID_OK;
    if (ok) cause = errno;
    unlink(beside);
    return error_io(err, path, "cannot write", cause);
}

whosaid_status desk_file_write(const desk *d, whosaid_error *err) {
    arena *scratch = arena_new();
    text_view beside = scratch ? arena_format(scratch, "%s.new", d->corpus) : (text_view){0};
    buffer content = {0};
    whosaid_status status = beside.ptr && render(d, &content)
                                ? replace(d->corpus, beside.ptr, buffer_view(&content), err)
                                : error_no_memory(err);
    buffer_free(&content);
    arena_free(scratch);
    return status;
}
