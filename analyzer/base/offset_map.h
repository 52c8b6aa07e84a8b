/* offset_map.h: from code point offsets to byte offsets of one text, and back. Files speak code
 * points, the program bytes. Built in one pass; a look-up walks at most 64 bytes or code points. */
#ifndef BASE_OFFSET_MAP_H
#define BASE_OFFSET_MAP_H

#include "base/arena.h"

typedef struct offset_map {
    text_view text;        /* borrowed */
    size_t code_points;    /* in the whole text */
    uint32_t *bytes_at;    /* [i]: byte offset of code point 64 * i */
    uint32_t *points_upto; /* [i]: code points that begin before byte 64 * i */
} offset_map;

/* text: valid UTF-8 of less than 4 GiB, which must outlive the map; the tables lie in the arena.
 * Returns false when memory is out. */
bool offset_map_build(arena *a, text_view text, offset_map *out);

/* code_point: at most map->code_points (which gives text.len). */
uint32_t offset_map_to_bytes(const offset_map *map, size_t code_point);

/* byte: at most text.len. */
uint32_t offset_map_to_code_points(const offset_map *map, size_t byte);

#endif
