#include "identify/resolve.h"

#include "base/error.h"
#include "identify/author.h"
#include "identify/implied.h"
#include "identify/whose.h"

#include <stdlib.h>

#define NO_ATTRIBUTION UINT32_MAX
#define NAMED_NEXT_MAX 64     /* mentions */
#define REPEATED_LOOKED_AT 64 /* attributions */
#define REPEATED_TOKENS 12    /* of two contents that are compared */
#define REPEATED_TOKENS_MIN 2
#define NAMED_LATER_MAX 128 /* mentions */

/* How likely the model's choice must be to count: is_safe, person_certainty. NEVER: more than any
 * choice can be. */
static const double MISSING_CERTAINTY = 0.6, THING_CERTAINTY = 0.35, UNFIT_CERTAINTY = 0.8,
                    UNLIKE_CERTAINTY = 0.8, INTRODUCED_CERTAINTY = 0.5, CLEAR_CERTAINTY = 0.8,
                    HALF_FIT_CERTAINTY = 0.8, UNKNOWN_CERTAINTY = 0.5, FIGURE_CERTAINTY = 0.3,
                    LIFE_CERTAINTY = 0.5, HALF_FIT_BEFORE_CERTAINTY = 0.4, NEVER = 2;

/* Of a speaker that grammar tells, the model was not asked. */
static const float IMPLIED_PROBABILITY = 0.8f;

/* One part of one attribution's source, at the token where it is decided. */
typedef struct decision {
    uint32_t at, attribution, part;
} decision;

typedef struct resolver {
    cast *cast;
    const article *article;
    const resolve_options *options;
    scene scene;
    resolution *resolutions;
    decision *decisions;
    size_t decision_count, next;
    uint32_t first_turn;               /* token of the first "Q:" or "A:"; UINT32_MAX: none */
    uint32_t interviewer, interviewee; /* entities; known once there is a turn */
} resolver;

static int by_position(const void *left, const void *right) {
    const decision *a = left, *b = right;
    if (a->at != b->at) return a->at < b->at ? -1 : 1;
    if (a->attribution != b->attribution) return a->attribution < b->attribution ? -1 : 1;
    return a->part < b->part ? -1 : a->part > b->part;
}

/* A source that is missing counts where its cue stands, or else its content. */
static uint32_t missing_position(const attribution *said) {
    if (said->cues.count && said->cues.items[0].first < said->cues.items[0].end)
        return said->cues.items[0].first;
    return said->contents.count ? said->contents.items[0].first : 0;
}

static uint32_t part_position(const resolver *r, const attribution *said, const source_view *view,
                              size_t part) {
    if (view->parts[part].mention != NO_MENTION)
        return r->cast->mentions.items[view->parts[part].mention].head;
    bool missing =
        view->parts[part].form == SOURCE_MISSING && view->tokens.first == view->tokens.end;
    return missing ? missing_position(said) : view->tokens.first;
}

/* A label's words are no source: the turn speaks for the outlet or for who is interviewed. */
static void take_label(resolver *r, resolution *found) {
    uint32_t at = found->source.tokens.first;
    found->source.parts[0] = (source_part){SOURCE_MISSING, NO_MENTION};
    found->source.part_count = 1;
    if (at < r->first_turn) r->first_turn = at;
}

static bool collect_decisions(resolver *r) {
    const article *a = r->article;
    r->resolutions = ARENA_NEW(a->arena, resolution, a->attribution_count);
    r->decisions = ARENA_NEW(a->arena, decision, a->attribution_count * SOURCE_PARTS_MAX);
    if (!r->resolutions || !r->decisions) return false;
    for (uint32_t i = 0; i < a->attribution_count; i++) {
        resolution *found = &r->resolutions[i];
        found->source = source_look(r->cast, &a->attributions[i]);
        found->probability = 1;
        found->around = NO_ATTRIBUTION;
        found->label = turn_label_of(a, &a->attributions[i]);
        if (found->label != TURN_NONE) take_label(r, found);
        found->decided_as = found->source.parts[0].form;
        for (uint32_t part = 0; part < SOURCE_PARTS_MAX; part++)
            found->entities[part] = NO_ENTITY;
        for (uint32_t part = 0; part < found->source.part_count; part++) {
            uint32_t at = part_position(r, &a->attributions[i], &found->source, part);
            r->decisions[r->decision_count++] = (decision){at, i, part};
        }
    }
    if (r->decision_count)
        qsort(r->decisions, r->decision_count, sizeof *r->decisions, by_position);
    return true;
}

typedef struct content_range {
    token_range tokens;
    uint32_t attribution;
} content_range;

