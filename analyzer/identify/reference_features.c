/* What is told of a candidate by itself. */
#include "identify/question.h"
#include "identify/whose.h"

#include <assert.h>

/* One of the first features, which are told of every candidate: their word stays in a register. */
static void set_first(candidate *c, uint8_t feature) {
    static_assert(REFERENCE_IS_ACRONYM < 64, "the first features fill a word at most");
    c->features[0] |= (uint64_t)1 << feature;
}

static bool is_people_described(const entity *e) {
    return e->kind == ENTITY_DESCRIBED && e->meanings & MEANT_AS_PEOPLE;
}

/* What is told of every candidate is looked up or reckoned rather than asked, since no processor
 * could guess the answers. */
enum { FAR = 10, OFTEN = 10 };

static const uint8_t by_distance[FAR + 1] = {REFERENCE_SAME_SENTENCE,
                                             REFERENCE_SENTENCE_BEFORE,
                                             REFERENCE_TWO_SENTENCES_BEFORE,
                                             REFERENCE_FEW_SENTENCES_BEFORE,
                                             REFERENCE_FEW_SENTENCES_BEFORE,
                                             REFERENCE_MANY_SENTENCES_BEFORE,
                                             REFERENCE_MANY_SENTENCES_BEFORE,
                                             REFERENCE_MANY_SENTENCES_BEFORE,
                                             REFERENCE_MANY_SENTENCES_BEFORE,
                                             REFERENCE_MANY_SENTENCES_BEFORE,
                                             REFERENCE_FAR_BEFORE};

static const uint8_t by_count[OFTEN + 1] = {
    REFERENCE_MENTIONED_ONCE,  REFERENCE_MENTIONED_ONCE,      REFERENCE_MENTIONED_SOME,
    REFERENCE_MENTIONED_SOME,  REFERENCE_MENTIONED_OFTEN,     REFERENCE_MENTIONED_OFTEN,
    REFERENCE_MENTIONED_OFTEN, REFERENCE_MENTIONED_OFTEN,     REFERENCE_MENTIONED_OFTEN,
    REFERENCE_MENTIONED_OFTEN, REFERENCE_MENTIONED_VERY_OFTEN};

static void add_distance(const scene *s, const question *q, const presence *p, candidate *c) {
    const article *a = s->cast->article;
    const token *here = &a->tokens[q->at];
    const token *there = &a->tokens[s->cast->mentions.items[p->mention].head];
    uint32_t far = here->sentence > there->sentence ? here->sentence - there->sentence : 0;
    set_first(c, by_distance[far < FAR ? far : FAR]);
    set_if(c, REFERENCE_SAME_PARAGRAPH, here->paragraph == there->paragraph);
    set_if(c, REFERENCE_PARAGRAPH_BEFORE, here->paragraph == there->paragraph + 1);
    set_if(c, REFERENCE_MAIN_SUBJECT_HERE, c->entity == q->subject_here);
    set_if(c, REFERENCE_MAIN_SUBJECT_BEFORE, c->entity == q->subject_before);
    set_if(c, REFERENCE_SUBJECT_HERE, p->last_subject_sentence == here->sentence + 1);
    set_if(c, REFERENCE_SUBJECT_SENTENCE_BEFORE, p->last_subject_sentence == here->sentence);
}

static bool lies_in_content(const attribution *said, uint32_t at) {
    for (size_t i = 0; said && i < said->contents.count; i++)
        if (range_contains(said->contents.items[i], at)) return true;
    return false;
}

static void add_last_mention(const scene *s, const question *q, const presence *p, candidate *c) {
    const article *a = s->cast->article;
    const mention *last = &s->cast->mentions.items[p->mention];
    bool pronoun = last->form == MENTION_PRONOUN;
    set_if(c, REFERENCE_LAST_WAS_SUBJECT, last->subject);
    set_if(c, REFERENCE_BOTH_SUBJECTS, last->subject & q->is_subject);
    set_if(c, REFERENCE_LAST_WAS_POSSESSIVE, last->possessive & !pronoun);
    set_if(c, REFERENCE_LAST_WAS_OWNER_PRONOUN, last->possessive & pronoun);
    set_if(c, REFERENCE_LAST_WAS_MODIFIER, last->modifier & !pronoun);
    set_if(c, REFERENCE_LAST_WAS_PRONOUN, pronoun);
    set_if(c, REFERENCE_LAST_WAS_QUOTED,
           a->tokens[last->head].quote_depth > a->tokens[q->at].quote_depth);
    set_if(c, REFERENCE_LAST_OPENED_SENTENCE,
           last->phrase.first == a->sentences[a->tokens[last->head].sentence].tokens.first);
    set_if(c, REFERENCE_IN_OWN_CONTENT, lies_in_content(q->said, last->head));
}

