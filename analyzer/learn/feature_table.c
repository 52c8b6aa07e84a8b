#include "learn/feature_table.h"

#include "base/error.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { SECTION_NAME_BYTES = 24, WEIGHT_MAX = 127 };

whosaid_status feature_table_open(const model_file *file, const char *name, unsigned label_count,
                                  feature_table *out, whosaid_error *err) {
    char section[SECTION_NAME_BYTES];
    const void *lines, *scale;
    size_t line_count, scale_count;
    snprintf(section, sizeof section, "%s.lines", name);
    whosaid_status status =
        model_file_section(file, section, FEATURE_LINE_BYTES, &lines, &line_count, err);
    if (status != WHOSAID_OK) return status;
    snprintf(section, sizeof section, "%s.scale", name);
    status = model_file_section(file, section, sizeof(float), &scale, &scale_count, err);
    if (status != WHOSAID_OK) return status;
    float factor = scale_count == 1 ? *(const float *)scale : NAN;
    if (line_count == 0 || line_count > UINT32_MAX || !isfinite(factor) || factor < 0)
        return error_set(err, WHOSAID_MODEL, model_file_path(file), 0,
                         "the weights of '%s' are damaged", name);
    *out = (feature_table){lines, (uint32_t)line_count, label_count, factor};
    return WHOSAID_OK;
}

/* A feature on its way into a line. */
typedef struct entry {
    uint64_t hash;
    uint32_t line, index;
    float size; /* of its largest weight */
} entry;

static int compare_entries(const void *a, const void *b) {
    const entry *x = a, *y = b;
    if (x->line != y->line) return x->line < y->line ? -1 : 1;
    if (x->size != y->size) return x->size > y->size ? -1 : 1;
    return (x->hash > y->hash) - (x->hash < y->hash);
}

static void place(unsigned char *line, unsigned slot, const entry *e, const float *weights,
                  unsigned label_count, float scale) {
    unsigned slots = feature_table_slots(label_count);
    uint16_t check = feature_line_check(e->hash);
    memcpy(line + 2 * slot, &check, sizeof check);
    for (unsigned l = 0; l < label_count; l++) {
        float weight = weights[(size_t)e->index * label_count + l] / scale;
        long root = lrintf(sqrtf(fabsf(weight)));
        int8_t q = (int8_t)(weight < 0 ? -root : root);
        memcpy(line + 2 * slots + label_count * slot + l, &q, sizeof q);
    }
}

static entry *sorted_entries(const uint64_t *hashes, const float *weights, size_t count,
                             unsigned label_count, const feature_table *table) {
    entry *entries = malloc((count + 1) * sizeof *entries);
    if (!entries) return NULL;
    for (size_t i = 0; i < count; i++) {
        float size = 0;
        for (unsigned l = 0; l < label_count; l++)
            size = fmaxf(size, fabsf(weights[i * label_count + l]));
        entries[i] = (entry){hashes[i], (uint32_t)feature_line_index(hashes[i], table->line_count),
                             (uint32_t)i, size};
    }
    qsort(entries, count, sizeof *entries, compare_entries);
    return entries;
}

bool feature_table_build(const uint64_t *hashes, const float *weights, size_t count,
                         unsigned label_count, float fill, feature_table_builder *out) {
    *out = (feature_table_builder){0};
    if (!(fill > 0 && fill <= 1) || count >= UINT32_MAX) return false;
    unsigned slots = feature_table_slots(label_count);
    size_t line_count = (size_t)((double)count / (slots * fill)) + 1;
    out->lines = calloc(line_count, FEATURE_LINE_BYTES);
    float largest = 1e-20f;
    for (size_t i = 0; i < count * label_count; i++)
        largest = fmaxf(largest, fabsf(weights[i]));
    out->table = (feature_table){out->lines, (uint32_t)line_count, label_count,
                                 largest / (WEIGHT_MAX * WEIGHT_MAX)};
    entry *entries =
        out->lines ? sorted_entries(hashes, weights, count, label_count, &out->table) : NULL;
    if (!entries) {
        feature_table_builder_free(out);
        return false;
    }
    unsigned used = 0;
    for (size_t i = 0; i < count; i++) {
        unsigned char *line = out->lines + (size_t)entries[i].line * FEATURE_LINE_BYTES;
        if (i == 0 || entries[i].line != entries[i - 1].line) used = 0;
        bool taken = feature_line_match(line, feature_line_check(entries[i].hash), slots) != 0;
        if (used == slots || taken)
            out->dropped++;
        else
            place(line, used++, &entries[i], weights, label_count, out->table.scale);
    }
    free(entries);
    return true;
}

void feature_table_builder_free(feature_table_builder *builder) {
    free(builder->lines);
    *builder = (feature_table_builder){0};
}

bool feature_table_write(const feature_table_builder *builder, const char *name,
                         model_file_writer *writer) {
    char section[SECTION_NAME_BYTES];
    const feature_table *t = &builder->table;
    snprintf(section, sizeof section, "%s.lines", name);
    if (!model_file_writer_add(writer, section, t->lines, FEATURE_LINE_BYTES, t->line_count))
        return false;
    snprintf(section, sizeof section, "%s.scale", name);
    return model_file_writer_add(writer, section, &t->scale, sizeof t->scale, 1);
}
