/* Annotated articles as brat standoff: one text-bound annotation a role and quote (with fragments
 * when it has several spans), one event a quote, its labels in a note. */
#include "corpus/corpus_writer.h"

enum { BOUND_ROLES = ROLE_MENTION }; /* mentions are refused with their labels */
static const char *const types[BOUND_ROLES] = {"Content", "Cue", "Source", "Reason"};

typedef struct brat_writer {
    const annotated_article *article;
    const offset_map *map;
    arena *scratch;
    buffer *out;
    unsigned next_bound; /* T1, T2, ... */
    whosaid_error *err;
} brat_writer;

static bool append_bound(brat_writer *w, span_role role, span_list spans) {
    bool ok = append_format(w->out, "T%u\t%s ", w->next_bound++, types[role]);
    for (size_t i = 0; ok && i < spans.count; i++)
        ok = append_format(w->out, "%s%u %u", i ? ";" : "",
                           (unsigned)offset_map_to_code_points(w->map, spans.items[i].begin),
                           (unsigned)offset_map_to_code_points(w->map, spans.items[i].end));
    for (size_t i = 0; ok && i < spans.count; i++) {
        text_view text = view_slice(w->article->text, spans.items[i].begin, spans.items[i].end);
        ok = buffer_append(w->out, i ? " " : "\t", 1) && append_folded(w->out, text);
    }
    return ok && buffer_append(w->out, "\n", 1);
}

/* The event's trigger is its cue, else the first annotation that it has. */
static bool append_event(brat_writer *w, size_t number, const unsigned bounds[BOUND_ROLES]) {
    static const span_role order[BOUND_ROLES] = {ROLE_CUE, ROLE_SOURCE, ROLE_CONTENT, ROLE_REASON};
    bool ok = append_format(w->out, "E%zu\t", number), first = true;
    for (size_t i = 0; ok && i < BOUND_ROLES; i++) {
        unsigned id = bounds[order[i]];
        if (id == 0) continue;
        ok = append_format(w->out, first ? "%s:T%u" : " %s:T%u",
                           first ? "Attribution" : types[order[i]], id);
        first = false;
    }
    return ok && buffer_append(w->out, "\n", 1);
}

static whosaid_status write_quote(brat_writer *w, size_t index) {
    const annotated_quote *quote = &w->article->quotes[index];
    unsigned bounds[BOUND_ROLES] = {0};
    bool any = false, ok = true;
    for (int role = 0; ok && role < BOUND_ROLES; role++) {
        span_list spans = quote_spans(quote, (span_role)role, VIEW(""));
        if (spans.count == 0) continue;
        any = true;
        bounds[role] = w->next_bound;
        ok = append_bound(w, (span_role)role, spans);
    }
    if (ok && !any)
        return error_set(w->err, WHOSAID_SYNTAX, w->article->id.ptr, 0,
                         "quote %.*s has no span: brat cannot hold it", EXCERPT(quote->id));
    text_view own_id = arena_format(w->scratch, "E%zu", index + 1);
    ok = ok && own_id.ptr && append_event(w, index + 1, bounds) &&
         append_format(w->out, "#%zu\tWhosaid E%zu\t", index + 1, index + 1);
    if (!ok) return error_no_memory(w->err);
    whosaid_status status = write_labels(w->article, quote, VIEW(""), own_id, w->out, w->err);
    if (status != WHOSAID_OK) return status;
    return buffer_append(w->out, "\n", 1) ? WHOSAID_OK : error_no_memory(w->err);
}

whosaid_status write_brat_article(const corpus_record *record, buffer *out, whosaid_error *err) {
    arena *scratch = arena_new();
    offset_map map;
    if (!scratch || !offset_map_build(scratch, record->article.text, &map)) {
        arena_free(scratch);
        return error_no_memory(err);
    }
    brat_writer w = {&record->article, &map, scratch, out, 1, err};
    whosaid_status status = WHOSAID_OK;
    for (size_t i = 0; status == WHOSAID_OK && i < record->article.quote_count; i++)
        if (!quote_is_empty(&record->article.quotes[i])) status = write_quote(&w, i);
    arena_free(scratch);
    return status;
}
