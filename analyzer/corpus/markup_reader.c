/* The inline markup (.marked), as corpus/README.md describes it: braces in the text become spans,
 * label lines become quotes. One pass over the file, then a sort of the spans. */
#define _XOPEN_SOURCE 700 /* realpath */

#include "corpus/corpus_reader.h"

#include "base/utf8.h"

#include <stdlib.h>

/* The order is the order in which a quote's spans are sorted. */
static const char roles[] = "cksrm";
typedef enum role { ROLE_CONTENT, ROLE_CUE, ROLE_SOURCE, ROLE_REASON, ROLE_MENTION } role;

typedef struct marked_span {
    uint32_t number;
    role role;
    span bytes;
    size_t line; /* where its brace opens */
} marked_span;

typedef struct label {
    uint32_t number;
    size_t line;
    annotated_quote quote; /* all but the spans */
    text_view stance;      /* toward the article's target; empty when there is none */
} label;

/* An opened brace: its spans are those of `spans` from first_span on, not yet ended. */
typedef struct open_brace {
    size_t first_span, span_end;
    size_t line;
} open_brace;

typedef struct markup {
    corpus_reader *reader;
    arena *scratch;
    char *text; /* [length of the file] in the corpus's arena */
    uint32_t len;
    bool faulty;
    annotated_article article;
    ARRAY(marked_span) spans;
    ARRAY(open_brace) open;
    ARRAY(label) labels;
    ARRAY(annotated_stance) stances; /* of the label line being read */
} markup;

#define FAULT(m, ...) ((m)->faulty = true, reader_fault((m)->reader, WHOSAID_SYNTAX, __VA_ARGS__))

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
    char *full = realpath(m->reader->path, NULL);
    text_view path = view_of(full);
    take_last_component(&path);
    text_view folder = take_last_component(&path);
    if (view_is(folder, "articles")) folder = take_last_component(&path);
    m->article.target = copy(m, folder);
    free(full);
    return m->article.target.ptr ? WHOSAID_OK : reader_no_memory(m->reader);
}

/* --- label lines --- */

static whosaid_status label_speaker(markup *m, annotated_quote *quote, text_view value) {
    (void)m;
    quote->has_speaker = true;
    quote->speaker_name = value;
    return WHOSAID_OK;
}

static whosaid_status label_role(markup *m, annotated_quote *quote, text_view value) {
    (void)m;
    quote->speaker_role = value;
    return WHOSAID_OK;
}

static whosaid_status label_grade(markup *m, annotated_quote *quote, text_view value) {
    quote->has_anonymity = !view_is(value, "-");
    if (!quote->has_anonymity || anonymity_grade_parse(value, &quote->grade)) return WHOSAID_OK;
    return FAULT(m, "unknown grade \"%.*s\"", EXCERPT(value));
}

static whosaid_status label_kind(markup *m, annotated_quote *quote, text_view value) {
    quote->has_kind = !view_is(value, "-");
    if (!quote->has_kind || statement_kind_parse(value, &quote->kind)) return WHOSAID_OK;
    return FAULT(m, "unknown kind \"%.*s\"", EXCERPT(value));
}

static whosaid_status label_doubtful(markup *m, annotated_quote *quote, text_view value) {
    quote->doubtful = view_is(value, "yes");
    if (quote->doubtful || view_is(value, "no")) return WHOSAID_OK;
    return FAULT(m, "doubtful is neither yes nor no");
}

static whosaid_status label_id(markup *m, annotated_quote *quote, text_view value) {
    (void)m;
    quote->id = value;
    return WHOSAID_OK;
}

static whosaid_status label_reason(markup *m, annotated_quote *quote, text_view value) {
    (void)m;
    quote->reason = value;
    return WHOSAID_OK;
}

/* "stance" is toward the article's target, "stance NAME" toward another. */
static whosaid_status label_stance(markup *m, text_view target, text_view value) {
    annotated_stance stance_toward = {.target = target, .label = value};
    if (!array_push(m->scratch, &m->stances, stance_toward)) return reader_no_memory(m->reader);
    return WHOSAID_OK;
}

static const struct {
    const char *key;
    whosaid_status (*read)(markup *m, annotated_quote *quote, text_view value);
} label_parts[] = {
    {"speaker", label_speaker}, {"role", label_role},         {"grade", label_grade},
    {"kind", label_kind},       {"doubtful", label_doubtful}, {"id", label_id},
    {"reason", label_reason},
};

static whosaid_status read_label_part(markup *m, annotated_quote *quote, text_view part) {
    const char *equals = memchr(part.ptr, '=', part.len);
    size_t key_len = equals ? (size_t)(equals - part.ptr) : 0;
    text_view key = view_trim(view_slice(part, 0, key_len));
    text_view value = equals ? view_trim(view_slice(part, key_len + 1, part.len)) : VIEW("");
    if (value.len == 0) return FAULT(m, "\"%.*s\" is not \"key=value\"", EXCERPT(part));
    value = copy(m, value);
    if (!value.ptr) return reader_no_memory(m->reader);
    if (view_is(key, "stance")) return label_stance(m, m->article.target, value);
    if (view_starts_with(key, VIEW("stance "))) {
        text_view target = copy(m, view_slice(key, sizeof "stance", key.len));
        return target.ptr ? label_stance(m, target, value) : reader_no_memory(m->reader);
    }
    for (size_t i = 0; i < sizeof label_parts / sizeof *label_parts; i++)
        if (view_is(key, label_parts[i].key)) return label_parts[i].read(m, quote, value);
    return FAULT(m, "unknown label \"%.*s\"", EXCERPT(key));
}

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

