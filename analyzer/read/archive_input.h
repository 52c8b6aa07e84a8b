/* archive_input.h: libarchive fed from a byte stream. For the files of this room only. */
#ifndef READ_ARCHIVE_INPUT_H
#define READ_ARCHIVE_INPUT_H

#include "read/byte_stream_type.h"

#include <archive.h>

enum { ARCHIVE_INPUT_BYTES = 1 << 16 };

typedef struct archive_input {
    struct archive *archive; /* owned */
    byte_stream *stream;     /* borrowed */
    uint64_t bytes_in;
    whosaid_status failure; /* of the stream, with its cause */
    whosaid_error cause;
    char chunk[ARCHIVE_INPUT_BYTES];
} archive_input;

/* Lets input->archive, whose formats and filters are set, read from input->stream. */
whosaid_status archive_input_open(archive_input *input, whosaid_error *err);
void archive_input_close(archive_input *input);

/* The error that libarchive's last call left, or the stream's own. */
whosaid_status archive_input_error(const archive_input *input, const char *where,
                                   const char *action, whosaid_error *err);

#endif
