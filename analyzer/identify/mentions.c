/* Noun phrases and pronouns, from parts of speech and names, in one pass over the tokens. */
#include "identify/cast.h"
#include "identify/turn_label.h"

#define NO_NAME UINT32_MAX

typedef struct phrase_builder {
    cast *cast;
    const article *article;
    const token *tokens; /* of the article */
    uint32_t *name_at;   /* [token_count] index into article->names, or NO_NAME */
    bool *border;        /* [token_count + 1] a source ended right before: no phrase goes on here */
} phrase_builder;

static part_of_speech pos_of(const phrase_builder *b, uint32_t at) {
    return (part_of_speech)b->tokens[at].part_of_speech;
}

/* Sets of parts of speech. */
#define PART(pos) ((uint64_t)1 << POS_##pos)
#define NOUNS (PART(NN) | PART(NNS) | PART(NNP) | PART(NNPS) | PART(FW))
#define PREMODIFIERS (PART(JJ) | PART(JJR) | PART(JJS) | PART(CD) | PART(DOLLAR) | PART(HASH))
#define DETERMINERS (PART(DT) | PART(PDT) | PART(PRPS))

/* Words of bodies and of what they publish, which stand in no person's name. */
#define BODY_WORDS (WORD_BODY | WORD_BODY_NAME | WORD_OUTLET | WORD_DOCUMENT | WORD_COMPANY)

static bool is_noun(part_of_speech pos) {
    return NOUNS >> pos & 1;
}

static bool is_proper(part_of_speech pos) {
    return pos == POS_NNP || pos == POS_NNPS;
}

static bool is_premodifier(part_of_speech pos) {
    return PREMODIFIERS >> pos & 1;
}

static bool is_determiner(part_of_speech pos) {
    return DETERMINERS >> pos & 1;
}

/* "told Kim Tuesday": a day ends the phrase before it. */
static bool is_time_word(const phrase_builder *b, uint32_t at) {
    return (b->cast->words[at].classes & WORD_TIME) != 0;
}

/* "A serving clerk agreed": the last word of a source that can be somebody is a noun, whatever the
 * tagger took it for. */
static bool ends_source_as_noun(const phrase_builder *b, uint32_t at) {
    part_of_speech pos = pos_of(b, at);
    bool likely = pos == POS_VB || pos == POS_VBP || pos == POS_VBD || pos == POS_VBN ||
                  pos == POS_JJ || pos == POS_RB;
    return likely && b->cast->in_source[at] && b->border[at + 1] &&
           b->cast->words[at].classes & (WORD_PERSON | WORD_BODY);
}

/* A word that can open a phrase and stand alone: "some", "many", "both", "four". */
static bool stands_alone(const phrase_builder *b, uint32_t at) {
    part_of_speech pos = pos_of(b, at);
    if (pos == POS_CD) return true;
    return (pos == POS_DT || pos == POS_JJ || pos == POS_JJR || pos == POS_JJS || pos == POS_PDT) &&
           b->cast->words[at].classes & (WORD_QUANTITY | WORD_PEOPLE);
}

/* Adjectives and participles continue a phrase when a noun is to come; of the conjunctions only
 * those of one character, "&", stand inside it. */
static bool noun_follows(const phrase_builder *b, uint32_t at, uint32_t limit) {
    for (uint32_t i = at + 1; i < limit && i < at + 5; i++) {
        part_of_speech pos = pos_of(b, i);
        if (is_noun(pos) || b->name_at[i] != NO_NAME || ends_source_as_noun(b, i))
            return !is_time_word(b, i);
        if (!is_premodifier(pos) && pos != POS_VBN && pos != POS_VBG && pos != POS_CC) return false;
        if (pos == POS_CC &&
            b->article->tokens[i].bytes.end - b->article->tokens[i].bytes.begin > 1)
            return false;
    }
    return false;
}

/* "Analysts doubt it": at the head of a sentence a plural is easily taken for a verb. */
static bool opens_as_people(const phrase_builder *b, uint32_t at) {
    if (pos_of(b, at) != POS_VBZ && pos_of(b, at) != POS_VB) return false;
    uint32_t classes = b->cast->words[at].classes;
    return classes & WORD_PLURAL && classes & WORD_PERSON &&
           b->article->sentences[b->article->tokens[at].sentence].tokens.first == at;
}

/* In headlines the tagger takes verbs into names: "Joan Cole Just Gave". A source ends them. */
static uint32_t name_end_at(const phrase_builder *b, uint32_t at) {
    uint32_t end = b->article->names[b->name_at[at]].tokens.end, i = at + 1;
    while (i < end && !b->border[i])
        i++;
    return i;
}