static whosaid_status add_label(markup *m, label *l) {
    arena *a = m->reader->corpus->arena;
    l->quote.stance_count = m->stances.count;
    l->quote.stances = ARENA_NEW(a, annotated_stance, m->stances.count);
    if (l->quote.id.len == 0) l->quote.id = arena_format(a, "q%u", (unsigned)l->number);
    if (!l->quote.stances || !l->quote.id.ptr) return reader_no_memory(m->reader);
    if (m->stances.count > 0)
        memcpy(l->quote.stances, m->stances.items, m->stances.count * sizeof *m->stances.items);
    if (!array_push(m->scratch, &m->labels, *l)) return reader_no_memory(m->reader);
    return WHOSAID_OK;
}

/* line: from its "@" on, and a digit behind. */
static whosaid_status read_label_line(markup *m, text_view line) {
    label l = {.line = m->reader->line,
               .quote = {.has_anonymity = true,
                         .grade = ANONYMITY_NAMED,
                         .has_kind = true,
                         .kind = KIND_SPEECH}};
    text_view rest = view_slice(line, 1, line.len);
    if (!take_number(&rest, &l.number) || (rest.len > 0 && rest.ptr[0] != ' '))
        return FAULT(m, "\"%.*s\" does not begin with @NUMBER and a blank", EXCERPT(line));
    m->stances.count = 0;
    rest = view_trim(rest);
    whosaid_status status = WHOSAID_OK;
    while (status == WHOSAID_OK && rest.len > 0) {
        size_t end = 0;
        while (end < rest.len && !view_starts_with(view_slice(rest, end, rest.len), VIEW(" | ")))
            end++;
        status = read_label_part(m, &l.quote, view_slice(rest, 0, end));
        rest = end < rest.len ? view_slice(rest, end + 3, rest.len) : VIEW("");
    }
    return status == WHOSAID_OK ? add_label(m, &l) : status;
}

/* --- text --- */

/* Reads "{" role numbers " " at the beginning of *rest and takes it off. */
static whosaid_status open_span(markup *m, text_view *rest) {
    text_view at = view_slice(*rest, 1, rest->len), all = *rest;
    *rest = at;
    open_brace brace = {.first_span = m->spans.count, .line = m->reader->line};
    const char *letter = at.len > 0 ? memchr(roles, at.ptr[0], sizeof roles - 1) : NULL;
    bool good = letter != NULL;
    while (good) {
        at = view_slice(at, 1, at.len); /* the role's letter, then commas */
        marked_span s = {
            .role = (role)(letter - roles), .bytes = {m->len, m->len}, .line = m->reader->line};
        good = take_number(&at, &s.number);
        if (good && !array_push(m->scratch, &m->spans, s)) return reader_no_memory(m->reader);
        if (at.len == 0 || at.ptr[0] != ',') break;
    }
    if (!good || at.len == 0 || at.ptr[0] != ' ')
        return FAULT(m, "\"%.*s\" is not \"{\", c, k, s, r or m, numbers, and a blank",
                     EXCERPT(all));
    *rest = view_slice(at, 1, at.len);
    brace.span_end = m->spans.count;
    if (!array_push(m->scratch, &m->open, brace)) return reader_no_memory(m->reader);
    return WHOSAID_OK;
}

