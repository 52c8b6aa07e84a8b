/* turn_label.h: the labels "Q:" and "A:" of interviews, and an outlet's name before its own
 * questions. Other labels ("COLE:", "REPORTER:") are names and descriptions like any other. */
#ifndef IDENTIFY_TURN_LABEL_H
#define IDENTIFY_TURN_LABEL_H

#include "identify/cast.h"

typedef enum turn_label {
    TURN_NONE,     /* no such label */
    TURN_QUESTION, /* the interviewer: the outlet that prints it */
    TURN_ANSWER    /* the person interviewed */
} turn_label;

/* The label that the source of `said` is, when a colon behind it is the cue. */
turn_label turn_label_of(const article *a, const attribution *said);

/* True for words with a colon behind them at the beginning of a paragraph. */
bool is_turn_label(const article *a, token_range words);

/* True for a token "Q" or "A" with a colon behind it at the beginning of a paragraph. */
bool is_turn_letter(const article *a, uint32_t at);

/* The person interviewed: of those named before `first_turn`, whom words like "spoke to" or "an
 * interview with" introduce, else the one mentioned most. NO_ENTITY when nobody is named. */
uint32_t turn_interviewee(const cast *c, uint32_t first_turn);

/* The outlet, where the text before `first_turn` names it. NO_ENTITY when it does not. */
uint32_t turn_interviewer(const cast *c, uint32_t first_turn);

#endif
