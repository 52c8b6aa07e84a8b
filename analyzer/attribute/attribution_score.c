#include "attribute/attribution_score.h"

#include "base/array.h"
#include "base/error.h"
#include "base/sorted.h"
#include "base/utf8.h"
#include "segment/characters.h"

#include <stdlib.h>

enum { CUE, SOURCE, CONTENT, ROLES };
enum { DIRECT, MIXED, INDIRECT, TYPES }; /* in the order of the rows */

typedef struct score_token {
    span bytes;
    bool is_word, quoted, light;
} score_token;

/* One side's attribution on score tokens. */
typedef struct token_quote {
    token_ranges spans[ROLES]; /* sorted, each once */
    token_ranges words[ROLES]; /* the same merged, without overlaps */
    unsigned type;             /* DIRECT, MIXED or INDIRECT */
} token_quote;

typedef struct side {
    token_quote *quotes;
    size_t count;
} side;

typedef struct scorer {
    arena *memory;
    score_token *tokens;
    size_t token_count;
    attribution_tally *tally;
} scorer;

/* --- tokens --------------------------------------------------------------------------------- */

static bool is_space(uint32_t c) {
    return c == ' ' || (c >= 9 && c <= 13) || (c >= 0x1C && c <= 0x1F) || c == 0x85 || c == 0xA0 ||
           c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 ||
           c == 0x202F || c == 0x205F || c == 0x3000;
}

/* Letters and digits; not the marks and joiners that the segmenter counts to a word. */
static bool is_word_character(const char *ptr, const char *end, uint32_t c) {
    size_t len;
    if (c < 128) return ascii_is_alpha((unsigned char)c) || ascii_is_digit((unsigned char)c);
    if (c == 0xAD || (c >= 0x300 && c <= 0x36F) || (c >= 0x200B && c <= 0x200F) || c == 0xFEFF)
        return false;
    character_class class = character_at(ptr, end, &len);
    return class == CHARACTER_LETTER || class == CHARACTER_DIGIT;
}

static bool is_light(text_view word) {
    static const char *const WORDS[] = {
        "a",     "an",    "the", "this",    "that",  "these", "those", "his",     "her", "its",
        "their", "our",   "my",  "your",    "some",  "any",   "many",  "several", "all", "both",
        "each",  "every", "no",  "another", "other", "of",    "in",    "at",      "on",  "for",
        "from",  "with",  "by",  "to",      "and",   "or",    "who",   "s"};
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
        if (view_equal_ignoring_case(word, view_of(WORDS[i]))) return true;
    return false;
}

/* End of the run of word characters at `at`, or of the single character there. */
static size_t token_end(text_view text, size_t at, bool word) {
    const char *end = text.ptr + text.len;
    size_t len;
    utf8_decode(text.ptr + at, end, &len);
    at += len;
    while (word && at < text.len) {
        uint32_t c = utf8_decode(text.ptr + at, end, &len);
        if (!is_word_character(text.ptr + at, end, c)) break;
        at += len;
    }
    return at;
}

/* Marks: 1 opens, 2 closes, 3 the straight one, 0 none. */
static unsigned mark_at(text_view text, span bytes, uint32_t c) {
    text_view two =
        view_slice(text, bytes.begin, bytes.begin + (bytes.begin + 2 <= text.len ? 2 : 1));
    if (c == 0x201C || view_is(two, "``")) return 1;
    if (c == 0x201D || view_is(two, "''")) return 2;
    return c == '"' ? 3 : 0;
}

