#include "tag/tag_words.h"

#include "base/hash.h"

enum { KEPT_BITS = 13, KEPT_NAME_BITS = 12, AHEAD = 8 };

/* A word as it is written. Two cache lines, of which words with a certain part of speech need
 * one. */
typedef struct kept_word {
    uint64_t text; /* hash of the text, never 0; 0: empty */
    word_profile profile;
    word_rows rows;
    bool is_older; /* than the other word of the pair; of the first one */
    alignas(64) speech_sums own;
} kept_word;

_Static_assert(sizeof(kept_word) == 128, "a kept word fills two cache lines");
_Static_assert(sizeof(word_profile) + sizeof(word_rows) + sizeof(uint64_t) <= 64, "see kept_word");

/* Words kept by a thread, two that share a place: so that what is rare does not drive out what
 * comes often. */
typedef struct kept_pair {
    kept_word words[2];
} kept_pair;

typedef struct kept_words {
    kept_pair pairs[1 << KEPT_BITS];
} kept_words;

static kept_pair *place_of(kept_words *kept, uint64_t text) {
    return &kept->pairs[text >> (64 - KEPT_BITS)];
}

static word_rows find_rows(const tag_model *model, const word_profile *profile, speech_sums *own) {
    uint64_t keys[WORD_KEYS];
    speech_word_keys(profile, keys);
    word_rows out = {.behind_suffix = (uint16_t)tag_model_row(model, keys[WORD_KEY_BEHIND_SUFFIX])};
    if (profile->word) {
        out.certain = (uint8_t)tag_model_certain(model, keys[WORD_KEY_CASE]);
        out.before = (uint16_t)tag_model_row(model, keys[WORD_KEY_BEFORE]);
        out.behind = (uint16_t)tag_model_row(model, keys[WORD_KEY_BEHIND]);
    }
    if (out.certain) return out;
    *own = (speech_sums){0};
    for (int k = profile->word ? 0 : WORD_KEY_SUFFIX_2; k < WORD_KEYS_OWN; k++)
        tag_model_add(model, tag_model_row(model, keys[k]), own);
    return out;
}

static void make_word(const tag_model *model, text_view text, uint64_t hash, kept_word *out) {
    out->text = hash;
    word_profile_make(text, &model->lexicon, &out->profile);
    out->rows = find_rows(model, &out->profile, &out->own);
}

/* A word that is new takes the place of the one of the two that was looked for earlier. */
static const kept_word *find_word(const tag_model *model, text_view word, uint64_t text,
                                  kept_pair *pair) {
    kept_word *first = &pair->words[0], *second = &pair->words[1];
    bool is_second = first->text != text && (second->text == text || !first->is_older);
    kept_word *found = is_second ? second : first;
    if (found->text != text) make_word(model, word, text, found);
    first->is_older = is_second;
    return found;
}

static void copy_word(const kept_word *word, size_t index, size_t *guesses, tag_words *out) {
    out->profile.words[index] = word->profile;
    out->rows[index] = word->rows;
    if (word->rows.certain) return;
    out->rows[index].own = (uint32_t)*guesses;
    out->own[(*guesses)++] = word->own;
}

bool tag_words_find(const tag_model *model, const article *a, tag_words *out) {
    if (!article_profile_start(a, &out->profile)) return false;
    uint64_t checksum = model_file_checksum(model->file);
    out->rows = arena_alloc_raw(a->arena, a->token_count, sizeof *out->rows);
    out->own = arena_alloc_raw(a->arena, a->token_count, sizeof *out->own);
    out->names = arena_keep(a->arena, (keep_key){"names of words", checksum, 0},
                            sizeof *out->names << KEPT_NAME_BITS);
    kept_words *kept = arena_keep(
        a->arena, (keep_key){"tagged words", checksum, model->speech_row_count}, sizeof *kept);
    if (!out->rows || !out->own || !out->names || !kept) return false;
    speech_sums unused;
    out->outside = find_rows(model, &word_outside, &unused);
    size_t guesses = 0;
    for (size_t i = 0; i < a->token_count; i++) {
        if (i + AHEAD < a->token_count)
            __builtin_prefetch(place_of(kept, a->token_hashes[i + AHEAD]));
        uint64_t text = a->token_hashes[i] | 1;
        const kept_word *word =
            find_word(model, token_text(a, (uint32_t)i), text, place_of(kept, text));
        copy_word(word, i, &guesses, out);
    }
    article_profile_finish(a, &out->profile);
    return true;
}

static name_sums find_name(const tag_model *model, const word_profile *word, name_place place) {
    uint64_t keys[NAME_PLACE_KEYS_MAX];
    size_t count = name_place_keys(word, place, keys);
    name_sums sum = {0};
    for (size_t k = 0; k < count; k++)
        sum += tag_model_name_weights(model, keys[k]);
    return sum;
}

name_sums tag_words_name(const tag_words *words, const tag_model *model, const word_profile *word,
                         name_place place) {
    uint64_t key = hash_mix(word->word, word->word_case) | 1;
    name_word *kept = &words->names[key >> (64 - KEPT_NAME_BITS)];
    if (kept->key != key) *kept = (name_word){.key = key};
    if (!(kept->known >> place & 1)) {
        kept->sums[place] = find_name(model, word, place);
        kept->known |= (uint8_t)(1u << place);
    }
    return kept->sums[place];
}
