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
    KEPT_PAIRS = WORD_PLACES / 2, /* of words that are kept */
    AHEAD = 16,                   /* words that are asked for */
    KEPT_RANGES = 3,              /* of starts, for each; words with more are rare */
    KEPT_WHOLE = 2,               /* phrases of one word, likewise */
    TOO_MUCH = UINT8_MAX,
    CACHE_LINE_BYTES = 64,
    SHARED_LETTER = 38, /* of rare bytes, and those behind it */
    NO_LETTER = 63,     /* behind the end of a word; rare bytes that share it do no harm */
    LETTER_KINDS = 64   /* of two letters */
};

/* One alternative of one element. An empty piece matches any word. */
typedef struct piece {
    text_view text;
    uint64_t hash; /* value of the word's */
    bool prefix;
} piece;

typedef struct element {
    piece *pieces;
    size_t count;
    bool optional;
} element;

/* A sequence of elements without optional ones. */
typedef struct sequence {
    uint32_t number; /* in the order of patterns */
    uint16_t class, count;
    element elements[MAX_ELEMENTS];
} sequence;

/* One piece that a sequence may begin with. The next word's letters tell most often that the
 * sequence does not go on, without a look at it. */
typedef struct start {
    const piece *piece;
    uint64_t next; /* bit n: the second element may begin with two letters of kind n; 0: none */
    const sequence *sequence;
    uint16_t class; /* of the sequence */
} start;

/* A node of the trie of all first pieces. Its children lie together, in the order of their letters.
 * The starts [first, prefix_end) are pieces that may go on, [prefix_end, end) whole words. */
typedef struct trie_node {
    uint64_t letters; /* bit n: there is a child for letter n */
    uint32_t first_child;
    uint32_t first, prefix_end, end;
} trie_node;

struct phrase_matcher {
    arena *arena;
    uint32_t sequence_count;
    ARRAY(start) starts; /* ordered by letters when finished */
    ARRAY(trie_node) nodes;
    uint32_t class_count;
    uint64_t patterns; /* hash of all, in their order */
};

phrase_matcher *phrase_matcher_new(arena *memory) {
    phrase_matcher *m = ARENA_NEW(memory, phrase_matcher, 1);
    if (m) m->arena = memory;
    return m;
}

/* The letter of a byte in the trie. Rare bytes share letters: who comes out of the trie is compared
 * once more. */
static unsigned letter_of(char c) {
    unsigned char byte = (unsigned char)c;
    if (ascii_is_lower(byte)) return byte - 'a';
    if (ascii_is_digit(byte)) return 26u + byte - '0';
    if (byte == '\'') return 36;
    if (byte == '.') return 37;
    return SHARED_LETTER + byte % 26;
}

/* The kind of two letters, as a bit; the factor spreads the frequent ones. */
static uint64_t kind_of(unsigned first, unsigned second) {
    return (uint64_t)1 << (5 * first + second) % LETTER_KINDS;
}

/* That of the two letters that a word begins with. */
static uint64_t kind_of_word(text_view text) {
    unsigned first = text.len > 0 ? letter_of(text.ptr[0]) : NO_LETTER;
    unsigned second = text.len > 1 ? letter_of(text.ptr[1]) : NO_LETTER;
    return kind_of(first, second);
}

/* The kinds of letters that a word which matches the piece may begin with, as bits. */
static uint64_t kinds_of_piece(const piece *p) {
    if (p->text.len == 0) return UINT64_MAX;
    if (!p->prefix || p->text.len > 1) return kind_of_word(p->text);
    uint64_t kinds = 0;
    for (unsigned second = 0; second <= NO_LETTER; second++)
        kinds |= kind_of(letter_of(p->text.ptr[0]), second);
    return kinds;
}

static uint64_t kinds_of_element(const element *e) {
    uint64_t kinds = 0;
    for (size_t i = 0; i < e->count; i++)
        kinds |= kinds_of_piece(&e->pieces[i]);
    return kinds;
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
    out->hash = words.items[0].hash.value;
    return WHOSAID_OK;
}