/* Behind a nickname: the surname of 'Robert "Bobby" Stone'. `at` when no nickname stands there. */
static uint32_t behind_nickname(const phrase_builder *b, uint32_t at, uint32_t limit) {
    const token *tokens = b->article->tokens;
    if (at + 3 >= limit || tokens[at].quote_mark != QUOTE_MARK_OPEN ||
        tokens[at + 2].quote_mark != QUOTE_MARK_CLOSE)
        return at;
    bool capital = ascii_is_upper((unsigned char)token_text(b->article, at + 1).ptr[0]) &&
                   ascii_is_upper((unsigned char)token_text(b->article, at + 3).ptr[0]);
    return capital && is_proper(pos_of(b, at + 3)) ? at + 3 : at;
}

/* "Shipping agents", "visiting nurses", "show insiders": the first word of a source before people.
 */
static bool opens_source_of_people(const phrase_builder *b, uint32_t at, uint32_t limit) {
    const bool *in_source = b->cast->in_source;
    part_of_speech pos = pos_of(b, at);
    return (pos == POS_VBG || pos == POS_VB || pos == POS_VBP) && in_source[at] &&
           (at == 0 || !in_source[at - 1]) && at + 1 < limit && in_source[at + 1] &&
           pos_of(b, at + 1) == POS_NNS && b->cast->words[at + 1].classes & WORD_PERSON;
}

/* Whether the word can belong to the phrase that began before it. */
static bool may_go_on(const phrase_builder *b, uint32_t at) {
    const uint64_t parts = NOUNS | PREMODIFIERS | DETERMINERS | PART(POS) | PART(VBN) | PART(VBG) |
                           PART(RBS) | PART(RB);
    bool part = (parts >> pos_of(b, at) & 1) | (b->name_at[at] != NO_NAME) | b->cast->in_source[at];
    return part && !b->border[at];
}

/* Where the noun phrase that begins at `first` ends; first when there is none. */
static uint32_t phrase_end(const phrase_builder *b, uint32_t first, uint32_t limit) {
    uint32_t end = first, alone_end = first;
    bool noun_seen = false, common_seen = false;
    for (uint32_t i = first; i < limit;) {
        part_of_speech pos = pos_of(b, i);
        if (i > first && !may_go_on(b, i)) break;
        if (b->name_at[i] != NO_NAME) {
            uint32_t name_end = name_end_at(b, i);
            if (common_seen && pos_of(b, i - 1) == POS_NNS &&
                !(b->cast->words[i - 1].classes & WORD_PERSON))
                break; /* "in recent weeks Cole": a plural of people only goes on in a name */
            end = i = name_end < limit ? name_end : limit;
            if (b->article->names[b->name_at[i - 1]].class == NAME_PERSON)
                i = behind_nickname(b, i, limit);
            noun_seen = true;
            common_seen = false;
            continue;
        }
        if (is_noun(pos) || opens_as_people(b, i) || ends_source_as_noun(b, i)) {
            if (noun_seen && is_time_word(b, i)) break;
            noun_seen = true;
            common_seen = !is_proper(pos);
            end = i + 1;
        } else if (pos == POS_POS) {
            if (end != i || i == first) break;
            common_seen = noun_seen = false; /* what is owned begins anew */
        } else if (is_determiner(pos)) {
            bool after_quantity =
                i == first + 1 && (pos_of(b, first) == POS_PDT || pos_of(b, first) == POS_DT);
            if (i > first && !after_quantity) break;
            if (stands_alone(b, i)) alone_end = i + 1;
        } else if (pos == POS_JJ && i > first && !noun_follows(b, i, limit) &&
                   b->cast->words[i].classes & (WORD_PERSON | WORD_BODY)) {
            noun_seen = common_seen = true; /* "a clerk" that the tagger took for an adjective */
            end = i + 1;
        } else if (is_premodifier(pos)) {
            if (common_seen || (noun_seen && !noun_follows(b, i, limit))) break;
            if (stands_alone(b, i)) alone_end = i + 1;
        } else if (pos == POS_VBN || pos == POS_VBG || pos == POS_RBS || pos == POS_RB ||
                   (i == first && opens_source_of_people(b, i, limit))) {
            if (noun_seen || (i == first && !opens_source_of_people(b, i, limit)) ||
                !noun_follows(b, i, limit))
                break;
        } else {
            break;
        }
        i++;
    }
    return end > first ? end : alone_end;
}

/* "George Will said": behind a given name and before a verb or a comma "Will" is a surname. */
static bool is_surname_after_all(const phrase_builder *b, uint32_t first, uint32_t end) {
    const article *a = b->article;
    bool given = b->cast->words[first].classes & (WORD_GIVEN_MALE | WORD_GIVEN_FEMALE);
    if (end - first != 2 || !given || !view_is(token_text(a, end - 1), "Will")) return false;
    uint32_t limit = a->sentences[a->tokens[first].sentence].tokens.end;
    return end == limit || pos_of(b, end) == POS_COMMA || pos_of(b, end) == POS_POS ||
           token_is_finite_verb(a, end);
}

/* "Cole Says": a capital verb of a headline at the end is no part of the name. */
static uint32_t person_name_end(const phrase_builder *b, uint32_t first, uint32_t end) {
    if (is_surname_after_all(b, first, end)) return end;
    while (end - first > 1 && b->cast->words[end - 1].classes & WORD_HEADLINE_VERB)
        end--;
    return end;
}

