#include "tag/word_profile.h"

#include "base/hash.h"
#include "segment/abbreviations.h"
#include "segment/characters.h"

enum { FOLDED_BYTES = 48 };

/* The ASCII character for a mark beyond ASCII at ptr (three bytes), 0 when it has none. */
static char plain_mark(const char *ptr, const char *end) {
    if (end - ptr < 3 || (unsigned char)ptr[0] != 0xE2 || (unsigned char)ptr[1] != 0x80) return 0;
    switch ((unsigned char)ptr[2]) {
    case 0x90:
    case 0x91:
    case 0x92:
    case 0x93:
    case 0x94:
    case 0x95: return '-';
    case 0x98:
    case 0x99: return '\'';
    case 0x9C:
    case 0x9D: return '"';
    case 0xA6: return '.';
    default: return 0;
    }
}

/* Folds at most FOLDED_BYTES; what is longer is cut. */
static size_t fold(text_view text, char out[FOLDED_BYTES]) {
    size_t len = 0;
    const char *end = text.ptr + text.len;
    for (const char *p = text.ptr; p < end && len < FOLDED_BYTES; p++) {
        char mark = (unsigned char)*p == 0xE2 ? plain_mark(p, end) : 0;
        if (mark) p += 2;
        char c = mark ? mark : ascii_to_lower(*p);
        out[len++] = ascii_is_digit((unsigned char)c) ? '0' : c;
    }
    return len;
}

static uint32_t last_bytes(const char *folded, size_t len) {
    uint32_t suffix = 0;
    for (size_t i = 0; i < 4 && i < len; i++)
        suffix |= (uint32_t)(unsigned char)folded[len - 1 - i] << (8 * i);
    return suffix;
}

static uint32_t first_bytes(const char *folded, size_t len) {
    uint32_t prefix = 0;
    for (size_t i = 0; i < 3 && i < len; i++)
        prefix |= (uint32_t)(unsigned char)folded[i] << (8 * i);
    return prefix;
}

typedef struct letter_counts {
    uint32_t upper, lower, first_upper;
    uint32_t hyphens, hyphens_before_capital;
} letter_counts;

static word_case case_of(const letter_counts *n) {
    if (n->upper + n->lower == 0) return CASE_NONE;
    if (n->upper == 0) return CASE_LOWER;
    if (!n->first_upper) return CASE_INNER;
    if (n->lower == 0) return n->upper == 1 ? CASE_LETTER : CASE_UPPER;
    bool double_name = n->hyphens && n->upper == n->hyphens + 1 &&
                       n->hyphens_before_capital == n->hyphens; /* "Okafor-Bligh" */
    return n->upper == 1 || double_name ? CASE_CAPITAL : CASE_MIXED;
}

static void note_characters(text_view text, word_profile *out) {
    letter_counts n = {0};
    const char *end = text.ptr + text.len;
    for (const char *p = text.ptr; p < end; p++) {
        unsigned char c = (unsigned char)*p;
        bool upper = ascii_is_upper(c) || (c >= 0xC0 && character_is_upper(p, end));
        n.upper += upper;
        n.first_upper |= upper && p == text.ptr;
        n.lower += !upper && (ascii_is_lower(c) || c >= 0xC3);
        if (ascii_is_digit(c)) out->flags |= PROFILE_DIGIT;
        n.hyphens += c == '-';
        n.hyphens_before_capital += upper && p > text.ptr && p[-1] == '-';
        if (c == '.') out->flags |= PROFILE_STOP;
    }
    unsigned char first = (unsigned char)*text.ptr;
    if (first >= 0xE0 && plain_mark(text.ptr, end)) n.lower = n.upper = 0;
    out->word_case = (uint8_t)case_of(&n);
    bool double_name = out->word_case == CASE_CAPITAL && n.hyphens_before_capital;
    if (n.hyphens && !double_name) out->flags |= PROFILE_HYPHEN;
    if (n.upper) out->flags |= PROFILE_UPPER;
}

static uint64_t hash_folded(const char *folded, size_t len) {
    return hash_bytes(folded, len) | 1; /* 0 is taken */
}

uint64_t word_hash(text_view text) {
    char folded[FOLDED_BYTES];
    return hash_folded(folded, fold(text, folded));
}

/* What the lists know of the parts of a hyphenated word: "Okafor-Bligh". */
static unsigned lexicon_of_parts(text_view text, const lexicon *words) {
    unsigned classes = 0;
    size_t begin = 0;
    for (size_t i = 0; i <= text.len && i < FOLDED_BYTES; i++) {
        if (i < text.len && text.ptr[i] != '-') continue;
        classes |= lexicon_find(words, word_hash(view_slice(text, begin, i)));
        begin = i + 1;
    }
    return classes;
}

/* Most words are small letters only: nothing else is to be noted of them. */
static bool is_small_word(text_view text) {
    for (size_t i = 0; i < text.len; i++)
        if (!ascii_is_lower((unsigned char)text.ptr[i])) return false;
    return true;
}

/* The table of words has nothing on short words in small letters. */
static bool may_have_facts(text_view text) {
    unsigned char first = (unsigned char)*text.ptr, last = (unsigned char)text.ptr[text.len - 1];
    return ascii_is_upper(first) || (ascii_is_lower(first) && (text.len > 3 || last == '.'));
}

