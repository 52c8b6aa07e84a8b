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
static inline void add(key_list *list, uint64_t template, uint64_t value) {
    list->keys[list->count++] = hash_mix(template * 0xD6E8FEB86659FD93ull, value);
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

uint64_t speech_word_key(const tag_context *c, uint32_t i) {
    const word_profile *w = &c->profile->words[i];
    if (!w->word) return 0;
    return hash_mix(1, hash_mix(w->word, w->word_case));
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
    S_BEFORE_2,
    S_BEHIND_2,
    S_SPEECH,
    S_SPEECH_2,
    S_SPEECH_WORD,
    S_SPEECH_SUFFIX,
    S_SPEECH_BEHIND,
    S_WORD_BEHIND,
    S_BEFORE_WORD,
    S_BEHIND_SUFFIX,
    S_BEHIND_SUFFIX_HERE,
    S_SHAPES,
    S_LISTS
};

/* The word itself and how it is written. */
static void add_speech_word(key_list *list, const tag_context *c, uint32_t i) {
    const word_profile *here = word_at(c, i, 0);
    uint64_t upper = (uint64_t)(here->flags & PROFILE_UPPER) << 32;
    unsigned shape = shape_of(c, here);
    uint64_t written = speech_word_key(c, i);
    if (written) list->keys[list->count++] = written;
    add_word(list, S_WORD, here->word, 0);
    add(list, S_SUFFIX_2, suffix_of(here, 2) | upper);
    add(list, S_SUFFIX_3, suffix_of(here, 3) | upper);
    add(list, S_SUFFIX_4, suffix_of(here, 4) | upper);
    add(list, S_PREFIX, here->prefix | upper);
    add(list, S_SHAPE, shape);
    if (!upper) return;
    add(list, S_EVIDENCE, shape | article_profile_evidence(c->profile, here) << 16);
    add(list, S_LISTS, here->lexicon | shape << 8);
}

/* The words around it and the parts of speech before it. */
static void add_speech_context(key_list *list, const tag_context *c, uint32_t i) {
    const word_profile *here = word_at(c, i, 0), *before = word_at(c, i, -1);
    const word_profile *behind = word_at(c, i, 1);
    uint64_t speech = speech_at(c, i, -1), upper = here->flags & PROFILE_UPPER;
    add_word(list, S_BEFORE, before->word, 0);
    add_word(list, S_BEHIND, behind->word, 0);
    add_word(list, S_BEFORE_2, word_at(c, i, -2)->word, 0);
    add_word(list, S_BEHIND_2, word_at(c, i, 2)->word, 0);
    add(list, S_SPEECH, speech);
    add(list, S_SPEECH_2, speech << 8 | speech_at(c, i, -2));
    add_word(list, S_SPEECH_WORD, here->word, speech);
    add(list, S_SPEECH_SUFFIX, suffix_of(here, 3) | speech << 32 | upper << 40);
    add_word(list, S_SPEECH_BEHIND, behind->word, speech);
    add_pair(list, S_WORD_BEHIND, here->word, behind->word);
    add_pair(list, S_BEFORE_WORD, here->word, before->word);
    add(list, S_BEHIND_SUFFIX, suffix_of(behind, 3));
    add(list, S_BEHIND_SUFFIX_HERE, suffix_of(behind, 2) | (uint64_t)suffix_of(here, 2) << 32);
    add(list, S_SHAPES,
        shape_of(c, here) | (uint64_t)shape_of(c, before) << 12 |
            (uint64_t)shape_of(c, behind) << 24);
}

size_t speech_features(const tag_context *c, uint32_t i, uint64_t *keys) {
    key_list list = {.keys = keys};
    add_speech_word(&list, c, i);
    add_speech_context(&list, c, i);
    return list.count;
}

void speech_word_keys(const word_profile *w, uint64_t keys[WORD_KEYS]) {
    uint64_t upper = (uint64_t)(w->flags & PROFILE_UPPER) << 32;
    key_list list = {.keys = keys};
    memset(keys, 0, WORD_KEYS * sizeof *keys);
    if (w->word) {
        keys[WORD_KEY_CASE] = hash_mix(1, hash_mix(w->word, w->word_case));
        list.count = WORD_KEY_WORD;
        add_word(&list, S_WORD, w->word, 0);
        list.count = WORD_KEY_BEFORE;
        add_word(&list, S_BEFORE, w->word, 0);
        add_word(&list, S_BEFORE_2, w->word, 0);
        add_word(&list, S_BEHIND, w->word, 0);
        list.count = WORD_KEY_BEHIND_2;
        add_word(&list, S_BEHIND_2, w->word, 0);
    }
    list.count = WORD_KEY_SUFFIX_2;
    add(&list, S_SUFFIX_2, suffix_of(w, 2) | upper);
    add(&list, S_SUFFIX_3, suffix_of(w, 3) | upper);
    add(&list, S_SUFFIX_4, suffix_of(w, 4) | upper);
    add(&list, S_PREFIX, w->prefix | upper);
    list.count = WORD_KEY_BEHIND_SUFFIX;
    add(&list, S_BEHIND_SUFFIX, suffix_of(w, 3));
}

size_t speech_context_keys(const tag_context *c, uint32_t i, uint64_t *keys) {
    const word_profile *here = word_at(c, i, 0), *before = word_at(c, i, -1);
    const word_profile *behind = word_at(c, i, 1);
    unsigned shape = shape_of(c, here);
    key_list list = {.keys = keys};
    add(&list, S_SHAPE, shape);
    add_pair(&list, S_WORD_BEHIND, here->word, behind->word);
    add_pair(&list, S_BEFORE_WORD, here->word, before->word);
    add(&list, S_BEHIND_SUFFIX_HERE, suffix_of(behind, 2) | (uint64_t)suffix_of(here, 2) << 32);
    add(&list, S_SHAPES,
        shape | (uint64_t)shape_of(c, before) << 12 | (uint64_t)shape_of(c, behind) << 24);
    if (!(here->flags & PROFILE_UPPER)) return list.count;
    add(&list, S_EVIDENCE, shape | article_profile_evidence(c->profile, here) << 16);
    add(&list, S_LISTS, here->lexicon | shape << 8);
    return list.count;
}

size_t speech_history_keys(const tag_context *c, uint32_t i, uint64_t *keys) {
    const word_profile *here = word_at(c, i, 0), *behind = word_at(c, i, 1);
    uint64_t speech = speech_at(c, i, -1), upper = here->flags & PROFILE_UPPER;
    key_list list = {.keys = keys};
    add_word(&list, S_SPEECH_WORD, here->word, speech);
    add(&list, S_SPEECH_SUFFIX, suffix_of(here, 3) | speech << 32 | upper << 40);
    add_word(&list, S_SPEECH_BEHIND, behind->word, speech);
    add(&list, S_SPEECH, speech);
    add(&list, S_SPEECH_2, speech << 8 | speech_at(c, i, -2));
    return list.count;
}

/* --- names --- */

static bool is_capital_word(const word_profile *w) {
    return w->flags & PROFILE_UPPER && !(w->flags & PROFILE_STARTER);
}

capital_run capital_run_at(const tag_context *c, uint32_t i) {
    enum { REACH = 8 };
    token_range run = {i, i + 1};
    while (run.first > c->range.first && i - run.first < REACH &&
           is_capital_word(&c->profile->words[run.first - 1]))
        run.first--;
    while (run.end < c->range.end && run.end - i < REACH &&
           is_capital_word(&c->profile->words[run.end]))
        run.end++;
    return (capital_run){run};
}

bool name_is_possible(const tag_context *c, uint32_t i) {
    const word_profile *here = &c->profile->words[i];
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
    N_WORD_CASE,
    N_SUFFIX_2,
    N_SUFFIX_3,
    N_SUFFIX_4,
    N_PREFIX,
    N_SHAPE,
    N_SPEECH,
    N_SPEECHES,
    N_EVIDENCE,
    N_FACTS,
    N_BEFORE,
    N_BEHIND,
    N_BEFORE_2,
    N_BEHIND_2,
    N_NAME,
    N_NAMES,
    N_NAME_WORD,
    N_NAME_SHAPE,
    N_NAME_BEHIND,
    N_RUN_BEFORE,
    N_RUN_BEHIND,
    N_RUN_BEFORE_BEHIND,
    N_RUN_FIRST,
    N_RUN_LAST,
    N_RUN_LAST_SUFFIX,
    N_RUN_PLACE,
    N_RUN_FACTS,
    N_SEEN,
    N_SEEN_NEIGHBOUR,
    N_SEEN_LAST,
    N_SEEN_LONG,
    N_SEEN_LONG_RUN,
    N_WORD_BEFORE,
    N_WORD_BEHIND,
    N_LISTS,
    N_LISTS_AROUND,
    N_LISTS_RUN
};

/* The token, its neighbours, and the run of words with capitals that it stands in. */
typedef struct name_view {
    const tag_context *c;
    uint32_t i;
    const word_profile *here, *before, *behind;
    const word_profile *run_before, *run_first, *run_last, *run_behind;
    unsigned run_begin, run_end; /* words of the run before the token; to its end */
    unsigned last_class, shape, speech;
} name_view;

static name_view name_view_of(const tag_context *c, uint32_t i, const capital_run *run) {
    int first = (int)(run->tokens.first - i), end = (int)(run->tokens.end - i);
    return (name_view){.c = c,
                       .i = i,
                       .here = word_at(c, i, 0),
                       .before = word_at(c, i, -1),
                       .behind = word_at(c, i, 1),
                       .run_before = word_at(c, i, first - 1),
                       .run_first = word_at(c, i, first),
                       .run_last = word_at(c, i, end - 1),
                       .run_behind = word_at(c, i, end),
                       .run_begin = (unsigned)-first,
                       .run_end = (unsigned)end,
                       .last_class = name_at(c, i, -1),
                       .shape = shape_of(c, word_at(c, i, 0)),
                       .speech = speech_at(c, i, 0)};
}

static void add_name_word(key_list *list, const name_view *v) {
    const word_profile *here = v->here;
    add_word(list, N_WORD, here->word, 0);
    add_word(list, N_WORD_CASE, here->word, here->word_case);
    add(list, N_SUFFIX_2, suffix_of(here, 2));
    add(list, N_SUFFIX_3, suffix_of(here, 3));
    add(list, N_SUFFIX_4, suffix_of(here, 4));
    add(list, N_PREFIX, here->prefix);
    add(list, N_SHAPE, v->shape);
    add(list, N_SPEECH, v->speech | v->shape << 8);
    add(list, N_EVIDENCE, v->shape | article_profile_evidence(v->c->profile, here) << 16);
    add(list, N_LISTS, here->lexicon | v->shape << 8);
}

static void add_name_context(key_list *list, const name_view *v) {
    const tag_context *c = v->c;
    uint64_t here = v->here->word, before = v->before->word, behind = v->behind->word;
    add(list, N_SPEECHES, v->speech | speech_at(c, v->i, -1) << 8 | speech_at(c, v->i, 1) << 16);
    add(list, N_FACTS, facts_of(v->here) | facts_of(v->before) << 16 | facts_of(v->behind) << 32);
    add(list, N_LISTS_AROUND,
        v->here->lexicon | v->before->lexicon << 8 | v->behind->lexicon << 16);
    add_word(list, N_BEFORE, before, 0);
    add_word(list, N_BEHIND, behind, 0);
    add_word(list, N_BEFORE_2, word_at(c, v->i, -2)->word, 0);
    add_word(list, N_BEHIND_2, word_at(c, v->i, 2)->word, 0);
    add(list, N_NAME, v->last_class);
    add(list, N_NAMES, v->last_class | name_at(c, v->i, -2) << 8);
    add_word(list, N_NAME_WORD, here, v->last_class);
    add(list, N_NAME_SHAPE, v->last_class | v->shape << 8 | (uint64_t)v->speech << 32);
    add_word(list, N_NAME_BEHIND, behind, v->last_class);
    add_pair(list, N_WORD_BEFORE, here, before);
    add_pair(list, N_WORD_BEHIND, here, behind);
}

static void add_name_run(key_list *list, const name_view *v) {
    uint64_t words = v->run_begin + v->run_end;
    add_word(list, N_RUN_BEFORE, v->run_before->word, 0);
    add_word(list, N_RUN_BEHIND, v->run_behind->word, 0);
    add_pair(list, N_RUN_BEFORE_BEHIND, v->run_before->word, v->run_behind->word);
    add_word(list, N_RUN_FIRST, v->run_first->word, 0);
    add_word(list, N_RUN_LAST, v->run_last->word, 0);
    add(list, N_RUN_LAST_SUFFIX, suffix_of(v->run_last, 3));
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
    if (v->behind != &word_outside)
        add(list, N_SEEN_NEIGHBOUR, slots[v->behind->slot].last_name | v->last_class << 4);
    add(list, N_SEEN_LONG, long_names | v->last_class << 8 | v->shape << 16);
    add(list, N_SEEN_LONG_RUN, long_names | last->ended << 8 | (v->run_begin + v->run_end) << 16);
    add(list, N_SEEN_LAST, last->last_name | v->run_end << 4);
}

size_t name_features(const tag_context *c, uint32_t i, const capital_run *run, uint64_t *keys) {
    name_view v = name_view_of(c, i, run);
    key_list list = {.keys = keys};
    add_name_word(&list, &v);
    add_name_context(&list, &v);
    add_name_run(&list, &v);
    add_name_memory(&list, &v);
    return list.count;
}
