#include "read/chunk_reader.h"

#include "base/error.h"

#include <stdlib.h>

enum { CHUNK_BYTES = 1 << 16 };

whosaid_status chunk_reader_open(chunk_reader *reader, byte_stream *stream, whosaid_error *err) {
    if (!reader->chunk) {
        reader->chunk = malloc(CHUNK_BYTES);
        reader->capacity = CHUNK_BYTES;
    }
    if (!reader->chunk) {
        byte_stream_close(stream);
        return error_no_memory(err);
    }
    reader->stream = stream;
    reader->begin = reader->end = 0;
    return WHOSAID_OK;
}

void chunk_reader_close(chunk_reader *reader) {
    byte_stream_close(reader->stream);
    reader->stream = NULL;
}

void chunk_reader_free(chunk_reader *reader) {
    chunk_reader_close(reader);
    free(reader->chunk);
    *reader = (chunk_reader){0};
}

whosaid_status chunk_reader_peek(chunk_reader *reader, text_view *ready, whosaid_error *err) {
    if (reader->begin == reader->end) {
        reader->begin = reader->end = 0;
        whosaid_status status =
            byte_stream_read(reader->stream, reader->chunk, reader->capacity, &reader->end, err);
        if (status != WHOSAID_OK) return status;
    }
    *ready = (text_view){reader->chunk + reader->begin, reader->end - reader->begin};
    return WHOSAID_OK;
}

whosaid_status chunk_reader_line(chunk_reader *reader, buffer *out, size_t max_bytes, bool *found,
                                 whosaid_error *err) {
    size_t start = out->len;
    *found = false;
    for (;;) {
        text_view ready;
        whosaid_status status = chunk_reader_peek(reader, &ready, err);
        if (status != WHOSAID_OK) return status;
        if (ready.len == 0) {
            *found = out->len > start; /* a last line without its line end */
            return WHOSAID_OK;
        }
        const char *newline = memchr(ready.ptr, '\n', ready.len);
        size_t len = newline ? (size_t)(newline - ready.ptr) : ready.len;
        if (out->len - start + len > max_bytes) return WHOSAID_LIMIT;
        if (!buffer_append(out, ready.ptr, len)) return error_no_memory(err);
        chunk_reader_skip(reader, newline ? len + 1 : len);
        if (newline) {
            *found = true;
            return WHOSAID_OK;
        }
    }
}

whosaid_status chunk_reader_take(chunk_reader *reader, buffer *out, uint64_t bytes, uint64_t *got,
                                 whosaid_error *err) {
    *got = 0;
    while (*got < bytes) {
        text_view ready;
        whosaid_status status = chunk_reader_peek(reader, &ready, err);
        if (status != WHOSAID_OK) return status;
        if (ready.len == 0) return WHOSAID_OK;
        if (ready.len > bytes - *got) ready.len = (size_t)(bytes - *got);
        if (out && !buffer_append_view(out, ready)) return error_no_memory(err);
        chunk_reader_skip(reader, ready.len);
        *got += ready.len;
    }
    return WHOSAID_OK;
}

whosaid_status chunk_reader_put_back(chunk_reader *reader, text_view bytes, whosaid_error *err) {
    size_t unread = reader->end - reader->begin;
    if (bytes.len <= reader->begin) {
        reader->begin -= bytes.len;
        if (bytes.len) memcpy(reader->chunk + reader->begin, bytes.ptr, bytes.len);
        return WHOSAID_OK;
    }
    size_t capacity = bytes.len + unread > CHUNK_BYTES ? bytes.len + unread : CHUNK_BYTES;
    char *chunk = malloc(capacity);
    if (!chunk) return error_no_memory(err);
    memcpy(chunk, bytes.ptr, bytes.len);
    memcpy(chunk + bytes.len, reader->chunk + reader->begin, unread);
    free(reader->chunk);
    reader->chunk = chunk;
    reader->capacity = capacity;
    reader->begin = 0;
    reader->end = bytes.len + unread;
    return WHOSAID_OK;
}