static void add_speech(const scene *s, const question *q, uint32_t number, const presence *p,
                       candidate *c) {
    const article *a = s->cast->article;
    set_if(c, REFERENCE_SPOKE_BEFORE, p->statement_count > 0);
    if (number == s->last_speaker) {
        const token *here = &a->tokens[q->at], *there = &a->tokens[s->last_statement_token];
        set(c, REFERENCE_LAST_SPEAKER);
        set_if(c, REFERENCE_LAST_SPEAKER_IN_PARAGRAPH, here->paragraph == there->paragraph);
        set_if(c, REFERENCE_LAST_SPEAKER_PARAGRAPH_BEFORE, here->paragraph == there->paragraph + 1);
        set_if(c, REFERENCE_SPOKE_IN_SENTENCE, here->sentence == there->sentence);
        set_if(c, REFERENCE_LAST_SPEAKER_OF_QUOTE, q->said && q->said->type != QUOTE_INDIRECT);
        set_if(c, REFERENCE_LAST_SPEAKER_OF_SPEECH, q->said && q->said->kind == KIND_SPEECH);
    }
    set_if(c, REFERENCE_SPEAKER_BEFORE_LAST, number == s->previous_speaker);
    if (number == q->around)
        set(c, q->around_is_direct ? REFERENCE_SPEAKS_AROUND_DIRECT
                                   : REFERENCE_SPEAKS_AROUND_INDIRECT);
}

static void add_salience(const scene *s, const entity *e, const presence *p, candidate *c) {
    uint32_t count = p->name_count + p->pronoun_count;
    set_first(c, by_count[count < OFTEN ? count : OFTEN]);
    set_if(c, REFERENCE_IN_FIRST_PARAGRAPH,
           s->cast->article->tokens[e->first_token].paragraph == 0);
}

static void add_agreement(const question *q, const entity *e, const presence *p, candidate *c) {
    const mention *m = q->phrase;
    uint8_t wanted = q->gender;
    if (wanted != GENDER_UNKNOWN) {
        static const uint8_t by_evidence[] = {REFERENCE_GENDER_OPEN, REFERENCE_GENDER_AGAINST_NAME,
                                              REFERENCE_GENDER_BY_NAME, REFERENCE_GENDER_SHOWN};
        uint8_t known = entity_gender(e);
        int agrees = (known == wanted) * (1 + (e->strong_gender != GENDER_UNKNOWN));
        set_first(c, by_evidence[(known != GENDER_UNKNOWN) * (1 + agrees)]);
        set_if(c, REFERENCE_PRONOUN_BEFORE_AGREES, p->pronoun_gender == wanted);
        set_if(c, REFERENCE_PRONOUN_BEFORE_DISAGREES, genders_clash(p->pronoun_gender, wanted));
    }
    if (!m) return;
    set_if(c, REFERENCE_NUMBER_AGREES, m->plural == e->plural);
    set_if(c, REFERENCE_NUMBER_DISAGREES, m->plural != e->plural);
}

static void add_kind(const scene *s, const entity *e, candidate *c) {
    const article *a = s->cast->article;
    if (e->kind == ENTITY_PERSON) set(c, REFERENCE_IS_PERSON);
    if (e->kind == ENTITY_JOINT) set(c, REFERENCE_IS_JOINT);
    if (e->kind == ENTITY_BODY) {
        const mention *best = &s->cast->mentions.items[e->best_mention];
        bool place = a->tokens[best->head].name_class == NAME_LOCATION;
        set(c, place ? REFERENCE_IS_PLACE : REFERENCE_IS_BODY);
        text_view word = token_text(a, best->head);
        set_if(c, REFERENCE_IS_ACRONYM, word.len > 1 && ascii_is_upper((unsigned char)word.ptr[1]));
    }
    if (e->kind == ENTITY_DESCRIBED)
        set(c, is_person_described(e)   ? REFERENCE_IS_DESCRIBED_PERSON
               : is_people_described(e) ? REFERENCE_IS_DESCRIBED_PEOPLE
                                        : REFERENCE_IS_DESCRIBED_THING);
}