static gender gender_of_classes(uint32_t classes) {
    if (classes & WORD_MALE) return classes & WORD_FEMALE ? GENDER_UNKNOWN : GENDER_MALE;
    return classes & WORD_FEMALE ? GENDER_FEMALE : GENDER_UNKNOWN;
}

#define ASIDE_TOKENS 25

/* Where the aside that the comma at `comma` opens is closed by a comma with a verb behind it, so
 * that commas inside do not end it; `limit` when no verb follows. */
static uint32_t aside_end(const phrase_builder *b, uint32_t comma, uint32_t limit) {
    uint32_t stop = limit < comma + ASIDE_TOKENS ? limit : comma + ASIDE_TOKENS;
    for (uint32_t i = comma + 1; i < stop; i++) {
        if (pos_of(b, i) == POS_OPEN_QUOTE || pos_of(b, i) == POS_CLOSE_QUOTE) return limit;
        if (pos_of(b, i) != POS_COMMA) continue;
        uint32_t next = i + 1;
        while (next < stop && pos_of(b, next) == POS_RB)
            next++;
        if (next < stop && token_is_finite_verb(b->article, next)) return i + 1;
    }
    return limit;
}

/* The verb may follow at once, behind adverbs, or behind an aside between commas. */
static bool is_subject(const phrase_builder *b, uint32_t end, uint32_t limit) {
    uint32_t i = end;
    if (i < limit && pos_of(b, i) == POS_COMMA) i = aside_end(b, i, limit);
    while (i < limit && (pos_of(b, i) == POS_RB || pos_of(b, i) == POS_RP))
        i++;
    return i < limit && token_is_finite_verb(b->article, i);
}

/* A phrase that opens its sentence, with a modifier behind it ("The major who commands here",
 * "An adviser to the court"), is what the sentence is about. */
static bool opens_sentence(const phrase_builder *b, const mention *m, uint32_t limit) {
    const uint64_t openers = PART(IN) | PART(TO) | PART(WP) | PART(WDT);
    if (m->phrase.end >= limit || !(openers >> pos_of(b, m->phrase.end) & 1)) return false;
    uint32_t first = mention_begin_with_owners(b->cast, m);
    uint32_t start = b->article->sentences[b->article->tokens[first].sentence].tokens.first;
    while (start < first && pos_of(b, start) == POS_CC)
        start++;
    if (start != first) return false;
    uint32_t stop = limit < m->phrase.end + ASIDE_TOKENS ? limit : m->phrase.end + ASIDE_TOKENS;
    for (uint32_t i = m->phrase.end; i < stop; i++)
        if (token_is_finite_verb(b->article, i)) return true;
    return false;
}

bool token_is_finite_verb(const article *a, uint32_t at) {
    part_of_speech pos = (part_of_speech)a->tokens[at].part_of_speech;
    return (PART(VBD) | PART(VBZ) | PART(VBP) | PART(MD)) >> pos & 1;
}

bool token_begins_share(const article *a, uint32_t at) {
    return at + 2 < a->token_count && view_is(token_text(a, at + 1), "in") &&
           a->tokens[at + 2].part_of_speech == POS_CD;
}

static void set_determination(const phrase_builder *b, mention *m) {
    uint32_t first = m->phrase.first;
    part_of_speech pos = pos_of(b, first);
    bool the = b->cast->words[first].uses & USE_POINTING;
    m->definite = the || pos == POS_PRPS || m->possessor != NO_MENTION;
    m->indefinite = !m->definite && (pos == POS_DT || pos == POS_CD || pos == POS_PDT ||
                                     b->cast->words[first].classes & WORD_QUANTITY);
}

/* "Said Comey, ...": a verb that opens the sentence is not a given name. */
static bool is_inversion(const phrase_builder *b, uint32_t at) {
    static const char *const verbs[] = {"Said",      "Says",   "Stated",  "Added",    "Adds",
                                        "Continued", "Asked",  "Wrote",   "Replied",  "Recalled",
                                        "Explained", "Warned", "Tweeted", "Declared", "Noted"};
    const article *a = b->article;
    return a->sentences[a->tokens[at].sentence].tokens.first == at &&
           VIEW_IN(token_text(a, at), verbs);
}

static bool is_person_token(const phrase_builder *b, uint32_t at) {
    return b->name_at[at] != NO_NAME && b->article->names[b->name_at[at]].class == NAME_PERSON;
}

/* Where a person's name begins that the tagger saw in parts: "Anna" and a capital word it left out,
 * or "Greta" and "van der Berg". NO_NAME when there is none before `last`. */
