#include "tag/tagger.h"

#include "base/array.h"
#include "base/error.h"
#include "tag/tag_features.h"
#include "tag/tag_model.h"
#include "tag/tag_steps.h"
#include "tag/tag_words.h"

#include <stdlib.h>

struct tagger {
    tag_model model;
};

whosaid_status tagger_open(const char *folder, tagger **out, whosaid_error *err) {
    *out = NULL;
    tagger *made = calloc(1, sizeof *made);
    if (!made) return error_no_memory(err);
    whosaid_status status = tag_model_open(folder, &made->model, err);
    if (status != WHOSAID_OK) {
        tagger_close(made);
        return status;
    }
    *out = made;
    return WHOSAID_OK;
}

void tagger_close(tagger *t) {
    if (!t) return;
    tag_model_close(&t->model);
    free(t);
}

part_of_speech quote_mark_speech(quote_mark mark) {
    switch (mark) {
    case QUOTE_MARK_OPEN: return POS_OPEN_QUOTE;
    case QUOTE_MARK_CLOSE: return POS_CLOSE_QUOTE;
    default: return POS_NONE;
    }
}

static inline const word_rows *rows_at(const tag_words *words, const tag_context *c,
                                       int64_t index) {
    bool inside = index >= c->range.first && index < c->range.end;
    return inside ? &words->rows[index] : &words->outside;
}

enum { GUESSES_AHEAD = 16, NEIGHBOUR_ROWS = 3 };

/* A token whose part of speech is to be guessed, and what it needs of the model. The weights are
 * asked for some tokens ahead, since memory takes long to answer. */
typedef struct guess {
    uint32_t index;
    size_t count; /* of keys, then of rows */
    uint64_t keys[SPEECH_CONTEXT_MAX];
    unsigned rows[SPEECH_CONTEXT_MAX + NEIGHBOUR_ROWS];
} guess;

static void expect_lines(const tag_model *model, const tag_context *c, uint32_t index, guess *out) {
    out->index = index;
    out->count = speech_context_keys(c, index, out->keys);
    tag_model_prefetch(model, out->keys, out->count);
}

static void expect_rows(const tag_model *model, const tag_words *words, const tag_context *c,
                        guess *g) {
    const word_rows *before = rows_at(words, c, (int64_t)g->index - 1);
    const word_rows *behind = rows_at(words, c, (int64_t)g->index + 1);
    for (size_t k = 0; k < g->count; k++)
        g->rows[k] = tag_model_row(model, g->keys[k]);
    g->rows[g->count++] = before->before;
    g->rows[g->count++] = behind->behind;
    g->rows[g->count++] = behind->behind_suffix;
    for (size_t k = 0; k < g->count; k++)
        tag_model_prefetch_row(model, g->rows[k]);
}

static part_of_speech guess_speech(const tag_model *model, const tag_words *words,
                                   const tag_context *c, const guess *g) {
    uint64_t keys[SPEECH_HISTORY_MAX];
    size_t count = speech_history_keys(c, g->index, keys);
    tag_model_prefetch(model, keys, count);
    speech_sums sums = words->own[words->rows[g->index].own];
    for (size_t k = 0; k < g->count; k++)
        tag_model_add(model, g->rows[k], &sums);
    for (size_t k = 0; k < count; k++)
        tag_model_add(model, tag_model_row(model, keys[k]), &sums);
    return tag_model_speech(model, &sums);
}

/* Tags what is certain from token `index` on, and notes what is to be guessed, as far as it fits.
 * Returns where to go on. */
static uint32_t tag_certain(const tag_model *model, const tag_words *words, const tag_context *c,
                            uint32_t index, token *tokens, guess *guesses, size_t *count) {
    for (*count = 0; index < c->range.end && *count < GUESSES_AHEAD; index++) {
        part_of_speech speech = quote_mark_speech((quote_mark)tokens[index].quote_mark);
        if (!speech) speech = (part_of_speech)words->rows[index].certain;
        tokens[index].part_of_speech = (uint8_t)speech;
        if (!speech) expect_lines(model, c, index, &guesses[(*count)++]);
    }
    return index;
}

