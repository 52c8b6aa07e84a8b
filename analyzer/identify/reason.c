#include "identify/reason.h"

#include "base/error.h"
#include "identify/word_window.h"

#define CLAUSE_TOKENS_MAX 40 /* on one side of the word at which a reason was found */
#define SENTENCES_AWAY_MAX 4 /* between a reason and the source it is told of */
#define GAP_TOKENS_MAX 14    /* between two wordings that are one reason */
#define SOURCE_WORDS_LOOKED_AT 8
#define OTHERS_WITHIN 14           /* words between a reason and "like others" */
#define RELATED_LOOKED_AT 4        /* unnamed sources */
#define ATTRIBUTIONS_BESIDE_MAX 24 /* of one sentence */
#define SOURCES_MEANT_MAX 4        /* by "all", "none" */
#define PEOPLE_CLASSES (WORD_PERSON | WORD_PEOPLE | WORD_QUANTITY)

typedef struct reason_finder {
    cast *cast;
    const article *article;
    const resolution *resolutions;
    token_range *reasons; /* [entity_count] */
    size_t entity_count;
    uint32_t
        *first_source; /* [sentence_count] first attribution with a source there, +1; 0: none */
    bool rule_told;    /* the article tells a rule on names */
    bool rule_is_of_aliases; /* and somebody goes by a call sign, whom it is about */
    bool half_names_told;    /* the article says once why it gives first names only */
    token_range of_others;   /* a reason that goes for others too, who are not told apart */
    bool *speaks;            /* [entity_count] */
} reason_finder;

static bool is_clause_border(const article *a, uint32_t at) {
    switch (a->tokens[at].part_of_speech) {
    case POS_COMMA:
    case POS_COLON:
    case POS_STOP:
    case POS_LEFT_BRACKET:
    case POS_RIGHT_BRACKET:
    case POS_OPEN_QUOTE:
    case POS_CLOSE_QUOTE: return true;
    default: return false;
    }
}

/* "who, like others interviewed, spoke": its "who", when the words between commas end before `at`;
 * `at` when they do not. */
static uint32_t who_before_aside(const article *a, uint32_t at, token_range s) {
    enum { ASIDE_TOKENS_MAX = 12 };
    if (at <= s.first || a->tokens[at - 1].part_of_speech != POS_COMMA) return at;
    for (uint32_t i = at - 1, least = back(i, ASIDE_TOKENS_MAX, s.first + 1); i > least; i--)
        if (a->tokens[i - 1].part_of_speech == POS_COMMA)
            return a->tokens[i - 2].part_of_speech == POS_WP ? i - 2 : at;
    return at;
}

/* The clause's first word: "who", the participle, or the verb behind the subject; the subject where
 * it is no source ("military rules allow"); not the verb of telling ("said on condition"). */
static uint32_t reason_begin(const article *a, uint32_t at, token_range s) {
    static const char *const openers[] = {"not", "on", "neither", "none", "nobody"};
    static const char *const rules[] = {"rules",    "law",  "laws",     "regulations", "policy",
                                        "contract", "rank", "position", "protocol"};
    static const char *const tellings[] = {"said", "told"};
    uint32_t least = back(at, 16, s.first), i = at;
    while (i > least && !is_clause_border(a, i - 1)) {
        i--;
        if (a->tokens[i].part_of_speech == POS_WP && !word_is(a, i, "what")) return i;
    }
    uint32_t start = i, who = who_before_aside(a, i, s);
    if (who < start) return who;
    for (; i < at; i++) {
        part_of_speech pos = (part_of_speech)a->tokens[i].part_of_speech;
        if (WORD_IN(a, i, rules)) return start;
        if (WORD_IN(a, i, tellings)) continue;
        if (pos == POS_VBG || pos == POS_VBN || token_is_finite_verb(a, i)) return i;
        if (WORD_IN(a, i, openers)) return i;
    }
    return start;
}

static bool continues_reason(const article *a, uint32_t at, uint32_t limit) {
    static const char *const openers[] = {"because", "since",  "as",   "citing",  "given", "for",
                                          "so",      "in",     "out",  "fearing", "owing", "due",
                                          "under",   "afraid", "lest", "per",     "unless"};
    return at + 1 < limit && a->tokens[at].part_of_speech == POS_COMMA &&
           VIEW_IN_IGNORING_CASE(token_text(a, at + 1), openers);
}

