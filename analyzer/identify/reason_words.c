/* The wordings by which news articles say why a name is withheld, British and American. */
#include "identify/reason_words.h"

#include "identify/word_window.h"

static const char *const refusals[] = {
    "not",       "n't",        "n\xE2\x80\x99t", "never",     "neither",       "nor",
    "none",      "declined",   "declining",      "declines",  "refused",       "refusing",
    "asked",     "asking",     "asks",           "requested", "requesting",    "insisted",
    "insisting", "condition",  "conditions",     "promise",   "understanding", "without",
    "withheld",  "withhold",   "withholding",    "wished",    "wishing",       "prefer",
    "preferred", "preferring", "unwilling",      "reluctant", "barred",        "avoid",
    "feared",    "fearing",    "cannot",         "agreed",    "wanted",        "out",
    "only",      "rather",     "want",           "unnamed",   "stipulated",    "forbid",
    "forbids",   "forbade",    "prohibit",       "prohibits", "banned",        "bars"};
static const char *const naming[] = {"named", "identified", "quoted", "identifying", "naming"};
static const char *const naming_bases[] = {"name", "identify"};
static const char *const agreements[] = {
    "agreed",    "asked",     "asking",     "asks",    "condition",  "consented",
    "insisted",  "insisting", "long",       "promise", "promised",   "provided",
    "providing", "requested", "requesting", "proviso", "stipulated", "understanding"};
static const char *const perfect[] = {"has", "have", "had"};
static const char *const grounds[] = {"because", "for", "since", "under", "as", "due"};
static const char *const passive[] = {"be", "being", "been"};
static const char *const name_nouns[] = {
    "name",    "names",  "surname", "surnames", "identity",   "identities", "nameless",
    "country", "agency", "rank",    "office",   "department", "employer",   "affiliation"};
static const char *const personal_nouns[] = {"name",     "names",      "surname", "surnames",
                                             "identity", "identities", "nameless"};
static const char *const changed[] = {"changed", "altered"};
static const char *const secrets[] = {"secret", "secrets"};
static const char *const keeping[] = {"withheld", "withhold",  "withholding", "published",
                                      "secret",   "left",      "omitted",     "mentioned",
                                      "named",    "disclosed", "identified",  "kept"};
static const char *const withholding[] = {
    "withheld",   "withhold", "withholding", "disclosed",  "published", "used",    "use",
    "printed",    "revealed", "give",        "out",        "secret",    "protect", "nameless",
    "disclose",   "reveal",   "kept",        "keep",       "omitted",   "given",   "appear",
    "appearing",  "left",     "appeared",    "mentioned",  "protected", "appears", "publication",
    "print",      "known",    "publish",     "publishing", "giving",    "using",   "revealing",
    "disclosing", "provide",  "share",       "attached",   "offer"};
static const char *const permissions[] = {
    "authorized", "authorised", "permitted", "allowed", "cleared",   "empowered",  "permit",
    "allow",      "free",       "supposed",  "meant",   "authority", "permission", "entitled",
    "liberty",    "clearance",  "licence",   "license", "allows",    "permits"};
static const char *const prohibitions[] = {
    "unauthorized", "unauthorised", "forbidden", "prohibited", "barred",
    "forbids",      "forbid",       "forbade",   "banned",     "bans",
    "bars",         "prohibits",    "prohibit",  "precluded"};
static const char *const negations[] = {
    "not", "n't", "n\xE2\x80\x99t", "never", "without", "neither", "nor", "no", "lacked", "cannot"};
static const char *const speaking[] = {
    "speak",      "talk",     "discuss",    "comment",   "brief",       "interview",
    "interviews", "press",    "media",      "reporters", "journalists", "newspapers",
    "quoted",     "publicly", "public",     "disclose",  "describe",    "details",
    "address",    "speaking", "discussing", "talking",   "announce",    "record",
    "commenting", "briefing", "divulge",    "reveal",    "elaborate",   "interviewed"};
static const char *const owners[] = {"his", "her", "their", "whose"};
static const char *const speakings[] = {"spoke",  "speaking", "speak",     "spoken",
                                        "talked", "talking",  "discussed", "briefing"};

