#include "report/summary.h"

#include "base/arena.h"
#include "base/array.h"
#include "base/error.h"
#include "base/hash.h"
#include "report/csv_row.h"
#include "report/speaker_names.h"

#include <stdlib.h>

/* The head of an article's records. Heads are copied, never cast: pieces have no alignment. */
typedef struct article_head {
    uint32_t outlet_len, date_len, statement_count;
} article_head;

/* One statement: behind it the name, the role, and stance_count pairs of target and label. */
typedef struct statement_head {
    uint32_t name_len, role_len, stance_count;
    uint8_t grade, direct, has_reason;
} statement_head;

typedef struct stance_pair {
    uint32_t target, label;
} stance_pair;

typedef struct summary_row {
    text_view name, role, first_date, last_date;
    size_t articles, statements, direct, anonymous, anonymous_with_reason;
    size_t last_article; /* number of the article counted last, from 1 */
    size_t *stances;     /* [stance_width] counts, targets one behind the other */
} summary_row;

struct summary {
    summary_by by;
    const report_options *options;
    size_t stance_width; /* labels and "undecided" of all targets */
    arena *memory;
    ARRAY(summary_row) rows;
    uint32_t *slots; /* row number + 1, by hash of the name; on the heap */
    size_t slot_count;
    size_t articles;
};

static bool append_statement(buffer *out, const attribution *said) {
    statement_head head = {.name_len = (uint32_t)said->speaker.name.len,
                           .role_len = (uint32_t)said->speaker.role.len,
                           .stance_count = (uint32_t)said->stance_count,
                           .grade = (uint8_t)said->anonymity.grade,
                           .direct = said->type == QUOTE_DIRECT,
                           .has_reason = said->anonymity.reason.len > 0};
    bool ok = buffer_append(out, &head, sizeof head) &&
              buffer_append_view(out, said->speaker.name) &&
              buffer_append_view(out, said->speaker.role);
    for (size_t i = 0; ok && i < said->stance_count; i++) {
        stance_pair pair = {said->stances[i].target, said->stances[i].label};
        ok = buffer_append(out, &pair, sizeof pair);
    }
    return ok;
}

static whosaid_status append_article(const article *a, const report_options *options, buffer *out,
                                     whosaid_error *err) {
    (void)options;
    article_head head = {(uint32_t)a->outlet.len, (uint32_t)a->date.len,
                         (uint32_t)a->attribution_count};
    bool ok = buffer_append(out, &head, sizeof head) && buffer_append_view(out, a->outlet) &&
              buffer_append_view(out, a->date);
    for (size_t i = 0; ok && i < a->attribution_count; i++)
        ok = append_statement(out, &a->attributions[i]);
    return ok ? WHOSAID_OK : error_no_memory(err);
}

const report_format *summary_records(void) {
    static const report_format records = {
        .name = "summary records", .begin = report_begin_nothing, .article = append_article};
    return &records;
}

summary *summary_new(summary_by by, const report_options *options) {
    summary *made = calloc(1, sizeof *made);
    if (!made) return NULL;
    made->by = by;
    made->options = options;
    made->memory = arena_new();
    for (size_t i = 0; i < options->target_count; i++)
        made->stance_width += options->targets[i].label_count + 1;
    if (made->memory) return made;
    free(made);
    return NULL;
}

void summary_free(summary *s) {
    if (!s) return;
    arena_free(s->memory);
    free(s->slots);
    free(s);
}

static uint64_t name_hash(text_view text) {
    uint64_t hash = text.len;
    for (size_t i = 0; i < text.len; i++)
        hash = hash_mix(hash, (unsigned char)ascii_to_lower(text.ptr[i]));
    return hash;
}

static void put_in_slot(summary *s, uint32_t row) {
    size_t at = name_hash(s->rows.items[row].name) & (s->slot_count - 1);
    while (s->slots[at])
        at = (at + 1) & (s->slot_count - 1);
    s->slots[at] = row + 1;
}

static bool grow_slots(summary *s) {
    if ((s->rows.count + 1) * 2 <= s->slot_count) return true;
    size_t grown = s->slot_count ? s->slot_count * 2 : 256;
    uint32_t *slots = calloc(grown, sizeof *slots);
    if (!slots) return false;
    free(s->slots);
    s->slots = slots;
    s->slot_count = grown;
    for (uint32_t i = 0; i < s->rows.count; i++)
        put_in_slot(s, i);
    return true;
}

