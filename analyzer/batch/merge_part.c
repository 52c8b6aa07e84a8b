#include "batch/merge_part.h"

#include "base/error.h"
#include "base/plain_file.h"

#include <errno.h>
#include <sys/stat.h>

text_view identity_value(text_view identity, const char *wanted) {
    text_view key = view_of(wanted);
    while (identity.len) {
        const char *end = memchr(identity.ptr, '\n', identity.len);
        size_t len = end ? (size_t)(end - identity.ptr) : identity.len;
        text_view line = view_slice(identity, 0, len);
        if (line.len > key.len && line.ptr[key.len] == ' ' && view_starts_with(line, key))
            return view_slice(line, key.len + 1, line.len);
        identity = view_slice(identity, end ? len + 1 : len, identity.len);
    }
    return VIEW("");
}

whosaid_status merge_part_open(merge_part *out, const char *path, whosaid_error *err) {
    *out = (merge_part){.path = path};
    struct stat info;
    if (stat(path, &info) != 0) return error_io(err, path, "cannot open", errno);
    char index_path[sizeof err->where];
    snprintf(index_path, sizeof index_path, "%s" SHARD_INDEX_ENDING, path);
    if (stat(index_path, &info) != 0 && errno == ENOENT)
        return error_set(err, WHOSAID_USAGE, path, 0,
                         "is no part of a report: `score --shard I/N -o PART` writes these, each "
                         "with a file PART" SHARD_INDEX_ENDING " beside it");
    whosaid_status status = shard_index_open(path, &out->index, &out->head, err);
    return status == WHOSAID_OK ? merge_part_step(out, err) : status;
}

whosaid_status merge_part_step(merge_part *part, whosaid_error *err) {
    return shard_index_next(part->index, &part->entry, &part->has_entry, &part->end, err);
}

static whosaid_status read_bytes(merge_part *part, buffer *out, uint64_t bytes,
                                 whosaid_error *err) {
    out->len = 0;
    if (bytes > SIZE_MAX || !buffer_reserve(out, (size_t)bytes)) return error_no_memory(err);
    out->len = bytes ? fread(out->data, 1, (size_t)bytes, part->stream) : 0;
    if (out->len == bytes) return WHOSAID_OK;
    if (ferror(part->stream)) return error_io(err, part->path, "cannot read", errno);
    return error_set(err, WHOSAID_SYNTAX, part->path, 0, "is shorter than its index says");
}

whosaid_status merge_part_open_stream(merge_part *part, buffer *head, whosaid_error *err) {
    struct stat info;
    whosaid_status status = plain_file_open(part->path, "cannot open", &part->stream, &info, err);
    return status == WHOSAID_OK ? read_bytes(part, head, part->head.head_bytes, err) : status;
}

whosaid_status merge_part_open_rows(merge_part *part, whosaid_error *err) {
    return sqlite_part_open(part->path, &part->rows, err);
}

whosaid_status merge_part_read(merge_part *part, buffer *piece, whosaid_error *err) {
    return read_bytes(part, piece, part->entry.bytes, err);
}

void merge_part_close(merge_part *part) {
    if (part->stream) fclose(part->stream);
    sqlite_part_close(part->rows);
    shard_index_reader_free(part->index);
    *part = (merge_part){0};
}
