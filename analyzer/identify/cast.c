#include "identify/cast.h"

#include "base/error.h"

static bool classify_tokens(cast *c) {
    const article *a = c->article;
    c->token_classes = arena_alloc_raw(a->arena, a->token_count, sizeof *c->token_classes);
    if (!c->token_classes) return false;
    for (uint32_t i = 0; i < a->token_count; i++)
        c->token_classes[i] = lexicon_classes(c->lexicon, token_text(a, i));
    return true;
}

whosaid_status cast_build(const article *a, const lexicon *words, cast **out, whosaid_error *err) {
    cast *made = ARENA_NEW(a->arena, cast, 1);
    if (!made) return error_no_memory(err);
    made->article = a;
    made->lexicon = words;
    if (!classify_tokens(made) || !cast_find_mentions(made) || !cast_join_names(made) ||
        !cast_collect_roles(made))
        return error_no_memory(err);
    *out = made;
    return WHOSAID_OK;
}
