/* source.h: what stands in an attribution's source span: names, a description, a pronoun, several
 * joined speakers, or nothing. */
#ifndef IDENTIFY_SOURCE_H
#define IDENTIFY_SOURCE_H

#include "identify/cast.h"

/* The forms that need different ways to find the speaker. */
typedef enum source_form {
    SOURCE_MISSING, /* no source span */
    SOURCE_PERSON_NAME,
    SOURCE_BODY_NAME,
    SOURCE_HE_OR_SHE,
    SOURCE_THEY,
    SOURCE_IT,
    SOURCE_FIRST_PERSON, /* I, we, my: whoever speaks the words around it */
    SOURCE_RELATIVE,     /* who, which, that */
    SOURCE_PERSON,       /* description of one person */
    SOURCE_PEOPLE,       /* description of several; "both", "the two" */
    SOURCE_THING,        /* description of a body, a document, anything else */
    SOURCE_FORM_COUNT
} source_form;

#define SOURCE_PARTS_MAX 6

typedef struct source_part {
    source_form form;
    uint32_t mention; /* NO_MENTION for a relative pronoun and for words that form no phrase */
} source_part;

typedef struct source_view {
    source_part parts[SOURCE_PARTS_MAX]; /* joint speakers; one part otherwise */
    size_t part_count;                   /* at least 1 */
    token_range tokens;                  /* of the first span; empty when missing */
    bool alias;                          /* the name is a call sign, or "only" a part of one */
} source_view;

/* Looks at the sources of an attribution. Cost: linear in the span. */
source_view source_look(const cast *c, const attribution *said);

/* The form of a single mention, as a source. */
source_form source_form_of(const cast *c, const mention *m);

#endif
