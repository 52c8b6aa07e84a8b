#include "stance/stance_index.h"

#include "base/error.h"
#include "base/model_file.h"

#include <math.h>

#define INDEX_KIND "stance-index"

/* Counts up whenever a model would have another index; the feature version stands beside it. */
enum { INDEX_FORMAT = 2, INDEX_VERSION = STANCE_FEATURE_VERSION << 16 | INDEX_FORMAT };

/* ---- writing ------------------------------------------------------------------------------- */

/* The rows of weights in the order of the lines. */
static float *order_weights(const stance_model *m, const uint32_t *numbers, arena *memory) {
    size_t count = feature_dictionary_size(m->dictionary);
    float *weights = ARENA_NEW(memory, float, count * m->stride);
    for (size_t i = 0; weights && i < count; i++)
        memcpy(weights + i * m->stride, stance_model_row(m, numbers[i]),
               m->stride * sizeof *weights);
    return weights;
}

static whosaid_status save(const stance_model *m, const stance_text_hashes *hashes, arena *memory,
                           model_file_writer *writer, const char *path, whosaid_error *err) {
    feature_lines l;
    uint32_t *numbers;
    if (!feature_lines_build(m->dictionary, memory, &l, &numbers)) return error_no_memory(err);
    const float *weights = order_weights(m, numbers, memory);
    size_t count = feature_dictionary_size(m->dictionary);
    bool added =
        weights && model_file_writer_add(writer, "text", hashes, sizeof *hashes, 1) &&
        model_file_writer_add(writer, "groups", l.begins, sizeof *l.begins, GROUP_COUNT + 1) &&
        model_file_writer_add(writer, "lines", l.lines, sizeof *l.lines, l.begins[GROUP_COUNT]) &&
        model_file_writer_add(writer, "numbers", numbers, sizeof *numbers, count) &&
        model_file_writer_add(writer, "weights", weights, sizeof *weights, count * m->stride) &&
        model_file_writer_add(writer, "biases", m->biases, sizeof(double), m->target->label_count);
    return added ? model_file_writer_save(writer, path, err) : error_no_memory(err);
}

whosaid_status stance_index_save(const stance_model *m, stance_text_hashes hashes, const char *path,
                                 whosaid_error *err) {
    arena *memory = arena_new();
    model_file_writer *writer = model_file_writer_new(INDEX_KIND, INDEX_VERSION);
    whosaid_status status =
        memory && writer ? save(m, &hashes, memory, writer, path, err) : error_no_memory(err);
    model_file_writer_free(writer);
    arena_free(memory);
    return status;
}

/* ---- reading ------------------------------------------------------------------------------- */

/* The items of a section, when there are as many as needed. */
static const void *section(const model_file *file, const char *title, size_t size, size_t needed) {
    const void *data;
    size_t count;
    if (model_file_section(file, title, size, &data, &count, NULL) != WHOSAID_OK) return NULL;
    return count == needed ? data : NULL;
}

static bool weights_are_finite(const float *weights, size_t count) {
    bool finite = true;
    for (size_t i = 0; i < count; i++)
        finite &= fabsf(weights[i]) <= STANCE_WEIGHT_MAX;
    return finite;
}

static bool biases_are_finite(const double *biases, size_t count) {
    bool finite = true;
    for (size_t i = 0; i < count; i++)
        finite &= fabs(biases[i]) <= (double)STANCE_WEIGHT_MAX;
    return finite;
}

static bool numbers_are_sound(const uint32_t *numbers, size_t count) {
    bool in_bounds = true;
    for (size_t i = 0; i < count; i++)
        in_bounds &= numbers[i] < count;
    return in_bounds;
}

/* The lines of a file; false when they are not sound. */
static bool take_lines(const model_file *file, size_t feature_count, feature_lines *out) {
    const uint32_t *begins = section(file, "groups", sizeof *begins, GROUP_COUNT + 1);
    const void *lines;
    size_t count;
    if (!begins ||
        model_file_section(file, "lines", sizeof(feature_line), &lines, &count, NULL) != WHOSAID_OK)
        return false;
    out->lines = lines;
    memcpy(out->begins, begins, sizeof out->begins);
    return feature_lines_are_sound(out, count, feature_count);
}

/* Nothing in the file is believed: a stranger may have made its checksum right. */
static whosaid_status take(stance_model *m, const model_file *file, stance_text_hashes hashes,
                           size_t feature_count, bool *fits, whosaid_error *err) {
    size_t labels = m->target->label_count, stride = stance_model_stride(labels);
    const stance_text_hashes *text = section(file, "text", sizeof *text, 1);
    const uint32_t *numbers = section(file, "numbers", sizeof *numbers, feature_count);
    const float *weights = section(file, "weights", sizeof *weights, feature_count * stride);
    const double *biases = section(file, "biases", sizeof *biases, labels);
    feature_lines lines;
    if (!text || text->features != hashes.features || text->svm != hashes.svm || !numbers ||
        !weights || !biases || !numbers_are_sound(numbers, feature_count) ||
        !weights_are_finite(weights, feature_count * stride) ||
        !biases_are_finite(biases, labels) || !take_lines(file, feature_count, &lines))
        return WHOSAID_OK;
    m->dictionary = feature_dictionary_of_lines(m->arena, &lines, numbers, feature_count);
    if (!m->dictionary) return error_no_memory(err);
    m->weights = (float *)weights; /* a loaded model's are only read */
    m->biases = (double *)biases;
    m->stride = stride;
    *fits = true;
    return WHOSAID_OK;
}

whosaid_status stance_index_load(stance_model *m, stance_text_hashes hashes, size_t feature_count,
                                 const char *path, bool *fits, whosaid_error *err) {
    model_file *file;
    *fits = false;
    whosaid_status status = model_file_open(path, INDEX_KIND, INDEX_VERSION, &file, NULL);
    if (status == WHOSAID_NO_MEMORY) return error_no_memory(err);
    if (status != WHOSAID_OK) return WHOSAID_OK;
    status = take(m, file, hashes, feature_count, fits, err);
    if (*fits)
        m->index = file;
    else
        model_file_close(file);
    return status;
}
