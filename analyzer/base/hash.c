#include "base/hash.h"

#define XXH_INLINE_ALL
#include <stdlib.h>
#include <xxhash.h>

uint64_t hash_bytes(const void *data, size_t len) {
    return XXH3_64bits(len ? data : "", len);
}

hash128 hash_bytes_128(const void *data, size_t len) {
    XXH128_hash_t hash = XXH3_128bits(len ? data : "", len);
    return (hash128){hash.low64, hash.high64};
}

struct hash_stream {
    XXH3_state_t *state;
};

hash_stream *hash_stream_new(void) {
    hash_stream *stream = calloc(1, sizeof *stream);
    if (!stream) return NULL;
    stream->state = XXH3_createState();
    if (!stream->state) {
        free(stream);
        return NULL;
    }
    hash_stream_restart(stream);
    return stream;
}

void hash_stream_free(hash_stream *stream) {
    if (!stream) return;
    XXH3_freeState(stream->state);
    free(stream);
}

void hash_stream_restart(hash_stream *stream) {
    XXH3_64bits_reset(stream->state);
}

void hash_stream_add(hash_stream *stream, const void *data, size_t len) {
    if (len) XXH3_64bits_update(stream->state, data, len);
}

uint64_t hash_stream_value(const hash_stream *stream) {
    return XXH3_64bits_digest(stream->state);
}
