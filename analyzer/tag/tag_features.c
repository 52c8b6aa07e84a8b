#include "tag/tag_features.h"

#include "base/hash.h"
#include "segment/abbreviations.h"

/* What stands before the first and behind the last word of a sentence. */
enum { OUTSIDE = 7 };

typedef struct key_list {
    uint64_t *keys;
    size_t count;
} key_list;

/* Each template has a number of its own, counted by the callers' enums. */
static inline uint64_t key_of(uint64_t template, uint64_t value) {
    return hash_mix(template * 0xD6E8FEB86659FD93ull, value);
}

/* 0 when the identity of the word is withheld. */
static inline uint64_t word_key_of(uint64_t template, uint64_t word) {
    return word ? key_of(template, hash_mix(word, 0)) : 0;
}

static inline void add(key_list *list, uint64_t template, uint64_t value) {
    list->keys[list->count++] = key_of(template, value);
}

static inline void add_word(key_list *list, uint64_t template, uint64_t word, uint64_t value) {
    if (word) add(list, template, hash_mix(word, value));
}

/* Two words together; nothing when the identity of either is withheld. */
static inline void add_pair(key_list *list, uint64_t template, uint64_t word, uint64_t other) {
    if (word && other) add(list, template, hash_mix(other, word));
}

tag_context tag_context_of(const article *a, const article_profile *profile,
                           size_t sentence_index) {
    return (tag_context){.article = a,
                         .profile = profile,
                         .range = a->sentences[sentence_index].tokens,
                         .how = (sentence_case)profile->sentence_cases[sentence_index]};
}

const word_profile word_outside = {.word = OUTSIDE, .word_case = CASE_NONE};

/* The word `offset` tokens away, or word_outside. */
static inline const word_profile *word_at(const tag_context *c, uint32_t i, int offset) {
    int64_t at = (int64_t)i + offset;
    bool inside = at >= c->range.first && at < c->range.end;
    return inside ? &c->profile->words[at] : &word_outside;
}

static inline unsigned speech_at(const tag_context *c, uint32_t i, int offset) {
    int64_t at = (int64_t)i + offset;
    bool inside = at >= c->range.first && at < c->range.end;
    return inside ? c->article->tokens[at].part_of_speech : PART_OF_SPEECH_COUNT;
}

static inline unsigned name_at(const tag_context *c, uint32_t i, int offset) {
    int64_t at = (int64_t)i + offset;
    bool inside = at >= c->range.first && at < c->range.end;
    return inside ? c->article->tokens[at].name_class : NAME_CLASS_COUNT;
}

static inline uint32_t suffix_of(const word_profile *w, unsigned bytes) {
    return bytes >= 4 ? w->suffix : w->suffix & ((1u << (8 * bytes)) - 1);
}

/* How the word is written, and how far that tells something. */
static inline unsigned shape_of(const tag_context *c, const word_profile *w) {
    unsigned flags = w->flags & (PROFILE_DIGIT | PROFILE_HYPHEN | PROFILE_STOP);
    bool first = w->flags & PROFILE_FIRST && w->flags & PROFILE_UPPER;
    return w->word_case | flags << 3 | (unsigned)first << 8 | (unsigned)c->how << 9 |
           (unsigned)(w->lexicon & LEXICON_COMMON) << 11;
}

uint64_t speech_word_key(const word_profile *w) {
    return w->word ? hash_mix(1, hash_mix(w->word, w->word_case)) : 0;
}

/* Templates of the first pass; 1 is speech_word_key. */
enum {
    S_WORD = 2,
    S_SUFFIX_2,
    S_SUFFIX_3,
    S_SUFFIX_4,
    S_PREFIX,
    S_SHAPE,
    S_EVIDENCE,
    S_BEFORE,
    S_BEHIND,
    S_SPEECHES,
    S_SPEECH_WORD,
    S_WORD_BEHIND,
    S_BEFORE_WORD,
    S_BEHIND_SUFFIX,
    S_LISTS
};

void speech_word_keys(const word_profile *w, uint64_t keys[WORD_KEYS]) {
    uint64_t upper = (uint64_t)(w->flags & PROFILE_UPPER) << 32;
    keys[WORD_KEY_CASE] = speech_word_key(w);
    keys[WORD_KEY_WORD] = word_key_of(S_WORD, w->word);
    keys[WORD_KEY_SUFFIX_2] = key_of(S_SUFFIX_2, suffix_of(w, 2) | upper);
    keys[WORD_KEY_SUFFIX_3] = key_of(S_SUFFIX_3, suffix_of(w, 3) | upper);
    keys[WORD_KEY_SUFFIX_4] = key_of(S_SUFFIX_4, suffix_of(w, 4) | upper);
    keys[WORD_KEY_PREFIX] = key_of(S_PREFIX, w->prefix | upper);
    keys[WORD_KEY_BEFORE] = word_key_of(S_BEFORE, w->word);
    keys[WORD_KEY_BEHIND] = word_key_of(S_BEHIND, w->word);
    keys[WORD_KEY_BEHIND_SUFFIX] = key_of(S_BEHIND_SUFFIX, suffix_of(w, 3));
}

