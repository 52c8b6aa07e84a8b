#include "identify/author.h"

#define SIGNATURE_TOKENS_MAX 10 /* a name, a place, punctuation */
#define BYLINE_PARAGRAPHS 3
#define LETTER_PARAGRAPHS_MAX 64 /* behind the words whose writer is asked for */

/* The person whose full name begins at `at`, titles before it included; NO_ENTITY when there is
 * none. *end: where the name ends. */
static uint32_t person_at(const cast *c, uint32_t at, uint32_t *end) {
    for (uint32_t i = cast_mention_from(c, at); i < c->mentions.count; i++) {
        const mention *m = &c->mentions.items[i];
        if (m->phrase.first > at) break;
        if (m->phrase.first < at || m->form != MENTION_PERSON || m->modifier || m->possessive ||
            m->name.end - m->name.first < 2)
            continue;
        *end = m->phrase.end;
        return m->entity;
    }
    return NO_ENTITY;
}

/* "Vera Lind.", "Vera Lind, Harrow": nothing but a name and a place. */
static uint32_t signature(const cast *c, uint32_t number) {
    const article *a = c->article;
    token_range words = a->paragraphs[number].tokens;
    uint32_t end = 0;
    if (words.end - words.first > SIGNATURE_TOKENS_MAX || words.first == words.end)
        return NO_ENTITY;
    uint32_t found = person_at(c, words.first, &end);
    if (found == NO_ENTITY || c->in_source[words.first]) return NO_ENTITY;
    for (uint32_t i = end; i < words.end; i++) {
        part_of_speech pos = pos_at(c, i);
        if (pos != POS_COMMA && pos != POS_STOP && pos != POS_NNP) return NO_ENTITY;
    }
    return found;
}

/* The first signature behind the paragraph, in an article that ends with one. */
static uint32_t letter_writer(const cast *c, uint32_t number) {
    uint32_t last = (uint32_t)c->article->paragraph_count - 1;
    uint32_t found = signature(c, last);
    for (uint32_t i = number + 1;
         found != NO_ENTITY && i < last && i <= number + LETTER_PARAGRAPHS_MAX; i++) {
        uint32_t before = signature(c, i);
        if (before != NO_ENTITY) return before;
    }
    return found;
}

/* "Vera Lind is a historian.", at the end, of somebody who was not spoken of before. */
static uint32_t introduced_last(const cast *c) {
    token_range words = c->article->paragraphs[c->article->paragraph_count - 1].tokens;
    uint32_t end = 0, found = person_at(c, words.first, &end);
    bool new = found != NO_ENTITY && c->entities.items[found].first_token >= words.first;
    return new && !c->in_source[words.first] ? found : NO_ENTITY;
}

/* "By Vera Lind", "From The Long Winter by Vera Lind." */
static uint32_t behind_by(const cast *c, uint32_t number) {
    static const char *const openings[] = {"By", "From", "Written", "Excerpted", "Adapted"};
    const article *a = c->article;
    token_range words = a->paragraphs[number].tokens;
    if (words.first == words.end || !VIEW_IN(token_text(a, words.first), openings))
        return NO_ENTITY;
    for (uint32_t i = words.first; i + 1 < words.end; i++) {
        uint32_t end = 0;
        if (!view_equal_ignoring_case(token_text(a, i), VIEW("by"))) continue;
        uint32_t found = person_at(c, i + 1, &end);
        if (found != NO_ENTITY) return found;
    }
    return NO_ENTITY;
}

/* "Q&A with Vera Lind" as the headline. */
static uint32_t answers_questions(const cast *c) {
    const article *a = c->article;
    token_range words = a->paragraphs[0].tokens;
    for (uint32_t i = words.first; i + 2 < words.end; i++) {
        uint32_t end = 0;
        text_view word = token_text(a, i);
        bool asked = view_is(word, "Q&A") ||
                     (i > 0 && view_is(word, "A") && view_is(token_text(a, i - 1), "&"));
        if (!asked || !view_is(token_text(a, i + 1), "with")) continue;
        uint32_t found = person_at(c, i + 2, &end);
        if (found != NO_ENTITY) return found;
    }
    return NO_ENTITY;
}

uint32_t author_of(const cast *c, uint32_t at) {
    const article *a = c->article;
    uint32_t found = letter_writer(c, a->tokens[at].paragraph);
    if (found == NO_ENTITY) found = answers_questions(c);
    for (uint32_t i = 0; found == NO_ENTITY && i < a->paragraph_count && i < BYLINE_PARAGRAPHS; i++)
        found = behind_by(c, i);
    if (found == NO_ENTITY) found = behind_by(c, (uint32_t)a->paragraph_count - 1);
    return found == NO_ENTITY ? introduced_last(c) : found;
}