static const char *const terms[] = {"condition", "understanding", "promise", "terms",
                                    "rule",      "rules",         "proviso"};
static const char *const accounts[] = {"spoke", "speaking",  "speak",    "talked",   "talking",
                                       "talk",  "discussed", "briefing", "briefed",  "described",
                                       "gave",  "agreed",    "allowed",  "consented"};
static const char *const plain_denials[] = {"not", "n't", "n\xE2\x80\x99t", "neither", "never"};
static const char *const penalties[] = {"sacked",      "fired",      "disciplined", "punished",
                                        "dismissed",   "prosecuted", "penalized",   "penalised",
                                        "reprimanded", "demoted",    "lose",        "arrested"};
static const char *const talking[] = {"saying", "talking", "speaking", "identified", "named"};
static const char *const audiences[] = {"press",      "media",    "reporters", "journalists",
                                        "newspapers", "reporter", "publicly",  "public"};

static const char *const understandings[] = {"condition", "understanding", "proviso", "promise"};
static const char *const tellings[] = {"said", "told", "confirmed", "explained", "recalled"};
static const char *const by_words[] = {"as", "by"};
static const char *const only_words[] = {"only"};
static const char *const only_if[] = {"if"};
static const char *const name_parts[] = {"nickname", "nicknames", "initials",
                                         "initial",  "callsign",  "callsigns"};
static const char *const givings[] = {"gave",     "give",    "given",     "giving",
                                      "provided", "offered", "identified"};
static const char *const openly[] = {"publicly", "openly"};
static const char *const speech[] = {"speak",  "talk",     "discuss", "comment",
                                     "quoted", "speaking", "talking"};
static const char *const declinings[] = {"not",       "n't",      "n\xE2\x80\x99t", "never",
                                         "cannot",    "declined", "refused",        "reluctant",
                                         "unwilling", "unable",   "afraid"};
static const char *const secrecy[] = {"confidentiality", "secrecy", "discretion", "privacy"};
static const char *const prepositions[] = {"on", "under"};

/* A word and its sentence. */
typedef struct word_place {
    const article *a;
    uint32_t at;
    token_range s;
} word_place;

/* A word of the list stands among the `steps` tokens before the place, or at it and behind. */
#define BEFORE_HAS(p, steps, list)                                                                 \
    RANGE_HAS((p).a, back((p).at, (steps), (p).s.first), (p).at, list)
#define BEHIND_HAS(p, steps, list) RANGE_HAS((p).a, (p).at, ahead((p).at, (steps), (p).s.end), list)

static bool is(word_place p, const char *word) {
    return word_is(p.a, p.at, word);
}

static bool follows(word_place p, const char *word) {
    return p.at > p.s.first && word_is(p.a, p.at - 1, word);
}

/* "pilots' names", "his name". */
static bool has_owner(word_place p) {
    if (BEFORE_HAS(p, 3, owners)) return true;
    return p.at >= p.s.first + 2 && p.a->tokens[p.at - 1].part_of_speech == POS_POS &&
           p.a->tokens[p.at - 2].part_of_speech == POS_NNS;
}

/* "who", or a pronoun that begins its clause, is the subject of what the place tells: "who did not
 * wish", not "the president did not wish". */
static bool told_of_who_speaks(word_place p) {
    static const char *const openers[] = {"because", "as", "since"};
    static const char *const subjects[] = {"he", "she", "they"};
    uint32_t least = back(p.at, 12, p.s.first);
    for (uint32_t i = p.at; i > least; i--) {
        part_of_speech pos = (part_of_speech)p.a->tokens[i - 1].part_of_speech;
        if (pos == POS_WP && word_is(p.a, i - 1, "who")) return true;
        if (WORD_IN(p.a, i - 1, subjects))
            return i - 1 == p.s.first || WORD_IN(p.a, i - 2, openers);
    }
    return false;
}

/* "has not been named" tells what is unknown, unless the article says why. */
static bool is_still_unknown(word_place p) {
    return BEFORE_HAS(p, 4, perfect) && follows(p, "been") && !BEHIND_HAS(p, 5, grounds);
}