/* Reads one blank-separated element, such as "lift|eas*" or "the?". */
static whosaid_status read_element(phrase_matcher *m, text_view text, text_view pattern,
                                   element *out, whosaid_error *err) {
    piece pieces[MAX_ALTERNATIVES];
    *out = (element){0};
    if (text.len > 1 && view_ends_with(text, VIEW("?"))) {
        out->optional = true;
        text.len--;
    }
    for (size_t begin = 0; begin <= text.len;) {
        const char *bar = memchr(text.ptr + begin, '|', text.len - begin);
        size_t end = bar ? (size_t)(bar - text.ptr) : text.len;
        if (out->count == MAX_ALTERNATIVES)
            return bad_pattern(err, pattern, "over 32 alternatives");
        whosaid_status status =
            read_piece(m, view_slice(text, begin, end), pattern, &pieces[out->count], err);
        if (status != WHOSAID_OK) return status;
        out->count++;
        begin = end + 1;
    }
    out->pieces = arena_alloc_raw(m->arena, out->count, sizeof *pieces);
    if (!out->pieces) return error_no_memory(err);
    memcpy(out->pieces, pieces, out->count * sizeof *pieces);
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
    s->number = m->sequence_count++;
    const element *first = &s->elements[0];
    for (size_t i = 0; i < first->count; i++) {
        const piece *p = &first->pieces[i];
        if (!p->text.len) return bad_pattern(err, pattern, "_ cannot begin a phrase");
        start begin = {.piece = p,
                       .sequence = s,
                       .class = s->class,
                       .next = s->count > 1 ? kinds_of_element(&s->elements[1]) : 0};
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
    m->patterns = hash_mix(hash_mix(m->patterns, hash_view(pattern)), class);
    /* One plain sequence for each choice of optional words. */
    for (unsigned choice = 0; choice < 1u << optional_count; choice++) {
        sequence s = {.class = (uint16_t) class};
        size_t seen = 0;
        for (size_t i = 0; i < count; i++)
            if (!elements[i].optional || (choice >> seen++ & 1))
                s.elements[s.count++] = elements[i];
        status = add_sequence(m, &s, pattern, err);
        if (status != WHOSAID_OK) return status;
    }
    return WHOSAID_OK;
}

/* By letters, a text before its continuations; for one text prefixes first. */
static int compare_starts(const void *a, const void *b) {
    const start *x = a, *y = b;
    text_view p = x->piece->text, q = y->piece->text;
    for (size_t i = 0; i < p.len && i < q.len; i++) {
        int difference = (int)letter_of(p.ptr[i]) - (int)letter_of(q.ptr[i]);
        if (difference) return difference;
    }
    if (p.len != q.len) return p.len < q.len ? -1 : 1;
    if (x->piece->prefix != y->piece->prefix) return x->piece->prefix ? -1 : 1;
    uint32_t first = x->sequence->number, second = y->sequence->number;
    return first < second ? -1 : first > second;
}

/* The starts of a node whose texts share `depth` letters and may be longer. */
typedef struct branch {
    uint32_t first, end, depth;
} branch;

/* Fills a node from its starts and adds its children, with their branches. */
static bool grow_node(phrase_matcher *m, uint32_t number, branch here, branch **branches,
                      size_t *capacity) {
    const start *starts = m->starts.items;
    trie_node node = {.first_child = (uint32_t)m->nodes.count, .first = here.first};
    uint32_t i = here.first;
    while (i < here.end && starts[i].piece->text.len == here.depth && starts[i].piece->prefix)
        i++;
    node.prefix_end = i;
    while (i < here.end && starts[i].piece->text.len == here.depth)
        i++;
    node.end = i;
    while (i < here.end) {
        unsigned letter = letter_of(starts[i].piece->text.ptr[here.depth]);
        branch child = {i, i, here.depth + 1};
        while (child.end < here.end &&
               letter_of(starts[child.end].piece->text.ptr[here.depth]) == letter)
            child.end++;
        if (!array_reserve_bytes(m->arena, (void **)branches, capacity, m->nodes.count,
                                 m->nodes.count + 1, sizeof **branches) ||
            !array_push(m->arena, &m->nodes, (trie_node){0}))
            return false;
        (*branches)[m->nodes.count - 1] = child;
        node.letters |= (uint64_t)1 << letter;
        i = child.end;
    }
    m->nodes.items[number] = node;
    return true;
}

whosaid_status phrase_matcher_finish(phrase_matcher *m, whosaid_error *err) {
    if (m->starts.count)
        qsort(m->starts.items, m->starts.count, sizeof *m->starts.items, compare_starts);
    branch *branches = ARENA_NEW(m->arena, branch, 1);
    size_t capacity = 1;
    if (!branches || !array_push(m->arena, &m->nodes, (trie_node){0})) return error_no_memory(err);
    branches[0] = (branch){0, (uint32_t)m->starts.count, 0};
    for (uint32_t i = 0; i < m->nodes.count; i++)
        if (!grow_node(m, i, branches[i], &branches, &capacity)) return error_no_memory(err);
    return WHOSAID_OK;
}

static bool piece_matches(const piece *p, const word *w) {
    return p->prefix ? view_starts_with(w->text, p->text)
                     : !p->text.len || (p->hash == w->hash.value && view_equal(p->text, w->text));
}

static bool element_matches(const element *e, const word *w) {
    if (w->kind == WORD_MARK) return false;
    for (size_t i = 0; i < e->count; i++)
        if (piece_matches(&e->pieces[i], w)) return true;
    return false;
}

/* Index behind the last word of the sequence whose first element matches word `at`; 0 when the
 * others do not match. */
static uint32_t sequence_end(const sequence *s, const word_list *words, size_t at) {
    if (s->count > words->count - at) return 0;
    for (size_t i = 1; i < s->count; i++)
        if (!element_matches(&s->elements[i], &words->items[at + i])) return 0;
    return (uint32_t)(at + s->count);
}

/* Starts that a word may match: [first, end). */
typedef struct start_range {
    uint32_t first, end;
} start_range;

/* What a word begins: phrases of one word, by class, and starts among which are longer ones. These
 * are looked at where the next word's letters allow one of them. */
typedef struct kept_word {
    uint64_t hash; /* of the word; 0: free */
    uint64_t next; /* as in start, of all longer phrases together */
    uint16_t firsts[KEPT_RANGES], whole[KEPT_WHOLE];
    uint8_t range_count, whole_count; /* TOO_MUCH ranges: there is more to the word */
    uint8_t counts[KEPT_RANGES];      /* of the starts from each of the firsts */
    uint8_t asked_last;               /* which of a pair, in the first of the two */
} kept_word;

/* Two words at home in the same place. */
typedef struct kept_pair {
    kept_word words[2];
} kept_pair;
_Static_assert(sizeof(kept_pair) == CACHE_LINE_BYTES, "one access to memory");

typedef struct search {
    const phrase_matcher *matcher;
    kept_pair *kept; /* [KEPT_PAIRS] */
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

/* The kind of letters that the word behind `at` begins with, as a bit; 0 where no word follows. */
static uint64_t kind_behind(const word_list *words, uint32_t at) {
    if (at + 1 == words->count || words->items[at + 1].kind == WORD_MARK) return 0;
    return kind_of_word(words->items[at + 1].text);
}

/* Tries the longer phrases that may begin at the word. */
static bool try_longer(search *s, start_range range, uint32_t at, bool shares_letters,
                       uint64_t next) {
    const phrase_matcher *m = s->matcher;
    for (uint32_t i = range.first; i < range.end; i++) {
        const start *begin = &m->starts.items[i];
        if (!(begin->next & next) || at < s->class_free_from[begin->class]) continue;
        if (shares_letters && !piece_matches(begin->piece, &s->words->items[at])) continue;
        uint32_t end = sequence_end(begin->sequence, s->words, at);
        if (end && !note_hit(s, (phrase_hit){at, end, begin->class})) return false;
    }
    return true;
}

/* Notes a phrase of one word. */
static bool note_whole(search *s, uint32_t at, uint32_t class) {
    return at < s->class_free_from[class] || note_hit(s, (phrase_hit){at, at + 1, class});
}

static bool try_kept(search *s, uint32_t at, const kept_word *kept) {
    for (size_t i = 0; i < kept->whole_count; i++)
        if (!note_whole(s, at, kept->whole[i])) return false;
    if (!kept->next) return true;
    uint64_t next = kind_behind(s->words, at);
    if (!(kept->next & next)) return true;
    for (size_t i = 0; i < kept->range_count; i++) {
        start_range range = {kept->firsts[i], kept->firsts[i] + kept->counts[i]};
        if (!try_longer(s, range, at, false, next)) return false;
    }
    return true;
}

/* What a new word is found to begin. */
typedef struct finding {
    kept_word word;
    bool fits;           /* all can be kept */
    bool shares_letters; /* what begins so may be something else */
} finding;

static void keep_whole(finding *found, uint16_t class) {
    kept_word *kept = &found->word;
    if (kept->whole_count < KEPT_WHOLE)
        kept->whole[kept->whole_count++] = class;
    else
        found->fits = false;
}

static void keep_range(finding *found, start_range range) {
    kept_word *kept = &found->word;
    uint32_t count = range.end - range.first;
    if (kept->range_count < KEPT_RANGES && range.first <= UINT16_MAX && count <= UINT8_MAX &&
        !found->shares_letters) {
        kept->firsts[kept->range_count] = (uint16_t)range.first;
        kept->counts[kept->range_count++] = (uint8_t)count;
    } else {
        found->fits = false;
    }
}

/* Notes the phrases of one word among the starts, and what may follow the others. */
static bool survey(search *s, start_range range, uint32_t at, finding *found) {
    uint64_t next = 0;
    for (uint32_t i = range.first; i < range.end; i++) {
        const start *begin = &s->matcher->starts.items[i];
        next |= begin->next;
        if (begin->next) continue;
        if (found->shares_letters && !piece_matches(begin->piece, &s->words->items[at])) continue;
        if (!note_whole(s, at, begin->class)) return false;
        keep_whole(found, begin->class);
    }
    found->word.next |= next;
    if (next) keep_range(found, range);
    return true;
}

/* Follows the letters of the word through the trie, and keeps what is found there. */
static bool try_new_word(search *s, uint32_t at, kept_word *kept) {
    const trie_node *nodes = s->matcher->nodes.items, *node = nodes;
    const word *w = &s->words->items[at];
    uint64_t next = kind_behind(s->words, at);
    finding found = {.word.hash = w->hash.value, .fits = true};
    for (size_t i = 0; i < w->text.len; i++) {
        unsigned letter = letter_of(w->text.ptr[i]);
        uint64_t bit = (uint64_t)1 << letter;
        found.shares_letters |= letter >= SHARED_LETTER;
        if (!(node->letters & bit)) break;
        node = nodes + node->first_child + __builtin_popcountll(node->letters & (bit - 1));
        uint32_t end = i + 1 == w->text.len ? node->end : node->prefix_end;
        start_range range = {node->first, end};
        if (range.first == range.end) continue;
        if (!survey(s, range, at, &found) || !try_longer(s, range, at, found.shares_letters, next))
            return false;
    }
    found.word.asked_last = kept->asked_last;
    if (!found.fits) found.word.range_count = TOO_MUCH;
    *kept = found.word;
    return true;
}

static kept_pair *place_of(const search *s, uint32_t at) {
    return &s->kept[hash_mix(s->words->items[at].hash.value, 0) % KEPT_PAIRS];
}

static bool try_word(search *s, uint32_t at) {
    uint64_t hash = s->words->items[at].hash.value;
    kept_word *pair = place_of(s, at)->words;
    size_t which = pair[0].hash == hash ? 0 : 1;
    bool is_kept = hash != 0 && pair[which].hash == hash;
    if (!is_kept) which = !pair[0].asked_last; /* the other one makes room */
    pair[0].asked_last = (uint8_t)which;
    s->words->items[at].place = (uint32_t)(&pair[which] - s->kept->words);
    bool knows_all = is_kept && pair[which].range_count != TOO_MUCH;
    return knows_all ? try_kept(s, at, &pair[which]) : try_new_word(s, at, &pair[which]);
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

/* What is kept of a word leads to starts and classes. */
static uint64_t places_and_classes(const phrase_matcher *m) {
    return (uint64_t)m->starts.count << 32 | m->class_count;
}

whosaid_status phrase_matcher_find(const phrase_matcher *m, const word_list *words, arena *memory,
                                   phrase_hits *out, whosaid_error *err) {
    search s = {.matcher = m, .words = words, .arena = memory};
    s.class_free_from = ARENA_NEW(memory, uint32_t, m->class_count);
    const keep_key key = {"phrases of words", m->patterns, places_and_classes(m)};
    s.kept = arena_keep(memory, key, KEPT_PAIRS * sizeof *s.kept);
    if (!s.class_free_from || !s.kept) return error_no_memory(err);
    for (uint32_t at = 0; at < words->count; at++) {
        if (at + AHEAD < words->count) __builtin_prefetch(place_of(&s, at + AHEAD));
        if (words->items[at].kind == WORD_MARK) continue;
        if (!try_word(&s, at)) return error_no_memory(err);
        close_word(&s);
    }
    *out = (phrase_hits){s.hits.items, s.hits.count};
    return WHOSAID_OK;
}

/* The index of the first hit that begins at or behind the word. A binary search whose steps do not
 * branch: where they lead is anybody's guess. */
static size_t first_hit_at(phrase_hits hits, uint32_t first_word) {
    size_t first = 0;
    for (size_t count = hits.count; count > 0;) {
        size_t half = (count + 1) / 2;
        first += hits.items[first + half - 1].first < first_word ? half : 0;
        count -= half;
    }
    return first;
}

phrase_hits phrase_hits_within(phrase_hits hits, word_range range) {
    size_t first = first_hit_at(hits, range.first), end = first;
    while (end < hits.count && hits.items[end].first < range.end)
        end++;
    return first < end ? (phrase_hits){hits.items + first, end - first} : (phrase_hits){0};
}
