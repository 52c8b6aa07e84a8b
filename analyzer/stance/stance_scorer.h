/* stance_scorer.h: the stance of every attribution toward every configured target. */
#ifndef STANCE_STANCE_SCORER_H
#define STANCE_STANCE_SCORER_H

#include "article.h"
#include "stance/target.h"

typedef struct stance_scorer stance_scorer;

/* Loads the models in the subfolders of `folder` (models/stance), ordered by name; with names, only
 * those, in the order given. A folder that is missing or empty gives no targets. Owned by the
 * caller; immutable and safe to share between threads.
 * Errors: IO, MODEL, USAGE (a named target has no model), LIMIT (over 256 models), NO_MEMORY. */
WHOSAID_CHECK whosaid_status stance_scorer_open(const char *folder, const char *const *names,
                                                size_t name_count, stance_scorer **out,
                                                whosaid_error *err);
void stance_scorer_close(stance_scorer *scorer);

/* The targets, indexed as stance.target. Borrowed until close. */
size_t stance_scorer_target_count(const stance_scorer *scorer);
const target *stance_scorer_target(const stance_scorer *scorer, size_t index);

/* Fills the stances of every attribution: one a target, in the order of the targets.
 * Needs segment and attribute; uses the speakers of identify when they are there.
 * Errors: NO_MEMORY. */
WHOSAID_CHECK whosaid_status stance_article(const stance_scorer *scorer, article *article,
                                            whosaid_error *err);

/* Sets why and evidence of every stance: the label, its runner-up, and the eight weightiest
 * reasons, with the places of those that stand in the text.
 * Needs stance_article. Errors: NO_MEMORY. */
WHOSAID_CHECK whosaid_status stance_explain_article(const stance_scorer *scorer, article *article,
                                                    whosaid_error *err);

#endif
