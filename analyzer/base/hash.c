#include "base/hash.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

uint64_t hash_bytes(const void *data, size_t len) {
    return XXH3_64bits(len ? data : "", len);
}

hash128 hash_bytes_128(const void *data, size_t len) {
    XXH128_hash_t hash = XXH3_128bits(len ? data : "", len);
    return (hash128){hash.low64, hash.high64};
}
