/* array.h: growable typed arrays that live in an arena.
 *
 *   ARRAY(token) tokens = {0};
 *   if (!array_push(arena, &tokens, t)) return error_no_memory(err);
 *   for (size_t i = 0; i < tokens.count; i++) use(tokens.items[i]);
 */
#ifndef BASE_ARRAY_H
#define BASE_ARRAY_H

#include "base/arena.h"

#define ARRAY(type)                                                                                \
    struct {                                                                                       \
        type *items;                                                                               \
        size_t count, capacity;                                                                    \
    }

/* Makes room for `needed` items in all. Returns false when memory is out. */
static inline bool array_reserve_bytes(arena *a, void **items, size_t *capacity, size_t count,
                                       size_t needed, size_t item_size) {
    if (needed <= *capacity) return true;
    size_t grown = *capacity ? *capacity * 2 : 8;
    if (grown < needed) grown = needed;
    void *moved = arena_alloc_raw(a, grown, item_size);
    if (!moved) return false;
    if (count) memcpy(moved, *items, count * item_size);
    *items = moved;
    *capacity = grown;
    return true;
}

#define array_reserve(a, array, needed)                                                            \
    array_reserve_bytes((a), (void **)&(array)->items, &(array)->capacity, (array)->count,         \
                        (needed), sizeof *(array)->items)

/* True when the item was added. */
#define array_push(a, array, ...)                                                                  \
    (array_reserve((a), (array), (array)->count + 1)                                               \
         ? ((array)->items[(array)->count++] = (__VA_ARGS__), true)                                \
         : false)

#endif