static bool make_tokens(scorer *s, text_view text) {
    ARRAY(score_token) tokens = {0};
    bool inside = false;
    for (size_t at = 0; at < text.len;) {
        size_t len;
        uint32_t c = utf8_decode(text.ptr + at, text.ptr + text.len, &len);
        if (is_space(c)) {
            if (c == '\n') inside = false;
            at += len;
            continue;
        }
        bool word = is_word_character(text.ptr + at, text.ptr + text.len, c);
        span bytes = {(uint32_t)at, (uint32_t)token_end(text, at, word)};
        unsigned mark = mark_at(text, bytes, c);
        bool was = inside;
        inside = mark == 3 ? !inside : mark ? mark == 1 : inside;
        text_view chars = view_slice(text, bytes.begin, bytes.end);
        score_token made = {bytes, word, was || inside, word && is_light(chars)};
        if (!array_push(s->memory, &tokens, made)) return false;
        at = bytes.end;
    }
    s->tokens = tokens.items;
    s->token_count = tokens.count;
    return true;
}

/* --- quotes on tokens ----------------------------------------------------------------------- */

static size_t first_token_behind(const scorer *s, uint32_t byte) {
    return SORTED_BELOW(s->tokens, s->token_count, bytes.end, byte + 1);
}

static token_range tokens_touched(const scorer *s, span bytes) {
    size_t first = first_token_behind(s, bytes.begin), end = first;
    while (end < s->token_count && s->tokens[end].bytes.begin < bytes.end)
        end++;
    return (token_range){(uint32_t)first, (uint32_t)end};
}

static int compare_ranges(const void *a, const void *b) {
    const token_range *x = a, *y = b;
    if (x->first != y->first) return x->first < y->first ? -1 : 1;
    return (x->end > y->end) - (x->end < y->end);
}

static void sort_unique(token_ranges *r) {
    if (r->count == 0) return;
    qsort(r->items, r->count, sizeof *r->items, compare_ranges);
    size_t kept = 1;
    for (size_t i = 1; i < r->count; i++)
        if (compare_ranges(&r->items[i], &r->items[kept - 1]) != 0) r->items[kept++] = r->items[i];
    r->count = kept;
}

/* `sorted` with overlapping ranges joined. */
static bool merge(arena *memory, token_ranges sorted, token_ranges *out) {
    out->items = ARENA_NEW(memory, token_range, sorted.count);
    out->count = 0;
    if (!out->items) return false;
    for (size_t i = 0; i < sorted.count; i++) {
        token_range *last = out->count ? &out->items[out->count - 1] : NULL;
        if (last && sorted.items[i].first <= last->end) {
            if (sorted.items[i].end > last->end) last->end = sorted.items[i].end;
        } else {
            out->items[out->count++] = sorted.items[i];
        }
    }
    return true;
}

static uint64_t size_of(token_ranges merged) {
    uint64_t size = 0;
    for (size_t i = 0; i < merged.count; i++)
        size += merged.items[i].end - merged.items[i].first;
    return size;
}

static uint64_t common_of(token_ranges a, token_ranges b) {
    uint64_t common = 0;
    for (size_t i = 0, k = 0; i < a.count && k < b.count;) {
        token_range x = a.items[i], y = b.items[k];
        uint32_t first = x.first > y.first ? x.first : y.first, end = x.end < y.end ? x.end : y.end;
        if (end > first) common += end - first;
        if (x.end < y.end)
            i++;
        else
            k++;
    }
    return common;
}

static unsigned type_of(const scorer *s, token_ranges contents) {
    size_t words = 0, quoted = 0;
    for (size_t r = 0; r < contents.count; r++) {
        for (uint32_t i = contents.items[r].first; i < contents.items[r].end; i++) {
            // NOLINTNEXTLINE(clang-analyzer-core.NullDereference): a range has tokens
            words += s->tokens[i].is_word;
            quoted += s->tokens[i].is_word && s->tokens[i].quoted;
        }
    }
    return quoted == 0 ? INDIRECT : quoted == words ? DIRECT : MIXED;
}

