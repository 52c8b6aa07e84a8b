#include "identify/reason.h"

#include "base/error.h"
#include "identify/word_window.h"

#define CLAUSE_TOKENS_MAX 40       /* on one side of the word at which a reason was found */
#define SENTENCES_AWAY_MAX 4       /* between a reason and the source it is told of */
#define GAP_TOKENS_MAX 14          /* between two wordings that are one reason */
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
        *first_source;    /* [sentence_count] first attribution with a source there, +1; 0: none */
    bool half_names_told; /* the article says once why it gives first names only */
    bool *speaks;         /* [entity_count] */
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

/* The clause's first word: "who", the participle, or the verb behind the subject. */
static uint32_t reason_begin(const article *a, uint32_t at, token_range s) {
    uint32_t least = back(at, 16, s.first), i = at;
    while (i > least && !is_clause_border(a, i - 1)) {
        i--;
        if (a->tokens[i].part_of_speech == POS_WP && !word_is(a, i, "what")) return i;
    }
    uint32_t start = i;
    for (; i < at; i++) {
        part_of_speech pos = (part_of_speech)a->tokens[i].part_of_speech;
        if (pos == POS_VBG || pos == POS_VBN || token_is_finite_verb(a, i)) return i;
        if (word_is(a, i, "not") || word_is(a, i, "on")) return i;
    }
    return start;
}

static bool continues_reason(const article *a, uint32_t at, uint32_t limit) {
    static const char *const openers[] = {"because", "since", "as",   "citing", "given",
                                          "for",     "so",    "lest", "in",     "out",
                                          "fearing", "owing", "due"};
    return at + 1 < limit && a->tokens[at].part_of_speech == POS_COMMA &&
           VIEW_IN_IGNORING_CASE(token_text(a, at + 1), openers);
}

/* To the end of the clause, a "because" behind a comma included; the cue of a statement ends it. */
static uint32_t reason_end(const article *a, uint32_t at, token_range s, uint32_t cue) {
    uint32_t limit = ahead(at, CLAUSE_TOKENS_MAX, s.end), i = at + 1;
    if (cue > at && cue < limit) limit = cue;
    while (i < limit && (!is_clause_border(a, i) || continues_reason(a, i, limit)))
        i++;
    return i;
}

static bool is_half_named(const cast *c, uint32_t number) {
    return number != NO_ENTITY && entity_is_half_named(c, &c->entities.items[number]);
}

