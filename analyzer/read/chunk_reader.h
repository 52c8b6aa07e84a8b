/* chunk_reader.h: bytes of a stream by lines and pieces, for what cuts files into records. */
#ifndef READ_CHUNK_READER_H
#define READ_CHUNK_READER_H

#include "read/byte_stream.h"

typedef struct chunk_reader {
    byte_stream *stream; /* owned; NULL when nothing is open */
    char *chunk;         /* owned, [capacity] */
    size_t begin, end, capacity;
} chunk_reader;

/* Starts to read `stream`, which is taken over. Error: NO_MEMORY. */
WHOSAID_CHECK whosaid_status chunk_reader_open(chunk_reader *reader, byte_stream *stream,
                                               whosaid_error *err);

/* Closes the stream; the memory stays for the next one. */
void chunk_reader_close(chunk_reader *reader);
void chunk_reader_free(chunk_reader *reader);

/* Makes sure that there are bytes; *ready (unread bytes, borrowed until the next call) is empty
 * only at the end. Errors: those of byte_stream_read. */
WHOSAID_CHECK whosaid_status chunk_reader_peek(chunk_reader *reader, text_view *ready,
                                               whosaid_error *err);

static inline void chunk_reader_skip(chunk_reader *reader, size_t bytes) {
    reader->begin += bytes;
}

/* Appends the next line to `out`, without its line feed. *found is false at the end.
 * Errors: those of byte_stream_read, NO_MEMORY, LIMIT (more than max_bytes; without a text). */
WHOSAID_CHECK whosaid_status chunk_reader_line(chunk_reader *reader, buffer *out, size_t max_bytes,
                                               bool *found, whosaid_error *err);

/* Appends up to `bytes` bytes to `out` (or drops them when it is NULL); *got: how many there were
 * before the end. Errors: those of byte_stream_read, NO_MEMORY. */
WHOSAID_CHECK whosaid_status chunk_reader_take(chunk_reader *reader, buffer *out, uint64_t bytes,
                                               uint64_t *got, whosaid_error *err);

/* Puts bytes back in front of what is unread. Error: NO_MEMORY. */
WHOSAID_CHECK whosaid_status chunk_reader_put_back(chunk_reader *reader, text_view bytes,
                                                   whosaid_error *err);

#endif