size_t speech_context_keys(const tag_context *c, uint32_t i, uint64_t *keys) {
    const word_profile *here = word_at(c, i, 0);
    unsigned shape = shape_of(c, here);
    key_list list = {.keys = keys};
    add(&list, S_SHAPE, shape);
    add_pair(&list, S_WORD_BEHIND, here->word, word_at(c, i, 1)->word);
    add_pair(&list, S_BEFORE_WORD, here->word, word_at(c, i, -1)->word);
    if (!(here->flags & PROFILE_UPPER)) return list.count;
    add(&list, S_EVIDENCE, shape | article_profile_evidence(c->profile, here) << 16);
    add(&list, S_LISTS, here->lexicon | shape << 8);
    return list.count;
}

size_t speech_history_keys(const tag_context *c, uint32_t i, uint64_t *keys) {
    const word_profile *here = word_at(c, i, 0);
    uint64_t speech = speech_at(c, i, -1);
    key_list list = {.keys = keys};
    add_word(&list, S_SPEECH_WORD, here->word, speech);
    add(&list, S_SPEECHES, speech << 8 | speech_at(c, i, -2));
    return list.count;
}

/* Adds those of the keys from `first` to `end` that there are. */
static void add_keys(key_list *list, const uint64_t *keys, int first, int end) {
    for (int k = first; k < end; k++)
        if (keys[k]) list->keys[list->count++] = keys[k];
}

size_t speech_features(const tag_context *c, uint32_t i, uint64_t *keys) {
    key_list list = {.keys = keys};
    uint64_t here[WORD_KEYS], before[WORD_KEYS], behind[WORD_KEYS];
    speech_word_keys(word_at(c, i, 0), here);
    speech_word_keys(word_at(c, i, -1), before);
    speech_word_keys(word_at(c, i, 1), behind);
    add_keys(&list, here, 0, WORD_KEYS_OWN);
    add_keys(&list, before, WORD_KEY_BEFORE, WORD_KEY_BEHIND);
    add_keys(&list, behind, WORD_KEY_BEHIND, WORD_KEYS);
    list.count += speech_context_keys(c, i, keys + list.count);
    list.count += speech_history_keys(c, i, keys + list.count);
    return list.count;
}

/* --- names --- */

static bool is_capital_word(const word_profile *w) {
    return w->flags & PROFILE_UPPER && !(w->flags & PROFILE_STARTER);
}

/* The words with capitals around a token, at most REACH on each side. */
static token_range capital_run_at(const tag_context *c, uint32_t i) {
    enum { REACH = 8 };
    token_range run = {i, i + 1};
    while (run.first > c->range.first && i - run.first < REACH &&
           is_capital_word(&c->profile->words[run.first - 1]))
        run.first--;
    while (run.end < c->range.end && run.end - i < REACH &&
           is_capital_word(&c->profile->words[run.end]))
        run.end++;
    return run;
}

bool name_is_possible(const tag_context *c, uint32_t i) {
    const word_profile *here = &c->profile->words[i];
    if (here->flags & PROFILE_STARTER) return word_at(c, i, 1)->flags & PROFILE_UPPER;
    if (here->flags & PROFILE_UPPER) return true;
    if (name_at(c, i, -1) == NAME_NONE || name_at(c, i, -1) == NAME_CLASS_COUNT) return false;
    return here->flags & PROFILE_DIGIT || word_at(c, i, 1)->flags & PROFILE_UPPER ||
           word_at(c, i, 2)->flags & PROFILE_UPPER;
}

unsigned name_classes_at(const tag_context *c, uint32_t i) {
    if (name_at(c, i, -1) == NAME_PERSON) return 1u << NAME_NONE | 1u << NAME_PERSON;
    return (1u << NAME_CLASS_COUNT) - 1;
}

static uint64_t facts_of(const word_profile *w) {
    return w->facts & (WORD_TITLE | WORD_MONTH | WORD_WEEKDAY | WORD_PLACE | WORD_COMPANY |
                       WORD_NAME_SUFFIX | WORD_OFFICE);
}

/* Templates of the second pass. */
enum {
    N_WORD = 40,
    N_SUFFIX_2,
    N_SUFFIX_3,
    N_SUFFIX_4,
    N_PREFIX,
    N_SPEECH,
    N_EVIDENCE,
    N_FACTS,
    N_BEFORE,
    N_BEHIND,
    N_NAMES,
    N_NAME_WORD,
    N_NAME_BEHIND,
    N_RUN_FIRST,
    N_RUN_LAST,
    N_RUN_LAST_SUFFIX,
    N_RUN_PLACE,
    N_RUN_FACTS,
    N_SEEN,
    N_SEEN_LONG,
    N_SEEN_LONG_RUN,
    N_WORD_BEFORE,
    N_WORD_BEHIND,
    N_LISTS,
    N_LISTS_AROUND,
    N_LISTS_RUN
};

