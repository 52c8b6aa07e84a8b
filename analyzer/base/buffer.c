#include "base/buffer.h"

#include <stdlib.h>

bool buffer_reserve(buffer *b, size_t extra) {
    size_t needed;
    if (__builtin_add_overflow(b->len, extra, &needed) || needed > SIZE_MAX / 2) return false;
    if (needed <= b->capacity) return true;
    size_t capacity = b->capacity + b->capacity / 2;
    if (capacity < needed) capacity = needed;
    if (capacity < 256) capacity = 256;
    char *moved = realloc(b->data, capacity);
    if (!moved) return false;
    b->data = moved;
    b->capacity = capacity;
    return true;
}

void buffer_reset(buffer *b, size_t keep_bytes) {
    b->len = 0;
    if (b->capacity > keep_bytes) buffer_free(b);
}

void buffer_free(buffer *b) {
    free(b->data);
    *b = (buffer){0};
}
