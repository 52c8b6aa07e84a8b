/* function_words.h: the closed-class words and marks that decide where a statement begins and
 * ends. Each has a number, kept with the word's facts. */
#ifndef ATTRIBUTE_FUNCTION_WORDS_H
#define ATTRIBUTE_FUNCTION_WORDS_H

#include "base/text_view.h"

/* Name and normalized form (word_normalize). */
// clang-format off
#define FUNCTION_WORD_LIST(X)                                                                      \
    X(THAT, "that") X(TO, "to") X(IF, "if") X(WHETHER, "whether") X(HOW, "how") X(WHAT, "what")    \
    X(WHY, "why") X(WHO, "who") X(WHICH, "which") X(BECAUSE, "because") X(AS, "as") X(BUT, "but")  \
    X(AND, "and") X(OR, "or") X(WHEN, "when") X(WHILE, "while") X(AFTER, "after")                  \
    X(BEFORE, "before") X(WITH, "with") X(BY, "by") X(FOR, "for") X(IN, "in") X(ON, "on")          \
    X(AT, "at") X(OF, "of") X(ABOUT, "about") X(FROM, "from") X(THAN, "than")                      \
    X(COMMA, ",") X(STOP, ".") X(SEMICOLON, ";") X(COLON, ":") X(DASH, "--") X(HYPHEN, "-")        \
    X(QUESTION, "?") X(EXCLAMATION, "!") X(QUOTE, "\"") X(APOSTROPHE, "'")                         \
    X(LEFT_BRACKET, "(") X(RIGHT_BRACKET, ")") X(HE, "he") X(SHE, "she") X(THEY, "they")           \
    X(IT, "it") X(I, "i") X(WE, "we") X(YOU, "you") X(HIS, "his") X(HER, "her")                    \
    X(THEIR, "their") X(THE, "the") X(A, "a") X(AN, "an") X(ALTHOUGH, "although")                  \
    X(THOUGH, "though") X(WHERE, "where") X(SINCE, "since") X(UNTIL, "until") X(SO, "so")          \
    X(NOT, "not") X(NT, "n't") X(POSSESSIVE, "'s")
// clang-format on

typedef enum function_word {
    FUNCTION_NONE,
#define FUNCTION_WORD_ENUM(name, text) FUNCTION_##name,
    FUNCTION_WORD_LIST(FUNCTION_WORD_ENUM)
#undef FUNCTION_WORD_ENUM
        FUNCTION_WORD_COUNT
} function_word;

/* FUNCTION_NONE for any other word. Linear in the list: for training. */
function_word function_word_of(text_view normalized);

/* Words that join clauses, or words as well; and those that open a subordinate clause with a verb
 * of its own, as "that" does too. */
// clang-format off
#define FUNCTION_JOINER_LIST(X) X(BUT) X(AND) X(OR) X(SO) X(THAN)
#define FUNCTION_OPENER_LIST(X)                                                                    \
    X(WHO) X(WHICH) X(BECAUSE) X(AS) X(WHEN) X(WHILE) X(AFTER) X(IF) X(BEFORE) X(ALTHOUGH)         \
    X(THOUGH) X(WHERE) X(SINCE) X(UNTIL) X(WHETHER) X(WHAT) X(HOW) X(WHY)
// clang-format on

#endif
