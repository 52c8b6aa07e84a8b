#include "segment/abbreviations.h"

#include <stdlib.h>

typedef struct word_entry {
    const char *word; /* small letters, without the final full stop */
    unsigned facts;
} word_entry;

#define A WORD_ABBREVIATION
#define T WORD_TITLE
#define O WORD_OFFICE
#define M WORD_MONTH
#define D WORD_WEEKDAY
#define P WORD_PLACE
#define C WORD_COMPANY
#define S WORD_NAME_SUFFIX
#define N WORD_NEVER_ENDS
#define B WORD_BEFORE_NUMBER
#define L WORD_LOWER_TOO

/* All three tables are in byte order of their words, for bsearch. */
// clang-format off
static const word_entry entries[] = {
    {"a.d", A | L},
    {"a.m", A | L},
    {"adm", A | T | N},
    {"admiral", T | O | L},
    {"al", A | L},
    {"ala", A | P},
    {"ald", A | T | N},
    {"alderman", T | O | L},
    {"alta", A | P},
    {"amb", A | T | N},
    {"ambassador", T | O | L},
    {"approx", A | L},
    {"apr", A | M},
    {"april", M},
    {"archbishop", T | O | L},
    {"ariz", A | P},
    {"ark", A | P},
    {"art", A | B | L},
    {"arts", A | B | L},
    {"assemblyman", T | O | L},
    {"assemblywoman", T | O | L},
    {"assn", A | L},
    {"assoc", A | N},
    {"asst", A | N},
    {"attorney", T | O | L},
    {"atty", A | N},
    {"aug", A | M},
    {"august", M},
    {"ave", A | L},
    {"ayatollah", T | O | L},
    {"b.a", A | S},
    {"b.c", A | L},
    {"baron", T | O | L},
    {"baroness", T | O | L},
    {"bishop", T | O | L},
    {"blvd", A | L},
    {"br", A | T | N},
    {"brig", A | T | N},
    {"brigadier", T | O | L},
    {"bros", A | C},
    {"brother", T},
    {"c.b.e", A | S},
    {"ca", A | L},
    {"calif", A | P},
    {"capt", A | T | N},
    {"captain", T | O | L},
    {"cardinal", T | O | L},
    {"cbe", S},
    {"cdr", A | T | N},
    {"cf", A | L},
    {"ch", A | B | L},
    {"chair", T | O | L},
    {"chairman", T | O | L},
    {"chairperson", T | O | L},
    {"chairwoman", T | O | L},
    {"chancellor", T | O | L},
    {"chief", T | O | L},
    {"cl", A | B | L},
    {"cmdr", A | T | N},
    {"cmsgt", A | T | N},
    {"co", A | C},
    {"coach", T | O | L},
    {"col", A | T | N},
    {"colo", A | P},
    {"colonel", T | O | L},
    {"comdr", A | T | N},
    {"commander", T | O | L},
    {"commissioner", T | O | L},
    {"commodore", T | O | L},
    {"comptroller", T | O | L},
    {"congressman", T | O | L},
    {"congresswoman", T | O | L},
    {"conn", A | P},
    {"constable", T | O | L},
    {"consul", T | O | L},
    {"corp", A | C},
    {"corporal", T | O | L},
    {"corpsman", T | O | L},
    {"correspondent", T | O | L},
    {"cos", A | C},
    {"councillor", T | O | L},
    {"councilman", T | O | L},
    {"councilwoman", T | O | L},
    {"countess", T | O | L},
    {"cpl", A | T | N},
    {"cpt", A | T | N},
    {"d.c", A | L},
    {"d.d.s", A | S},
    {"dak", A | P},
    {"dame", T},
    {"dean", T | O | L},
    {"dec", A | M},
    {"december", M},
    {"del", A | T | P | N},
    {"delegate", T | O | L},
    {"dep", A | N},
    {"dept", A | L},
    {"depts", A | L},
    {"deputy", T | O | L},
    {"det", A | T | N},
    {"detective", T | O | L},
    {"director", T | O | L},
    {"doctor", T | O | L},
    {"dr", A | T | N},
    {"drs", A | T | N},
    {"duchess", T | O | L},
    {"duke", T | O | L},
    {"e.g", A | N | L},
    {"e.u", A | L},
    {"earl", T | O | L},
    {"eg", A | N | L},
    {"emir", T | O | L},
    {"emperor", T | O | L},
    {"ens", A | T | N},
    {"ensign", T | O | L},
    {"envoy", T | O | L},
    {"esq", A | S},
    {"est", A | L},
    {"etc", A | L},
    {"excl", A | L},
    {"father", T},
    {"feb", A | M},
    {"february", M},
    {"fig", A | B | L},
    {"figs", A | B | L},
    {"fla", A | P},
    {"fr", A | T | N},
    {"fri", A | D},
    {"friday", D},
    {"ft", A | L},
    {"ga", A | P},
    {"gen", A | T | N},
    {"general", T | O | L},
    {"gmbh", A | C},
    {"gov", A | T | N},
    {"governor", T | O | L},
    {"govs", A | T | N},
    {"govt", A | L},
    {"haji", T},
    {"hon", A | T | N},
    {"hwy", A | L},
    {"i.e", A | N | L},
    {"ie", A | N | L},
    {"ill", A | P},
    {"imam", T | O | L},
    {"inc", A | C},
    {"incl", A | L},
    {"ind", A | P},
    {"insp", A | T | N},
    {"inspector", T | O | L},
    {"intl", A | L},
    {"j.d", A | S},
    {"jan", A | M},
    {"january", M},
    {"jr", A | S},
    {"judge", T | O | L},
    {"jul", A | M},
    {"july", M},
    {"jun", A | M},
    {"june", M},
    {"justice", T | O | L},
    {"k.c", A | S},
    {"kan", A | P},
    {"kans", A | P},
    {"king", T | O | L},
    {"ky", A | P},
    {"la", A | P},
    {"lady", T | O | L},
    {"lawmaker", T | O | L},
    {"lieutenant", T | O | L},
    {"lieutenant-general", T},
    {"ll.b", A | S},
    {"llc", A | C},
    {"lord", T | O | L},
    {"lt", A | T | N},
    {"ltc", A | T | N},
    {"ltd", A | C},
    {"m.a", A | S},
    {"m.b.e", A | S},
    {"m.d", A | S},
    {"m.p", A | S},
    {"madam", T},
    {"maj", A | T | N},
    {"major", T | O | L},
    {"major-general", T},
    {"mar", A | M},
    {"march", M},
    {"marquess", T | O | L},
    {"marshal", T | O | L},
    {"mass", A | P},
    {"may", M},
    {"mayor", T | O | L},
    {"mbe", S},
    {"md", A | P | S},
    {"mep", S},
    {"messrs", A | T | N},
    {"mich", A | P},
    {"midshipman", T | O | L},
    {"minister", T | O | L},
    {"minn", A | P},
    {"miss", A | T | P},
    {"mister", T},
    {"mlle", A | T | N},
    {"mme", A | T | N},
    {"mo", A | P},
    {"mon", A | D},
    {"monday", D},
    {"mont", A | P},
    {"mp", S},
    {"mr", A | T | N},
    {"mrs", A | T | N},
    {"ms", A | T | N},
    {"msgt", A | T | N},
    {"mt", A | N},
    {"mullah", T | O | L},
    {"mx", A | T | N},
    {"natl", A | L},
    {"neb", A | P},
    {"nebr", A | P},
    {"nev", A | P},
    {"no", A | B | L},
    {"nos", A | B | L},
    {"nov", A | M},
    {"november", M},
    {"o.b.e", A | S},
    {"obe", S},
    {"oct", A | M},
    {"october", M},
    {"officer", T | O | L},
    {"okla", A | P},
    {"ont", A | P},
    {"ore", A | P},
    {"p", A | B | L},
    {"p.m", A | L},
    {"pa", A | P},
    {"para", A | B | L},
    {"paras", A | B | L},
    {"pastor", T | O | L},
    {"penn", A | P},
    {"ph.d", A | S},
    {"phd", S},
    {"plc", A | C},
    {"pope", T | O | L},
    {"pp", A | B | L},
    {"premier", T | O | L},
    {"pres", A | T | N},
    {"presenter", T | O | L},
    {"president", T | O | L},
    {"prince", T | O | L},
    {"princess", T | O | L},
    {"principal", T | O | L},
    {"private", T | O | L},
    {"prof", A | T | N},
    {"professor", T | O | L},
    {"prosecutor", T | O | L},
    {"pvt", A | T | N},
    {"q.c", A | S},
    {"que", A | P},
    {"queen", T | O | L},
    {"r.n", A | S},
    {"rabbi", T | O | L},
    {"rd", A | L},
    {"rear-admiral", T},
    {"rep", A | T | N},
    {"representative", T | O | L},
    {"reps", A | T | N},
    {"rev", A | T | N},
    {"reverend", T},
    {"saint", T},
    {"sask", A | P},
    {"sat", A | D},
    {"saturday", D},
    {"seaman", T | O | L},
    {"sec", A | T | N | B | L},
    {"secretary", T | O | L},
    {"sen", A | T | N},
    {"senator", T | O | L},
    {"sens", A | T | N},
    {"sep", A | M},
    {"sept", A | M},
    {"september", M},
    {"sergeant", T | O | L},
    {"sfc", A | T | N},
    {"sgt", A | T | N},
    {"sheikh", T | O | L},
    {"sheriff", T | O | L},
    {"shri", T},
    {"sir", T},
    {"sister", T},
    {"spc", A | T | N},
    {"speaker", T | O | L},
    {"spokesman", T | O | L},
    {"spokesperson", T | O | L},
    {"spokeswoman", T | O | L},
    {"sr", A | S},
    {"ssgt", A | T | N},
    {"st", A | N},
    {"ste", A | N},
    {"sultan", T | O | L},
    {"sun", A | D},
    {"sunday", D},
    {"superintendent", T | O | L},
    {"supt", A | T | N},
    {"tanaiste", T | O | L},
    {"taoiseach", T | O | L},
    {"tenn", A | P},
    {"tex", A | P},
    {"thu", A | D},
    {"thur", A | D},
    {"thurs", A | D},
    {"thursday", D},
    {"treasurer", T | O | L},
    {"trooper", T | O | L},
    {"tue", A | D},
    {"tues", A | D},
    {"tuesday", D},
    {"u.a.e", A | L},
    {"u.k", A | L},
    {"u.n", A | L},
    {"u.s", A | L},
    {"u.s.s.r", A | L},
    {"undersecretary", T | O | L},
    {"univ", A | L},
    {"v", A | N | L},
    {"va", A | P},
    {"vice-admiral", T},
    {"vice-president", T | O | L},
    {"viscount", T | O | L},
    {"viscountess", T | O | L},
    {"viz", A | L},
    {"vol", A | B | L},
    {"vols", A | B | L},
    {"vs", A | N | L},
    {"vt", A | P},
    {"wash", A | P},
    {"wed", A | D},
    {"wednesday", D},
    {"wis", A | P},
    {"wisc", A | P},
    {"wyo", A | P},
};
// clang-format on