void word_profile_make(text_view text, const lexicon *words, word_profile *out) {
    char folded[FOLDED_BYTES];
    unsigned facts = may_have_facts(text) ? word_facts(text) : 0;
    bool starts = word_starts_sentence(text);
    bool title = (facts & WORD_TITLE) && (facts & WORD_ABBREVIATION);
    if (title && view_ends_with(text, VIEW("."))) text.len--; /* "Mr." is "Mr" elsewhere */
    size_t len = fold(text, folded);
    *out = (word_profile){.facts = (uint16_t)facts,
                          .suffix = last_bytes(folded, len),
                          .prefix = first_bytes(folded, len)};
    if (starts) out->flags = PROFILE_MAY_START;
    out->word = hash_folded(folded, len);
    if (is_small_word(text))
        out->word_case = CASE_LOWER;
    else
        note_characters(text, out);
    if (out->word_case != CASE_NONE) out->lexicon = (uint8_t)lexicon_find(words, out->word);
    if (out->lexicon == 0 && out->flags & PROFILE_UPPER && memchr(text.ptr, '-', text.len))
        out->lexicon = (uint8_t)lexicon_of_parts(text, words);
}

/* Title case when four in five of its longer words have a capital and there are at least four. */
static sentence_case case_of_sentence(const word_profile *words, size_t count) {
    size_t longer = 0, capital = 0, upper = 0;
    for (size_t i = 0; i < count; i++) {
        bool long_word = words[i].prefix >> 16 && words[i].suffix >> 24;
        if (!long_word || words[i].word_case == CASE_NONE) continue;
        longer++;
        capital += (words[i].flags & PROFILE_UPPER) != 0;
        upper += words[i].word_case == CASE_UPPER;
    }
    if (longer < 4 || capital * 5 < longer * 4) return SENTENCE_PLAIN;
    return upper * 2 > longer ? SENTENCE_UPPER : SENTENCE_TITLE;
}

/* Notes whether a token is the first word of its sentence or behind a mark that opens; *first: no
 * word came since. */
static void note_first_word(const article *a, uint32_t i, word_profile *word, bool *first) {
    if (word->word_case == CASE_NONE && !(word->flags & PROFILE_DIGIT)) {
        *first = *first || a->tokens[i].quote_mark == QUOTE_MARK_OPEN;
        return;
    }
    if (!*first) return;
    word->flags |= PROFILE_FIRST;
    if (word->flags & PROFILE_MAY_START) word->flags |= PROFILE_STARTER;
    *first = false;
}

static uint32_t find_slot(const article_profile *profile, uint64_t word) {
    size_t mask = profile->slot_count - 1;
    size_t at = (word >> 20) & mask;
    while (profile->slots[at].word && profile->slots[at].word != word)
        at = (at + 1) & mask;
    return (uint32_t)at;
}

static void note_occurrence(article_profile *profile, word_profile *word, sentence_case how) {
    word->slot = find_slot(profile, word->word);
    word_slot *slot = &profile->slots[word->slot];
    slot->word = word->word;
    if (word->word_case == CASE_LOWER && slot->small < UINT16_MAX) slot->small++;
    bool telling = word->flags & PROFILE_UPPER && !(word->flags & PROFILE_FIRST);
    if (telling && how == SENTENCE_PLAIN && slot->capital < UINT16_MAX) slot->capital++;
}

bool article_profile_start(const article *a, article_profile *out) {
    size_t slots = 64;
    while (slots * 2 < a->token_count * 3) /* at most two in three taken */
        slots *= 2;
    *out = (article_profile){.slot_count = slots};
    out->words = arena_alloc_raw(a->arena, a->token_count, sizeof *out->words);
    out->sentence_cases = arena_alloc_raw(a->arena, a->sentence_count, 1);
    out->slots = arena_alloc(a->arena, slots, sizeof *out->slots);
    return out->words && out->sentence_cases && out->slots;
}

void article_profile_finish(const article *a, article_profile *out) {
    for (size_t s = 0; s < a->sentence_count; s++) {
        token_range range = a->sentences[s].tokens;
        sentence_case how = case_of_sentence(out->words + range.first, range.end - range.first);
        out->sentence_cases[s] = (uint8_t)how;
        bool first = true;
        for (uint32_t i = range.first; i < range.end; i++) {
            note_first_word(a, i, &out->words[i], &first);
            note_occurrence(out, &out->words[i], how);
        }
    }
}

bool article_profile_make(const article *a, const lexicon *words, article_profile *out) {
    if (!article_profile_start(a, out)) return false;
    for (uint32_t i = 0; i < a->token_count; i++)
        word_profile_make(token_text(a, i), words, &out->words[i]);
    article_profile_finish(a, out);
    return true;
}

unsigned article_profile_evidence(const article_profile *profile, const word_profile *word) {
    const word_slot *slot = &profile->slots[word->slot];
    unsigned own = word->flags & PROFILE_UPPER && !(word->flags & PROFILE_FIRST);
    return (slot->small > 0) | (slot->capital > own ? 2u : 0u);
}