/* "not be named", "only if not named", "on condition that the paper not name him". */
static bool denies_naming(word_place p) {
    if (WORD_IN(p.a, p.at, naming_bases))
        return BEFORE_HAS(p, 2, plain_denials) && BEFORE_HAS(p, 14, agreements);
    if (!WORD_IN(p.a, p.at, naming) || is_still_unknown(p)) return false;
    if (BEFORE_HAS(p, 2, plain_denials)) return p.at > p.s.first;
    if (follows(p, "are") || follows(p, "is")) return BEHIND_HAS(p, 6, only_words);
    bool name_before = BEFORE_HAS(p, 3, owners) && BEFORE_HAS(p, 2, name_nouns);
    return (name_before || BEFORE_HAS(p, 3, passive)) &&
           (BEFORE_HAS(p, 12, refusals) || BEHIND_HAS(p, 6, only_words));
}

/* "asked that his name be withheld", "would be dismissed if her name appeared". */
static bool withholds_name(word_place p) {
    if (!WORD_IN(p.a, p.at, name_nouns)) return false;
    if (is(p, "nameless") || follows(p, "neither")) return true;
    if (!has_owner(p)) return false;
    if (!WORD_IN(p.a, p.at,
                 personal_nouns)) /* "his country had used": of a country more is needed */
        return BEFORE_HAS(p, 12, keeping) || BEHIND_HAS(p, 8, keeping);
    if (BEHIND_HAS(p, 5, changed) || BEHIND_HAS(p, 5, secrets)) return true;
    bool withheld = BEFORE_HAS(p, 12, withholding) || BEHIND_HAS(p, 8, withholding);
    return withheld &&
           (BEFORE_HAS(p, 12, refusals) || BEHIND_HAS(p, 8, refusals) || BEFORE_HAS(p, 3, only_if));
}

/* "gave only his call sign", "would give no more than her initials". */
static bool gives_part_of_name(word_place p) {
    if (is(p, "sign") || is(p, "signs")) {
        if (!follows(p, "call")) return false;
    } else if (!WORD_IN(p.a, p.at, name_parts)) {
        return false;
    }
    return BEFORE_HAS(p, 8, givings) && BEFORE_HAS(p, 6, only_words) && has_owner(p);
}

/* "spoke on the understanding that", "speaking on the customary terms". */
static bool sets_terms(word_place p) {
    if (!WORD_IN(p.a, p.at, terms) || !BEFORE_HAS(p, 4, prepositions)) return false;
    bool that = p.at + 1 < p.s.end && word_is(p.a, p.at + 1, "that");
    if (BEFORE_HAS(p, 10, accounts)) return that || is(p, "terms") || is(p, "rules");
    return that && WORD_IN(p.a, p.at, understandings) && BEFORE_HAS(p, 5, tellings);
}

/* "could be disciplined for talking to the press", "told not to speak to reporters". */
static bool fears_penalty(word_place p) {
    if (WORD_IN(p.a, p.at, penalties)) return BEHIND_HAS(p, 6, talking);
    if (!is(p, "speak") && !is(p, "talk")) return false;
    return BEFORE_HAS(p, 3, plain_denials) && BEHIND_HAS(p, 6, audiences);
}

/* "not authorised to speak", "forbidden to talk to reporters". */
static bool forbids_speech(word_place p) {
    bool forbidden = WORD_IN(p.a, p.at, prohibitions) ||
                     (WORD_IN(p.a, p.at, permissions) && BEFORE_HAS(p, 4, negations));
    return forbidden && RANGE_HAS(p.a, p.at + 1, ahead(p.at + 1, 8, p.s.end), speaking);
}

/* "who may not discuss it publicly", "would not speak on the record". */
static bool avoids_public(word_place p) {
    bool record = is(p, "record") && follows(p, "the") && p.at >= p.s.first + 2 &&
                  word_is(p.a, p.at - 2, "on");
    if (!record && !WORD_IN(p.a, p.at, openly)) return false;
    return BEFORE_HAS(p, 5, speech) && BEFORE_HAS(p, 9, declinings) && told_of_who_speaks(p);
}

