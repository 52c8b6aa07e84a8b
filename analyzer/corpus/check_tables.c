/* Stance labels by cue verb, speaker, anonymity, type and kind; growth of the vocabulary. */
#include "corpus/check_steps.h"
#include "corpus/corpus_writer.h"

#include "segment/segment.h"

#include <stdlib.h>

enum { TABLE_CUE, TABLE_SPEAKER, TABLE_ANONYMITY, TABLE_TYPE, TABLE_KIND };
static const char *const titles[CHECK_TABLE_COUNT] = {"cue", "speaker", "anonymity", "type",
                                                      "kind"};

/* Uses of a cue from which its balance is worth a word, and the share that is too much. */
enum { BALANCE_USES_MIN = 10, BALANCE_PERCENT_MAX = 80 };

/* One statement in one table, with one of its labels. */
typedef struct use {
    text_view word;
    size_t column; /* SIZE_MAX: it has no stance */
    bool first;    /* of this statement's uses */
} use;

typedef struct label_name {
    text_view target, label;
} label_name;

typedef struct table_maker {
    checker *c;
    ARRAY(label_name) names; /* sorted, different */
    ARRAY(use) uses[CHECK_TABLE_COUNT];
} table_maker;

/* --- columns --- */

static int compare_names(const void *a, const void *b) {
    const label_name *x = a, *y = b;
    int order = view_compare(x->target, y->target);
    return order != 0 ? order : view_compare(x->label, y->label);
}

static size_t find_column(const table_maker *m, label_name wanted) {
    const label_name *found = /* there are some: what is looked for was collected */
        /* NOLINTNEXTLINE(clang-analyzer-core.NonNullParamChecker) */
        bsearch(&wanted, m->names.items, m->names.count, sizeof wanted, compare_names);
    return (size_t)(found - m->names.items);
}

static whosaid_status collect_names(table_maker *m) {
    const checker *c = m->c;
    for (size_t i = 0; i < corpus_size(c->corpus); i++) {
        const annotated_article *a = corpus_article(c->corpus, i);
        for (size_t k = 0; k < a->quote_count; k++)
            for (size_t s = 0; s < a->quotes[k].stance_count; s++) {
                const annotated_stance *stance_toward = &a->quotes[k].stances[s];
                label_name found = {stance_toward->target, stance_toward->label};
                bool repeated = m->names.count > 0 &&
                                compare_names(&m->names.items[m->names.count - 1], &found) == 0;
                if (!repeated && !array_push(c->result->arena, &m->names, found))
                    return error_no_memory(c->err);
            }
    }
    if (m->names.count == 0) return WHOSAID_OK;
    qsort(m->names.items, m->names.count, sizeof *m->names.items, compare_names);
    size_t kept = 1;
    for (size_t i = 1; i < m->names.count; i++)
        if (compare_names(&m->names.items[kept - 1], &m->names.items[i]) != 0)
            m->names.items[kept++] = m->names.items[i];
    m->names.count = kept;
    return WHOSAID_OK;
}

static whosaid_status make_columns(table_maker *m) {
    corpus_check *r = m->c->result;
    r->column_count = m->names.count;
    r->columns = ARENA_NEW(r->arena, text_view, r->column_count);
    r->column_targets = ARENA_NEW(r->arena, size_t, r->column_count);
    if (!r->columns || !r->column_targets) return error_no_memory(m->c->err);
    bool several = r->column_count > 0 && !view_equal(m->names.items[0].target,
                                                      m->names.items[r->column_count - 1].target);
    for (size_t i = 0; i < r->column_count; i++) {
        label_name n = m->names.items[i];
        bool same = i > 0 && view_equal(n.target, m->names.items[i - 1].target);
        r->column_targets[i] = i == 0 ? 0 : r->column_targets[i - 1] + !same;
        r->columns[i] = several ? arena_format(r->arena, "%.*s: %.*s", (int)n.target.len,
                                               n.target.ptr, (int)n.label.len, n.label.ptr)
                                : arena_copy(r->arena, n.label);
        if (!r->columns[i].ptr) return error_no_memory(m->c->err);
    }
    return WHOSAID_OK;
}

