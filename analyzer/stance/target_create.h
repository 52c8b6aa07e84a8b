/* target_create.h: a new target, ready to be filled in. */
#ifndef STANCE_TARGET_CREATE_H
#define STANCE_TARGET_CREATE_H

#include "stance/target.h"

/* Writes parent/NAME/target.json (with the words of the name as its phrases and an empty lexicon)
 * and the folder parent/NAME/articles. labels: two poles at least, usually with "neutral".
 * The path of the file lives in the arena. Errors: USAGE (the name is not plain, the target is
 * there already), SYNTAX (labels or question are refused), IO, NO_MEMORY. */
WHOSAID_CHECK whosaid_status target_create(const char *parent, text_view name, text_view question,
                                           const text_view *labels, size_t label_count,
                                           arena *arena, text_view *path, whosaid_error *err);

#endif
