#include "identify/naming.h"

#define DESCRIPTION_TOKENS_MAX 24

text_view folded_text(const cast *c, token_range range) {
    text_view text = range_text(c->article, range);
    char *copy = arena_alloc_raw(c->article->arena, text.len + 1, 1);
    if (!copy) return (text_view){NULL, 0};
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        bool space = ascii_is_space((unsigned char)text.ptr[i]);
        bool again = space && len && copy[len - 1] == ' ';
        copy[len] = space ? ' ' : text.ptr[i];
        len += !again;
    }
    copy[len] = 0;
    return (text_view){copy, len};
}

/* What may follow the head and still identify: prepositional phrases and adjectives. */
static bool goes_on(part_of_speech pos) {
    switch (pos) {
    case POS_IN:
    case POS_TO:
    case POS_DT:
    case POS_JJ:
    case POS_NN:
    case POS_NNS:
    case POS_NNP:
    case POS_NNPS:
    case POS_CD:
    case POS_POS:
    case POS_PRPS:
    case POS_CC:
    case POS_VBN: return true;
    default: return false;
    }
}

/* "who spoke on the condition of anonymity to ..." says why the name is missing and is no part of
 * what stands for it. */
static bool opens_reason(const cast *c, uint32_t at, uint32_t end) {
    part_of_speech pos = pos_at(c, at);
    bool clause = pos == POS_WP || pos == POS_WDT || pos == POS_WPS || pos == POS_VBG;
    return clause && cast_withholds(c, (token_range){at, end});
}

/* Behind "of ...", "familiar with ..."; before a relative clause, a verb or a comma. */
static uint32_t description_end(const cast *c, const mention *m) {
    const article *a = c->article;
    uint32_t limit = a->sentences[a->tokens[m->head].sentence].tokens.end;
    if (limit > m->phrase.end + DESCRIPTION_TOKENS_MAX)
        limit = m->phrase.end + DESCRIPTION_TOKENS_MAX;
    uint32_t end = m->phrase.end, i = end;
    if (m->source_end > end && m->classes & (WORD_VAGUE | WORD_QUANTITY | WORD_PEOPLE)) {
        while (i < m->source_end && i < limit && pos_at(c, i) != POS_COMMA &&
               !opens_reason(c, i, m->source_end))
            i++;
        return i;
    }
    if (i >= limit || (pos_at(c, i) != POS_IN && pos_at(c, i) != POS_JJ && pos_at(c, i) != POS_VBN))
        return end;
    for (; i < limit && goes_on(pos_at(c, i)); i++) {
        part_of_speech pos = pos_at(c, i);
        bool noun = pos == POS_NN || pos == POS_NNS || pos == POS_NNP || pos == POS_NNPS;
        if (noun) end = i + 1;
    }
    return end;
}

static text_view person_or_body_name(const cast *c, const entity *e) {
    token_range name_range = c->mentions.items[e->best_mention].name;
    if (name_range.end - name_range.first > 1 &&
        view_equal_ignoring_case(token_text(c->article, name_range.first), VIEW("the")))
        name_range.first++;
    return folded_text(c, name_range);
}

/* "Not everyone in town": without the first word the opposite of them would speak. */
static bool is_denied(const cast *c, const mention *m) {
    static const char *const all[] = {"all", "every", "everybody", "everyone", "many"};
    uint32_t first = m->phrase.first;
    return first > 0 && view_is_ignoring_case(token_text(c->article, first - 1), "not") &&
           VIEW_IN_IGNORING_CASE(token_text(c->article, first), all);
}

text_view mention_name(const cast *c, uint32_t index) {
    const mention *m = &c->mentions.items[index];
    token_range range = {m->phrase.first, description_end(c, m)};
    if (is_denied(c, m)) range.first--;
    if (m->possessor == NO_MENTION) return folded_text(c, range);
    const mention *owner = &c->mentions.items[m->possessor];
    if (owner->form != MENTION_PRONOUN) {
        range.first = owner->phrase.first;
        return folded_text(c, range);
    }
    if (owner->entity == NO_ENTITY || c->entities.items[owner->entity].kind != ENTITY_PERSON)
        return folded_text(c, range);
    text_view by = person_or_body_name(c, &c->entities.items[owner->entity]);
    range.first = owner->phrase.end;
    if (!by.ptr || range.first >= range.end) return by;
    text_view rest = folded_text(c, range);
    if (!rest.ptr) return rest;
    return arena_format(c->article->arena, "%.*s\xE2\x80\x99s %.*s", (int)by.len, by.ptr,
                        (int)rest.len, rest.ptr);
}

static text_view joint_name(const cast *c, const entity *e) {
    text_view joined = {"", 0};
    for (uint32_t i = 0; i < e->member_count; i++) {
        const entity *member = &c->entities.items[e->members[i]];
        if (member->kind == ENTITY_JOINT) continue; /* families do not nest */
        text_view one = entity_name(c, e->members[i]);
        if (!one.ptr) return one;
        joined = joined.len ? arena_format(c->article->arena, "%.*s; %.*s", (int)joined.len,
                                           joined.ptr, (int)one.len, one.ptr)
                            : one;
        if (!joined.ptr) return joined;
    }
    return joined;
}

text_view entity_name(const cast *c, uint32_t number) {
    const entity *e = &c->entities.items[number];
    switch ((entity_kind)e->kind) {
    case ENTITY_JOINT: return joint_name(c, e);
    case ENTITY_DESCRIBED: return mention_name(c, e->best_mention);
    case ENTITY_PERSON:
    case ENTITY_BODY: break;
    }
    return person_or_body_name(c, e);
}

text_view entity_role(const cast *c, uint32_t number) {
    const entity *e = &c->entities.items[number];
    if (e->role.first >= e->role.end) return (text_view){"", 0};
    return folded_text(c, e->role);
}
