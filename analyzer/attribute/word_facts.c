#include "attribute/word_facts.h"

#include "base/error.h"
#include "base/hash.h"

_Static_assert(sizeof(word_facts) == 40, "facts are 40 bytes in the file");
_Static_assert(sizeof(lemma_facts) == 16, "lemmas are 16 bytes in the file");
_Static_assert(sizeof(lemma_exception) == 16, "exceptions are 16 bytes in the file");
_Static_assert(offsetof(word_facts, word) == 0 && offsetof(lemma_facts, key) == 0 &&
                   offsetof(lemma_exception, key) == 0,
               "find_slot reads the key first");

/* Characters of three bytes that are written as ASCII: curly marks and long dashes. */
static text_view plain_form(const char *three) {
    if (memcmp(three, "\xE2\x80", 2) != 0) return (text_view){NULL, 0};
    switch ((unsigned char)three[2]) {
    case 0x98:
    case 0x99: return VIEW("'");
    case 0x9C:
    case 0x9D: return VIEW("\"");
    case 0x93:
    case 0x94: return VIEW("--");
    default: return (text_view){NULL, 0};
    }
}

size_t word_normalize(text_view word, char buf[WORD_BYTES_MAX]) {
    if (view_is(word, "``") || view_is(word, "''")) word = VIEW("\"");
    size_t n = 0;
    bool number = word.len && ascii_is_digit((unsigned char)word.ptr[0]);
    for (size_t i = 0; i < word.len && n < WORD_BYTES_MAX - 2; i++) {
        text_view plain = {NULL, 0};
        if (word.ptr[i] == '\xE2' && i + 3 <= word.len) plain = plain_form(word.ptr + i);
        if (plain.ptr) {
            memcpy(buf + n, plain.ptr, plain.len);
            n += plain.len;
            i += 2;
            continue;
        }
        char c = ascii_to_lower(word.ptr[i]);
        buf[n++] = number && ascii_is_digit((unsigned char)c) ? '0' : c;
    }
    return n;
}

uint64_t lemma_key(uint64_t hash, lemma_part part) {
    uint64_t key = hash_mix(hash >> 32, part);
    return key ? key : 1;
}

/* The slot of an open-addressing table that has this key; NULL when none does. Every kind of slot
 * begins with its key, 0 marks an empty one. Tables come from files: probing is bounded. */
static inline const void *find_slot(const void *slots, size_t slot_size, size_t slot_count,
                                    uint64_t key) {
    const char *bytes = slots;
    if (slot_count == 0) return NULL;
    for (size_t i = 0, at = key % slot_count; i < WORD_PROBES; i++) {
        uint64_t found;
        memcpy(&found, bytes + at * slot_size, sizeof found);
        if (found == 0) return NULL;
        if (found == key) return bytes + at * slot_size;
        if (++at == slot_count) at = 0;
    }
    return NULL;
}

/* Asks for the slots where a word will be looked for first: the tables are large, and each look-up
 * depends on the one before. */
static void ask_for_slots(const word_tables *t, uint64_t hash) {
    for (lemma_part part = LEMMA_VERB; part <= LEMMA_NOUN; part++) {
        uint64_t key = lemma_key(hash, part);
        if (t->lemma_slots) __builtin_prefetch(&t->lemmas[key % t->lemma_slots]);
        if (t->exception_slots) __builtin_prefetch(&t->exceptions[key % t->exception_slots]);
    }
}

static const lemma_facts *find_lemma(const word_tables *t, uint64_t hash, lemma_part part) {
    return find_slot(t->lemmas, sizeof *t->lemmas, t->lemma_slots, lemma_key(hash, part));
}

/* The hash of the lemma of an irregular form, or 0. */
static uint64_t find_exception(const word_tables *t, uint64_t hash, lemma_part part) {
    const lemma_exception *found =
        find_slot(t->exceptions, sizeof *t->exceptions, t->exception_slots, lemma_key(hash, part));
    return found ? found->lemma : 0;
}

/* A rule of WordNet's morphy(7): the ending of an inflected form and what replaces it. */
typedef struct ending_rule {
    text_view ending, replacement;
} ending_rule;

#define RULE(ending, replacement)                                                                  \
    {                                                                                              \
        {ending, sizeof(ending) - 1}, {                                                            \
            replacement, sizeof(replacement) - 1                                                   \
        }                                                                                          \
    }
static const ending_rule VERB_RULES[] = {RULE("ies", "y"), RULE("es", "e"), RULE("es", ""),
                                         RULE("s", ""),    RULE("ed", "e"), RULE("ed", ""),
                                         RULE("ing", "e"), RULE("ing", "")};
static const ending_rule NOUN_RULES[] = {RULE("s", ""),      RULE("ses", "s"),   RULE("xes", "x"),
                                         RULE("zes", "z"),   RULE("ches", "ch"), RULE("shes", "sh"),
                                         RULE("men", "man"), RULE("ies", "y")};
#undef RULE

typedef struct lemma_found {
    const lemma_facts *facts; /* NULL: none */
    uint64_t hash;
} lemma_found;

static lemma_found look_up(const word_tables *t, uint64_t hash, lemma_part part) {
    return (lemma_found){find_lemma(t, hash, part), hash};
}

