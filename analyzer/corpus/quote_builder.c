#include "corpus/quote_builder.h"

#include <stddef.h>
#include <stdlib.h>

const annotated_quote markup_defaults = {
    .has_anonymity = true, .grade = ANONYMITY_NAMED, .has_kind = true, .kind = KIND_SPEECH};

static text_view copy(quote_builder *b, text_view text) {
    return arena_copy(b->reader->corpus->arena, text);
}

/* "stance" is toward the article's target, "stance NAME" toward another. */
static whosaid_status label_stance(quote_builder *b, text_view target, text_view value) {
    if (target.len == 0 || value.len == 0)
        return BUILDER_FAULT(b, "a stance has no target or no label");
    annotated_stance toward = {.target = copy(b, target), .label = value};
    if (!toward.target.ptr || !array_push(b->scratch, &b->stances, toward))
        return reader_no_memory(b->reader);
    return WHOSAID_OK;
}

static whosaid_status label_grade(quote_builder *b, annotated_quote *quote, text_view value) {
    quote->has_anonymity = !view_is(value, "-");
    if (!quote->has_anonymity || anonymity_grade_parse(value, &quote->grade)) return WHOSAID_OK;
    return BUILDER_FAULT(b, "unknown grade \"%.*s\"", EXCERPT(value));
}

static whosaid_status label_kind(quote_builder *b, annotated_quote *quote, text_view value) {
    quote->has_kind = !view_is(value, "-");
    if (!quote->has_kind || statement_kind_parse(value, &quote->kind)) return WHOSAID_OK;
    return BUILDER_FAULT(b, "unknown kind \"%.*s\"", EXCERPT(value));
}

static whosaid_status label_doubtful(quote_builder *b, annotated_quote *quote, text_view value) {
    quote->doubtful = view_is(value, "yes");
    if (quote->doubtful || view_is(value, "no")) return WHOSAID_OK;
    return BUILDER_FAULT(b, "doubtful is neither yes nor no");
}

static const struct {
    const char *key;
    size_t offset; /* of a text_view in annotated_quote */
} text_labels[] = {
    {"speaker", offsetof(annotated_quote, speaker_name)},
    {"role", offsetof(annotated_quote, speaker_role)},
    {"reason", offsetof(annotated_quote, reason)},
    {"id", offsetof(annotated_quote, id)},
};

static const struct {
    const char *key;
    whosaid_status (*read)(quote_builder *b, annotated_quote *quote, text_view value);
} word_labels[] = {{"grade", label_grade}, {"kind", label_kind}, {"doubtful", label_doubtful}};

/* value: lies in the corpus's arena. */
static whosaid_status set_label(quote_builder *b, annotated_quote *quote, text_view key,
                                text_view value) {
    if (view_is(key, "stance")) return label_stance(b, b->target, value);
    if (view_starts_with(key, VIEW("stance ")))
        return label_stance(b, view_slice(key, sizeof "stance", key.len), value);
    for (size_t i = 0; i < sizeof word_labels / sizeof *word_labels; i++)
        if (view_is(key, word_labels[i].key)) return word_labels[i].read(b, quote, value);
    for (size_t i = 0; i < sizeof text_labels / sizeof *text_labels; i++) {
        if (!view_is(key, text_labels[i].key)) continue;
        memcpy((char *)quote + text_labels[i].offset, &value, sizeof value);
        quote->has_speaker |= view_is(key, "speaker");
        return WHOSAID_OK;
    }
    return BUILDER_FAULT(b, "unknown label \"%.*s\"", EXCERPT(key));
}

static whosaid_status read_label(quote_builder *b, annotated_quote *quote, text_view part) {
    const char *equals = memchr(part.ptr, '=', part.len);
    size_t key_len = equals ? (size_t)(equals - part.ptr) : 0;
    text_view key = view_trim(view_slice(part, 0, key_len));
    text_view value = equals ? view_trim(view_slice(part, key_len + 1, part.len)) : VIEW("");
    if (value.len == 0) return BUILDER_FAULT(b, "\"%.*s\" is not \"key=value\"", EXCERPT(part));
    value = copy(b, value);
    return value.ptr ? set_label(b, quote, key, value) : reader_no_memory(b->reader);
}

whosaid_status quote_builder_add_span(quote_builder *b, numbered_span added) {
    return array_push(b->scratch, &b->spans, added) ? WHOSAID_OK : reader_no_memory(b->reader);
}

whosaid_status quote_builder_add_quote(quote_builder *b, uint32_t number,
                                       const annotated_quote *initial, text_view parts) {
    numbered_label l = {.number = number, .line = b->reader->line, .quote = *initial};
    b->stances.count = 0;
    parts = view_trim(parts);
    whosaid_status status = WHOSAID_OK;
    while (status == WHOSAID_OK && parts.len > 0) {
        size_t end = 0;
        while (end < parts.len && !view_starts_with(view_slice(parts, end, parts.len), VIEW(" | ")))
            end++;
        status = read_label(b, &l.quote, view_slice(parts, 0, end));
        parts = end < parts.len ? view_slice(parts, end + 3, parts.len) : VIEW("");
    }
    if (status != WHOSAID_OK) return status;
    arena *a = b->reader->corpus->arena;
    l.quote.stance_count = b->stances.count;
    l.quote.stances = ARENA_NEW(a, annotated_stance, b->stances.count);
    if (l.quote.id.len == 0) l.quote.id = arena_format(a, "q%u", (unsigned)number);
    if (!l.quote.stances || !l.quote.id.ptr || !array_push(b->scratch, &b->labels, l))
        return reader_no_memory(b->reader);
    if (b->stances.count > 0)
        memcpy(l.quote.stances, b->stances.items, b->stances.count * sizeof *b->stances.items);
    return WHOSAID_OK;
}

