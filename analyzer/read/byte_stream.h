/* byte_stream.h: the bytes of a file, of standard input or of an archive's member, decompressed on
 * the way. Inputs are read, never mapped: a file that shrinks while it is read must not kill the
 * program. */
#ifndef READ_BYTE_STREAM_H
#define READ_BYTE_STREAM_H

#include "base/buffer.h"
#include "whosaid.h"

#include <sys/stat.h>

typedef struct byte_stream byte_stream;

typedef enum compression {
    COMPRESSION_NONE,
    COMPRESSION_GZIP,
    COMPRESSION_ZSTD,
    COMPRESSION_BZIP2,
    COMPRESSION_XZ
} compression;

/* Opens `path`, or standard input when it is NULL. `name` (copied) is what errors call it.
 * cancel: a descriptor that becomes readable when waiting for more input (of a pipe or terminal)
 * should end, or -1. The caller owns *out. Errors: IO, NO_MEMORY. */
WHOSAID_CHECK whosaid_status byte_stream_open(const char *path, const char *name,
                                              compression packed, int cancel, byte_stream **out,
                                              whosaid_error *err);

/* Opens a file that somebody's folder holds. What is a pipe, device or folder by now is refused
 * (IO) without waiting. */
WHOSAID_CHECK whosaid_status byte_stream_open_found(const char *path, compression packed,
                                                    byte_stream **out, whosaid_error *err);
void byte_stream_close(byte_stream *stream);

/* Puts a decompressing stream on top of *stream, which is replaced; on failure it is closed and
 * NULL. With COMPRESSION_NONE nothing changes. Error: NO_MEMORY. */
WHOSAID_CHECK whosaid_status byte_stream_unpack(byte_stream **stream, compression packed,
                                                whosaid_error *err);

/* What fstat says about the open file. */
const struct stat *byte_stream_stat(const byte_stream *stream);

/* What errors call it; as long as the stream is open. */
const char *byte_stream_name(const byte_stream *stream);

/* From now on *bytes (borrowed until the stream is closed) grows by what is read of the file at the
 * bottom. */
void byte_stream_count(byte_stream *stream, uint64_t *bytes);

/* Moves in a regular file that is not compressed. False when that is not possible. */
bool byte_stream_seek(byte_stream *stream, int64_t offset, int whence, int64_t *position);

/* Reads at most `capacity` bytes; *len is 0 at the end. What stands in front of a damaged place of
 * compressed data is delivered as far as its last whole block; the error comes behind it. Errors:
 * IO (also damage, and rubbish behind the end), LIMIT (a decompression bomb), CANCELLED, NO_MEMORY.
 */
WHOSAID_CHECK whosaid_status byte_stream_read(byte_stream *stream, char *data, size_t capacity,
                                              size_t *len, whosaid_error *err);

/* Appends everything that is left to `out`. Errors: those of byte_stream_read, NO_MEMORY, LIMIT
 * when there are more than max_bytes. */
WHOSAID_CHECK whosaid_status byte_stream_read_all(byte_stream *stream, buffer *out,
                                                  size_t max_bytes, whosaid_error *err);

#endif