static bool is_content(const scene *s, uint32_t at) {
    part_of_speech pos = (part_of_speech)s->cast->article->tokens[at].part_of_speech;
    return pos == POS_NN || pos == POS_NNS || pos == POS_NNP || pos == POS_NNPS || pos == POS_JJ;
}

/* How many content words of the description before its head are in the role; *all: every one. */
static size_t role_matches(const scene *s, const mention *m, const entity *e, bool *all) {
    size_t found = 0, content = 0;
    /* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): introductions stand behind a phrase */
    for (uint32_t i = m->phrase.first; i < m->head; i++) {
        if (!is_content(s, i)) continue;
        content++;
        found += entity_has_role_word(e, s->cast->words[i].full_hash);
    }
    *all = found == content;
    return found;
}

static bool head_is_in_name(const scene *s, const mention *m, const entity *e) {
    const mention *best = &s->cast->mentions.items[e->best_mention];
    for (uint32_t i = best->name.first; i < best->name.end; i++)
        if (view_equal_ignoring_case(token_text(s->cast->article, i),
                                     token_text(s->cast->article, m->head)))
            return true;
    return false;
}

/* Whose an office is, and of whom an article need not tell it: "Obama" is the president. */
static void add_person_fit(const scene *s, const question *q, const entity *e, candidate *c) {
    const mention *m = q->phrase;
    if (q->tells_whose) {
        whose_fit fit = whose_compare(s->cast, m, e);
        set_if(c, REFERENCE_PLACE_IN_ROLE, fit == WHOSE_SAME);
        set_if(c, REFERENCE_PLACE_NOT_IN_ROLE, fit == WHOSE_ANOTHER);
    }
    bool office = m->definite && m->classes & WORD_SINGLE_OFFICE;
    set_if(c, REFERENCE_OFFICE_OF_SURNAME_ONLY,
           office && candidate_has(c, REFERENCE_HEAD_NOT_IN_ROLE) &&
               entity_is_half_named(s->cast, e));
}

static void add_role_fit(const scene *s, const question *q, const entity *e, candidate *c) {
    const mention *m = q->phrase;
    bool all = false;
    size_t others = role_matches(s, m, e, &all);
    bool head = entity_has_role_word(e, q->head_hash);
    bool settled = m->definite || !m->indefinite;
    set(c, head ? REFERENCE_HEAD_IN_ROLE : REFERENCE_HEAD_NOT_IN_ROLE);
    set_if(c, REFERENCE_ALL_WORDS_IN_ROLE, head && all);
    set_if(c, REFERENCE_SOME_WORDS_IN_ROLE, others > 0);
    set_if(c, REFERENCE_NO_ROLE, e->role_word_count == 0);
    set_if(c, REFERENCE_DEFINITE_HEAD_IN_ROLE, head && settled);
    set_if(c, REFERENCE_INDEFINITE_HEAD_IN_ROLE, head && m->indefinite);
    set_if(c, REFERENCE_DEFINITE_NO_ROLE, !head && settled && others == 0);
    set_if(c, REFERENCE_INDEFINITE_PERSON, m->indefinite);
    set_if(c, REFERENCE_OWNED_PERSON, m->possessor != NO_MENTION);
    bool trade = !head && q->trades & e->trades;
    set_if(c, REFERENCE_TRADE_IN_ROLE, trade);
    set_if(c, REFERENCE_TRADE_IN_ROLE_LATER, trade && candidate_has(c, REFERENCE_ONLY_LATER));
    if (q->form == SOURCE_PERSON && e->kind == ENTITY_PERSON) add_person_fit(s, q, e, c);
    set_if(c, REFERENCE_HEAD_IN_NAME, e->kind == ENTITY_BODY && head_is_in_name(s, m, e));
}

static void add_description_fit(const scene *s, const question *q, const entity *e, candidate *c) {
    const mention *m = q->phrase, *best = &s->cast->mentions.items[e->best_mention];
    bool same = q->head_hash == cast_head_hash(s->cast, best);
    set(c, same ? REFERENCE_SAME_HEAD : REFERENCE_OTHER_HEAD);
    set_if(c, REFERENCE_SAME_HEAD_AND_MORE, same && best->phrase.end - best->phrase.first > 2);
    const presence *p = scene_presence(s, c->entity);
    set_if(c, REFERENCE_SAME_HEAD_SPOKE, same && m->definite && p && p->statement_count);
    set_if(c, REFERENCE_DEFINITE_SAME_HEAD, same && !m->indefinite);
    set_if(c, REFERENCE_INDEFINITE_SAME_HEAD, same && m->indefinite);
}

