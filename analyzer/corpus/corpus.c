#include "corpus/corpus_files.h"
#include "corpus/corpus_reader.h"

#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static const struct {
    text_view suffix;
    whosaid_status (*read)(corpus_reader *reader, text_view content);
} formats[] = {
    {{".jsonl", 6}, read_json_lines}, {{".jsonl.gz", 9}, read_json_lines},
    {{".json", 5}, read_json},        {{".json.gz", 8}, read_json},
    {{".marked", 7}, read_marked},
};

enum { FORMAT_COUNT = sizeof formats / sizeof *formats };

/* Index into formats, or FORMAT_COUNT. */
static size_t format_of(text_view file_name) {
    size_t i = 0;
    while (i < FORMAT_COUNT && !view_ends_with(file_name, formats[i].suffix))
        i++;
    return i;
}

static bool has_format(text_view file_name) {
    return format_of(file_name) < FORMAT_COUNT;
}

corpus *corpus_new(void) {
    corpus *c = calloc(1, sizeof *c);
    if (!c) return NULL;
    c->arena = arena_new();
    if (c->arena) return c;
    free(c);
    return NULL;
}

void corpus_free(corpus *c) {
    if (!c) return;
    for (size_t i = 0; i < c->records.count; i++)
        json_decref(c->records.items[i].json);
    arena_free(c->arena);
    free(c);
}

size_t corpus_size(const corpus *c) {
    return c->records.count;
}

const annotated_article *corpus_article(const corpus *c, size_t index) {
    return &c->records.items[index].article;
}

whosaid_status reader_no_memory(corpus_reader *reader) {
    return error_no_memory(reader->err);
}

int excerpt_len(text_view text) {
    size_t len = text.len < 40 ? text.len : 40;
    while (len < text.len && len > 0 && !utf8_is_boundary((unsigned char)text.ptr[len]))
        len--;
    return (int)len;
}

text_view reader_default_id(const corpus_reader *reader, size_t number) {
    const char *slash = strrchr(reader->path, '/');
    text_view file_name = view_of(slash ? slash + 1 : reader->path);
    size_t format = format_of(file_name);
    if (format < FORMAT_COUNT) file_name.len -= formats[format].suffix.len;
    arena *a = reader->corpus->arena;
    if (number == 0) return arena_copy(a, file_name);
    return arena_format(a, "%.*s:%zu", (int)file_name.len, file_name.ptr, number);
}

text_view reader_fold(const corpus_reader *reader, text_view text) {
    text = view_trim(text);
    text_view copy = arena_copy(reader->corpus->arena, text);
    if (!copy.ptr) return copy;
    char *out = (char *)copy.ptr; /* ours: just copied */
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        bool blank = ascii_is_space((unsigned char)text.ptr[i]);
        if (!blank || !ascii_is_space((unsigned char)text.ptr[i - 1]))
            out[len++] = blank ? ' ' : text.ptr[i];
    }
    return (text_view){copy.ptr, len};
}

whosaid_status reader_fault(corpus_reader *reader, whosaid_status code, const char *format, ...) {
    char words[200], text[256];
    va_list args;
    va_start(args, format);
    vsnprintf(words, sizeof words, format, args);
    va_end(args);
    if (reader->quote.len > 0)
        snprintf(text, sizeof text, "quote %.*s: %s", EXCERPT(reader->quote), words);
    else
        snprintf(text, sizeof text, "%s", words);
    if (!reader->faults)
        return error_set(reader->err, code, reader->path, reader->line, "%s", text);
    arena *a = reader->corpus->arena;
    text_view path = arena_copy(a, view_of(reader->path)), copy = arena_copy(a, view_of(text));
    if (!path.ptr || !copy.ptr ||
        !array_push(a, reader->faults, (corpus_fault){path, reader->line, copy}))
        return reader_no_memory(reader);
    return WHOSAID_OK;
}

whosaid_status reader_add(corpus_reader *reader, const annotated_article *a, json_t *json) {
    corpus *c = reader->corpus;
    corpus_record record = {*a, arena_copy(c->arena, view_of(reader->path)), reader->line, json};
    if (record.path.ptr && array_push(c->arena, &c->records, record)) return WHOSAID_OK;
    json_decref(json);
    return reader_no_memory(reader);
}

static whosaid_status read_file(corpus_reader *reader, corpus_file file) {
    reader->path = file.path;
    reader->line = 0;
    reader->quote = (text_view){NULL, 0};
    reader->from_folder = file.from_folder;
    size_t format = format_of(view_of(file.path));
    if (format == FORMAT_COUNT)
        return reader_fault(reader, WHOSAID_SYNTAX,
                            "not a corpus file: .jsonl, .json (also .gz) or .marked is expected");
    text_view content;
    whosaid_status status = corpus_file_read(file.path, &content, reader->err);
    if (status != WHOSAID_OK) return status;
    status = formats[format].read(reader, content);
    free((void *)content.ptr);
    return status;
}

whosaid_status reader_read_paths(corpus_reader *reader, const char *const *paths,
                                 size_t path_count) {
    corpus_file_list files = {0};
    whosaid_status status = WHOSAID_OK;
    for (size_t i = 0; status == WHOSAID_OK && i < path_count; i++)
        status =
            corpus_files_find(reader->corpus->arena, paths[i], has_format, &files, reader->err);
    for (size_t i = 0; status == WHOSAID_OK && i < files.count; i++)
        status = read_file(reader, files.items[i]);
    return status;
}

whosaid_status corpus_load(const char *const *paths, size_t path_count, corpus **out,
                           whosaid_error *err) {
    *out = NULL;
    corpus_reader reader = {.corpus = corpus_new(), .err = err};
    if (!reader.corpus) return error_no_memory(err);
    whosaid_status status = reader_read_paths(&reader, paths, path_count);
    if (status == WHOSAID_OK)
        *out = reader.corpus;
    else
        corpus_free(reader.corpus);
    return status;
}

article annotated_article_start(const annotated_article *source, arena *memory) {
    return (article){.arena = memory,
                     .id = source->id,
                     .date = source->date,
                     .outlet = source->outlet,
                     .title = source->title,
                     .text = source->text,
                     .body = {0, (uint32_t)source->text.len}};
}

/* The first token that ends behind `byte`. */
static uint32_t first_token_ending_after(const article *a, uint32_t byte) {
    size_t low = 0, high = a->token_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (a->tokens[middle].bytes.end > byte)
            high = middle;
        else
            low = middle + 1;
    }
    return (uint32_t)low;
}

token_range tokens_of_span(const article *a, span bytes) {
    uint32_t first = first_token_ending_after(a, bytes.begin), end = first;
    while (end < a->token_count && a->tokens[end].bytes.begin < bytes.end)
        end++;
    return (token_range){first, end};
}
