/* zstd, bzip2 and xz through libarchive's filters, without any archive around them. */
#include "base/error.h"
#include "read/archive_input.h"

#include <archive_entry.h>
#include <stdlib.h>

typedef struct filter_state {
    archive_input input;
    compression packed;
    bool opened, ended;
    uint64_t bytes_out;
} filter_state;

static void close_filter(void *state) {
    filter_state *f = state;
    if (f) archive_input_close(&f->input);
    free(f);
}

/* ARCHIVE_WARN would mean an external program: none is ever started. */
static bool add_filter(struct archive *archive, compression packed) {
    switch (packed) {
    case COMPRESSION_ZSTD: return archive_read_support_filter_zstd(archive) == ARCHIVE_OK;
    case COMPRESSION_BZIP2: return archive_read_support_filter_bzip2(archive) == ARCHIVE_OK;
    case COMPRESSION_XZ: return archive_read_support_filter_xz(archive) == ARCHIVE_OK;
    default: return false;
    }
}

/* Opened with the first read, so that opening a pipe does not wait for its writer's bytes. */
static whosaid_status open_filter(byte_stream *stream, filter_state *f, whosaid_error *err) {
    f->opened = true;
    f->input.archive = archive_read_new();
    if (!f->input.archive) return error_no_memory(err);
    if (!add_filter(f->input.archive, f->packed))
        return error_set(err, WHOSAID_IO, stream->name, 0,
                         "cannot decompress: libarchive was built without this format");
    archive_read_support_format_raw(f->input.archive);
    archive_read_support_format_empty(f->input.archive);
    whosaid_status status = archive_input_open(&f->input, err);
    if (status != WHOSAID_OK) return status;
    struct archive_entry *entry;
    int result = archive_read_next_header(f->input.archive, &entry);
    if (result == ARCHIVE_EOF) {
        f->ended = true;
    } else if (result != ARCHIVE_OK) {
        return archive_input_error(&f->input, stream->name, "cannot decompress", err);
    }
    if (archive_filter_count(f->input.archive) < 2) /* it took the bytes as they are */
        return error_set(err, WHOSAID_IO, stream->name, 0,
                         "cannot decompress: not what its name says");
    return WHOSAID_OK;
}

/* The decompressor stops at the end of its data, whatever comes behind. */
static whosaid_status check_end(byte_stream *stream, filter_state *f, whosaid_error *err) {
    f->ended = true;
    uint64_t used = (uint64_t)archive_filter_bytes(f->input.archive, -1);
    size_t got = 0;
    if (used == f->input.bytes_in && !f->input.at_end) {
        whosaid_status status =
            byte_stream_read(f->input.stream, f->input.chunk, sizeof f->input.chunk, &got, err);
        if (status != WHOSAID_OK) return status;
    }
    if (used == f->input.bytes_in && got == 0) return WHOSAID_OK;
    return error_set(err, WHOSAID_IO, stream->name, 0, "cannot decompress: rubbish behind the end");
}

static whosaid_status read_filter(byte_stream *stream, char *data, size_t capacity, size_t *len,
                                  whosaid_error *err) {
    filter_state *f = stream->state;
    if (!f->opened) {
        whosaid_status status = open_filter(stream, f, err);
        if (status != WHOSAID_OK) return status;
    }
    if (f->ended) return WHOSAID_OK;
    la_ssize_t got = archive_read_data(f->input.archive, data, capacity);
    if (got < 0) return archive_input_error(&f->input, stream->name, "cannot decompress", err);
    if (got == 0) return check_end(stream, f, err);
    *len = (size_t)got;
    f->bytes_out += *len;
    return unpack_is_bomb(f->input.bytes_in, f->bytes_out) ? unpack_bomb_error(stream->name, err)
                                                           : WHOSAID_OK;
}

static const byte_stream_type filter_type = {read_filter, close_filter};

whosaid_status filter_stream_open(byte_stream *below, compression packed, byte_stream **out,
                                  whosaid_error *err) {
    filter_state *f = calloc(1, sizeof *f);
    byte_stream *stream = f ? byte_stream_new(&filter_type, below, NULL) : NULL;
    if (!stream) {
        free(f);
        return error_no_memory(err);
    }
    f->packed = packed;
    f->input.stream = below;
    stream->state = f;
    *out = stream;
    return WHOSAID_OK;
}
