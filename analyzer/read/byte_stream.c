#include "read/byte_stream.h"

#include "base/error.h"
#include "read/byte_stream_type.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

enum { CHUNK_BYTES = 1 << 16, READ_MAX_BYTES = 1 << 30 };

/* The stream at the bottom: an open file. */
typedef struct open_file {
    int descriptor;
    int cancel;      /* -1 when nothing can cancel */
    uint64_t *count; /* of the bytes read; NULL: nobody asks. Borrowed */
} open_file;

byte_stream *byte_stream_new(const byte_stream_type *type, byte_stream *below, const char *name) {
    if (below) name = below->name;
    size_t len = strlen(name) + 1;
    byte_stream *stream = calloc(1, sizeof *stream);
    char *copy = malloc(len);
    if (!stream || !copy) {
        free(stream);
        free(copy);
        return NULL;
    }
    memcpy(copy, name, len);
    stream->type = type;
    stream->name = copy;
    stream->below = below;
    if (below) stream->stat = below->stat;
    return stream;
}

void byte_stream_close(byte_stream *stream) {
    while (stream) {
        byte_stream *below = stream->below;
        if (stream->type->close) stream->type->close(stream->state);
        free(stream->name);
        free(stream);
        stream = below;
    }
}

static void close_file(void *state) {
    open_file *file = state;
    if (file && file->descriptor >= 0) close(file->descriptor);
    free(file);
}

/* Waits until a pipe or terminal has something to read, or a writer. False: cancelled before. */
static bool wait_for_input(const byte_stream *stream, const open_file *file) {
    if (S_ISREG(stream->stat.st_mode)) return true;
    /* poll passes over a descriptor of -1. */
    struct pollfd waits[] = {{.fd = file->cancel, .events = POLLIN},
                             {.fd = file->descriptor, .events = POLLIN}};
    while (poll(waits, 2, -1) < 0 && (errno == EINTR || errno == EAGAIN))
        continue;
    return waits[0].revents == 0;
}

static whosaid_status read_file(byte_stream *stream, char *data, size_t capacity, size_t *len,
                                whosaid_error *err) {
    open_file *file = stream->state;
    ssize_t got;
    do {
        if (!wait_for_input(stream, file))
            return error_set(err, WHOSAID_CANCELLED, stream->name, 0, "stopped");
        got = read(file->descriptor, data, capacity);
    } while (got < 0 && (errno == EINTR || errno == EAGAIN));
    if (got < 0) return error_io(err, stream->name, "cannot read", errno);
    *len = (size_t)got;
    if (file->count) *file->count += *len;
    return WHOSAID_OK;
}

static const byte_stream_type file_type = {read_file, close_file};

/* A pipe is opened without waiting for who writes to it: reading waits, and can be cancelled.
 * found: in a folder, where only a regular file is read. */
static whosaid_status open_descriptor(byte_stream *stream, open_file *file, const char *path,
                                      bool found, whosaid_error *err) {
    file->descriptor = path ? open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
                            : fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0);
    if (file->descriptor < 0) return error_io(err, stream->name, "cannot open", errno);
    if (fstat(file->descriptor, &stream->stat) != 0)
        return error_io(err, stream->name, "cannot read", errno);
    if (S_ISDIR(stream->stat.st_mode)) return error_io(err, stream->name, "cannot read", EISDIR);
    if (found && !S_ISREG(stream->stat.st_mode))
        return error_set(err, WHOSAID_IO, stream->name, 0, "cannot open: not a regular file");
    return WHOSAID_OK;
}

static whosaid_status open_stream(const char *path, const char *name, compression packed,
                                  int cancel, bool found, byte_stream **out, whosaid_error *err) {
    *out = NULL;
    byte_stream *stream = byte_stream_new(&file_type, NULL, name);
    if (!stream) return error_no_memory(err);
    open_file *file = calloc(1, sizeof *file);
    stream->state = file;
    whosaid_status status = WHOSAID_OK;
    if (file) {
        file->cancel = cancel;
        status = open_descriptor(stream, file, path, found, err);
    } else {
        status = error_no_memory(err);
    }
    if (status != WHOSAID_OK) {
        byte_stream_close(stream);
        return status;
    }
    *out = stream;
    return byte_stream_unpack(out, packed, err);
}

whosaid_status byte_stream_open(const char *path, const char *name, compression packed, int cancel,
                                byte_stream **out, whosaid_error *err) {
    return open_stream(path, name, packed, cancel, false, out, err);
}

whosaid_status byte_stream_open_found(const char *path, compression packed, byte_stream **out,
                                      whosaid_error *err) {
    return open_stream(path, path, packed, -1, true, out, err);
}

whosaid_status byte_stream_unpack(byte_stream **stream, compression packed, whosaid_error *err) {
    if (packed == COMPRESSION_NONE) return WHOSAID_OK;
    byte_stream *above = NULL;
    whosaid_status status = unpack_stream_open(*stream, packed, &above, err);
    if (status != WHOSAID_OK) byte_stream_close(*stream);
    *stream = above;
    return status;
}

const struct stat *byte_stream_stat(const byte_stream *stream) {
    return &stream->stat;
}

const char *byte_stream_name(const byte_stream *stream) {
    return stream->name;
}

void byte_stream_count(byte_stream *stream, uint64_t *bytes) {
    while (stream->below)
        stream = stream->below;
    if (stream->type == &file_type) ((open_file *)stream->state)->count = bytes;
}

bool byte_stream_seek(byte_stream *stream, int64_t offset, int whence, int64_t *position) {
    if (stream->type != &file_type || !S_ISREG(stream->stat.st_mode)) return false;
    const open_file *file = stream->state;
    off_t moved = lseek(file->descriptor, (off_t)offset, whence);
    if (moved < 0) return false;
    *position = moved;
    return true;
}

whosaid_status unpack_bomb_error(const char *name, whosaid_error *err) {
    return error_set(err, WHOSAID_LIMIT, name, 0,
                     "expands to more than %d times its size: taken for a decompression bomb",
                     UNPACK_RATIO_MAX);
}

whosaid_status byte_stream_read(byte_stream *stream, char *data, size_t capacity, size_t *len,
                                whosaid_error *err) {
    *len = 0;
    if (capacity > READ_MAX_BYTES) capacity = READ_MAX_BYTES;
    return stream->type->read(stream, data, capacity, len, err);
}

whosaid_status byte_stream_read_all(byte_stream *stream, buffer *out, size_t max_bytes,
                                    whosaid_error *err) {
    /* One byte more than the size says, so that the end shows in the same read: it brings less than
     * was asked for. */
    bool sized = stream->type == &file_type && S_ISREG(stream->stat.st_mode) &&
                 stream->stat.st_size > 0 && (size_t)stream->stat.st_size <= max_bytes;
    size_t start = out->len;
    if (sized && !buffer_reserve(out, (size_t)stream->stat.st_size + 1))
        return error_no_memory(err);
    for (;;) {
        if (out->len == out->capacity && !buffer_reserve(out, CHUNK_BYTES))
            return error_no_memory(err);
        size_t got, wanted = out->capacity - out->len;
        whosaid_status status = byte_stream_read(stream, out->data + out->len, wanted, &got, err);
        if (status != WHOSAID_OK) return status;
        if (got == 0) return WHOSAID_OK;
        out->len += got;
        if (sized && got < wanted && out->len - start == (size_t)stream->stat.st_size)
            return WHOSAID_OK;
        if (out->len - start > max_bytes)
            return error_set(err, WHOSAID_LIMIT, stream->name, 0,
                             "is larger than %zu MiB, the most that one article may have",
                             max_bytes >> 20);
    }
}
