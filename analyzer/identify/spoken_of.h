/* spoken_of.h: whether the words in front of a cue are who says it, or who it is said of: "he was
 * asked", "she is expected to", "the court has drawn criticism for", "it is clear that". */
#ifndef IDENTIFY_SPOKEN_OF_H
#define IDENTIFY_SPOKEN_OF_H

#include "identify/cast.h"

/* True when `source`, a part of said->sources, does not say it: others do, or nobody. Cost: linear
 * in the cue. */
bool source_is_spoken_of(const cast *c, const attribution *said, token_range source);

/* True when the token is a noun for what others say of somebody: "criticism", "questions". */
bool is_received(const cast *c, uint32_t at);

#endif
