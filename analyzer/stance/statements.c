#include "stance/statements.h"

#include "base/error.h"
#include "segment/segment.h"

span *sentence_spans(const article *a, arena *memory) {
    span *spans = ARENA_NEW(memory, span, a->sentence_count);
    for (size_t i = 0; spans && i < a->sentence_count; i++)
        spans[i] = range_bytes(a, a->sentences[i].tokens);
    return spans;
}

static statement statement_of_quote(const annotated_quote *q, const annotated_stance *label) {
    statement s = {q->cues, q->sources, q->contents, {0}, q->speaker_name, q->speaker_role};
    if (label) s.mentions = label->mentions;
    return s;
}

static const annotated_stance *find_stance(const annotated_quote *q, text_view target_name) {
    for (size_t i = 0; i < q->stance_count; i++)
        if (view_equal(q->stances[i].target, target_name)) return &q->stances[i];
    return NULL;
}

/* What a walk shares. */
typedef struct walker {
    const target *target;
    const feature_settings *settings;
    statement_visitor visitor;
    void *context;
    arena *scratch;
} walker;

static whosaid_status visit_quote(const walker *w, statement_visit *visit,
                                  const annotated_stance *given, whosaid_error *err) {
    const text_view id = visit->quote->id, toward = w->target->name;
    visit->label = (uint32_t)target_label(w->target, given->label);
    if (visit->label == w->target->label_count)
        return error_set(err, WHOSAID_SYNTAX, visit->source->id.ptr, 0,
                         "quote %.*s: the target %.*s has no label \"%.*s\"", (int)id.len, id.ptr,
                         (int)toward.len, toward.ptr, (int)given->label.len, given->label.ptr);
    statement said = statement_of_quote(visit->quote, given);
    feature_list features;
    whosaid_status status =
        feature_list_extract(visit->text, &said, w->settings, w->scratch, &features, err);
    if (status != WHOSAID_OK) return status;
    visit->said = &said;
    visit->features = &features;
    return w->visitor(w->context, visit, err);
}

static bool article_has_target(const annotated_article *a, text_view toward) {
    for (size_t i = 0; i < a->quote_count; i++)
        if (a->quotes[i].contents.count && find_stance(&a->quotes[i], toward)) return true;
    return false;
}

static whosaid_status visit_article(const walker *w, const annotated_article *source,
                                    whosaid_error *err) {
    if (!article_has_target(source, w->target->name)) return WHOSAID_OK;
    article prepared = annotated_article_start(source, w->scratch);
    whosaid_status status = segment_article(&prepared, err);
    if (status != WHOSAID_OK) return status;
    span *sentences = sentence_spans(&prepared, w->scratch);
    if (!sentences) return error_no_memory(err);
    feature_text text;
    status = feature_text_prepare(w->target, source->text, sentences, prepared.sentence_count, NULL,
                                  w->scratch, &text, err);
    statement_visit visit = {
        .source = source, .text = &text, .first_of_article = true, .scratch = w->scratch};
    for (size_t i = 0; i < source->quote_count && status == WHOSAID_OK; i++) {
        visit.quote = &source->quotes[i];
        const annotated_stance *given = find_stance(visit.quote, w->target->name);
        if (!given || visit.quote->contents.count == 0) continue;
        arena_mark mark = arena_save(w->scratch);
        status = visit_quote(w, &visit, given, err);
        arena_restore(w->scratch, mark);
        visit.first_of_article = false;
    }
    return status;
}

whosaid_status statements_visit(const corpus *from, const target *toward,
                                const feature_settings *settings, statement_visitor visitor,
                                void *context, whosaid_error *err) {
    walker w = {toward, settings, visitor, context, arena_new()};
    whosaid_status status = w.scratch ? WHOSAID_OK : error_no_memory(err);
    for (size_t i = 0; i < corpus_size(from) && status == WHOSAID_OK; i++) {
        status = visit_article(&w, corpus_article(from, i), err);
        arena_reset(w.scratch);
    }
    arena_free(w.scratch);
    return status;
}
