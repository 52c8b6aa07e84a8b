/* Decompressing streams: members one behind the other (as in WARC files), damage, rubbish. */
#include "base/error.h"
#include "read/byte_stream_type.h"
#include "read/codec.h"

#include <stdlib.h>

enum { INPUT_BYTES = 1 << 16 };

typedef struct unpack_state {
    const codec *codec;
    void *decoder;    /* owned; NULL until something is read */
    codec_bytes rest; /* `in` lies in input */
    bool inside;      /* in the middle of a member */
    bool past_member; /* at least one member has ended */
    bool input_ended;
    uint64_t bytes_in, bytes_out;
    whosaid_status failure; /* told after the bytes that could be delivered */
    whosaid_error cause;
    unsigned char input[INPUT_BYTES];
} unpack_state;

static void close_unpack(void *state) {
    unpack_state *u = state;
    if (u) u->codec->close(u->decoder);
    free(u);
}

static whosaid_status refuse(const byte_stream *stream, unpack_state *u, const char *words) {
    u->failure = error_set(&u->cause, WHOSAID_IO, stream->name, 0, "cannot decompress: %s", words);
    return u->failure;
}

static whosaid_status no_memory(unpack_state *u) {
    u->failure = error_no_memory(&u->cause);
    return u->failure;
}

static whosaid_status fill_input(byte_stream *stream, unpack_state *u) {
    size_t got;
    whosaid_status status =
        byte_stream_read(stream->below, (char *)u->input, INPUT_BYTES, &got, &u->cause);
    if (status != WHOSAID_OK) {
        u->failure = status;
        return status;
    }
    u->input_ended = got == 0;
    u->bytes_in += got;
    u->rest.in = u->input;
    u->rest.in_len = got;
    if (got == 0 && (u->inside || !u->past_member))
        return refuse(stream, u, "unexpected end of file");
    return WHOSAID_OK;
}

/* Between members: another one, padding with zeros (as on tapes), or rubbish. */
static whosaid_status begin_member(const byte_stream *stream, unpack_state *u) {
    while (u->past_member && u->rest.in_len > 0 && *u->rest.in == 0) {
        u->rest.in++;
        u->rest.in_len--;
    }
    if (u->rest.in_len == 0) return WHOSAID_OK;
    if (*u->rest.in != u->codec->magic) {
        if (u->past_member) return refuse(stream, u, "rubbish behind the end");
        u->failure = error_set(&u->cause, WHOSAID_IO, stream->name, 0,
                               "cannot decompress: not %s data", u->codec->words);
        return u->failure;
    }
    bool ready;
    if (u->decoder) {
        ready = u->codec->restart(u->decoder);
    } else {
        u->decoder = u->codec->open();
        ready = u->decoder != NULL;
    }
    u->inside = ready;
    return ready ? WHOSAID_OK : no_memory(u);
}

static whosaid_status decode_some(const byte_stream *stream, unpack_state *u) {
    switch (u->codec->step(u->decoder, &u->rest)) {
    case CODEC_GOES_ON: return WHOSAID_OK;
    case CODEC_NO_MEMORY: return no_memory(u);
    case CODEC_DAMAGED:
        return refuse(stream, u, u->past_member ? "damaged, or rubbish behind the end" : "damaged");
    case CODEC_MEMBER_END: break;
    }
    u->inside = false;
    u->past_member = true;
    return WHOSAID_OK;
}

static whosaid_status unpack(byte_stream *stream, unpack_state *u) {
    /* More may come out of what went in already, when there was no room for it. */
    if (u->inside) {
        size_t in = u->rest.in_len, out = u->rest.out_len;
        whosaid_status status = decode_some(stream, u);
        bool moved = u->rest.in_len < in || u->rest.out_len < out || !u->inside;
        if (status != WHOSAID_OK || moved) return status;
    }
    if (u->rest.in_len == 0) {
        whosaid_status status = fill_input(stream, u);
        if (status != WHOSAID_OK) return status;
    } else if (u->inside) {
        return refuse(stream, u, "damaged"); /* it neither takes nor gives */
    }
    return u->inside ? WHOSAID_OK : begin_member(stream, u);
}

static whosaid_status read_unpacked(byte_stream *stream, char *data, size_t capacity, size_t *len,
                                    whosaid_error *err) {
    unpack_state *u = stream->state;
    u->rest.out = (unsigned char *)data;
    u->rest.out_len = capacity;
    while (u->failure == WHOSAID_OK && u->rest.out_len == capacity && !u->input_ended)
        if (unpack(stream, u) != WHOSAID_OK) break;
    *len = capacity - u->rest.out_len;
    u->bytes_out += *len;
    if (*len == 0 && u->failure != WHOSAID_OK)
        return error_set(err, u->failure, u->cause.where, 0, "%s", u->cause.text);
    if (unpack_is_bomb(u->bytes_in, u->bytes_out)) return unpack_bomb_error(stream->name, err);
    return WHOSAID_OK;
}

static const byte_stream_type unpack_type = {read_unpacked, close_unpack};

whosaid_status unpack_stream_open(byte_stream *below, compression packed, byte_stream **out,
                                  whosaid_error *err) {
    unpack_state *u = calloc(1, sizeof *u);
    byte_stream *stream = u ? byte_stream_new(&unpack_type, below, NULL) : NULL;
    if (!stream) {
        free(u);
        return error_no_memory(err);
    }
    u->codec = codec_of(packed);
    stream->state = u;
    *out = stream;
    return WHOSAID_OK;
}
