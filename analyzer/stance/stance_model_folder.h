/* stance_model_folder.h: what the writer and the reader of a model's folder share; not for others.
 * The folder itself is described in stance_model.h. */
#ifndef STANCE_STANCE_MODEL_FOLDER_H
#define STANCE_STANCE_MODEL_FOLDER_H

#include "base/buffer.h"
#include "stance/stance_model.h"

#include <inttypes.h>
#include <stdio.h>

#define CARD_FILE "model.json"
#define FEATURES_FILE "features.txt"
#define SVM_FILE "stance.svm"
#define MODEL_KIND "stance"

enum { FORMAT_VERSION = 1, HASH_DIGITS = 16 };

/* A file in the making, in memory. */
typedef struct draft {
    buffer bytes;
    bool failed; /* memory is out */
} draft;

/* The lines of stance.svm before the numbers of rho and behind them: the same for all models with
 * so many labels, so that a reader compares them instead of reading them. */
void stance_put_svm_head(draft *out, size_t labels);
void stance_put_svm_lists(draft *out, size_t labels);

/* A hash as cards have it. */
static inline void stance_hash_digits(uint64_t hash, char digits[HASH_DIGITS + 1]) {
    snprintf(digits, HASH_DIGITS + 1, "%016" PRIx64, hash);
}

/* The path of a file of the folder, in the arena; NULL when memory is out. */
static inline const char *stance_file_path(arena *memory, const char *folder, const char *file) {
    return arena_format(memory, "%s/%s", folder, file).ptr;
}

#endif