static int outer_first(const void *left, const void *right) {
    const content_range *a = left, *b = right;
    if (a->tokens.first != b->tokens.first) return a->tokens.first < b->tokens.first ? -1 : 1;
    if (a->tokens.end != b->tokens.end) return a->tokens.end > b->tokens.end ? -1 : 1;
    return a->attribution < b->attribution ? -1 : a->attribution > b->attribution;
}

/* Finds for each attribution the innermost content of another one that its source stands in. */
static bool find_surroundings(resolver *r) {
    const article *a = r->article;
    size_t total = 0, count = 0, depth = 0, next = 0;
    for (size_t i = 0; i < a->attribution_count; i++)
        total += a->attributions[i].contents.count;
    content_range *ranges = ARENA_NEW(a->arena, content_range, total);
    content_range *stack = ARENA_NEW(a->arena, content_range, total);
    if (!ranges || !stack) return false;
    for (uint32_t i = 0; i < a->attribution_count; i++)
        for (size_t k = 0; k < a->attributions[i].contents.count; k++)
            ranges[count++] = (content_range){a->attributions[i].contents.items[k], i};
    if (count) qsort(ranges, count, sizeof *ranges, outer_first);
    for (size_t d = 0; d < r->decision_count; d++) {
        const decision *here = &r->decisions[d];
        for (; next < count && ranges[next].tokens.first <= here->at; next++)
            stack[depth++] = ranges[next];
        while (depth && stack[depth - 1].tokens.end <= here->at)
            depth--;
        for (size_t k = depth, seen = 0; k > 0 && seen < 8; k--, seen++) {
            if (stack[k - 1].attribution == here->attribution ||
                stack[k - 1].tokens.end <= here->at)
                continue;
            r->resolutions[here->attribution].around = stack[k - 1].attribution;
            break;
        }
    }
    return true;
}

/* The entity that speaks an attribution, if it is known already: decided, or a name. */
static uint32_t speaker_known(const resolver *r, uint32_t attribution_index) {
    if (attribution_index == NO_ATTRIBUTION) return NO_ENTITY;
    const resolution *known = &r->resolutions[attribution_index];
    if (known->entities[0] != NO_ENTITY) return known->entities[0];
    uint32_t m = known->source.parts[0].mention;
    return m == NO_MENTION ? NO_ENTITY : r->cast->mentions.items[m].entity;
}

static bool is_pronoun_form(source_form form) {
    return form == SOURCE_HE_OR_SHE || form == SOURCE_THEY || form == SOURCE_IT;
}

/* A pronoun always means somebody. */
static size_t likeliest_entity(const candidate_list *list) {
    size_t best = 1;
    for (size_t i = 2; i < list->count; i++)
        if (list->items[i].probability > list->items[best].probability) best = i;
    return best;
}

/* True when the source, or the rest of its sentence, says that a name is withheld. */
static bool withholds_name(const cast *c, const attribution *said) {
    const article *a = c->article;
    for (size_t i = 0; said && i < said->sources.count; i++) {
        token_range source = said->sources.items[i];
        token_range whole = a->sentences[a->tokens[source.first].sentence].tokens;
        if (cast_withholds(c, (token_range){source.first, whole.end})) return true;
    }
    return false;
}

/* "A guard said. Tom Fry, the guard, left.": a later apposition with "the" names who was spoken of
 * before, unless it tells whose guard he is where the first did not, or another one's. */
static uint32_t named_later(const resolver *r, uint32_t index) {
    const cast *c = r->cast;
    const mention *m = &c->mentions.items[index];
    if (m->form != MENTION_DESCRIPTION || m->plural || m->classes & WORD_VAGUE) return NO_ENTITY;
    for (uint32_t i = index + 1, seen = 0; i < c->mentions.count && seen < NAMED_LATER_MAX;
         i++, seen++) {
        const mention *next = &c->mentions.items[i];
        if (next->form != MENTION_DESCRIPTION || next->entity == NO_ENTITY || !next->definite)
            continue;
        const entity *e = &c->entities.items[next->entity];
        bool clash = genders_clash(m->gender, e->strong_gender);
        bool owned = next->possessor != NO_MENTION && m->possessor == NO_MENTION && m->indefinite;
        if (e->kind != ENTITY_PERSON || clash || owned || e->first_token <= m->head ||
            cast_head_hash(c, next) != cast_head_hash(c, m))
            continue;
        bool narrower = whose_is_told(c, next) && !whose_is_told(c, m);
        if (!narrower && whose_compare(c, m, e) != WHOSE_ANOTHER) return next->entity;
    }
    return NO_ENTITY;
}

/* "One Democrat", "another aide": of several, and the article does not tell which. */
static bool says_one(const cast *c, const mention *m) {
    static const char *const words[] = {"one", "another"};
    return VIEW_IN_IGNORING_CASE(token_text(c->article, m->phrase.first), words);
}

