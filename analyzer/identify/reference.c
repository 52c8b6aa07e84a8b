#include "identify/question.h"
#include "identify/whose.h"

#include <math.h>

/* How far is looked, so that cost stays linear. */
enum {
    NAMED_LOOKED_AT = 96, /* persons searched for a role */
    REASON_SENTENCES = 3,
    INTRODUCTION_MENTIONS = 64,
    INTRODUCTION_PARAGRAPHS = 3,
    OWN_NAMES_MENTIONS = 32
};

const char *reference_feature_name(reference_feature feature) {
    static const char *const names[] = {
#define REFERENCE_FEATURE_NAME(name) #name,
        REFERENCE_FEATURE_LIST(REFERENCE_FEATURE_NAME)
#undef REFERENCE_FEATURE_NAME
    };
    return names[feature];
}

static cue_kind cue_kind_of(const scene *s, const attribution *said) {
    if (!said || said->cues.count == 0) return CUE_NONE;
    const article *a = s->cast->article;
    token_range cue = said->cues.items[0];
    bool noun = false, passive = false, verb = false;
    for (uint32_t i = cue.first; i < cue.end; i++) {
        part_of_speech pos = (part_of_speech)a->tokens[i].part_of_speech;
        if (i == cue.first && pos == POS_VBG) return CUE_PARTICIPLE;
        noun = noun || pos == POS_NN || pos == POS_NNS;
        passive = passive || (pos == POS_VBN && i > cue.first);
        verb = verb || pos == POS_VBD || pos == POS_VBZ || pos == POS_VBP || pos == POS_VB;
    }
    return passive ? CUE_PASSIVE : noun && !verb ? CUE_NOUN : CUE_OTHER;
}

static entity_meaning meaning_of(source_form form) {
    switch (form) {
    case SOURCE_HE_OR_SHE:
    case SOURCE_PERSON: return MEANT_AS_PERSON;
    case SOURCE_THEY: return MEANT_AS_SEVERAL;
    case SOURCE_PEOPLE: return MEANT_AS_PEOPLE;
    case SOURCE_IT:
    case SOURCE_THING: return MEANT_AS_THING;
    default: return MEANT_AS_ANY;
    }
}

static void find_subjects(const scene *s, question *q) {
    uint32_t here = s->cast->article->tokens[q->at].sentence;
    q->subject_here = q->subject_before = NO_ENTITY;
    if (s->main_subject_sentence != here) {
        if (s->main_subject_sentence + 1 == here) q->subject_before = s->main_subject;
        return;
    }
    q->subject_here = s->main_subject;
    if (s->main_subject_before_sentence + 1 == here) q->subject_before = s->main_subject_before;
}

/* The person who is named for the first time within the next paragraphs and speaks there: whom "a
 * former minister said" of a lede may mean. NO_ENTITY when there is none. */
static uint32_t introduced_next(const cast *c, uint32_t index) {
    const token *tokens = c->article->tokens;
    uint32_t here = tokens[c->mentions.items[index].head].paragraph;
    for (uint32_t i = index + 1, seen = 0; i < c->mentions.count && seen < INTRODUCTION_MENTIONS;
         i++, seen++) {
        const mention *next = &c->mentions.items[i];
        if (tokens[next->head].paragraph > here + INTRODUCTION_PARAGRAPHS) break;
        if (next->form != MENTION_PERSON || next->modifier || next->entity == NO_ENTITY) continue;
        const entity *e = &c->entities.items[next->entity];
        bool first = e->kind == ENTITY_PERSON && e->first_token == next->head;
        bool whole = next->name.end - next->name.first > 1;
        if (first && whole && c->in_source[next->head]) return next->entity;
    }
    return NO_ENTITY;
}

static question question_of(const scene *s, const reference_query *query) {
    question q = {.form = query->form,
                  .at = query->at,
                  .around = query->around,
                  .around_is_direct = query->around_is_direct,
                  .said = query->said,
                  .introduced = NO_ENTITY,
                  .meaning = meaning_of(query->form)};
    if (query->mention != NO_MENTION) {
        q.phrase = &s->cast->mentions.items[query->mention];
        q.gender = q.phrase->gender;
        q.is_subject = q.phrase->subject;
        if (q.phrase->form != MENTION_PRONOUN) q.head_hash = cast_head_hash(s->cast, q.phrase);
        q.tells_whose = query->form == SOURCE_PERSON &&
                        (q.phrase->possessor != NO_MENTION || whose_is_told(s->cast, q.phrase));
        q.trades = s->cast->words[q.phrase->head].uses & USE_TRADES;
        if (query->form == SOURCE_PERSON) q.introduced = introduced_next(s->cast, query->mention);
    }
    if (query->form == SOURCE_MISSING) q.cue = cue_kind_of(s, query->said);
    find_subjects(s, &q);
    return q;
}

