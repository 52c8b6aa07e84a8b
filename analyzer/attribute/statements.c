#include "attribute/statements.h"

#include "attribute/statement_kind.h"
#include "base/error.h"
#include "base/sorted.h"

#include <stdlib.h>

/* How sure the form of a transcript is. */
static const float TURN_PROBABILITY = 0.9f;

/* An attribution on its way to the article. */
typedef struct statement {
    float probability;
    cue cue;
    analysis analysis;
    bool is_turn;
} statement;

typedef struct writer {
    article *article;
    const article_frame *frame;
    statement *items; /* in the order of their cues */
    size_t count;
} writer;

static int compare_cues(const void *a, const void *b) {
    const statement *x = a, *y = b;
    if (x->cue.first != y->cue.first) return x->cue.first < y->cue.first ? -1 : 1;
    return y->is_turn - x->is_turn;
}

static statement statement_of_turn(const transcript_turn *turn) {
    statement s = {.probability = TURN_PROBABILITY, .is_turn = true};
    s.cue = (cue){.first = turn->cue, .end = turn->cue + 1, .head = turn->cue};
    s.analysis.source = turn->source;
    s.analysis.contents[0] = turn->content;
    s.analysis.content_count = 1;
    return s;
}

static whosaid_status collect(writer *w, const judged_analyses *judged,
                              const transcript_turns *turns, float min_score, whosaid_error *err) {
    w->items = ARENA_NEW(w->article->arena, statement, judged->count + turns->count);
    if (!w->items) return error_no_memory(err);
    for (size_t i = 0; i < judged->count; i++) {
        if (judged->probabilities[i] < min_score) continue;
        const candidate_cue *c = &judged->items[i].cue;
        w->items[w->count++] = (statement){judged->probabilities[i], c->cues->items[c->cue],
                                           *judged->items[i].analysis, false};
    }
    for (size_t i = 0; TURN_PROBABILITY >= min_score && i < turns->count; i++)
        w->items[w->count++] = statement_of_turn(&turns->items[i]);
    qsort(w->items, w->count, sizeof *w->items, compare_cues);
    return WHOSAID_OK;
}

/* --- duplicates ----------------------------------------------------------------------------- */

typedef struct ranked {
    float probability;
    uint32_t index;
    bool is_turn;
} ranked;

