/* transcript.h: the turns of transcripts and interviews: paragraphs that begin with a speaker's
 * label and a colon ("SMITH: We will.", "Q: Why?"). Found by their form alone. */
#ifndef ATTRIBUTE_TRANSCRIPT_H
#define ATTRIBUTE_TRANSCRIPT_H

#include "attribute/frame.h"

typedef struct transcript_turn {
    token_range source;  /* the label */
    uint32_t colon;      /* the cue */
    token_range content; /* to the end of the paragraph */
} transcript_turn;

typedef struct transcript_turns {
    transcript_turn *items; /* in the order of the text */
    size_t count;
} transcript_turns;

/* Empty unless the article is a transcript or interview, at least in part: several labels, and
 * each of them in capitals, a single letter (Q, A), or used more than once. The result lives in
 * `memory`. Error: NO_MEMORY. */
WHOSAID_CHECK whosaid_status transcript_find(const article *a, const article_frame *frame,
                                             arena *memory, transcript_turns *out,
                                             whosaid_error *err);

#endif