static uint32_t split_name_begin(const phrase_builder *b, token_range phrase, uint32_t last) {
    uint32_t i = last;
    if (last >= phrase.first + 4 && behind_nickname(b, last - 3, phrase.end + 1) == last &&
        is_person_token(b, last - 4))
        return b->article->names[b->name_at[last - 4]].tokens.first;
    while (i > phrase.first && b->cast->words[i - 1].classes & WORD_PARTICLE &&
           ascii_is_lower((unsigned char)token_text(b->article, i - 1).ptr[0]))
        i--;
    if (i == phrase.first || !is_person_token(b, i - 1)) return NO_NAME;
    bool capital = ascii_is_upper((unsigned char)token_text(b->article, last).ptr[0]);
    bool given = b->cast->words[i - 1].classes & (WORD_GIVEN_MALE | WORD_GIVEN_FEMALE);
    bool plain = b->name_at[last] == NO_NAME &&
                 !(b->cast->words[last].classes & ~(uint32_t)WORD_TIME) && given;
    if (!capital || (i == last && !plain)) return NO_NAME;
    uint32_t first = b->article->names[b->name_at[i - 1]].tokens.first;
    return first < phrase.first ? phrase.first : first;
}

/* "Emmet" before "G. Lind": no name begins with an initial behind a capital word of its own. */
static bool opens_with_initial(const phrase_builder *b, uint32_t at) {
    const uint32_t others = WORD_TITLE | WORD_HONORIFIC | WORD_PERSON | WORD_PEOPLE | WORD_BODY |
                            WORD_BODY_NAME | WORD_PARTY | WORD_TIME;
    text_view initial = token_text(b->article, at + 1);
    return initial.len == 2 && initial.ptr[1] == '.' && is_proper(pos_of(b, at)) &&
           !(b->cast->words[at].classes & others);
}

/* "van der" before "Berg", "Chidi" before "Okafor" where the tagger saw one word of the name, or
 * took the other for the end of a body's ("Harbour News Chidi"). */
static bool extends_name(const phrase_builder *b, uint32_t at) {
    uint32_t classes = b->cast->words[at].classes;
    bool left_out =
        b->name_at[at] == NO_NAME || at > b->article->names[b->name_at[at]].tokens.first;
    bool capital = ascii_is_upper((unsigned char)token_text(b->article, at).ptr[0]);
    if (classes & WORD_PARTICLE) return true;
    if (capital && left_out && opens_with_initial(b, at)) return true;
    if (is_person_token(b, at)) return (b->cast->words[at + 1].classes & WORD_PARTICLE) != 0;
    return capital && left_out && classes & (WORD_GIVEN_MALE | WORD_GIVEN_FEMALE) &&
           !(classes & (WORD_TITLE | WORD_PERSON));
}

/* Two words or more that nothing shows to be a body's: "Orlan Tesk". */
static bool is_plain_name(const phrase_builder *b, uint32_t first, uint32_t last) {
    const uint32_t other =
        BODY_WORDS | WORD_TITLE | WORD_PERSON | WORD_PEOPLE | WORD_PLURAL | WORD_TIME;
    for (uint32_t i = first; i <= last; i++)
        if (b->cast->words[i].classes & other || !is_proper(pos_of(b, i)) ||
            !ascii_is_upper((unsigned char)token_text(b->article, i).ptr[0]))
            return false;
    return last > first && last < first + 3;
}

/* "MP", "President-elect" before a plain name in a source: whoever is called so is a person. */
static bool is_behind_trade(const phrase_builder *b, uint32_t first, uint32_t last) {
    uint32_t before = b->cast->words[first - 1].classes;
    return b->cast->in_source[first] && before & WORD_PERSON &&
           !(before & (WORD_PLURAL | WORD_TITLE)) && is_plain_name(b, first, last);
}

/* "Conservative Icon Morton Lind", "Harbour News Sean Lind": a given name before the last word,
 * which is one too seldom to be a body's ("University of Saint Thomas More"). */
static bool opens_full_name(const phrase_builder *b, uint32_t first, uint32_t at, uint32_t last) {
    const known_word *words = b->cast->words;
    if (at + 1 != last || at < first + 2 || words[last].classes & (BODY_WORDS | WORD_PLURAL))
        return false;
    return !(words[at].classes & (BODY_WORDS | WORD_TITLE)) &&
           !(words[at - 1].classes & WORD_PARTICLE) && is_proper(pos_of(b, at - 1));
}

/* "White House Chief of Staff Rahm Lind" in one name: where the person's own begins, or `first`. */
static uint32_t office_holder(const phrase_builder *b, uint32_t first, uint32_t last) {
    const known_word *words = b->cast->words;
    if (words[last].classes & WORD_BODY_NAME) return first;
    for (uint32_t i = first + 1; i < last; i++) {
        bool given = words[i].classes & (WORD_GIVEN_MALE | WORD_GIVEN_FEMALE);
        if (view_is_ignoring_case(token_text(b->article, i - 1), "staff") ||
            is_behind_trade(b, i, last) ||
            (given && (words[i - 1].classes & (WORD_TITLE | WORD_PERSON) ||
                       opens_full_name(b, first, i, last))))
            return i;
    }
    return first;
}

