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
    "only",      "rather",     "want",           "unnamed",   "stipulated"};
static const char *const naming[] = {"named", "identified", "quoted", "identifying", "naming"};
static const char *const passive[] = {"be", "being", "been"};
static const char *const name_nouns[] = {
    "name",    "names",  "surname", "surnames", "identity",   "identities", "nameless",
    "country", "agency", "rank",    "office",   "department", "employer",   "affiliation"};
static const char *const personal_nouns[] = {"name",     "names",      "surname", "surnames",
                                             "identity", "identities", "nameless"};
static const char *const keeping[] = {"withheld", "withhold",  "withholding", "published",
                                      "secret",   "left",      "omitted",     "mentioned",
                                      "named",    "disclosed", "identified",  "kept"};
static const char *const withholding[] = {
    "withheld",  "withhold", "withholding", "disclosed", "published", "used",    "use",
    "printed",   "revealed", "give",        "out",       "secret",    "protect", "nameless",
    "disclose",  "reveal",   "kept",        "keep",      "omitted",   "given",   "appear",
    "appearing", "left",     "appeared",    "mentioned", "protected", "appears", "publication"};
static const char *const permissions[] = {
    "authorized", "authorised", "permitted", "allowed", "cleared",   "empowered",  "permit",
    "allow",      "free",       "supposed",  "meant",   "authority", "permission", "entitled"};
static const char *const prohibitions[] = {"unauthorized", "unauthorised", "forbidden",
                                           "prohibited",   "barred",       "forbids",
                                           "forbid",       "forbade"};
static const char *const negations[] = {
    "not", "n't", "n\xE2\x80\x99t", "never", "without", "neither", "nor", "no", "lacked", "cannot"};
static const char *const speaking[] = {
    "speak",      "talk",     "discuss",    "comment",   "brief",       "interview",
    "interviews", "press",    "media",      "reporters", "journalists", "newspapers",
    "quoted",     "publicly", "public",     "disclose",  "describe",    "details",
    "address",    "speaking", "discussing", "talking",   "announce",    "record"};
static const char *const owners[] = {"his", "her", "their", "whose"};
static const char *const speakings[] = {"spoke",  "speaking", "speak",     "spoken",
                                        "talked", "talking",  "discussed", "briefing"};

static const char *const terms[] = {"condition", "understanding", "promise", "terms",
                                    "rule",      "rules",         "proviso"};
static const char *const accounts[] = {"spoke", "speaking",  "speak",    "talked",  "talking",
                                       "talk",  "discussed", "briefing", "briefed", "described",
                                       "gave",  "agreed",    "allowed"};
static const char *const plain_denials[] = {"not", "n't", "n\xE2\x80\x99t", "neither", "never"};
static const char *const penalties[] = {"sacked",   "fired",     "disciplined",
                                        "punished", "dismissed", "prosecuted"};
static const char *const talking[] = {"saying", "talking", "speaking"};
static const char *const audiences[] = {"press",      "media",    "reporters", "journalists",
                                        "newspapers", "reporter", "publicly",  "public"};

static const char *const by_words[] = {"as", "by"};
static const char *const only_words[] = {"only"};
static const char *const prepositions[] = {"on", "under"};

/* "not be named", "only if not named", "asked that his name be withheld". */
static bool withholds_name(const article *a, uint32_t at, token_range s) {
    uint32_t before = back(at, 12, s.first), behind = ahead(at, 8, s.end);
    if (WORD_IN(a, at, naming)) {
        if (RANGE_HAS(a, back(at, 2, s.first), at, plain_denials)) return at > s.first;
        bool name_before = RANGE_HAS(a, back(at, 3, s.first), at, owners) &&
                           RANGE_HAS(a, back(at, 2, s.first), at, name_nouns);
        if (at > s.first && (word_is(a, at - 1, "are") || word_is(a, at - 1, "is")))
            return RANGE_HAS(a, at, ahead(at, 6, s.end), only_words);
        return (name_before || RANGE_HAS(a, back(at, 3, s.first), at, passive)) &&
               (RANGE_HAS(a, before, at, refusals) ||
                RANGE_HAS(a, at, ahead(at, 6, s.end), only_words));
    }
    if (!WORD_IN(a, at, name_nouns)) return false;
    if (word_is(a, at, "nameless")) return true;
    if (at > s.first && word_is(a, at - 1, "neither")) return true;
    bool own = RANGE_HAS(a, back(at, 3, s.first), at, owners);
    if (!WORD_IN(a, at, personal_nouns)) /* "his country had used": of a country more is needed */
        return own && (RANGE_HAS(a, before, at, keeping) || RANGE_HAS(a, at, behind, keeping));
    bool withheld = RANGE_HAS(a, before, at, withholding) || RANGE_HAS(a, at, behind, withholding);
    return own && withheld &&
           (RANGE_HAS(a, before, at, refusals) || RANGE_HAS(a, at, behind, refusals));
}