enum { PRONOUNS_THAT_SETTLE = 3 };

/* Nobody is both he and she: what earlier pronouns said counts unless the name speaks against. */
static bool gender_excludes(const scene *s, const entity *e, uint8_t wanted) {
    if (genders_clash(e->strong_gender, wanted)) return true;
    const presence *p = scene_presence(s, (uint32_t)(e - s->cast->entities.items));
    if (!p || wanted == GENDER_UNKNOWN || e->strong_gender || e->weak_gender == wanted)
        return false;
    uint8_t other = wanted == GENDER_MALE ? GENDER_FEMALE : GENDER_MALE;
    return p->pronouns[other] >= PRONOUNS_THAT_SETTLE && p->pronouns[wanted] == 0;
}

/* Who is quoted calls himself "I": "he" within his own quotation is another one. */
static bool says_it_of_others(const scene *s, const question *q, const entity *e) {
    return q->around_is_direct && s->cast->article->tokens[q->at].quote_depth > 0 &&
           q->around == (uint32_t)(e - s->cast->entities.items);
}

/* Of entities of the right kind: what else shows that it is not this one. */
static bool is_excluded(const scene *s, const question *q, const entity *e) {
    if (q->meaning != MEANT_AS_PERSON) return false;
    bool other = q->form == SOURCE_HE_OR_SHE && says_it_of_others(s, q, e);
    return other || gender_excludes(s, e, q->gender);
}

static bool comes_in_question(const scene *s, const question *q, const entity *e) {
    return e->meanings & q->meaning && !is_excluded(s, q, e);
}

static bool is_listed(const candidate_list *list, uint32_t number) {
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].entity == number) return true;
    return false;
}

/* Persons that were not mentioned lately but whose role fits the description's head. */
static void add_by_role(const scene *s, const question *q, candidate_list *out) {
    const mention *m = q->phrase;
    if (!m || q->form != SOURCE_PERSON) return;
    uint64_t head = q->head_hash;
    size_t looked = 0;
    for (uint32_t i = 0; i < s->cast->person_count && looked < NAMED_LOOKED_AT; i++) {
        const entity *e = &s->cast->entities.items[i];
        if (e->kind != ENTITY_PERSON) continue;
        looked++;
        if ((entity_has_role_word(e, head) || q->trades & e->trades) && !is_listed(out, i) &&
            comes_in_question(s, q, e))
            question_add_candidate(s, q, i, out);
    }
}

/* "A former minister said ...": the person whom the next paragraphs name first. */
static void add_introduced(const scene *s, const question *q, candidate_list *out) {
    uint32_t number = q->introduced;
    if (number == NO_ENTITY || is_listed(out, number)) return;
    if (comes_in_question(s, q, &s->cast->entities.items[number]))
        question_add_candidate(s, q, number, out);
}

/* Mentioned a few sentences ago at most, or only later. */
static bool was_near(const candidate *c) {
    return !candidate_has(c, REFERENCE_MANY_SENTENCES_BEFORE) &
           !candidate_has(c, REFERENCE_FAR_BEFORE);
}

/* "the airline" where one organisation only was named lately. */
static void add_only_body(const mention *m, candidate_list *out) {
    if (!m || !m->definite || !(m->classes & WORD_BODY) || m->head != m->phrase.first + 1) return;
    size_t bodies = 0, only = 0;
    for (size_t i = 1; i < out->count; i++) {
        bool body = candidate_has(&out->items[i], REFERENCE_IS_BODY);
        bool near = was_near(&out->items[i]);
        if (!body || !near) continue;
        bodies++;
        only = i;
    }
    if (bodies == 1) set(&out->items[only], REFERENCE_BODY_NOUN_ONLY_BODY);
}

/* Marks the candidates that bear a name within the range. */
static void add_named_within(const scene *s, token_range where, reference_feature feature,
                             candidate_list *out) {
    const cast *c = s->cast;
    for (uint32_t i = cast_mention_from(c, where.first), seen = 0;
         i < c->mentions.count && seen < OWN_NAMES_MENTIONS; i++, seen++) {
        const mention *m = &c->mentions.items[i];
        if (m->head >= where.end) return;
        bool named = m->form == MENTION_PERSON || m->form == MENTION_BODY;
        for (size_t k = 1; named && k < out->count; k++)
            if (out->items[k].entity == m->entity) set(&out->items[k], feature);
    }
}

