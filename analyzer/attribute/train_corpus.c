#include "attribute/train_corpus.h"

#include "base/array.h"
#include "base/error.h"
#include "segment/segment.h"

static bool ranges_of(const article *a, span_list spans, arena *memory, token_ranges *out) {
    ARRAY(token_range) ranges = {0};
    for (size_t i = 0; i < spans.count; i++) {
        token_range range = tokens_of_span(a, spans.items[i]);
        if (range.first == range.end) continue;
        if (!array_push(memory, &ranges, range)) return false;
    }
    *out = (token_ranges){ranges.items, ranges.count};
    return true;
}

static void mark_labels(training_article *t) {
    for (size_t q = 0; q < t->gold_count; q++) {
        const gold_attribution *g = &t->gold[q];
        for (size_t s = 0; s < g->sources.count; s++)
            for (uint32_t i = g->sources.items[s].first; i < g->sources.items[s].end; i++)
                t->in_source[i] = 1;
    }
    for (size_t q = 0; q < t->gold_count; q++) {
        const gold_attribution *g = &t->gold[q];
        for (size_t s = 0; s < g->cues.count; s++)
            for (uint32_t i = g->cues.items[s].first; i < g->cues.items[s].end; i++)
                t->cue_labels[i] = i == g->cues.items[s].first ? 1 : 2;
    }
}

whosaid_status training_article_prepare(const annotated_article *source, const tagger *names,
                                        arena *memory, training_article *out, whosaid_error *err) {
    *out = (training_article){.article = annotated_article_start(source, memory), .weight = 1};
    article *a = &out->article;
    whosaid_status status = segment_article(a, err);
    if (status == WHOSAID_OK && names) status = tagger_tag(names, a, err);
    if (status != WHOSAID_OK) return status;
    ARRAY(gold_attribution) gold = {0};
    for (size_t q = 0; q < source->quote_count; q++) {
        const annotated_quote *quote = &source->quotes[q];
        gold_attribution g;
        if (!ranges_of(a, quote->cues, memory, &g.cues) ||
            !ranges_of(a, quote->sources, memory, &g.sources) ||
            !ranges_of(a, quote->contents, memory, &g.contents))
            return error_no_memory(err);
        if (g.cues.count == 0 || g.contents.count == 0) continue;
        if (!array_push(memory, &gold, g)) return error_no_memory(err);
    }
    out->gold = gold.items;
    out->gold_count = gold.count;
    out->cue_labels = ARENA_NEW(memory, uint8_t, a->token_count);
    out->in_source = ARENA_NEW(memory, uint8_t, a->token_count);
    if (!out->cue_labels || !out->in_source) return error_no_memory(err);
    mark_labels(out);
    return WHOSAID_OK;
}
