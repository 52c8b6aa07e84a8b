#include "base/array.h"
#include "base/error.h"
#include "stance/decimal.h"
#include "stance/metrics.h"
#include "stance/scorer_steps.h"

#include <math.h>
#include <stdlib.h>

enum { REASONS_SHOWN = 8 };

static int compare_reasons(const void *a, const void *b) {
    const stance_reason *x = a, *y = b;
    double p = fabs(x->weight), q = fabs(y->weight);
    if (p != q) return p > q ? -1 : 1;
    return view_compare(x->feature, y->feature);
}

/* The place of a word's own reason, where its characters are counted too. */
static size_t reason_of_word(const stance_explanation *e, const word_range *evidence,
                             const feature_group *groups, word_range wanted) {
    for (size_t i = 0; i < e->count; i++)
        if (groups[i] == GROUP_WORDS && evidence[i].first == wanted.first &&
            evidence[i].end == wanted.end)
            return i;
    return SIZE_MAX;
}

/* The words of the text that show a feature. */
static text_view evidence_text(const feature_text *t, word_range range) {
    if (range.first >= range.end) return VIEW("");
    return view_slice(t->text, t->words.items[range.first].bytes.begin,
                      t->words.items[range.end - 1].bytes.end);
}

static bool add_reasons(const stance_model *m, const feature_text *text, const feature_list *list,
                        arena *memory, stance_explanation *e) {
    e->reasons = ARENA_NEW(memory, stance_reason, list->count);
    word_range *evidence = ARENA_NEW(memory, word_range, list->count);
    feature_group *in_group = ARENA_NEW(memory, feature_group, list->count);
    if (!e->reasons || !evidence || !in_group) return false;
    double values[GROUP_COUNT];
    feature_values(list, &m->settings, values);
    for (size_t i = 0; i < list->count; i++) {
        const feature *f = &list->items[i];
        uint32_t number = feature_dictionary_find(m->dictionary, f->key);
        if (number == FEATURE_UNKNOWN) continue;
        const double *weights = m->weights + (size_t)number * m->target->label_count;
        double weight = (weights[e->label] - weights[e->runner_up]) * values[f->group];
        size_t at = f->group == GROUP_CHARACTERS
                        ? reason_of_word(e, evidence, in_group, f->evidence)
                        : SIZE_MAX;
        if (at != SIZE_MAX) {
            e->reasons[at].weight += weight;
            continue;
        }
        text_view described = arena_format(memory, "%s %.*s", feature_group_name(f->group),
                                           (int)f->name.len, f->name.ptr);
        if (!described.ptr) return false;
        evidence[e->count] = f->evidence;
        in_group[e->count] = f->group;
        e->reasons[e->count++] =
            (stance_reason){evidence_text(text, f->evidence), described, weight};
    }
    if (e->count) qsort(e->reasons, e->count, sizeof *e->reasons, compare_reasons);
    return true;
}

static whosaid_status explain(const stance_model *m, const feature_text *text, article *a,
                              const attribution *from, stance_explanation *out,
                              whosaid_error *err) {
    statement said;
    if (!stance_statement(a, from, &said)) return error_no_memory(err);
    feature_list features;
    whosaid_status status =
        feature_list_extract(text, &said, &m->settings, a->arena, &features, err);
    if (status != WHOSAID_OK) return status;
    double margins[TARGET_MAX_LABELS];
    stance_model_margins(m, &features, margins);
    size_t labels = m->target->label_count, best = largest_of(margins, labels);
    size_t second = best == 0 ? 1 : 0;
    for (size_t k = 0; k < labels; k++)
        if (k != best && margins[k] > margins[second]) second = k;
    *out = (stance_explanation){.label = (uint32_t)best,
                                .runner_up = (uint32_t)second,
                                .margin = margins[best] - margins[second],
                                .bias = m->biases[best] - m->biases[second]};
    return add_reasons(m, text, &features, a->arena, out) ? WHOSAID_OK : error_no_memory(err);
}