/* --- uses --- */

static bool is_pronoun(text_view source) {
    static const char *const pronouns[] = {"he",  "she", "they", "it",    "we",   "i",   "who",
                                           "his", "her", "its",  "their", "them", "him", "you"};
    for (size_t i = 0; i < sizeof pronouns / sizeof *pronouns; i++)
        if (view_equal_ignoring_case(source, view_of(pronouns[i]))) return true;
    return false;
}

static text_view speaker_word(const annotated_article *a, const annotated_quote *q) {
    if (q->has_anonymity && q->grade != ANONYMITY_NAMED)
        return view_of(anonymity_grade_name(q->grade));
    if (q->sources.count == 0) return VIEW("no source");
    span s = q->sources.items[0];
    if (is_pronoun(view_slice(a->text, s.begin, s.end))) return VIEW("pronoun");
    return q->has_anonymity ? VIEW("named") : VIEW("not annotated");
}

static whosaid_status add_uses(table_maker *m, const article *segmented, const annotated_article *a,
                               const annotated_quote *q) {
    checker *c = m->c;
    arena *memory = c->result->arena;
    text_view cue = VIEW("no cue");
    if (q->cues.count > 0) {
        span s = q->cues.items[0];
        cue = cue_verb(memory, view_slice(a->text, s.begin, s.end));
    }
    if (!cue.ptr) return error_no_memory(c->err);
    quote_type type = contents_type(segmented, &q->contents);
    c->result->quoted_count += type != QUOTE_INDIRECT;
    const text_view words[CHECK_TABLE_COUNT] = {
        [TABLE_CUE] = cue,
        [TABLE_SPEAKER] = speaker_word(a, q),
        [TABLE_ANONYMITY] =
            q->has_anonymity ? view_of(anonymity_grade_name(q->grade)) : VIEW("not annotated"),
        [TABLE_TYPE] = view_of(quote_type_name(type)),
        [TABLE_KIND] = q->has_kind ? view_of(statement_kind_name(q->kind)) : VIEW("not annotated")};
    size_t count = q->stance_count ? q->stance_count : 1;
    for (int t = 0; t < CHECK_TABLE_COUNT; t++)
        for (size_t s = 0; s < count; s++) {
            use u = {.word = words[t], .column = SIZE_MAX, .first = s == 0};
            if (q->stance_count > 0)
                u.column = find_column(m, (label_name){q->stances[s].target, q->stances[s].label});
            if (!array_push(memory, &m->uses[t], u)) return error_no_memory(c->err);
        }
    return WHOSAID_OK;
}

static whosaid_status collect_uses(table_maker *m) {
    checker *c = m->c;
    whosaid_status status = WHOSAID_OK;
    for (size_t i = 0; status == WHOSAID_OK && i < corpus_size(c->corpus); i++) {
        const annotated_article *a = corpus_article(c->corpus, i);
        arena_reset(c->scratch);
        article segmented = annotated_article_start(a, c->scratch);
        status = segment_article(&segmented, c->err);
        for (size_t k = 0; status == WHOSAID_OK && k < a->quote_count; k++)
            status = add_uses(m, &segmented, a, &a->quotes[k]);
    }
    return status;
}

/* --- rows --- */

static int compare_uses(const void *a, const void *b) {
    return view_compare(((const use *)a)->word, ((const use *)b)->word);
}

static int compare_rows(const void *a, const void *b) {
    const count_row *x = a, *y = b;
    if (x->total != y->total) return x->total > y->total ? -1 : 1;
    return view_compare(x->word, y->word);
}

