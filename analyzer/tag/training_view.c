#include "tag/training_view.h"

#include "base/hash.h"

view_changes view_changes_for_training(uint64_t seed) {
    return (view_changes){.seed = seed,
                          .withhold_word = 64,
                          .withhold_affixes = 32,
                          .title_case = 10,
                          .upper_case = 2};
}

static uint32_t draw(uint64_t seed, uint64_t what) {
    return (uint32_t)(hash_mix(hash_mix(seed, what), 0x5EED) >> 40) & 255;
}

static char upper(char c) {
    return ascii_is_lower((unsigned char)c) ? (char)(c - ('a' - 'A')) : c;
}

/* Short words stay small in headlines, most of the time. */
static void write_as_title(text_view word, char *out, bool first) {
    if (word.len > 3 || first) *out = upper(*out);
}

static void rewrite_sentence(const article *a, size_t index, char *text, bool all_capitals) {
    token_range range = a->sentences[index].tokens;
    for (uint32_t i = range.first; i < range.end; i++) {
        text_view word = token_text(a, i);
        char *out = text + a->tokens[i].bytes.begin;
        if (*out == '\'') continue;
        if (!all_capitals) write_as_title(word, out, i == range.first);
        for (size_t k = 0; all_capitals && k < word.len; k++)
            out[k] = upper(out[k]);
    }
}

static bool rewrite(article *a, const view_changes *changes, uint64_t seed) {
    if (!changes->title_case && !changes->upper_case) return true;
    char *text = arena_alloc_raw(a->arena, a->text.len, 1);
    if (!text) return false;
    memcpy(text, a->text.ptr, a->text.len);
    for (size_t s = 0; s < a->sentence_count; s++) {
        uint32_t lot = draw(seed, s);
        if (lot < changes->title_case + changes->upper_case)
            rewrite_sentence(a, s, text, lot >= changes->title_case);
    }
    a->text.ptr = text;
    return true;
}

static void withhold(const training_view *v, const view_changes *changes, uint64_t seed) {
    for (size_t i = 0; i < v->article.token_count; i++) {
        word_profile *w = &v->profile.words[i];
        if (!(w->flags & PROFILE_UPPER) || w->flags & PROFILE_STARTER || w->facts) continue;
        uint32_t lot = draw(seed, w->word);
        if (lot >= changes->withhold_word) continue;
        w->word = 0;
        if (lot < changes->withhold_affixes) w->suffix = w->prefix = 0;
    }
}

bool training_view_make(const silver_article *source, const lexicon *words,
                        const view_changes *changes, uint64_t seed, arena *scratch,
                        training_view *out) {
    *out = (training_view){.source = source, .article = source->article};
    article *a = &out->article;
    a->arena = scratch;
    a->token_hashes = NULL; /* the text changes */
    a->tokens = arena_alloc_raw(scratch, a->token_count, sizeof *a->tokens);
    if (!a->tokens) return false;
    memcpy(a->tokens, source->article.tokens, a->token_count * sizeof *a->tokens);
    if (!rewrite(a, changes, seed) || !article_profile_make(a, words, &out->profile)) return false;
    withhold(out, changes, seed);
    return true;
}