/* "The candidate", "the former senator": so an article calls somebody again. */
static bool is_figure(const cast *c, const mention *m) {
    if (m->possessor != NO_MENTION) return false;
    for (uint32_t i = m->phrase.first; i < m->head; i++)
        if (view_is(token_text(c->article, i), "former")) return true;
    return (m->classes & WORD_FIGURE) != 0;
}

/* "The neurosurgeon", "the actor", "the Texan": what somebody is, not an office that another may
 * hold, of a person the article spoke of before; and it has described nobody by that word. */
static bool tells_life(const cast *c, uint32_t index, const candidate *chosen) {
    const mention *m = &c->mentions.items[index];
    bool office =
        m->classes & (WORD_SINGLE_OFFICE | WORD_TITLE | WORD_MALE | WORD_FEMALE | WORD_KIN);
    bool known = candidate_has(chosen, REFERENCE_NO_ANTECEDENT_LAST_SPEAKER) ||
                 candidate_has(chosen, REFERENCE_NO_ANTECEDENT_MAIN_SUBJECT) ||
                 candidate_has(chosen, REFERENCE_NO_ANTECEDENT_MOST);
    bool title = m->head > m->phrase.first + 1 && /* "the Harrow Star" */
                 ascii_is_upper((unsigned char)token_text(c->article, m->head).ptr[0]);
    return known && !office && !title && !(c->words[m->head].uses & USE_FOR_OTHERS) &&
           m->possessor == NO_MENTION && !candidate_has(chosen, REFERENCE_ONLY_LATER);
}

/* "The chief spokesman for Senator Lind", "Lind's deputy": nobody is described by himself. */
static bool is_described_by(const cast *c, const reference_query *query, uint32_t number) {
    const mention *m = &c->mentions.items[query->mention];
    if (m->possessor != NO_MENTION && c->mentions.items[m->possessor].entity == number) return true;
    part_of_speech link =
        m->phrase.end < c->article->token_count ? pos_at(c, m->phrase.end) : POS_STOP;
    if (!query->said || (link != POS_IN && link != POS_TO)) return false;
    for (size_t i = 0; i < query->said->sources.count; i++) {
        token_range source = query->said->sources.items[i];
        if (m->head < source.first || m->head >= source.end) continue;
        for (uint32_t k = cast_mention_from(c, m->phrase.end);
             k < c->mentions.count && c->mentions.items[k].head < source.end; k++)
            if (c->mentions.items[k].entity == number) return true;
    }
    return false;
}

/* How sure the model must be that a description of one person means this one by name. */
static double person_certainty(const cast *c, const reference_query *query,
                               const candidate *chosen) {
    const mention *m = &c->mentions.items[query->mention];
    const entity *e = &c->entities.items[chosen->entity];
    bool head = candidate_has(chosen, REFERENCE_HEAD_IN_ROLE);
    bool later = candidate_has(chosen, REFERENCE_ONLY_LATER);
    if (withholds_name(c, query->said) || whose_compare(c, m, e) == WHOSE_ANOTHER ||
        is_described_by(c, query, chosen->entity))
        return NEVER;
    if (!m->definite && m->head == m->phrase.first && m->classes & WORD_VAGUE)
        return NEVER; /* "somebody", "officials" */
    if (says_one(c, m)) return NEVER;
    bool fits = candidate_has(chosen, REFERENCE_ALL_WORDS_IN_ROLE) ||
                candidate_has(chosen, REFERENCE_SOME_WORDS_IN_ROLE);
    if (m->indefinite && head && later) {
        if (candidate_has(chosen, REFERENCE_ALL_WORDS_IN_ROLE)) return 0;
        bool next = candidate_has(chosen, REFERENCE_INTRODUCED_NEXT);
        return next ? INTRODUCED_CERTAINTY : HALF_FIT_CERTAINTY;
    }
    if (m->indefinite)
        return candidate_has(chosen, REFERENCE_INTRODUCED_NEXT) ? INTRODUCED_CERTAINTY : NEVER;
    if (m->possessor != NO_MENTION) {
        uint32_t owner = c->mentions.items[m->possessor].head;
        bool known = entity_has_role_word(e, c->words[owner].full_hash);
        if (!known && c->mentions.items[m->possessor].form != MENTION_PRONOUN)
            return UNFIT_CERTAINTY;
    }
    bool clear = m->definite && !(m->classes & WORD_VAGUE);
    if (m->definite && is_figure(c, m)) return FIGURE_CERTAINTY;
    if (clear && !head)
        return tells_life(c, query->mention, chosen) ? LIFE_CERTAINTY : CLEAR_CERTAINTY;
    if (!head) return e->role_word_count ? UNLIKE_CERTAINTY : UNKNOWN_CERTAINTY;
    if (fits) return 0;
    return later || m->possessor != NO_MENTION ? HALF_FIT_CERTAINTY : HALF_FIT_BEFORE_CERTAINTY;
}

