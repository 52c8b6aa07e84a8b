/* The inline markup (.marked), as corpus/README.md describes it: braces in the text become spans,
 * label lines become quotes. One pass over the file, then a sort of the spans. */
#define _XOPEN_SOURCE 700 /* realpath */

#include "corpus/quote_builder.h"

#include "base/utf8.h"

#include <errno.h>
#include <stdlib.h>

/* The letters of span_role. */
static const char roles[] = "cksrm";

/* An opened brace: its spans are those of the builder from first_span to span_end. */
typedef struct open_brace {
    size_t first_span, span_end;
    size_t line;
} open_brace;

typedef struct markup {
    corpus_reader *reader;
    char *text; /* [length of the file] in the corpus's arena */
    uint32_t len;
    annotated_article article;
    quote_builder builder;
    ARRAY(open_brace) open;
} markup;

#define FAULT(m, ...) BUILDER_FAULT(&(m)->builder, __VA_ARGS__)

static text_view copy(markup *m, text_view text) {
    return arena_copy(m->reader->corpus->arena, text);
}

/* --- head --- */

static whosaid_status read_head_line(markup *m, text_view line) {
    static const char *const keys[] = {"title", "date", "outlet", "note", "id", "target"};
    annotated_article *a = &m->article;
    text_view *const values[] = {&a->title, &a->date, &a->outlet, &a->note, &a->id, &a->target};
    const char *colon = memchr(line.ptr, ':', line.len);
    if (!colon) return FAULT(m, "\"%.*s\" is not a head line \"key: value\"", EXCERPT(line));
    size_t key_len = (size_t)(colon - line.ptr);
    text_view key = view_slice(line, 0, key_len), value = view_slice(line, key_len + 1, line.len);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (!view_is(key, keys[i])) continue;
        if (values[i]->len > 0) return FAULT(m, "\"%s\" stands twice in the head", keys[i]);
        *values[i] = copy(m, view_trim(value));
        return values[i]->ptr ? WHOSAID_OK : reader_no_memory(m->reader);
    }
    return FAULT(m, "unknown head line \"%.*s\"", EXCERPT(key));
}

/* Cuts the last component off an absolute path and returns it. */
static text_view take_last_component(text_view *path) {
    size_t begin = path->len;
    while (begin > 0 && path->ptr[begin - 1] != '/')
        begin--;
    text_view last = view_slice(*path, begin, path->len);
    path->len = begin > 0 ? begin - 1 : 0;
    return last;
}

/* The folder that names the target: the file's, or the one above a folder "articles". */
static whosaid_status default_target(markup *m) {
    char *full = realpath(m->reader->path, NULL); /* NULL for standard input, which has no folder */
    if (!full && errno == ENOMEM) return reader_no_memory(m->reader);
    text_view path = view_of(full);
    take_last_component(&path);
    text_view folder = take_last_component(&path);
    if (view_is(folder, "articles")) folder = take_last_component(&path);
    m->article.target = copy(m, folder);
    free(full);
    return m->article.target.ptr ? WHOSAID_OK : reader_no_memory(m->reader);
}

/* --- label lines --- */

/* Reads the digits at the beginning of *text and takes them off. False when there is no number
 * from 1 to 999999. */
static bool take_number(text_view *text, uint32_t *number) {
    size_t i = 0;
    *number = 0;
    for (; i < text->len && i < 6 && ascii_is_digit((unsigned char)text->ptr[i]); i++)
        *number = *number * 10 + (uint32_t)(text->ptr[i] - '0');
    *text = view_slice(*text, i, text->len);
    return *number > 0;
}

/* line: from its "@" on, and a digit behind. */
static whosaid_status read_label_line(markup *m, text_view line) {
    text_view rest = view_slice(line, 1, line.len);
    uint32_t number;
    if (!take_number(&rest, &number) ||
        (rest.len > 0 && !ascii_is_space((unsigned char)rest.ptr[0])))
        return FAULT(m, "\"%.*s\" does not begin with @NUMBER and a blank", EXCERPT(line));
    return quote_builder_add_quote(&m->builder, number, &markup_defaults, rest);
}

/* --- text --- */

/* Reads "{" role numbers " " at the beginning of *rest and takes it off. */
static whosaid_status open_span(markup *m, text_view *rest) {
    text_view at = view_slice(*rest, 1, rest->len), all = *rest;
    *rest = at;
    open_brace brace = {.first_span = m->builder.spans.count, .line = m->reader->line};
    const char *letter = at.len > 0 ? memchr(roles, at.ptr[0], sizeof roles - 1) : NULL;
    bool good = letter != NULL;
    while (good) {
        at = view_slice(at, 1, at.len); /* the role's letter, then commas */
        numbered_span s = {.role = (span_role)(letter - roles),
                           .bytes = {m->len, m->len},
                           .line = m->reader->line};
        good = take_number(&at, &s.number);
        whosaid_status status = good ? quote_builder_add_span(&m->builder, s) : WHOSAID_OK;
        if (status != WHOSAID_OK) return status;
        if (at.len == 0 || at.ptr[0] != ',') break;
    }
    if (!good || at.len == 0 || at.ptr[0] != ' ')
        return FAULT(m, "\"%.*s\" is not \"{\", c, k, s, r or m, numbers, and a blank",
                     EXCERPT(all));
    *rest = view_slice(at, 1, at.len);
    brace.span_end = m->builder.spans.count;
    if (!array_push(m->builder.scratch, &m->open, brace)) return reader_no_memory(m->reader);
    return WHOSAID_OK;
}

