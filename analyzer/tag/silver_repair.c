#include "tag/silver_repair.h"

#include "segment/abbreviations.h"
#include "tag/word_profile.h"

/* What the labels of an article say of one word, by slot of its profile. */
typedef struct word_labels {
    uint32_t family;                  /* times it ended a person's name of several words */
    uint32_t alone[NAME_CLASS_COUNT]; /* times it was a name by itself, or none */
} word_labels;

typedef struct repair {
    silver_article *article;
    article_profile profile;
    word_labels *labels; /* [slot_count] */
    size_t changed;
} repair;

static bool is_capital(const repair *r, uint32_t i) {
    return i < r->article->article.token_count && r->profile.words[i].flags & PROFILE_UPPER;
}

static bool same_sentence(const repair *r, uint32_t i, uint32_t j) {
    const article *a = &r->article->article;
    return j < a->token_count && a->tokens[i].sentence == a->tokens[j].sentence;
}

/* A title, whose full stop or capital is no part of the name behind it. */
static bool is_title(const repair *r, uint32_t i) {
    unsigned facts = r->profile.words[i].facts;
    return facts & WORD_TITLE && facts & WORD_ABBREVIATION;
}

/* True when no other word with a capital stands beside the token, titles aside. */
static bool stands_alone(const repair *r, uint32_t i) {
    if (same_sentence(r, i, i + 1) && is_capital(r, i + 1)) return false;
    if (i == 0 || !same_sentence(r, i, i - 1)) return true;
    return !is_capital(r, i - 1) || r->profile.words[i - 1].facts & WORD_TITLE ||
           r->profile.words[i - 1].flags & PROFILE_STARTER;
}

static void drop_titles(repair *r) {
    silver_article *s = r->article;
    for (uint32_t i = 0; i < s->article.token_count; i++) {
        if (s->name_class[i] != NAME_PERSON || !is_title(r, i)) continue;
        s->name_class[i] = NAME_NONE;
        r->changed++;
    }
}

/* Whoever is called Mr. or Sen. is a person. */
static void label_titled(repair *r) {
    silver_article *s = r->article;
    for (uint32_t i = 0; i + 1 < s->article.token_count; i++) {
        bool titled = is_title(r, i) && same_sentence(r, i, i + 1) && is_capital(r, i + 1) &&
                      !is_title(r, i + 1);
        if (!titled || s->name_class[i + 1] != NAME_NONE) continue;
        s->name_class[i + 1] = NAME_PERSON;
        s->part_of_speech[i + 1] = POS_NNP;
        r->changed++;
    }
}

static void count_labels(repair *r) {
    const silver_article *s = r->article;
    for (uint32_t i = 0; i < s->article.token_count; i++) {
        uint8_t class = s->name_class[i];
        if (class == SILVER_NONE || !is_capital(r, i)) continue;
        word_labels *word = &r->labels[r->profile.words[i].slot];
        if (stands_alone(r, i)) word->alone[class]++;
        bool behind_name = i > 0 && same_sentence(r, i, i - 1) && s->name_class[i - 1] == class;
        bool goes_on = same_sentence(r, i, i + 1) && s->name_class[i + 1] == class;
        if (class == NAME_PERSON && behind_name && !goes_on) word->family++;
    }
}

/* The article speaks of a person of this name, and not as often of something else. */
static bool is_family_name(const word_labels *word, uint8_t class) {
    if (word->family == 0 || class == NAME_PERSON) return false;
    return class == NAME_NONE || word->alone[NAME_PERSON] + word->family >= word->alone[class];
}

static void repair_names(repair *r) {
    silver_article *s = r->article;
    for (uint32_t i = 0; i < s->article.token_count; i++) {
        const word_profile *word = &r->profile.words[i];
        if (s->name_class[i] == SILVER_NONE || !is_capital(r, i) || word->facts) continue;
        if (!stands_alone(r, i) || !is_family_name(&r->labels[word->slot], s->name_class[i]))
            continue;
        s->name_class[i] = NAME_PERSON;
        s->part_of_speech[i] = POS_NNP;
        r->changed++;
    }
}

static bool repair_article(silver_article *s, arena *scratch, size_t *changed) {
    static const lexicon no_words = {0};
    repair r = {.article = s};
    article copy = s->article;
    copy.arena = scratch;
    if (!article_profile_make(&copy, &no_words, &r.profile)) return false;
    r.labels = ARENA_NEW(scratch, word_labels, r.profile.slot_count);
    if (!r.labels) return false;
    drop_titles(&r);
    label_titled(&r);
    count_labels(&r);
    repair_names(&r);
    *changed += r.changed;
    return true;
}

bool silver_repair(silver *data, size_t *labels_changed) {
    arena *scratch = arena_new();
    bool done = scratch != NULL;
    *labels_changed = 0;
    for (size_t i = 0; done && i < silver_size(data); i++) {
        done = repair_article(silver_at(data, i), scratch, labels_changed);
        arena_reset(scratch);
    }
    arena_free(scratch);
    return done;
}
