/* gzip, also of several members (as in WARC files). zlib itself rather than libarchive's filter,
 * which throws away up to 64 KiB in front of a damaged place. */
#include "base/error.h"
#include "read/byte_stream_type.h"

#include <stdlib.h>
#include <zlib.h>

enum { INPUT_BYTES = 1 << 16, WINDOW_BITS = 15 + 16 /* with a gzip header */ };

typedef struct gzip_state {
    z_stream z;
    bool ready;       /* z is initialised */
    bool inside;      /* in the middle of a member */
    bool past_member; /* at least one member has ended */
    bool input_ended;
    uint64_t bytes_in, bytes_out;
    whosaid_status failure; /* comes after the bytes that could be delivered */
    whosaid_error cause;
    unsigned char input[INPUT_BYTES];
} gzip_state;

static void close_gzip(void *state) {
    gzip_state *g = state;
    if (g && g->ready) inflateEnd(&g->z);
    free(g);
}

static whosaid_status refuse(byte_stream *stream, gzip_state *g, const char *words) {
    g->failure = error_set(&g->cause, WHOSAID_IO, stream->name, 0, "cannot decompress: %s", words);
    return g->failure;
}

static whosaid_status fill_input(byte_stream *stream, gzip_state *g) {
    size_t got;
    whosaid_status status =
        byte_stream_read(stream->below, (char *)g->input, INPUT_BYTES, &got, &g->cause);
    if (status != WHOSAID_OK) {
        g->failure = status;
        return status;
    }
    g->input_ended = got == 0;
    g->bytes_in += got;
    g->z.next_in = g->input;
    g->z.avail_in = (uInt)got;
    return WHOSAID_OK;
}

/* Between members: another one, padding with zeros (as on tapes), or rubbish. */
static whosaid_status begin_member(byte_stream *stream, gzip_state *g) {
    while (g->past_member && g->z.avail_in > 0 && *g->z.next_in == 0) {
        g->z.next_in++;
        g->z.avail_in--;
    }
    if (g->z.avail_in == 0) return WHOSAID_OK;
    if (*g->z.next_in != 0x1F)
        return refuse(stream, g, g->past_member ? "rubbish behind the end" : "not gzip data");
    g->inside = true;
    return WHOSAID_OK;
}

static whosaid_status inflate_some(byte_stream *stream, gzip_state *g) {
    switch (inflate(&g->z, Z_NO_FLUSH)) {
    case Z_OK:
    case Z_BUF_ERROR: return WHOSAID_OK;
    case Z_STREAM_END:
        g->inside = false;
        g->past_member = true;
        return inflateReset(&g->z) == Z_OK ? WHOSAID_OK : refuse(stream, g, "damaged state");
    case Z_MEM_ERROR: g->failure = error_no_memory(&g->cause); return g->failure;
    default: return refuse(stream, g, g->z.msg ? g->z.msg : "damaged data");
    }
}

static whosaid_status unpack(byte_stream *stream, gzip_state *g) {
    if (g->z.avail_in == 0) {
        /* More may come out of what went in already, when there was no room for it. */
        uInt room = g->z.avail_out;
        whosaid_status status = g->inside ? inflate_some(stream, g) : WHOSAID_OK;
        if (status != WHOSAID_OK || g->z.avail_out < room) return status;
        status = fill_input(stream, g);
        if (status != WHOSAID_OK) return status;
        if (g->input_ended)
            return g->inside || !g->past_member ? refuse(stream, g, "unexpected end of file")
                                                : WHOSAID_OK;
    }
    whosaid_status status = g->inside ? WHOSAID_OK : begin_member(stream, g);
    return status == WHOSAID_OK && g->inside ? inflate_some(stream, g) : status;
}

static whosaid_status read_gzip(byte_stream *stream, char *data, size_t capacity, size_t *len,
                                whosaid_error *err) {
    gzip_state *g = stream->state;
    whosaid_status status = g->failure;
    g->z.next_out = (unsigned char *)data;
    g->z.avail_out = (uInt)capacity;
    while (status == WHOSAID_OK && g->z.avail_out == capacity && !g->input_ended)
        status = unpack(stream, g);
    *len = capacity - g->z.avail_out;
    g->bytes_out += *len;
    if (*len == 0 && status != WHOSAID_OK)
        return error_set(err, g->cause.code, g->cause.where, 0, "%s", g->cause.text);
    if (unpack_is_bomb(g->bytes_in, g->bytes_out)) return unpack_bomb_error(stream->name, err);
    return WHOSAID_OK;
}

static const byte_stream_type gzip_type = {read_gzip, close_gzip};

whosaid_status gzip_stream_open(byte_stream *below, byte_stream **out, whosaid_error *err) {
    gzip_state *g = calloc(1, sizeof *g);
    byte_stream *stream = g ? byte_stream_new(&gzip_type, below, NULL) : NULL;
    if (!stream || inflateInit2(&g->z, WINDOW_BITS) != Z_OK) {
        free(g);
        if (stream) free(stream->name);
        free(stream);
        return error_no_memory(err);
    }
    g->ready = true;
    stream->state = g;
    *out = stream;
    return WHOSAID_OK;
}
