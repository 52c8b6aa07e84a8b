/* Titles, appositions and affiliations: the role of each named entity, and the words by which a
 * later description may mean it. */
#include "identify/cast.h"
#include "identify/districts.h"

/* Better evidence replaces lesser; the first of equals stays. */
enum { RANK_AFFILIATION = 1, RANK_PREDICATE, RANK_TITLE, RANK_LONG_TITLE, RANK_APPOSITION };

#define APPOSITION_TOKENS 30
#define APPOSITION_TAIL 8 /* tokens between a description and the comma behind it */

static bool is_content_word(const cast *c, uint32_t at) {
    part_of_speech pos = pos_at(c, at);
    return pos == POS_NN || pos == POS_NNS || pos == POS_NNP || pos == POS_NNPS || pos == POS_JJ ||
           pos == POS_FW || pos == POS_VBN || pos == POS_VBG;
}

static bool add_role_word(cast *c, entity *e, uint64_t hash) {
    if (!e->role_words) {
        e->role_words = ARENA_NEW(c->article->arena, uint64_t, ROLE_WORDS_MAX);
        if (!e->role_words) return false;
    }
    if (e->role_word_count < ROLE_WORDS_MAX && !entity_has_role_word(e, hash))
        e->role_words[e->role_word_count++] = hash;
    return true;
}