/* A withheld name must not become that of somebody near: without a title or role that fits, a
 * description means a named person only when there is little doubt. The same for sources that are
 * not there at all. */
static bool is_safe(const cast *c, const reference_query *query, const candidate *chosen) {
    if (chosen->entity == NO_ENTITY) return true;
    if (query->form == SOURCE_MISSING) return chosen->probability >= MISSING_CERTAINTY;
    if (query->form == SOURCE_THING) return chosen->probability >= THING_CERTAINTY;
    if (query->form != SOURCE_PERSON || c->entities.items[chosen->entity].kind != ENTITY_PERSON)
        return true;
    return chosen->probability >= person_certainty(c, query, chosen);
}

/* What the candidates that a description did not become tell of it. */
typedef struct leftover {
    float person_likelihood;
    bool role_told;
} leftover;

static leftover left_over(const cast *c, const candidate_list *list) {
    double likelihood = 0;
    bool role_told = false;
    for (size_t i = 1; i < list->count; i++) {
        const candidate *one = &list->items[i];
        if (c->entities.items[one->entity].kind != ENTITY_PERSON) continue;
        likelihood += one->probability;
        role_told = role_told || candidate_has(one, REFERENCE_HEAD_IN_ROLE);
    }
    return (leftover){(float)likelihood, role_told};
}

/* Asks the ranking model. Returns an entity, or NO_ENTITY for "none of them". */
static uint32_t rank(resolver *r, source_form form, uint32_t at, uint32_t mention_index,
                     uint32_t attribution_index, float *probability, leftover *rest) {
    reference_query query = {.form = form, .at = at, .mention = mention_index, .around = NO_ENTITY};
    if (attribution_index != NO_ATTRIBUTION) {
        uint32_t around = r->resolutions[attribution_index].around;
        query.said = &r->article->attributions[attribution_index];
        query.around = speaker_known(r, around);
        query.around_is_direct =
            around != NO_ATTRIBUTION && r->article->attributions[around].type != QUOTE_INDIRECT;
    }
    candidate_list list;
    reference_candidates(&r->scene, &query, &list);
    size_t best = reference_weigh(r->options->weights, form, &list);
    /* Of a pronoun of the running text nobody asks how likely it means whom it means. */
    if (query.said || !is_pronoun_form(form) || r->options->observer)
        reference_normalize(&list, best);
    if (best == 0 && list.count > 1 && is_pronoun_form(form)) best = likeliest_entity(&list);
    if (!is_safe(r->cast, &query, &list.items[best])) best = 0;
    if (r->options->observer)
        r->options->observer(r->options->observer_context, attribution_index, &query, &list);
    *probability = (float)list.items[best].probability;
    if (rest) *rest = left_over(r->cast, &list);
    return list.items[best].entity;
}

/* "he" before anyone was named: the first person within the next sentences. */
static uint32_t named_next(const resolver *r, uint32_t mention_index) {
    const mention *m = &r->cast->mentions.items[mention_index];
    uint32_t here = r->article->tokens[m->head].sentence;
    for (uint32_t i = mention_index + 1, seen = 0;
         i < r->cast->mentions.count && seen < NAMED_NEXT_MAX; i++, seen++) {
        const mention *next = &r->cast->mentions.items[i];
        if (r->article->tokens[next->head].sentence > here + 2) break;
        if (next->form != MENTION_PERSON || next->entity == NO_ENTITY) continue;
        const entity *e = &r->cast->entities.items[next->entity];
        bool clash = genders_clash(m->gender, e->strong_gender);
        if (e->kind == ENTITY_PERSON && !clash) return next->entity;
    }
    return NO_ENTITY;
}

/* "his message", "Cole's letter", "her remarks": the owner speaks. */
static uint32_t owner_of_words(const resolver *r, uint32_t index) {
    const mention *m = &r->cast->mentions.items[index];
    bool words = m->classes & WORD_DOCUMENT || r->cast->words[m->head].uses & USE_UTTERANCE;
    if (m->possessor == NO_MENTION || !words || m->classes & WORD_PERSON) return NO_ENTITY;
    uint32_t owner = r->cast->mentions.items[m->possessor].entity;
    bool person = owner != NO_ENTITY && r->cast->entities.items[owner].kind == ENTITY_PERSON;
    return person ? owner : NO_ENTITY;
}

