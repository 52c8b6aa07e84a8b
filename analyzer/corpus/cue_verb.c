#include "corpus/check_steps.h"

enum { VERB_BYTES_MAX = 40 };

/* What stands around the verb of a cue. */
static const char *const passed_over[] = {
    "a",     "about", "again",  "against", "also",  "am",    "an",    "and",   "are",  "as",
    "at",    "be",    "been",   "being",   "both",  "by",    "can",   "could", "did",  "do",
    "does",  "for",   "from",   "had",     "has",   "have",  "he",    "her",   "his",  "in",
    "into",  "is",    "it",     "its",     "later", "may",   "might", "more",  "much", "must",
    "never", "not",   "of",     "off",     "often", "on",    "once",  "only",  "or",   "out",
    "over",  "she",   "should", "since",   "so",    "still", "such",  "than",  "that", "the",
    "their", "then",  "they",   "this",    "to",    "too",   "twice", "up",    "was",  "were",
    "when",  "while", "who",    "will",    "with",  "would", "yet"};

static const struct {
    const char *form, *verb;
} irregular[] = {
    {"said", "say"},
    {"told", "tell"},
    {"thought", "think"},
    {"wrote", "write"},
    {"written", "write"},
    {"spoke", "speak"},
    {"spoken", "speak"},
    {"knew", "know"},
    {"known", "know"},
    {"felt", "feel"},
    {"held", "hold"},
    {"made", "make"},
    {"making", "make"},
    {"gave", "give"},
    {"given", "give"},
    {"found", "find"},
    {"went", "go"},
    {"gone", "go"},
    {"took", "take"},
    {"taken", "take"},
    {"put", "put"},
    {"let", "let"},
    {"read", "read"},
    {"saw", "see"},
    {"seen", "see"},
    {"heard", "hear"},
    {"meant", "mean"},
    {"kept", "keep"},
    {"left", "leave"},
    {"drew", "draw"},
    {"swore", "swear"},
    {"sworn", "swear"},
    {"forbade", "forbid"},
    {"foresaw", "foresee"},
    {"sought", "seek"},
    {"bet", "bet"},
    {"noted", "note"},
    {"hoped", "hope"},
    {"blamed", "blame"},
    {"cited", "cite"},
    {"invited", "invite"},
    {"joked", "joke"},
    {"liked", "like"},
    {"wanted", "want"},
    {"hoping", "hope"},
    {"noting", "note"},
    {"blaming", "blame"},
    {"citing", "cite"},
    {"inviting", "invite"},
    {"joking", "joke"},
    {"liking", "like"},
    {"according", "according"},
    {"understood", "understand"},
    {"overheard", "overhear"},
    {"shrugged", "shrug"},
};

static bool is_passed_over(text_view word) {
    for (size_t i = 0; i < sizeof passed_over / sizeof *passed_over; i++)
        if (view_is(word, passed_over[i])) return true;
    return word.len > 4 && view_ends_with(word, VIEW("ly")) && !view_is(word, "reply") &&
           !view_is(word, "imply") && !view_is(word, "apply") && !view_is(word, "supply");
}

static bool is_vowel(char c) {
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
}

/* Whether a verb that lost -ed or -ing ends in a silent e: urg-, stat-, argu-, propos-. */
static bool lost_an_e(text_view stem) {
    static const char *const ends[] = {"at", "ut", "ot", "id", "ib", "um", "am", "in", "ar", "ir",
                                       "ur", "os", "us", "is", "as", "iz", "yz", "uc", "uk", "ak"};
    char last = stem.ptr[stem.len - 1], before = stem.ptr[stem.len - 2];
    if (last == 'v' || last == 'u' || last == 'c') return true;
    if (last == 'g')
        return before != 'n' || view_ends_with(stem, VIEW("leng")) ||
               view_ends_with(stem, VIEW("chang"));
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (view_ends_with(stem, view_of(ends[i])))
            return !is_vowel(stem.ptr[stem.len - 3]) || stem.ptr[stem.len - 3] == 'u';
    return false;
}

/* A stem behind which -ed or -ing stood: "stopp" to "stop", "urg" to "urge". */
static size_t restore_stem(char *verb, size_t len) {
    char last = verb[len - 1];
    bool doubled = last == verb[len - 2] && !is_vowel(last);
    if (doubled && len > 3 && last != 'l' && last != 's' && last != 'z') return len - 1;
    if (!doubled && len > 2 && lost_an_e((text_view){verb, len})) verb[len++] = 'e';
    return len;
}

static size_t strip_inflection(char *verb, size_t len) {
    text_view word = {verb, len};
    if (len > 4 && (view_ends_with(word, VIEW("ies")) || view_ends_with(word, VIEW("ied")))) {
        verb[len - 3] = 'y';
        return len - 2;
    }
    if (len > 4 && view_ends_with(word, VIEW("eed"))) return len - 1;
    if (len > 4 && view_ends_with(word, VIEW("ed"))) return restore_stem(verb, len - 2);
    if (len > 5 && view_ends_with(word, VIEW("ing"))) return restore_stem(verb, len - 3);
    static const char *const hissing[] = {"sses", "shes", "ches", "xes"};
    for (size_t i = 0; i < sizeof hissing / sizeof *hissing; i++)
        if (view_ends_with(word, view_of(hissing[i]))) return len - 2;
    bool plain_s = len > 3 && view_ends_with(word, VIEW("s")) && verb[len - 2] != 's';
    return plain_s ? len - 1 : len;
}

/* Takes the next word of letters off *rest, in lower case into `out`; 0 at the end. */
static size_t take_word(text_view *rest, char out[VERB_BYTES_MAX]) {
    size_t at = 0, len = 0;
    while (at < rest->len && !ascii_is_alpha((unsigned char)rest->ptr[at]))
        at++;
    for (; at < rest->len && ascii_is_alpha((unsigned char)rest->ptr[at]); at++)
        if (len < VERB_BYTES_MAX - 1) out[len++] = ascii_to_lower(rest->ptr[at]);
    *rest = view_slice(*rest, at, rest->len);
    return len;
}

text_view cue_verb(arena *a, text_view cue) {
    char verb[VERB_BYTES_MAX], last[VERB_BYTES_MAX];
    size_t len, last_len = 0;
    text_view rest = cue;
    while ((len = take_word(&rest, verb)) > 0) {
        if (len > 1 && !is_passed_over((text_view){verb, len})) break;
        memcpy(last, verb, len);
        last_len = len;
    }
    if (len == 0 && last_len == 0) return arena_copy(a, cue); /* ":" */
    if (len == 0) return arena_copy(a, (text_view){last, last_len});
    for (size_t i = 0; i < sizeof irregular / sizeof *irregular; i++)
        if (view_is((text_view){verb, len}, irregular[i].form))
            return arena_copy(a, view_of(irregular[i].verb));
    return arena_copy(a, (text_view){verb, strip_inflection(verb, len)});
}