static bool make_quote(const scorer *s, const scored_quote *from, token_quote *out) {
    const span_list *lists[ROLES] = {&from->cues, &from->sources, &from->contents};
    for (int role = 0; role < ROLES; role++) {
        token_ranges *spans = &out->spans[role];
        *spans = (token_ranges){ARENA_NEW(s->memory, token_range, lists[role]->count), 0};
        if (!spans->items) return false;
        for (size_t i = 0; i < lists[role]->count; i++) {
            token_range range = tokens_touched(s, lists[role]->items[i]);
            if (range.first < range.end) spans->items[spans->count++] = range;
        }
        sort_unique(spans);
        if (!merge(s->memory, *spans, &out->words[role])) return false;
    }
    out->type = type_of(s, out->words[CONTENT]);
    return true;
}

static bool make_side(const scorer *s, const scored_quote *quotes, size_t count, side *out) {
    *out = (side){ARENA_NEW(s->memory, token_quote, count), count};
    if (!out->quotes) return false;
    for (size_t i = 0; i < count; i++)
        if (!make_quote(s, &quotes[i], &out->quotes[i])) return false;
    return true;
}

/* --- rows of spans and tokens --------------------------------------------------------------- */

static void add(scorer *s, int row, uint64_t hit_predicted, uint64_t predicted, uint64_t hit_gold,
                uint64_t gold) {
    row_counts *c = &s->tally->rows[row];
    c->hit_predicted += hit_predicted;
    c->predicted += predicted;
    c->hit_gold += hit_gold;
    c->gold += gold;
}

static token_range trimmed(const scorer *s, token_range range) {
    token_range r = range;
    while (r.first < r.end && !s->tokens[r.first].is_word)
        r.first++;
    while (r.end > r.first && !s->tokens[r.end - 1].is_word)
        r.end--;
    return r.first < r.end ? r : range;
}

/* All spans of one role on one side, sorted, each once. */
static bool role_set(const scorer *s, const side *from, int role, bool trim, token_ranges *out) {
    size_t count = 0;
    for (size_t q = 0; q < from->count; q++)
        count += from->quotes[q].spans[role].count;
    *out = (token_ranges){ARENA_NEW(s->memory, token_range, count), 0};
    if (!out->items) return false;
    for (size_t q = 0; q < from->count; q++) {
        token_ranges spans = from->quotes[q].spans[role];
        for (size_t i = 0; i < spans.count; i++)
            out->items[out->count++] = trim ? trimmed(s, spans.items[i]) : spans.items[i];
    }
    sort_unique(out);
    return true;
}

static size_t equal_items(token_ranges a, token_ranges b) {
    size_t equal = 0;
    for (size_t i = 0, k = 0; i < a.count && k < b.count;) {
        int order = compare_ranges(&a.items[i], &b.items[k]);
        equal += order == 0;
        i += order <= 0;
        k += order >= 0;
    }
    return equal;
}

static bool score_spans(scorer *s, const side *predicted, const side *gold) {
    for (int role = 0; role < ROLES; role++) {
        int row = ROW_CUE_EXACT + role * (ROW_SOURCE_EXACT - ROW_CUE_EXACT);
        for (int trim = 0; trim < 2; trim++) {
            token_ranges p, g, p_words, g_words;
            if (!role_set(s, predicted, role, trim, &p) || !role_set(s, gold, role, trim, &g))
                return false;
            size_t hit = equal_items(p, g);
            add(s, row + trim, hit, p.count, hit, g.count);
            if (trim) continue;
            if (!merge(s->memory, p, &p_words) || !merge(s->memory, g, &g_words)) return false;
            uint64_t common = common_of(p_words, g_words);
            add(s, row + 2, common, size_of(p_words), common, size_of(g_words));
        }
    }
    return true;
}

static bool spans_equal(token_ranges a, token_ranges b) {
    return a.count == b.count && equal_items(a, b) == a.count;
}

static bool linked(const token_quote *a, const token_quote *b, int row) {
    if (common_of(a->words[CUE], b->words[CUE]) == 0) return false;
    bool sources = spans_equal(a->spans[SOURCE], b->spans[SOURCE]);
    bool contents = spans_equal(a->spans[CONTENT], b->spans[CONTENT]);
    if (row == ROW_LINKED_SOURCE) return sources;
    if (row == ROW_LINKED_CONTENT) return contents;
    return sources && contents && spans_equal(a->spans[CUE], b->spans[CUE]);
}

