#include "identify/source.h"

#include "identify/spoken_of.h"
#include "identify/word_window.h"

static source_form pronoun_form(const cast *c, const mention *m) {
    if (c->words[m->head].uses & USE_FIRST_PERSON) return SOURCE_FIRST_PERSON;
    if (m->gender != GENDER_UNKNOWN) return SOURCE_HE_OR_SHE;
    return m->plural ? SOURCE_THEY : SOURCE_IT;
}

source_form source_form_of(const cast *c, const mention *m) {
    switch ((mention_form)m->form) {
    case MENTION_PERSON: return SOURCE_PERSON_NAME;
    case MENTION_BODY: return SOURCE_BODY_NAME;
    case MENTION_PRONOUN: return pronoun_form(c, m);
    case MENTION_DESCRIPTION: break;
    }
    uint32_t people = WORD_PERSON | WORD_PEOPLE | WORD_QUANTITY;
    if (m->plural && m->classes & people) return SOURCE_PEOPLE;
    return m->classes & WORD_PERSON ? SOURCE_PERSON : SOURCE_THING;
}

/* How the next phrase hangs on what came before. */
typedef enum phrase_link { LINK_NONE, LINK_COMMA, LINK_AND, LINK_DEEPER } phrase_link;

typedef struct source_scan {
    const cast *cast;
    source_view *view;
    phrase_link link;
    bool list_goes_on; /* a modifier may end before "and": behind a comma, or "of Texas and" */
    bool nested;       /* inside a modifier of the last part: "of", "who", ... */
    bool alias_told;   /* a call sign, "only", "under" were read */
    bool is_naming; /* behind "named", "gives his name as": the name is that of the description */
    uint32_t listed[SOURCE_PARTS_MAX]; /* names behind commas that "and" may turn into a list */
    size_t listed_count;
} source_scan;

static void set_part(source_scan *s, size_t index, uint32_t mention_index) {
    const mention *m = &s->cast->mentions.items[mention_index];
    s->view->parts[index] = (source_part){source_form_of(s->cast, m), mention_index};
}

static void add_part(source_scan *s, uint32_t mention_index) {
    if (s->view->part_count < SOURCE_PARTS_MAX) set_part(s, s->view->part_count++, mention_index);
}

static const mention *last_part(const source_scan *s) {
    return &s->cast->mentions.items[s->view->parts[s->view->part_count - 1].mention];
}

/* "his wife, Jane," and "the two rivals, Cole and Dunn,": the names say who is described. */
static bool names_the_description(const source_scan *s, const mention *m) {
    const mention *before = last_part(s);
    if (before->form != MENTION_DESCRIPTION || s->view->part_count != 1) return false;
    bool body = before->classes & (WORD_BODY | WORD_DOCUMENT) && !(before->classes & WORD_PERSON);
    return m->form == MENTION_PERSON ? !body
                                     : m->form == MENTION_BODY && before->classes & WORD_BODY;
}

static void join_listed(source_scan *s) {
    for (size_t i = 0; i < s->listed_count; i++)
        add_part(s, s->listed[i]);
    s->listed_count = 0;
}

/* "the senator and presidential candidate": one article, one person in two roles. */
static bool goes_on_describing(const source_scan *s, const mention *m) {
    const mention *before = last_part(s);
    return before->form == MENTION_DESCRIPTION && m->form == MENTION_DESCRIPTION &&
           (before->definite || before->indefinite) && !m->definite && !m->indefinite &&
           !before->plural && !m->plural && before->classes & WORD_PERSON &&
           m->classes & WORD_PERSON;
}

/* "would only be called Finn", "the call sign Heron", "under the name Ferryman". */
static bool tells_of_alias(const source_scan *s, uint32_t at) {
    return s->cast->words[at].uses & USE_ALIAS;
}

/* "a driver named Ilario", "a soldier who goes by the call sign Heron", "gave her name as Vera". */
static bool introduces_name(const source_scan *s, uint32_t at) {
    return s->cast->words[at].uses & USE_NAMING;
}

static bool phrase_introduces_name(source_scan *s, const mention *m) {
    for (uint32_t i = m->phrase.first; i < m->phrase.end; i++) {
        if (m->form != MENTION_DESCRIPTION && i >= m->name.first) break;
        s->alias_told = s->alias_told || tells_of_alias(s, i);
        if (introduces_name(s, i)) return true;
    }
    return false;
}

