#include "identify/whose.h"

/* A word that tells whose office it is: "Hungarian", "Ohio"; not "U.S.", which is "American" too.
 */
static bool tells_whose(const cast *c, uint32_t at) {
    const token *t = &c->article->tokens[at];
    text_view word = token_text(c->article, at);
    bool place = t->name_class == NAME_LOCATION || t->name_class == NAME_MISC;
    return place && word.len > 3 && ascii_is_upper((unsigned char)word.ptr[0]) &&
           ascii_is_lower((unsigned char)word.ptr[1]) && !(c->words[at].classes & WORD_PARTY);
}

/* "Ukraine" and "Ukrainian" begin alike. */
static bool begin_alike(text_view a, text_view b) {
    enum { ALIKE_BYTES = 3 };
    return view_equal_ignoring_case(view_slice(a, 0, ALIKE_BYTES), view_slice(b, 0, ALIKE_BYTES));
}

whose_fit whose_compare(const cast *c, const mention *described, const entity *e) {
    uint32_t first = described->phrase.first;
    if (described->possessor != NO_MENTION)
        first = c->mentions.items[described->possessor].phrase.first;
    bool told = false, asked = false;
    for (uint32_t i = first; i <= described->head; i++) {
        if (!tells_whose(c, i)) continue;
        if (entity_has_role_word(e, c->words[i].full_hash)) return WHOSE_SAME;
        asked = true;
        for (uint32_t k = e->role.first; k < e->role.end; k++) {
            if (!tells_whose(c, k)) continue;
            told = true;
            if (begin_alike(token_text(c->article, i), token_text(c->article, k)))
                return WHOSE_SAME;
        }
    }
    return !asked ? WHOSE_NOT_ASKED : told ? WHOSE_ANOTHER : WHOSE_OPEN;
}

bool whose_is_told(const cast *c, const mention *m) {
    for (uint32_t i = m->phrase.first; i < m->phrase.end; i++)
        if (tells_whose(c, i)) return true;
    return false;
}