whosaid_status stance_explain(const stance_scorer *scorer, article *a, size_t index,
                              size_t target_index, stance_explanation *out, whosaid_error *err) {
    const stance_model *m = scorer->models[target_index];
    feature_text text;
    whosaid_status status = stance_prepare(m, a, &text, err);
    return status == WHOSAID_OK ? explain(m, &text, a, &a->attributions[index], out, err) : status;
}

/* Appends to a text in the arena. */
static bool append(arena *memory, text_view *text, text_view part) {
    *text = arena_format(memory, "%.*s%.*s", (int)text->len, text->ptr, (int)part.len, part.ptr);
    return text->ptr != NULL;
}

/* "+0.213": three decimals, the same for every locale. */
static bool append_weight(arena *memory, text_view *text, double weight) {
    char digits[DECIMAL_MAX_BYTES];
    size_t len = decimal_write(nearbyint(weight * 1e3) / 1e3, digits);
    return append(memory, text, weight < 0 ? VIEW("") : VIEW("+")) &&
           append(memory, text, (text_view){digits, len});
}

static bool append_reason(arena *memory, text_view *text, const stance_reason *r) {
    bool done = append(memory, text, VIEW("; ")) && append_weight(memory, text, r->weight);
    if (done && r->words.len)
        done = append(memory, text, VIEW(" \"")) && append(memory, text, r->words) &&
               append(memory, text, VIEW("\""));
    return done && append(memory, text, VIEW(" [")) && append(memory, text, r->feature) &&
           append(memory, text, VIEW("]"));
}

/* "favor over neutral by +0.52; +0.21 "refused" [words refused]; ..." */
static text_view describe(const stance_model *m, const stance_explanation *e, arena *memory) {
    text_view label = m->target->labels[e->label], other = m->target->labels[e->runner_up];
    text_view text = arena_format(memory, "%.*s over %.*s by ", (int)label.len, label.ptr,
                                  (int)other.len, other.ptr);
    bool done = text.ptr && append_weight(memory, &text, e->margin);
    for (size_t i = 0; done && i < e->count && i < REASONS_SHOWN; i++)
        done = append_reason(memory, &text, &e->reasons[i]);
    return done ? text : (text_view){0};
}

/* Where the words of the reasons that are shown stand in the text. */
static bool note_evidence(const article *a, const stance_explanation *e, stance *out) {
    stance_evidence *places = ARENA_NEW(a->arena, stance_evidence, REASONS_SHOWN);
    if (!places) return false;
    size_t count = 0;
    for (size_t i = 0; i < e->count && i < REASONS_SHOWN; i++) {
        const stance_reason *r = &e->reasons[i];
        if (r->words.len == 0) continue;
        uint32_t begin = (uint32_t)(r->words.ptr - a->text.ptr);
        places[count++] =
            (stance_evidence){{begin, begin + (uint32_t)r->words.len}, (float)r->weight};
    }
    out->evidence = places;
    out->evidence_count = count;
    return true;
}

static whosaid_status explain_target(const stance_scorer *scorer, size_t index, article *a,
                                     whosaid_error *err) {
    const stance_model *m = scorer->models[index];
    feature_text text;
    whosaid_status status = stance_prepare(m, a, &text, err);
    for (size_t i = 0; i < a->attribution_count && status == WHOSAID_OK; i++) {
        stance_explanation e;
        status = explain(m, &text, a, &a->attributions[i], &e, err);
        if (status != WHOSAID_OK) break;
        text_view why = describe(m, &e, a->arena);
        stance *explained = &a->attributions[i].stances[index];
        if (!why.ptr || !note_evidence(a, &e, explained)) return error_no_memory(err);
        explained->why = why;
    }
    return status;
}

whosaid_status stance_explain_article(const stance_scorer *scorer, article *a, whosaid_error *err) {
    for (size_t t = 0; t < scorer->count && a->attribution_count; t++) {
        whosaid_status status = explain_target(scorer, t, a, err);
        if (status != WHOSAID_OK) return status;
    }
    return WHOSAID_OK;
}