/* How many the description counts: "both", "the two", "all three candidates"; 0: it does not. */
static uint32_t counted(const cast *c, const mention *m) {
    if (reference_says_two(c, m)) return 2;
    static const char *const numbers[] = {"three", "four", "five"};
    for (uint32_t i = m->phrase.first; i <= m->head; i++) {
        if (pos_at(c, i) != POS_CD) continue;
        bool all = view_is_ignoring_case(token_text(c->article, m->phrase.first), "all");
        for (uint32_t n = 0; (m->definite || all) && n < sizeof numbers / sizeof *numbers; n++)
            if (view_is_ignoring_case(token_text(c->article, i), numbers[n])) return n + 3;
    }
    return 0;
}

/* Persons named since the oldest sentence, the first mentioned first; in_role: whom an office or
 * trade makes one of those described. Returns how many; named has room for SCENE_RECENT_MAX. */
static uint32_t named_since(const resolver *r, uint32_t oldest, const mention *in_role,
                            uint32_t *named) {
    uint32_t count = 0;
    uint64_t head = in_role ? cast_head_hash(r->cast, in_role) : 0;
    for (size_t i = r->scene.recent_count; i > 0; i--) {
        uint32_t one = r->scene.recent[i - 1];
        const presence *p = scene_presence(&r->scene, one);
        const entity *e = &r->cast->entities.items[one];
        if (!p || e->kind != ENTITY_PERSON || (in_role && !entity_has_role_word(e, head))) continue;
        if (r->article->tokens[r->cast->mentions.items[p->mention].head].sentence >= oldest)
            named[count++] = one;
    }
    return count;
}

/* "both men", "the two", "all three governors": just so many persons were named in this sentence
 * and the one before, or bear that office in this paragraph and the one before, or in what was read
 * last. */
static bool those_counted(resolver *r, uint32_t index, bool by_role, uint32_t *number) {
    const article *a = r->article;
    const mention *m = &r->cast->mentions.items[index];
    uint32_t wanted = counted(r->cast, m), named[SCENE_RECENT_MAX];
    if (!wanted) return true;
    uint32_t here = a->tokens[m->head].sentence, of = a->sentences[here].paragraph;
    uint32_t first = here ? here - 1 : 0, near = first;
    while (near > 0 && a->sentences[near - 1].paragraph + 1 >= of)
        near--;
    bool found = !by_role && named_since(r, first, NULL, named) == wanted;
    bool office = by_role && m->classes & WORD_PERSON && m->head > m->phrase.first;
    found = found || (office && named_since(r, near, m, named) == wanted) ||
            (office && named_since(r, 0, m, named) == wanted);
    if (!found) return true;
    uint32_t *members = ARENA_NEW(a->arena, uint32_t, wanted);
    if (!members) return false;
    memcpy(members, named, wanted * sizeof *members);
    *number = cast_add_joint(r->cast, members, wanted, index);
    return *number != NO_ENTITY;
}

/* "A clerk", "officials", "the new budget office" of the running text are almost always spoken of
 * for the first time; the model is asked about one person and about "the office" only. */
static bool is_new_to_the_text(const mention *m, source_form form, uint32_t attribution_index) {
    if (attribution_index != NO_ATTRIBUTION || m->form != MENTION_DESCRIPTION) return false;
    if (form == SOURCE_PERSON) return m->indefinite;
    bool brief = m->possessor == NO_MENTION && m->head <= m->phrase.first + 1;
    return form == SOURCE_PEOPLE || !m->definite || m->plural || !brief;
}

/* The mention belongs to the entity found for it; a description of nobody known to a new one. */
static bool settle_mention(resolver *r, uint32_t index, uint32_t number, bool in_source,
                           leftover rest) {
    mention *m = &r->cast->mentions.items[index];
    m->entity = number;
    bool unknown =
        !(m->classes & (WORD_PERSON | WORD_PEOPLE | WORD_BODY | WORD_DOCUMENT | WORD_QUANTITY));
    if (unknown && in_source && lexicon_looks_like_person(token_text(r->article, m->head)))
        m->classes |= WORD_PERSON;
    if (m->form != MENTION_DESCRIPTION) return true;
    if (number != NO_ENTITY) {
        r->cast->entities.items[number].mention_count++;
        return true;
    }
    number = cast_add_entity(r->cast, ENTITY_DESCRIBED, index);
    if (number == NO_ENTITY) return false;
    r->cast->entities.items[number].person_likelihood = rest.person_likelihood;
    r->cast->entities.items[number].role_told = rest.role_told;
    return true;
}

