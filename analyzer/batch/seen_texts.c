#include "batch/seen_texts.h"

#include "base/buffer.h"

#include <stdlib.h>

/* Ids of one block share their beginnings with its first. */
enum { FIRST_CAPACITY = 256, BLOCK_BYTES = 1 << 13 };

/* 96 bits of the hash are enough to tell thousands of millions of texts apart. */
typedef struct seen_text {
    uint64_t low;
    uint32_t high; /* both 0: a free place */
    uint32_t id;   /* where it stands in `ids` */
} seen_text;

struct seen_texts {
    seen_text *places; /* [capacity], open addressing */
    size_t capacity;   /* a power of two */
    size_t count;
    bool keep_ids;
    /* Each id as three numbers and bytes: how far before it its block's first id stands (0: it is
     * that one), how many bytes it shares with that, how many more it has, and those. */
    buffer ids;
    size_t block;  /* where the last block begins in `ids` */
    buffer answer; /* the id that was asked for last */
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
    buffer_free(&seen->answer);
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

/* Writes what counts of `text` to `out`, which has room for one byte more than it has. */
static size_t keep_what_counts(text_view text, char *out) {
    size_t len = 0;
    for (size_t at = 0; at < text.len;) {
        unsigned char c = (unsigned char)text.ptr[at];
        size_t mark = c < 0x80 ? 0 : mark_length(text, at);
        if (mark) {
            at += mark;
            continue;
        }
        /* Without a branch, which would be guessed wrong at many ends of words. */
        unsigned char small = c < 0x80 ? c | 0x20 : c;
        out[len] = (char)small;
        len += (c >= 0x80) | ascii_is_lower(small) | ascii_is_digit(c);
        at++;
    }
    return len;
}

bool seen_texts_hash(const article *a, hash128 *hash) {
    arena_mark mark = arena_save(a->arena);
    text_view body = view_slice(a->text, a->body.begin, a->body.end);
    char *kept = arena_alloc_raw(a->arena, body.len + 1, 1);
    if (!kept) return false;
    size_t len = keep_what_counts(body, kept);
    *hash = len ? hash_bytes_128(kept, len) : (hash128){0, 0};
    if (len && !text_is_comparable(*hash)) hash->low = 1;
    arena_restore(a->arena, mark);
    return true;
}

/* What is kept of a hash; its id is not known yet. */
static seen_text key_of(hash128 hash) {
    seen_text key = {.low = hash.low, .high = (uint32_t)hash.high};
    if (!key.low && !key.high) key.high = 1;
    return key;
}

static bool is_free(const seen_text *place) {
    return !place->low && !place->high;
}

static seen_text *place_of(const seen_texts *seen, seen_text key) {
    size_t at = (size_t)key.low & (seen->capacity - 1);
    for (;;) {
        seen_text *place = &seen->places[at];
        if (is_free(place) || (place->low == key.low && place->high == key.high)) return place;
        at = (at + 1) & (seen->capacity - 1);
    }
}

static bool grow(seen_texts *seen) {
    seen_texts grown = *seen;
    if (seen->capacity > SIZE_MAX / 2 / sizeof *grown.places) return false;
    grown.capacity = seen->capacity * 2;
    grown.places = calloc(grown.capacity, sizeof *grown.places);
    if (!grown.places) return false;
    for (size_t i = 0; i < seen->capacity; i++)
        if (!is_free(&seen->places[i])) *place_of(&grown, seen->places[i]) = seen->places[i];
    free(seen->places);
    *seen = grown;
    return true;
}

/* Seven bits a byte, the lowest first; the last byte has no eighth bit. */
static bool add_number(buffer *out, size_t number) {
    for (; number >= 0x80; number >>= 7)
        if (!buffer_append(out, &(char){(char)(number | 0x80)}, 1)) return false;
    return buffer_append(out, &(char){(char)number}, 1);
}

static size_t take_number(const char **at) {
    size_t number = 0;
    unsigned shift = 0;
    for (; *(const unsigned char *)*at & 0x80; shift += 7)
        number |= (size_t)(*(*at)++ & 0x7F) << shift;
    return number | (size_t) * (*at)++ << shift;
}

typedef struct kept_id {
    size_t back, shared; /* see seen_texts.ids */
    text_view rest;
} kept_id;

static kept_id id_at(const seen_texts *seen, size_t place) {
    const char *at = seen->ids.data + place;
    kept_id id = {.back = take_number(&at)};
    id.shared = take_number(&at);
    id.rest.len = take_number(&at);
    id.rest.ptr = at;
    return id;
}

/* *place: where it stands. */
static bool add_id(seen_texts *seen, text_view id, uint32_t *place) {
    buffer *ids = &seen->ids;
    size_t here = ids->len, shared = 0;
    if (here > UINT32_MAX) return false;
    *place = (uint32_t)here;
    if (here == 0 || here - seen->block > BLOCK_BYTES) seen->block = here;
    text_view first = here == seen->block ? VIEW("") : id_at(seen, seen->block).rest;
    while (shared < id.len && shared < first.len && id.ptr[shared] == first.ptr[shared])
        shared++;
    return add_number(ids, here - seen->block) && add_number(ids, shared) &&
           add_number(ids, id.len - shared) &&
           buffer_append_view(ids, view_slice(id, shared, id.len));
}

static bool find_id(seen_texts *seen, size_t place, text_view *out) {
    kept_id id = id_at(seen, place);
    text_view first = id_at(seen, place - id.back).rest;
    seen->answer.len = 0;
    bool ok = buffer_append_view(&seen->answer, view_slice(first, 0, id.shared)) &&
              buffer_append_view(&seen->answer, id.rest);
    *out = buffer_view(&seen->answer);
    return ok;
}

bool seen_texts_add(seen_texts *seen, hash128 hash, text_view id, bool *was_seen,
                    text_view *first_id) {
    *first_id = VIEW("");
    seen_text key = key_of(hash);
    seen_text *place = place_of(seen, key);
    *was_seen = !is_free(place);
    if (*was_seen) return !seen->keep_ids || find_id(seen, place->id, first_id);
    if (seen->count + 1 > seen->capacity / 4 * 3) {
        if (!grow(seen)) return false;
        place = place_of(seen, key);
    }
    if (seen->keep_ids && !add_id(seen, id, &key.id)) return false;
    *place = key;
    seen->count++;
    return true;
}
