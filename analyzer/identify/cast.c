#include "identify/cast.h"

#include "base/error.h"
#include "base/sorted.h"
#include "identify/reason_words.h"

/* Few words can begin a reason: the lexicon picks them out. */
static bool find_reasons(cast *c) {
    const article *a = c->article;
    for (uint32_t i = 0; i < a->token_count; i++)
        if (c->words[i].classes & WORD_REASON && a->tokens[i].quote_depth == 0 &&
            reason_begins_at(a, i, a->sentences[a->tokens[i].sentence].tokens) &&
            !array_push(a->arena, &c->reasons, i))
            return false;
    return true;
}

bool cast_withholds(const cast *c, token_range range) {
    size_t next = SORTED_NUMBERS_BELOW(c->reasons.items, c->reasons.count, range.first);
    return next < c->reasons.count && c->reasons.items[next] < range.end;
}

/* cast_word_hash, which few words need to be looked up for. */
static uint64_t singular_hash(const cast *c, text_view word) {
    uint64_t lower = lower_word_hash(word);
    bool brief =
        lexicon_uses(c->lexicon, lower) & USE_TITLE_FORM || view_ends_with(word, VIEW("."));
    return brief ? cast_word_hash(word) : lower;
}

uint64_t cast_head_hash(const cast *c, const mention *m) {
    if (!m->plural) return c->words[m->head].full_hash;
    uint64_t *kept = &c->head_hashes[m - c->mentions.items];
    if (!*kept) {
        text_view word = token_text(c->article, m->head);
        if (word.len > 3 && word.ptr[word.len - 1] == 's') word.len--;
        *kept = singular_hash(c, word);
    }
    return *kept;
}

uint32_t mention_begin_with_owners(const cast *c, const mention *m) {
    enum { OWNERS_MAX = 4 };
    uint32_t first = m->phrase.first, owner = m->possessor;
    for (int deep = 0; owner != NO_MENTION && deep < OWNERS_MAX; deep++) {
        first = c->mentions.items[owner].phrase.first;
        owner = c->mentions.items[owner].possessor;
    }
    return first;
}

whosaid_status cast_build(const article *a, const lexicon *words, cast **out, whosaid_error *err) {
    cast *made = ARENA_NEW(a->arena, cast, 1);
    if (!made) return error_no_memory(err);
    made->article = a;
    made->lexicon = words;
    made->words = known_words_find(words, a);
    if (!made->words || !find_reasons(made) || !cast_find_mentions(made) ||
        !cast_join_names(made) || !cast_collect_roles(made))
        return error_no_memory(err);
    made->head_hashes = ARENA_NEW(a->arena, uint64_t, made->mentions.count);
    if (!made->head_hashes) return error_no_memory(err);
    *out = made;
    return WHOSAID_OK;
}
