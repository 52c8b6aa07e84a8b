#include "tag/tag_words.h"

#include "base/hash.h"

enum { KEPT_BITS = 12, AHEAD = 4 };

/* A word as it is written. A cache line. */
typedef struct kept_word {
    uint64_t text; /* hash of the text, never 0; 0: empty */
    word_profile profile;
    word_rows rows;
} kept_word;

_Static_assert(sizeof(kept_word) == 64, "a kept word fills a cache line");

/* Words kept by a thread; what is newer takes the place of what is older. */
typedef struct kept_words {
    kept_word words[1 << KEPT_BITS];
} kept_words;

static kept_word *place_of(kept_words *kept, uint64_t text) {
    return &kept->words[text >> (64 - KEPT_BITS)];
}

static uint64_t text_hash(const article *a, size_t index) {
    return hash_view(token_text(a, (uint32_t)index)) | 1;
}

static word_rows find_rows(const tag_model *model, const word_profile *profile) {
    uint64_t keys[WORD_KEYS];
    word_rows out = {.certain = POS_NONE};
    speech_word_keys(profile, keys);
    if (keys[WORD_KEY_CASE]) out.certain = (uint8_t)tag_model_certain(model, keys[WORD_KEY_CASE]);
    for (int k = 0; k < WORD_KEYS; k++)
        if (keys[k]) out.rows[k] = (uint16_t)tag_model_row(model, keys[k]);
    return out;
}

bool tag_words_find(const tag_model *model, const article *a, tag_words *out) {
    if (!article_profile_start(a, &out->profile)) return false;
    out->rows = arena_alloc_raw(a->arena, a->token_count, sizeof *out->rows);
    kept_words *kept = arena_keep(a->arena, model_file_checksum(model->file), sizeof *kept);
    if (!out->rows || !kept) return false;
    out->outside = find_rows(model, &word_outside);
    uint64_t texts[AHEAD];
    for (size_t i = 0; i < a->token_count + AHEAD; i++) {
        if (i >= AHEAD) {
            size_t index = i - AHEAD;
            uint64_t text = texts[i % AHEAD];
            kept_word *word = place_of(kept, text);
            if (word->text != text) {
                word_profile_make(token_text(a, (uint32_t)index), &model->lexicon, &word->profile);
                word->rows = find_rows(model, &word->profile);
                word->text = text;
            }
            out->profile.words[index] = word->profile;
            out->rows[index] = word->rows;
        }
        if (i >= a->token_count) continue;
        texts[i % AHEAD] = text_hash(a, i);
        __builtin_prefetch(place_of(kept, texts[i % AHEAD]));
    }
    article_profile_finish(a, &out->profile);
    return true;
}