/* "did not wish to be seen talking to the press". */
static bool avoids_being_seen(word_place p) {
    static const char *const seen[] = {"seen", "known", "overheard"};
    static const char *const wishes[] = {"want", "wish", "wished", "wanting", "wishing", "like"};
    return WORD_IN(p.a, p.at, seen) && follows(p, "be") && BEFORE_HAS(p, 4, wishes) &&
           BEFORE_HAS(p, 6, negations) && told_of_who_speaks(p);
}

/* "asking to be called only by his trade", "would speak only as an officer", "asked to be
 * identified as a diplomat". */
static bool limits_name(word_place p) {
    static const char *const callings[] = {"called", "speak", "quoted",     "described",
                                           "talk",   "known", "identified", "named"};
    static const char *const wishes[] = {"asked", "asking", "asks",   "would",
                                         "could", "agreed", "wished", "only"};
    static const char *const requests[] = {"asked",     "asking",   "asks",       "requested",
                                           "preferred", "insisted", "requesting", "preferring"};
    if (!WORD_IN(p.a, p.at, callings) || p.at + 2 >= p.s.end) return false;
    bool as = RANGE_HAS(p.a, p.at + 1, ahead(p.at, 4, p.s.end), by_words) || is(p, "called");
    if (as && follows(p, "be") && BEFORE_HAS(p, 4, requests)) return true;
    bool only = follows(p, "only") || word_is(p.a, p.at + 1, "only");
    return only && as && BEFORE_HAS(p, 4, wishes);
}

/* "speaking without permission". */
static bool lacks_permission(word_place p) {
    static const char *const grants[] = {"permission",    "authority", "authorization",
                                         "authorisation", "leave",     "clearance"};
    return WORD_IN(p.a, p.at, grants) && follows(p, "without") && BEFORE_HAS(p, 4, speakings);
}

/* "asked for confidentiality", "on a promise of secrecy". */
static bool is_promised_secrecy(word_place p) {
    static const char *const promises[] = {"asked",     "asking",   "requested", "requesting",
                                           "condition", "promised", "promise",   "granted",
                                           "guarantee", "return",   "exchange"};
    return WORD_IN(p.a, p.at, secrecy) && BEFORE_HAS(p, 4, promises);
}

/* "on background", "off the record", "not for attribution", "spoke privately". */
static bool speaks_off_record(word_place p) {
    if (is(p, "background")) return BEFORE_HAS(p, 2, prepositions) && BEFORE_HAS(p, 6, speakings);
    if (is(p, "record"))
        return p.at >= p.s.first + 2 && word_is(p.a, p.at - 2, "off") &&
               BEFORE_HAS(p, 8, speakings);
    if (is(p, "attribution"))
        return follows(p, "without") || (follows(p, "for") && BEFORE_HAS(p, 2, plain_denials));
    if (is(p, "not-for-attribution")) return true;
    if (is(p, "rules") && follows(p, "ground")) return true;
    return is(p, "privately") && BEFORE_HAS(p, 2, speakings);
}

/* "remain anonymous", "go unnamed". */
static bool stays_nameless(word_place p) {
    static const char *const staying[] = {"remain", "stay", "be",   "remaining",
                                          "kept",   "go",   "keep", "left"};
    return (is(p, "anonymous") || is(p, "unnamed")) && p.at > p.s.first &&
           WORD_IN(p.a, p.at - 1, staying);
}

bool reason_begins_at(const article *a, uint32_t at, token_range s) {
    static bool (*const wordings[])(word_place) = {
        denies_naming,      withholds_name,    forbids_speech,     speaks_off_record,
        sets_terms,         limits_name,       fears_penalty,      lacks_permission,
        avoids_public,      avoids_being_seen, gives_part_of_name, stays_nameless,
        is_promised_secrecy};
    const word_place p = {a, at, s};
    if (is(p, "anonymity") || is(p, "anonymously")) return true;
    for (size_t i = 0; i < sizeof wordings / sizeof *wordings; i++)
        if (wordings[i](p)) return true;
    return false;
}
