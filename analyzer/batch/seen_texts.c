#include "batch/seen_texts.h"

#include "base/buffer.h"

#include <stdlib.h>

enum { FIRST_CAPACITY = 256 };

typedef struct seen_text {
    hash128 hash;  /* not comparable: a free place */
    size_t id_end; /* behind the id in `ids`; 0 when there is none */
} seen_text;

struct seen_texts {
    seen_text *places; /* [capacity], open addressing */
    size_t capacity;   /* a power of two */
    size_t count;
    bool keep_ids;
    buffer ids; /* each id, then its length as a size_t */
};

seen_texts *seen_texts_new(bool keep_ids) {
    seen_texts *seen = calloc(1, sizeof *seen);
    if (!seen) return NULL;
    seen->keep_ids = keep_ids;
    seen->capacity = FIRST_CAPACITY;
    seen->places = calloc(seen->capacity, sizeof *seen->places);
    if (seen->places) return seen;
    free(seen);
    return NULL;
}

void seen_texts_free(seen_texts *seen) {
    if (!seen) return;
    buffer_free(&seen->ids);
    free(seen->places);
    free(seen);
}

/* Length of the punctuation or blank beyond ASCII at text[at], or 0: U+0080 to U+00BF (guillemets,
 * no-break space) and U+2000 to U+206F (dashes, quotation marks). */
static size_t mark_length(text_view text, size_t at) {
    unsigned char c = (unsigned char)text.ptr[at];
    if (c == 0xC2 && at + 1 < text.len) return 2;
    bool general = c == 0xE2 && at + 2 < text.len && (unsigned char)text.ptr[at + 1] <= 0x81;
    return general ? 3 : 0;
}

/* Writes what counts of `text` to `out`, which has room for all of it. */
static size_t keep_what_counts(text_view text, char *out) {
    size_t len = 0;
    for (size_t at = 0; at < text.len;) {
        unsigned char c = (unsigned char)text.ptr[at];
        size_t mark = c < 0x80 ? 0 : mark_length(text, at);
        if (mark) {
            at += mark;
            continue;
        }
        if (c >= 0x80 || ascii_is_alpha(c) || ascii_is_digit(c))
            out[len++] = ascii_to_lower(text.ptr[at]);
        at++;
    }
    return len;
}

bool seen_texts_hash(const article *a, hash128 *hash) {
    arena_mark mark = arena_save(a->arena);
    text_view body = view_slice(a->text, a->body.begin, a->body.end);
    char *kept = arena_alloc_raw(a->arena, body.len, 1);
    if (!kept) return false;
    size_t len = keep_what_counts(body, kept);
    *hash = len ? hash_bytes_128(kept, len) : (hash128){0, 0};
    if (len && !text_is_comparable(*hash)) hash->low = 1;
    arena_restore(a->arena, mark);
    return true;
}

static seen_text *place_of(const seen_texts *seen, hash128 hash) {
    size_t at = (size_t)hash.low & (seen->capacity - 1);
    for (;;) {
        seen_text *place = &seen->places[at];
        bool is_free = !text_is_comparable(place->hash);
        if (is_free || (place->hash.low == hash.low && place->hash.high == hash.high)) return place;
        at = (at + 1) & (seen->capacity - 1);
    }
}

static bool grow(seen_texts *seen) {
    seen_texts grown = *seen;
    if (seen->capacity > SIZE_MAX / 2 / sizeof *grown.places) return false;
    grown.capacity = seen->capacity * 2;
    grown.places = calloc(grown.capacity, sizeof *grown.places);
    if (!grown.places) return false;
    for (size_t i = 0; i < seen->capacity; i++) {
        const seen_text *old = &seen->places[i];
        if (text_is_comparable(old->hash)) *place_of(&grown, old->hash) = *old;
    }
    free(seen->places);
    *seen = grown;
    return true;
}

static text_view id_ending_at(const seen_texts *seen, size_t end) {
    if (end == 0) return VIEW("");
    size_t len;
    memcpy(&len, seen->ids.data + end - sizeof len, sizeof len);
    size_t stop = end - sizeof len;
    return (text_view){seen->ids.data + stop - len, len};
}

bool seen_texts_add(seen_texts *seen, hash128 hash, text_view id, bool *was_seen,
                    text_view *first_id) {
    *first_id = VIEW("");
    seen_text *place = place_of(seen, hash);
    *was_seen = text_is_comparable(place->hash);
    if (*was_seen) {
        *first_id = id_ending_at(seen, place->id_end);
        return true;
    }
    if (seen->count + 1 > seen->capacity / 3 * 2) {
        if (!grow(seen)) return false;
        place = place_of(seen, hash);
    }
    if (seen->keep_ids &&
        !(buffer_append_view(&seen->ids, id) && buffer_append(&seen->ids, &id.len, sizeof id.len)))
        return false;
    *place = (seen_text){hash, seen->keep_ids ? seen->ids.len : 0};
    seen->count++;
    return true;
}