/* "the call sign Heron", "a driver named Ilario": only people are introduced so. */
static bool is_called(const phrase_builder *b, uint32_t first) {
    static const char *const words[] = {"sign", "named", "nicknamed", "pseudonym", "nickname"};
    return first > 0 && VIEW_IN(token_text(b->article, first - 1), words);
}

/* "The Hill", "the Bulwark": nobody is called "the" and one word, but families and nicknames. */
static bool is_the_one_word(const phrase_builder *b, const mention *m) {
    text_view word = token_text(b->article, m->head);
    return m->phrase.first + 1 == m->head && b->cast->words[m->phrase.first].uses & USE_POINTING &&
           view_is_ignoring_case(token_text(b->article, m->phrase.first), "the") &&
           word.ptr[word.len - 1] != 's' && !(m->classes & WORD_TITLE) &&
           (m->phrase.end >= b->article->token_count || pos_of(b, m->phrase.end) != POS_WP);
}

/* "Twitter", "Clinton Foundation", which the tagger took for people. */
static bool is_body_name(const phrase_builder *b, uint32_t first, const mention *m) {
    static const char *const last_words[] = {
        "foundation", "campaign", "university",  "college",   "institute",
        "council",    "news",     "association", "committee", "administration"};
    if (first > m->phrase.first && b->cast->words[first - 1].classes & WORD_HONORIFIC) return false;
    bool given = b->cast->words[first].classes & (WORD_GIVEN_MALE | WORD_GIVEN_FEMALE);
    if (first == m->head) return !given && (m->classes & WORD_COMPANY || is_the_one_word(b, m));
    return m->classes & WORD_COMPANY ||
           (m->classes & WORD_BODY_NAME &&
            VIEW_IN_IGNORING_CASE(token_text(b->article, m->head), last_words));
}

/* "Secretary General Ban Lind", "MR. LIND" that the tagger took for a body: two titles or an
 * honorific ("General Electric" has one title) and then words that no body's name ends with. Where
 * they begin, or `first`. */
static uint32_t behind_titles_of_body(const phrase_builder *b, uint32_t first, uint32_t last) {
    const uint32_t others = BODY_WORDS | WORD_PLURAL | WORD_PERSON | WORD_PEOPLE | WORD_TITLE;
    const known_word *words = b->cast->words;
    uint32_t begin = first;
    while (begin < last && words[begin].classes & (WORD_TITLE | WORD_HONORIFIC))
        begin++;
    bool titled = begin > first + 1 || words[first].classes & WORD_HONORIFIC;
    if (!titled || last - begin > 2) return first;
    for (uint32_t i = begin; i <= last; i++)
        if (words[i].classes & others || !is_proper(pos_of(b, i))) return first;
    return begin;
}

/* "Mark Lind" that the tagger could not place: a given name and one word that is nothing else. */
static bool is_full_name(const phrase_builder *b, uint32_t first, const mention *m) {
    const uint32_t others = BODY_WORDS | WORD_PLURAL | WORD_PEOPLE | WORD_TITLE;
    uint32_t classes = b->cast->words[first].classes;
    return first + 1 == m->head && classes & (WORD_GIVEN_MALE | WORD_GIVEN_FEMALE) &&
           !((classes | m->classes) & others);
}

/* The name as the tagger has it. Sets the form and returns where it begins. Nationalities and
 * parties ("Britons", "Democrats") are no names of somebody. */
static uint32_t tagged_name(const phrase_builder *b, mention *m) {
    uint32_t last = m->head;
    name found = b->article->names[b->name_at[last]];
    uint32_t first = found.tokens.first > m->phrase.first ? found.tokens.first : m->phrase.first;
    bool people = found.class == NAME_MISC &&
                  (m->classes & (WORD_PERSON | WORD_PEOPLE) || pos_of(b, last) == POS_NNPS);
    uint32_t not_one = WORD_PLURAL | WORD_BODY_NAME | WORD_BODY | WORD_OUTLET | WORD_DOCUMENT;
    bool described = found.class != NAME_PERSON && found.class != NAME_LOCATION &&
                     m->classes & WORD_PERSON && !(m->classes & not_one); /* "Hollywood Actor" */
    if (people || described) return last;
    if (last > first && is_inversion(b, first)) { /* "Stated Cole:" */
        m->form = MENTION_PERSON;
        return first + 1;
    }
    bool team = last > first && b->cast->words[first].classes & WORD_BODY;
    while (found.class == NAME_PERSON && first > m->phrase.first && extends_name(b, first - 1))
        first--;
    bool suffixed = last > first && m->classes & WORD_SUFFIX; /* only people are called "III" */
    bool person = (found.class == NAME_PERSON && !is_body_name(b, first, m)) || suffixed ||
                  is_called(b, first) || (found.class == NAME_MISC && is_full_name(b, first, m));
    m->form = person && !team ? MENTION_PERSON : MENTION_BODY;
    if (m->form == MENTION_PERSON) return first;
    for (uint32_t i = last; i > first; i--)
        if (view_is(token_text(b->article, i), "The")) return i; /* "Enter The Harbour Post" */
    if (found.class != NAME_LOCATION && first > m->phrase.first &&
        is_behind_trade(b, first, last)) {
        m->form = MENTION_PERSON;
        return first;
    }
    uint32_t holder = office_holder(b, first, last);
    if (holder == first && found.class != NAME_LOCATION)
        holder = behind_titles_of_body(b, first, last);
    if (holder != first) m->form = MENTION_PERSON;
    return holder;
}

