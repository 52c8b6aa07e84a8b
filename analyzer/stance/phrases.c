#include "stance/phrases.h"

#include "base/array.h"
#include "base/error.h"
#include "base/hash.h"

#include <stdlib.h>

enum {
    MAX_ELEMENTS = 10,
    MAX_OPTIONAL = 4,
    MAX_ALTERNATIVES = 32,
    MAX_PREFIX_BYTES = 63,
    MAX_CLASSES = 1024,
    FIRST_LETTERS = 1024
};

/* One alternative of one element. An empty piece matches any word. */
typedef struct piece {
    text_view text;
    uint64_t hash;
    bool prefix;
} piece;

typedef struct element {
    piece *pieces;
    size_t count;
    bool optional;
} element;

/* A sequence of elements without optional ones. */
typedef struct sequence {
    element elements[MAX_ELEMENTS];
    size_t count;
    uint32_t class;
} sequence;

/* Which sequence may begin with a word of this key. */
typedef struct start {
    uint64_t key;
    uint32_t sequence;
} start;

typedef struct slot {
    uint64_t key;
    uint32_t first, end; /* range of starts; empty for an unused slot */
} slot;

struct phrase_matcher {
    arena *arena;
    ARRAY(sequence *) sequences;
    ARRAY(start) starts;
    slot *slots;
    size_t slot_mask;
    uint64_t prefix_lengths[FIRST_LETTERS]; /* bit n: some first element is a prefix of n bytes
                                               that begins with these letters */
    uint32_t class_count;
};

phrase_matcher *phrase_matcher_new(arena *memory) {
    phrase_matcher *m = ARENA_NEW(memory, phrase_matcher, 1);
    if (m) m->arena = memory;
    return m;
}

/* A number for the first two bytes of a word; second: 0 when it has one. */
static size_t first_letters(unsigned char first, unsigned char second) {
    return (first * 32u + second) % FIRST_LETTERS;
}

/* Lengths of the prefixes that the word may begin with. */
static uint64_t lengths_to_try(const phrase_matcher *m, text_view text) {
    if (text.len == 0) return 0;
    unsigned char second = text.len > 1 ? (unsigned char)text.ptr[1] : 0;
    return m->prefix_lengths[first_letters((unsigned char)text.ptr[0], second)];
}

static void note_prefix(phrase_matcher *m, text_view prefix) {
    unsigned char first = (unsigned char)prefix.ptr[0];
    for (unsigned second = 0; second < 256; second++)
        if (prefix.len == 1 || second == (unsigned char)prefix.ptr[1])
            m->prefix_lengths[first_letters(first, (unsigned char)second)] |= (uint64_t)1
                                                                              << prefix.len;
}

static uint64_t prefix_key(text_view prefix) {
    return hash_mix(hash_view(prefix), 1);
}

static whosaid_status bad_pattern(whosaid_error *err, text_view pattern, const char *reason) {
    int shown = pattern.len < 60 ? (int)pattern.len : 60;
    return error_set(err, WHOSAID_SYNTAX, NULL, 0, "phrase \"%.*s\": %s", shown, pattern.ptr,
                     reason);
}

/* Reads one alternative, such as "refus*". */
static whosaid_status read_piece(phrase_matcher *m, text_view text, text_view pattern, piece *out,
                                 whosaid_error *err) {
    *out = (piece){0};
    if (view_is(text, "_")) return WHOSAID_OK;
    if (view_ends_with(text, VIEW("*"))) {
        out->prefix = true;
        text.len--;
    }
    if (text.len == 0) return bad_pattern(err, pattern, "an empty word");
    if (out->prefix && text.len > MAX_PREFIX_BYTES)
        return bad_pattern(err, pattern, "a word is over 63 bytes");
    word_list words;
    whosaid_status status = words_split(text, m->arena, &words, err);
    if (status != WHOSAID_OK) return status;
    if (words.count != 1 || words.items[0].kind == WORD_MARK)
        return bad_pattern(err, pattern, "only words, *, ?, | and _ may stand in a phrase");
    out->text = words.items[0].text;
    out->hash = words.items[0].hash;
    return WHOSAID_OK;
}