/* The row of a name, made when it is new. NULL when memory is out. */
static summary_row *row_of(summary *s, text_view wanted) {
    if (!grow_slots(s)) return NULL;
    for (size_t at = name_hash(wanted) & (s->slot_count - 1); s->slots[at];
         at = (at + 1) & (s->slot_count - 1)) {
        summary_row *row = &s->rows.items[s->slots[at] - 1];
        if (view_equal_ignoring_case(row->name, wanted)) return row;
    }
    summary_row made = {.name = arena_copy(s->memory, wanted),
                        .stances = ARENA_NEW(s->memory, size_t, s->stance_width)};
    if (!made.name.ptr || !made.stances || !array_push(s->memory, &s->rows, made)) return NULL;
    put_in_slot(s, (uint32_t)s->rows.count - 1);
    return &s->rows.items[s->rows.count - 1];
}

static bool take_date(summary *s, summary_row *row, text_view date) {
    if (date.len == 0) return true;
    bool first = row->first_date.len == 0 || view_compare(date, row->first_date) < 0;
    bool last = row->last_date.len == 0 || view_compare(date, row->last_date) > 0;
    if (!first && !last) return true;
    text_view kept = arena_copy(s->memory, date);
    if (!kept.ptr) return false;
    if (first) row->first_date = kept;
    if (last) row->last_date = kept;
    return true;
}

static void count_article(summary *s, summary_row *row) {
    if (row->last_article == s->articles) return;
    row->last_article = s->articles;
    row->articles++;
}

static void count_stance(const summary *s, summary_row *row, stance_pair pair) {
    size_t begin = 0;
    if (pair.target >= s->options->target_count) return;
    for (size_t i = 0; i < pair.target; i++)
        begin += s->options->targets[i].label_count + 1;
    size_t labels = s->options->targets[pair.target].label_count;
    row->stances[begin + (pair.label < labels ? pair.label : labels)]++;
}

static void count_statement(const summary *s, summary_row *row, const statement_head *head,
                            const char *pairs) {
    bool anonymous = head->grade == ANONYMITY_ANONYMOUS;
    row->statements++;
    row->direct += head->direct;
    row->anonymous += anonymous;
    row->anonymous_with_reason += anonymous && head->has_reason;
    for (uint32_t i = 0; i < head->stance_count; i++) {
        stance_pair pair;
        memcpy(&pair, pairs + i * sizeof pair, sizeof pair);
        count_stance(s, row, pair);
    }
}

/* Each part of "Ada Cole; Ben Dunn" is a speaker. */
static bool add_speakers(summary *s, const statement_head *head, text_view names, text_view role,
                         text_view date, const char *pairs) {
    text_view one;
    if (!speaker_is_known((anonymity_grade)head->grade)) return true;
    while (speaker_names_next(&names, &one)) {
        summary_row *row = row_of(s, one);
        if (!row || !take_date(s, row, date)) return false;
        if (row->role.len == 0 && role.len > 0) row->role = arena_copy(s->memory, role);
        if (role.len && !row->role.ptr) return false;
        count_article(s, row);
        count_statement(s, row, head, pairs);
    }
    return true;
}

/* Reads the records that append_article wrote. */
typedef struct record_reader {
    const char *at;
} record_reader;

static text_view next_text(record_reader *r, size_t len) {
    text_view text = {r->at, len};
    r->at += len;
    return text;
}

static void next_head(record_reader *r, void *head, size_t size) {
    memcpy(head, r->at, size);
    r->at += size;
}

static bool add_article(summary *s, record_reader *r) {
    article_head head;
    next_head(r, &head, sizeof head);
    text_view outlet = next_text(r, head.outlet_len), date = next_text(r, head.date_len);
    s->articles++;
    bool by_outlet = s->by == SUMMARY_BY_OUTLET, ok = true;
    summary_row *outlet_row = by_outlet ? row_of(s, outlet) : NULL;
    if (by_outlet && !outlet_row) return false;
    if (outlet_row) count_article(s, outlet_row);
    for (uint32_t i = 0; ok && i < head.statement_count; i++) {
        statement_head statement;
        next_head(r, &statement, sizeof statement);
        text_view names = next_text(r, statement.name_len), role = next_text(r, statement.role_len);
        const char *pairs = next_text(r, statement.stance_count * sizeof(stance_pair)).ptr;
        if (outlet_row)
            count_statement(s, outlet_row, &statement, pairs);
        else
            ok = add_speakers(s, &statement, names, role, date, pairs);
    }
    return ok;
}

