#include "read/byte_stream.h"

#include "base/error.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>
#include <zlib.h>

enum { CHUNK_BYTES = 1 << 16, READ_MAX_BYTES = 1 << 30 };

struct byte_stream {
    int descriptor;
    int cancel;  /* -1 when nothing can cancel */
    gzFile gzip; /* NULL when not compressed; owns the descriptor otherwise */
    struct stat stat;
    char name[];
};

static byte_stream *stream_new(const char *name) {
    size_t len = strlen(name) + 1;
    byte_stream *stream = calloc(1, sizeof *stream + len);
    if (!stream) return NULL;
    stream->descriptor = -1;
    memcpy(stream->name, name, len);
    return stream;
}

static whosaid_status open_descriptor(byte_stream *stream, const char *path, whosaid_error *err) {
    stream->descriptor = path ? open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
                              : fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0);
    if (stream->descriptor < 0) return error_io(err, stream->name, "cannot open", errno);
    if (fstat(stream->descriptor, &stream->stat) != 0)
        return error_io(err, stream->name, "cannot read", errno);
    if (S_ISDIR(stream->stat.st_mode)) return error_io(err, stream->name, "cannot read", EISDIR);
    return WHOSAID_OK;
}

whosaid_status byte_stream_open(const char *path, const char *name, compression packed, int cancel,
                                byte_stream **out, whosaid_error *err) {
    *out = NULL;
    byte_stream *stream = stream_new(name);
    if (!stream) return error_no_memory(err);
    stream->cancel = cancel;
    whosaid_status status = open_descriptor(stream, path, err);
    if (status == WHOSAID_OK && packed == COMPRESSION_GZIP) {
        stream->gzip = gzdopen(stream->descriptor, "rb");
        if (!stream->gzip) status = error_no_memory(err);
    }
    if (status != WHOSAID_OK) {
        byte_stream_close(stream);
        return status;
    }
    *out = stream;
    return WHOSAID_OK;
}

void byte_stream_close(byte_stream *stream) {
    if (!stream) return;
    if (stream->gzip)
        gzclose_r(stream->gzip);
    else if (stream->descriptor >= 0)
        close(stream->descriptor);
    free(stream);
}

const struct stat *byte_stream_stat(const byte_stream *stream) {
    return &stream->stat;
}

static whosaid_status read_gzip(byte_stream *stream, char *data, size_t capacity, size_t *len,
                                whosaid_error *err) {
    int got = gzread(stream->gzip, data, (unsigned)capacity);
    int code = Z_OK;
    const char *words = gzerror(stream->gzip, &code);
    /* What could be decompressed comes first; 0 is the end, with Z_BUF_ERROR where the stream
     * broke off. */
    if (got < 0 || (got == 0 && code < 0)) {
        if (code == Z_ERRNO) return error_io(err, stream->name, "cannot read", errno);
        return error_set(err, WHOSAID_IO, stream->name, 0, "cannot decompress: %s", words);
    }
    *len = (size_t)got;
    return WHOSAID_OK;
}

/* True when reading should not wait any longer. */
static bool is_cancelled(const byte_stream *stream) {
    if (stream->cancel < 0 || S_ISREG(stream->stat.st_mode)) return false;
    struct pollfd waits[] = {{.fd = stream->cancel, .events = POLLIN},
                             {.fd = stream->descriptor, .events = POLLIN}};
    while (poll(waits, 2, -1) < 0 && (errno == EINTR || errno == EAGAIN))
        continue;
    return waits[0].revents != 0;
}

whosaid_status byte_stream_read(byte_stream *stream, char *data, size_t capacity, size_t *len,
                                whosaid_error *err) {
    *len = 0;
    if (capacity > READ_MAX_BYTES) capacity = READ_MAX_BYTES;
    if (stream->gzip) return read_gzip(stream, data, capacity, len, err);
    if (is_cancelled(stream)) return error_set(err, WHOSAID_CANCELLED, stream->name, 0, "stopped");
    ssize_t got;
    do
        got = read(stream->descriptor, data, capacity);
    while (got < 0 && errno == EINTR);
    if (got < 0) return error_io(err, stream->name, "cannot read", errno);
    *len = (size_t)got;
    return WHOSAID_OK;
}

whosaid_status byte_stream_read_all(byte_stream *stream, buffer *out, size_t max_bytes,
                                    whosaid_error *err) {
    /* One byte more than the size says, so that the end shows in the same read. */
    bool sized = !stream->gzip && S_ISREG(stream->stat.st_mode) && stream->stat.st_size > 0 &&
                 (size_t)stream->stat.st_size <= max_bytes;
    size_t start = out->len;
    if (sized && !buffer_reserve(out, (size_t)stream->stat.st_size + 1))
        return error_no_memory(err);
    for (;;) {
        if (out->len == out->capacity && !buffer_reserve(out, CHUNK_BYTES))
            return error_no_memory(err);
        size_t got;
        whosaid_status status =
            byte_stream_read(stream, out->data + out->len, out->capacity - out->len, &got, err);
        if (status != WHOSAID_OK) return status;
        if (got == 0) return WHOSAID_OK;
        out->len += got;
        if (out->len - start > max_bytes)
            return error_set(err, WHOSAID_LIMIT, stream->name, 0,
                             "is larger than %zu MiB, the most that one article may have",
                             max_bytes >> 20);
    }
}