/* "spoke on the understanding that", "speaking on the customary terms". */
static bool sets_terms(const article *a, uint32_t at, token_range s) {
    if (!WORD_IN(a, at, terms) || !RANGE_HAS(a, back(at, 10, s.first), at, accounts)) return false;
    bool on = RANGE_HAS(a, back(at, 4, s.first), at, prepositions);
    bool that = at + 1 < s.end && word_is(a, at + 1, "that");
    return on && (that || word_is(a, at, "terms") || word_is(a, at, "rules"));
}

/* "could be disciplined for talking to the press", "told not to speak to reporters". */
static bool fears_penalty(const article *a, uint32_t at, token_range s) {
    if (WORD_IN(a, at, penalties)) return RANGE_HAS(a, at, ahead(at, 4, s.end), talking);
    if (!word_is(a, at, "speak") && !word_is(a, at, "talk")) return false;
    return RANGE_HAS(a, back(at, 3, s.first), at, plain_denials) &&
           RANGE_HAS(a, at, ahead(at, 6, s.end), audiences);
}

/* "not authorised to speak", "forbidden to talk to reporters". */
static bool forbids_speech(const article *a, uint32_t at, token_range s) {
    uint32_t stop = ahead(at + 1, 8, s.end);
    if (WORD_IN(a, at, prohibitions)) return RANGE_HAS(a, at + 1, stop, speaking);
    if (!WORD_IN(a, at, permissions)) return false;
    return RANGE_HAS(a, back(at, 4, s.first), at, negations) &&
           RANGE_HAS(a, at + 1, stop, speaking);
}

/* "asking to be called only by his trade", "would speak only as an officer", "quoted only as". */
static bool limits_name(const article *a, uint32_t at, token_range s) {
    static const char *const callings[] = {"called", "speak", "quoted", "described", "talk"};
    static const char *const wishes[] = {"asked", "asking", "asks",   "would",
                                         "could", "agreed", "wished", "only"};
    if (!WORD_IN(a, at, callings) || at + 2 >= s.end) return false;
    bool only = word_is(a, at - (at > s.first), "only") || word_is(a, at + 1, "only");
    bool as = RANGE_HAS(a, at + 1, ahead(at, 4, s.end), by_words) || word_is(a, at, "called");
    return only && as && RANGE_HAS(a, back(at, 4, s.first), at, wishes);
}

/* "speaking without permission". */
static bool lacks_permission(const article *a, uint32_t at, token_range s) {
    static const char *const grants[] = {"permission", "authority", "authorization",
                                         "authorisation", "leave"};
    return at > s.first && WORD_IN(a, at, grants) && word_is(a, at - 1, "without") &&
           RANGE_HAS(a, back(at, 4, s.first), at, speakings);
}

/* "on background", "off the record", "not for attribution", "spoke privately". */
static bool speaks_off_record(const article *a, uint32_t at, token_range s) {
    if (word_is(a, at, "background"))
        return at > s.first && word_is(a, at - 1, "on") &&
               RANGE_HAS(a, back(at, 4, s.first), at, speakings);
    if (word_is(a, at, "record"))
        return at >= s.first + 2 && word_is(a, at - 2, "off") &&
               RANGE_HAS(a, back(at, 8, s.first), at, speakings);
    if (word_is(a, at, "attribution"))
        return at >= s.first + 2 && word_is(a, at - 1, "for") && word_is(a, at - 2, "not");
    if (word_is(a, at, "rules") && at > s.first && word_is(a, at - 1, "ground")) return true;
    if (word_is(a, at, "privately")) return RANGE_HAS(a, back(at, 2, s.first), at, speakings);
    return false;
}

/* The shortest words that a reason is looked for at are "name", "rank", "free" and the like. */
enum { SHORTEST_TRIGGER = 4 };

bool reason_begins_at(const article *a, uint32_t at, token_range s) {
    if (token_text(a, at).len < SHORTEST_TRIGGER) return false;
    if (word_is(a, at, "anonymity") || word_is(a, at, "anonymously")) return true;
    if (word_is(a, at, "anonymous") || word_is(a, at, "unnamed")) {
        static const char *const staying[] = {"remain", "stay", "be", "remaining", "kept"};
        return at > s.first && WORD_IN(a, at - 1, staying);
    }
    return withholds_name(a, at, s) || forbids_speech(a, at, s) || speaks_off_record(a, at, s) ||
           sets_terms(a, at, s) || limits_name(a, at, s) || fears_penalty(a, at, s) ||
           lacks_permission(a, at, s);
}