/* Behind a comma: "having been told to", "the paper being secret". */
static bool continues_with_participle(const article *a, uint32_t at, uint32_t limit) {
    static const char *const participles[] = {"being", "having"};
    return a->tokens[at].part_of_speech == POS_COMMA &&
           RANGE_HAS(a, ahead(at, 1, limit), ahead(at, 6, limit), participles);
}

/* To the end of the clause, a "because" behind a comma included; the cue of a statement ends it. */
static uint32_t reason_end(const article *a, uint32_t at, token_range s, uint32_t cue) {
    uint32_t limit = ahead(at, CLAUSE_TOKENS_MAX, s.end), i = at + 1;
    if (cue > at && cue < limit) limit = cue;
    while (i < limit && (!is_clause_border(a, i) || continues_reason(a, i, limit) ||
                         continues_with_participle(a, i, limit)))
        i++;
    return i;
}

static bool is_half_named(const cast *c, uint32_t number) {
    return number != NO_ENTITY && entity_is_half_named(c, &c->entities.items[number]);
}

/* Its words count it or bring it in: "two diplomats", "a bank". */
static bool is_counted(const cast *c, uint32_t number) {
    const mention *m = &c->mentions.items[c->entities.items[number].best_mention];
    return c->words[m->phrase.first].classes & WORD_QUANTITY || m->indefinite;
}

/* People without a name, or "a bank that asked not to be named". */
static bool is_unnamed(const cast *c, uint32_t number) {
    if (number == NO_ENTITY || c->entities.items[number].kind != ENTITY_DESCRIBED) return false;
    uint32_t classes = c->entities.items[number].classes;
    if (classes & PEOPLE_CLASSES || !(classes & (WORD_BODY | WORD_DOCUMENT))) return true;
    return classes & WORD_BODY && is_counted(c, number);
}

static bool is_unnamed_person(const cast *c, uint32_t number) {
    return is_unnamed(c, number) && c->entities.items[number].classes & PEOPLE_CLASSES;
}

/* The attribution of this sentence whose source holds `at`, or ends last before it. */
static uint32_t attribution_beside(const reason_finder *f, uint32_t at) {
    const article *a = f->article;
    uint32_t best = UINT32_MAX, best_end = 0;
    uint32_t here = a->tokens[at].sentence;
    uint32_t first = f->first_source[here],
             stop = ahead(first, ATTRIBUTIONS_BESIDE_MAX, (uint32_t)a->attribution_count + 1);
    for (uint32_t i = first; i > 0 && i < stop; i++) {
        token_range source = f->resolutions[i - 1].source.tokens;
        if (source.first == source.end || a->tokens[source.first].sentence != here) continue;
        if (range_contains(source, at)) return i - 1;
        if (source.end <= at && source.end > best_end) {
            best = i - 1;
            best_end = source.end;
        }
    }
    return best;
}

/* "others" of "the pilot, like others, spoke", "staff" of "the member of staff". */
static bool is_beside_the_subject(const cast *c, uint32_t index) {
    const mention *m = &c->mentions.items[index];
    if (m->phrase.first == 0) return false;
    if (word_is(c->article, m->phrase.first - 1, "like")) return true;
    if (index == 0 || !word_is(c->article, m->phrase.first - 1, "of")) return false;
    const mention *whole = &c->mentions.items[index - 1];
    return whole->head + 2 == m->phrase.first && whole->classes & WORD_PERSON &&
           !(whole->classes & WORD_QUANTITY);
}

/* The last person before `at` in its sentence that could be its subject. */
static uint32_t subject_before(const reason_finder *f, uint32_t at) {
    const article *a = f->article;
    uint32_t index = cast_mention_from(f->cast, at);
    for (int seen = 0; index > 0 && seen < 12; index--, seen++) {
        const mention *m = &f->cast->mentions.items[index - 1];
        if (a->tokens[m->head].sentence != a->tokens[at].sentence) break;
        bool person = m->form == MENTION_PRONOUN ? source_form_of(f->cast, m) != SOURCE_IT
                                                 : (m->classes & PEOPLE_CLASSES) != 0;
        if (person && m->form != MENTION_BODY && !is_beside_the_subject(f->cast, index - 1))
            return index - 1;
    }
    return NO_MENTION;
}

/* The attributions whose sources stand in sentence `here`: the next one from `i` on, counted from
 * 1; 0 when there are no more. */