whosaid_status summary_add(summary *s, text_view piece, whosaid_error *err) {
    record_reader r = {piece.ptr};
    while (piece.len && r.at < piece.ptr + piece.len)
        if (!add_article(s, &r)) return error_no_memory(err);
    return WHOSAID_OK;
}

static int most_statements_first(const void *left, const void *right) {
    const summary_row *a = left, *b = right;
    if (a->statements != b->statements) return a->statements > b->statements ? -1 : 1;
    return view_compare(a->name, b->name);
}

static int by_name(const void *left, const void *right) {
    return view_compare(((const summary_row *)left)->name, ((const summary_row *)right)->name);
}

static void share_cell(csv_row *r, size_t part, size_t whole) {
    csv_score_cell(r, whole ? (float)((double)part / (double)whole) : 0);
}

static void stances_cell(csv_row *r, const summary *s, const summary_row *row) {
    const size_t *count = row->stances;
    for (size_t i = 0; i < s->options->target_count; i++) {
        const report_target *target = &s->options->targets[i];
        if (i > 0) csv_append(r, VIEW(" | "));
        csv_append(r, target->name);
        csv_append(r, VIEW(" "));
        for (size_t k = 0; k < target->label_count; k++) {
            csv_append(r, target->labels[k]);
            csv_append(r, VIEW("="));
            csv_append_number(r, *count++);
            csv_append(r, VIEW(";"));
        }
        csv_append(r, VIEW("undecided="));
        csv_append_number(r, *count++);
    }
    csv_end_text_cell(r);
}

static void write_speaker(csv_row *r, const summary *s, const summary_row *row) {
    csv_text_cell(r, row->name);
    csv_text_cell(r, row->role);
    csv_number_cell(r, row->articles);
    csv_number_cell(r, row->statements);
    share_cell(r, row->direct, row->statements);
    stances_cell(r, s, row);
    csv_text_cell(r, row->first_date);
    csv_text_cell(r, row->last_date);
}

static void write_outlet(csv_row *r, const summary *s, const summary_row *row) {
    (void)s;
    csv_text_cell(r, row->name);
    csv_number_cell(r, row->articles);
    csv_number_cell(r, row->statements);
    csv_number_cell(r, row->anonymous);
    share_cell(r, row->anonymous, row->statements);
    share_cell(r, row->anonymous_with_reason, row->statements);
    share_cell(r, row->anonymous - row->anonymous_with_reason, row->statements);
}

static const struct {
    const char *header;
    int (*order)(const void *left, const void *right);
    void (*write)(csv_row *r, const summary *s, const summary_row *row);
} tables[] = {
    [SUMMARY_BY_SPEAKER] =
        {"speaker,role,articles,statements,share_direct,stances,first_date,last_date\r\n",
         most_statements_first, write_speaker},
    [SUMMARY_BY_OUTLET] = {"outlet,articles,statements,anonymous,share_anonymous,share_with_reason,"
                           "share_without_reason\r\n",
                           by_name, write_outlet},
};

whosaid_status summary_write(summary *s, buffer *out, whosaid_error *err) {
    const char *header = tables[s->by].header;
    buffer cell = {0};
    bool ok = buffer_append(out, header, strlen(header));
    summary_row *sorted = ARENA_NEW(s->memory, summary_row, s->rows.count);
    if (!ok || !sorted) return error_no_memory(err);
    if (s->rows.count) {
        memcpy(sorted, s->rows.items, s->rows.count * sizeof *sorted);
        qsort(sorted, s->rows.count, sizeof *sorted, tables[s->by].order);
    }
    for (size_t i = 0; ok && i < s->rows.count; i++) {
        csv_row r = {.out = out,
                     .cell = &cell,
                     .raw_cells = s->options->raw_cells,
                     .first = true,
                     .ok = true};
        tables[s->by].write(&r, s, &sorted[i]);
        ok = r.ok && buffer_append(out, "\r\n", 2);
    }
    buffer_free(&cell);
    return ok ? WHOSAID_OK : error_no_memory(err);
}
