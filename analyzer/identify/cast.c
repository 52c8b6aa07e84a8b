#include "identify/cast.h"

#include "base/error.h"
#include "identify/reason_words.h"

static bool classify_tokens(cast *c) {
    const article *a = c->article;
    c->token_classes = arena_alloc_raw(a->arena, a->token_count, sizeof *c->token_classes);
    if (!c->token_classes) return false;
    for (uint32_t i = 0; i < a->token_count; i++)
        c->token_classes[i] = lexicon_classes(c->lexicon, token_text(a, i));
    return true;
}

/* Few words can begin a reason: the lexicon picks them out. */
static bool mark_reasons(cast *c) {
    const article *a = c->article;
    c->withholds = ARENA_NEW(a->arena, bool, a->token_count);
    if (!c->withholds) return false;
    for (uint32_t i = 0; i < a->token_count; i++)
        if (c->token_classes[i] & WORD_REASON && a->tokens[i].quote_depth == 0)
            c->withholds[i] = reason_begins_at(a, i, a->sentences[a->tokens[i].sentence].tokens);
    return true;
}

static bool make_hashes(cast *c) {
    size_t count = c->article->token_count;
    c->token_hashes = ARENA_NEW(c->article->arena, uint64_t, count);
    c->head_hashes = ARENA_NEW(c->article->arena, uint64_t, count);
    return c->token_hashes && c->head_hashes;
}

uint64_t cast_token_hash(const cast *c, uint32_t at) {
    if (!c->token_hashes[at]) c->token_hashes[at] = cast_word_hash(token_text(c->article, at));
    return c->token_hashes[at];
}

uint64_t cast_head_hash(const cast *c, const mention *m) {
    if (!m->plural) return cast_token_hash(c, m->head);
    if (!c->head_hashes[m->head]) {
        text_view word = token_text(c->article, m->head);
        if (word.len > 3 && word.ptr[word.len - 1] == 's') word.len--;
        c->head_hashes[m->head] = cast_word_hash(word);
    }
    return c->head_hashes[m->head];
}

whosaid_status cast_build(const article *a, const lexicon *words, cast **out, whosaid_error *err) {
    cast *made = ARENA_NEW(a->arena, cast, 1);
    if (!made) return error_no_memory(err);
    made->article = a;
    made->lexicon = words;
    if (!classify_tokens(made) || !mark_reasons(made) || !make_hashes(made) ||
        !cast_find_mentions(made) || !cast_join_names(made) || !cast_collect_roles(made))
        return error_no_memory(err);
    *out = made;
    return WHOSAID_OK;
}