static whosaid_status close_span(markup *m) {
    if (m->open.count == 0) return FAULT(m, "\"}\" closes nothing");
    open_brace brace = m->open.items[--m->open.count];
    uint32_t begin = m->builder.spans.items[brace.first_span].bytes.begin;
    for (size_t i = brace.first_span; i < brace.span_end; i++)
        m->builder.spans.items[i].bytes.end = m->len;
    text_view inside = {m->text + begin, m->len - begin};
    if (inside.len > 0 && view_trim(inside).len == inside.len) return WHOSAID_OK;
    return FAULT(m, "the span \"%.*s\" is empty or begins or ends with a blank", EXCERPT(inside));
}

static whosaid_status read_text_line(markup *m, text_view line) {
    whosaid_status status = WHOSAID_OK;
    while (status == WHOSAID_OK && line.len > 0) {
        if (line.ptr[0] == '{') {
            status = open_span(m, &line);
            continue;
        }
        if (line.ptr[0] == '}')
            status = close_span(m);
        else
            m->text[m->len++] = line.ptr[0];
        line = view_slice(line, 1, line.len);
    }
    return status;
}

/* --- the file --- */

/* Takes the first line off *rest, without its line break. */
static text_view take_line(markup *m, text_view *rest) {
    const char *newline = memchr(rest->ptr, '\n', rest->len);
    size_t end = newline ? (size_t)(newline - rest->ptr) : rest->len;
    text_view line = view_slice(*rest, 0, end);
    *rest = newline ? view_slice(*rest, end + 1, rest->len) : VIEW("");
    m->reader->line++;
    return line;
}

static whosaid_status read_head(markup *m, text_view *rest) {
    whosaid_status status = WHOSAID_OK;
    while (status == WHOSAID_OK && rest->len > 0) {
        text_view line = view_trim(take_line(m, rest));
        if (line.len == 0) break;
        status = read_head_line(m, line);
    }
    if (status == WHOSAID_OK && m->article.id.len == 0) {
        m->article.id = reader_default_id(m->reader, 0);
        if (!m->article.id.ptr) return reader_no_memory(m->reader);
    }
    if (status == WHOSAID_OK && m->article.target.len == 0) status = default_target(m);
    return status;
}

static whosaid_status read_body(markup *m, text_view rest) {
    whosaid_status status = WHOSAID_OK;
    bool first = true;
    while (status == WHOSAID_OK && rest.len > 0) {
        text_view line = take_line(m, &rest);
        if (line.len > 1 && line.ptr[0] == '@' && ascii_is_digit((unsigned char)line.ptr[1])) {
            status = read_label_line(m, line);
            continue;
        }
        if (!first) m->text[m->len++] = '\n';
        first = false;
        status = read_text_line(m, line);
    }
    if (status == WHOSAID_OK && m->open.count > 0) {
        m->reader->line = m->open.items[m->open.count - 1].line;
        status = FAULT(m, "a span that opens here is never closed");
    }
    return status;
}

static whosaid_status read_whole(markup *m, text_view content) {
    size_t invalid = utf8_first_no_text(content);
    if (invalid < content.len)
        return reader_fault(m->reader, WHOSAID_NOT_TEXT, "byte %zu is not UTF-8 text", invalid);
    if (content.len > ARTICLE_TEXT_MAX)
        return reader_fault(m->reader, WHOSAID_LIMIT, "longer than %zu bytes", ARTICLE_TEXT_MAX);
    m->text = arena_alloc_raw(m->reader->corpus->arena, content.len + 1, 1);
    if (!m->text) return reader_no_memory(m->reader);
    whosaid_status status = read_head(m, &content);
    m->builder.target = m->article.target;
    if (status == WHOSAID_OK) status = read_body(m, content);
    while (m->len > 0 && ascii_is_space((unsigned char)m->text[m->len - 1]))
        m->len--;
    m->article.text = (text_view){m->text, m->len};
    if (status == WHOSAID_OK) status = quote_builder_finish(&m->builder, &m->article);
    if (status != WHOSAID_OK || m->builder.faulty) return status;
    m->reader->line = 0;
    if (m->len == 0) return reader_fault(m->reader, WHOSAID_SYNTAX, "there is no text");
    return reader_add(m->reader, &m->article, NULL);
}

whosaid_status read_marked(corpus_reader *reader, text_view content) {
    arena *scratch = arena_new();
    if (!scratch) return reader_no_memory(reader);
    markup m = {.reader = reader, .builder = {.reader = reader, .scratch = scratch}};
    whosaid_status status = read_whole(&m, content);
    arena_free(scratch);
    return status;
}
