/* quote_check.h: statements that a page posts, brought into the annotated-article format: offsets
 * inside the text, known labels, no more than the fields it may set. Internal to annotate/. */
#ifndef ANNOTATE_QUOTE_CHECK_H
#define ANNOTATE_QUOTE_CHECK_H

#include "annotate/desk.h"
#include "base/offset_map.h"

/* posted: the "quotes" of a posted article. What the article already says of a statement with the
 * same id and the page does not show (other targets, unknown fields) is kept. *out is a new list in
 * the order of the text. Errors: SYNTAX, NO_MEMORY. */
WHOSAID_CHECK whosaid_status quotes_check(const desk *d, const desk_article *about,
                                          const json_t *posted, json_t **out, whosaid_error *err);

/* The same for a list of places [{"start", "end"}]; what is no list counts as an empty one.
 * with_text: each with its words. *out is the caller's to free, also after an error. */
WHOSAID_CHECK whosaid_status places_check(const offset_map *map, const json_t *posted,
                                          bool with_text, json_t **out, whosaid_error *err);

#endif