#undef A
#undef T
#undef O
#undef M
#undef D
#undef P
#undef C
#undef S
#undef N
#undef B
#undef L

enum { LONGEST_WORD = 18 };

static const char *const sentence_starters[] = {
    "a",       "after",  "all",       "although",  "an",      "and",     "another", "are",
    "as",      "asked",  "at",        "because",   "before",  "both",    "but",     "by",
    "can",     "did",    "do",        "does",      "during",  "each",    "even",    "every",
    "for",     "from",   "he",        "her",       "here",    "his",     "how",     "however",
    "i",       "if",     "in",        "instead",   "is",      "it",      "its",     "just",
    "last",    "later",  "many",      "meanwhile", "more",    "most",    "my",      "no",
    "not",     "now",    "officials", "on",        "once",    "one",     "only",    "or",
    "other",   "others", "our",       "people",    "several", "she",     "since",   "so",
    "some",    "still",  "such",      "that",      "the",     "their",   "then",    "there",
    "these",   "they",   "this",      "those",     "though",  "through", "to",      "two",
    "under",   "until",  "was",       "we",        "well",    "what",    "when",    "where",
    "whether", "which",  "while",     "who",       "why",     "will",    "with",    "without",
    "yes",     "yet",    "you",       "your",
};

static const char *const reporting_verbs[] = {
    "added",     "adds",      "announced", "answered", "argued",    "asked",
    "asking",    "asks",      "continued", "cried",    "declared",  "demanded",
    "exclaimed", "explained", "insisted",  "joked",    "posted",    "quipped",
    "read",      "recalled",  "remarked",  "replied",  "responded", "said",
    "saying",    "says",      "screamed",  "shouted",  "tells",     "told",
    "tweeted",   "warned",    "wondered",  "writes",   "wrote",     "yelled",
};