/* "He told Ida Cole that Tom Fry had left": neither is he. */
static void add_own_names(const scene *s, const question *q, candidate_list *out) {
    const article *a = s->cast->article;
    uint32_t end = a->sentences[a->tokens[q->at].sentence].tokens.end;
    if (out->count == 1 || q->form != SOURCE_HE_OR_SHE) return;
    if (q->phrase) add_named_within(s, (token_range){q->at + 1, end}, REFERENCE_NAMED_BEHIND, out);
    for (size_t i = 0; q->said && i < q->said->contents.count; i++)
        add_named_within(s, q->said->contents.items[i], REFERENCE_NAMED_IN_OWN_CONTENT, out);
}

static void add_ranks(const scene *s, candidate_list *out) {
    size_t most = 0, agree = 0, agreeing = 0, fitting = 0, fit = 0, alike = 0, likes = 0,
           trades = 0, trading = 0;
    uint32_t most_count = 0;
    for (size_t i = 1; i < out->count; i++) {
        candidate *c = &out->items[i];
        if (i <= 3) set(c, (reference_feature)(REFERENCE_NEAREST + i - 1));
        const presence *p = scene_presence(s, c->entity);
        if (p && p->name_count + p->pronoun_count > most_count) {
            most_count = p->name_count + p->pronoun_count;
            most = i;
        }
        bool agrees = was_near(c) & !candidate_has(c, REFERENCE_GENDER_AGAINST_NAME) &
                      !candidate_has(c, REFERENCE_PRONOUN_BEFORE_DISAGREES);
        agree += agrees;
        agreeing = agrees ? i : agreeing;
        if (candidate_has(c, REFERENCE_SAME_HEAD)) {
            likes++;
            alike = i;
        }
        if (candidate_has(c, REFERENCE_HEAD_IN_ROLE)) {
            fit++;
            fitting = i;
        }
        if (candidate_has(c, REFERENCE_TRADE_IN_ROLE)) {
            trades++;
            trading = i;
        }
    }
    if (most) set(&out->items[most], REFERENCE_MENTIONED_MOST);
    if (agree == 1) set(&out->items[agreeing], REFERENCE_ONLY_ONE_AGREES);
    if (likes == 1) set(&out->items[alike], REFERENCE_ONLY_SAME_HEAD);
    if (fit == 1) set(&out->items[fitting], REFERENCE_ONLY_ROLE_MATCH);
    if (fit == 0 && trades == 1) set(&out->items[trading], REFERENCE_ONLY_TRADE_MATCH);
}

/* "the man", "the official", "the employee" for somebody who was described by other words. */
static void add_general_noun(const scene *s, const mention *m, candidate_list *out) {
    if (!m || m->form != MENTION_DESCRIPTION || !m->definite || m->possessor != NO_MENTION) return;
    bool general = m->classes & (WORD_VAGUE | WORD_MALE | WORD_FEMALE) &&
                   m->classes & WORD_PERSON && !(m->classes & WORD_KIN) &&
                   m->head == m->phrase.first + 1;
    bool nearest = true;
    for (size_t i = 1; general && i < out->count; i++) {
        candidate *c = &out->items[i];
        if (!is_person_described(&s->cast->entities.items[c->entity])) continue;
        set(c, REFERENCE_GENERAL_NOUN_DESCRIBED);
        set_if(c, REFERENCE_GENERAL_NOUN_NEAREST_DESCRIBED, nearest);
        set_if(c, REFERENCE_GENERAL_NOUN_DESCRIBED_SPEAKER,
               candidate_has(c, REFERENCE_LAST_SPEAKER));
        set_if(c, REFERENCE_GENERAL_NOUN_DESCRIBED_MAIN, is_main_subject(c));
        nearest = false;
    }
}

/* "the senator" where no senator was spoken of, with or without a name: it must be somebody whose
 * role the article does not tell. */