static whosaid_status make_table(table_maker *m, int which) {
    corpus_check *r = m->c->result;
    count_table *t = &r->tables[which];
    use *uses = m->uses[which].items;
    size_t count = m->uses[which].count;
    if (count > 1) qsort(uses, count, sizeof *uses, compare_uses);
    t->title = titles[which];
    ARRAY(count_row) rows = {0};
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || !view_equal(uses[i].word, uses[i - 1].word)) {
            count_row row = {uses[i].word, ARENA_NEW(r->arena, size_t, r->column_count), 0};
            if (!row.counts || !array_push(r->arena, &rows, row)) return error_no_memory(m->c->err);
        }
        count_row *row = &rows.items[rows.count - 1];
        row->total += uses[i].first;
        if (uses[i].column != SIZE_MAX) row->counts[uses[i].column]++;
    }
    if (rows.count > 1) qsort(rows.items, rows.count, sizeof *rows.items, compare_rows);
    t->rows = rows.items;
    t->row_count = rows.count;
    return WHOSAID_OK;
}

/* Reports a row where one label of a target holds too much. */
static whosaid_status check_balance(checker *c, const count_table *t, const count_row *row) {
    const corpus_check *r = c->result;
    whosaid_status status = WHOSAID_OK;
    for (size_t first = 0, end; status == WHOSAID_OK && first < r->column_count; first = end) {
        size_t sum = 0, most = first;
        for (end = first;
             end < r->column_count && r->column_targets[end] == r->column_targets[first]; end++) {
            sum += row->counts[end];
            if (row->counts[end] > row->counts[most]) most = end;
        }
        if (sum >= BALANCE_USES_MIN && row->counts[most] * 100 > sum * BALANCE_PERCENT_MAX)
            status = check_add(
                c, CHECK_BALANCE, SIZE_MAX, NULL, "%s \"%.*s\": %zu of %zu statements are \"%.*s\"",
                t->title, EXCERPT(row->word), row->counts[most], sum, EXCERPT(r->columns[most]));
    }
    return status;
}

static whosaid_status make_tables(table_maker *m) {
    whosaid_status status = WHOSAID_OK;
    for (int t = 0; status == WHOSAID_OK && t < CHECK_TABLE_COUNT; t++)
        status = make_table(m, t);
    for (int t = TABLE_CUE; status == WHOSAID_OK && t <= TABLE_SPEAKER; t++) {
        const count_table *table = &m->c->result->tables[t];
        for (size_t i = 0; status == WHOSAID_OK && i < table->row_count; i++)
            status = check_balance(m->c, table, &table->rows[i]);
    }
    return status;
}

/* --- vocabulary --- */

typedef struct occurrence {
    uint64_t word;
    size_t index;
} occurrence;

static int compare_occurrences(const void *a, const void *b) {
    const occurrence *x = a, *y = b;
    if (x->word != y->word) return x->word < y->word ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

static whosaid_status count_vocabulary(checker *c) {
    corpus_check *r = c->result;
    size_t count = c->words.count;
    r->word_count = count;
    occurrence *all = arena_alloc_raw(r->arena, count, sizeof *all);
    if (!all) return error_no_memory(c->err);
    for (size_t i = 0; i < count; i++)
        all[i] = (occurrence){c->words.items[i], i};
    if (count > 1) qsort(all, count, sizeof *all, compare_occurrences);
    for (size_t i = 0; i < count; i++)
        if (i == 0 || all[i].word != all[i - 1].word)
            r->vocabulary[all[i].index * VOCABULARY_STEPS / count]++;
    for (int i = 1; i < VOCABULARY_STEPS; i++)
        r->vocabulary[i] += r->vocabulary[i - 1];
    return WHOSAID_OK;
}

whosaid_status check_tables(checker *c) {
    table_maker m = {.c = c};
    whosaid_status status = collect_names(&m);
    if (status == WHOSAID_OK) status = make_columns(&m);
    if (status == WHOSAID_OK) status = collect_uses(&m);
    if (status == WHOSAID_OK) status = make_tables(&m);
    return status == WHOSAID_OK ? count_vocabulary(c) : status;
}