static size_t count_linked(const side *from, const side *to, int row) {
    size_t count = 0;
    for (size_t i = 0; i < from->count; i++) {
        bool any = false;
        for (size_t k = 0; k < to->count && !any; k++)
            any = linked(&from->quotes[i], &to->quotes[k], row);
        count += any;
    }
    return count;
}

/* --- found and correct ---------------------------------------------------------------------- */

typedef struct pairing {
    double likeness;
    bool wrong_source, wrong_cue;
    uint32_t predicted, gold;
} pairing;

static int compare_pairings(const void *a, const void *b) {
    const pairing *x = a, *y = b;
    if (x->likeness != y->likeness) return x->likeness > y->likeness ? -1 : 1;
    if (x->wrong_source != y->wrong_source) return x->wrong_source ? 1 : -1;
    if (x->wrong_cue != y->wrong_cue) return x->wrong_cue ? 1 : -1;
    if (x->predicted != y->predicted) return x->predicted < y->predicted ? -1 : 1;
    return (x->gold > y->gold) - (x->gold < y->gold);
}

static bool source_right(const scorer *s, const token_quote *predicted, const token_quote *gold) {
    token_ranges g = gold->words[SOURCE], p = predicted->words[SOURCE];
    if (gold->spans[SOURCE].count == 0) return predicted->spans[SOURCE].count == 0;
    bool heavy = false;
    for (size_t r = 0; r < g.count; r++) {
        for (uint32_t i = g.items[r].first; i < g.items[r].end; i++) {
            if (!s->tokens[i].is_word || s->tokens[i].light) continue;
            heavy = true;
            for (size_t k = 0; k < p.count; k++)
                if (range_contains(p.items[k], i)) return true;
        }
    }
    return !heavy && common_of(g, p) > 0;
}

/* What became of each attribution of one side: 0 not found, 1 found, 2 correct. */
static bool match(const scorer *s, const side *predicted, const side *gold, uint8_t *of_predicted,
                  uint8_t *of_gold) {
    ARRAY(pairing) pairs = {0};
    for (uint32_t i = 0; i < predicted->count; i++) {
        const token_quote *p = &predicted->quotes[i];
        uint64_t p_size = size_of(p->words[CONTENT]);
        for (uint32_t k = 0; k < gold->count; k++) {
            const token_quote *g = &gold->quotes[k];
            uint64_t g_size = size_of(g->words[CONTENT]),
                     both = common_of(p->words[CONTENT], g->words[CONTENT]);
            if (both == 0 || 2 * both < p_size || 2 * both < g_size) continue;
            pairing pair = {2.0 * (double)both / (double)(p_size + g_size), !source_right(s, p, g),
                            common_of(p->words[CUE], g->words[CUE]) == 0, i, k};
            if (!array_push(s->memory, &pairs, pair)) return false;
        }
    }
    if (pairs.count) qsort(pairs.items, pairs.count, sizeof *pairs.items, compare_pairings);
    for (size_t i = 0; i < pairs.count; i++) {
        pairing pair = pairs.items[i];
        if (of_predicted[pair.predicted] || of_gold[pair.gold]) continue;
        of_predicted[pair.predicted] = of_gold[pair.gold] = pair.wrong_source ? 1 : 2;
    }
    return true;
}

/* Counts of one side: with content, found, correct; [3] is the sum of the types. */
static void count_side(const side *from, const uint8_t *fate, uint64_t counts[4][3]) {
    for (size_t i = 0; i < from->count; i++) {
        const token_quote *q = &from->quotes[i];
        if (q->spans[CONTENT].count == 0) continue;
        unsigned types[2] = {q->type, TYPES};
        for (int t = 0; t < 2; t++) {
            counts[types[t]][0]++;
            counts[types[t]][1] += fate[i] >= 1;
            counts[types[t]][2] += fate[i] == 2;
        }
    }
}

