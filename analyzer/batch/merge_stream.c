/* Merging CSV and JSON Lines: pieces are copied as they are, but for the mark of duplicates. */
#include "base/error.h"
#include "batch/merge_target.h"
#include "report/duplicate_mark.h"
#include "report/output_file.h"

#include <stdlib.h>

typedef struct stream_target {
    merge_target base;
    output_file out;
    bool is_csv, raw_cells, has_head;
    csv_layout layout;
    buffer head; /* of the first part; all have the same */
    buffer part_head, piece, marked;
} stream_target;

static whosaid_status open_part(merge_target *self, merge_part *part, whosaid_error *err) {
    stream_target *t = (stream_target *)self;
    buffer *head = t->has_head ? &t->part_head : &t->head;
    whosaid_status status = merge_part_open_stream(part, head, err);
    if (status != WHOSAID_OK) return status;
    if (t->has_head)
        return view_equal(buffer_view(&t->head), buffer_view(head))
                   ? WHOSAID_OK
                   : error_set(err, WHOSAID_SYNTAX, part->path, 0,
                               "has other columns than the other parts");
    t->has_head = true;
    if (t->is_csv && !csv_layout_read(buffer_view(head), t->raw_cells, &t->layout))
        return error_set(err, WHOSAID_SYNTAX, part->path, 0, "has no header row");
    return output_file_write(&t->out, buffer_view(head), err);
}

static whosaid_status mark(stream_target *t, const merge_part *part, text_view duplicate_of,
                           whosaid_error *err) {
    whosaid_error cause = {0};
    t->marked.len = 0;
    whosaid_status status =
        t->is_csv ? csv_mark_duplicate(buffer_view(&t->piece), &t->layout, duplicate_of, &t->marked,
                                       &cause)
                  : jsonl_mark_duplicate(buffer_view(&t->piece), duplicate_of, &t->marked, &cause);
    return status == WHOSAID_OK ? status : error_set(err, status, part->path, 0, "%s", cause.text);
}

static whosaid_status add_article(merge_target *self, merge_part *part, bool kept,
                                  text_view duplicate_of, whosaid_error *err) {
    stream_target *t = (stream_target *)self;
    whosaid_status status = merge_part_read(part, &t->piece, err);
    if (status != WHOSAID_OK || !kept || t->piece.len == 0) return status;
    if (duplicate_of.len == 0) return output_file_write(&t->out, buffer_view(&t->piece), err);
    status = mark(t, part, duplicate_of, err);
    return status == WHOSAID_OK ? output_file_write(&t->out, buffer_view(&t->marked), err) : status;
}

static whosaid_status close_stream(merge_target *self, bool keep, whosaid_error *err) {
    stream_target *t = (stream_target *)self;
    whosaid_status status = output_file_close(&t->out, keep, err);
    buffer_free(&t->head);
    buffer_free(&t->part_head);
    buffer_free(&t->piece);
    buffer_free(&t->marked);
    free(t);
    return status;
}

whosaid_status merge_stream_open(const merge_options *options, merge_target **out,
                                 whosaid_error *err) {
    *out = NULL;
    stream_target *t = calloc(1, sizeof *t);
    if (!t) return error_no_memory(err);
    t->base = (merge_target){.open_part = open_part, .article = add_article, .close = close_stream};
    t->is_csv = view_is(identity_value(options->identity, "format"), "csv");
    t->raw_cells = view_is(identity_value(options->identity, "raw-cells"), "yes");
    whosaid_status status = output_file_open(&t->out, options->output, err);
    if (status == WHOSAID_OK)
        *out = &t->base;
    else
        free(t);
    return status;
}