static bool is_unnamed(const cast *c, uint32_t number) {
    if (number == NO_ENTITY || c->entities.items[number].kind != ENTITY_DESCRIBED) return false;
    uint32_t classes = c->entities.items[number].classes;
    return classes & PEOPLE_CLASSES || !(classes & (WORD_BODY | WORD_DOCUMENT));
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

/* The last person before `at` in its sentence that could be its subject. */
static uint32_t subject_before(const reason_finder *f, uint32_t at) {
    const article *a = f->article;
    uint32_t index = cast_mention_from(f->cast, at);
    for (int seen = 0; index > 0 && seen < 12; index--, seen++) {
        const mention *m = &f->cast->mentions.items[index - 1];
        if (a->tokens[m->head].sentence != a->tokens[at].sentence) break;
        bool person = m->form == MENTION_PRONOUN || m->classes & PEOPLE_CLASSES;
        if (person && m->form != MENTION_BODY) return index - 1;
    }
    return NO_MENTION;
}

/* The unnamed source of another sentence that the subject can mean: the nearest, before or behind.
 */
static uint32_t source_nearby(const reason_finder *f, uint32_t at) {
    const article *a = f->article;
    uint32_t here = a->tokens[at].sentence;
    for (uint32_t far = 1; far <= SENTENCES_AWAY_MAX; far++) {
        for (int behind = 0; behind < 2; behind++) {
            if (!behind && far > here) continue;
            uint32_t there = behind ? here + far : here - far;
            if (there >= a->sentence_count || !f->first_source[there]) continue;
            uint32_t number = f->resolutions[f->first_source[there] - 1].entities[0];
            if (is_unnamed(f->cast, number) &&
                f->cast->entities.items[number].classes & PEOPLE_CLASSES)
                return number;
        }
    }
    return NO_ENTITY;
}

/* "The diplomat is not permitted to give interviews": the source nearby that was called so. */
static uint32_t source_called(const reason_finder *f, uint32_t at, const mention *called) {
    const article *a = f->article;
    uint32_t here = a->tokens[at].sentence;
    for (uint32_t far = 0; far <= SENTENCES_AWAY_MAX && far <= here; far++) {
        uint32_t first = f->first_source[here - far];
        for (uint32_t i = first;
             i > 0 && i <= a->attribution_count && i < first + ATTRIBUTIONS_BESIDE_MAX; i++) {
            uint32_t number = f->resolutions[i - 1].entities[0];
            if (!is_unnamed(f->cast, number)) continue;
            const mention *m =
                &f->cast->mentions.items[f->cast->entities.items[number].best_mention];
            if (cast_head_hash(f->cast, m) == cast_head_hash(f->cast, called)) return number;
        }
    }
    return NO_ENTITY;
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
    if (subject == NO_MENTION) return source_nearby(f, at);
    const mention *m = &f->cast->mentions.items[subject];
    if (m->form == MENTION_PERSON) return m->entity; /* who has a name withholds none */
    if (m->entity < f->entity_count && f->speaks[m->entity] &&
        (is_unnamed(f->cast, m->entity) || is_half_named(f->cast, m->entity)))
        return m->entity;
    return m->form == MENTION_DESCRIPTION && !(m->classes & WORD_QUANTITY) ? source_called(f, at, m)
                                                                           : source_nearby(f, at);
}

static bool sentence_has(const article *a, token_range s, const char *word) {
    for (uint32_t i = s.first; i < s.end; i++)
        if (word_is(a, i, word)) return true;
    return false;
}

static bool speaks_of_names(const article *a, token_range s) {
    return sentence_has(a, s, "surname") || sentence_has(a, s, "surnames") ||
           sentence_has(a, s, "name");
}

/* "asked to be identified by first name only": goes for everyone who is called so. */
static bool tells_of_half_names(const article *a, uint32_t at, token_range s) {
    return sentence_has(a, (token_range){at, s.end}, "first") &&
           (sentence_has(a, (token_range){at, s.end}, "name") ||
            sentence_has(a, (token_range){at, s.end}, "names"));
}

static void note_half_names(reason_finder *f, uint32_t at, token_range s) {
    f->half_names_told = true;
    token_range found = {reason_begin(f->article, at, s), reason_end(f->article, at, s, 0)};
    for (uint32_t i = 0; i < f->article->attribution_count; i++) {
        uint32_t number = f->resolutions[i].entities[0];
        if (number < f->entity_count && is_half_named(f->cast, number) &&
            f->reasons[number].first == f->reasons[number].end)
            f->reasons[number] = found;
    }
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

/* "Both asked for anonymity": the reason goes for the last unnamed sources before the sentence. */
static void share_reason(reason_finder *f, token_range s, token_range reason) {
    size_t left = sources_meant(f, s);
    uint32_t here = f->article->tokens[s.first].sentence;
    for (uint32_t far = 1; far <= SENTENCES_AWAY_MAX && far <= here && left > 0; far++) {
        uint32_t first = f->first_source[here - far];
        if (!first) continue;
        for (uint32_t i = first;
             i <= f->article->attribution_count && i < first + ATTRIBUTIONS_BESIDE_MAX && left > 0;
             i++) {
            token_range source = f->resolutions[i - 1].source.tokens;
            uint32_t number = f->resolutions[i - 1].entities[0];
            bool there = source.first < source.end &&
                         f->article->tokens[source.first].sentence == here - far;
            if (!there || number >= f->entity_count || !is_unnamed(f->cast, number) ||
                f->cast->entities.items[number].plural ||
                f->reasons[number].first < f->reasons[number].end)
                continue;
            f->reasons[number] = reason;
            left--;
        }
    }
}

static void note_reason(reason_finder *f, uint32_t at, token_range s) {
    uint32_t cue = 0, number = withheld_entity(f, at, &cue);
    token_range near = {back(at, CLAUSE_TOKENS_MAX, s.first), ahead(at, CLAUSE_TOKENS_MAX, s.end)};
    if (!f->half_names_told && tells_of_half_names(f->article, at, near)) note_half_names(f, at, s);
    bool withheld = number < f->entity_count &&
                    (is_unnamed(f->cast, number) ||
                     (is_half_named(f->cast, number) && speaks_of_names(f->article, near)));
    token_range found = {reason_begin(f->article, at, s), reason_end(f->article, at, s, cue)};
    share_reason(f, s, found);
    if (!withheld) return;
    token_range *reason = &f->reasons[number];
    if (reason->first == reason->end)
        *reason = found;
    else if (reason->end + GAP_TOKENS_MAX >= found.first && found.first >= reason->first &&
             reason->end <= s.end && reason->first >= s.first && found.end > reason->end)
        reason->end = found.end; /* one sentence, two wordings */
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

/* "the officials" after "four officials", "one" after "two diplomats": the same people or some of
 * them, so that what is said of their names goes for both. */
static bool is_related(const cast *c, uint32_t before, uint32_t number) {
    const mention *first = &c->mentions.items[c->entities.items[before].best_mention];
    const mention *m = &c->mentions.items[c->entities.items[number].best_mention];
    uint32_t far = c->article->tokens[m->head].sentence - c->article->tokens[first->head].sentence;
    if (m->head < first->head || far > SENTENCES_AWAY_MAX) return false;
    if (m->possessor != NO_MENTION) return false;
    bool one = view_is_ignoring_case(token_text(c->article, m->head), "one");
    if (first->plural && m->head == m->phrase.first && (one || m->classes & WORD_QUANTITY))
        return true;
    if (first->classes & WORD_QUANTITY && m->definite && m->classes & WORD_PERSON) return true;
    bool counted = c->words[m->phrase.first].classes & WORD_QUANTITY || m->indefinite;
    return cast_head_hash(c, first) == cast_head_hash(c, m) &&
           (m->definite || (first->plural && counted));
}

/* "Two diplomats ... one of them": what a part asks for goes for the whole when it is counted. */
static bool is_counted(const cast *c, uint32_t number) {
    const mention *m = &c->mentions.items[c->entities.items[number].best_mention];
    return c->words[m->phrase.first].classes & WORD_QUANTITY || m->indefinite;
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
    *out = f.reasons;
    return WHOSAID_OK;
}