static bool score_attributions(scorer *s, const side *predicted, const side *gold) {
    uint8_t *of_predicted = ARENA_NEW(s->memory, uint8_t, predicted->count);
    uint8_t *of_gold = ARENA_NEW(s->memory, uint8_t, gold->count);
    if (!of_predicted || !of_gold || !match(s, predicted, gold, of_predicted, of_gold))
        return false;
    uint64_t p[TYPES + 1][3] = {0}, g[TYPES + 1][3] = {0};
    count_side(predicted, of_predicted, p);
    count_side(gold, of_gold, g);
    for (int correct = 0; correct < 2; correct++) {
        int row = correct ? ROW_CORRECT : ROW_FOUND;
        add(s, row, p[TYPES][1 + correct], p[TYPES][0], g[TYPES][1 + correct], g[TYPES][0]);
        for (int t = 0; t < TYPES; t++)
            add(s, row + 1 + t, p[t][1 + correct], p[t][0], g[t][1 + correct], g[t][0]);
    }
    return true;
}

whosaid_status attribution_score(attribution_tally *tally, text_view text,
                                 const scored_quote *predicted, size_t predicted_count,
                                 const scored_quote *gold, size_t gold_count, arena *memory,
                                 whosaid_error *err) {
    scorer s = {.memory = memory, .tally = tally};
    side p, g;
    if (!make_tokens(&s, text) || !make_side(&s, predicted, predicted_count, &p) ||
        !make_side(&s, gold, gold_count, &g) || !score_spans(&s, &p, &g))
        return error_no_memory(err);
    for (int row = ROW_LINKED_SOURCE; row <= ROW_LINKED_ALL; row++)
        add(&s, row, count_linked(&p, &g, row), p.count, count_linked(&g, &p, row), g.count);
    return score_attributions(&s, &p, &g) ? WHOSAID_OK : error_no_memory(err);
}

scored_quote *scored_quotes_of_gold(const annotated_article *gold, arena *memory) {
    scored_quote *quotes = ARENA_NEW(memory, scored_quote, gold->quote_count);
    for (size_t i = 0; quotes && i < gold->quote_count; i++)
        quotes[i] =
            (scored_quote){gold->quotes[i].cues, gold->quotes[i].sources, gold->quotes[i].contents};
    return quotes;
}

static bool bytes_of(const article *a, token_ranges ranges, arena *memory, span_list *out) {
    *out = (span_list){ARENA_NEW(memory, span, ranges.count), ranges.count};
    for (size_t i = 0; out->items && i < ranges.count; i++)
        out->items[i] = range_bytes(a, ranges.items[i]);
    return out->items != NULL;
}

scored_quote *scored_quotes_of_article(const article *a, arena *memory) {
    scored_quote *quotes = ARENA_NEW(memory, scored_quote, a->attribution_count);
    for (size_t i = 0; quotes && i < a->attribution_count; i++) {
        const attribution *from = &a->attributions[i];
        if (!bytes_of(a, from->cues, memory, &quotes[i].cues) ||
            !bytes_of(a, from->sources, memory, &quotes[i].sources) ||
            !bytes_of(a, from->contents, memory, &quotes[i].contents))
            return NULL;
    }
    return quotes;
}

row_figures attribution_figures(const row_counts *c) {
    row_figures f = {0, 0, 0};
    if (c->predicted) f.precision = (double)c->hit_predicted / (double)c->predicted;
    if (c->gold) f.recall = (double)c->hit_gold / (double)c->gold;
    if (f.precision + f.recall > 0) f.f1 = 2 * f.precision * f.recall / (f.precision + f.recall);
    return f;
}

const char *attribution_row_name(attribution_row row) {
    static const char *const NAMES[] = {
#define ATTRIBUTION_ROW_NAME(name, text) text,
        ATTRIBUTION_ROW_LIST(ATTRIBUTION_ROW_NAME)
#undef ATTRIBUTION_ROW_NAME
    };
    return NAMES[row];
}
