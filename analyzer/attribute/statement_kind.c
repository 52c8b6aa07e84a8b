#include "attribute/statement_kind.h"

#include "learn/wordnet.h"

/* Share digits (word_share_digit): 0 communication, 1 cognition, 2 emotion of verbs; 0
 * communication of nouns. */
static bool verb_is_attitude(const word_facts *f) {
    unsigned speech = word_share_digit(f->verb_shares, 0);
    unsigned thought = word_share_digit(f->verb_shares, 1) + word_share_digit(f->verb_shares, 2);
    if (f->verb_heavy == WORDNET_VERB_COGNITION || f->verb_heavy == WORDNET_VERB_EMOTION)
        return true;
    return f->verb_heavy != WORDNET_VERB_COMMUNICATION && thought > speech;
}

static bool noun_is_attitude(const word_facts *f) {
    if (f->noun_heavy == WORDNET_NOUN_FEELING) return true;
    return f->noun_heavy == WORDNET_NOUN_COGNITION && word_share_digit(f->noun_shares, 0) < 2;
}

statement_kind statement_kind_of(const article_frame *frame, const cue *c, quote_type type) {
    if (type == QUOTE_DIRECT) return KIND_SPEECH;
    for (uint32_t i = c->end; i-- > c->first;) {
        const frame_token *t = &frame->tokens[i];
        bool verb = t->is_verb && t->part_of_speech != POS_MD;
        bool participle = t->part_of_speech == POS_JJ; /* "worried that" */
        if ((verb || participle) && t->facts.verb_first != CLASS_NONE)
            return verb_is_attitude(&t->facts) ? KIND_ATTITUDE : KIND_SPEECH;
    }
    for (uint32_t i = c->end; i-- > c->first;) {
        const frame_token *t = &frame->tokens[i];
        if (t->is_noun && t->facts.noun_first != CLASS_NONE)
            return noun_is_attitude(&t->facts) ? KIND_ATTITUDE : KIND_SPEECH;
    }
    return KIND_SPEECH;
}
