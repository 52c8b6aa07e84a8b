#include "identify/turn_label.h"

#define INTRODUCTION_MENTIONS_MAX 256
#define PERSONS_MAX 32

static bool is_colon(const article *a, uint32_t at) {
    return at < a->token_count && view_is(token_text(a, at), ":");
}

bool is_turn_label(const article *a, token_range words) {
    if (words.first >= words.end || !is_colon(a, words.end)) return false;
    uint32_t first = a->paragraphs[a->tokens[words.first].paragraph].tokens.first;
    return words.first == first || (words.first == first + 1 && a->tokens[first].quote_mark);
}

bool is_turn_letter(const article *a, uint32_t at) {
    text_view word = token_text(a, at);
    return word.len == 1 && (word.ptr[0] == 'Q' || word.ptr[0] == 'A') &&
           is_turn_label(a, (token_range){at, at + 1});
}

/* "Ledger" of "The Harbour Ledger", or the whole name. */
static bool is_outlet(const article *a, text_view label) {
    if (label.len < 3 || !a->outlet.len) return false;
    if (view_equal_ignoring_case(label, a->outlet)) return true;
    if (a->outlet.len <= label.len || a->outlet.ptr[a->outlet.len - label.len - 1] != ' ')
        return false;
    text_view end = view_slice(a->outlet, a->outlet.len - label.len, a->outlet.len);
    return view_equal_ignoring_case(label, end);
}

turn_label turn_label_of(const article *a, const attribution *said) {
    if (!said->sources.count || !said->cues.count) return TURN_NONE;
    token_range source = said->sources.items[0], cue = said->cues.items[0];
    if (source.first >= source.end || cue.first != source.end || !is_colon(a, cue.first))
        return TURN_NONE;
    if (source.end == source.first + 1 && is_turn_letter(a, source.first))
        return token_text(a, source.first).ptr[0] == 'Q' ? TURN_QUESTION : TURN_ANSWER;
    return is_outlet(a, range_text(a, source)) ? TURN_QUESTION : TURN_NONE;
}

/* "spoke to Vera Lind", "an interview with Vera Lind", "interviewed Vera Lind". */
static bool is_introduced(const cast *c, const mention *m) {
    const article *a = c->article;
    static const char *const words[] = {"with", "to", "interviewed", "asked", "met", "questioned"};
    return m->phrase.first > 0 && VIEW_IN(token_text(a, m->phrase.first - 1), words);
}

uint32_t turn_interviewee(const cast *c, uint32_t first_turn) {
    struct {
        uint32_t entity, weight;
    } persons[PERSONS_MAX];
    size_t count = 0, best = 0;
    for (uint32_t i = 0; i < c->mentions.count && i < INTRODUCTION_MENTIONS_MAX; i++) {
        const mention *m = &c->mentions.items[i];
        if (m->head >= first_turn) break;
        if (m->form != MENTION_PERSON || m->entity == NO_ENTITY) continue;
        if (c->entities.items[m->entity].kind != ENTITY_PERSON) continue;
        size_t k = 0;
        while (k < count && persons[k].entity != m->entity)
            k++;
        if (k == PERSONS_MAX) continue;
        if (k == count) {
            persons[count].entity = m->entity;
            persons[count++].weight = 0;
        }
        persons[k].weight += is_introduced(c, m) ? 3 : 1;
        if (persons[k].weight > persons[best].weight) best = k;
    }
    return count ? persons[best].entity : NO_ENTITY;
}

uint32_t turn_interviewer(const cast *c, uint32_t first_turn) {
    for (uint32_t i = 0; i < c->mentions.count && i < INTRODUCTION_MENTIONS_MAX; i++) {
        const mention *m = &c->mentions.items[i];
        if (m->head >= first_turn) break;
        if (m->form != MENTION_BODY || m->entity == NO_ENTITY || m->modifier) continue;
        if (c->entities.items[m->entity].kind != ENTITY_BODY) continue;
        text_view named = range_text(c->article, m->name);
        bool outlet = is_outlet(c->article, named);
        for (uint32_t k = m->name.first; k < m->name.end; k++)
            outlet = outlet || c->words[k].classes & WORD_OUTLET ||
                     (c->words[k].classes & WORD_BODY_NAME && k + 1 == m->name.end &&
                      m->name.end - m->name.first > 1 && m->subject);
        if (outlet) return m->entity;
    }
    return NO_ENTITY;
}
