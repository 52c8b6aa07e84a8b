/* The public structs of an article. */
#include "api/scored_article.h"
#include "base/buffer.h"
#include "base/offset_map.h"
#include "report/csv_row.h"

/* What the views of one article are made with. */
typedef struct view_maker {
    const scored_article *scored;
    arena *memory;
    offset_map points;
    buffer folded;
    bool ok; /* false when memory is out; what follows is then without effect */
} view_maker;

static whosaid_span span_view(const view_maker *m, span bytes) {
    return (whosaid_span){bytes.begin, bytes.end,
                          offset_map_to_code_points(&m->points, bytes.begin),
                          offset_map_to_code_points(&m->points, bytes.end)};
}

static whosaid_spans spans_view(view_maker *m, token_ranges ranges) {
    whosaid_span *items = ARENA_NEW(m->memory, whosaid_span, ranges.count);
    if (!items) {
        m->ok = false;
        return (whosaid_spans){0};
    }
    for (size_t i = 0; i < ranges.count; i++)
        items[i] = span_view(m, range_bytes(&m->scored->article, ranges.items[i]));
    return (whosaid_spans){items, ranges.count};
}

/* As the cell of a CSV report has it. */
static const char *folded_text(view_maker *m, token_ranges ranges) {
    csv_row row = {.cell = &m->folded, .ok = m->ok};
    m->folded.len = 0;
    for (size_t i = 0; i < ranges.count; i++) {
        if (i > 0) csv_append(&row, VIEW(" [...] "));
        csv_append_folded(&row, range_text(&m->scored->article, ranges.items[i]));
    }
    const char *text = arena_copy(m->memory, buffer_view(&m->folded)).ptr;
    m->ok = row.ok && text;
    return text;
}

static const whosaid_stance *stance_view(view_maker *m, const stance *s) {
    whosaid_stance *view = ARENA_NEW(m->memory, whosaid_stance, 1);
    const whosaid_target *target = whosaid_analyzer_target(m->scored->analyzer, s->target);
    if (!view || !target) {
        m->ok = false;
        return NULL;
    }
    bool decided = s->label != STANCE_UNDECIDED && s->label < target->label_count;
    bool known = s->best_label < target->label_count;
    *view = (whosaid_stance){.target = target,
                             .label = decided ? target->labels[s->label] : "undecided",
                             .score = known ? s->scores[s->best_label] : 0,
                             .scores = s->scores,
                             .why = s->why.ptr};
    return view;
}

static const whosaid_stance *const *stances_view(view_maker *m, const attribution *s) {
    const whosaid_stance **stances = ARENA_NEW(m->memory, const whosaid_stance *, s->stance_count);
    m->ok = m->ok && stances;
    for (size_t i = 0; m->ok && i < s->stance_count; i++)
        stances[i] = stance_view(m, &s->stances[i]);
    return stances;
}

static const whosaid_statement *statement_view(view_maker *m, size_t index) {
    const article *a = &m->scored->article;
    const attribution *s = &a->attributions[index];
    whosaid_statement *view = ARENA_NEW(m->memory, whosaid_statement, 1);
    const char *id = arena_format(m->memory, "q%zu", index + 1).ptr;
    m->ok = m->ok && view && id;
    if (!m->ok) return NULL;
    *view = (whosaid_statement){
        .id = id,
        .type = (whosaid_type)s->type,
        .kind = (whosaid_kind)s->kind,
        .score = s->score,
        .contents = spans_view(m, s->contents),
        .cues = spans_view(m, s->cues),
        .sources = spans_view(m, s->sources),
        .quote = folded_text(m, s->contents),
        .cue = folded_text(m, s->cues),
        .source = folded_text(m, s->sources),
        .speaker = s->speaker.name.ptr,
        .role = s->speaker.role.ptr,
        .speaker_score = s->speaker.score,
        .anonymity = (whosaid_grade)s->anonymity.grade,
        .anonymity_score = s->anonymity.score,
        .anonymity_reason = s->anonymity.reason.ptr,
        .reason_span = span_view(m, s->anonymity.reason_bytes),
        .paragraph = (size_t)a->tokens[s->contents.items[0].first].paragraph + 1,
        .stances = stances_view(m, s),
        .stance_count = s->stance_count,
    };
    return view;
}

bool scored_article_view(scored_article *scored) {
    const article *a = &scored->article;
    view_maker m = {.scored = scored, .memory = scored->memory, .ok = true};
    const whosaid_statement **statements =
        ARENA_NEW(m.memory, const whosaid_statement *, a->attribution_count);
    m.ok = statements && offset_map_build(m.memory, a->text, &m.points);
    for (size_t i = 0; m.ok && i < a->attribution_count; i++)
        statements[i] = statement_view(&m, i);
    buffer_free(&m.folded);
    scored->view = (whosaid_article){.id = a->id.ptr,
                                     .title = a->title.ptr,
                                     .date = a->date.ptr,
                                     .outlet = a->outlet.ptr,
                                     .duplicate_of = a->duplicate_of.ptr,
                                     .text = a->text.ptr,
                                     .text_len = a->text.len,
                                     .statements = statements,
                                     .statement_count = a->attribution_count};
    return m.ok;
}