/* "experts like Ann Lee", "rivals such as Cole and Dunn": these it is who are heard. */
static bool is_example(const source_scan *s, const mention *m) {
    const mention *kind = last_part(s);
    const article *a = s->cast->article;
    uint32_t at = m->phrase.first;
    if (m->form != MENTION_PERSON || s->view->part_count != 1 || at < kind->phrase.end + 1 ||
        kind->form != MENTION_DESCRIPTION || !kind->plural || !(kind->classes & WORD_PERSON))
        return false;
    return view_is(token_text(a, at - 1), "like") ||
           (view_is(token_text(a, at - 1), "as") && at > kind->phrase.end + 1 &&
            view_is(token_text(a, at - 2), "such"));
}

/* "one she", "an idea he": the subject of a clause without "that", and all before it is what the
 * clause is about. */
static bool ends_as_subject(const source_scan *s, const mention *m) {
    text_view word = token_text(s->cast->article, m->head);
    bool one = view_is(word, "he") || view_is(word, "she") || view_is(word, "they");
    return m->form == MENTION_PRONOUN && one && m->subject && s->link == LINK_NONE && !s->nested &&
           m->phrase.end == s->view->tokens.end && last_part(s)->form == MENTION_DESCRIPTION;
}

static void take_phrase(source_scan *s, uint32_t mention_index) {
    const mention *m = &s->cast->mentions.items[mention_index];
    if (s->view->part_count == 0) {
        add_part(s, mention_index);
        return;
    }
    s->is_naming = s->is_naming || phrase_introduces_name(s, m);
    bool both_named = m->form == MENTION_PERSON && last_part(s)->form == MENTION_PERSON;
    bool named = m->form == MENTION_PERSON || m->form == MENTION_BODY;
    bool title = m->form == MENTION_BODY && last_part(s)->possessor != NO_MENTION &&
                 last_part(s)->classes & WORD_DOCUMENT; /* "her book “The Long Winter”" */
    if (s->link == LINK_NONE && named && !title && last_part(s)->form == MENTION_DESCRIPTION &&
        !s->nested) {
        set_part(s, s->view->part_count - 1, mention_index); /* "the group the Harbour League" */
    } else if (s->link == LINK_NONE && m->form == MENTION_PERSON && !s->nested &&
               last_part(s)->form == MENTION_BODY) {
        set_part(s, s->view->part_count - 1,
                 mention_index); /* "Harbour County (Ohio) Sheriff Cole" */
    } else if (is_example(s, m)) {
        set_part(s, 0, mention_index);
        s->nested = false;
    } else if (ends_as_subject(s, m)) {
        set_part(s, s->view->part_count - 1, mention_index); /* "a plan, one she calls" */
    } else if (s->view->part_count == 1 && m->phrase.end == s->view->tokens.end &&
               cast_office_before(s->cast, mention_index) == s->view->parts[0].mention) {
        set_part(s, 0, mention_index); /* "Secretary of State Ann Lee" */
        s->nested = false;
    } else if (s->link == LINK_AND && goes_on_describing(s, m)) {
        s->nested = true;
    } else if (s->link == LINK_AND && (!s->nested || (both_named && s->list_goes_on))) {
        join_listed(s);
        add_part(s, mention_index);
        s->nested = false;
    } else if ((s->link == LINK_COMMA || s->is_naming) && names_the_description(s, m)) {
        set_part(s, 0, mention_index);
        s->view->alias = s->is_naming && s->alias_told;
        s->nested = s->is_naming = false;
    } else if (s->link == LINK_COMMA && both_named && s->listed_count < SOURCE_PARTS_MAX) {
        s->listed[s->listed_count++] = mention_index;
    } else {
        s->list_goes_on = m->form == MENTION_BODY;
        s->nested = true; /* an apposition or a modifier: its "and" joins nothing above it */
    }
}

static void take_token(source_scan *s, uint32_t at) {
    part_of_speech pos = pos_at(s->cast, at);
    s->is_naming = s->is_naming || introduces_name(s, at);
    s->alias_told = s->alias_told || tells_of_alias(s, at);
    if (pos == POS_COMMA || pos == POS_COLON) {
        if (s->link != LINK_AND) s->link = LINK_COMMA;
        s->list_goes_on = true;
    } else if (pos == POS_CC || view_is(token_text(s->cast->article, at), "&")) {
        s->link = LINK_AND;
    } else if (pos != POS_DT && pos != POS_OPEN_QUOTE && pos != POS_CLOSE_QUOTE && pos != POS_POS) {
        s->link = LINK_DEEPER;
        s->nested = s->view->part_count > 0;
    }
}