/* Applies one rule, also undoing a doubled consonant ("stopped") for verbs. */
static lemma_found apply_rule(const word_tables *t, text_view word, const ending_rule *rule,
                              lemma_part part) {
    lemma_found none = {NULL, 0};
    size_t least = rule->ending.len + (part == LEMMA_VERB ? 2 : 1);
    if (word.len < least || !view_ends_with(word, rule->ending)) return none;
    char buf[WORD_BYTES_MAX + 4];
    size_t len = word.len - rule->ending.len;
    memcpy(buf, word.ptr, len);
    memcpy(buf + len, rule->replacement.ptr, rule->replacement.len);
    len += rule->replacement.len;
    lemma_found found = look_up(t, hash_bytes(buf, len), part);
    bool may_double = part == LEMMA_VERB && rule->replacement.len == 0 && rule->ending.len > 1 &&
                      !view_is(rule->ending, "es");
    if (!found.facts && may_double && len > 2 && buf[len - 1] == buf[len - 2])
        found = look_up(t, hash_bytes(buf, len - 1), part);
    return found;
}

static lemma_found find_lemma_of(const word_tables *t, text_view word, uint64_t hash,
                                 lemma_part part) {
    uint64_t irregular = find_exception(t, hash, part);
    bool plural_like = word.len && word.ptr[word.len - 1] == 's';
    if (irregular && (part == LEMMA_VERB || plural_like || !look_up(t, hash, part).facts))
        return look_up(t, irregular, part);
    if (!plural_like) {
        lemma_found itself = look_up(t, hash, part);
        if (itself.facts) return itself;
    }
    const ending_rule *rules = part == LEMMA_VERB ? VERB_RULES : NOUN_RULES;
    size_t count = part == LEMMA_VERB ? sizeof VERB_RULES / sizeof *VERB_RULES
                                      : sizeof NOUN_RULES / sizeof *NOUN_RULES;
    for (size_t i = 0; i < count; i++) {
        lemma_found found = apply_rule(t, word, &rules[i], part);
        if (found.facts) return found;
    }
    return look_up(t, hash, part);
}

word_facts word_facts_unknown(uint64_t hash) {
    return (word_facts){.word = hash,
                        .verb_first = CLASS_NONE,
                        .verb_heavy = CLASS_NONE,
                        .noun_first = CLASS_NONE,
                        .noun_heavy = CLASS_NONE,
                        .cue_rate = RATE_UNKNOWN,
                        .source_rate = RATE_UNKNOWN,
                        .lemma_rate = LEMMA_RATE_UNKNOWN};
}

word_facts word_facts_from_wordnet(const word_tables *tables, text_view normalized, uint64_t hash) {
    word_facts f = word_facts_unknown(hash);
    if (normalized.len == 0 || !ascii_is_lower((unsigned char)normalized.ptr[0])) return f;
    ask_for_slots(tables, hash);
    lemma_found noun = find_lemma_of(tables, normalized, hash, LEMMA_NOUN);
    if (noun.facts) {
        f.noun_lemma = (uint32_t)(noun.hash >> 32);
        f.noun_shares = noun.facts->shares;
        f.noun_first = noun.facts->first;
        f.noun_heavy = noun.facts->heavy;
        f.lemma_rate = noun.facts->rate;
    }
    lemma_found verb = find_lemma_of(tables, normalized, hash, LEMMA_VERB);
    if (verb.facts) {
        f.verb_lemma = (uint32_t)(verb.hash >> 32);
        f.verb_shares = verb.facts->shares;
        f.verb_first = verb.facts->first;
        f.verb_heavy = verb.facts->heavy;
        f.lemma_rate = verb.facts->rate;
    }
    return f;
}

word_facts word_facts_find(const word_tables *tables, text_view normalized, uint64_t hash) {
    const word_facts *known =
        find_slot(tables->words, sizeof *tables->words, tables->word_slots, hash);
    return known ? *known : word_facts_from_wordnet(tables, normalized, hash);
}

uint16_t word_share_code(const float shares[5]) {
    unsigned code = 0;
    for (int i = 4; i >= 0; i--) {
        float s = shares[i];
        unsigned digit = s <= 0 ? 0 : s < 0.25f ? 1 : s < 0.5f ? 2 : s < 0.8f ? 3 : 4;
        code = code * 5 + digit;
    }
    return (uint16_t)code;
}

whosaid_status word_tables_open(const model_file *file, word_tables *out, whosaid_error *err) {
    const void *words = NULL, *lemmas = NULL, *exceptions = NULL;
    whosaid_status status =
        model_file_section(file, "words", sizeof(word_facts), &words, &out->word_slots, err);
    if (status == WHOSAID_OK)
        status = model_file_section(file, "lemmas", sizeof(lemma_facts), &lemmas, &out->lemma_slots,
                                    err);
    if (status == WHOSAID_OK)
        status = model_file_section(file, "exceptions", sizeof(lemma_exception), &exceptions,
                                    &out->exception_slots, err);
    out->words = words;
    out->lemmas = lemmas;
    out->exceptions = exceptions;
    out->id = model_file_checksum(file);
    return status;
}