/* Reads one blank-separated element, such as "lift|eas*" or "the?". */
static whosaid_status read_element(phrase_matcher *m, text_view text, text_view pattern,
                                   element *out, whosaid_error *err) {
    *out = (element){0};
    if (text.len > 1 && view_ends_with(text, VIEW("?"))) {
        out->optional = true;
        text.len--;
    }
    out->pieces = ARENA_NEW(m->arena, piece, MAX_ALTERNATIVES);
    if (!out->pieces) return error_no_memory(err);
    for (size_t begin = 0; begin <= text.len;) {
        const char *bar = memchr(text.ptr + begin, '|', text.len - begin);
        size_t end = bar ? (size_t)(bar - text.ptr) : text.len;
        if (out->count == MAX_ALTERNATIVES)
            return bad_pattern(err, pattern, "over 32 alternatives");
        whosaid_status status =
            read_piece(m, view_slice(text, begin, end), pattern, &out->pieces[out->count], err);
        if (status != WHOSAID_OK) return status;
        out->count++;
        begin = end + 1;
    }
    return WHOSAID_OK;
}

/* Splits a pattern at blanks, and at hyphens where an element has no alternatives. */
static whosaid_status read_pattern(phrase_matcher *m, text_view pattern, element *elements,
                                   size_t *count, whosaid_error *err) {
    *count = 0;
    for (size_t i = 0; i < pattern.len;) {
        size_t end = i;
        while (end < pattern.len && !ascii_is_space((unsigned char)pattern.ptr[end]))
            end++;
        text_view part = view_slice(pattern, i, end);
        const char *hyphen = memchr(part.ptr, '-', part.len);
        if (hyphen && hyphen > part.ptr && !memchr(part.ptr, '|', part.len)) {
            end = i + (size_t)(hyphen - part.ptr);
            part.len = end - i;
        }
        if (part.len) {
            if (*count == MAX_ELEMENTS) return bad_pattern(err, pattern, "over 10 words");
            whosaid_status status = read_element(m, part, pattern, &elements[*count], err);
            if (status != WHOSAID_OK) return status;
            ++*count;
        }
        i = end + 1;
    }
    return WHOSAID_OK;
}

static whosaid_status add_sequence(phrase_matcher *m, const sequence *source, text_view pattern,
                                   whosaid_error *err) {
    sequence *s = ARENA_NEW(m->arena, sequence, 1);
    if (!s) return error_no_memory(err);
    *s = *source;
    if (!array_push(m->arena, &m->sequences, s)) return error_no_memory(err);
    const element *first = &s->elements[0];
    for (size_t i = 0; i < first->count; i++) {
        const piece *p = &first->pieces[i];
        if (!p->text.len) return bad_pattern(err, pattern, "_ cannot begin a phrase");
        uint64_t key = p->prefix ? prefix_key(p->text) : p->hash;
        if (p->prefix) note_prefix(m, p->text);
        start begin = {key, (uint32_t)m->sequences.count - 1};
        if (!array_push(m->arena, &m->starts, begin)) return error_no_memory(err);
    }
    return WHOSAID_OK;
}

whosaid_status phrase_matcher_add(phrase_matcher *m, text_view pattern, uint32_t class,
                                  whosaid_error *err) {
    element elements[MAX_ELEMENTS];
    size_t count, optional_count = 0;
    if (class >= MAX_CLASSES)
        return error_set(err, WHOSAID_LIMIT, NULL, 0, "over %d phrase classes", MAX_CLASSES);
    whosaid_status status = read_pattern(m, pattern, elements, &count, err);
    if (status != WHOSAID_OK) return status;
    for (size_t i = 0; i < count; i++)
        optional_count += elements[i].optional;
    if (optional_count > MAX_OPTIONAL) return bad_pattern(err, pattern, "over 4 optional words");
    if (optional_count == count) return bad_pattern(err, pattern, "no word that must be there");
    if (class >= m->class_count) m->class_count = class + 1;
    /* One plain sequence for each choice of optional words. */
    for (unsigned choice = 0; choice < 1u << optional_count; choice++) {
        sequence s = {.class = class};
        size_t seen = 0;
        for (size_t i = 0; i < count; i++)
            if (!elements[i].optional || (choice >> seen++ & 1))
                s.elements[s.count++] = elements[i];
        status = add_sequence(m, &s, pattern, err);
        if (status != WHOSAID_OK) return status;
    }
    return WHOSAID_OK;
}

static int compare_starts(const void *a, const void *b) {
    const start *x = a, *y = b;
    if (x->key != y->key) return x->key < y->key ? -1 : 1;
    return x->sequence < y->sequence ? -1 : x->sequence > y->sequence;
}

