#include "identify/spoken_of.h"

#include "identify/word_window.h"

/* Participles that tell what the subject itself feels or wants: "is convinced", "was quoted as". */
static const char *const own_states[] = {
    "absorbed",     "accustomed",    "affronted",   "afraid",      "aggravated",   "aggrieved",
    "agitated",     "alarmed",       "amazed",      "amused",      "angered",      "annoyed",
    "appalled",     "ashamed",       "astonished",  "astounded",   "awed",         "baffled",
    "bemused",      "bent",          "bewildered",  "bored",       "bothered",     "bound",
    "captivated",   "comforted",     "committed",   "concerned",   "confused",     "convinced",
    "daunted",      "dazzled",       "dedicated",   "dejected",    "delighted",    "demoralized",
    "depressed",    "determined",    "devastated",  "devoted",     "disappointed", "discomfited",
    "discouraged",  "disenchanted",  "disgruntled", "disgusted",   "disheartened", "disillusioned",
    "disinclined",  "dismayed",      "dispirited",  "displeased",  "disposed",     "disquieted",
    "dissatisfied", "distraught",    "distressed",  "disturbed",   "divided",      "drawn",
    "dumbfounded",  "elated",        "embarrassed", "emboldened",  "enamored",     "encouraged",
    "energized",    "engaged",       "engrossed",   "enraged",     "enraptured",   "enthralled",
    "enthused",     "exasperated",   "excited",     "exhausted",   "exhilarated",  "fascinated",
    "fixated",      "flabbergasted", "flattered",   "flummoxed",   "focused",      "frightened",
    "frustrated",   "galled",        "gladdened",   "gratified",   "grieved",      "heartbroken",
    "heartened",    "honored",       "honoured",    "horrified",   "humbled",      "humiliated",
    "hurt",         "impressed",     "incensed",    "inclined",    "indebted",     "infuriated",
    "inspired",     "insulted",      "interested",  "intimidated", "intrigued",    "irked",
    "irritated",    "jaded",         "mesmerized",  "miffed",      "mortified",    "moved",
    "mystified",    "nauseated",     "nettled",     "obliged",     "obsessed",     "offended",
    "opposed",      "outraged",      "overcome",    "overjoyed",   "overwhelmed",  "panicked",
    "peeved",       "perplexed",     "persuaded",   "petrified",   "piqued",       "pleased",
    "poised",       "preoccupied",   "prepared",    "puzzled",     "quoted",       "rattled",
    "reassured",    "relieved",      "repelled",    "repulsed",    "resigned",     "resolved",
    "revolted",     "riled",         "saddened",    "satisfied",   "scared",       "set",
    "shaken",       "shocked",       "sickened",    "smitten",     "sold",         "split",
    "spooked",      "startled",      "struck",      "stumped",     "stung",        "stunned",
    "surprised",    "sworn",         "tempted",     "terrified",   "thrilled",     "tickled",
    "tired",        "torn",          "touched",     "traumatized", "troubled",     "unconcerned",
    "unconvinced",  "undaunted",     "undecided",   "understood",  "undeterred",   "unfazed",
    "unimpressed",  "uninterested",  "united",      "unmoved",     "unnerved",     "unperturbed",
    "unsatisfied",  "unsettled",     "unsurprised", "unswayed",    "upset",        "used",
    "vexed",        "wedded",        "worried",     "wowed"};

static bool is_adverb_or_auxiliary(const cast *c, uint32_t at) {
    part_of_speech pos = pos_at(c, at);
    return pos == POS_RB || pos == POS_MD || c->words[at].uses & USE_AUXILIARY;
}

/* A word of the cue behind `at` that says what the subject itself does: "appeared to endorse", "was
 * reported to have said", "was urged by". */
static bool subject_acts(const cast *c, uint32_t at, uint32_t end) {
    for (; at < end; at++)
        if (pos_at(c, at) == POS_VB || pos_at(c, at) == POS_VBG ||
            view_is(token_text(c->article, at), "by"))
            return true;
    return false;
}