/* Capital words that the tagger gave no class: a person's name behind a title or with a given
 * name, else a body's. */
static uint32_t untagged_name(const phrase_builder *b, mention *m) {
    uint32_t last = m->head, first = last;
    if (is_time_word(b, last)) return last;
    if (!is_proper(pos_of(b, last)) || m->classes & (WORD_PERSON | WORD_PEOPLE | WORD_DOCUMENT))
        return last;
    while (first > m->phrase.first && is_proper(pos_of(b, first - 1)) &&
           b->name_at[first - 1] == NO_NAME && !(b->cast->words[first - 1].classes & WORD_TITLE))
        first--;
    bool titled = first > m->phrase.first &&
                  b->cast->words[first - 1].classes & (WORD_TITLE | WORD_HONORIFIC);
    bool given =
        last > first && b->cast->words[first].classes & (WORD_GIVEN_MALE | WORD_GIVEN_FEMALE);
    m->form = titled || given || is_called(b, first) ? MENTION_PERSON : MENTION_BODY;
    return first;
}

static uint32_t behind_titles(const phrase_builder *b, uint32_t first, uint32_t last) {
    while (first < last && b->cast->words[first].classes & (WORD_TITLE | WORD_HONORIFIC) &&
           !(b->cast->words[first].classes & (WORD_GIVEN_MALE | WORD_GIVEN_FEMALE)))
        first++;
    return first < last && is_inversion(b, first) ? first + 1 : first;
}

/* "COLE:", "MR. COLE:" before a turn of a conversation: capitals hide from the tagger that it is a
 * name, and what kind. Words for people and bodies ("MODERATOR:") are left to be what they are. */
static bool is_turn_name(const phrase_builder *b, const mention *m) {
    enum { LABEL_WORDS_MAX = 4 };
    const uint32_t others = BODY_WORDS | WORD_PERSON | WORD_PEOPLE | WORD_CAPITAL | WORD_QUANTITY;
    token_range label = m->phrase;
    if (label.end - label.first > LABEL_WORDS_MAX) return false;
    for (uint32_t i = label.first; i < label.end; i++) {
        text_view word = token_text(b->article, i);
        for (size_t k = 0; k < word.len; k++)
            if (ascii_is_lower((unsigned char)word.ptr[k])) return false;
    }
    enum { ACRONYM_MAX = 3 }; /* "CNN:"; a short surname is found when the article tells it */
    return token_text(b->article, m->head).len > ACRONYM_MAX && !(m->classes & others) &&
           b->tokens[m->head].name_class != NAME_LOCATION;
}

/* "QUESTION:", whoever asks. */
static bool is_nameless_turn(const phrase_builder *b, const mention *m) {
    static const char *const words[] = {"question", "answer"};
    return VIEW_IN_IGNORING_CASE(token_text(b->article, m->head), words);
}

/* "@idacole": by this name a source is known on its network; capitals are an outlet's. */
static bool is_handle(const phrase_builder *b, uint32_t at) {
    if (!b->cast->in_source[at]) return false;
    text_view word = token_text(b->article, at);
    return word.len > 2 && word.ptr[0] == '@' &&
           !(ascii_is_upper((unsigned char)word.ptr[1]) &&
             ascii_is_upper((unsigned char)word.ptr[2]));
}

/* What the last words of a segment are: a name, or a common noun. Sets form and name. */
static void set_form(const phrase_builder *b, mention *m) {
    uint32_t last = m->head, first = split_name_begin(b, m->phrase, last);
    m->form = MENTION_DESCRIPTION;
    m->name = (token_range){last, last};
    bool labels =
        first == NO_NAME && b->cast->in_source[last] && is_turn_label(b->article, m->phrase);
    if (labels && is_nameless_turn(b, m)) {
        m->classes |= WORD_PERSON;
        return;
    }
    if (labels && is_turn_name(b, m)) first = m->phrase.first;
    if (is_handle(b, last)) first = last;
    if (first != NO_NAME)
        m->form = MENTION_PERSON;
    else if (b->name_at[last] != NO_NAME)
        first = tagged_name(b, m);
    else
        first = untagged_name(b, m);
    if (m->form == MENTION_PERSON) {
        first = behind_titles(b, first, last);
        m->name = (token_range){first, person_name_end(b, first, last + 1)};
    } else if (m->form == MENTION_BODY) {
        m->name = (token_range){first, last + 1};
    }
}

