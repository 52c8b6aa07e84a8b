#include "identify/lexicon.h"

#include "base/hash.h"
#include "identify/lexicon_words.h"

#include <stdlib.h>

#define LONGEST_WORD 32
#define TABLE_SIZE 8192 /* a power of two, more than twice the words */

typedef struct entry {
    uint64_t hash;
    uint32_t classes, uses;
} entry;

/* Most words are not in the table; the marks, which stay in the cache, tell that. */
struct lexicon {
    uint8_t marks[TABLE_SIZE]; /* mark_of the entry's hash; 0: free */
    entry table[TABLE_SIZE];
};

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

static uint8_t mark_of(uint64_t hash) {
    return (uint8_t)(hash >> 56 | 1);
}

/* Where the word is, or a free place. */
static size_t slot_of(const lexicon *words, uint64_t hash) {
    size_t i = hash & (TABLE_SIZE - 1);
    while (words->marks[i] && (words->marks[i] != mark_of(hash) || words->table[i].hash != hash))
        i = (i + 1) & (TABLE_SIZE - 1);
    return i;
}

static void add_word(lexicon *words, const char *word, size_t len, uint32_t classes,
                     uint32_t uses) {
    uint64_t hash = hash_bytes(word, len);
    size_t at = slot_of(words, hash);
    words->marks[at] = mark_of(hash);
    words->table[at].hash = hash;
    words->table[at].classes |= classes;
    words->table[at].uses |= uses;
}

static void add_list(lexicon *words, const char *list, uint32_t classes, uint32_t uses) {
    for (const char *word = list; *word;) {
        size_t len = strcspn(word, " ");
        if (len) add_word(words, word, len, classes, uses);
        word += len + (word[len] == ' ');
    }
}

lexicon *lexicon_new(void) {
    lexicon *made = calloc(1, sizeof *made);
    if (!made) return NULL;
    for (size_t i = 0; i < COUNT_OF(word_lists); i++)
        add_list(made, word_lists[i].words, word_lists[i].classes, 0);
    for (size_t i = 0; i < COUNT_OF(use_lists); i++)
        add_list(made, use_lists[i].words, 0, use_lists[i].uses);
    for (size_t i = 0; i < COUNT_OF(title_forms); i++)
        add_word(made, title_forms[i][0], strlen(title_forms[i][0]), 0, USE_TITLE_FORM);
    return made;
}

void lexicon_free(lexicon *words) {
    free(words);
}

static uint32_t exact_classes(const lexicon *words, const char *word, size_t len) {
    if (!len) return 0;
    size_t at = slot_of(words, hash_bytes(word, len));
    return words->marks[at] ? words->table[at].classes : 0;
}

/* The nouns that have a plural of their own. */
#define NOUN_CLASSES (WORD_PERSON | WORD_BODY | WORD_DOCUMENT)

static uint32_t noun_classes(const lexicon *words, const char *word, size_t len) {
    return exact_classes(words, word, len) & (NOUN_CLASSES | WORD_KIN | WORD_VAGUE | WORD_MALE |
                                              WORD_FEMALE | WORD_PARTY | WORD_OUTLET);
}

/* As the plural of a noun: officials, parties, witnesses, analyses, congressmen. The buffer is
 * changed and put right again. */
static uint32_t plural_classes(const lexicon *words, char *word, size_t len) {
    uint32_t found = 0;
    if (len > 3 && memcmp(word + len - 3, "men", 3) == 0) {
        word[len - 2] = 'a';
        found = noun_classes(words, word, len);
        word[len - 2] = 'e';
    }
    if (!found && len > 3 && word[len - 1] == 's') {
        found = noun_classes(words, word, len - 1);
        if (!found && word[len - 2] == 'e') {
            found = noun_classes(words, word, len - 2);
            if (!found && word[len - 3] == 'i') {
                word[len - 3] = 'y';
                found = noun_classes(words, word, len - 2);
                word[len - 3] = 'i';
            }
            if (!found) { /* analyses */
                word[len - 2] = 'i';
                found = noun_classes(words, word, len);
                word[len - 2] = 'e';
            }
        }
    }
    return found & NOUN_CLASSES ? found | WORD_PLURAL : 0;
}

