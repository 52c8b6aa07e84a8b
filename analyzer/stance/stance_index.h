/* stance_index.h: what loading a stance model makes of its text files, in a form that is mapped at
 * start: stance.index in the model's folder. The text files are what a model is, and svm-predict
 * reads them; the index only saves the time to read them. It is written with the model and holds
 * the checksums of the text it was made of. One that is missing, damaged, or of other text or
 * another version is passed over. */
#ifndef STANCE_STANCE_INDEX_H
#define STANCE_STANCE_INDEX_H

#include "stance/stance_model.h"

#define STANCE_INDEX_FILE "stance.index"

/* hash_view of features.txt and stance.svm. */
typedef struct stance_text_hashes {
    uint64_t features, svm;
} stance_text_hashes;

/* Writes the index of a model whose dictionary has names. The same model gives the same bytes.
 * Errors: IO, NO_MEMORY. */
WHOSAID_CHECK whosaid_status stance_index_save(const stance_model *model, stance_text_hashes hashes,
                                               const char *path, whosaid_error *err);

/* Gives a model with target and arena its dictionary (without names), weights and biases, which are
 * borrowed from model->index. *fits: whether the file is a sound index of the text with these
 * hashes and as many features; otherwise the model is as it was. Errors: NO_MEMORY. */
WHOSAID_CHECK whosaid_status stance_index_load(stance_model *model, stance_text_hashes hashes,
                                               size_t feature_count, const char *path, bool *fits,
                                               whosaid_error *err);

#endif
