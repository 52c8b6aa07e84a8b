/* sorted.h: the order of numbers, and the place of one among those of sorted items. */
#ifndef BASE_SORTED_H
#define BASE_SORTED_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* How many of `count` items, which lie `item_size` bytes apart and rise by the number that begins
 * `offset` bytes into each, have one below `value`. By halves: O(log count). */
static inline size_t sorted_count_below(const void *items, size_t count, size_t item_size,
                                        size_t offset, uint32_t value) {
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        uint32_t number;
        memcpy(&number, (const char *)items + middle * item_size + offset, sizeof number);
        /* NOLINTNEXTLINE(clang-analyzer-core.UndefinedBinaryOperatorResult): read just now */
        if (number < value)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The same for items[count] of any struct with a uint32_t `member`, and for plain numbers. */
#define SORTED_BELOW(items, count, member, value)                                                  \
    sorted_count_below((items), (count), sizeof *(items), offsetof(__typeof__(*(items)), member),  \
                       (value))
#define SORTED_NUMBERS_BELOW(numbers, count, value)                                                \
    sorted_count_below((numbers), (count), sizeof(uint32_t), 0, (value))

/* For qsort: floats in rising order. */
static inline int sorted_compare_floats(const void *left, const void *right) {
    float a = *(const float *)left, b = *(const float *)right;
    return (a > b) - (a < b);
}

#endif
