#include "identify/speaker_model.h"

#include "base/error.h"
#include "base/folder.h"
#include "base/model_card.h"

#include <math.h>
#include <stdlib.h>

static whosaid_status damaged(const speaker_model *model, const char *what, whosaid_error *err) {
    return error_set(err, WHOSAID_MODEL, model_file_path(model->file), 0,
                     "%s; train it again or restore the file", what);
}

/* Weights that are not numbers would make every decision meaningless. */
static bool all_finite(const float *values, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (!isfinite(values[i])) return false;
    return true;
}

static whosaid_status read_table(speaker_model *model, const char *section, size_t expected,
                                 const float **out, whosaid_error *err) {
    const void *data;
    size_t count;
    whosaid_status status =
        model_file_section(model->file, section, sizeof(float), &data, &count, err);
    if (status) return status;
    if (count != expected) return damaged(model, "a table has the wrong size", err);
    *out = data;
    return all_finite(*out, count) ? WHOSAID_OK : damaged(model, "a weight is not a number", err);
}

static whosaid_status read_grades(speaker_model *model, whosaid_error *err) {
    const void *hashes, *rows;
    size_t hash_count, row_count;
    whosaid_status status = model_file_section(model->file, "grade hashes", sizeof(uint64_t),
                                               &hashes, &hash_count, err);
    if (!status)
        status = model_file_section(model->file, "grade rows", GRADE_COUNT * sizeof(float), &rows,
                                    &row_count, err);
    if (status) return status;
    if (hash_count != row_count) return damaged(model, "grade tables differ in length", err);
    model->grade = (grade_weights){.hashes = hashes, .rows = rows, .count = hash_count};
    for (size_t i = 1; i < hash_count; i++)
        if (model->grade.hashes[i - 1] >= model->grade.hashes[i])
            return damaged(model, "grade features are out of order", err);
    if (hash_count > UINT32_MAX) return damaged(model, "there are too many grade features", err);
    model->starts = calloc(GRADE_STARTS + 1, sizeof *model->starts);
    if (!model->starts) return error_no_memory(err);
    grade_index(hashes, hash_count, model->starts);
    model->grade.starts = model->starts;
    return all_finite(rows, row_count * GRADE_COUNT)
               ? WHOSAID_OK
               : damaged(model, "a weight is not a number", err);
}

whosaid_status speaker_model_open(const char *folder, speaker_model *out, whosaid_error *err) {
    char path[PATH_MAX];
    const float *reference = NULL, *trust = NULL;
    *out = (speaker_model){0};
    whosaid_status status = folder_path(folder, SPEAKER_MODEL_FILE, path, err);
    if (!status)
        status = model_file_open(path, SPEAKER_MODEL_KIND, SPEAKER_MODEL_VERSION, &out->file, err);
    if (!status)
        status = read_table(out, "reference", (size_t)SOURCE_FORM_COUNT * REFERENCE_FEATURE_COUNT,
                            &reference, err);
    if (!status)
        status =
            read_table(out, "trust", (size_t)SOURCE_FORM_COUNT * TRUST_FEATURE_COUNT, &trust, err);
    if (!status) status = read_grades(out, err);
    const model_card_facts facts = {SPEAKER_MODEL_KIND, SPEAKER_MODEL_VERSION, SPEAKER_MODEL_FILE};
    if (!status) status = model_card_check(folder, &facts, out->file, err);
    out->reference = (reference_weights)reference;
    out->trust = (trust_weights)trust;
    if (status) speaker_model_close(out);
    return status;
}

void speaker_model_close(speaker_model *model) {
    model_file_close(model->file);
    free(model->starts);
    *model = (speaker_model){0};
}

whosaid_status speaker_model_save(const speaker_model *model, const char *folder,
                                  whosaid_error *err) {
    char path[PATH_MAX];
    whosaid_status status = folder_path(folder, SPEAKER_MODEL_FILE, path, err);
    if (status) return status;
    model_file_writer *writer = model_file_writer_new(SPEAKER_MODEL_KIND, SPEAKER_MODEL_VERSION);
    if (!writer) return error_no_memory(err);
    bool ok = model_file_writer_add(writer, "reference", model->reference, sizeof(float),
                                    (size_t)SOURCE_FORM_COUNT * REFERENCE_FEATURE_COUNT) &&
              model_file_writer_add(writer, "trust", model->trust, sizeof(float),
                                    (size_t)SOURCE_FORM_COUNT * TRUST_FEATURE_COUNT) &&
              model_file_writer_add(writer, "grade hashes", model->grade.hashes, sizeof(uint64_t),
                                    model->grade.count) &&
              model_file_writer_add(writer, "grade rows", model->grade.rows,
                                    GRADE_COUNT * sizeof(float), model->grade.count);
    status = ok ? model_file_writer_save(writer, path, err) : error_no_memory(err);
    model_file_writer_free(writer);
    return status;
}