/* "seems", "has long appeared to": what others see. */
static bool cue_seems(const cast *c, token_range cue) {
    uint32_t at = cue.first;
    while (at < cue.end && is_adverb_or_auxiliary(c, at))
        at++;
    return at < cue.end && c->words[at].uses & USE_SEEMING && !subject_acts(c, at + 1, cue.end);
}

/* "'s" is "is" in "'s expected to" and "'s seen as", else most often "has": "he's said". */
static bool brief_being_is(const cast *c, uint32_t participle) {
    const article *a = c->article;
    return participle + 1 < a->token_count &&
           (pos_at(c, participle + 1) == POS_TO || view_is(token_text(a, participle + 1), "as"));
}

/* Where the participle of a passive stands: "was widely expected"; words.end when there is none. */
static uint32_t passive_participle(const cast *c, token_range words) {
    bool being_seen = false, brief_seen = false;
    for (uint32_t at = words.first; at < words.end; at++) {
        if (c->words[at].uses & USE_BEING)
            being_seen = true;
        else if (c->words[at].uses & USE_BRIEF_BEING)
            brief_seen = true;
        else if ((being_seen || (brief_seen && brief_being_is(c, at))) &&
                 (pos_at(c, at) == POS_VBN || pos_at(c, at) == POS_VBD))
            return at;
        else if (!is_adverb_or_auxiliary(c, at))
            return words.end;
    }
    return words.end;
}

/* From behind the source to the end of the cue, where only auxiliaries stand between them: "it was
 * {said}"; else the cue. */
static token_range verb_group(const cast *c, token_range source, token_range cue) {
    enum { BETWEEN_MAX = 4 };
    if (cue.first - source.end > BETWEEN_MAX) return cue;
    for (uint32_t at = source.end; at < cue.first; at++)
        if (!is_adverb_or_auxiliary(c, at) && !(c->words[at].uses & USE_BEING)) return cue;
    return (token_range){source.end, cue.end};
}

/* What others say or feel: who gets it or stirs it does not say it. */
static const char *const received_nouns[] = {
    "accusation",  "accusations", "allegation", "allegations", "anger",    "backlash",
    "calls",       "censure",     "charges",    "complaints",  "concerns", "condemnation",
    "criticism",   "criticisms",  "doubts",     "fears",       "fire",     "flak",
    "ire",         "mockery",     "objections", "outcry",      "outrage",  "praise",
    "pressure",    "protests",    "questions",  "rebuke",      "rebukes",  "ridicule",
    "rumors",      "rumours",     "scepticism", "scorn",       "scrutiny", "skepticism",
    "speculation", "suspicion",   "suspicions", "uproar"};

static const char *const receiving_verbs[] = {
    "face",     "faces",     "faced",     "facing",     "draw",      "draws",      "drew",
    "drawn",    "drawing",   "endure",    "endures",    "endured",   "enduring",   "receive",
    "receives", "received",  "receiving", "attract",    "attracts",  "attracted",  "attracting",
    "suffer",   "suffers",   "suffered",  "suffering",  "encounter", "encounters", "encountered",
    "weather",  "weathers",  "weathered", "weathering", "earn",      "earns",      "earned",
    "spark",    "sparks",    "sparked",   "sparking",   "stoke",     "stokes",     "stoked",
    "stoking",  "provoke",   "provokes",  "provoked",   "provoking", "invite",     "invites",
    "invited",  "inviting",  "trigger",   "triggers",   "triggered", "triggering", "fuel",
    "fuels",    "fueled",    "fuelled",   "fueling",    "fuelling",  "prompt",     "prompts",
    "prompted", "prompting", "arouse",    "arouses",    "aroused",   "arousing",   "under"};

bool is_received(const cast *c, uint32_t at) {
    part_of_speech pos = pos_at(c, at);
    return (pos == POS_NN || pos == POS_NNS) && WORD_IN(c->article, at, received_nouns);
}

/* "has drawn criticism for", "came under fire for", "faces questions about": from the noun back to
 * the verb of the source. */
