/* From a corpus to a stream or a folder of files. */
#include "base/folder.h"
#include "corpus/corpus_writer.h"

#include "base/utf8.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

enum { STEM_BYTES_MAX = 200 };

typedef struct stream {
    corpus_piece_function *piece;
    void *context;
    buffer pending;
    whosaid_error *err;
} stream;

static whosaid_status hand_over(stream *s, const char *separator) {
    if (!buffer_append_view(&s->pending, view_of(separator))) return error_no_memory(s->err);
    whosaid_status status = s->piece(s->context, buffer_view(&s->pending), s->err);
    s->pending.len = 0;
    return status;
}

static whosaid_status write_stream(stream *s, const corpus *c, corpus_format format) {
    bool list = format == CORPUS_FORMAT_JSON && c->records.count != 1;
    whosaid_status status = WHOSAID_OK;
    if (format == CORPUS_FORMAT_CSV) status = write_csv_head(&s->pending, s->err);
    if (status == WHOSAID_OK) status = hand_over(s, list ? "[" : "");
    for (size_t i = 0; status == WHOSAID_OK && i < c->records.count; i++) {
        const corpus_record *record = &c->records.items[i];
        if (format == CORPUS_FORMAT_CSV)
            status = write_csv_article(record, &s->pending, s->err);
        else if (format == CORPUS_FORMAT_MARKED)
            status = write_marked_article(record, &s->pending, s->err);
        else
            status = write_json_article(record, &s->pending, s->err);
        bool last = i + 1 == c->records.count;
        const char *separator = format == CORPUS_FORMAT_JSONL || !list ? "\n" : last ? "" : ",\n";
        bool has_own_end = format == CORPUS_FORMAT_CSV || format == CORPUS_FORMAT_MARKED;
        if (status == WHOSAID_OK) status = hand_over(s, has_own_end ? "" : separator);
    }
    return status == WHOSAID_OK && list ? hand_over(s, "]\n") : status;
}

whosaid_status corpus_write(const corpus *c, corpus_format format, corpus_piece_function *piece,
                            void *context, whosaid_error *err) {
    if (format == CORPUS_FORMAT_BRAT || format == CORPUS_FORMAT_BY_SUFFIX)
        return error_set(err, WHOSAID_USAGE, NULL, 0, "brat is written as a folder of files");
    if (format == CORPUS_FORMAT_MARKED && c->records.count != 1)
        return error_set(err, WHOSAID_USAGE, NULL, 0,
                         "markup of several articles is written as a folder of files");
    stream s = {.piece = piece, .context = context, .err = err};
    whosaid_status status = write_stream(&s, c, format);
    buffer_free(&s.pending);
    return status;
}

/* --- folders --- */

/* Writes beside `path` and renames: readers see the old file or the whole new one. */
static whosaid_status write_file(arena *scratch, const char *path, text_view content,
                                 whosaid_error *err) {
    text_view temporary = arena_format(scratch, "%s.part", path);
    if (!temporary.ptr) return error_no_memory(err);
    FILE *out = fopen(temporary.ptr, "wb");
    if (!out) return error_io(err, temporary.ptr, "cannot write", errno);
    bool ok = content.len == 0 || fwrite(content.ptr, 1, content.len, out) == content.len;
    int cause = errno;
    if (fclose(out) != 0) {
        cause = ok ? errno : cause;
        ok = false;
    }
    if (ok && rename(temporary.ptr, path) != 0) {
        cause = errno;
        ok = false;
    }
    if (!ok) remove(temporary.ptr);
    return ok ? WHOSAID_OK : error_io(err, path, "cannot write", cause);
}

/* An article's id as the name of a file: what cannot stand in one is replaced, and "~", which
 * numbers the files of one name: the second "a" must not meet an article called "a~2". */