static uint32_t next_source(const reason_finder *f, uint32_t here, uint32_t i) {
    uint32_t first = f->first_source[here];
    uint32_t stop =
        ahead(first, ATTRIBUTIONS_BESIDE_MAX, (uint32_t)f->article->attribution_count + 1);
    for (i = i < first ? first : i; first > 0 && i < stop; i++) {
        token_range source = f->resolutions[i - 1].source.tokens;
        if (source.first < source.end && f->article->tokens[source.first].sentence == here)
            return i;
    }
    return 0;
}

static bool agrees(const cast *c, uint32_t number, const mention *called) {
    const entity *e = &c->entities.items[number];
    return e->plural == called->plural && !genders_clash(entity_gender(e), called->gender);
}

/* The unnamed source of another sentence that `called` can mean, which may be NULL: the nearest,
 * before or behind; rather one that agrees in number and gender. */
static uint32_t source_nearby(const reason_finder *f, uint32_t at, const mention *called,
                              uint32_t far_max) {
    const article *a = f->article;
    uint32_t here = a->tokens[at].sentence, fallback = NO_ENTITY;
    for (uint32_t far = 1; far <= far_max; far++) {
        for (int behind = 0; behind < 2; behind++) {
            if (!behind && far > here) continue;
            uint32_t there = behind ? here + far : here - far;
            if (there >= a->sentence_count) continue;
            for (uint32_t i = next_source(f, there, 1); i > 0; i = next_source(f, there, i + 1)) {
                uint32_t number = f->resolutions[i - 1].entities[0];
                if (!is_unnamed_person(f->cast, number)) continue;
                if (!called || agrees(f->cast, number, called)) return number;
                if (fallback == NO_ENTITY) fallback = number;
            }
        }
    }
    return fallback;
}

/* A word of the source is the same noun: "member" of "one of its members". */
static bool source_holds_noun(const reason_finder *f, uint32_t attribution_index,
                              const mention *called) {
    token_range source = f->resolutions[attribution_index].source.tokens;
    const cast *c = f->cast;
    uint32_t end = ahead(source.first, SOURCE_WORDS_LOOKED_AT, source.end);
    for (uint32_t i = cast_mention_from(c, source.first);
         i < c->mentions.count && c->mentions.items[i].head < end; i++)
        if (cast_head_hash(c, &c->mentions.items[i]) == cast_head_hash(c, called)) return true;
    return false;
}

/* "The diplomat is not permitted to give interviews": the source nearby that was called so. */
static uint32_t source_called(const reason_finder *f, uint32_t at, const mention *called) {
    uint32_t here = f->article->tokens[at].sentence;
    for (uint32_t far = 0; far <= SENTENCES_AWAY_MAX && far <= here; far++) {
        for (uint32_t i = next_source(f, here - far, 1); i > 0;
             i = next_source(f, here - far, i + 1)) {
            uint32_t number = f->resolutions[i - 1].entities[0];
            if (!is_unnamed(f->cast, number)) continue;
            const mention *m =
                &f->cast->mentions.items[f->cast->entities.items[number].best_mention];
            if (cast_head_hash(f->cast, m) == cast_head_hash(f->cast, called)) return number;
            if (m->classes & (WORD_QUANTITY | WORD_VAGUE) && source_holds_noun(f, i - 1, called))
                return number;
        }
    }
    bool rule = called->plural && !called->definite; /* "pilots may not be named" */
    return rule ? source_nearby(f, at, NULL, 1) : NO_ENTITY;
}

/* Somebody else stands between the source and the words at `at` and is their subject: "a spokesman
 * said so; two officials insisted on anonymity". */
static bool other_people_between(const reason_finder *f, uint32_t beside, uint32_t at) {
    token_range source = f->resolutions[beside].source.tokens;
    if (at < source.end) return false;
    for (uint32_t i = cast_mention_from(f->cast, source.end);
         i < f->cast->mentions.count && f->cast->mentions.items[i].head < at; i++) {
        const mention *m = &f->cast->mentions.items[i];
        bool people = m->form == MENTION_DESCRIPTION && m->classes & (WORD_PERSON | WORD_PEOPLE) &&
                      !(m->classes & WORD_QUANTITY) && !m->modifier; /* not "like others" */
        bool same = m->entity == f->resolutions[beside].entities[0];
        if (people && m->subject && !same && m->possessor == NO_MENTION) return true;
    }
    return false;
}

