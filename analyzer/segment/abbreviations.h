/* abbreviations.h: what is known of single words: titles, abbreviations, months. The one table
 * for the segmenter (does this full stop end a sentence?) and for tag/. */
#ifndef SEGMENT_ABBREVIATIONS_H
#define SEGMENT_ABBREVIATIONS_H

#include "base/text_view.h"

typedef enum word_fact {
    WORD_ABBREVIATION = 1 << 0, /* is written with a full stop: Sen, Inc, etc */
    WORD_TITLE = 1 << 1,        /* stands before a person's name: Mr, Senator, Pope */
    WORD_MONTH = 1 << 2,        /* Jan, January; "May" and "March" too */
    WORD_WEEKDAY = 1 << 3,
    WORD_PLACE = 1 << 4,         /* abbreviated state or province: Calif, Mass, Ont */
    WORD_COMPANY = 1 << 5,       /* follows the name of a firm: Inc, Corp, Ltd */
    WORD_NAME_SUFFIX = 1 << 6,   /* follows a person's name: Jr, Sr, Ph.D, MP */
    WORD_NEVER_ENDS = 1 << 7,    /* its full stop never ends a sentence: Mr, vs */
    WORD_BEFORE_NUMBER = 1 << 8, /* an abbreviation only before a number: No, Art, p */
    WORD_OFFICE = 1 << 9,        /* a title that also stands alone for a person: "the senator" */
    WORD_LOWER_TOO = 1 << 10     /* also in small letters; the others need a capital */
} word_fact;

/* The facts of `word`, one word with or without its final full stop ("Sen.", "Sen", "SEN", and
 * "senator" where the table allows small letters); 0 when nothing is known. */
unsigned word_facts(text_view word);

/* True for a word that opens a sentence far more often than it is part of a name: articles,
 * pronouns, conjunctions, common prepositions and adverbs, written with a capital. */
bool word_starts_sentence(text_view word);

/* True for the commonest verbs that tie a quotation to its speaker: "said", "asked", "tells". */
bool word_reports_speech(text_view word);

#endif