static void add_without_antecedent(const scene *s, const mention *m, candidate_list *out) {
    if (!m || m->form != MENTION_DESCRIPTION || !m->definite || m->possessor != NO_MENTION) return;
    for (size_t i = 1; i < out->count; i++)
        if (candidate_has(&out->items[i], REFERENCE_SAME_HEAD) ||
            candidate_has(&out->items[i], REFERENCE_HEAD_IN_ROLE))
            return;
    bool nearest = true;
    for (size_t i = 1; i < out->count; i++) {
        candidate *c = &out->items[i];
        if (s->cast->entities.items[c->entity].kind != ENTITY_PERSON) continue;
        bool main = is_main_subject(c);
        set_if(c, REFERENCE_NO_ANTECEDENT_LAST_SPEAKER, candidate_has(c, REFERENCE_LAST_SPEAKER));
        set_if(c, REFERENCE_NO_ANTECEDENT_MAIN_SUBJECT, main);
        set_if(c, REFERENCE_NO_ANTECEDENT_MOST, candidate_has(c, REFERENCE_MENTIONED_MOST));
        set_if(c, REFERENCE_NO_ANTECEDENT_NEAREST, nearest);
        nearest = false;
    }
}

/* A wording that withholds a name stands in this sentence or the next ones of the paragraph. */
static bool reason_is_near(const cast *c, uint32_t at) {
    const article *a = c->article;
    uint32_t first = a->tokens[at].sentence;
    for (uint32_t n = first; n < a->sentence_count && n < first + REASON_SENTENCES; n++) {
        if (a->sentences[n].paragraph != a->sentences[first].paragraph) break;
        if (cast_withholds(c, a->sentences[n].tokens)) return true;
    }
    return false;
}

/* Cues that leave open who speaks: "asked whether", "reportedly", "seemingly". */
static void describe_open_cue(const scene *s, const attribution *said, candidate *none) {
    static const char *const asking[] = {"asked", "pressed", "questioned", "told", "quizzed"};
    static const char *const hearsay[] = {"reportedly", "allegedly",  "supposedly", "purportedly",
                                          "presumably", "rumored",    "rumoured",   "alleged",
                                          "so-called",  "ostensibly", "evidently"};
    static const char *const seeming[] = {"seem",      "seems",      "seemed",
                                          "appear",    "appears",    "appeared",
                                          "seemingly", "apparently", "looks"};
    if (!said || !said->cues.count) return;
    const article *a = s->cast->article;
    token_range cue = said->cues.items[0];
    set_if(none, REFERENCE_NONE_ASKED, VIEW_IN_IGNORING_CASE(token_text(a, cue.first), asking));
    for (uint32_t at = cue.first; at < cue.end; at++) {
        set_if(none, REFERENCE_NONE_HEARSAY, VIEW_IN_IGNORING_CASE(token_text(a, at), hearsay));
        set_if(none, REFERENCE_NONE_SEEMING, VIEW_IN_IGNORING_CASE(token_text(a, at), seeming));
    }
}

/* A description that is nobody's so far tells how likely it is of somebody new. */
static void describe_new_description(const scene *s, const question *q, const candidate_list *list,
                                     candidate *none) {
    const mention *m = q->phrase;
    uint32_t first = m->phrase.first;
    bool fits = false, named = false;
    for (size_t i = 1; i < list->count; i++)
        fits = fits || candidate_has(&list->items[i], REFERENCE_HEAD_IN_ROLE) ||
               candidate_has(&list->items[i], REFERENCE_SAME_HEAD);
    for (uint32_t i = first; i < m->head; i++)
        named = named || s->cast->article->tokens[i].name_class != NAME_NONE;
    set_if(none, REFERENCE_NONE_NO_FIT, !fits);
    set_if(none, REFERENCE_NONE_WITH_NAME, named);
    set_if(none, REFERENCE_NONE_DEFINITE, m->definite);
    set_if(none, REFERENCE_NONE_INDEFINITE, m->indefinite);
    set_if(none, REFERENCE_NONE_BARE, !m->definite && !m->indefinite);
    set_if(none, REFERENCE_NONE_OWNED, m->possessor != NO_MENTION);
    set_if(none, REFERENCE_NONE_PLURAL, m->plural);
    set_if(none, REFERENCE_NONE_VAGUE, m->classes & WORD_VAGUE);
    set_if(none, REFERENCE_NONE_SINGLE_OFFICE, m->classes & WORD_SINGLE_OFFICE);
    set_if(none, REFERENCE_NONE_KIN, m->classes & WORD_KIN);
    set_if(none, REFERENCE_NONE_BODY_NOUN, m->classes & WORD_BODY);
    set_if(none, REFERENCE_NONE_DOCUMENT_NOUN, m->classes & WORD_DOCUMENT);
    set_if(none, REFERENCE_NONE_QUANTITY, m->classes & WORD_QUANTITY);
    set_if(none, REFERENCE_NONE_FOR_OTHERS, s->cast->words[m->head].uses & USE_FOR_OTHERS);
    bool brief = m->definite && m->head == first + 1 && m->possessor == NO_MENTION;
    set_if(none, REFERENCE_NONE_SHORT_BODY, brief && m->classes & WORD_BODY);
    set_if(none, REFERENCE_NONE_SHORT_PERSON, brief && m->classes & WORD_PERSON);
    set_if(none, REFERENCE_NONE_LONG, m->phrase.end - first > 2);
    bool person = q->form == SOURCE_PERSON;
    set_if(none, REFERENCE_NONE_LEDE,
           person && s->cast->article->tokens[q->at].paragraph < LEDE_PARAGRAPHS);
    set_if(none, REFERENCE_NONE_REASON_NEAR, person && q->said && reason_is_near(s->cast, q->at));
}

