/* Titles, appositions and affiliations: the role of each named entity, and the words by which a
 * later description may mean it. */
#include "identify/cast.h"

/* Better evidence replaces lesser; the first of equals stays. */
enum { RANK_AFFILIATION = 1, RANK_PREDICATE, RANK_TITLE, RANK_LONG_TITLE, RANK_APPOSITION };

#define APPOSITION_TOKENS 30

bool entity_has_role_word(const entity *e, uint64_t hash) {
    for (size_t i = 0; i < e->role_word_count; i++)
        if (e->role_words[i] == hash) return true;
    return false;
}

static part_of_speech pos_at(const cast *c, uint32_t at) {
    return (part_of_speech)c->article->tokens[at].part_of_speech;
}

static bool is_content_word(const cast *c, uint32_t at) {
    part_of_speech pos = pos_at(c, at);
    return pos == POS_NN || pos == POS_NNS || pos == POS_NNP || pos == POS_NNPS || pos == POS_JJ ||
           pos == POS_FW || pos == POS_VBN || pos == POS_VBG;
}

static bool add_role_words(cast *c, entity *e, token_range range) {
    if (!e->role_words) {
        e->role_words = ARENA_NEW(c->article->arena, uint64_t, ROLE_WORDS_MAX);
        if (!e->role_words) return false;
    }
    for (uint32_t i = range.first; i < range.end && e->role_word_count < ROLE_WORDS_MAX; i++) {
        uint64_t hash = cast_word_hash(token_text(c->article, i));
        if (is_content_word(c, i) && !entity_has_role_word(e, hash))
            e->role_words[e->role_word_count++] = hash;
    }
    return true;
}

static bool give_role(cast *c, uint32_t number, token_range range, uint8_t rank) {
    entity *e = &c->entities.items[number];
    while (range.first < range.end &&
           (pos_at(c, range.first) == POS_DT || pos_at(c, range.first) == POS_PRPS))
        range.first++;
    if (range.first >= range.end) return true;
    if (rank > e->role_rank) {
        e->role_rank = rank;
        e->role = range;
    }
    return add_role_words(c, e, range);
}

static bool title_before(cast *c, const mention *m) {
    uint32_t first = m->phrase.first;
    if (m->possessor != NO_MENTION && c->mentions.items[m->possessor].form != MENTION_PRONOUN)
        first = c->mentions.items[m->possessor].phrase.first;
    uint32_t end = m->name.first;
    while (first < end && c->token_classes[first] & WORD_HONORIFIC)
        first++;
    while (first < end && pos_at(c, first) == POS_DT)
        first++;
    while (end > first &&
           (c->token_classes[end - 1] & WORD_HONORIFIC || pos_at(c, end - 1) == POS_COMMA))
        end--;
    uint8_t rank = end - first > 1 ? RANK_LONG_TITLE : RANK_TITLE;
    return first >= end || give_role(c, m->entity, (token_range){first, end}, rank);
}

/* Where an apposition ends: the comma, dash or verb that closes it, or a relative clause. */
static uint32_t apposition_end(const cast *c, uint32_t first) {
    const article *a = c->article;
    uint32_t limit = a->sentences[a->tokens[first].sentence].tokens.end;
    if (limit > first + APPOSITION_TOKENS) limit = first + APPOSITION_TOKENS;
    uint32_t i = first;
    for (; i < limit; i++) {
        part_of_speech pos = pos_at(c, i);
        bool stop = pos == POS_COMMA || pos == POS_STOP || pos == POS_COLON || pos == POS_WP ||
                    pos == POS_WDT || pos == POS_WPS || pos == POS_OPEN_QUOTE ||
                    pos == POS_CLOSE_QUOTE || pos == POS_LEFT_BRACKET || pos == POS_RIGHT_BRACKET ||
                    pos == POS_WRB || token_is_finite_verb(a, i);
        if (stop) break;
    }
    return i;
}

/* The mention whose phrase begins at `token` (determiner and owner included), or NULL. */
static const mention *phrase_from(const cast *c, uint32_t at) {
    for (uint32_t i = cast_mention_from(c, at), seen = 0; i < c->mentions.count && seen < 6;
         i++, seen++) {
        const mention *m = &c->mentions.items[i];
        uint32_t first = m->phrase.first;
        if (m->possessor != NO_MENTION) first = c->mentions.items[m->possessor].phrase.first;
        if (first > at) return NULL;
        if (first <= at && !m->modifier && !m->possessive) return m;
    }
    return NULL;
}

/* Skips "(R-Utah)" and one comma or dash behind a name; 0 when no apposition can follow. */
static uint32_t behind_comma(const cast *c, uint32_t at) {
    const article *a = c->article;
    uint32_t limit = a->sentences[a->tokens[at - 1].sentence].tokens.end;
    if (at < limit && pos_at(c, at) == POS_LEFT_BRACKET) {
        uint32_t stop = limit < at + 10 ? limit : at + 10;
        while (at < stop && pos_at(c, at) != POS_RIGHT_BRACKET)
            at++;
        at++;
    }
    if (at + 1 >= limit || pos_at(c, at) != POS_COMMA) return 0;
    return at + 1;
}