whosaid_status phrase_matcher_finish(phrase_matcher *m, whosaid_error *err) {
    size_t slot_count = 16;
    while (slot_count < m->starts.count * 2)
        slot_count *= 2;
    m->slots = ARENA_NEW(m->arena, slot, slot_count);
    if (!m->slots) return error_no_memory(err);
    m->slot_mask = slot_count - 1;
    if (m->starts.count)
        qsort(m->starts.items, m->starts.count, sizeof *m->starts.items, compare_starts);
    for (size_t first = 0, end; first < m->starts.count; first = end) {
        uint64_t key = m->starts.items[first].key;
        for (end = first; end < m->starts.count && m->starts.items[end].key == key; end++)
            continue;
        size_t at = key & m->slot_mask;
        while (m->slots[at].end)
            at = (at + 1) & m->slot_mask;
        m->slots[at] = (slot){key, (uint32_t)first, (uint32_t)end};
    }
    return WHOSAID_OK;
}

static bool element_matches(const element *e, const word *w) {
    if (w->kind == WORD_MARK) return false;
    for (size_t i = 0; i < e->count; i++) {
        const piece *p = &e->pieces[i];
        if (p->prefix ? view_starts_with(w->text, p->text)
                      : !p->text.len || (p->hash == w->hash && view_equal(p->text, w->text)))
            return true;
    }
    return false;
}

/* Index behind the last word of the sequence that begins at word `at`; 0 when it does not match. */
static uint32_t sequence_end(const sequence *s, const word_list *words, size_t at) {
    if (s->count > words->count - at) return 0;
    for (size_t i = 0; i < s->count; i++)
        if (!element_matches(&s->elements[i], &words->items[at + i])) return 0;
    return (uint32_t)(at + s->count);
}

typedef struct search {
    const phrase_matcher *matcher;
    const word_list *words;
    arena *arena;
    uint32_t *class_free_from; /* per class: hits may begin at or behind this word */
    ARRAY(phrase_hit) hits;
    size_t first_here; /* hits that begin at the current word start at this index */
} search;

/* Keeps the longest hit of a class at one word. */
static bool note_hit(search *s, phrase_hit hit) {
    for (size_t i = s->first_here; i < s->hits.count; i++) {
        phrase_hit *old = &s->hits.items[i];
        if (old->class != hit.class) continue;
        if (hit.end > old->end) old->end = hit.end;
        return true;
    }
    return array_push(s->arena, &s->hits, hit);
}

static bool find_key(search *s, uint64_t key, uint32_t at) {
    const phrase_matcher *m = s->matcher;
    for (size_t i = key & m->slot_mask; m->slots[i].end; i = (i + 1) & m->slot_mask) {
        if (m->slots[i].key != key) continue;
        for (uint32_t k = m->slots[i].first; k < m->slots[i].end; k++) {
            const sequence *candidate = m->sequences.items[m->starts.items[k].sequence];
            if (at < s->class_free_from[candidate->class]) continue;
            uint32_t end = sequence_end(candidate, s->words, at);
            if (end && !note_hit(s, (phrase_hit){at, end, candidate->class})) return false;
        }
        return true;
    }
    return true;
}

static void close_word(search *s) {
    for (size_t i = s->first_here; i < s->hits.count; i++) {
        phrase_hit hit = s->hits.items[i];
        s->class_free_from[hit.class] = hit.end;
        size_t k = i;
        for (; k > s->first_here && s->hits.items[k - 1].class > hit.class; k--)
            s->hits.items[k] = s->hits.items[k - 1];
        s->hits.items[k] = hit;
    }
    s->first_here = s->hits.count;
}

whosaid_status phrase_matcher_find(const phrase_matcher *m, const word_list *words, arena *memory,
                                   phrase_hits *out, whosaid_error *err) {
    search s = {.matcher = m, .words = words, .arena = memory};
    s.class_free_from = ARENA_NEW(memory, uint32_t, m->class_count);
    if (!s.class_free_from) return error_no_memory(err);
    for (uint32_t at = 0; at < words->count; at++) {
        const word *w = &words->items[at];
        if (w->kind == WORD_MARK) continue;
        if (!find_key(&s, w->hash, at)) return error_no_memory(err);
        uint64_t lengths = lengths_to_try(m, w->text);
        for (; lengths; lengths &= lengths - 1) {
            size_t len = (size_t)__builtin_ctzll(lengths);
            if (len > w->text.len) break;
            if (!find_key(&s, prefix_key(view_slice(w->text, 0, len)), at))
                return error_no_memory(err);
        }
        close_word(&s);
    }
    *out = (phrase_hits){s.hits.items, s.hits.count};
    return WHOSAID_OK;
}

static size_t first_hit_at(phrase_hits hits, uint32_t first_word) {
    size_t low = 0, high = hits.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (hits.items[middle].first < first_word)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

phrase_hits phrase_hits_within(phrase_hits hits, word_range range) {
    size_t first = first_hit_at(hits, range.first), end = first_hit_at(hits, range.end);
    return first < end ? (phrase_hits){hits.items + first, end - first} : (phrase_hits){0};
}