static bool add_role_words(cast *c, entity *e, token_range range) {
    for (uint32_t i = range.first; i < range.end; i++) {
        if (!is_content_word(c, i)) continue;
        e->trades |= c->words[i].uses & USE_TRADES;
        if (!add_role_word(c, e, c->words[i].full_hash)) return false;
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

/* The last word before a name that can belong to an office: a noun that is no title of its own. */
static bool may_end_office(const cast *c, uint32_t at) {
    const uint32_t own_title = WORD_TITLE | WORD_HONORIFIC | WORD_PERSON | WORD_PARTY | WORD_KIN;
    part_of_speech pos = pos_at(c, at);
    bool noun = pos == POS_NN || pos == POS_NNS || pos == POS_NNP || pos == POS_NNPS;
    return noun && !(c->words[at].classes & own_title);
}

/* What stands between an office and the name of who holds it, but for its last word: "of State",
 * "for news and talk". */
static bool is_office_tail(const cast *c, token_range words) {
    enum { OFFICE_WORDS_MAX = 8 };
    if (words.end < words.first + 2 || words.end > words.first + OFFICE_WORDS_MAX ||
        pos_at(c, words.first) != POS_IN)
        return false;
    for (uint32_t i = words.first; i < words.end; i++) {
        part_of_speech pos = pos_at(c, i);
        bool clause = pos == POS_COMMA || pos == POS_WP || pos == POS_WDT || pos == POS_WPS ||
                      pos == POS_VBG || pos == POS_TO || token_is_finite_verb(c->article, i);
        if (clause) return false;
    }
    return true;
}

uint32_t cast_office_before(const cast *c, uint32_t index) {
    enum { MENTIONS_BETWEEN = 4 };
    const mention *m = &c->mentions.items[index];
    if (m->form != MENTION_PERSON || m->name.first == 0) return NO_MENTION;
    if (!may_end_office(c, m->name.first - 1)) return NO_MENTION;
    uint32_t here = c->article->tokens[m->head].sentence;
    for (uint32_t i = index, seen = 0; i > 0 && seen < MENTIONS_BETWEEN; i--, seen++) {
        const mention *office = &c->mentions.items[i - 1];
        if (c->article->tokens[office->head].sentence != here || office->form == MENTION_PERSON ||
            office->form == MENTION_PRONOUN)
            return NO_MENTION;
        bool one = office->form == MENTION_DESCRIPTION && !office->plural && !office->indefinite;
        if (one && (office->classes & WORD_TITLE || office->possessor != NO_MENTION) &&
            is_office_tail(c, (token_range){office->phrase.end, m->name.first}))
            return i - 1;
    }
    return NO_MENTION;
}

static bool title_before(cast *c, uint32_t index) {
    const mention *m = &c->mentions.items[index];
    uint32_t office = cast_office_before(c, index);
    const mention *titled = office == NO_MENTION ? m : &c->mentions.items[office];
    uint32_t first = titled->phrase.first;
    if (titled->possessor != NO_MENTION &&
        c->mentions.items[titled->possessor].form != MENTION_PRONOUN)
        first = c->mentions.items[titled->possessor].phrase.first;
    uint32_t end = m->name.first;
    while (first < end && c->words[first].classes & WORD_HONORIFIC)
        first++;
    while (first < end && pos_at(c, first) == POS_DT)
        first++;
    while (end > first &&
           (c->words[end - 1].classes & WORD_HONORIFIC || pos_at(c, end - 1) == POS_COMMA))
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
    bool age = at + 3 < limit && pos_at(c, at + 1) == POS_CD && pos_at(c, at + 2) == POS_COMMA;
    return age ? at + 3 : at + 1; /* "Vera Lind, 34, a teacher," */
}

/* The description is the named one: later mentions of it need no guess. */
static void describe_same(cast *c, const mention *described, uint32_t number) {
    mention *one = &c->mentions.items[described - c->mentions.items];
    if (one->entity == NO_ENTITY && c->entities.items[number].kind == ENTITY_PERSON)
        one->entity = number;
    entity *e = &c->entities.items[number];
    if (e->strong_gender == GENDER_UNKNOWN) e->strong_gender = described->gender;
}

static bool apposition_behind(cast *c, const mention *m) {
    uint32_t first = behind_comma(c, m->phrase.end);
    if (!first) return true;
    const mention *described = phrase_from(c, first);
    if (!described || described->form != MENTION_DESCRIPTION || described->plural) return true;
    uint32_t wanted = m->form == MENTION_PERSON ? WORD_PERSON : WORD_BODY;
    if (!(described->classes & wanted)) return true;
    token_range range = {first, apposition_end(c, first)};
    if (range.end <= described->head) return true;
    const article *a = c->article;
    bool says = range.end < a->token_count && token_is_finite_verb(a, range.end);
    if (says) return true; /* "Orr, the governor said, ..." */
    describe_same(c, described, m->entity);
    return give_role(c, m->entity, range, RANK_APPOSITION);
}

/* "of defense", "of Lasandra's army" between a description and the comma behind it. */
static bool is_phrase_tail(const cast *c, uint32_t first, uint32_t comma) {
    if (first == comma) return true;
    if (comma > first + APPOSITION_TAIL || pos_at(c, first) != POS_IN) return false;
    for (uint32_t i = first; i < comma; i++) {
        part_of_speech pos = pos_at(c, i);
        if (pos == POS_COMMA || pos == POS_WP || pos == POS_WDT ||
            token_is_finite_verb(c->article, i))
            return false;
    }
    return true;
}

/* The description that ends at the comma before mention `index`, or NULL. */
static const mention *description_before(const cast *c, uint32_t index, uint32_t comma) {
    const article *a = c->article;
    for (uint32_t i = index, seen = 0; i > 0 && seen < 5; i--, seen++) {
        const mention *m = &c->mentions.items[i - 1];
        if (a->tokens[m->head].sentence != a->tokens[comma].sentence) return NULL;
        if (m->modifier || m->possessive) continue;
        if (m->phrase.end > comma || m->form == MENTION_PERSON || m->form == MENTION_PRONOUN)
            return NULL;
        if (m->form == MENTION_DESCRIPTION && m->classes & WORD_PERSON &&
            is_phrase_tail(c, m->phrase.end, comma))
            return m;
    }
    return NULL;
}

/* "His chief strategist, Tad Devine, said": the description before the comma. */
static bool apposition_before(cast *c, uint32_t index) {
    const mention *m = &c->mentions.items[index];
    uint32_t first = mention_begin_with_owners(c, m);
    if (index == 0 || first == 0 || pos_at(c, first - 1) != POS_COMMA) return true;
    uint32_t after = m->phrase.end;
    const article *a = c->article;
    bool closed = after >= a->token_count || pos_at(c, after) == POS_COMMA ||
                  pos_at(c, after) == POS_STOP || pos_at(c, after) == POS_COLON;
    const mention *described = closed ? description_before(c, index, first - 1) : NULL;
    if (!described || described->plural ||
        a->tokens[described->head].sentence != a->tokens[m->head].sentence)
        return true;
    describe_same(c, described, m->entity);
    token_range range = {described->phrase.first, first - 1};
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

/* "(R-Fla.)": party and state are words by which the legislator may be called. */
static bool add_district(cast *c, uint32_t number, token_range bracket) {
    for (uint32_t i = bracket.first; i < bracket.end; i++) {
        district found = district_of(token_text(c->article, i));
        entity *e = &c->entities.items[number];
        if (!found.party.len && i == bracket.first) return true; /* another kind of bracket */
        if (found.party.len && !add_role_word(c, e, cast_word_hash(found.party))) return false;
        if (found.state.len && !add_role_word(c, e, cast_word_hash(found.state))) return false;
    }
    return true;
}

/* "Kohl of the Harbour Trust", "Vitter (R-La.)". */
static bool affiliation_behind(cast *c, const mention *m) {
    const article *a = c->article;
    uint32_t at = m->phrase.end, limit = a->sentences[a->tokens[m->head].sentence].tokens.end;
    if (at + 1 >= limit) return true;
    if (pos_at(c, at) == POS_LEFT_BRACKET) {
        uint32_t close = at + 1;
        while (close < limit && close < at + 5 && pos_at(c, close) != POS_RIGHT_BRACKET)
            close++;
        if (close >= limit || pos_at(c, close) != POS_RIGHT_BRACKET) return true;
        if (!add_district(c, m->entity, (token_range){at + 1, close})) return false;
        return close != at + 2 ||
               give_role(c, m->entity, (token_range){at + 1, at + 2}, RANK_AFFILIATION);
    }
    if (!view_is(token_text(a, at), "of")) return true;
    const mention *whole = phrase_from(c, at + 1);
    if (!whole || whole->form != MENTION_BODY) return true;
    return give_role(c, m->entity, whole->phrase, RANK_AFFILIATION);
}

/* "Cole's presidential campaign", "the Dunn campaign": who runs can be called so later on, and who
 * has an administration is the president. */
static bool add_candidacy(cast *c, const mention *m) {
    static const char *const runs[] = {"campaign", "candidacy", "bid", "nomination"};
    static const char *const governs[] = {"administration", "presidency", "White"};
    const article *a = c->article;
    uint32_t at = m->phrase.end, limit = a->sentences[a->tokens[m->head].sentence].tokens.end;
    if (!m->modifier && !m->possessive) return true;
    if (at < limit && pos_at(c, at) == POS_POS) at++;
    while (at < limit && at < m->phrase.end + 4 && pos_at(c, at) == POS_JJ)
        at++;
    if (at >= limit) return true;
    entity *e = &c->entities.items[m->entity];
    if (VIEW_IN(token_text(a, at), governs))
        return add_role_word(c, e, cast_word_hash(VIEW("president")));
    if (!VIEW_IN(token_text(a, at), runs)) return true;
    e->trades |= USE_CANDIDATE;
    return add_role_word(c, e, cast_word_hash(VIEW("candidate")));
}

bool cast_collect_roles(cast *c) {
    for (size_t n = 0; n < c->names.count; n++) {
        uint32_t i = c->names.items[n];
        const mention *m = &c->mentions.items[i];
        if (m->entity == NO_ENTITY) continue;
        if (c->entities.items[m->entity].kind == ENTITY_JOINT) continue;
        if (m->form == MENTION_PERSON && !add_candidacy(c, m)) return false;
        if (m->modifier) continue;
        if (!apposition_behind(c, m)) return false;
        if (m->form != MENTION_PERSON) continue;
        if (!title_before(c, i) || !apposition_before(c, i) || !predicate_behind(c, m) ||
            !affiliation_behind(c, m))
            return false;
    }
    return true;
}