/* Titles and kinship before the name tell the gender, or the head noun itself. */
static void set_gender(const phrase_builder *b, mention *m) {
    m->gender = GENDER_UNKNOWN;
    if (m->form == MENTION_DESCRIPTION) {
        m->gender = gender_of_classes(m->classes);
        return;
    }
    if (m->form != MENTION_PERSON) return;
    for (uint32_t i = m->phrase.first; i < m->name.first && m->gender == GENDER_UNKNOWN; i++)
        m->gender = gender_of_classes(b->cast->words[i].classes);
}

static bool add_mention(phrase_builder *b, const mention *m) {
    cast *c = b->cast;
    bool named = m->form == MENTION_PERSON || m->form == MENTION_BODY;
    if (named && !array_push(b->article->arena, &c->names, (uint32_t)c->mentions.count))
        return false;
    return array_push(b->article->arena, &c->mentions, *m);
}

/* Names inside a phrase whose head is another word: "Trump" of "Trump supporters". */
static bool add_modifiers(phrase_builder *b, token_range inside) {
    for (uint32_t i = inside.first; i < inside.end;) {
        uint32_t n = b->name_at[i];
        if (n == NO_NAME) {
            i++;
            continue;
        }
        name found = b->article->names[n];
        uint32_t end = found.tokens.end < inside.end ? found.tokens.end : inside.end;
        if (found.class == NAME_PERSON) end = person_name_end(b, i, end);
        if (found.class != NAME_MISC) {
            mention m = {.phrase = {i, end},
                         .name = {i, end},
                         .head = end - 1,
                         .entity = NO_ENTITY,
                         .possessor = NO_MENTION,
                         .modifier = true,
                         .form = found.class == NAME_PERSON ? MENTION_PERSON : MENTION_BODY};
            m.classes = b->cast->words[m.head].classes;
            if (!add_mention(b, &m)) return false;
        }
        i = end;
    }
    return true;
}

/* "Brent Hale Jr.", "Brent Hale, Jr.": the tagger leaves the suffix out of the name. */
static void take_suffix(const phrase_builder *b, mention *m, uint32_t limit) {
    uint32_t at = m->phrase.end;
    if (at < limit && pos_of(b, at) == POS_COMMA) at++;
    if (at >= limit || !(b->cast->words[at].classes & WORD_SUFFIX) ||
        m->name.end - m->name.first < 2)
        return;
    m->name.end = m->phrase.end = at + 1;
}

/* The tagger ends the name before "Jr.", the phrase goes on: where the name ends. */
static uint32_t before_suffix(const phrase_builder *b, token_range phrase) {
    uint32_t last = phrase.end - 1;
    bool suffix = last > phrase.first && b->cast->words[last].classes & WORD_SUFFIX;
    return suffix && b->name_at[last] == NO_NAME && is_person_token(b, last - 1) ? last
                                                                                 : phrase.end;
}

static bool add_segment(phrase_builder *b, token_range phrase, uint32_t possessor, bool possessive,
                        uint32_t limit) {
    uint32_t whole_end = phrase.end;
    phrase.end = before_suffix(b, phrase);
    mention m = {.phrase = phrase,
                 .head = phrase.end - 1,
                 .entity = NO_ENTITY,
                 .possessor = possessor,
                 .possessive = possessive};
    m.classes = b->cast->words[m.head].classes;
    set_form(b, &m);
    set_gender(b, &m);
    set_determination(b, &m);
    part_of_speech pos = pos_of(b, m.head);
    bool one =
        b->cast->words[m.head].uses & USE_ONE_OF_SEVERAL && !token_begins_share(b->article, m.head);
    m.plural = m.form == MENTION_DESCRIPTION &&
               (pos == POS_NNS || pos == POS_NNPS ||
                (!one && (m.classes & (WORD_PEOPLE | WORD_QUANTITY) || pos == POS_CD)));
    m.subject = !possessive && (is_subject(b, whole_end, limit) || opens_sentence(b, &m, limit));
    if (m.form == MENTION_PERSON) take_suffix(b, &m, limit);
    uint32_t stop = m.name.first < m.name.end ? m.name.first : m.head;
    return add_modifiers(b, (token_range){phrase.first, stop}) && add_mention(b, &m);
}

static bool add_pronoun(phrase_builder *b, uint32_t at, uint32_t limit) {
    uint32_t uses = b->cast->words[at].uses;
    mention m = {.phrase = {at, at + 1},
                 .name = {at, at},
                 .head = at,
                 .entity = NO_ENTITY,
                 .possessor = NO_MENTION,
                 .form = MENTION_PRONOUN};
    m.gender = uses & USE_MALE_PRONOUN     ? GENDER_MALE
               : uses & USE_FEMALE_PRONOUN ? GENDER_FEMALE
                                           : GENDER_UNKNOWN;
    m.plural = uses & USE_PLURAL_PRONOUN;
    m.possessive = pos_of(b, at) == POS_PRPS;
    m.modifier = m.possessive;
    m.subject = !m.possessive && is_subject(b, at + 1, limit);
    return add_mention(b, &m);
}

