#include "read/codec.h"

#include <bzlib.h>
#include <lzma.h>
#include <stdlib.h>
#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

enum { GZIP_WINDOW_BITS = 15 + 16, XZ_MEMORY_MIB = 128, STEP_BYTES_MAX = 1 << 30 };

static unsigned bounded(size_t len) {
    return len < STEP_BYTES_MAX ? (unsigned)len : STEP_BYTES_MAX;
}

/* Moves `bytes` on by what a library has used up of the pieces that it was given. */
static void move_on(codec_bytes *bytes, size_t in_used, size_t out_used) {
    bytes->in += in_used;
    bytes->in_len -= in_used;
    bytes->out += out_used;
    bytes->out_len -= out_used;
}

/* --- gzip --- */

static void *gzip_open(void) {
    z_stream *z = calloc(1, sizeof *z);
    if (z && inflateInit2(z, GZIP_WINDOW_BITS) == Z_OK) return z;
    free(z);
    return NULL;
}

static bool gzip_restart(void *state) {
    return inflateReset(state) == Z_OK;
}

static codec_result gzip_step(void *state, codec_bytes *bytes) {
    z_stream *z = state;
    unsigned in = bounded(bytes->in_len), out = bounded(bytes->out_len);
    z->next_in = (unsigned char *)(uintptr_t)bytes->in; /* zlib's signature knows no const */
    z->avail_in = in;
    z->next_out = bytes->out;
    z->avail_out = out;
    int result = inflate(z, Z_NO_FLUSH);
    move_on(bytes, in - z->avail_in, out - z->avail_out);
    if (result == Z_STREAM_END) return CODEC_MEMBER_END;
    if (result == Z_OK || result == Z_BUF_ERROR) return CODEC_GOES_ON;
    return result == Z_MEM_ERROR ? CODEC_NO_MEMORY : CODEC_DAMAGED;
}

static void gzip_close(void *state) {
    if (state) inflateEnd(state);
    free(state);
}

/* --- zstd --- */

static void *zstd_open(void) {
    return ZSTD_createDCtx();
}

static bool zstd_restart(void *state) {
    return !ZSTD_isError(ZSTD_DCtx_reset(state, ZSTD_reset_session_only));
}

static codec_result zstd_step(void *state, codec_bytes *bytes) {
    ZSTD_inBuffer in = {bytes->in, bytes->in_len, 0};
    ZSTD_outBuffer out = {bytes->out, bytes->out_len, 0};
    size_t result = ZSTD_decompressStream(state, &out, &in);
    move_on(bytes, in.pos, out.pos);
    if (ZSTD_getErrorCode(result) == ZSTD_error_memory_allocation) return CODEC_NO_MEMORY;
    if (ZSTD_isError(result)) return CODEC_DAMAGED;
    return result == 0 ? CODEC_MEMBER_END : CODEC_GOES_ON;
}

static void zstd_close(void *state) {
    ZSTD_freeDCtx(state);
}

/* --- bzip2 --- */

static void *bzip2_open(void) {
    bz_stream *b = calloc(1, sizeof *b);
    if (b && BZ2_bzDecompressInit(b, 0, 0) == BZ_OK) return b;
    free(b);
    return NULL;
}

static bool bzip2_restart(void *state) {
    bz_stream *b = state;
    BZ2_bzDecompressEnd(b);
    *b = (bz_stream){0};
    return BZ2_bzDecompressInit(b, 0, 0) == BZ_OK;
}

static codec_result bzip2_step(void *state, codec_bytes *bytes) {
    bz_stream *b = state;
    unsigned in = bounded(bytes->in_len), out = bounded(bytes->out_len);
    b->next_in = (char *)(uintptr_t)bytes->in;
    b->avail_in = in;
    b->next_out = (char *)bytes->out;
    b->avail_out = out;
    int result = BZ2_bzDecompress(b);
    move_on(bytes, in - b->avail_in, out - b->avail_out);
    if (result == BZ_STREAM_END) return CODEC_MEMBER_END;
    if (result == BZ_OK) return CODEC_GOES_ON;
    return result == BZ_MEM_ERROR ? CODEC_NO_MEMORY : CODEC_DAMAGED;
}

static void bzip2_close(void *state) {
    if (state) BZ2_bzDecompressEnd(state);
    free(state);
}

/* --- xz --- */

static bool xz_restart(void *state) {
    return lzma_stream_decoder(state, (uint64_t)XZ_MEMORY_MIB << 20, 0) == LZMA_OK;
}

static void *xz_open(void) {
    lzma_stream *x = calloc(1, sizeof *x); /* zeros are LZMA_STREAM_INIT */
    if (x && xz_restart(x)) return x;
    free(x);
    return NULL;
}

static codec_result xz_step(void *state, codec_bytes *bytes) {
    lzma_stream *x = state;
    x->next_in = bytes->in;
    x->avail_in = bytes->in_len;
    x->next_out = bytes->out;
    x->avail_out = bytes->out_len;
    lzma_ret result = lzma_code(x, LZMA_RUN);
    move_on(bytes, bytes->in_len - x->avail_in, bytes->out_len - x->avail_out);
    if (result == LZMA_STREAM_END) return CODEC_MEMBER_END;
    if (result == LZMA_OK || result == LZMA_BUF_ERROR) return CODEC_GOES_ON;
    bool no_memory = result == LZMA_MEM_ERROR || result == LZMA_MEMLIMIT_ERROR;
    return no_memory ? CODEC_NO_MEMORY : CODEC_DAMAGED;
}

static void xz_close(void *state) {
    if (state) lzma_end(state);
    free(state);
}

const codec *codec_of(compression packed) {
    static const codec codecs[] = {
        [COMPRESSION_GZIP] = {"gzip", 0x1F, gzip_open, gzip_restart, gzip_step, gzip_close},
        [COMPRESSION_ZSTD] = {"zstd", 0x28, zstd_open, zstd_restart, zstd_step, zstd_close},
        [COMPRESSION_BZIP2] = {"bzip2", 'B', bzip2_open, bzip2_restart, bzip2_step, bzip2_close},
        [COMPRESSION_XZ] = {"xz", 0xFD, xz_open, xz_restart, xz_step, xz_close},
    };
    return packed == COMPRESSION_NONE ? NULL : &codecs[packed];
}
