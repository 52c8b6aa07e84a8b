/* byte_stream_type.h: how kinds of byte streams are made, for the files of this room only. */
#ifndef READ_BYTE_STREAM_TYPE_H
#define READ_BYTE_STREAM_TYPE_H

#include "read/byte_stream.h"

typedef struct byte_stream_type {
    whosaid_status (*read)(byte_stream *stream, char *data, size_t capacity, size_t *len,
                           whosaid_error *err);
    void (*close)(void *state); /* frees the state; may be NULL */
} byte_stream_type;

struct byte_stream {
    const byte_stream_type *type;
    void *state;        /* owned, of its type */
    byte_stream *below; /* owned; where a decompressing stream reads from; else NULL */
    struct stat stat;   /* of the file at the bottom */
    char *name;         /* owned */
};

/* A stream on top of `below` (may be NULL), which it takes over with its name and stat unless this
 * returns NULL because memory is out. name: when there is nothing below. */
byte_stream *byte_stream_new(const byte_stream_type *type, byte_stream *below, const char *name);

/* A stream that decompresses what lies below; see byte_stream_unpack. */
whosaid_status unpack_stream_open(byte_stream *below, compression packed, byte_stream **out,
                                  whosaid_error *err);

/* What comes out of a compressed stream may be this many times as large as what goes in, once it
 * is larger than the free amount; more is a decompression bomb. */
enum { UNPACK_RATIO_MAX = 1000 };
#define UNPACK_FREE_BYTES ((uint64_t)1 << 30)

static inline bool unpack_is_bomb(uint64_t bytes_in, uint64_t bytes_out) {
    return bytes_out > UNPACK_FREE_BYTES && bytes_out / UNPACK_RATIO_MAX > bytes_in;
}

whosaid_status unpack_bomb_error(const char *name, whosaid_error *err);

#endif
