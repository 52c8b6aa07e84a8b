/* duplicate_mark.h: the piece of an article that is already rendered, as it is when an earlier
 * article has the same text. Pieces come from files, which may be damaged. */
#ifndef REPORT_DUPLICATE_MARK_H
#define REPORT_DUPLICATE_MARK_H

#include "base/buffer.h"
#include "whosaid.h"

typedef struct csv_layout {
    size_t column;  /* of duplicate_of, from 0 */
    bool raw_cells; /* as in report_options */
} csv_layout;

/* head: the report's header row. False when it has no such column. */
bool csv_layout_read(text_view head, bool raw_cells, csv_layout *out);

/* Append the piece with `id` as duplicate_of. Errors: SYNTAX (the piece has not the form of a
 * report; without `where`), NO_MEMORY. */
WHOSAID_CHECK whosaid_status csv_mark_duplicate(text_view piece, const csv_layout *layout,
                                                text_view id, buffer *out, whosaid_error *err);
WHOSAID_CHECK whosaid_status jsonl_mark_duplicate(text_view piece, text_view id, buffer *out,
                                                  whosaid_error *err);

#endif