static bool is_relative(part_of_speech pos) {
    return pos == POS_WP || pos == POS_WDT || pos == POS_WPS;
}

/* The mention whose phrase covers `at` and is not part of a larger one within the source. */
static uint32_t phrase_at(const cast *c, uint32_t at, token_range within, uint32_t *end) {
    uint32_t found = NO_MENTION;
    for (uint32_t i = cast_mention_from(c, at); i < c->mentions.count; i++) {
        const mention *m = &c->mentions.items[i];
        if (m->head >= within.end) break;
        if (mention_begin_with_owners(c, m) > at) break;
        bool owns_more = m->possessive && m->phrase.end + 1 < within.end;
        if (m->modifier && m->phrase.end < within.end) continue;
        found = i;
        *end = m->phrase.end;
        if (!owns_more) break;
    }
    return found;
}

/* Where the bracket that opens at `at` closes: "(R-Utah)" changes nothing. */
static uint32_t bracket_end(const cast *c, uint32_t at, uint32_t limit) {
    while (at < limit && pos_at(c, at) != POS_RIGHT_BRACKET)
        at++;
    return at < limit ? at + 1 : limit;
}

static void scan_words(source_scan *s, token_range words) {
    for (uint32_t at = words.first; at < words.end;) {
        if (pos_at(s->cast, at) == POS_LEFT_BRACKET) {
            at = bracket_end(s->cast, at, words.end);
            continue;
        }
        uint32_t end = at, found = phrase_at(s->cast, at, words, &end);
        if (found != NO_MENTION && end > at) {
            take_phrase(s, found);
            at = end;
            s->link = LINK_NONE;
        } else {
            take_token(s, at++);
        }
    }
}

/* "both of whom": the people before it. */
static void refer_back(source_view *view, const cast *c) {
    if (view->part_count != 1 || view->parts[0].mention == NO_MENTION) return;
    const mention *m = &c->mentions.items[view->parts[0].mention];
    uint32_t next = m->phrase.end;
    if (next + 1 < view->tokens.end && m->classes & WORD_QUANTITY &&
        is_relative(pos_at(c, next + 1)))
        view->parts[0] = (source_part){SOURCE_RELATIVE, NO_MENTION};
}

/* A singular description of a person before the comma: "one critic, radio host Tom Cole", "one
 * Harrow, Ohio, pastor, Tom Cole". */
static bool describes_one_before(const source_view *view, const cast *c, uint32_t comma) {
    const mention *chosen = &c->mentions.items[view->parts[0].mention];
    uint32_t classes = c->words[comma - 1].classes;
    bool one = classes & WORD_PERSON && !(classes & (WORD_PLURAL | WORD_PEOPLE));
    return one || (chosen->form == MENTION_DESCRIPTION && chosen->classes & WORD_PERSON &&
                   !chosen->plural && chosen->phrase.end == comma);
}

/* The "of" of "Deputy Secretary of State Ann Lee". */
static bool is_of_office(const cast *c, uint32_t at) {
    return at > 0 && pos_at(c, at) == POS_IN && c->words[at - 1].classes & WORD_TITLE;
}

/* True when words that can stand before a name in apposition lead from `at` back to the comma. */
static bool apposition_comma(const cast *c, uint32_t at, uint32_t limit, uint32_t *comma) {
    for (uint32_t seen = 0; at > limit + 1 && seen < 6; at--, seen++) {
        part_of_speech pos = pos_at(c, at - 1);
        *comma = at - 1;
        if (pos == POS_COMMA) return true;
        if (pos != POS_VBN && pos != POS_VBD && pos != POS_JJ && pos != POS_NN && pos != POS_NNP &&
            pos != POS_DT && !is_of_office(c, at - 1))
            return false;
    }
    return false;
}

/* The name at the end of a source that says who is described in front, where the description was
 * not taken for a person's or words of other kinds stand between. */