static text_view file_stem(const corpus *c, size_t index, arena *scratch) {
    text_view id = c->records.items[index].article.id;
    if (id.len == 0) return arena_format(scratch, "article-%zu", index + 1);
    size_t len = id.len < STEM_BYTES_MAX ? id.len : STEM_BYTES_MAX;
    while (len < id.len && len > 1 && !utf8_is_boundary((unsigned char)id.ptr[len]))
        len--;
    text_view stem = arena_copy(scratch, view_slice(id, 0, len));
    if (!stem.ptr) return stem;
    char *letters = (char *)stem.ptr; /* ours: just copied */
    for (size_t i = 0; i < stem.len; i++) {
        unsigned char ch = (unsigned char)letters[i];
        if (ch <= ' ' || ch == '/' || ch == '\\' || ch == '~' || ch == 0x7F ||
            (i == 0 && ch == '.'))
            letters[i] = '_';
    }
    return stem;
}

typedef struct named_record {
    text_view stem;
    size_t index;
} named_record;

static int compare_names(const void *a, const void *b) {
    const named_record *x = a, *y = b;
    int order = view_compare(x->stem, y->stem);
    return order != 0 ? order : (x->index > y->index) - (x->index < y->index);
}

/* The file of each article, without suffix and in the order of the names: the second of one name
 * is NAME~2. NULL when memory is out. */
static named_record *name_files(const corpus *c, arena *scratch) {
    size_t count = c->records.count;
    named_record *names = ARENA_NEW(scratch, named_record, count);
    if (!names) return NULL;
    for (size_t i = 0; i < count; i++) {
        names[i] = (named_record){file_stem(c, i, scratch), i};
        if (!names[i].stem.ptr) return NULL;
    }
    if (count > 1) qsort(names, count, sizeof *names, compare_names);
    for (size_t i = 0, first = 0; i < count; i++) {
        if (!view_equal(names[i].stem, names[first].stem)) first = i;
        if (first == i) continue;
        names[i].stem = arena_format(scratch, "%s~%zu", names[first].stem.ptr, i - first + 1);
        if (!names[i].stem.ptr) return NULL;
    }
    return names;
}

static whosaid_status write_pair(const corpus_record *record, corpus_format format,
                                 const char *folder, text_view stem, arena *scratch,
                                 buffer *content, whosaid_error *err) {
    content->len = 0;
    bool brat = format == CORPUS_FORMAT_BRAT;
    whosaid_status status = brat ? write_brat_article(record, content, err)
                                 : write_marked_article(record, content, err);
    if (status != WHOSAID_OK) return status;
    text_view path = arena_format(scratch, "%s/%s%s", folder, stem.ptr, brat ? ".ann" : ".marked");
    text_view text_path = arena_format(scratch, "%s/%s.txt", folder, stem.ptr);
    if (!path.ptr || !text_path.ptr) return error_no_memory(err);
    if (brat) status = write_file(scratch, text_path.ptr, record->article.text, err);
    return status == WHOSAID_OK ? write_file(scratch, path.ptr, buffer_view(content), err) : status;
}

static whosaid_status write_files(corpus *c, corpus_format format, const char *folder,
                                  arena *scratch, buffer *content, whosaid_error *err) {
    named_record *names = name_files(c, scratch);
    if (!names) return error_no_memory(err);
    whosaid_status status = WHOSAID_OK;
    for (size_t i = 0; status == WHOSAID_OK && i < c->records.count; i++) {
        whosaid_error cause = {0};
        status = write_pair(&c->records.items[names[i].index], format, folder, names[i].stem,
                            scratch, content, &cause);
        if (status == WHOSAID_SYNTAX)
            status = corpus_add_fault(c, view_of(cause.where), 0, view_of(cause.text))
                         ? WHOSAID_OK
                         : error_no_memory(err);
        else if (status != WHOSAID_OK)
            error_set(err, status, cause.where, cause.line, "%s", cause.text);
    }
    return status;
}

whosaid_status corpus_write_folder(corpus *c, corpus_format format, const char *folder,
                                   whosaid_error *err) {
    if (format != CORPUS_FORMAT_MARKED && format != CORPUS_FORMAT_BRAT)
        return error_set(err, WHOSAID_USAGE, folder, 0, "this format is written as one file");
    whosaid_status status = folder_make(folder, err);
    if (status != WHOSAID_OK) return status;
    arena *scratch = arena_new();
    if (!scratch) return error_no_memory(err);
    buffer content = {0};
    status = write_files(c, format, folder, scratch, &content, err);
    buffer_free(&content);
    arena_free(scratch);
    return status;
}
