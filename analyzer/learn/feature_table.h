/* feature_table.h: the weights of hashed features as the program reads them: 16-bit numbers in
 * lines of one cache line (or half a line), so that one load serves one feature. A line holds a
 * few slots, each told by 16 check bits of the hash; features without a slot weigh 0.
 *
 * The table is borrowed from a model file; any content is safe to look up in. */
#ifndef LEARN_FEATURE_TABLE_H
#define LEARN_FEATURE_TABLE_H

#include "base/model_file.h"

#include <stdbool.h>
#include <string.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

typedef struct feature_table {
    const unsigned char *lines; /* [line_count] checks of all slots, then weights of all slots */
    uint32_t line_count;
    unsigned label_count; /* weights a feature has: 1, 2, 4 or 6 */
    float scale;          /* a weight of w stands for w * scale */
} feature_table;

/* Slots and bytes of a line. */
static inline unsigned feature_table_slots(unsigned label_count) {
    return label_count == 1 ? 8 : label_count == 2 ? 5 : label_count == 4 ? 6 : 4;
}
static inline size_t feature_table_line_bytes(unsigned label_count) {
    return label_count <= 2 ? 32 : 64;
}

/* Check bits are never 0: 0 marks an empty slot. */
static inline uint16_t feature_table_check(uint64_t hash) {
    uint16_t check = (uint16_t)hash;
    return check ? check : 1;
}

static inline size_t feature_table_line(const feature_table *table, uint64_t hash) {
    return (size_t)((hash >> 32) * table->line_count >> 32);
}

static inline void feature_table_prefetch(const feature_table *table, uint64_t hash) {
    __builtin_prefetch(table->lines + feature_table_line(table, hash) *
                                          feature_table_line_bytes(table->label_count));
}

/* Bit s is set when slot s of the line holds `check`. */
static inline unsigned feature_table_match(const unsigned char *line, uint16_t check,
                                           unsigned slots) {
    unsigned found = 0;
#if defined(__SSE2__)
    __m128i checks = _mm_loadu_si128((const __m128i *)line);
    __m128i equal = _mm_cmpeq_epi16(checks, _mm_set1_epi16((short)check));
    found = (unsigned)_mm_movemask_epi8(_mm_packs_epi16(equal, _mm_setzero_si128()));
    found &= (1u << slots) - 1;
#else
    for (unsigned s = 0; s < slots; s++) {
        uint16_t other;
        memcpy(&other, line + 2 * s, sizeof other);
        found |= (unsigned)(other == check) << s;
    }
#endif
    return found;
}

/* Adds the weights of a feature to sum[label_count]. Give label_count as a constant equal to the
 * table's, so that the loop is unrolled. */
static inline void feature_table_add(const feature_table *table, uint64_t hash,
                                     unsigned label_count, int32_t *sum) {
    unsigned slots = feature_table_slots(label_count);
    const unsigned char *line =
        table->lines + feature_table_line(table, hash) * feature_table_line_bytes(label_count);
    unsigned found = feature_table_match(line, feature_table_check(hash), slots);
    if (!found) return;
    unsigned slot = (unsigned)__builtin_ctz(found);
    int16_t weights[6];
    memcpy(weights, line + 2 * slots + 2 * label_count * slot, 2 * label_count);
    for (unsigned l = 0; l < label_count; l++)
        sum[l] += weights[l];
}

/* Finds the table's sections ("NAME.lines", "NAME.scale") in a model file. */
WHOSAID_CHECK whosaid_status feature_table_open(const model_file *file, const char *name,
                                                unsigned label_count, feature_table *out,
                                                whosaid_error *err);

/* --- making a table ------------------------------------------------------------------------- */

typedef struct feature_table_builder {
    feature_table table;
    unsigned char *lines; /* owned; table.lines points to it */
    size_t dropped;       /* features that found no slot */
} feature_table_builder;

/* Packs features: hashes[count], weights[count][label_count]. Where a line is full, the features
 * with the largest weights stay. fill: slots used on average, at most 1. False when memory is out
 * or the arguments are out of range. */
bool feature_table_build(const uint64_t *hashes, const float *weights, size_t count,
                         unsigned label_count, float fill, feature_table_builder *out);
void feature_table_builder_free(feature_table_builder *builder);

/* Adds the sections to a model file; `name` as in feature_table_open. Borrows until saved. */
bool feature_table_write(const feature_table_builder *builder, const char *name,
                         model_file_writer *writer);

#endif