static text_view without_stop(text_view word) {
    if (word.len > 1 && word.ptr[word.len - 1] == '.') word.len--;
    return word;
}

/* Copies in lower case, without a final full stop. Returns 0 for a word that is too long. */
static size_t fold_word(text_view word, char buffer[LONGEST_WORD]) {
    word = without_stop(word);
    if (word.len > LONGEST_WORD) return 0;
    for (size_t i = 0; i < word.len; i++)
        buffer[i] = ascii_to_lower(word.ptr[i]);
    return word.len;
}

/* "vice-chairman", "then-candidate", "cyber-activist": the part behind the last hyphen decides. */
static uint32_t compound_classes(const lexicon *words, char *word, size_t len) {
    size_t begin = len;
    while (begin > 0 && word[begin - 1] != '-')
        begin--;
    if (begin == 0) return 0;
    uint32_t found = noun_classes(words, word + begin, len - begin);
    if (!found) found = plural_classes(words, word + begin, len - begin);
    return found & (WORD_PERSON | WORD_BODY | WORD_PLURAL | WORD_MALE | WORD_FEMALE);
}

/* exact: the classes of the word as it stands. */
static uint32_t all_classes(const lexicon *words, char *word, size_t len, uint32_t exact) {
    uint32_t classes = exact;
    if (!(classes & NOUN_CLASSES)) classes |= plural_classes(words, word, len);
    return classes ? classes : compound_classes(words, word, len);
}

uint32_t lexicon_classes(const lexicon *words, text_view word) {
    char buffer[LONGEST_WORD];
    size_t len = fold_word(word, buffer);
    return len ? all_classes(words, buffer, len, exact_classes(words, buffer, len)) : 0;
}

lexicon_facts lexicon_find(const lexicon *words, text_view word, uint64_t lower_hash) {
    size_t at = slot_of(words, lower_hash);
    lexicon_facts found = {0};
    if (words->marks[at]) found = (lexicon_facts){words->table[at].classes, words->table[at].uses};
    char buffer[LONGEST_WORD];
    size_t len = fold_word(word, buffer);
    if (len != word.len) found.classes = exact_classes(words, buffer, len);
    found.classes = len ? all_classes(words, buffer, len, found.classes) : 0;
    return found;
}

uint32_t lexicon_uses(const lexicon *words, uint64_t lower_hash) {
    size_t at = slot_of(words, lower_hash);
    return words->marks[at] ? words->table[at].uses : 0;
}

bool lexicon_looks_like_person(text_view word) {
    static const char *const endings[] = {"er",  "or",  "ist", "ian", "man", "woman",
                                          "ant", "ent", "ee",  "eer", "ive", "\xC3\xA9"};
    for (size_t i = 0; i < COUNT_OF(endings); i++)
        if (word.len > strlen(endings[i]) + 2 && view_ends_with(word, view_of(endings[i])))
            return true;
    return false;
}

text_view lexicon_full_title(text_view word) {
    text_view bare = without_stop(word);
    char first = bare.len ? ascii_to_lower(bare.ptr[0]) : '\0';
    for (size_t i = 0; i < COUNT_OF(title_forms); i++)
        if (title_forms[i][0][0] == first && view_is_ignoring_case(bare, title_forms[i][0]))
            return view_of(title_forms[i][1]);
    return bare;
}

bool lexicon_same_given_name(text_view a, text_view b) {
    for (size_t i = 0; i < COUNT_OF(given_name_forms); i++) {
        const char *brief = given_name_forms[i][0], *full = given_name_forms[i][1];
        if ((view_is_ignoring_case(a, brief) && view_is_ignoring_case(b, full)) ||
            (view_is_ignoring_case(b, brief) && view_is_ignoring_case(a, full)))
            return true;
    }
    return false;
}
