#include "stance/pronouns.h"

#include "base/array.h"
#include "identify/lexicon.h"

enum {
    REACH_SENTENCES = 3, /* a name that was not heard for so long is no antecedent */
    SURNAME_SLOTS = 512  /* of persons in one article; later ones are not kept */
};

typedef enum antecedent { NOBODY, THE_TARGET, SOMEBODY_ELSE } antecedent;

/* What is known on the way through the text. */
typedef struct reading {
    const feature_text *text;
    antecedent last;                  /* the last person of the gender that was named */
    antecedent before;                /* the same when the sentence began */
    uint32_t last_sentence;           /* where that was */
    uint32_t sentence;                /* the current one */
    uint64_t surnames[SURNAME_SLOTS]; /* of others of the gender, by hash; 0: free */
} reading;

static bool is_capital(const feature_text *t, const word *w) {
    unsigned char first = (unsigned char)t->text.ptr[w->bytes.begin];
    return w->kind == WORD_LETTERS && (ascii_is_upper(first) || first >= 0xC3);
}

static bool surname_slot(const reading *r, uint64_t hash, size_t *at) {
    *at = hash % SURNAME_SLOTS;
    for (size_t tries = 0; tries < SURNAME_SLOTS; tries++, *at = (*at + 1) % SURNAME_SLOTS)
        if (r->surnames[*at] == hash || r->surnames[*at] == 0) return true;
    return false;
}

static bool is_surname(const reading *r, uint64_t hash) {
    size_t at;
    return surname_slot(r, hash, &at) && r->surnames[at] == hash;
}

static void note_surname(reading *r, uint64_t hash) {
    size_t at;
    if (surname_slot(r, hash, &at)) r->surnames[at] = hash;
}

/* Whether the words from i are a person of the target's gender. */
static bool names_somebody(reading *r, uint32_t i) {
    const target *toward = r->text->target;
    const word *w = &r->text->words.items[i];
    if (is_surname(r, w->hash.value)) return true;
    uint32_t next = i + 1;
    const word_list *words = &r->text->words;
    if (next < words->count && view_is(words->items[next].text, ".")) next++;
    if (next >= words->count || !is_capital(r->text, &words->items[next])) return false;
    uint32_t classes = lexicon_classes(toward->given_names, w->text);
    uint32_t same = toward->pronoun == PRONOUN_HE ? WORD_GIVEN_MALE : WORD_GIVEN_FEMALE;
    uint32_t other = toward->pronoun == PRONOUN_HE ? WORD_GIVEN_FEMALE : WORD_GIVEN_MALE;
    uint32_t honorific = toward->pronoun == PRONOUN_HE ? WORD_MALE : WORD_FEMALE;
    bool titled = classes & WORD_HONORIFIC && classes & honorific;
    if (!titled && !(classes & same && !(classes & other))) return false;
    note_surname(r, words->items[next].hash.value);
    return true;
}

static bool is_pronoun(pronoun_set set, text_view text) {
    static const char *const he[] = {"he", "him", "his", "himself"};
    static const char *const she[] = {"she", "her", "hers", "herself"};
    const char *const *forms = set == PRONOUN_HE ? he : she;
    for (size_t i = 0; i < 4; i++)
        if (view_is(text, forms[i])) return true;
    return false;
}

static bool opens_quotation(const feature_text *t, uint32_t i) {
    const word *w = &t->words.items[i];
    if (view_is(w->text, "\xE2\x80\x9C")) return true;
    size_t end = w->bytes.end;
    bool straight = view_is(w->text, "\"") || view_is(w->text, "'");
    return straight && end < t->text.len && !ascii_is_space((unsigned char)t->text.ptr[end]) &&
           (w->bytes.begin == 0 || ascii_is_space((unsigned char)t->text.ptr[w->bytes.begin - 1]));
}

static void begin_sentences(reading *r, uint32_t i) {
    const feature_text *t = r->text;
    uint32_t begin = t->words.items[i].bytes.begin;
    while (r->sentence + 1 < t->sentence_count && t->sentences[r->sentence + 1].begin <= begin) {
        r->sentence++;
        r->before = r->last;
    }
}

static void hear(reading *r, antecedent who) {
    r->last = who;
    r->last_sentence = r->sentence;
}

/* Whether word i is a pronoun that stands for the target. */
static bool stands_for_target(reading *r, uint32_t i) {
    const word *w = &r->text->words.items[i];
    if (!is_pronoun(r->text->target->pronoun, w->text)) return false;
    if (r->sentence - r->last_sentence > REACH_SENTENCES) r->last = NOBODY;
    if (r->last != NOBODY) hear(r, r->last);
    return r->last == THE_TARGET;
}

bool pronouns_resolve(feature_text *t, arena *memory) {
    if (t->target->pronoun == PRONOUN_NONE) return true;
    reading r = {.text = t};
    ARRAY(phrase_hit) all = {0};
    size_t named = 0;
    uint32_t class = (uint32_t)t->target->first_class[PHRASE_TARGET];
    for (uint32_t i = 0; i < t->words.count; i++) {
        begin_sentences(&r, i);
        if (named < t->mentions.count && t->mentions.items[named].first == i) {
            phrase_hit hit = t->mentions.items[named++];
            if (!array_push(memory, &all, hit)) return false;
            hear(&r, THE_TARGET);
            i = hit.end - 1;
        } else if (stands_for_target(&r, i)) {
            phrase_hit hit = {i, i + 1, class};
            if (!array_push(memory, &all, hit)) return false;
        } else if (opens_quotation(t, i)) {
            r.last = r.before;
        } else if (is_capital(t, &t->words.items[i]) && names_somebody(&r, i)) {
            hear(&r, SOMEBODY_ELSE);
        }
    }
    t->mentions = (phrase_hits){all.items, all.count};
    return true;
}
