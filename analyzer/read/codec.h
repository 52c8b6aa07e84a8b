/* codec.h: the decompressors behind one interface. Each library is known in codec.c only. They are
 * used rather than libarchive's filters, which throw away up to a block of good data in front of a
 * damaged place and are silent about rubbish behind the end. */
#ifndef READ_CODEC_H
#define READ_CODEC_H

#include "read/byte_stream.h"

typedef enum codec_result {
    CODEC_GOES_ON,
    CODEC_MEMBER_END, /* a member (frame, stream) ended; another may follow */
    CODEC_DAMAGED,
    CODEC_NO_MEMORY
} codec_result;

/* Bytes to read and room to write; a step moves both on. */
typedef struct codec_bytes {
    const unsigned char *in;
    size_t in_len;
    unsigned char *out;
    size_t out_len;
} codec_bytes;

typedef struct codec {
    const char *words;       /* what is called so, for errors */
    unsigned char magic;     /* the first byte of a member */
    void *(*open)(void);     /* the state at the beginning of a member; NULL when memory is out */
    bool (*restart)(void *); /* at the beginning of another one; false when memory is out */
    codec_result (*step)(void *state, codec_bytes *bytes);
    void (*close)(void *); /* accepts NULL */
} codec;

/* NULL for COMPRESSION_NONE. */
const codec *codec_of(compression packed);

#endif
