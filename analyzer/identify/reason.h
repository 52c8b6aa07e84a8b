/* reason.h: why a source's name is withheld, as the article words it: "who spoke on the condition
 * of anonymity to ...", "not authorised to discuss ...", "asked not to be named because ...". The
 * words may stand in the source, beside it, or in another sentence about the same source. */
#ifndef IDENTIFY_REASON_H
#define IDENTIFY_REASON_H

#include "identify/resolve.h"

/* (*out)[entity]: the tokens of the stated reason, empty when none. entities.count items in the
 * article's arena. Only unnamed entities have reasons. Error: NO_MEMORY. */
WHOSAID_CHECK whosaid_status reason_find(cast *c, const resolution *resolutions, token_range **out,
                                         whosaid_error *err);

#endif
