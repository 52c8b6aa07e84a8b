#include "identify/gold_article.h"

#include "base/error.h"
#include "segment/segment.h"

#include <stdlib.h>

typedef struct ordered_quote {
    attribution said;
    const annotated_quote *quote;
    size_t order;
} ordered_quote;

static bool take_ranges(const article *a, span_list spans, token_ranges *out) {
    out->count = 0;
    out->items = ARENA_NEW(a->arena, token_range, spans.count);
    if (!out->items) return false;
    for (size_t i = 0; i < spans.count; i++) {
        token_range range = tokens_of_span(a, spans.items[i]);
        if (range.first < range.end) out->items[out->count++] = range;
    }
    return true;
}

static quote_type type_of(const article *a, const token_ranges *contents) {
    bool quoted = false, plain = false;
    for (size_t i = 0; i < contents->count; i++)
        for (uint32_t k = contents->items[i].first; k < contents->items[i].end; k++) {
            if (a->tokens[k].quote_depth)
                quoted = true;
            else
                plain = true;
        }
    return quoted ? plain ? QUOTE_MIXED : QUOTE_DIRECT : QUOTE_INDIRECT;
}

static int by_content(const void *left, const void *right) {
    const ordered_quote *a = left, *b = right;
    uint32_t first = a->said.contents.items[0].first, second = b->said.contents.items[0].first;
    if (first != second) return first < second ? -1 : 1;
    return a->order < b->order ? -1 : a->order > b->order;
}

static whosaid_status take_quotes(const annotated_article *source, gold_article *out,
                                  whosaid_error *err) {
    article *a = &out->article;
    ordered_quote *ordered = ARENA_NEW(a->arena, ordered_quote, source->quote_count);
    if (!ordered) return error_no_memory(err);
    size_t count = 0;
    for (size_t i = 0; i < source->quote_count; i++) {
        const annotated_quote *quote = &source->quotes[i];
        attribution said = {.kind = quote->kind, .score = 1};
        if (!take_ranges(a, quote->cues, &said.cues) ||
            !take_ranges(a, quote->sources, &said.sources) ||
            !take_ranges(a, quote->contents, &said.contents))
            return error_no_memory(err);
        if (said.contents.count == 0) continue;
        said.type = type_of(a, &said.contents);
        ordered[count++] = (ordered_quote){said, quote, i};
    }
    if (count) qsort(ordered, count, sizeof *ordered, by_content);
    a->attributions = ARENA_NEW(a->arena, attribution, count);
    out->quotes = ARENA_NEW(a->arena, const annotated_quote *, count);
    if (!a->attributions || !out->quotes) return error_no_memory(err);
    for (size_t i = 0; i < count; i++) {
        a->attributions[i] = ordered[i].said;
        out->quotes[i] = ordered[i].quote;
    }
    a->attribution_count = count;
    return WHOSAID_OK;
}

whosaid_status gold_article_make(const annotated_article *source, const tagger *t, arena *memory,
                                 gold_article *out, whosaid_error *err) {
    *out = (gold_article){.article = annotated_article_start(source, memory)};
    whosaid_status status = segment_article(&out->article, err);
    if (!status) status = tagger_tag(t, &out->article, err);
    return status ? status : take_quotes(source, out, err);
}