static void describe_none(const scene *s, const question *q, const candidate_list *list,
                          candidate *none) {
    set(none, REFERENCE_NONE);
    set_if(none, REFERENCE_NONE_FIRST_PARAGRAPH, s->cast->article->tokens[q->at].paragraph == 0);
    if (q->phrase && q->phrase->form == MENTION_DESCRIPTION)
        describe_new_description(s, q, list, none);
    if (q->form == SOURCE_MISSING) {
        static const reference_feature by_cue[] = {[CUE_NONE] = REFERENCE_NONE_NO_CUE,
                                                   [CUE_PARTICIPLE] = REFERENCE_NONE_PARTICIPLE_CUE,
                                                   [CUE_PASSIVE] = REFERENCE_NONE_PASSIVE_CUE,
                                                   [CUE_NOUN] = REFERENCE_NONE_NOUN_CUE,
                                                   [CUE_OTHER] = REFERENCE_NONE_OTHER_CUE};
        set(none, by_cue[q->cue]);
        describe_open_cue(s, q->said, none);
        set_if(none, REFERENCE_NONE_DIRECT, q->said && q->said->type == QUOTE_DIRECT);
    }
}

static void add_recent(const scene *s, const question *q, candidate_list *out) {
    uint32_t fitting[SCENE_RECENT_MAX];
    size_t count = 0;
    for (size_t i = 0; i < s->recent_count; i++) {
        fitting[count] = s->recent[i];
        count += (s->cast->entities.items[s->recent[i]].meanings & q->meaning) != 0;
    }
    for (size_t i = 0; i < count; i++)
        if (!is_excluded(s, q, &s->cast->entities.items[fitting[i]]))
            question_add_candidate(s, q, fitting[i], out);
}

void reference_candidates(const scene *s, const reference_query *query, candidate_list *out) {
    const question q = question_of(s, query);
    out->count = 1;
    out->kinds = 0;
    out->items[0] = (candidate){.entity = NO_ENTITY};
    add_recent(s, &q, out);
    add_by_role(s, &q, out);
    add_introduced(s, &q, out);
    add_own_names(s, &q, out);
    add_ranks(s, out);
    add_general_noun(s, q.phrase, out);
    add_without_antecedent(s, q.phrase, out);
    add_only_body(q.phrase, out);
    describe_none(s, &q, out, &out->items[0]);
}

static double candidate_weight(const float *weights, const candidate *c) {
    double sum = 0;
    for (size_t w = 0; w < REFERENCE_WORDS; w++)
        for (uint64_t rest = c->features[w]; rest; rest &= rest - 1)
            sum += weights[w * 64 + (size_t)__builtin_ctzll(rest)];
    return sum;
}

size_t reference_weigh(reference_weights weights, source_form form, candidate_list *list) {
    size_t best = 0;
    double largest = -INFINITY;
    for (size_t i = 0; i < list->count; i++) {
        list->items[i].probability = candidate_weight(weights[form], &list->items[i]);
        if (list->items[i].probability > largest) {
            largest = list->items[i].probability;
            best = i;
        }
    }
    return best;
}

void reference_normalize(candidate_list *list, size_t best) {
    double largest = list->items[best].probability, total = 0;
    for (size_t i = 0; i < list->count; i++) {
        list->items[i].probability = exp(list->items[i].probability - largest);
        total += list->items[i].probability;
    }
    for (size_t i = 0; i < list->count; i++)
        list->items[i].probability /= total;
}