/* Whose name is withheld by the words at `at`; *cue: where a statement of theirs goes on. */
static uint32_t withheld_entity(const reason_finder *f, uint32_t at, uint32_t *cue) {
    uint32_t beside = attribution_beside(f, at);
    if (beside != UINT32_MAX && !other_people_between(f, beside, at)) {
        const attribution *said = &f->article->attributions[beside];
        if (said->cues.count && said->cues.items[0].first > at) *cue = said->cues.items[0].first;
        return f->resolutions[beside].entities[0];
    }
    uint32_t subject = subject_before(f, at);
    if (subject == NO_MENTION) return source_nearby(f, at, NULL, SENTENCES_AWAY_MAX);
    const mention *m = &f->cast->mentions.items[subject];
    if (m->form == MENTION_PERSON) return m->entity; /* who has a name withholds none */
    if (m->entity < f->entity_count && f->speaks[m->entity] &&
        (is_unnamed(f->cast, m->entity) || is_half_named(f->cast, m->entity)))
        return m->entity;
    bool counts = m->classes & (WORD_QUANTITY | WORD_PEOPLE); /* "both", "none" */
    return m->form == MENTION_DESCRIPTION && !counts
               ? source_called(f, at, m)
               : source_nearby(f, at, m->form == MENTION_PRONOUN ? m : NULL, SENTENCES_AWAY_MAX);
}

static bool sentence_has(const article *a, token_range s, const char *word) {
    for (uint32_t i = s.first; i < s.end; i++)
        if (word_is(a, i, word)) return true;
    return false;
}

static bool speaks_of_names(const article *a, token_range s) {
    static const char *const names[] = {"surname", "surnames", "name", "sign", "signs", "initials"};
    return RANGE_HAS(a, s.first, s.end, names);
}

/* "asked to be identified by first name only": goes for everyone who is called so. */
static bool tells_of_half_names(const article *a, uint32_t at, token_range s) {
    return sentence_has(a, (token_range){at, s.end}, "first") &&
           (sentence_has(a, (token_range){at, s.end}, "name") ||
            sentence_has(a, (token_range){at, s.end}, "names"));
}

/* "Soldiers may be identified only by call sign", "rules forbid the use of pilots' names". */
static bool is_rule_on_names(const article *a, token_range s) {
    static const char *const signs[] = {"sign", "signs", "callsign", "callsigns", "pseudonyms"};
    static const char *const rules[] = {"rule", "rules", "law", "laws", "regulations", "policy"};
    return RANGE_HAS(a, s.first, s.end, signs) ||
           (RANGE_HAS(a, s.first, s.end, rules) && sentence_has(a, s, "names"));
}

/* Gives a reason to all who are called by a first name; or by a call sign, when aliases_only. True
 * when there are such. */
static bool note_half_names(reason_finder *f, token_range reason, bool aliases_only) {
    bool any = false;
    for (uint32_t i = 0; i < f->article->attribution_count; i++) {
        uint32_t number = f->resolutions[i].entities[0];
        if (number < f->entity_count && is_half_named(f->cast, number) &&
            (f->cast->entities.items[number].alias || !aliases_only) &&
            f->reasons[number].first == f->reasons[number].end) {
            f->reasons[number] = reason;
            any = true;
        }
    }
    return any;
}

/* How many sources the first words of a sentence mean: "both", "neither", "all three", "the two".
 */
static size_t sources_meant(const reason_finder *f, token_range s) {
    const article *a = f->article;
    uint32_t at = s.first;
    while (at + 2 < s.end && a->tokens[at].part_of_speech == POS_CC && !word_is(a, at, "both") &&
           !word_is(a, at, "neither"))
        at++;
    if (word_is(a, at, "both") || word_is(a, at, "neither")) return 2;
    if (at + 1 >= s.end) return 0;
    if (word_is(a, at, "all")) return word_is(a, at + 1, "three") ? 3 : SOURCES_MEANT_MAX;
    if (word_is(a, at, "none")) return SOURCES_MEANT_MAX;
    return word_is(a, at, "the") && word_is(a, at + 1, "two") ? 2 : 0;
}

/* How many people a source is: 1, what its words count, or more than a reason can mean. */
static size_t people_in(const cast *c, uint32_t number) {
    const entity *e = &c->entities.items[number];
    if (!e->plural) return 1;
    uint32_t first = c->mentions.items[e->best_mention].phrase.first;
    if (word_is(c->article, first, "two") || word_is(c->article, first, "both")) return 2;
    if (word_is(c->article, first, "three")) return 3;
    return is_counted(c, number) ? SOURCES_MEANT_MAX : SOURCES_MEANT_MAX + 1;
}

