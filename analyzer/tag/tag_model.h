/* tag_model.h: the tagger's weights as they lie in the file, mapped, and the two decisions that
 * they make. The sums are of small integers: the same on every machine.
 *
 * Sections of models/tagger/tagger.model (kind "tagger", version TAG_FEATURE_VERSION):
 *   speech_index  uint32 [a power of two]  open addressing: fingerprint << 16 | row + 1; 0 empty
 *   speech_rows   int8 [rows][SPEECH_STRIDE]  weights of one feature for all parts of speech
 *   lexicon       uint32 [a power of two]  see lexicon.h
 *   names         uint64 [a power of two]  open addressing: fingerprint << 40 | five int8 weights
 * A key is looked for in at most TAG_PROBES places. Rows from FIRST_CERTAIN on stand for words
 * that have one part of speech: FIRST_CERTAIN + part of speech. */
#ifndef TAG_TAG_MODEL_H
#define TAG_TAG_MODEL_H

#include "article.h"
#include "base/model_file.h"
#include "tag/lexicon.h"

#define TAG_MODEL_KIND "tagger"
#define TAG_MODEL_FILE "tagger.model"

enum {
    SPEECH_STRIDE = 48,
    TAG_PROBES = 16,
    FIRST_CERTAIN = 0xFF00,
    SPEECH_ROWS_MAX = FIRST_CERTAIN - 1
};

typedef struct tag_model {
    model_file *file;
    const uint32_t *speech_index;
    const int8_t *speech_rows; /* [speech_row_count][SPEECH_STRIDE] */
    const uint64_t *names;
    size_t speech_mask, name_mask; /* table sizes - 1 */
    size_t speech_row_count;
    lexicon lexicon;
} tag_model;

/* Maps and checks FOLDER/tagger.model and its card. Errors: IO, MODEL, NO_MEMORY. Close with
 * tag_model_close, also after an error. */
WHOSAID_CHECK whosaid_status tag_model_open(const char *folder, tag_model *out, whosaid_error *err);
void tag_model_close(tag_model *model);

/* The only part of speech that the word of this key (speech_word_key) has; POS_NONE when there is
 * no such. */
part_of_speech tag_model_certain(const tag_model *model, uint64_t key);

/* The weights of a key: row number + 1, 0 when there are none. */
uint32_t tag_model_row(const tag_model *model, uint64_t key);

/* A row by its number + 1. */
static inline const int8_t *tag_model_weights(const tag_model *model, uint32_t row) {
    return model->speech_rows + (size_t)(row - 1) * SPEECH_STRIDE;
}

/* Asks for the memory in which tag_model_row will look. */
static inline void tag_model_prefetch(const tag_model *model, const uint64_t *keys, size_t count);

/* The part of speech for which the rows weigh most. */
part_of_speech tag_model_speech(const int8_t *const *rows, size_t count);

/* allowed: bits of the classes to choose from, as name_classes_at gives them. */
name_class tag_model_name(const tag_model *model, const uint64_t *keys, size_t count,
                          unsigned allowed);

/* Where a key is looked for first, and what is compared there. For the writer of the tables. */
static inline size_t tag_model_place(uint64_t key, size_t mask) {
    return (size_t)(key >> 24) & mask;
}
static inline void tag_model_prefetch(const tag_model *model, const uint64_t *keys, size_t count) {
    for (size_t k = 0; k < count; k++)
        __builtin_prefetch(&model->speech_index[tag_model_place(keys[k], model->speech_mask)]);
}
static inline uint32_t speech_fingerprint(uint64_t key) {
    return (uint32_t)key & 0xFFFF;
}
static inline uint64_t name_fingerprint(uint64_t key) {
    return (key & 0xFFFFFF) | 1; /* never that of an empty place */
}

#endif
