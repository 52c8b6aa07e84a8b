/* Annotated articles as inline markup: spans sorted so that the longer ones open first, equal ones
 * of one role written as one brace, label lines at the end. */
#include "corpus/corpus_writer.h"

#include <stdlib.h>

static const char roles[ROLE_COUNT] = {'c', 'k', 's', 'r', 'm'};

typedef struct markup_writer {
    const annotated_article *article;
    arena *scratch;
    ARRAY(numbered_span) spans;
    buffer *out;
    whosaid_error *err;
} markup_writer;

static whosaid_status refuse(const markup_writer *w, uint32_t number, const char *why) {
    text_view id = w->article->quotes[number - 1].id;
    return error_set(w->err, WHOSAID_SYNTAX, w->article->id.ptr, 0,
                     "quote %.*s cannot be written as markup: %s", EXCERPT(id), why);
}

/* What begins earlier or ends later opens first; equal spans of one role stand together. */
static int compare_spans(const void *a, const void *b) {
    const numbered_span *x = a, *y = b;
    if (x->bytes.begin != y->bytes.begin) return x->bytes.begin < y->bytes.begin ? -1 : 1;
    if (x->bytes.end != y->bytes.end) return x->bytes.end > y->bytes.end ? -1 : 1;
    if (x->role != y->role) return x->role < y->role ? -1 : 1;
    return (x->number > y->number) - (x->number < y->number);
}

static whosaid_status collect_spans(markup_writer *w) {
    text_view target = article_target(w->article);
    for (size_t i = 0; i < w->article->quote_count; i++) {
        size_t before = w->spans.count;
        for (int role = 0; role < ROLE_COUNT; role++) {
            span_list list = quote_spans(&w->article->quotes[i], (span_role)role, target);
            for (size_t k = 0; k < list.count; k++) {
                numbered_span s = {(uint32_t)i + 1, (span_role)role, list.items[k], 0};
                text_view text = view_slice(w->article->text, s.bytes.begin, s.bytes.end);
                if (view_trim(text).len < text.len)
                    return refuse(w, s.number, "a span begins or ends with a blank");
                if (!array_push(w->scratch, &w->spans, s)) return error_no_memory(w->err);
            }
        }
        if (w->spans.count == before && !quote_is_empty(&w->article->quotes[i]))
            return refuse(w, (uint32_t)i + 1, "it has no span");
    }
    if (w->spans.count > 1)
        qsort(w->spans.items, w->spans.count, sizeof *w->spans.items, compare_spans);
    return WHOSAID_OK;
}

static whosaid_status check_text(markup_writer *w) {
    text_view text = w->article->text;
    for (size_t i = 0; i < text.len; i++) {
        bool brace = text.ptr[i] == '{' || text.ptr[i] == '}';
        bool label = text.ptr[i] == '@' && (i == 0 || text.ptr[i - 1] == '\n') &&
                     i + 1 < text.len && ascii_is_digit((unsigned char)text.ptr[i + 1]);
        if (brace || label)
            return error_set(w->err, WHOSAID_SYNTAX, w->article->id.ptr, 0,
                             "cannot be written as markup: the text holds %s",
                             brace ? "a brace" : "a line that looks like a label");
    }
    return WHOSAID_OK;
}

/* Opens the brace of spans[*at] and of those that are equal to it; moves *at behind them. */
static bool open_brace(markup_writer *w, size_t *at) {
    const numbered_span *first = &w->spans.items[*at];
    bool ok = append_format(w->out, "{%c%u", roles[first->role], (unsigned)first->number);
    for (++*at; ok && *at < w->spans.count; ++*at) {
        const numbered_span *next = &w->spans.items[*at];
        if (next->role != first->role || next->bytes.begin != first->bytes.begin ||
            next->bytes.end != first->bytes.end)
            break;
        if (next->number != next[-1].number)
            ok = append_format(w->out, ",%u", (unsigned)next->number);
    }
    return ok && buffer_append(w->out, " ", 1);
}

static bool append_text(markup_writer *w, uint32_t *from, uint32_t to) {
    bool ok = buffer_append(w->out, w->article->text.ptr + *from, to - *from);
    *from = to;
    return ok;
}

static whosaid_status write_text(markup_writer *w) {
    ARRAY(numbered_span) open = {0};
    uint32_t at = 0;
    bool ok = true;
    for (size_t i = 0; ok && (i < w->spans.count || open.count > 0);) {
        const numbered_span *next = i < w->spans.count ? &w->spans.items[i] : NULL;
        const numbered_span *top = open.count > 0 ? &open.items[open.count - 1] : NULL;
        if (top && (!next || top->bytes.end <= next->bytes.begin)) {
            ok = append_text(w, &at, top->bytes.end) && buffer_append(w->out, "}", 1);
            open.count--;
            continue;
        }
        if (top && next->bytes.end > top->bytes.end)
            return refuse(w, next->number, "one of its spans crosses another span");
        ok = append_text(w, &at, next->bytes.begin) && array_push(w->scratch, &open, *next) &&
             open_brace(w, &i);
    }
    ok = ok && append_text(w, &at, (uint32_t)w->article->text.len);
    return ok ? WHOSAID_OK : error_no_memory(w->err);
}

static bool head_line(markup_writer *w, const char *key, text_view value) {
    if (view_trim(value).len == 0) return true;
    return append_format(w->out, "%s: ", key) && append_folded(w->out, value) &&
           buffer_append(w->out, "\n", 1);
}

static whosaid_status write_head(markup_writer *w) {
    const annotated_article *a = w->article;
    bool ok = head_line(w, "id", a->id) && head_line(w, "title", a->title) &&
              head_line(w, "date", a->date) && head_line(w, "outlet", a->outlet) &&
              head_line(w, "note", a->note) && head_line(w, "target", article_target(a)) &&
              buffer_append(w->out, "\n", 1);
    return ok ? WHOSAID_OK : error_no_memory(w->err);
}

static whosaid_status write_label_lines(markup_writer *w) {
    if (!buffer_append(w->out, "\n\n", 2)) return error_no_memory(w->err);
    text_view target = article_target(w->article);
    for (size_t i = 0; i < w->article->quote_count; i++) {
        if (quote_is_empty(&w->article->quotes[i])) continue;
        text_view own_id = arena_format(w->scratch, "q%zu", i + 1);
        if (!own_id.ptr || !append_format(w->out, "@%zu ", i + 1)) return error_no_memory(w->err);
        whosaid_status status =
            write_labels(w->article, &w->article->quotes[i], target, own_id, w->out, w->err);
        if (status != WHOSAID_OK) return status;
        if (w->out->data[w->out->len - 1] == ' ') w->out->len--;
        if (!buffer_append(w->out, "\n", 1)) return error_no_memory(w->err);
    }
    return WHOSAID_OK;
}

whosaid_status write_marked_article(const corpus_record *record, buffer *out, whosaid_error *err) {
    markup_writer w = {.article = &record->article, .scratch = arena_new(), .out = out, .err = err};
    if (!w.scratch) return error_no_memory(err);
    size_t start = out->len;
    whosaid_status status = check_text(&w);
    if (status == WHOSAID_OK) status = collect_spans(&w);
    if (status == WHOSAID_OK) status = write_head(&w);
    if (status == WHOSAID_OK) status = write_text(&w);
    if (status == WHOSAID_OK) status = write_label_lines(&w);
    if (status != WHOSAID_OK) out->len = start;
    arena_free(w.scratch);
    return status;
}
