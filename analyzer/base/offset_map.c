#include "base/offset_map.h"

#include "base/utf8.h"

enum { STEP = 64 };

/* Notes where each 64th code point begins within a block of bytes, before which there are `points`
 * and in which there are `count`. */
static void note_points(offset_map *map, size_t begin, size_t end, size_t points, size_t count) {
    size_t wanted = (points + STEP - 1) / STEP * STEP;
    if (wanted >= points + count) return; /* 64 bytes hold at most one of them */
    size_t at = begin;
    if (count == end - begin)
        at += wanted - points;
    else
        for (size_t seen = points; seen <= wanted; at++)
            if (utf8_is_boundary((unsigned char)map->text.ptr[at]) && seen++ == wanted) break;
    map->bytes_at[wanted / STEP] = (uint32_t)at;
}

bool offset_map_build(arena *a, text_view text, offset_map *out) {
    *out = (offset_map){.text = text};
    out->bytes_at = arena_alloc_raw(a, text.len / STEP + 1, sizeof *out->bytes_at);
    out->points_upto = arena_alloc_raw(a, text.len / STEP + 1, sizeof *out->points_upto);
    if (!out->bytes_at || !out->points_upto) return false;
    size_t points = 0;
    for (size_t begin = 0; begin < text.len; begin += STEP) {
        size_t end = text.len - begin < STEP ? text.len : begin + STEP;
        size_t count = utf8_count(view_slice(text, begin, end));
        out->points_upto[begin / STEP] = (uint32_t)points;
        note_points(out, begin, end, points, count);
        points += count;
    }
    if (text.len % STEP == 0) out->points_upto[text.len / STEP] = (uint32_t)points;
    if (points % STEP == 0) out->bytes_at[points / STEP] = (uint32_t)text.len;
    out->code_points = points;
    return true;
}

uint32_t offset_map_to_bytes(const offset_map *map, size_t code_point) {
    size_t byte = map->bytes_at[code_point / STEP];
    for (size_t left = code_point % STEP; left > 0; left--) {
        byte++;
        while (byte < map->text.len && !utf8_is_boundary((unsigned char)map->text.ptr[byte]))
            byte++;
    }
    return (uint32_t)byte;
}

uint32_t offset_map_to_code_points(const offset_map *map, size_t byte) {
    size_t start = byte / STEP * STEP;
    return map->points_upto[byte / STEP] + (uint32_t)utf8_count(view_slice(map->text, start, byte));
}
