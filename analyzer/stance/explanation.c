#include "base/array.h"
#include "base/error.h"
#include "stance/decimal.h"
#include "stance/metrics.h"
#include "stance/scorer_steps.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { REASONS_SHOWN = 8 };

/* One thing that spoke for or against a label. */
typedef struct stance_reason {
    text_view words;   /* of the article; empty for what is missing */
    text_view feature; /* group and name, such as "pairs refuse>let" */
    double weight;     /* for the label and against its runner-up; negative: the other way */
} stance_reason;

typedef struct stance_explanation {
    uint32_t label, runner_up;
    double margin; /* of the label over the runner-up: the sum of the reasons and the bias */
    double bias;
    stance_reason *reasons; /* largest weight first, whatever its sign */
    size_t count;
} stance_explanation;

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

/* own_share: what the statement's own features count beside its company. */
static bool add_reasons(const stance_model *m, const feature_text *text, const feature_list *list,
                        double own_share, arena *memory, stance_explanation *e) {
    e->reasons = ARENA_NEW(memory, stance_reason, list->count + 1);
    word_range *evidence = ARENA_NEW(memory, word_range, list->count);
    feature_group *in_group = ARENA_NEW(memory, feature_group, list->count);
    if (!e->reasons || !evidence || !in_group) return false;
    double values[GROUP_COUNT];
    feature_values(list->group_sizes, &m->settings, values);
    for (size_t i = 0; i < list->count; i++) {
        const feature *f = &list->items[i];
        uint32_t number = feature_dictionary_find(m->dictionary, f->group, f->key);
        if (number == FEATURE_UNKNOWN) continue;
        const float *weights = stance_model_row(m, number);
        double weight = ((double)weights[e->label] - (double)weights[e->runner_up]) *
                        values[f->group] * own_share;
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
    return true;
}

/* The margins of all attributions of an article: each by itself, and leaning. */
typedef struct article_margins {
    double *own, *leaning;
} article_margins;

static whosaid_status find_margins(const stance_model *m, const feature_text *text, article *a,
                                   article_margins *out, whosaid_error *err) {
    size_t count = a->attribution_count * m->target->label_count;
    whosaid_status status = stance_margins(m, text, a, &out->own, err);
    if (status != WHOSAID_OK) return status;
    out->leaning = ARENA_NEW(a->arena, double, count);
    if (!out->leaning) return error_no_memory(err);
    if (count) memcpy(out->leaning, out->own, count * sizeof *out->own);
    return stance_lean(m, a, out->leaning, err);
}

/* What the speaker's other statements add: all of the margin that the own features do not. */
static void add_company(stance_explanation *e, double own_margin, double own_share) {
    double weight = e->margin - own_share * own_margin;
    e->bias *= own_share;
    e->reasons[e->count++] =
        (stance_reason){VIEW(""), VIEW("the speaker's other statements"), weight};
}

static whosaid_status explain(const stance_model *m, const feature_text *text, article *a,
                              size_t index, const article_margins *margins, stance_explanation *out,
                              whosaid_error *err) {
    statement said;
    if (!stance_statement(a, &a->attributions[index], &said)) return error_no_memory(err);
    feature_list features;
    whosaid_status status =
        feature_list_extract(text, &said, &m->settings, a->arena, &features, err);
    if (status != WHOSAID_OK) return status;
    size_t labels = m->target->label_count;
    const double *own = margins->own + index * labels, *leaning = margins->leaning + index * labels;
    size_t best = largest_of(leaning, labels), second = best == 0 ? 1 : 0;
    for (size_t k = 0; k < labels; k++)
        if (k != best && leaning[k] > leaning[second]) second = k;
    *out = (stance_explanation){.label = (uint32_t)best,
                                .runner_up = (uint32_t)second,
                                .margin = leaning[best] - leaning[second],
                                .bias = m->biases[best] - m->biases[second]};
    bool alone = memcmp(own, leaning, labels * sizeof *own) == 0;
    double own_share = alone ? 1 : 1 / (1 + m->settings.company);
    if (!add_reasons(m, text, &features, own_share, a->arena, out)) return error_no_memory(err);
    if (!alone) add_company(out, own[best] - own[second], own_share);
    if (out->count) qsort(out->reasons, out->count, sizeof *out->reasons, compare_reasons);
    return WHOSAID_OK;
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
    article_margins margins;
    whosaid_status status = stance_prepare(m, a, &text, err);
    if (status == WHOSAID_OK) status = find_margins(m, &text, a, &margins, err);
    for (size_t i = 0; i < a->attribution_count && status == WHOSAID_OK; i++) {
        stance_explanation e = {0};
        status = explain(m, &text, a, i, &margins, &e, err);
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
