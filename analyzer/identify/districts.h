/* districts.h: what the brackets behind a legislator's name say: "(R-Fla.)", "(D., Ohio)". */
#ifndef IDENTIFY_DISTRICTS_H
#define IDENTIFY_DISTRICTS_H

#include "base/text_view.h"

typedef struct district {
    text_view party; /* "republican", "democrat", "independent"; empty when the word says none */
    text_view state; /* the last word of the state's name, lower case: "florida", "hampshire" */
} district;

/* Takes "R-Fla.", "D-N.H.", "I-Vt." or "Texas" apart. Static storage, or parts of the argument. */
district district_of(text_view word);

#endif
