/* implied.h: who speaks where no source stands because the sentence names the subject elsewhere:
 * "Cole left, calling it late", "Cole frowned and said no", "was criticised by Cole". By rules of
 * grammar, once all sources that stand in the text are known. */
#ifndef IDENTIFY_IMPLIED_H
#define IDENTIFY_IMPLIED_H

#include "identify/resolve.h"

/* The entity that attribution `index`, whose own words name nobody, is of; NO_ENTITY when its
 * sentence tells none. resolutions: one an attribution. Cost: a few mentions and attributions
 * before and behind the cue. */
uint32_t implied_speaker(const cast *c, const resolution *resolutions, uint32_t index);

#endif
