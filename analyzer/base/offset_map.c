#include "base/offset_map.h"

#include "base/utf8.h"

enum { STEP = 64 };

bool offset_map_build(arena *a, text_view text, offset_map *out) {
    *out = (offset_map){.text = text};
    out->bytes_at = arena_alloc_raw(a, text.len / STEP + 1, sizeof *out->bytes_at);
    out->points_upto = arena_alloc_raw(a, text.len / STEP + 1, sizeof *out->points_upto);
    if (!out->bytes_at || !out->points_upto) return false;
    size_t points = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (i % STEP == 0) out->points_upto[i / STEP] = (uint32_t)points;
        if (!utf8_is_boundary((unsigned char)text.ptr[i])) continue;
        if (points % STEP == 0) out->bytes_at[points / STEP] = (uint32_t)i;
        points++;
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
