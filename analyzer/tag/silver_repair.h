/* silver_repair.h: known errors of silver labels, repaired within each article. */
#ifndef TAG_SILVER_REPAIR_H
#define TAG_SILVER_REPAIR_H

#include "tag/silver.h"

/* A tool that has no memory calls "Trump" a verb where a sentence begins with it, though the
 * article speaks of Donald Trump. Repairs, by the rule that a word has one sense in an article:
 * a family name that ended a longer person's name in the article is a PERSON, and a proper noun,
 * wherever it stands alone; titles such as "Ms." are no part of a name, and who bears one is a
 * person. Returns false when memory is out. */
bool silver_repair(silver *data, size_t *labels_changed);

#endif