/* Splits "the minister's deputy's car" at the possessives: each owner is a mention of its own. */
static bool add_phrase(phrase_builder *b, token_range phrase, uint32_t limit) {
    uint32_t begin = phrase.first, possessor = NO_MENTION;
    if (pos_of(b, begin) == POS_PRPS) {
        if (!add_pronoun(b, begin, limit)) return false;
        possessor = (uint32_t)b->cast->mentions.count - 1;
    }
    for (uint32_t i = phrase.first + 1; i < phrase.end; i++) {
        if (pos_of(b, i) != POS_POS || i == begin) continue;
        if (!add_segment(b, (token_range){begin, i}, possessor, true, limit)) return false;
        possessor = (uint32_t)b->cast->mentions.count - 1;
        begin = i + 1;
    }
    if (begin >= phrase.end) return true;
    bool possessive = phrase.end < limit && pos_of(b, phrase.end) == POS_POS;
    return add_segment(b, (token_range){begin, phrase.end}, possessor, possessive, limit);
}

static bool index_names(phrase_builder *b) {
    const article *a = b->article;
    b->name_at = arena_alloc_raw(a->arena, a->token_count, sizeof *b->name_at);
    if (!b->name_at) return false;
    memset(b->name_at, 0xFF, a->token_count * sizeof *b->name_at);
    for (size_t n = 0; n < a->name_count; n++)
        for (uint32_t i = a->names[n].tokens.first; i < a->names[n].tokens.end; i++)
            b->name_at[i] = (uint32_t)n;
    return true;
}

static bool mark_borders(phrase_builder *b) {
    const article *a = b->article;
    b->border = ARENA_NEW(a->arena, bool, a->token_count + 1);
    b->cast->in_source = ARENA_NEW(a->arena, bool, a->token_count);
    if (!b->border || !b->cast->in_source) return false;
    for (size_t i = 0; i < a->attribution_count; i++)
        for (size_t k = 0; k < a->attributions[i].sources.count; k++) {
            token_range source = a->attributions[i].sources.items[k];
            b->border[source.end] = true;
            memset(b->cast->in_source + source.first, true, source.end - source.first);
        }
    return true;
}

/* Whether a phrase or pronoun can begin with the word, whatever stands behind it. */
static bool may_open(const phrase_builder *b, uint32_t at) {
    const uint64_t openers = NOUNS | PREMODIFIERS | DETERMINERS | PART(PRP);
    return (openers >> pos_of(b, at) & 1) | (b->name_at[at] != NO_NAME) | b->cast->in_source[at];
}

/* Adds what begins at `at`. Sets *next to where to go on. */
static bool take_words(phrase_builder *b, uint32_t at, uint32_t limit, uint32_t *next) {
    part_of_speech pos = pos_of(b, at);
    *next = at + 1;
    bool letter = b->tokens[at].bytes.end - b->tokens[at].bytes.begin == 1;
    if (letter && is_turn_letter(b->article, at)) return true; /* nobody is called "A" */
    if (pos == POS_PRP) return add_pronoun(b, at, limit);
    uint32_t end = phrase_end(b, at, limit);
    if (end > at) {
        if (!add_phrase(b, (token_range){at, end}, limit)) return false;
        const cast *c = b->cast;
        uint32_t taken =
            c->mentions.count ? c->mentions.items[c->mentions.count - 1].phrase.end : end;
        *next = taken > end ? taken : end; /* a suffix was taken too */
        return true;
    }
    return pos != POS_PRPS || add_pronoun(b, at, limit);
}

/* Counts the mentions before each token. No processor could guess where halving a list of them
 * leads. */
static bool index_mentions(cast *c) {
    size_t count = c->article->token_count;
    uint32_t *from = ARENA_NEW(c->article->arena, uint32_t, count + 1);
    if (!from) return false;
    for (size_t i = 0; i < c->mentions.count; i++)
        from[c->mentions.items[i].head + 1]++;
    for (size_t at = 1; at <= count; at++)
        from[at] += from[at - 1];
    c->mention_from = from;
    return true;
}

bool cast_find_mentions(cast *c) {
    enum { TOKENS_A_MENTION = 2 };
    const article *a = c->article;
    phrase_builder b = {.cast = c, .article = a, .tokens = a->tokens};
    if (!index_names(&b) || !mark_borders(&b) ||
        !array_reserve(a->arena, &c->mentions, a->token_count / TOKENS_A_MENTION))
        return false;
    for (size_t s = 0; s < a->sentence_count; s++) {
        token_range tokens = a->sentences[s].tokens;
        for (uint32_t i = tokens.first; i < tokens.end;) {
            if (i > tokens.first && !may_open(&b, i))
                i++;
            else if (!take_words(&b, i, tokens.end, &i))
                return false;
        }
    }
    return index_mentions(c);
}
