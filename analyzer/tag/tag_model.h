/* tag_model.h: the tagger's weights as they lie in the file, mapped, and the sums of them that
 * decide. All weights are small integers: the sums are the same on every machine.
 *
 * Sections of models/tagger/tagger.model (kind "tagger", version TAG_FEATURE_VERSION):
 *   speech_index   speech_line [lines]  which row a feature has
 *   speech_rows    uint8 [rows][SPEECH_COLUMNS]  weights + 128 of a feature for the parts of speech
 *                  that are guessed; row 0 belongs to no feature and weighs nothing
 *   speech_labels  uint8 [SPEECH_COLUMNS]  the part of speech of each column
 *   names          name_line [lines]  weights of features for names
 *   lexicon        uint32 [a power of two]  see lexicon.h
 * Features are found as learn/feature_line.h says; the few that find their line full are left out.
 * Entries from FIRST_CERTAIN on are no rows but say that a word has one part of speech:
 * FIRST_CERTAIN + part of speech. */
#ifndef TAG_TAG_MODEL_H
#define TAG_TAG_MODEL_H

#include "article.h"
#include "base/model_file.h"
#include "learn/feature_line.h"
#include "tag/lexicon.h"

#define TAG_MODEL_KIND "tagger"
#define TAG_MODEL_FILE "tagger.model"

enum {
    SPEECH_COLUMNS = 32,
    FIRST_CERTAIN = 0xFF00,
    SPEECH_ROWS_MAX = FIRST_CERTAIN - 1,
    SPEECH_SLOTS = 8, /* of a line */
    NAME_SLOTS = 5,
    NAME_COLUMNS = NAME_CLASS_COUNT - 1 /* all classes but NAME_NONE, which weighs 0 */
};

typedef struct speech_line {
    uint16_t checks[SPEECH_SLOTS];
    uint16_t rows[SPEECH_SLOTS];
} speech_line;

typedef struct name_line {
    uint16_t checks[NAME_SLOTS];
    int8_t weights[NAME_SLOTS][NAME_COLUMNS];
    uint8_t unused[2];
} name_line;

typedef struct tag_model {
    model_file *file;
    const speech_line *speech_lines;
    const unsigned char *speech_rows; /* [speech_row_count][SPEECH_COLUMNS] */
    const name_line *name_lines;
    uint32_t speech_line_count, name_line_count, speech_row_count;
    uint8_t labels[SPEECH_COLUMNS]; /* part of speech of each sum: see tag_model_speech */
    lexicon lexicon;
} tag_model;

/* Maps and checks FOLDER/tagger.model and its card. Errors: IO, LIMIT, MODEL, NO_MEMORY. Close
 * with tag_model_close, also after an error. */
WHOSAID_CHECK whosaid_status tag_model_open(const char *folder, tag_model *out, whosaid_error *err);
void tag_model_close(tag_model *model);

/* What the index has for a key: a row, a certain part of speech, or 0. */
static inline unsigned tag_model_entry(const tag_model *m, uint64_t key) {
    const speech_line *line = &m->speech_lines[feature_line_index(key, m->speech_line_count)];
    unsigned found = feature_line_match(line->checks, feature_line_check(key), SPEECH_SLOTS);
    unsigned slot = feature_line_slot(found, SPEECH_SLOTS);
    return line->rows[slot] & -(unsigned)(found != 0);
}

/* The row of a key; 0 when the model does not know it. */
static inline unsigned tag_model_row(const tag_model *m, uint64_t key) {
    unsigned entry = tag_model_entry(m, key);
    return entry < FIRST_CERTAIN ? entry : 0;
}

/* The only part of speech that the word of this key (speech_word_key) has; POS_NONE when there is
 * no such. */
static inline part_of_speech tag_model_certain(const tag_model *m, uint64_t key) {
    unsigned entry = tag_model_entry(m, key);
    return entry >= FIRST_CERTAIN ? (part_of_speech)(entry - FIRST_CERTAIN) : POS_NONE;
}

/* Ask for the memory in which tag_model_row, tag_model_add and tag_model_name_weights will look. */
static inline void tag_model_prefetch(const tag_model *m, const uint64_t *keys, size_t count) {
    for (size_t k = 0; k < count; k++)
        __builtin_prefetch(&m->speech_lines[feature_line_index(keys[k], m->speech_line_count)]);
}

static inline void tag_model_prefetch_row(const tag_model *m, unsigned row) {
    __builtin_prefetch(m->speech_rows + (size_t)row * SPEECH_COLUMNS);
}

static inline void tag_model_prefetch_names(const tag_model *m, const uint64_t *keys,
                                            size_t count) {
    for (size_t k = 0; k < count; k++)
        __builtin_prefetch(&m->name_lines[feature_line_index(keys[k], m->name_line_count)]);
}

/* Sums of rows, two columns in a lane of 16 bits: of both together, the second counting 256 times,
 * and of the second alone. That takes half the steps of spreading the bytes first. */
typedef uint16_t speech_lanes __attribute__((vector_size(16)));
enum { SPEECH_PARTS = SPEECH_COLUMNS / (int)sizeof(speech_lanes) };
typedef struct speech_sums {
    speech_lanes both[SPEECH_PARTS], second[SPEECH_PARTS];
} speech_sums;

static inline void tag_model_add(const tag_model *m, unsigned row, speech_sums *sums) {
    const unsigned char *weights = m->speech_rows + (size_t)row * SPEECH_COLUMNS;
    for (int p = 0; p < SPEECH_PARTS; p++) {
        speech_lanes lanes;
        memcpy(&lanes, weights + p * sizeof lanes, sizeof lanes);
        sums->both[p] += lanes;
        sums->second[p] += lanes >> 8;
    }
}

/* The part of speech for which the rows weigh most. Each row adds 128 to all columns alike, which
 * makes no difference. */
part_of_speech tag_model_speech(const tag_model *model, const speech_sums *sums);

/* Sums of the weights for the classes from NAME_PERSON on. */
typedef int16_t name_sums __attribute__((vector_size(2 * NAME_COLUMNS)));

static inline name_sums tag_model_name_weights(const tag_model *m, uint64_t key) {
    const name_line *line = &m->name_lines[feature_line_index(key, m->name_line_count)];
    unsigned found = feature_line_match(line->checks, feature_line_check(key), NAME_SLOTS);
    unsigned slot = feature_line_slot(found, NAME_SLOTS);
    uint32_t weights;
    memcpy(&weights, line->weights[slot], sizeof weights);
    weights &= -(uint32_t)(found != 0);
#if defined(__x86_64__)
    __m128i bytes = _mm_cvtsi32_si128((int)weights);
    __m128i lanes = _mm_srai_epi16(_mm_unpacklo_epi8(bytes, bytes), 8);
    name_sums out;
    _mm_storel_epi64((__m128i *)&out, lanes);
    return out;
#else
    name_sums out;
    for (int i = 0; i < NAME_COLUMNS; i++)
        out[i] = (int8_t)(uint8_t)(weights >> 8 * i);
    return out;
#endif
}

/* allowed: bits of the classes to choose from, as name_classes_at gives them. */
name_class tag_model_name(const name_sums *sums, unsigned allowed);

#endif
