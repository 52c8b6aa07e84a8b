/* buffer.h: bytes that grow on the heap and are reused: input records, rendered reports. Unlike an
 * arena it outlives articles and can be handed from thread to thread. */
#ifndef BASE_BUFFER_H
#define BASE_BUFFER_H

#include "base/text_view.h"

typedef struct buffer {
    char *data; /* owned; NULL while nothing was reserved */
    size_t len, capacity;
} buffer;

/* Makes room for `extra` bytes behind len. Returns false when memory is out or sizes overflow; the
 * content stays as it was. */
bool buffer_reserve(buffer *b, size_t extra);

/* True when the bytes were added. */
static inline bool buffer_append(buffer *b, const void *data, size_t len) {
    if (len == 0) return true;
    if (len > b->capacity - b->len && !buffer_reserve(b, len)) return false;
    memcpy(b->data + b->len, data, len);
    b->len += len;
    return true;
}

static inline bool buffer_append_view(buffer *b, text_view text) {
    return buffer_append(b, text.ptr, text.len);
}

static inline text_view buffer_view(const buffer *b) {
    return (text_view){b->data, b->len};
}

/* Empties the buffer and keeps its memory, unless it holds more than keep_bytes. */
void buffer_reset(buffer *b, size_t keep_bytes);

void buffer_free(buffer *b);

#endif