bool reference_says_two(const cast *c, const mention *m) {
    bool definite = m->definite;
    for (uint32_t i = m->phrase.first; i < m->phrase.end; i++) {
        text_view word = token_text(c->article, i);
        if (view_is_ignoring_case(word, "both")) return true;
        if (definite && view_is_ignoring_case(word, "two")) return true;
    }
    return false;
}

static bool outlet_in_name(const scene *s, const entity *e) {
    const mention *best = &s->cast->mentions.items[e->best_mention];
    for (uint32_t i = best->name.first; i < best->name.end; i++)
        if (s->cast->words[i].classes & WORD_OUTLET) return true;
    return false;
}

static void add_introduction(const scene *s, const question *q, const entity *e, candidate *c) {
    const mention *m = q->phrase;
    const article *a = s->cast->article;
    bool all = false;
    bool head = entity_has_role_word(e, q->head_hash);
    size_t words = role_matches(s, m, e, &all) + head;
    uint32_t here = a->tokens[q->at].paragraph, there = a->tokens[e->first_token].paragraph;
    set(c, REFERENCE_INTRODUCED_NEXT);
    set_if(c, REFERENCE_INTRODUCED_AND_SPEAKS, s->cast->in_source[e->first_token]);
    set_if(c, REFERENCE_INTRODUCED_IN_LEDE, here < LEDE_PARAGRAPHS);
    set_if(c, REFERENCE_INTRODUCED_BEHIND_INDEFINITE, m->indefinite);
    set_if(c, REFERENCE_INTRODUCED_WITH_ROLE_WORD, words > 0);
    set_if(c, REFERENCE_INTRODUCED_WITH_OTHER_ROLE, words == 0 && e->role_word_count > 0);
    set_if(c, REFERENCE_INTRODUCED_IN_NEXT_PARAGRAPH, there <= here + 1);
}

static void add_fit(const scene *s, const question *q, uint32_t number, const candidate_list *list,
                    candidate *c) {
    const mention *m = q->phrase;
    if (!m || m->form != MENTION_DESCRIPTION) return;
    const entity *e = &s->cast->entities.items[number];
    uint32_t classes = WORD_PERSON | WORD_BODY | WORD_DOCUMENT | WORD_KIN;
    set_if(c, REFERENCE_SAME_CLASS, (e->classes & m->classes & classes) != 0);
    if (e->kind == ENTITY_DESCRIBED)
        add_description_fit(s, q, e, c);
    else
        add_role_fit(s, q, e, c);
    const mention *owner =
        m->possessor == NO_MENTION ? NULL : &s->cast->mentions.items[m->possessor];
    bool person = m->classes & WORD_PERSON && e->kind == ENTITY_PERSON && m->definite;
    set_if(c, REFERENCE_PAIR_OF_TWO,
           e->kind == ENTITY_JOINT && e->member_count == 2 && reference_says_two(s->cast, m));
    bool body = m->classes & WORD_BODY && e->kind == ENTITY_BODY && m->definite;
    bool first = !(list->kinds >> e->kind & 1);
    set_if(c, REFERENCE_BODY_NOUN_NEAREST_BODY, body && first);
    bool brief = m->head == m->phrase.first + 1;
    set_if(c, REFERENCE_BODY_NOUN_BODY_CLOSE,
           body && brief &&
               (candidate_has(c, REFERENCE_SAME_PARAGRAPH) ||
                candidate_has(c, REFERENCE_PARAGRAPH_BEFORE)));
    set_if(c, REFERENCE_BODY_NOUN_SUBJECT_BODY,
           body && candidate_has(c, REFERENCE_LAST_WAS_SUBJECT));
    set_if(c, REFERENCE_OUTLET_NOUN_OUTLET,
           body && m->classes & WORD_OUTLET && outlet_in_name(s, e));
    set_if(c, REFERENCE_PERSON_NOUN_NEAREST_PERSON, person && first);
    set_if(c, REFERENCE_GENDER_NOUN_PERSON, person && m->gender != GENDER_UNKNOWN);
    set_if(c, REFERENCE_OFFICE_NOUN_PERSON, person && m->classes & WORD_SINGLE_OFFICE);
    set_if(c, REFERENCE_PARTY_NOUN_PERSON, person && m->classes & WORD_PARTY);
    set_if(c, REFERENCE_VAGUE_NOUN_PERSON, person && m->classes & WORD_VAGUE);
    bool unlike =
        person && m->classes & WORD_SINGLE_OFFICE && candidate_has(c, REFERENCE_HEAD_NOT_IN_ROLE);
    set_if(c, REFERENCE_OFFICE_NOUN_OTHER_ROLE, unlike && e->role_word_count > 0);
    set_if(c, REFERENCE_OFFICE_NOUN_NO_ROLE, unlike && e->role_word_count == 0);
    set_if(c, REFERENCE_OWNED_OWNER, owner && owner->entity == number);
    set_if(c, REFERENCE_DEFINITE_LAST_SPEAKER, m->definite && number == s->last_speaker);
    set_if(c, REFERENCE_DEFINITE_RECENT_BODY,
           m->definite && e->kind == ENTITY_BODY && m->classes & WORD_BODY);
}