/* Gives a description or pronoun its entity: whom the model takes it for, else whom a rule does. */
static bool decide_mention(resolver *r, uint32_t index, uint32_t attribution_index,
                           float *probability) {
    const mention *m = &r->cast->mentions.items[index];
    source_form form = source_form_of(r->cast, m);
    if (form == SOURCE_FIRST_PERSON) return true;
    if (form == SOURCE_IT && attribution_index == NO_ATTRIBUTION) return true;
    bool you = m->form == MENTION_PRONOUN &&
               view_equal_ignoring_case(token_text(r->article, m->head), VIEW("you"));
    if (you)
        return attribution_index == NO_ATTRIBUTION ||
               cast_add_entity(r->cast, ENTITY_DESCRIBED, index) != NO_ENTITY;
    leftover rest = {0, false};
    uint32_t number = NO_ENTITY;
    if (form == SOURCE_THING) number = owner_of_words(r, index);
    if (form == SOURCE_PEOPLE && attribution_index != NO_ATTRIBUTION &&
        !those_counted(r, index, true, &number))
        return false;
    if (number == NO_ENTITY && !is_new_to_the_text(m, form, attribution_index))
        number = rank(r, form, m->head, index, attribution_index, probability, &rest);
    if (number == NO_ENTITY && form == SOURCE_HE_OR_SHE) {
        number = named_next(r, index);
        *probability = 0.5f;
    }
    if (number == NO_ENTITY && form == SOURCE_PERSON && attribution_index != NO_ATTRIBUTION &&
        !withholds_name(r->cast, &r->article->attributions[attribution_index])) {
        number = named_later(r, index);
        if (number != NO_ENTITY) *probability = 0.7f;
    }
    if (number == NO_ENTITY && form == SOURCE_PEOPLE && !those_counted(r, index, false, &number))
        return false;
    return settle_mention(r, index, number, attribution_index != NO_ATTRIBUTION, rest);
}

/* Mentions of the running text that later references may mean. */
static bool is_worth_deciding(const mention *m) {
    if (m->form == MENTION_PRONOUN) return m->gender != GENDER_UNKNOWN;
    return !m->modifier && m->classes & (WORD_PERSON | WORD_PEOPLE | WORD_BODY | WORD_DOCUMENT);
}

/* "who", "which": the phrase right before, or the last one that can be meant. */
static uint32_t antecedent(const resolver *r, uint32_t at) {
    bool who = r->article->tokens[at].part_of_speech != POS_WDT;
    uint32_t fallback = NO_MENTION, here = r->article->tokens[at].sentence;
    for (uint32_t i = cast_mention_from(r->cast, at), seen = 0; i > 0 && seen < 12; i--, seen++) {
        const mention *m = &r->cast->mentions.items[i - 1];
        if (r->article->tokens[m->head].sentence != here) break;
        if (m->modifier || m->form == MENTION_PRONOUN) continue;
        bool person = m->form == MENTION_PERSON || m->classes & (WORD_PERSON | WORD_PEOPLE);
        if (person == who) return i - 1;
        if (fallback == NO_MENTION) fallback = i - 1;
    }
    return fallback;
}

/* "Vera Lind, a teacher who backed it,": the name before the comma whose apposition the description
 * is, or the description itself. */
static uint32_t named_by_apposition(const resolver *r, uint32_t index) {
    const mention *m = &r->cast->mentions.items[index];
    uint32_t first = mention_begin_with_owners(r->cast, m);
    if (m->form != MENTION_DESCRIPTION || m->plural || first == 0 ||
        r->article->tokens[first - 1].part_of_speech != POS_COMMA)
        return index;
    for (uint32_t i = index, seen = 0; i > 0 && seen < 4; i--, seen++) {
        const mention *before = &r->cast->mentions.items[i - 1];
        if (before->phrase.end + 1 != first || before->modifier) continue;
        bool person = before->form == MENTION_PERSON && !before->possessive;
        return person && before->entity != NO_ENTITY ? i - 1 : index;
    }
    return index;
}

static bool decide_relative(resolver *r, const decision *d) {
    uint32_t index = antecedent(r, d->at);
    if (index == NO_MENTION) return true;
    index = named_by_apposition(r, index);
    if (r->cast->mentions.items[index].entity == NO_ENTITY &&
        cast_add_entity(r->cast, ENTITY_DESCRIBED, index) == NO_ENTITY)
        return false;
    r->resolutions[d->attribution].entities[d->part] = r->cast->mentions.items[index].entity;
    r->resolutions[d->attribution].probability = 0.9f;
    return true;
}

static bool note_speaker(resolver *r, const decision *d) {
    uint32_t number = r->resolutions[d->attribution].entities[d->part];
    return number == NO_ENTITY || scene_speak(&r->scene, number, d->at);
}

