#include "article.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

static const char *const quote_types[] = {"direct", "indirect", "mixed"};
static const char *const statement_kinds[] = {"speech", "attitude"};
static const char *const anonymity_grades[] = {"named", "anonymous", "group", "institution",
                                               "unattributed"};
static const char *const name_classes[] = {"O", "PERSON", "LOCATION", "ORGANIZATION", "MISC"};
static const char *const parts_of_speech[] = {
#define PART_OF_SPEECH_TEXT(name, text) text,
    PART_OF_SPEECH_LIST(PART_OF_SPEECH_TEXT)
#undef PART_OF_SPEECH_TEXT
};

static bool find_word(const char *const *words, size_t count, text_view text, size_t *index) {
    for (size_t i = 0; i < count; i++) {
        if (!view_is(text, words[i])) continue;
        *index = i;
        return true;
    }
    return false;
}

const char *quote_type_name(quote_type type) {
    return quote_types[type];
}

const char *statement_kind_name(statement_kind kind) {
    return statement_kinds[kind];
}

const char *anonymity_grade_name(anonymity_grade grade) {
    return anonymity_grades[grade];
}

const char *part_of_speech_name(part_of_speech pos) {
    return parts_of_speech[pos];
}

const char *name_class_name(name_class class) {
    return name_classes[class];
}

bool statement_kind_parse(text_view text, statement_kind *out) {
    size_t index;
    bool found = find_word(statement_kinds, COUNT(statement_kinds), text, &index);
    if (found) *out = (statement_kind)index;
    return found;
}

bool anonymity_grade_parse(text_view text, anonymity_grade *out) {
    size_t index;
    bool found = find_word(anonymity_grades, COUNT(anonymity_grades), text, &index);
    if (found) *out = (anonymity_grade)index;
    return found;
}

bool part_of_speech_parse(text_view text, part_of_speech *out) {
    size_t index;
    bool found = find_word(parts_of_speech, COUNT(parts_of_speech), text, &index);
    if (found) *out = (part_of_speech)index;
    return found;
}

bool name_class_parse(text_view text, name_class *out) {
    size_t index;
    bool found = find_word(name_classes, COUNT(name_classes), text, &index);
    if (found) *out = (name_class)index;
    return found;
}
