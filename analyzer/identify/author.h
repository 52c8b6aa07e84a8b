/* author.h: who says "I" outside of quotations: the author, where the article names one. */
#ifndef IDENTIFY_AUTHOR_H
#define IDENTIFY_AUTHOR_H

#include "identify/cast.h"

/* The entity of the person who writes the words at token `at`: whose name stands alone below a
 * letter, whom the last paragraph introduces, who is named behind "by" at the head or the end, or
 * with whom the headline announces a conversation. NO_ENTITY when the article tells of none. Looks
 * at a few paragraphs beyond those with signatures. */
uint32_t author_of(const cast *c, uint32_t at);

#endif
