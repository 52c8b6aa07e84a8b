/* transcript.h: statements that are told by their form alone: the turns of transcripts and
 * interviews, which begin with a speaker's label and a colon ("SMITH: We will.", "Q: Why?"), and
 * quotations signed with a dash and a name at the end of their line ("We will." - Ana Ruiz). */
#ifndef ATTRIBUTE_TRANSCRIPT_H
#define ATTRIBUTE_TRANSCRIPT_H

#include "attribute/frame.h"

typedef struct transcript_turn {
    token_range source;  /* the label or signature */
    uint32_t cue;        /* the colon or dash */
    token_range content; /* to the end of the paragraph; the quotation */
} transcript_turn;

typedef struct transcript_turns {
    transcript_turn *items;
    size_t count;
} transcript_turns;

/* Turns count only where the article is a transcript or interview, at least in part: several
 * labels, and each of them in capitals, a single letter (Q, A), or used more than once. The result
 * lives in `memory`. Error: NO_MEMORY. */
WHOSAID_CHECK whosaid_status transcript_find(const article *a, const article_frame *frame,
                                             arena *memory, transcript_turns *out,
                                             whosaid_error *err);

#endif