/* "Both asked for anonymity": the reason goes for the last unnamed sources before the sentence. */
static void share_reason(reason_finder *f, token_range s, token_range reason) {
    size_t left = sources_meant(f, s);
    uint32_t here = f->article->tokens[s.first].sentence;
    for (uint32_t far = 1; far <= SENTENCES_AWAY_MAX && far <= here && left > 0; far++) {
        for (uint32_t i = next_source(f, here - far, 1); i > 0 && left > 0;
             i = next_source(f, here - far, i + 1)) {
            uint32_t number = f->resolutions[i - 1].entities[0];
            if (number >= f->entity_count || !is_unnamed_person(f->cast, number) ||
                people_in(f->cast, number) > left ||
                f->reasons[number].first < f->reasons[number].end)
                continue;
            f->reasons[number] = reason;
            left -= people_in(f->cast, number);
        }
    }
}

/* "who, like others interviewed for this article, spoke", "like all respondents". */
static bool goes_for_others(const article *a, uint32_t at, token_range s) {
    static const char *const others[] = {"others", "other", "all", "those", "everyone"};
    static const char *const asked[] = {"interviewed", "quoted", "respondents", "questioned"};
    uint32_t end = ahead(at, OTHERS_WITHIN, s.end);
    for (uint32_t i = back(at, OTHERS_WITHIN, s.first); i + 1 < end; i++)
        if (word_is(a, i, "like") && RANGE_HAS(a, i + 1, ahead(i, 3, end), others) &&
            RANGE_HAS(a, i + 1, ahead(i, 6, end), asked))
            return true;
    return false;
}

/* One person or a number of them, not "several officials". */
static bool is_a_number_of_people(const cast *c, uint32_t number) {
    uint32_t first = c->mentions.items[c->entities.items[number].best_mention].phrase.first;
    return !c->entities.items[number].plural || pos_at(c, first) == POS_CD;
}

/* Gives a reason that others share to the unnamed persons of the article who have none of their
 * own. */
static void share_with_others(reason_finder *f) {
    if (f->of_others.first == f->of_others.end) return;
    for (uint32_t i = 0; i < f->article->attribution_count; i++) {
        uint32_t number = f->resolutions[i].entities[0];
        if (number < f->entity_count && is_unnamed_person(f->cast, number) &&
            is_a_number_of_people(f->cast, number) &&
            f->reasons[number].first == f->reasons[number].end)
            f->reasons[number] = f->of_others;
    }
}

/* One sentence may have two wordings of the same reason. */
static void add_reason(token_range *reason, token_range found, token_range s) {
    if (reason->first == reason->end)
        *reason = found;
    else if (reason->end + GAP_TOKENS_MAX >= found.first && found.first >= reason->first &&
             reason->end <= s.end && reason->first >= s.first && found.end > reason->end)
        reason->end = found.end;
}

static void note_reason(reason_finder *f, uint32_t at, token_range s) {
    const article *a = f->article;
    uint32_t cue = 0, number = withheld_entity(f, at, &cue);
    token_range near = {back(at, CLAUSE_TOKENS_MAX, s.first), ahead(at, CLAUSE_TOKENS_MAX, s.end)};
    token_range found = {reason_begin(a, at, s), reason_end(a, at, s, cue)};
    if (!f->half_names_told && tells_of_half_names(a, at, near)) {
        f->half_names_told = true;
        note_half_names(f, found, false);
    }
    share_reason(f, s, found);
    if (f->of_others.first == f->of_others.end && goes_for_others(a, at, s)) f->of_others = found;
    bool half_named = is_half_named(f->cast, number) && speaks_of_names(a, near);
    if (!half_named && is_rule_on_names(a, near)) {
        if (!f->rule_told) f->rule_is_of_aliases = note_half_names(f, found, true);
        f->rule_told = true;
        if (f->rule_is_of_aliases) return;
    }
    if (half_named || is_unnamed(f->cast, number)) add_reason(&f->reasons[number], found, s);
}