name_view name_view_of(const tag_context *c, uint32_t i) {
    token_range run = capital_run_at(c, i);
    int first = (int)(run.first - i), end = (int)(run.end - i);
    return (name_view){.c = c,
                       .i = i,
                       .here = word_at(c, i, 0),
                       .before = word_at(c, i, -1),
                       .behind = word_at(c, i, 1),
                       .run_before = word_at(c, i, first - 1),
                       .run_first = word_at(c, i, first),
                       .run_last = word_at(c, i, end - 1),
                       .run_begin = (unsigned)-first,
                       .run_end = (unsigned)end,
                       .last_class = name_at(c, i, -1),
                       .shape = shape_of(c, word_at(c, i, 0)),
                       .speech = speech_at(c, i, 0)};
}

const word_profile *name_view_word(const name_view *v, name_place place) {
    switch (place) {
    case NAME_PLACE_BEFORE: return v->before;
    case NAME_PLACE_BEHIND: return v->behind;
    case NAME_PLACE_RUN_FIRST: return v->run_first;
    case NAME_PLACE_RUN_LAST: return v->run_last;
    default: return v->here;
    }
}

size_t name_place_keys(const word_profile *w, name_place place, uint64_t *keys) {
    key_list list = {.keys = keys};
    switch (place) {
    case NAME_PLACE_BEFORE: add_word(&list, N_BEFORE, w->word, 0); break;
    case NAME_PLACE_BEHIND: add_word(&list, N_BEHIND, w->word, 0); break;
    case NAME_PLACE_RUN_FIRST: add_word(&list, N_RUN_FIRST, w->word, 0); break;
    case NAME_PLACE_RUN_LAST:
        add_word(&list, N_RUN_LAST, w->word, 0);
        add(&list, N_RUN_LAST_SUFFIX, suffix_of(w, 3));
        break;
    default:
        add_word(&list, N_WORD, w->word, w->word_case);
        add(&list, N_SUFFIX_2, suffix_of(w, 2));
        add(&list, N_SUFFIX_3, suffix_of(w, 3));
        add(&list, N_SUFFIX_4, suffix_of(w, 4));
        add(&list, N_PREFIX, w->prefix);
    }
    return list.count;
}

static void add_name_word(key_list *list, const name_view *v) {
    add(list, N_SPEECH, v->speech | v->shape << 8);
    add(list, N_EVIDENCE, v->shape | article_profile_evidence(v->c->profile, v->here) << 16);
    add(list, N_LISTS, v->here->lexicon | v->shape << 8);
}

static void add_name_context(key_list *list, const name_view *v) {
    const tag_context *c = v->c;
    uint64_t here = v->here->word, before = v->before->word, behind = v->behind->word;
    add(list, N_FACTS, facts_of(v->here) | facts_of(v->before) << 16 | facts_of(v->behind) << 32);
    add(list, N_LISTS_AROUND,
        v->here->lexicon | v->before->lexicon << 8 | v->behind->lexicon << 16);
    add(list, N_NAMES, v->last_class | name_at(c, v->i, -2) << 8);
    add_word(list, N_NAME_WORD, here, v->last_class);
    add_word(list, N_NAME_BEHIND, behind, v->last_class);
    add_pair(list, N_WORD_BEFORE, here, before);
    add_pair(list, N_WORD_BEHIND, here, behind);
}

static void add_name_run(key_list *list, const name_view *v) {
    uint64_t words = v->run_begin + v->run_end;
    add(list, N_RUN_PLACE, v->run_begin | v->run_end << 8 | (unsigned)v->c->how << 16);
    add(list, N_RUN_FACTS,
        facts_of(v->run_before) | facts_of(v->run_first) << 16 | (uint64_t)v->run_end << 32);
    add(list, N_LISTS_RUN, v->run_first->lexicon | v->run_last->lexicon << 8 | words << 16);
}

/* What the article called these words before. */
static void add_name_memory(key_list *list, const name_view *v) {
    const word_slot *slots = v->c->profile->slots;
    const word_slot *here = &slots[v->here->slot], *last = &slots[v->run_last->slot];
    unsigned times = here->named > 1 ? 2 : here->named;
    unsigned long_names = here->began | here->ended << 4;
    add(list, N_SEEN, here->last_name | times << 4 | v->shape << 8);
    add(list, N_SEEN_LONG, long_names | v->last_class << 8 | v->shape << 16);
    add(list, N_SEEN_LONG_RUN, long_names | last->ended << 8 | (v->run_begin + v->run_end) << 16);
}

size_t name_context_keys(const name_view *v, uint64_t *keys) {
    key_list list = {.keys = keys};
    add_name_word(&list, v);
    add_name_context(&list, v);
    add_name_run(&list, v);
    add_name_memory(&list, v);
    return list.count;
}

size_t name_features(const name_view *v, uint64_t *keys) {
    size_t count = 0;
    for (int place = 0; place < NAME_PLACES; place++)
        count +=
            name_place_keys(name_view_word(v, (name_place)place), (name_place)place, keys + count);
    return count + name_context_keys(v, keys + count);
}
