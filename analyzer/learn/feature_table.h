/* feature_table.h: the weights of hashed features as the program reads them, packed for the cache:
 * lines of 32 bytes with a few slots each (feature_line.h). A slot holds a signed byte q a label,
 * which stands for the weight q |q| scale: small weights stay exact while large ones fit. Features
 * without a slot weigh 0.
 *
 * The table is borrowed from a model file; any content is safe to look up in. */
#ifndef LEARN_FEATURE_TABLE_H
#define LEARN_FEATURE_TABLE_H

#include "base/model_file.h"
#include "learn/feature_line.h"

#include <stdbool.h>

enum { FEATURE_LINE_BYTES = 32, FEATURE_LABELS_MAX = 8 };

typedef struct feature_table {
    const unsigned char *lines; /* [line_count] checks of all slots, then weights of all slots */
    uint32_t line_count;
    unsigned label_count; /* weights a feature has: 1, 2, 4 or 6 */
    float scale;
} feature_table;

/* Slots of a line. */
static inline unsigned feature_table_slots(unsigned label_count) {
    return label_count <= 2 ? 8 : label_count == 4 ? 5 : 4;
}

static inline const unsigned char *feature_table_line(const feature_table *table, uint64_t hash) {
    return table->lines + feature_line_index(hash, table->line_count) * FEATURE_LINE_BYTES;
}

/* The bytes of the slot that holds a feature: label l in byte l, 0 when there is none. One load
 * that ends with the slot's last byte stays within the line. Without a branch, since nothing tells
 * beforehand whether a feature is known. */
static inline uint64_t feature_table_find(const feature_table *table, uint64_t hash,
                                          unsigned label_count) {
    unsigned slots = feature_table_slots(label_count);
    const unsigned char *line = feature_table_line(table, hash);
    unsigned found = feature_line_match(line, feature_line_check(hash), slots);
    unsigned slot = feature_line_slot(found, slots);
    uint64_t bytes;
    memcpy(&bytes, line + 2 * slots + label_count * (slot + 1) - sizeof bytes, sizeof bytes);
    return bytes >> (8 * (sizeof bytes - label_count)) & -(uint64_t)(found != 0);
}

/* Asks for the lines of features that feature_table_sum will need soon. */
static inline void feature_table_prefetch(const feature_table *table, const uint64_t *hashes,
                                          size_t count) {
    for (size_t i = 0; i < count; i++)
        __builtin_prefetch(feature_table_line(table, hashes[i]));
}

#if defined(__x86_64__)
/* Bytes a0 b0 a1 b1 ... of two features, four labels: adds a |a| + b |b| of each label. */
static inline __m128i feature_table_add(__m128i sum, __m128i pairs) {
    __m128i sign = _mm_srai_epi16(pairs, 15);
    __m128i size = _mm_sub_epi16(_mm_xor_si128(pairs, sign), sign);
    return _mm_add_epi32(sum, _mm_madd_epi16(pairs, size));
}
#endif

/* Sums the weights of features, in units of the table's scale, into sum[label_count]. Give
 * label_count as a constant equal to the table's, so that the loop is unrolled. */
static inline void feature_table_sum(const feature_table *table, const uint64_t *hashes,
                                     size_t count, unsigned label_count, int32_t *sum) {
#if defined(__x86_64__)
    __m128i low = _mm_setzero_si128(), high = _mm_setzero_si128();
    for (size_t i = 0; i < count; i += 2) {
        uint64_t a = feature_table_find(table, hashes[i], label_count);
        uint64_t b = i + 1 < count ? feature_table_find(table, hashes[i + 1], label_count) : 0;
        __m128i both =
            _mm_unpacklo_epi8(_mm_cvtsi64_si128((long long)a), _mm_cvtsi64_si128((long long)b));
        low = feature_table_add(low, _mm_srai_epi16(_mm_unpacklo_epi8(both, both), 8));
        if (label_count > 4)
            high = feature_table_add(high, _mm_srai_epi16(_mm_unpackhi_epi8(both, both), 8));
    }
    int32_t total[FEATURE_LABELS_MAX];
    _mm_storeu_si128((__m128i *)total, low);
    _mm_storeu_si128((__m128i *)(total + 4), high);
    memcpy(sum, total, label_count * sizeof *sum);
#else
    memset(sum, 0, label_count * sizeof *sum);
    for (size_t i = 0; i < count; i++) {
        uint64_t bytes = feature_table_find(table, hashes[i], label_count);
        for (unsigned l = 0; l < label_count; l++) {
            int q = (int8_t)(bytes >> (8 * l));
            sum[l] += q < 0 ? -q * q : q * q;
        }
    }
#endif
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