/* The first content of both, without marks, to the end of the shorter one. */
static bool begins_alike(const article *a, const attribution *left, const attribution *right) {
    token_range l = left->contents.items[0], r = right->contents.items[0];
    uint32_t i = l.first, k = r.first, same = 0;
    while (i < l.end && a->tokens[i].quote_mark)
        i++;
    while (k < r.end && a->tokens[k].quote_mark)
        k++;
    for (; i < l.end && k < r.end && same < REPEATED_TOKENS; i++, k++, same++) {
        bool word = ascii_is_alpha((unsigned char)token_text(a, i).ptr[0]);
        if (!word) return same >= REPEATED_TOKENS_MIN;
        if (!view_equal_ignoring_case(token_text(a, i), token_text(a, k))) return false;
    }
    return same >= REPEATED_TOKENS_MIN;
}

/* A quotation with neither cue nor source: a pull quote's words were spoken before; otherwise whom
 * the sentence before is about. */
static uint32_t floating_speaker(const resolver *r, const decision *d) {
    const article *a = r->article;
    const attribution *said = &a->attributions[d->attribution];
    if (said->cues.count || said->type != QUOTE_DIRECT || !said->contents.count) return NO_ENTITY;
    for (uint32_t i = d->attribution, seen = 0; i > 0 && seen < REPEATED_LOOKED_AT; i--, seen++)
        if (a->attributions[i - 1].contents.count && begins_alike(a, &a->attributions[i - 1], said))
            return r->resolutions[i - 1].entities[0];
    uint32_t number = r->scene.main_subject, here = a->tokens[d->at].sentence;
    if (number == NO_ENTITY || r->scene.main_subject_sentence + 1 != here || here == 0)
        return NO_ENTITY;
    bool together = a->sentences[here - 1].paragraph == a->sentences[here].paragraph;
    bool person = r->cast->entities.items[number].kind == ENTITY_PERSON;
    return together && person ? number : NO_ENTITY;
}

/* A part without a phrase of its own: missing, relative, or words that form no phrase. */
static bool decide_without_mention(resolver *r, const decision *d) {
    resolution *found = &r->resolutions[d->attribution];
    source_form form = found->source.parts[d->part].form;
    if (form == SOURCE_RELATIVE && !decide_relative(r, d)) return false;
    if (found->label != TURN_NONE)
        found->entities[d->part] = found->label == TURN_ANSWER ? r->interviewee : r->interviewer;
    else if (form == SOURCE_MISSING)
        found->entities[d->part] =
            rank(r, form, d->at, NO_MENTION, d->attribution, &found->probability, NULL);
    if (form == SOURCE_MISSING && found->entities[d->part] == NO_ENTITY &&
        found->label == TURN_NONE) {
        found->entities[d->part] = floating_speaker(r, d);
        if (found->entities[d->part] != NO_ENTITY) found->probability = 0.5f;
    }
    return note_speaker(r, d);
}

/* The name that a list has before mention `index`: "Cole and Dunn", "Cole, Dunn and Ito". */
static uint32_t listed_before(const resolver *r, uint32_t index, bool behind_and) {
    const mention *m = &r->cast->mentions.items[index];
    uint32_t at = m->phrase.first;
    if (behind_and) {
        if (at == 0 || r->article->tokens[at - 1].part_of_speech != POS_CC) return NO_MENTION;
        at--;
    }
    bool comma = at > 0 && r->article->tokens[at - 1].part_of_speech == POS_COMMA;
    if (comma) at--;
    if (!behind_and && !comma) return NO_MENTION;
    for (uint32_t i = index, seen = 0; i > 0 && seen < 4; i--, seen++) {
        const mention *before = &r->cast->mentions.items[i - 1];
        if (before->modifier || before->possessive) continue;
        bool named = before->form == MENTION_PERSON && before->phrase.end == at;
        return named && before->entity != NO_ENTITY ? i - 1 : NO_MENTION;
    }
    return NO_MENTION;
}

/* Names joined by "and" come in question together: "both", "the two", "they". */
static bool enter_joint(resolver *r, uint32_t index) {
    uint32_t before = listed_before(r, index, true), members[SOURCE_PARTS_MAX], count = 0;
    if (before == NO_MENTION) return true;
    members[count++] = r->cast->mentions.items[index].entity;
    while (before != NO_MENTION && count < SOURCE_PARTS_MAX) {
        members[count++] = r->cast->mentions.items[before].entity;
        before = listed_before(r, before, false);
    }
    uint32_t *ordered = ARENA_NEW(r->article->arena, uint32_t, count);
    if (!ordered) return false;
    for (uint32_t i = 0; i < count; i++)
        ordered[i] = members[count - 1 - i];
    uint32_t number = cast_add_joint(r->cast, ordered, count, index);
    return number != NO_ENTITY && scene_enter(&r->scene, number, index);
}