static whosaid_status close_span(markup *m) {
    if (m->open.count == 0) return FAULT(m, "\"}\" closes nothing");
    open_brace brace = m->open.items[--m->open.count];
    uint32_t begin = m->spans.items[brace.first_span].bytes.begin;
    for (size_t i = brace.first_span; i < brace.span_end; i++)
        m->spans.items[i].bytes.end = m->len;
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

/* --- assembly --- */

static int compare_labels(const void *a, const void *b) {
    const label *x = a, *y = b;
    if (x->number != y->number) return x->number < y->number ? -1 : 1;
    return (x->line > y->line) - (x->line < y->line);
}

static int compare_spans(const void *a, const void *b) {
    const marked_span *x = a, *y = b;
    if (x->number != y->number) return x->number < y->number ? -1 : 1;
    if (x->role != y->role) return x->role < y->role ? -1 : 1;
    if (x->bytes.begin != y->bytes.begin) return x->bytes.begin < y->bytes.begin ? -1 : 1;
    return (x->bytes.end > y->bytes.end) - (x->bytes.end < y->bytes.end);
}

/* The spans of one role, which begin at *at; moves *at behind them. */
static whosaid_status take_spans(markup *m, uint32_t number, role wanted, size_t *at,
                                 span_list *out) {
    size_t first = *at;
    const marked_span *spans = m->spans.items;
    while (*at < m->spans.count && spans[*at].number == number && spans[*at].role == wanted)
        ++*at;
    out->items = ARENA_NEW(m->reader->corpus->arena, span, *at - first);
    if (!out->items) return reader_no_memory(m->reader);
    for (size_t i = first; i < *at; i++)
        out->items[out->count++] = spans[i].bytes;
    return WHOSAID_OK;
}

/* The stated reason: the text of its spans. */
static whosaid_status join_reason(markup *m, annotated_quote *quote) {
    arena *a = m->reader->corpus->arena;
    for (size_t i = 0; i < quote->reason_spans.count; i++) {
        span s = quote->reason_spans.items[i];
        text_view words = reader_fold(m->reader, (text_view){m->text + s.begin, s.end - s.begin});
        if (!words.ptr) return reader_no_memory(m->reader);
        quote->reason = i == 0 ? words
                               : arena_format(a, "%.*s %.*s", (int)quote->reason.len,
                                              quote->reason.ptr, (int)words.len, words.ptr);
        if (!quote->reason.ptr) return reader_no_memory(m->reader);
    }
    return WHOSAID_OK;
}

/* Fills the quote of a label with its spans, which begin at *at. */
static whosaid_status assemble_quote(markup *m, const label *l, size_t *at) {
    annotated_quote *quote = &m->article.quotes[m->article.quote_count++];
    *quote = l->quote;
    m->reader->line = l->line;
    span_list mentions = {0};
    span_list *const lists[] = {&quote->contents, &quote->cues, &quote->sources,
                                &quote->reason_spans, &mentions};
    size_t first = *at;
    whosaid_status status = WHOSAID_OK;
    for (size_t r = 0; status == WHOSAID_OK && r < sizeof roles - 1; r++)
        status = take_spans(m, l->number, (role)r, at, lists[r]);
    if (status == WHOSAID_OK) status = join_reason(m, quote);
    if (status != WHOSAID_OK) return status;
    if (*at == first) return FAULT(m, "@%u marks no text", (unsigned)l->number);
    for (size_t i = 0; i < quote->stance_count; i++)
        if (view_equal(quote->stances[i].target, m->article.target))
            quote->stances[i].mentions = mentions;
    return WHOSAID_OK;
}

static whosaid_status assemble(markup *m) {
    size_t label_count = m->labels.count, span_count = m->spans.count, at = 0;
    if (label_count > 1) qsort(m->labels.items, label_count, sizeof(label), compare_labels);
    if (span_count > 1) qsort(m->spans.items, span_count, sizeof(marked_span), compare_spans);
    m->article.quotes = ARENA_NEW(m->reader->corpus->arena, annotated_quote, label_count);
    if (!m->article.quotes) return reader_no_memory(m->reader);
    whosaid_status status = WHOSAID_OK;
    for (size_t i = 0; status == WHOSAID_OK && i < label_count; i++) {
        const label *l = &m->labels.items[i];
        m->reader->line = l->line;
        if (i > 0 && l->number == m->labels.items[i - 1].number) {
            status = FAULT(m, "@%u stands twice", (unsigned)l->number);
            continue;
        }
        while (status == WHOSAID_OK && at < span_count && m->spans.items[at].number < l->number) {
            m->reader->line = m->spans.items[at].line;
            status = FAULT(m, "there is no label line @%u", (unsigned)m->spans.items[at++].number);
        }
        if (status == WHOSAID_OK) status = assemble_quote(m, l, &at);
    }
    if (status == WHOSAID_OK && at < span_count) {
        m->reader->line = m->spans.items[at].line;
        status = FAULT(m, "there is no label line @%u", (unsigned)m->spans.items[at].number);
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
    size_t invalid = utf8_first_invalid(content);
    if (invalid < content.len)
        return reader_fault(m->reader, WHOSAID_NOT_TEXT, "byte %zu is not UTF-8", invalid);
    if (content.len > ARTICLE_TEXT_MAX)
        return reader_fault(m->reader, WHOSAID_LIMIT, "longer than %zu bytes", ARTICLE_TEXT_MAX);
    m->text = arena_alloc_raw(m->reader->corpus->arena, content.len + 1, 1);
    if (!m->text) return reader_no_memory(m->reader);
    whosaid_status status = read_head(m, &content);
    if (status == WHOSAID_OK) status = read_body(m, content);
    if (status == WHOSAID_OK) status = assemble(m);
    if (status != WHOSAID_OK || m->faulty) return status;
    while (m->len > 0 && ascii_is_space((unsigned char)m->text[m->len - 1]))
        m->len--;
    m->article.text = (text_view){m->text, m->len};
    m->reader->line = 0;
    if (m->len == 0) return reader_fault(m->reader, WHOSAID_SYNTAX, "there is no text");
    return reader_add(m->reader, &m->article, NULL);
}

whosaid_status read_marked(corpus_reader *reader, text_view content) {
    markup m = {.reader = reader, .scratch = arena_new()};
    whosaid_status status = m.scratch ? read_whole(&m, content) : reader_no_memory(reader);
    arena_free(m.scratch);
    return status;
}
