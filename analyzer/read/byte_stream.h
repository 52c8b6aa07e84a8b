/* byte_stream.h: the bytes of a file or of standard input, decompressed on the way. Inputs are
 * read, never mapped: a file that shrinks while it is read must not kill the program. */
#ifndef READ_BYTE_STREAM_H
#define READ_BYTE_STREAM_H

#include "base/buffer.h"
#include "whosaid.h"

#include <sys/stat.h>

typedef struct byte_stream byte_stream;

typedef enum compression { COMPRESSION_NONE, COMPRESSION_GZIP } compression;

/* Opens `path`, or standard input when it is NULL. `name` (copied) is what errors call it.
 * cancel: a descriptor that becomes readable when waiting for more input (of a pipe or terminal)
 * should end, or -1; not used for compressed input. The caller owns *out. Errors: IO, NO_MEMORY. */
WHOSAID_CHECK whosaid_status byte_stream_open(const char *path, const char *name,
                                              compression packed, int cancel, byte_stream **out,
                                              whosaid_error *err);
void byte_stream_close(byte_stream *stream);

/* What fstat says about the open file. */
const struct stat *byte_stream_stat(const byte_stream *stream);

/* Reads at most `capacity` bytes; *len is 0 at the end. Errors: IO (also damaged gzip),
 * CANCELLED. */
WHOSAID_CHECK whosaid_status byte_stream_read(byte_stream *stream, char *data, size_t capacity,
                                              size_t *len, whosaid_error *err);

/* Appends everything that is left to `out`. Errors: those of byte_stream_read, NO_MEMORY, LIMIT
 * when there are more than max_bytes. */
WHOSAID_CHECK whosaid_status byte_stream_read_all(byte_stream *stream, buffer *out,
                                                  size_t max_bytes, whosaid_error *err);

#endif
