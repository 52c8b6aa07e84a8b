#include "identify/source.h"

static part_of_speech pos_at(const cast *c, uint32_t at) {
    return (part_of_speech)c->article->tokens[at].part_of_speech;
}

static source_form pronoun_form(const cast *c, const mention *m) {
    text_view word = token_text(c->article, m->head);
    static const char *const first_person[] = {"i",  "we",  "me",     "us",
                                               "my", "our", "myself", "ourselves"};
    for (size_t i = 0; i < sizeof first_person / sizeof *first_person; i++)
        if (view_is_ignoring_case(word, first_person[i])) return SOURCE_FIRST_PERSON;
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
    bool comma_seen;
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

/* A capital title without article, "of", and a phrase that ends in a person's name. */
static bool is_office_of(const source_scan *s, const mention *m) {
    const mention *title = last_part(s);
    uint32_t at = title->phrase.end;
    return m->form == MENTION_PERSON && s->view->part_count == 1 &&
           title->form == MENTION_DESCRIPTION && title->classes & WORD_TITLE && !title->definite &&
           !title->indefinite && m->name.first > m->phrase.first && m->phrase.first == at + 1 &&
           view_is(token_text(s->cast->article, at), "of");
}

static void take_phrase(source_scan *s, uint32_t mention_index) {
    const mention *m = &s->cast->mentions.items[mention_index];
    if (s->view->part_count == 0) {
        add_part(s, mention_index);
        return;
    }
    bool both_named = m->form == MENTION_PERSON && last_part(s)->form == MENTION_PERSON;
    bool named = m->form == MENTION_PERSON || m->form == MENTION_BODY;
    if (s->link == LINK_NONE && named && last_part(s)->form == MENTION_DESCRIPTION && !s->nested) {
        set_part(s, s->view->part_count - 1, mention_index); /* "the group the Harbour League" */
    } else if (named && is_office_of(s, m)) {
        set_part(s, 0, mention_index); /* "Secretary of State Ann Lee" */
        s->nested = false;
    } else if (s->link == LINK_AND && (!s->nested || (both_named && s->list_goes_on))) {
        join_listed(s);
        add_part(s, mention_index);
        s->nested = false;
    } else if (s->link == LINK_COMMA && names_the_description(s, m)) {
        set_part(s, 0, mention_index);
        s->nested = false;
    } else if (s->link == LINK_COMMA && both_named && s->listed_count < SOURCE_PARTS_MAX) {
        s->listed[s->listed_count++] = mention_index;
    } else {
        s->list_goes_on = m->form == MENTION_BODY;
        s->nested = true; /* an apposition or a modifier: its "and" joins nothing above it */
    }
}

static void take_token(source_scan *s, uint32_t at) {
    part_of_speech pos = pos_at(s->cast, at);
    text_view word = token_text(s->cast->article, at);
    if (pos == POS_COMMA || pos == POS_COLON) {
        if (s->link != LINK_AND) s->link = LINK_COMMA;
        s->list_goes_on = true;
    } else if (pos == POS_CC || view_is(word, "&")) {
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
        uint32_t first = m->phrase.first, owner = m->possessor;
        for (int deep = 0; owner != NO_MENTION && deep < 4; deep++) {
            first = c->mentions.items[owner].phrase.first;
            owner = c->mentions.items[owner].possessor;
        }
        if (first > at) break;
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

/* A word of the cue, whatever its inflection. */
static bool word_among(const cast *c, uint32_t at, const char *const *words, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (view_equal_ignoring_case(token_text(c->article, at), view_of(words[i]))) return true;
    return false;
}

/* "He was asked whether", "she is expected to", "they seem to": the subject is who others speak
 * of, and nobody says who they are. */
static bool subject_is_spoken_of(const cast *c, const attribution *said, token_range source) {
    static const char *const being[] = {"was", "were", "is",  "are",           "been",
                                        "be",  "'s",   "'re", "\xE2\x80\x99s", "\xE2\x80\x99re"};
    static const char *const spoken_of[] = {
        "asked",     "expected",   "seen",   "known",    "portrayed",  "named",   "charged",
        "mentioned", "considered", "viewed", "declared", "described",  "listed",  "reported",
        "rumored",   "rumoured",   "termed", "depicted", "remembered", "regarded"};
    static const char *const seeming[] = {"seem",   "seems",   "seemed",
                                          "appear", "appears", "appeared"};
    if (!said->cues.count || said->cues.items[0].first < source.end) return false;
    token_range cue = said->cues.items[0];
    uint32_t at = cue.first;
    bool being_seen = false, spoken = word_among(c, at, seeming, sizeof seeming / sizeof *seeming);
    for (; at < cue.end && !spoken; at++) {
        if (word_among(c, at, being, sizeof being / sizeof *being))
            being_seen = true;
        else if (being_seen && word_among(c, at, spoken_of, sizeof spoken_of / sizeof *spoken_of))
            spoken = true;
        else if (being_seen && pos_at(c, at) != POS_RB)
            return false;
    }
    for (; spoken && at < cue.end; at++) /* "was reported to have said": the subject speaks */
        if (pos_at(c, at) == POS_VB) return false;
    return spoken;
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
    if (view.tokens.first < view.tokens.end && subject_is_spoken_of(c, said, view.tokens))
        return (source_view){.parts = {{SOURCE_MISSING, NO_MENTION}}, .part_count = 1};
    refer_back(&view, c);
    if (view.part_count == 0) {
        bool missing = view.tokens.first == view.tokens.end;
        view.parts[0] = (source_part){missing ? SOURCE_MISSING : SOURCE_THING, NO_MENTION};
        view.part_count = 1;
    }
    return view;
}
