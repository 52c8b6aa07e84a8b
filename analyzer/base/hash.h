/* hash.h: 64-bit hashes of bytes (xxHash, XXH3) and of small integers. The values go into model
 * files: changing either function makes shipped models useless. */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include "base/text_view.h"

/* Hash of bytes; equal on every machine. */
uint64_t hash_bytes(const void *data, size_t len);

static inline uint64_t hash_view(text_view text) {
    return hash_bytes(text.ptr, text.len);
}

/* Mixes a value into a hash: a multiplication by 2^64 over the golden ratio (Knuth, volume 3, 6.4),
 * whose high half, the better one, is folded onto the low. */
static inline uint64_t hash_mix(uint64_t hash, uint64_t value) {
    hash = (hash ^ value) * 0x9E3779B97F4A7C15ull;
    return hash ^ (hash >> 32);
}

/* 128 bits, for telling many texts apart without comparing them. */
typedef struct hash128 {
    uint64_t low, high;
} hash128;

hash128 hash_bytes_128(const void *data, size_t len);

/* The hash_bytes of what comes in pieces. hash_stream_new gives NULL when memory is out; the caller
 * owns it, and hash_stream_free accepts NULL. */
typedef struct hash_stream hash_stream;

hash_stream *hash_stream_new(void);
void hash_stream_free(hash_stream *stream);
void hash_stream_restart(hash_stream *stream);
void hash_stream_add(hash_stream *stream, const void *data, size_t len);
/* Of everything so far; more may be added behind it. */
uint64_t hash_stream_value(const hash_stream *stream);

#endif
