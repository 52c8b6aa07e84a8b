#include "stance/stance_index.h"

#include "base/error.h"
#include "base/model_file.h"

#include <math.h>

#define INDEX_KIND "stance-index"

/* Counts up whenever a model would have another index; the feature version stands beside it. */
enum { INDEX_FORMAT = 1, INDEX_VERSION = STANCE_FEATURE_VERSION << 16 | INDEX_FORMAT };

/* ---- writing ------------------------------------------------------------------------------- */

/* The slots depend on nothing but the features in their order. */
static feature_dictionary *rebuild(const feature_dictionary *from, arena *memory) {
    size_t count = feature_dictionary_size(from);
    feature_dictionary *d = feature_dictionary_new(memory, count);
    for (uint32_t i = 0; d && i < count; i++)
        if (feature_dictionary_add_lent(d, feature_dictionary_group(from, i),
                                        feature_dictionary_name(from, i)) == FEATURE_UNKNOWN)
            return NULL;
    return d;
}

static whosaid_status save(const stance_model *m, const stance_text_hashes *hashes,
                           const feature_dictionary *dictionary, model_file_writer *writer,
                           const char *path, whosaid_error *err) {
    size_t slot_count;
    const feature_slot *slots = feature_dictionary_slots(dictionary, &slot_count);
    size_t weights = feature_dictionary_size(dictionary) * m->stride;
    bool added =
        model_file_writer_add(writer, "text", hashes, sizeof *hashes, 1) &&
        model_file_writer_add(writer, "slots", slots, sizeof *slots, slot_count) &&
        model_file_writer_add(writer, "weights", m->weights, sizeof(float), weights) &&
        model_file_writer_add(writer, "biases", m->biases, sizeof(double), m->target->label_count);
    return added ? model_file_writer_save(writer, path, err) : error_no_memory(err);
}

whosaid_status stance_index_save(const stance_model *m, stance_text_hashes hashes, const char *path,
                                 whosaid_error *err) {
    arena *memory = arena_new();
    model_file_writer *writer = model_file_writer_new(INDEX_KIND, INDEX_VERSION);
    feature_dictionary *dictionary = memory ? rebuild(m->dictionary, memory) : NULL;
    whosaid_status status = dictionary && writer ? save(m, &hashes, dictionary, writer, path, err)
                                                 : error_no_memory(err);
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

/* Nothing in the file is believed: a stranger may have made its checksum right. */
static whosaid_status take(stance_model *m, const model_file *file, stance_text_hashes hashes,
                           size_t feature_count, bool *fits, whosaid_error *err) {
    size_t labels = m->target->label_count, stride = stance_model_stride(labels), slot_count;
    const stance_text_hashes *text = section(file, "text", sizeof *text, 1);
    const float *weights = section(file, "weights", sizeof *weights, feature_count * stride);
    const double *biases = section(file, "biases", sizeof *biases, labels);
    const void *slots;
    if (!text || text->features != hashes.features || text->svm != hashes.svm || !weights ||
        !biases || !weights_are_finite(weights, feature_count * stride) ||
        !biases_are_finite(biases, labels) ||
        model_file_section(file, "slots", sizeof(feature_slot), &slots, &slot_count, NULL) !=
            WHOSAID_OK ||
        !feature_slots_are_sound(slots, slot_count, feature_count))
        return WHOSAID_OK;
    m->dictionary = feature_dictionary_of_slots(m->arena, slots, slot_count, feature_count);
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