static int compare_labels(const void *a, const void *b) {
    const numbered_label *x = a, *y = b;
    if (x->number != y->number) return x->number < y->number ? -1 : 1;
    return (x->line > y->line) - (x->line < y->line);
}

static int compare_spans(const void *a, const void *b) {
    const numbered_span *x = a, *y = b;
    if (x->number != y->number) return x->number < y->number ? -1 : 1;
    if (x->role != y->role) return x->role < y->role ? -1 : 1;
    if (x->bytes.begin != y->bytes.begin) return x->bytes.begin < y->bytes.begin ? -1 : 1;
    return (x->bytes.end > y->bytes.end) - (x->bytes.end < y->bytes.end);
}

/* The spans of one role, which begin at *at; moves *at behind them. */
static whosaid_status take_spans(quote_builder *b, uint32_t number, span_role wanted, size_t *at,
                                 span_list *out) {
    size_t first = *at;
    const numbered_span *spans = b->spans.items;
    while (*at < b->spans.count && spans[*at].number == number && spans[*at].role == wanted)
        ++*at;
    out->items = ARENA_NEW(b->reader->corpus->arena, span, *at - first);
    if (!out->items) return reader_no_memory(b->reader);
    for (size_t i = first; i < *at; i++)
        out->items[out->count++] = spans[i].bytes;
    return WHOSAID_OK;
}

/* The stated reason: the words of its spans. */
static whosaid_status join_reason(quote_builder *b, text_view text, annotated_quote *quote) {
    arena *a = b->reader->corpus->arena;
    for (size_t i = 0; i < quote->reason_spans.count; i++) {
        span s = quote->reason_spans.items[i];
        text_view words = reader_fold(b->reader, view_slice(text, s.begin, s.end));
        if (!words.ptr) return reader_no_memory(b->reader);
        text_view before = quote->reason;
        quote->reason = i == 0 ? words
                               : arena_format(a, "%.*s %.*s", (int)before.len, before.ptr,
                                              (int)words.len, words.ptr);
        if (!quote->reason.ptr) return reader_no_memory(b->reader);
    }
    return WHOSAID_OK;
}

/* Fills the quote of a label with its spans, which begin at *at. */
static whosaid_status assemble_quote(quote_builder *b, const numbered_label *l, size_t *at,
                                     annotated_article *out) {
    annotated_quote *quote = &out->quotes[out->quote_count++];
    *quote = l->quote;
    span_list mentions = {0};
    span_list *const lists[ROLE_COUNT] = {&quote->contents, &quote->cues, &quote->sources,
                                          &quote->reason_spans, &mentions};
    size_t first = *at;
    whosaid_status status = WHOSAID_OK;
    for (size_t r = 0; status == WHOSAID_OK && r < ROLE_COUNT; r++)
        status = take_spans(b, l->number, (span_role)r, at, lists[r]);
    if (status == WHOSAID_OK) status = join_reason(b, out->text, quote);
    if (status != WHOSAID_OK) return status;
    if (*at == first) return BUILDER_FAULT(b, "@%u marks no text", (unsigned)l->number);
    for (size_t i = 0; i < quote->stance_count; i++)
        if (view_equal(quote->stances[i].target, b->target)) quote->stances[i].mentions = mentions;
    return WHOSAID_OK;
}

/* Names the spans from *at on whose number is below `limit`: they have no label. */
static whosaid_status name_unlabelled(quote_builder *b, size_t *at, uint32_t limit) {
    whosaid_status status = WHOSAID_OK;
    uint32_t named = 0;
    for (; status == WHOSAID_OK && *at < b->spans.count; ++*at) {
        const numbered_span *s = &b->spans.items[*at];
        if (s->number >= limit) break;
        b->reader->line = s->line;
        if (s->number != named)
            status = BUILDER_FAULT(b, "there is no label line @%u", (unsigned)s->number);
        named = s->number;
    }
    return status;
}

whosaid_status quote_builder_finish(quote_builder *b, annotated_article *out) {
    size_t label_count = b->labels.count, at = 0;
    if (label_count > 1)
        qsort(b->labels.items, label_count, sizeof *b->labels.items, compare_labels);
    if (b->spans.count > 1)
        qsort(b->spans.items, b->spans.count, sizeof *b->spans.items, compare_spans);
    out->quotes = ARENA_NEW(b->reader->corpus->arena, annotated_quote, label_count);
    if (!out->quotes) return reader_no_memory(b->reader);
    whosaid_status status = WHOSAID_OK;
    for (size_t i = 0; status == WHOSAID_OK && i < label_count; i++) {
        const numbered_label *l = &b->labels.items[i];
        status = name_unlabelled(b, &at, l->number);
        if (status != WHOSAID_OK) break;
        b->reader->line = l->line;
        if (i > 0 && l->number == l[-1].number)
            status = BUILDER_FAULT(b, "@%u stands twice", (unsigned)l->number);
        else
            status = assemble_quote(b, l, &at, out);
    }
    return status == WHOSAID_OK ? name_unlabelled(b, &at, UINT32_MAX) : status;
}