static bool prepare(reason_finder *f) {
    const article *a = f->article;
    f->entity_count = f->cast->entities.count;
    f->reasons = ARENA_NEW(a->arena, token_range, f->entity_count);
    f->first_source = ARENA_NEW(a->arena, uint32_t, a->sentence_count);
    f->speaks = ARENA_NEW(a->arena, bool, f->entity_count);
    if (!f->reasons || !f->first_source || !f->speaks) return false;
    for (uint32_t i = 0; i < a->attribution_count; i++) {
        for (size_t k = 0; k < f->resolutions[i].source.part_count; k++)
            if (f->resolutions[i].entities[k] != NO_ENTITY)
                f->speaks[f->resolutions[i].entities[k]] = true;
        token_range source = f->resolutions[i].source.tokens;
        if (source.first == source.end) continue;
        uint32_t *slot = &f->first_source[a->tokens[source.first].sentence];
        if (!*slot) *slot = i + 1;
    }
    return true;
}

/* "two", "two of them" and "two of the officials" after "four officials", not "two of the guards".
 */
static bool is_part_of(const cast *c, const mention *part, const mention *whole) {
    uint32_t at = part->head + 1;
    if (at >= c->article->token_count || !word_is(c->article, at, "of")) return true;
    uint32_t of_whom = cast_mention_from(c, at);
    if (of_whom >= c->mentions.count) return true;
    const mention *named = &c->mentions.items[of_whom];
    bool vague = whole->classes & (WORD_VAGUE | WORD_PEOPLE) || named->classes & WORD_QUANTITY;
    return named->form != MENTION_DESCRIPTION || vague ||
           cast_head_hash(c, named) == cast_head_hash(c, whole);
}

/* "the officials" after "four officials", "one" after "two diplomats": the same people or some of
 * them, so that what is said of their names goes for both. */
static bool is_related(const cast *c, uint32_t before, uint32_t number) {
    const mention *first = &c->mentions.items[c->entities.items[before].best_mention];
    const mention *m = &c->mentions.items[c->entities.items[number].best_mention];
    uint32_t far = c->article->tokens[m->head].sentence - c->article->tokens[first->head].sentence;
    if (m->head < first->head || far > SENTENCES_AWAY_MAX) return false;
    if (m->possessor != NO_MENTION) return false;
    bool counts = word_is(c->article, m->head, "one") || m->classes & WORD_QUANTITY;
    if (first->plural && m->head == m->phrase.first && counts && is_part_of(c, m, first))
        return true;
    if (word_is(c->article, first->head, "one") && word_is(c->article, m->head, "other"))
        return true;
    if (first->classes & WORD_QUANTITY && m->definite && m->classes & WORD_PERSON) return true;
    bool counted = c->words[m->phrase.first].classes & WORD_QUANTITY || m->indefinite;
    return cast_head_hash(c, first) == cast_head_hash(c, m) &&
           (m->definite || (first->plural && counted));
}

/* Gives related sources without a reason of their own that of the nearest one that has it. */
static void spread_reasons(reason_finder *f) {
    uint32_t near[RELATED_LOOKED_AT], count = 0;
    for (int turn = 0; turn < 2; turn++, count = 0) {
        for (uint32_t i = 0; i < f->article->attribution_count; i++) {
            uint32_t number =
                f->resolutions[turn ? f->article->attribution_count - 1 - i : i].entities[0];
            if (number >= f->entity_count || !is_unnamed(f->cast, number)) continue;
            for (uint32_t k = count; k > 0; k--) {
                uint32_t other = near[k - 1];
                bool empty = f->reasons[number].first == f->reasons[number].end;
                bool related =
                    turn ? is_related(f->cast, number, other) && is_counted(f->cast, number)
                         : is_related(f->cast, other, number);
                if (other != number && empty && related) f->reasons[number] = f->reasons[other];
            }
            if (count == RELATED_LOOKED_AT) memmove(near, near + 1, --count * sizeof *near);
            near[count++] = number;
        }
    }
}

whosaid_status reason_find(cast *c, const resolution *resolutions, token_range **out,
                           whosaid_error *err) {
    reason_finder f = {.cast = c, .article = c->article, .resolutions = resolutions};
    if (!prepare(&f)) return error_no_memory(err);
    for (size_t i = 0; i < c->reasons.count; i++) {
        uint32_t at = c->reasons.items[i];
        note_reason(&f, at, f.article->sentences[f.article->tokens[at].sentence].tokens);
    }
    spread_reasons(&f);
    share_with_others(&f);
    *out = f.reasons;
    return WHOSAID_OK;
}
