#include "identify/implied.h"

#include "identify/spoken_of.h"
#include "identify/word_window.h"

#define ATTRIBUTIONS_LOOKED_AT 8
#define MENTIONS_LOOKED_AT 24

/* What stands before a cue, adverbs left out: the sentence's first token when nothing does. */
typedef struct place {
    token_range sentence;
    uint32_t cue;    /* where its first verb stands */
    uint32_t before; /* the token in front of cue and adverbs; cue's own when none is */
} place;

static place place_of(const cast *c, token_range cue) {
    const article *a = c->article;
    place p = {a->sentences[a->tokens[cue.first].sentence].tokens, cue.first, cue.first};
    while (p.cue + 1 < cue.end && pos_at(c, p.cue) == POS_RB)
        p.cue++;
    while (p.before > p.sentence.first && pos_at(c, p.before - 1) == POS_RB)
        p.before--;
    p.before = p.before > p.sentence.first ? p.before - 1 : p.cue;
    return p;
}

/* "adding", "while calling it late", "by suggesting": not "raising questions about", where a noun
 * carries the words, nor "worth noting" and "means admitting", whose subject is nobody's name. */
static bool is_participle(const cast *c, token_range cue, const place *p) {
    static const char *const bearing[] = {"while", "after", "before",  "by",   "in",
                                          "since", "when",  "without", "upon", "on"};
    /* "Assuming that", "judging by": conjunctions by now. */
    static const char *const conjunctions[] = {"assuming", "considering", "judging",
                                               "speaking", "granting",    "supposing"};
    if (pos_at(c, p->cue) != POS_VBG || WORD_IN(c->article, p->cue, conjunctions)) return false;
    for (uint32_t i = p->cue + 1; i < cue.end; i++)
        if (pos_at(c, i) == POS_NN || pos_at(c, i) == POS_NNS || pos_at(c, i) == POS_VBN)
            return false;
    if (p->before == p->cue) return true;
    part_of_speech pos = pos_at(c, p->before);
    return pos == POS_COMMA || pos == POS_COLON || pos == POS_CC || pos == POS_CLOSE_QUOTE ||
           WORD_IN(c->article, p->before, bearing);
}

/* "frowned and said", "but would not say": a second verb of the same subject. */
static bool is_second_verb(const cast *c, token_range cue, const place *p) {
    if (p->before == p->cue || pos_at(c, p->before) != POS_CC) return false;
    for (uint32_t i = p->cue; i < cue.end; i++)
        if (c->words[i].uses & (USE_BEING | USE_SEEMING)) return false;
    return token_is_finite_verb(c->article, p->cue) || pos_at(c, p->cue) == POS_VB;
}

/* Who speaks the nearest statement of the sentence before the cue: in the same quotation. */
static uint32_t speaker_before(const cast *c, const resolution *resolutions, uint32_t index,
                               const place *p) {
    const article *a = c->article;
    uint32_t found = NO_ENTITY, nearest = p->sentence.first;
    uint32_t first = index > ATTRIBUTIONS_LOOKED_AT ? index - ATTRIBUTIONS_LOOKED_AT : 0;
    for (uint32_t i = first; i < index; i++) {
        const attribution *said = &a->attributions[i];
        if (!said->cues.count || resolutions[i].entities[0] == NO_ENTITY ||
            resolutions[i].around != resolutions[index].around)
            continue;
        uint32_t at = said->cues.items[0].first;
        if (at < nearest || at >= p->cue) continue;
        nearest = at;
        found = resolutions[i].entities[0];
    }
    return found;
}

/* Somebody known, or a body, in the same quotation as the cue. */
static bool can_speak(const cast *c, const mention *m, const place *p) {
    const article *a = c->article;
    uint32_t speaking = WORD_PERSON | WORD_PEOPLE | WORD_BODY | WORD_DOCUMENT | WORD_QUANTITY;
    return !m->modifier && !m->possessive && m->entity != NO_ENTITY &&
           (m->form != MENTION_DESCRIPTION || m->classes & speaking) &&
           a->tokens[m->head].quote_depth == a->tokens[p->cue].quote_depth;
}

/* The nearest subject in front of the cue, or who opens the sentence: "Cole on Monday left". */
static uint32_t subject_before(const cast *c, const place *p) {
    uint32_t i = cast_mention_from(c, p->cue);
    for (uint32_t seen = 0; i > 0 && seen < MENTIONS_LOOKED_AT; i--, seen++) {
        const mention *m = &c->mentions.items[i - 1];
        if (m->head < p->sentence.first) break;
        if (!can_speak(c, m, p)) continue;
        if (m->subject || mention_begin_with_owners(c, m) == p->sentence.first) return m->entity;
    }
    return NO_ENTITY;
}