static bool enter(resolver *r, uint32_t index) {
    const mention *m = &r->cast->mentions.items[index];
    if (m->entity == NO_ENTITY) return true;
    if (!scene_enter(&r->scene, m->entity, index)) return false;
    return m->form != MENTION_PERSON || m->modifier || enter_joint(r, index);
}

/* Takes the decisions that hang on this mention; the first of them asks the model. */
static bool decide_sources(resolver *r, uint32_t index) {
    uint32_t head = r->cast->mentions.items[index].head;
    float probability = 1;
    bool decided = r->cast->mentions.items[index].entity != NO_ENTITY;
    for (; r->next < r->decision_count && r->decisions[r->next].at <= head; r->next++) {
        const decision *d = &r->decisions[r->next];
        resolution *found = &r->resolutions[d->attribution];
        if (found->source.parts[d->part].mention != index) {
            if (!decide_without_mention(r, d)) return false;
            continue;
        }
        r->cast->mentions.items[index].source_end = found->source.tokens.end;
        if (!decided && !decide_mention(r, index, d->attribution, &probability)) return false;
        if (!decided && !enter(r, index)) return false;
        decided = true;
        found->entities[d->part] = r->cast->mentions.items[index].entity;
        if (found->source.alias && found->entities[d->part] != NO_ENTITY)
            r->cast->entities.items[found->entities[d->part]].alias = true;
        found->probability *= probability;
        if (!note_speaker(r, d)) return false;
    }
    return true;
}

static bool take_mention(resolver *r, uint32_t index) {
    const mention *m = &r->cast->mentions.items[index];
    bool named = m->entity != NO_ENTITY;
    if (named && !enter(r, index)) return false;
    if (!decide_sources(r, index)) return false;
    if (named || r->cast->mentions.items[index].entity != NO_ENTITY) return true;
    if (!is_worth_deciding(&r->cast->mentions.items[index])) return true;
    float probability = 1;
    return decide_mention(r, index, NO_ATTRIBUTION, &probability) && enter(r, index);
}

/* Where nothing tells who speaks, the sentence's subject may: known once all of them are. */
static void resolve_implied(resolver *r) {
    for (uint32_t i = 0; i < r->article->attribution_count; i++) {
        resolution *found = &r->resolutions[i];
        if (found->source.parts[0].form != SOURCE_MISSING || found->label != TURN_NONE ||
            found->entities[0] != NO_ENTITY)
            continue;
        found->entities[0] = implied_speaker(r->cast, r->resolutions, i);
        if (found->entities[0] != NO_ENTITY) found->probability = IMPLIED_PROBABILITY;
    }
}

/* "I", "we": the speaker of the words around, through nested quotations. */
static void resolve_first_persons(resolver *r) {
    for (uint32_t i = 0; i < r->article->attribution_count; i++) {
        resolution *found = &r->resolutions[i];
        if (found->source.parts[0].form != SOURCE_FIRST_PERSON) continue;
        uint32_t around = found->around, number = NO_ENTITY;
        for (int deep = 0; around != NO_ATTRIBUTION && number == NO_ENTITY && deep < 8; deep++) {
            number = r->resolutions[around].entities[0];
            found->probability = 0.9f * r->resolutions[around].probability;
            around = r->resolutions[around].around;
        }
        bool quoted = r->article->tokens[found->source.tokens.first].quote_depth > 0;
        uint32_t mention_index = found->source.parts[0].mention;
        bool one = mention_index != NO_MENTION && !r->cast->mentions.items[mention_index].plural;
        if (number == NO_ENTITY && !quoted && one)
            number = author_of(r->cast, found->source.tokens.first);
        found->entities[0] = number;
    }
}

whosaid_status resolve_sources(cast *c, const resolve_options *options, resolution **out,
                               whosaid_error *err) {
    resolver r = {.cast = c,
                  .article = c->article,
                  .options = options,
                  .first_turn = UINT32_MAX,
                  .interviewer = NO_ENTITY,
                  .interviewee = NO_ENTITY};
    scene_init(&r.scene, c);
    bool ok = collect_decisions(&r) && find_surroundings(&r);
    if (ok && r.first_turn != UINT32_MAX) {
        r.interviewer = turn_interviewer(c, r.first_turn);
        r.interviewee = turn_interviewee(c, r.first_turn);
    }
    for (uint32_t i = 0; ok && i < c->mentions.count; i++)
        ok = take_mention(&r, i);
    for (; ok && r.next < r.decision_count; r.next++)
        ok = decide_without_mention(&r, &r.decisions[r.next]);
    if (!ok) return error_no_memory(err);
    resolve_implied(&r);
    resolve_first_persons(&r);
    *out = r.resolutions;
    return WHOSAID_OK;
}
