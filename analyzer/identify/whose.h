/* whose.h: whether a description and a role tell the same country, state or city: "the Hungarian
 * minister" is not "the Norwegian minister Henrik Lund". */
#ifndef IDENTIFY_WHOSE_H
#define IDENTIFY_WHOSE_H

#include "identify/cast.h"

typedef enum whose_fit {
    WHOSE_NOT_ASKED, /* the description tells no place */
    WHOSE_OPEN,      /* the role tells none */
    WHOSE_SAME,
    WHOSE_ANOTHER
} whose_fit;

/* Whether the words of the description, its owner's included, tell the place of the entity's role.
 */
whose_fit whose_compare(const cast *c, const mention *described, const entity *e);

/* True when a word of the mention tells a place. */
bool whose_is_told(const cast *c, const mention *m);

#endif