static void add_missing(const scene *s, const question *q, uint32_t number, candidate *c) {
    if (q->form != SOURCE_MISSING) return;
    cue_kind cue = q->cue;
    bool subject = candidate_has(c, REFERENCE_SUBJECT_HERE);
    set_if(c, REFERENCE_PARTICIPLE_OF_SUBJECT, cue == CUE_PARTICIPLE && subject);
    set_if(c, REFERENCE_PARTICIPLE_OF_SPEAKER, cue == CUE_PARTICIPLE && number == s->last_speaker);
    set_if(c, REFERENCE_BARE_QUOTE_OF_SPEAKER, cue == CUE_NONE && number == s->last_speaker);
    set_if(c, REFERENCE_NOUN_CUE_OF_OWNER,
           cue == CUE_NOUN && candidate_has(c, REFERENCE_SAME_SENTENCE));
    set_if(c, REFERENCE_PASSIVE_CUE_CANDIDATE, cue == CUE_PASSIVE);
    set_if(c, REFERENCE_VERB_CUE_OF_SUBJECT, cue == CUE_OTHER && subject);
}

/* "He" behind "a colonel said" is rarely the president of the paragraph before: an article that
 * brings in somebody without a name lets him speak. */
static void add_unnamed_speaker(const scene *s, const entity *e, candidate *c) {
    if (!is_person_described(e)) return;
    bool here = candidate_has(c, REFERENCE_LAST_SPEAKER_IN_PARAGRAPH);
    bool last = candidate_has(c, REFERENCE_LAST_SPEAKER);
    if (!s->cast->mentions.items[e->best_mention].indefinite) {
        set_if(c, REFERENCE_DESCRIBED_LAST_SPEAKER, last);
        set_if(c, REFERENCE_DESCRIBED_LAST_SPEAKER_IN_PARAGRAPH, here);
        return;
    }
    set_if(c, REFERENCE_INDEFINITE_LAST_SPEAKER, last);
    set_if(c, REFERENCE_INDEFINITE_LAST_SPEAKER_IN_PARAGRAPH, here);
    set_if(c, REFERENCE_INDEFINITE_SUBJECT_BEFORE, is_main_subject(c));
}

/* The features are gathered in a variable of their own, which the compiler keeps in registers. */
void question_add_candidate(const scene *s, const question *q, uint32_t number,
                            candidate_list *out) {
    static const presence unseen = {.mention = NO_MENTION};
    const presence *p = scene_presence(s, number);
    if (out->count == CANDIDATES_MAX) return;
    const entity *e = &s->cast->entities.items[number];
    candidate made = {.entity = number}, *c = &made;
    if (p) {
        add_distance(s, q, p, c);
        add_last_mention(s, q, p, c);
        add_speech(s, q, number, p, c);
        add_salience(s, e, p, c);
        add_unnamed_speaker(s, e, c);
    } else {
        set(c, REFERENCE_ONLY_LATER);
    }
    add_agreement(q, e, p ? p : &unseen, c);
    add_kind(s, e, c);
    add_fit(s, q, number, out, c);
    if (p)
        add_missing(s, q, number, c);
    else if (q->introduced == number)
        add_introduction(s, q, e, c);
    out->items[out->count++] = made;
    out->kinds |= 1u << e->kind;
}
