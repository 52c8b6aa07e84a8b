/* naming.h: what an entity is called in the report. */
#ifndef IDENTIFY_NAMING_H
#define IDENTIFY_NAMING_H

#include "identify/cast.h"

/* The fullest name without title or article; for described entities the phrase with what
 * identifies it, "his" and "her" replaced by the owner's name; joint entities joined by "; ".
 * In the article's arena or its text. ptr is NULL when memory is out. */
text_view entity_name(const cast *c, uint32_t entity_number);

/* The same for a description whose entity is not decided. */
text_view mention_name(const cast *c, uint32_t mention_index);

/* Title, apposition or affiliation, white space folded; empty when the article gives none. */
text_view entity_role(const cast *c, uint32_t entity_number);

/* The words of a token range with single blanks between them. ptr is NULL when memory is out. */
text_view folded_text(const cast *c, token_range range);

#endif