/* Compares a view with the word of an entry, as strcmp would. Entries begin with their word. */
static int compare(const void *key, const void *entry) {
    text_view word = *(const text_view *)key;
    const char *other = *(const char *const *)entry;
    for (size_t i = 0; i < word.len; i++) {
        int order = (unsigned char)word.ptr[i] - (unsigned char)other[i];
        if (order != 0) return order; /* also where `other` ends */
    }
    return other[word.len] == '\0' ? 0 : -1;
}

/* Small letters without the final full stop, in `buffer`; empty when no table has it. */
static text_view folded(text_view word, char buffer[LONGEST_WORD]) {
    if (word.len > 1 && word.ptr[word.len - 1] == '.') word.len--;
    if (word.len == 0 || word.len > LONGEST_WORD) return (text_view){buffer, 0};
    for (size_t i = 0; i < word.len; i++) {
        buffer[i] = ascii_to_lower(word.ptr[i]);
        if (buffer[i] == '\0') return (text_view){buffer, 0};
    }
    return (text_view){buffer, word.len};
}

/* The entry of a word in one of the tables; NULL when it has none. */
static const void *find(text_view word, const void *table, size_t count, size_t entry_size) {
    char buffer[LONGEST_WORD];
    text_view key = folded(word, buffer);
    return key.len ? bsearch(&key, table, count, entry_size, compare) : NULL;
}

#define FIND(word, table) find((word), (table), sizeof(table) / sizeof *(table), sizeof *(table))

unsigned word_facts(text_view word) {
    const word_entry *entry = FIND(word, entries);
    if (!entry) return 0;
    bool written_so = ascii_is_upper((unsigned char)*word.ptr) || entry->facts & WORD_LOWER_TOO;
    return written_so ? entry->facts : 0;
}

bool word_starts_sentence(text_view word) {
    return word.len && ascii_is_upper((unsigned char)*word.ptr) && FIND(word, sentence_starters);
}

bool word_reports_speech(text_view word) {
    return FIND(word, reporting_verbs) != NULL;
}
