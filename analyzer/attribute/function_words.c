#include "attribute/function_words.h"

static const char *const TEXTS[FUNCTION_WORD_COUNT] = {"",
#define FUNCTION_WORD_TEXT(name, text) text,
                                                       FUNCTION_WORD_LIST(FUNCTION_WORD_TEXT)
#undef FUNCTION_WORD_TEXT
};

function_word function_word_of(text_view normalized) {
    for (int i = FUNCTION_NONE + 1; i < FUNCTION_WORD_COUNT; i++)
        if (view_is(normalized, TEXTS[i])) return (function_word)i;
    return FUNCTION_NONE;
}

bool function_word_links_clauses(function_word word) {
    switch (word) {
    case FUNCTION_WHO:
    case FUNCTION_WHICH:
    case FUNCTION_BECAUSE:
    case FUNCTION_AS:
    case FUNCTION_BUT:
    case FUNCTION_AND:
    case FUNCTION_WHEN:
    case FUNCTION_WHILE:
    case FUNCTION_AFTER:
    case FUNCTION_IF:
    case FUNCTION_BEFORE:
    case FUNCTION_ALTHOUGH:
    case FUNCTION_THOUGH:
    case FUNCTION_OR:
    case FUNCTION_WHERE:
    case FUNCTION_SINCE:
    case FUNCTION_UNTIL:
    case FUNCTION_WHETHER:
    case FUNCTION_WHAT:
    case FUNCTION_HOW:
    case FUNCTION_WHY:
    case FUNCTION_SO:
    case FUNCTION_THAN: return true;
    default: return false;
    }
}

bool function_word_opens_clause(function_word word) {
    switch (word) {
    case FUNCTION_THAT: return true;
    case FUNCTION_AND:
    case FUNCTION_BUT:
    case FUNCTION_OR:
    case FUNCTION_SO:
    case FUNCTION_THAN: return false;
    default: return function_word_links_clauses(word);
    }
}
