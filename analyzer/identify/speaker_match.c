#include "identify/speaker_match.h"

#include "base/hash.h"
#include "base/utf8.h"

#define WORDS_MAX 64
#define WORD_BYTES_MAX 48

/* Hashes of the words of a name, in order; titles left out. */
typedef struct word_row {
    uint64_t items[WORDS_MAX];
    size_t count;
} word_row;

static const char *const titles[] = {
    "mr",     "mrs",      "ms",        "dr",      "sir",   "president", "vice",
    "prime",  "minister", "secretary", "senator", "sen",   "rep",       "representative",
    "gov",    "governor", "gen",       "general", "col",   "colonel",   "lt",
    "mayor",  "judge",    "justice",   "king",    "queen", "pope",      "former",
    "mister", "the",      "a",         "an"};
static const char *const light[] = {
    "a",    "an",    "the",   "some", "several",  "many",   "few",    "one",
    "two",  "three", "other", "of",   "in",       "at",     "on",     "for",
    "from", "with",  "by",    "to",   "and",      "or",     "who",    "that",
    "his",  "her",   "their", "its",  "familiar", "people", "person", "individuals"};

static bool hash_in(uint64_t hash, const char *const *words, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (hash_bytes(words[i], strlen(words[i])) == hash) return true;
    return false;
}

/* Letters and digits; of the code points above ASCII all but punctuation and blanks. */
static bool is_word_character(uint32_t c) {
    if (c < 0x80) return ascii_is_alpha((unsigned char)c) || ascii_is_digit((unsigned char)c);
    return c >= 0xAA && c != 0xAB && c != 0xBB && c != 0xB7 && c != 0xA0 &&
           (c < 0x2000 || c > 0x206F);
}

/* "'s" behind a word belongs to no word. */
static size_t possessive_length(const char *at, const char *end) {
    size_t len = 0;
    uint32_t c = utf8_decode(at, end, &len);
    if (c != '\'' && c != 0x2019) return 0;
    return at + len < end && (at[len] == 's' || at[len] == 'S') ? len + 1 : 0;
}

static word_row words_of(text_view text, bool keep_titles) {
    word_row row = {.count = 0};
    const char *at = text.ptr, *end = text.ptr + text.len;
    char word[WORD_BYTES_MAX];
    size_t len = 0;
    while (at <= end) {
        size_t step = 1;
        uint32_t c = at < end ? utf8_decode(at, end, &step) : ' ';
        size_t possessive = at < end ? possessive_length(at, end) : 0;
        if (possessive) {
            at += possessive;
            continue;
        }
        if (is_word_character(c)) {
            for (size_t i = 0; i < step && len < sizeof word; i++)
                word[len++] = ascii_to_lower(at[i]);
        } else if (len) {
            uint64_t hash = hash_bytes(word, len);
            bool title = !keep_titles && hash_in(hash, titles, sizeof titles / sizeof *titles);
            if (!title && row.count < WORDS_MAX) row.items[row.count++] = hash;
            len = 0;
        }
        at += step;
    }
    return row;
}

static bool has(const word_row *row, uint64_t hash) {
    for (size_t i = 0; i < row->count; i++)
        if (row->items[i] == hash) return true;
    return false;
}

static bool contains(const word_row *large, const word_row *small) {
    for (size_t i = 0; i < small->count; i++)
        if (!has(large, small->items[i])) return false;
    return true;
}

static bool shares_content_word(const word_row *a, const word_row *b) {
    for (size_t i = 0; i < a->count; i++)
        if (!hash_in(a->items[i], light, sizeof light / sizeof *light) && has(b, a->items[i]))
            return true;
    return false;
}

bool quote_tells_who_speaks(const annotated_quote *quote) {
    return quote->has_speaker || (quote->has_anonymity && quote->grade == ANONYMITY_UNATTRIBUTED);
}

bool speaker_matches_strictly(text_view gold, text_view predicted) {
    word_row g = words_of(gold, false), p = words_of(predicted, false);
    return g.count == p.count && memcmp(g.items, p.items, g.count * sizeof *g.items) == 0;
}

bool speaker_matches(text_view gold, text_view predicted, bool gold_is_named) {
    word_row g = words_of(gold, false), p = words_of(predicted, false);
    if (g.count == 0 || p.count == 0) return g.count == p.count;
    if (gold_is_named && !(gold.len && memchr(gold.ptr, ';', gold.len))) {
        bool surname = g.items[g.count - 1] == p.items[p.count - 1];
        return surname && (contains(&p, &g) || contains(&g, &p) || g.items[0] == p.items[0]);
    }
    return shares_content_word(&g, &p) || (contains(&g, &p) && contains(&p, &g));
}

bool source_is_pronoun(text_view source) {
    static const char *const pronouns[] = {"he",  "she",  "they", "we",    "i",   "it", "him",
                                           "her", "them", "his",  "their", "you", "who"};
    word_row row = words_of(source, true);
    for (size_t i = 0; i < row.count; i++)
        if (!hash_in(row.items[i], pronouns, sizeof pronouns / sizeof *pronouns)) return false;
    return row.count > 0;
}

bool reason_matches(text_view gold, text_view predicted) {
    word_row g = words_of(gold, true), p = words_of(predicted, true);
    size_t different = 0, found = 0;
    for (size_t i = 0; i < g.count; i++) {
        bool repeated = false;
        for (size_t k = 0; k < i; k++)
            repeated = repeated || g.items[k] == g.items[i];
        if (repeated) continue;
        different++;
        found += has(&p, g.items[i]);
    }
    return p.count && different && found * 2 >= different;
}
