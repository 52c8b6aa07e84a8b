#include "identify/known_words.h"

#include "base/hash.h"

enum { KEPT_BITS = 14, HASHED_BYTES = 64, ASKED_AHEAD = 8 };

typedef struct kept_word {
    uint64_t text; /* hash of the text, made odd; 0: empty */
    known_word facts;
} kept_word;

/* What is newer takes the place of what is older. */
typedef struct kept_words {
    kept_word words[1 << KEPT_BITS];
} kept_words;

uint64_t lower_word_hash(text_view word) {
    char buffer[HASHED_BYTES];
    buffer[0] = 0;
    size_t len = word.len < sizeof buffer ? word.len : sizeof buffer;
    for (size_t i = 0; i < len; i++)
        buffer[i] = ascii_to_lower(word.ptr[i]);
    return hash_bytes(buffer, len);
}

/* "Jan." is a month, "Jan" somebody's name, and nobody writes "Monday.". */
static bool is_time_word(text_view word) {
    enum { LONGEST_BRIEF = 5 };
    bool stopped = word.ptr[word.len - 1] == '.';
    bool brief = word.len - stopped < LONGEST_BRIEF && !view_is_ignoring_case(word, "june") &&
                 !view_is_ignoring_case(word, "july");
    return stopped == brief;
}

static bool is_lower(text_view word) {
    bool lower = word.len <= HASHED_BYTES;
    for (size_t i = 0; i < word.len && lower; i++)
        lower = !ascii_is_upper((unsigned char)word.ptr[i]);
    return lower;
}

/* hash: what the word is kept by. */
static kept_word make(const lexicon *words, text_view word, uint64_t hash) {
    bool small = is_lower(word);
    uint64_t lower = lower_word_hash(word);
    lexicon_facts facts = lexicon_find(words, word, lower);
    known_word made = {lower, lower, facts.classes, facts.uses};
    if (!small) made.uses &= ~(uint32_t)(USE_NAMING | USE_ALIAS);
    bool full = made.uses & USE_TITLE_FORM || (word.len && word.ptr[word.len - 1] == '.');
    if (full) made.full_hash = lower_word_hash(lexicon_full_title(word));
    if (made.classes & WORD_TIME && !is_time_word(word)) made.classes &= ~(uint32_t)WORD_TIME;
    return (kept_word){hash | 1, made};
}

static kept_word *place_of(kept_words *kept, uint64_t hash) {
    return &kept->words[hash >> (64 - KEPT_BITS)];
}

const known_word *known_words_find(const lexicon *words, const article *a) {
    known_word *out = arena_alloc_raw(a->arena, a->token_count, sizeof *out);
    kept_words *kept = arena_keep(a->arena, (keep_key){.what = "word facts"}, sizeof *kept);
    if (!out || !kept) return NULL;
    const uint64_t *hashes = a->token_hashes;
    for (uint32_t i = 0, count = (uint32_t)a->token_count; i < count; i++) {
        uint32_t later = i + ASKED_AHEAD < count ? i + ASKED_AHEAD : i;
        __builtin_prefetch(place_of(kept, hashes[later]));
        kept_word *known = place_of(kept, hashes[i]);
        if (known->text != (hashes[i] | 1)) *known = make(words, token_text(a, i), hashes[i]);
        out[i] = known->facts;
    }
    return out;
}
