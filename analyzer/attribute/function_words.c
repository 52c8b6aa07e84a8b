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