static void take_named_apposition(source_view *view, const cast *c) {
    if (view->part_count != 1 || view->parts[0].mention == NO_MENTION) return;
    uint32_t chosen = view->parts[0].mention;
    if (c->mentions.items[chosen].form == MENTION_PERSON) return;
    for (uint32_t i = chosen + 1; i < c->mentions.count; i++) {
        const mention *m = &c->mentions.items[i];
        if (m->phrase.end > view->tokens.end) return;
        bool closed = m->phrase.end == view->tokens.end || pos_at(c, m->phrase.end) == POS_COMMA;
        uint32_t comma = 0;
        if (m->form != MENTION_PERSON || m->modifier || m->possessive || !closed ||
            !apposition_comma(c, mention_begin_with_owners(c, m), view->tokens.first, &comma))
            continue;
        if (describes_one_before(view, c, comma)) {
            view->parts[0] = (source_part){SOURCE_PERSON_NAME, i};
            return;
        }
    }
}

/* Who had a document in hand is not who wrote it: "obtained by", "released by". */
static bool is_passed_on(const cast *c, uint32_t at) {
    static const char *const words[] = {
        "obtained",  "seen",      "reviewed", "released",  "provided",  "published",
        "posted",    "reported",  "shared",   "leaked",    "public",    "acquired",
        "uncovered", "unearthed", "cited",    "described", "collected", "compiled",
        "received",  "read",      "quoted",   "conducted"};
    return WORD_IN(c->article, at, words);
}

/* Where the phrase that begins at `at` names a person, its mention; else NO_MENTION. */
static uint32_t person_from(const cast *c, uint32_t at, uint32_t end) {
    for (uint32_t i = cast_mention_from(c, at); i < c->mentions.count; i++) {
        const mention *m = &c->mentions.items[i];
        if (m->phrase.end > end || mention_begin_with_owners(c, m) > at) break;
        if (m->form != MENTION_PERSON || m->modifier) continue;
        bool whole =
            m->entity != NO_ENTITY && !entity_is_half_named(c, &c->entities.items[m->entity]);
        return m->possessive || !whole ? NO_MENTION : i;
    }
    return NO_MENTION;
}

/* "A study by Ida Cole of Harrow College and Tom Fry": a document speaks for the persons who wrote
 * it where they are told. */
static void take_writers(source_view *view, const cast *c) {
    if (view->part_count != 1 || view->parts[0].mention == NO_MENTION) return;
    const mention *work = &c->mentions.items[view->parts[0].mention];
    if (work->form != MENTION_DESCRIPTION || !(work->classes & WORD_DOCUMENT) ||
        work->classes & WORD_PERSON)
        return;
    uint32_t end = view->tokens.end, at = work->phrase.end, first = NO_MENTION;
    for (; at + 1 < end && first == NO_MENTION && pos_at(c, at) != POS_COMMA; at++) {
        text_view word = token_text(c->article, at);
        if ((view_is(word, "by") && !is_passed_on(c, at - 1)) || view_is(word, "from"))
            first = person_from(c, at + 1, end);
    }
    if (first == NO_MENTION) return;
    view->parts[0] = (source_part){SOURCE_PERSON_NAME, first};
    for (; at + 1 < end && view->part_count < SOURCE_PARTS_MAX; at++) {
        uint32_t next = pos_at(c, at) == POS_CC ? person_from(c, at + 1, end) : NO_MENTION;
        if (next != NO_MENTION)
            view->parts[view->part_count++] = (source_part){SOURCE_PERSON_NAME, next};
    }
}

source_view source_look(const cast *c, const attribution *said) {
    source_view view = {.part_count = 0};
    source_scan scan = {.cast = c, .view = &view};
    for (size_t i = 0; i < said->sources.count; i++) {
        token_range words = said->sources.items[i];
        if (words.first >= words.end) continue;
        if (view.tokens.first == view.tokens.end) {
            view.tokens = words;
            if (is_relative(pos_at(c, words.first)) && words.end - words.first <= 2) {
                view.parts[0] = (source_part){SOURCE_RELATIVE, NO_MENTION};
                view.part_count = 1;
                return view;
            }
        }
        scan_words(&scan, words);
    }
    if (view.tokens.first < view.tokens.end && source_is_spoken_of(c, said, view.tokens))
        return (source_view){.parts = {{SOURCE_MISSING, NO_MENTION}}, .part_count = 1};
    refer_back(&view, c);
    take_named_apposition(&view, c);
    take_writers(&view, c);
    if (view.part_count == 0) {
        bool missing = view.tokens.first == view.tokens.end;
        view.parts[0] = (source_part){missing ? SOURCE_MISSING : SOURCE_THING, NO_MENTION};
        view.part_count = 1;
    }
    return view;
}