static void tag_speech(const tag_model *model, const tag_words *words, const tag_context *c,
                       token *tokens) {
    guess guesses[GUESSES_AHEAD];
    size_t count;
    for (uint32_t i = c->range.first; i < c->range.end;) {
        i = tag_certain(model, words, c, i, tokens, guesses, &count);
        for (size_t k = 0; k < count; k++)
            expect_rows(model, words, c, &guesses[k]);
        for (size_t k = 0; k < count; k++)
            tokens[guesses[k].index].part_of_speech =
                (uint8_t)guess_speech(model, words, c, &guesses[k]);
    }
}

static name_class guess_name(const tag_model *model, const tag_words *words, const tag_context *c,
                             uint32_t index) {
    uint64_t keys[NAME_FEATURES_MAX];
    name_view view = name_view_of(c, index);
    size_t count = name_context_keys(&view, keys);
    tag_model_prefetch_names(model, keys, count);
    name_sums sums = {0};
    for (int place = 0; place < NAME_PLACES; place++)
        sums += tag_words_name(words, model, name_view_word(&view, (name_place)place),
                               (name_place)place);
    for (size_t k = 0; k < count; k++)
        sums += tag_model_name_weights(model, keys[k]);
    return tag_model_name(&sums, name_classes_at(c, index));
}

static void tag_names(const tag_model *model, const tag_words *words, const tag_context *c,
                      token *tokens) {
    uint8_t last = NAME_NONE;
    for (uint32_t i = c->range.first; i < c->range.end; last = tokens[i++].name_class) {
        tokens[i].name_class = NAME_NONE;
        bool small = !(c->profile->words[i].flags & PROFILE_UPPER);
        if (small && last == NAME_NONE) continue; /* most tokens; the next line says the same */
        if (!name_is_possible(c, i)) continue;
        tokens[i].name_class = (uint8_t)guess_name(model, words, c, i);
        note_name(c->profile, i, (name_class)tokens[i].name_class);
    }
}

void note_name(const article_profile *profile, uint32_t token_index, name_class class) {
    word_slot *slot = &profile->slots[profile->words[token_index].slot];
    slot->last_name = (uint8_t) class;
    if (class != NAME_NONE && slot->named < UINT8_MAX) slot->named++;
}

/* Takes the next run of tokens of one class off `rest`, a part of a sentence. */
static bool next_name(const article *a, token_range *rest, name *out) {
    while (rest->first < rest->end) {
        uint32_t first = rest->first++;
        uint8_t class = a->tokens[first].name_class;
        if (class == NAME_NONE) continue;
        while (rest->first < rest->end && a->tokens[rest->first].name_class == class)
            rest->first++;
        *out = (name){.tokens = {first, rest->first}, .class = (name_class) class};
        return true;
    }
    return false;
}

void note_long_names(const article *a, const article_profile *profile, token_range range) {
    for (name found; next_name(a, &range, &found);) {
        token_range tokens = found.tokens;
        if (tokens.end - tokens.first == 1) continue;
        profile->slots[profile->words[tokens.first].slot].began = (uint8_t)found.class;
        profile->slots[profile->words[tokens.end - 1].slot].ended = (uint8_t)found.class;
    }
}

bool collect_names(article *a) {
    ARRAY(name) names = {0};
    for (size_t s = 0; s < a->sentence_count; s++) {
        token_range rest = a->sentences[s].tokens;
        for (name found; next_name(a, &rest, &found);)
            if (!array_push(a->arena, &names, found)) return false;
    }
    a->names = names.items;
    a->name_count = names.count;
    return true;
}

/* What is known of the words is of no use to the steps behind, which get its memory while it is
 * still in the caches. */
whosaid_status tagger_tag(const tagger *t, article *a, whosaid_error *err) {
    tag_words words;
    arena_mark mark = arena_save(a->arena);
    if (!tag_words_find(&t->model, a, &words)) return error_no_memory(err);
    for (size_t s = 0; s < a->sentence_count; s++) {
        tag_context c = tag_context_of(a, &words.profile, s);
        tag_speech(&t->model, &words, &c, a->tokens);
        tag_names(&t->model, &words, &c, a->tokens);
        note_long_names(a, &words.profile, c.range);
    }
    arena_restore(a->arena, mark);
    return collect_names(a) ? WHOSAID_OK : error_no_memory(err);
}
