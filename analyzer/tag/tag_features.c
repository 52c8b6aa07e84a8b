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

tag_context tag_context_of(const article *a, const article_profile *profile,
                           size_t sentence_index) {
    return (tag_context){.article = a,
                         .profile = profile,
                         .range = a->sentences[sentence_index].tokens,
                         .how = (sentence_case)profile->sentence_cases[sentence_index]};
}

static const word_profile outside = {.word = OUTSIDE, .word_case = CASE_NONE};

/* The word `offset` tokens away, or `outside`. */
static inline const word_profile *word_at(const tag_context *c, uint32_t i, int offset) {
    int64_t at = (int64_t)i + offset;
    bool inside = at >= c->range.first && at < c->range.end;
    return inside ? &c->profile->words[at] : &outside;
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

size_t speech_features(const tag_context *c, uint32_t i, uint64_t *keys) {
    enum {
        WORD = 2,
        SUFFIX_2,
        SUFFIX_3,
        SUFFIX_4,
        PREFIX,
        SHAPE,
        EVIDENCE,
        BEFORE,
        BEHIND,
        BEFORE_2,
        BEHIND_2,
        SPEECH,
        SPEECH_2,
        SPEECH_WORD,
        SPEECH_SUFFIX,
        SPEECH_BEHIND,
        WORD_BEHIND,
        BEFORE_WORD,
        BEHIND_SUFFIX,
        BEHIND_SUFFIX_HERE,
        SHAPES,
        LISTS
    };
    const word_profile *here = word_at(c, i, 0), *before = word_at(c, i, -1);
    const word_profile *behind = word_at(c, i, 1);
    unsigned speech = speech_at(c, i, -1), speech_2 = speech_at(c, i, -2);
    unsigned shape = shape_of(c, here), upper = here->flags & PROFILE_UPPER;
    key_list list = {.keys = keys};
    uint64_t word_key = speech_word_key(c, i);
    if (word_key) keys[list.count++] = word_key;
    add_word(&list, WORD, here->word, 0);
    add(&list, SUFFIX_2, suffix_of(here, 2) | (uint64_t)upper << 32);
    add(&list, SUFFIX_3, suffix_of(here, 3) | (uint64_t)upper << 32);
    add(&list, SUFFIX_4, suffix_of(here, 4) | (uint64_t)upper << 32);
    add(&list, PREFIX, here->prefix | (uint64_t)upper << 32);
    add(&list, SHAPE, shape);
    if (upper) add(&list, EVIDENCE, shape | article_profile_evidence(c->profile, here) << 16);
    add_word(&list, BEFORE, before->word, 0);
    add_word(&list, BEHIND, behind->word, 0);
    add_word(&list, BEFORE_2, word_at(c, i, -2)->word, 0);
    add_word(&list, BEHIND_2, word_at(c, i, 2)->word, 0);
    add(&list, SPEECH, speech);
    add(&list, SPEECH_2, speech << 8 | speech_2);
    add_word(&list, SPEECH_WORD, here->word, speech);
    add(&list, SPEECH_SUFFIX, suffix_of(here, 3) | (uint64_t)speech << 32 | (uint64_t)upper << 40);
    add_word(&list, SPEECH_BEHIND, behind->word, speech);
    if (here->word) add_word(&list, WORD_BEHIND, behind->word, here->word);
    if (here->word) add_word(&list, BEFORE_WORD, before->word, here->word);
    add(&list, BEHIND_SUFFIX, suffix_of(behind, 3));
    add(&list, BEHIND_SUFFIX_HERE, suffix_of(behind, 2) | (uint64_t)suffix_of(here, 2) << 32);
    add(&list, SHAPES,
        shape | (uint64_t)shape_of(c, before) << 12 | (uint64_t)shape_of(c, behind) << 24);
    if (upper) add(&list, LISTS, here->lexicon | shape << 8);
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

size_t name_features(const tag_context *c, uint32_t i, const capital_run *run, uint64_t *keys) {
    enum {
        WORD = 40,
        WORD_CASE,
        SUFFIX_2,
        SUFFIX_3,
        SUFFIX_4,
        PREFIX,
        SHAPE,
        SPEECH,
        SPEECHES,
        EVIDENCE,
        FACTS,
        BEFORE,
        BEHIND,
        BEFORE_2,
        BEHIND_2,
        NAME,
        NAMES,
        NAME_WORD,
        NAME_SHAPE,
        NAME_BEHIND,
        RUN_BEFORE,
        RUN_BEHIND,
        RUN_BEFORE_BEHIND,
        RUN_FIRST,
        RUN_LAST,
        RUN_LAST_SUFFIX,
        RUN_PLACE,
        RUN_FACTS,
        SEEN,
        SEEN_NEIGHBOUR,
        SEEN_LAST,
        SEEN_LONG,
        SEEN_LONG_RUN,
        WORD_BEFORE,
        WORD_BEHIND,
        LISTS,
        LISTS_AROUND,
        LISTS_RUN
    };
    const word_profile *here = word_at(c, i, 0), *before = word_at(c, i, -1);
    const word_profile *behind = word_at(c, i, 1);
    const word_slot *slots = c->profile->slots;
    unsigned last_class = name_at(c, i, -1), shape = shape_of(c, here), speech = speech_at(c, i, 0);
    key_list list = {.keys = keys};
    add_word(&list, WORD, here->word, 0);
    add_word(&list, WORD_CASE, here->word, here->word_case);
    add(&list, SUFFIX_2, suffix_of(here, 2));
    add(&list, SUFFIX_3, suffix_of(here, 3));
    add(&list, SUFFIX_4, suffix_of(here, 4));
    add(&list, PREFIX, here->prefix);
    add(&list, SHAPE, shape);
    add(&list, SPEECH, speech | shape << 8);
    add(&list, SPEECHES, speech | speech_at(c, i, -1) << 8 | speech_at(c, i, 1) << 16);
    add(&list, EVIDENCE, shape | article_profile_evidence(c->profile, here) << 16);
    add(&list, FACTS, facts_of(here) | facts_of(before) << 16 | (uint64_t)facts_of(behind) << 32);
    add_word(&list, BEFORE, before->word, 0);
    add_word(&list, BEHIND, behind->word, 0);
    add_word(&list, BEFORE_2, word_at(c, i, -2)->word, 0);
    add_word(&list, BEHIND_2, word_at(c, i, 2)->word, 0);
    add(&list, NAME, last_class);
    add(&list, NAMES, last_class | name_at(c, i, -2) << 8);
    add_word(&list, NAME_WORD, here->word, last_class);
    add(&list, NAME_SHAPE, last_class | shape << 8 | (uint64_t)speech << 32);
    add_word(&list, NAME_BEHIND, behind->word, last_class);
    add_word(&list, WORD_BEFORE, here->word ? before->word : 0, here->word);
    add_word(&list, WORD_BEHIND, here->word ? behind->word : 0, here->word);

    int first = (int)(run->tokens.first - i), end = (int)(run->tokens.end - i);
    const word_profile *run_before = word_at(c, i, first - 1), *run_behind = word_at(c, i, end);
    const word_profile *last = word_at(c, i, end - 1);
    add_word(&list, RUN_BEFORE, run_before->word, 0);
    add_word(&list, RUN_BEHIND, run_behind->word, 0);
    if (run_before->word) add_word(&list, RUN_BEFORE_BEHIND, run_behind->word, run_before->word);
    add_word(&list, RUN_FIRST, word_at(c, i, first)->word, 0);
    add_word(&list, RUN_LAST, last->word, 0);
    add(&list, RUN_LAST_SUFFIX, suffix_of(last, 3));
    add(&list, RUN_PLACE, (unsigned)-first | (unsigned)end << 8 | (unsigned)c->how << 16);
    add(&list, RUN_FACTS,
        facts_of(run_before) | facts_of(word_at(c, i, first)) << 16 |
            (uint64_t)(unsigned)end << 32);
    add(&list, LISTS, here->lexicon | shape << 8);
    add(&list, LISTS_AROUND, here->lexicon | before->lexicon << 8 | behind->lexicon << 16);
    add(&list, LISTS_RUN,
        word_at(c, i, first)->lexicon | last->lexicon << 8 |
            (uint64_t)(unsigned)(end - first) << 16);
    const word_slot *slot = &slots[here->slot];
    add(&list, SEEN, slot->last_name | (slot->named > 1 ? 2u : slot->named) << 4 | shape << 8);
    if (behind != &outside)
        add(&list, SEEN_NEIGHBOUR, slots[behind->slot].last_name | last_class << 4);
    unsigned long_names = slot->began | slot->ended << 4;
    add(&list, SEEN_LONG, long_names | last_class << 8 | shape << 16);
    add(&list, SEEN_LONG_RUN,
        long_names | slots[last->slot].ended << 8 | (unsigned)(end - first) << 16);
    add(&list, SEEN_LAST, slots[last->slot].last_name | (unsigned)end << 4);
    return list.count;
}