/* The first subject from `at` to the end of the sentence that stands behind a comma. */
static uint32_t subject_from(const cast *c, uint32_t at, const place *p) {
    uint32_t i = cast_mention_from(c, at);
    for (uint32_t seen = 0; i < c->mentions.count && seen < MENTIONS_LOOKED_AT; i++, seen++) {
        const mention *m = &c->mentions.items[i];
        if (m->head >= p->sentence.end) break;
        uint32_t first = mention_begin_with_owners(c, m);
        bool opens = first > 0 && pos_at(c, first - 1) == POS_COMMA;
        if (opens && m->subject && can_speak(c, m, p)) return m->entity;
    }
    return NO_ENTITY;
}

/* "Calling it late, Cole left": behind what is said, or inside it where it was read too far. */
static uint32_t subject_behind(const cast *c, const attribution *said, const place *p) {
    uint32_t from = p->cue;
    for (size_t i = 0; i < said->contents.count; i++)
        if (said->contents.items[i].end > from) from = said->contents.items[i].end;
    uint32_t found = subject_from(c, from, p);
    return found != NO_ENTITY ? found : subject_from(c, p->cue, p);
}

/* Who is named right at `at`. */
static uint32_t speaker_at(const cast *c, uint32_t at, const place *p) {
    for (uint32_t i = cast_mention_from(c, at), seen = 0; i < c->mentions.count && seen < 4;
         i++, seen++) {
        const mention *m = &c->mentions.items[i];
        uint32_t first = mention_begin_with_owners(c, m);
        if (first > at) break;
        if (first == at && can_speak(c, m, p)) return m->entity;
    }
    return NO_ENTITY;
}

/* "was criticised by Cole", "asked by reporters", "faced questions from reporters". */
static uint32_t agent_behind(const cast *c, token_range cue, const place *p) {
    if (cue.end + 1 >= p->sentence.end) return NO_ENTITY;
    part_of_speech pos = pos_at(c, cue.end - 1);
    text_view next = token_text(c->article, cue.end);
    bool by = view_is(next, "by") && (pos == POS_VBN || pos == POS_VBD);
    bool from = view_is(next, "from") && is_received(c, cue.end - 1);
    return by || from ? speaker_at(c, cue.end + 1, p) : NO_ENTITY;
}

/* "“No,” says the mayor's paper": who follows the verb behind a quotation, though it was read as
 * a part of what is said. */
static uint32_t inverted_subject(const cast *c, const attribution *said, token_range cue,
                                 const place *p) {
    part_of_speech pos = pos_at(c, cue.first);
    bool verb = cue.end == cue.first + 1 && (pos == POS_VBZ || pos == POS_VBD);
    if (!verb || cue.end >= p->sentence.end || !said->contents.count) return NO_ENTITY;
    uint32_t end = said->contents.items[0].end;
    bool behind = end == cue.first || (end + 1 == cue.first && pos_at(c, end) == POS_COMMA);
    return behind ? speaker_at(c, cue.end, p) : NO_ENTITY;
}

/* The subject that a participle or a second verb shares. */
static uint32_t shared_subject(const cast *c, const resolution *resolutions, uint32_t index,
                               const place *p) {
    const attribution *said = &c->article->attributions[index];
    token_range cue = said->cues.items[0];
    bool participle = is_participle(c, cue, p);
    if (!participle && !is_second_verb(c, cue, p)) return NO_ENTITY;
    uint32_t found = speaker_before(c, resolutions, index, p);
    if (found == NO_ENTITY) found = subject_before(c, p);
    if (found == NO_ENTITY && participle) found = subject_behind(c, said, p);
    return found;
}

uint32_t implied_speaker(const cast *c, const resolution *resolutions, uint32_t index) {
    const attribution *said = &c->article->attributions[index];
    if (!said->cues.count || said->cues.items[0].first >= said->cues.items[0].end) return NO_ENTITY;
    token_range cue = said->cues.items[0];
    place p = place_of(c, cue);
    uint32_t found = agent_behind(c, cue, &p);
    if (found != NO_ENTITY || said->sources.count) return found;
    found = inverted_subject(c, said, cue, &p);
    return found != NO_ENTITY ? found : shared_subject(c, resolutions, index, &p);
}