static bool apposition_behind(cast *c, const mention *m) {
    uint32_t first = behind_comma(c, m->phrase.end);
    if (!first) return true;
    const mention *described = phrase_from(c, first);
    if (!described || described->form != MENTION_DESCRIPTION || described->plural) return true;
    uint32_t wanted = m->form == MENTION_PERSON ? WORD_PERSON : WORD_BODY;
    if (!(described->classes & wanted)) return true;
    entity *e = &c->entities.items[m->entity];
    if (e->strong_gender == GENDER_UNKNOWN) e->strong_gender = described->gender;
    token_range range = {first, apposition_end(c, first)};
    return range.end <= described->head || give_role(c, m->entity, range, RANK_APPOSITION);
}

/* "His chief strategist, Tad Devine, said": the description before the comma. */
static bool apposition_before(cast *c, uint32_t index) {
    const mention *m = &c->mentions.items[index];
    uint32_t comma = m->phrase.first;
    if (index == 0 || comma == 0 || pos_at(c, comma - 1) != POS_COMMA) return true;
    uint32_t after = m->phrase.end;
    const article *a = c->article;
    bool closed = after >= a->token_count || pos_at(c, after) == POS_COMMA ||
                  pos_at(c, after) == POS_STOP || pos_at(c, after) == POS_COLON;
    const mention *described = &c->mentions.items[index - 1];
    if (!closed || described->form != MENTION_DESCRIPTION || described->plural ||
        described->phrase.end != comma - 1 || !(described->classes & WORD_PERSON) ||
        a->tokens[described->head].sentence != a->tokens[m->head].sentence)
        return true;
    entity *e = &c->entities.items[m->entity];
    if (e->strong_gender == GENDER_UNKNOWN) e->strong_gender = described->gender;
    token_range range = described->phrase;
    if (described->possessor != NO_MENTION &&
        c->mentions.items[described->possessor].form != MENTION_PRONOUN)
        range.first = c->mentions.items[described->possessor].phrase.first;
    return give_role(c, m->entity, range, RANK_APPOSITION);
}

/* "Orr is the council's chairman". */
static bool predicate_behind(cast *c, const mention *m) {
    const article *a = c->article;
    uint32_t verb = m->phrase.end;
    if (verb + 1 >= a->sentences[a->tokens[m->head].sentence].tokens.end) return true;
    text_view word = token_text(a, verb);
    if (!view_is(word, "is") && !view_is(word, "was") && !view_is(word, "became")) return true;
    const mention *described = phrase_from(c, verb + 1);
    if (!described || described->form != MENTION_DESCRIPTION || described->plural ||
        !(described->classes & WORD_PERSON))
        return true;
    entity *e = &c->entities.items[m->entity];
    if (e->strong_gender == GENDER_UNKNOWN) e->strong_gender = described->gender;
    token_range range = {verb + 1, apposition_end(c, verb + 1)};
    return range.end <= described->head || give_role(c, m->entity, range, RANK_PREDICATE);
}

/* "Kohl of the Harbour Trust", "Vitter (R-La.)". */
static bool affiliation_behind(cast *c, const mention *m) {
    const article *a = c->article;
    uint32_t at = m->phrase.end, limit = a->sentences[a->tokens[m->head].sentence].tokens.end;
    if (at + 1 >= limit) return true;
    if (pos_at(c, at) == POS_LEFT_BRACKET) {
        bool closed = at + 2 < limit && pos_at(c, at + 2) == POS_RIGHT_BRACKET;
        return !closed || give_role(c, m->entity, (token_range){at + 1, at + 2}, RANK_AFFILIATION);
    }
    if (!view_is(token_text(a, at), "of")) return true;
    const mention *whole = phrase_from(c, at + 1);
    if (!whole || whole->form != MENTION_BODY) return true;
    return give_role(c, m->entity, whole->phrase, RANK_AFFILIATION);
}

bool cast_collect_roles(cast *c) {
    for (uint32_t i = 0; i < c->mentions.count; i++) {
        const mention *m = &c->mentions.items[i];
        bool named = m->form == MENTION_PERSON || m->form == MENTION_BODY;
        if (!named || m->entity == NO_ENTITY || m->modifier) continue;
        if (c->entities.items[m->entity].kind == ENTITY_JOINT) continue;
        if (!apposition_behind(c, m)) return false;
        if (m->form != MENTION_PERSON) continue;
        if (!title_before(c, m) || !apposition_before(c, i) || !predicate_behind(c, m) ||
            !affiliation_behind(c, m))
            return false;
    }
    return true;
}