/* Turns first: their form is certain. */
static int compare_ranked(const void *a, const void *b) {
    const ranked *x = a, *y = b;
    if (x->is_turn != y->is_turn) return x->is_turn ? -1 : 1;
    if (x->probability != y->probability) return x->probability > y->probability ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

static bool same_statement(const statement *a, const statement *b) {
    if (a->cue.first < b->cue.end && b->cue.first < a->cue.end) return true;
    token_ranges in_a = analysis_contents(&a->analysis), in_b = analysis_contents(&b->analysis);
    uint32_t x = ranges_size(in_a), y = ranges_size(in_b);
    return 2 * ranges_common(in_a, in_b) >= (x > y ? x : y);
}

/* True when a better one is kept already. Only neighbours can be: windows are limited. */
static bool is_duplicate(const writer *w, const bool *kept, size_t index) {
    const statement *own = &w->items[index];
    for (int step = -1; step <= 1; step += 2) {
        for (int64_t k = (int64_t)index + step; k >= 0 && k < (int64_t)w->count; k += step) {
            const statement *other = &w->items[k];
            uint32_t apart =
                step > 0 ? other->cue.first - own->cue.first : own->cue.first - other->cue.first;
            if (apart > 2 * ROLE_WINDOW_MAX) break;
            if (kept[k] && same_statement(own, other)) return true;
        }
    }
    return false;
}

static whosaid_status drop_duplicates(writer *w, whosaid_error *err) {
    ranked *order = ARENA_NEW(w->article->arena, ranked, w->count);
    bool *kept = ARENA_NEW(w->article->arena, bool, w->count);
    if (!order || !kept) return error_no_memory(err);
    for (uint32_t i = 0; i < w->count; i++)
        order[i] = (ranked){w->items[i].probability, i, w->items[i].is_turn};
    qsort(order, w->count, sizeof *order, compare_ranked);
    for (size_t i = 0; i < w->count; i++)
        kept[order[i].index] = !is_duplicate(w, kept, order[i].index);
    size_t count = 0;
    for (size_t i = 0; i < w->count; i++)
        if (kept[i]) w->items[count++] = w->items[i];
    w->count = count;
    return WHOSAID_OK;
}

/* --- quotations over paragraphs ------------------------------------------------------------- */

/* Quotations that may lie within the outer one. */
enum { NESTED_QUOTATIONS = 64 };

/* How many quotations open before token `end`; they are in the order of their opening marks. */
static size_t quotations_before(const article *a, uint32_t end) {
    return SORTED_BELOW(a->quotations, a->quotation_count, tokens.first, end);
}

/* What carries on the outer quotation that ends at token `end`; NULL when none does. */
static const quotation *continuation_at(const article *a, uint32_t end) {
    for (size_t i = quotations_before(a, end), steps = 0; i-- > 0 && steps < NESTED_QUOTATIONS;
         steps++) {
        const quotation *q = &a->quotations[i];
        if (q->depth == 1 && q->tokens.end == end && q->continued_by < a->quotation_count)
            return &a->quotations[q->continued_by];
    }
    return NULL;
}

/* True when another attribution has the larger part of `range` as its content. */
static bool is_taken(const writer *w, const statement *own, token_range range) {
    enum { REACH = 2 * ROLE_WINDOW_MAX }; /* of a cue's window */
    uint32_t taken = 0, from = range.first > REACH ? range.first - REACH : 0;
    for (size_t i = SORTED_BELOW(w->items, w->count, cue.first, from); i < w->count; i++) {
        const statement *s = &w->items[i];
        if (s == own) continue;
        if (s->cue.first > range.end + REACH) break;
        taken += ranges_common(analysis_contents(&s->analysis), (token_ranges){&range, 1});
    }
    return 2 * taken > range.end - range.first;
}

/* Lengthens a content that ends with an open quotation by the paragraphs that carry it on. */
static void follow_quotation(const writer *w, statement *s) {
    for (uint32_t i = 0; i < s->analysis.content_count; i++) {
        token_range *content = &s->analysis.contents[i];
        const quotation *next;
        while ((next = continuation_at(w->article, content->end)) != NULL) {
            if (next->tokens.first < content->end || is_taken(w, s, next->tokens)) break;
            content->end = next->tokens.end;
        }
    }
}

/* The outer quotation that holds a token; NULL when none does. */
static const quotation *quotation_around(const article *a, uint32_t at) {
    for (size_t i = quotations_before(a, at + 1), steps = 0; i-- > 0 && steps < NESTED_QUOTATIONS;
         steps++) {
        const quotation *q = &a->quotations[i];
        if (q->depth == 1) return q->tokens.end > at ? q : NULL;
    }
    return NULL;
}

/* The outer quotation that `next` carries on; NULL when it carries on none. */
static const quotation *continued_before(const article *a, const quotation *next) {
    if (next->tokens.first == 0) return NULL;
    const quotation *q = quotation_around(a, next->tokens.first - 1);
    return q && q->continued_by == (uint32_t)(next - a->quotations) ? q : NULL;
}

/* True when nothing of the statement itself or of another one stands in `range`. */
static bool is_free(const writer *w, const statement *s, token_range range) {
    for (uint32_t i = 0; i < s->analysis.content_count; i++)
        if (ranges_overlap(s->analysis.contents[i], range)) return false;
    token_range own = {s->cue.first, s->cue.end};
    return !ranges_overlap(own, range) && !ranges_overlap(s->analysis.source, range) &&
           !is_taken(w, s, range);
}

/* A content that begins within a quotation and runs to its end begins at its opening mark, and at
 * that of the first paragraph where the quotation runs over several. */
static void begin_with_quotation(const writer *w, statement *s) {
    for (uint32_t i = 0; i < s->analysis.content_count; i++) {
        token_range *content = &s->analysis.contents[i];
        const quotation *q = quotation_around(w->article, content->first);
        while (q && content->end >= q->tokens.end) {
            token_range before = {q->tokens.first, content->first};
            if (before.first < before.end && !is_free(w, s, before)) break;
            content->first = before.first;
            q = continued_before(w->article, q);
        }
    }
}

/* A comma ends the source only where it closes an aside that another one opened. */
static void trim_source(const writer *w, statement *s) {
    token_range *source = &s->analysis.source;
    size_t commas = 0;
    for (uint32_t i = source->first; i < source->end; i++)
        commas += w->frame->tokens[i].facts.function == FUNCTION_COMMA;
    if (commas == 1 && w->frame->tokens[source->end - 1].facts.function == FUNCTION_COMMA)
        source->end--;
}

/* --- writing -------------------------------------------------------------------------------- */

static quote_type type_of(const article *a, token_ranges contents) {
    size_t words = 0, quoted = 0;
    for (size_t r = 0; r < contents.count; r++) {
        for (uint32_t i = contents.items[r].first; i < contents.items[r].end; i++) {
            unsigned char first = (unsigned char)token_text(a, i).ptr[0];
            bool word = ascii_is_alpha(first) || ascii_is_digit(first) ||
                        (first >= 0x80 && !a->tokens[i].quote_mark);
            words += word;
            quoted += word && a->tokens[i].quote_depth > 0;
        }
    }
    return quoted == 0 ? QUOTE_INDIRECT : quoted == words ? QUOTE_DIRECT : QUOTE_MIXED;
}

static whosaid_status copy_ranges(arena *memory, const token_range *items, size_t count,
                                  token_ranges *out, whosaid_error *err) {
    token_range *copy = ARENA_NEW(memory, token_range, count);
    if (!copy) return error_no_memory(err);
    if (count) memcpy(copy, items, count * sizeof *copy);
    *out = (token_ranges){copy, count};
    return WHOSAID_OK;
}

static whosaid_status write_one(const writer *w, const statement *s, attribution *out,
                                whosaid_error *err) {
    arena *memory = w->article->arena;
    const analysis *a = &s->analysis;
    token_range cue_range = {s->cue.first, s->cue.end};
    whosaid_status status = copy_ranges(memory, &cue_range, 1, &out->cues, err);
    if (status == WHOSAID_OK)
        status =
            copy_ranges(memory, &a->source, a->source.end > a->source.first, &out->sources, err);
    if (status == WHOSAID_OK)
        status = copy_ranges(memory, a->contents, a->content_count, &out->contents, err);
    if (status != WHOSAID_OK) return status;
    out->type = type_of(w->article, out->contents);
    out->kind = s->is_turn ? KIND_SPEECH : statement_kind_of(w->frame, &s->cue, out->type);
    out->score = s->probability;
    return WHOSAID_OK;
}

static int compare_places(const void *a, const void *b) {
    const attribution *x = a, *y = b;
    token_range cx = x->contents.items[0], cy = y->contents.items[0];
    if (cx.first != cy.first) return cx.first < cy.first ? -1 : 1;
    if (cx.end != cy.end) return cx.end < cy.end ? -1 : 1;
    uint32_t kx = x->cues.items[0].first, ky = y->cues.items[0].first;
    return (kx > ky) - (kx < ky);
}

whosaid_status statements_write(article *a, const article_frame *frame,
                                const judged_analyses *judged, const transcript_turns *turns,
                                float min_score, whosaid_error *err) {
    writer w = {.article = a, .frame = frame};
    whosaid_status status = collect(&w, judged, turns, min_score, err);
    if (status == WHOSAID_OK) status = drop_duplicates(&w, err);
    if (status != WHOSAID_OK) return status;
    attribution *out = ARENA_NEW(a->arena, attribution, w.count);
    if (!out) return error_no_memory(err);
    for (size_t i = 0; status == WHOSAID_OK && i < w.count; i++) {
        follow_quotation(&w, &w.items[i]);
        begin_with_quotation(&w, &w.items[i]);
        trim_source(&w, &w.items[i]);
        status = write_one(&w, &w.items[i], &out[i], err);
    }
    if (status != WHOSAID_OK) return status;
    qsort(out, w.count, sizeof *out, compare_places);
    a->attributions = out;
    a->attribution_count = w.count;
    return WHOSAID_OK;
}