static bool receives_words(const cast *c, token_range source, token_range cue) {
    enum { BETWEEN_MAX = 10 };
    if (cue.first - source.end > BETWEEN_MAX) return false;
    uint32_t noun = cue.first;
    while (noun < cue.end && !is_received(c, noun))
        noun++;
    for (uint32_t at = noun; noun < cue.end && at > source.end; at--) {
        if (WORD_IN(c->article, at - 1, receiving_verbs)) return true;
        if (token_is_finite_verb(c->article, at - 1)) return false;
    }
    return false;
}

/* Adjectives of what only somebody can be: "it is confident" is a company. */
static const char *const minds[] = {
    "able",        "adamant",   "afraid",     "angry",    "aware",     "careful",   "cautious",
    "certain",     "committed", "confident",  "critical", "eager",     "glad",      "grateful",
    "happy",       "hopeful",   "keen",       "mindful",  "open",      "opposed",   "optimistic",
    "pessimistic", "prepared",  "proud",      "ready",    "reluctant", "sceptical", "silent",
    "skeptical",   "sorry",     "supportive", "sure",     "unable",    "unaware",   "unhappy",
    "unsure",      "unwilling", "wary",       "willing"};

/* "It is clear that", "it seems unfair to say", "there are fears that": no source at all. */
static bool is_empty_subject(const cast *c, token_range source, token_range cue) {
    if (source.end != source.first + 1) return false;
    text_view word = token_text(c->article, source.first);
    if (view_is_ignoring_case(word, "there")) return true;
    if (!view_is_ignoring_case(word, "it")) return false;
    uint32_t at = source.end;
    bool being = false;
    for (; at < cue.end && at < source.end + 6; at++) {
        bool here = c->words[at].uses & (USE_BEING | USE_BRIEF_BEING | USE_SEEMING);
        if (!here && !is_adverb_or_auxiliary(c, at)) break;
        being = being || here;
    }
    return being && at < cue.end && pos_at(c, at) == POS_JJ && !WORD_IN(c->article, at, minds);
}

/* "Cole {reportedly} left": a cue without a verb of its own. */
static bool is_hearsay(const cast *c, token_range cue) {
    static const char *const adverbs[] = {"reportedly", "allegedly", "supposedly", "purportedly"};
    return cue.end == cue.first + 1 && pos_at(c, cue.first) == POS_RB &&
           WORD_IN(c->article, cue.first, adverbs);
}

/* "A plan {known as}", "Cole, {regarded as}": a participle of judging with no object before "as".
 * Those that can be a past tense too need the comma: "a plan that Cole {described as} bold". */
static bool is_judged(const cast *c, token_range source, token_range cue) {
    static const char *const never_past[] = {"known", "seen"};
    static const char *const participles[] = {
        "billed",     "cast",        "characterized", "considered", "depicted",
        "derided",    "described",   "dismissed",     "dubbed",     "hailed",
        "identified", "interpreted", "lauded",        "perceived",  "portrayed",
        "praised",    "regarded",    "touted",        "viewed"};
    uint32_t at = cue.first;
    while (at + 1 < cue.end && pos_at(c, at) == POS_RB)
        at++;
    if (at + 1 >= c->article->token_count || pos_at(c, at) != POS_VBN ||
        !view_is(token_text(c->article, at + 1), "as"))
        return false;
    bool comma = cue.first == source.end + 1 && pos_at(c, source.end) == POS_COMMA;
    return WORD_IN(c->article, at, never_past) || (comma && WORD_IN(c->article, at, participles));
}

bool source_is_spoken_of(const cast *c, const attribution *said, token_range source) {
    if (!said->cues.count || said->cues.items[0].first < source.end) return false;
    token_range cue = said->cues.items[0];
    if (cue_seems(c, cue) || is_hearsay(c, cue) || is_empty_subject(c, source, cue) ||
        receives_words(c, source, cue) || is_judged(c, source, cue))
        return true;
    token_range verbs = verb_group(c, source, cue);
    uint32_t participle = passive_participle(c, verbs);
    return participle != verbs.end && !subject_acts(c, participle + 1, cue.end) &&
           !WORD_IN(c->article, participle, own_states);
}
