#include "corpus/corpus_reader.h"

#include "base/sorted.h"
#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

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

text_view corpus_article_path(const corpus *c, size_t index, size_t *line) {
    *line = c->records.items[index].line;
    return c->records.items[index].path;
}

const corpus_fault_list *corpus_faults(const corpus *c) {
    return &c->faults;
}

bool corpus_add_fault(corpus *c, text_view where, size_t line, text_view text) {
    corpus_fault fault = {arena_copy(c->arena, where), line, arena_copy(c->arena, text)};
    return fault.where.ptr && fault.text.ptr && array_push(c->arena, &c->faults, fault);
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
    if (!reader->options->collect_faults)
        return error_set(reader->err, code, reader->path, reader->line, "%s", text);
    if (corpus_add_fault(reader->corpus, view_of(reader->path), reader->line, view_of(text)))
        return WHOSAID_OK;
    return reader_no_memory(reader);
}

text_view reader_default_id(const corpus_reader *reader, size_t number) {
    const char *slash = strrchr(reader->path, '/');
    text_view file = view_of(slash ? slash + 1 : reader->path);
    if (view_ends_with(file, VIEW(".gz"))) file.len -= 3;
    size_t len = file.len;
    while (len > 1 && file.ptr[len - 1] != '.')
        len--;
    if (len > 1) file.len = len - 1;
    arena *a = reader->corpus->arena;
    if (number == 0) return arena_copy(a, file);
    return arena_format(a, "%.*s:%zu", (int)file.len, file.ptr, number);
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

whosaid_status reader_add(corpus_reader *reader, const annotated_article *a, json_t *json) {
    corpus *c = reader->corpus;
    corpus_record record = {*a, arena_copy(c->arena, view_of(reader->path)), reader->line, json};
    if (record.path.ptr && array_push(c->arena, &c->records, record)) return WHOSAID_OK;
    json_decref(json);
    return reader_no_memory(reader);
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
    return (uint32_t)SORTED_BELOW(a->tokens, a->token_count, bytes.end, byte + 1);
}

token_range tokens_of_span(const article *a, span bytes) {
    uint32_t first = first_token_ending_after(a, bytes.begin), end = first;
    while (end < a->token_count && a->tokens[end].bytes.begin < bytes.end)
        end++;
    return (token_range){first, end};
}
