#include "stance/features.h"

#include <string.h>

enum { SHORTEST_GRAM = 3, LONGEST_GRAM = 5 }; /* characters */

/* 3 to 5 characters inside one word, its borders shown as blanks. The hash of what lies between two
 * characters comes from those of what lies before each. */
size_t feature_characters(text_view text, char padded[FEATURE_NAME_BYTES],
                          name_part names[CHARACTERS_MAX]) {
    size_t starts[FEATURE_NAME_BYTES + 1], characters = 0; /* the last is the end */
    uint64_t before[FEATURE_NAME_BYTES + 1], powers[FEATURE_NAME_BYTES + 1];
    size_t len = text.len + 2, count = 0;
    if (len > FEATURE_NAME_BYTES) return 0;
    padded[0] = ' ';
    memcpy(padded + 1, text.ptr, text.len);
    padded[text.len + 1] = ' ';
    powers[0] = 1;
    for (size_t i = 1; i <= len; i++)
        powers[i] = powers[i - 1] * NAME_HASH_BASE;
    name_hash hash = NAME_HASH_EMPTY;
    for (size_t i = 0; i < len; i++) {
        if (((unsigned char)padded[i] & 0xC0) != 0x80) {
            before[characters] = hash.value;
            starts[characters++] = i;
        }
        hash = name_hash_add(hash, padded[i]);
    }
    before[characters] = hash.value;
    starts[characters] = len;
    for (size_t n = SHORTEST_GRAM; n <= LONGEST_GRAM; n++) {
        for (size_t i = 0; i + n <= characters; i++) {
            size_t bytes = starts[i + n] - starts[i];
            uint64_t power = powers[bytes];
            names[count++] = (name_part){{padded + starts[i], bytes},
                                         {before[i + n] - before[i] * power, power}};
        }
    }
    return count;
}
