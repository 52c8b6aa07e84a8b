/* districts.h: what the brackets behind a legislator's name say: "(R-Fla.)", "(D., Ohio)". */
#ifndef IDENTIFY_DISTRICTS_H
#define IDENTIFY_DISTRICTS_H

#include "base/text_view.h"

typedef struct district {
    text_view party; /* "republican", "democrat", "independent"; empty when the word says none */
    text_view state; /* last word of the state's name: "florida", "hampshire"; "Texas" as written */
} district;

/* Takes "R-Fla.", "D-N.H.", "I-Vt." or "Texas" apart. Static storage, or parts of the argument. */
district district_of(text_view word);

#endif
