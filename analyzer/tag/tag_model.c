#include "tag/tag_model.h"

#include "base/error.h"
#include "base/model_card.h"
#include "tag/tag_features.h"

#include <stdio.h>
#include <string.h>
#if defined(__x86_64__)
#include <emmintrin.h>
#endif

_Static_assert((int)PART_OF_SPEECH_COUNT <= (int)SPEECH_STRIDE,
               "a row has room for all parts of speech");
_Static_assert(NAME_CLASS_COUNT == 5, "a place of the name table holds five weights");

static bool is_power_of_two(size_t count) {
    return count > 0 && (count & (count - 1)) == 0;
}

static whosaid_status check(const tag_model *m, whosaid_error *err) {
    const char *path = model_file_path(m->file);
    for (size_t i = 0; i <= m->speech_mask; i++) {
        uint32_t row = m->speech_index[i] & 0xFFFF;
        bool sound = row == 0 || row <= m->speech_row_count ||
                     (row >= FIRST_CERTAIN && row < FIRST_CERTAIN + PART_OF_SPEECH_COUNT);
        if (!sound)
            return error_set(err, WHOSAID_MODEL, path, 0, "row %u of the index does not exist",
                             row);
    }
    return WHOSAID_OK;
}

static whosaid_status map_sections(tag_model *m, whosaid_error *err) {
    const void *index, *rows, *names, *words;
    size_t index_count, row_count, name_count, word_count;
    whosaid_status status =
        model_file_section(m->file, "speech_index", sizeof(uint32_t), &index, &index_count, err);
    if (status == WHOSAID_OK)
        status = model_file_section(m->file, "speech_rows", SPEECH_STRIDE, &rows, &row_count, err);
    if (status == WHOSAID_OK)
        status = model_file_section(m->file, "names", sizeof(uint64_t), &names, &name_count, err);
    if (status == WHOSAID_OK)
        status = model_file_section(m->file, "lexicon", sizeof(uint32_t), &words, &word_count, err);
    if (status != WHOSAID_OK) return status;
    if (!is_power_of_two(index_count) || !is_power_of_two(name_count) ||
        !is_power_of_two(word_count) || row_count > SPEECH_ROWS_MAX)
        return error_set(err, WHOSAID_MODEL, model_file_path(m->file), 0,
                         "tables of %zu, %zu and %zu entries fit no tagger", index_count, row_count,
                         name_count);
    m->lexicon = (lexicon){.entries = words, .mask = word_count - 1};
    m->speech_index = index;
    m->speech_mask = index_count - 1;
    m->speech_rows = rows;
    m->speech_row_count = row_count;
    m->names = names;
    m->name_mask = name_count - 1;
    return check(m, err);
}

whosaid_status tag_model_open(const char *folder, tag_model *out, whosaid_error *err) {
    *out = (tag_model){0};
    char path[4096];
    int len = snprintf(path, sizeof path, "%s/" TAG_MODEL_FILE, folder);
    if (len < 0 || (size_t)len >= sizeof path)
        return error_set(err, WHOSAID_LIMIT, folder, 0, "the path is too long");
    whosaid_status status =
        model_file_open(path, TAG_MODEL_KIND, TAG_FEATURE_VERSION, &out->file, err);
    if (status == WHOSAID_OK) status = map_sections(out, err);
    const model_card_facts facts = {TAG_MODEL_KIND, TAG_FEATURE_VERSION, TAG_MODEL_FILE};
    return status == WHOSAID_OK ? model_card_check(folder, &facts, out->file, err) : status;
}

void tag_model_close(tag_model *model) {
    model_file_close(model->file);
    *model = (tag_model){0};
}

/* The row number + 1 of a key, 0 when the model does not know it. */
static inline uint32_t find_row(const tag_model *m, uint64_t key) {
    size_t at = tag_model_place(key, m->speech_mask);
    uint32_t fingerprint = speech_fingerprint(key);
    for (int probe = 0; probe < TAG_PROBES; probe++) {
        uint32_t entry = m->speech_index[at];
        if (entry == 0) return 0;
        if (entry >> 16 == fingerprint) return entry & 0xFFFF;
        at = (at + 1) & m->speech_mask;
    }
    return 0;
}

part_of_speech tag_model_certain(const tag_model *m, uint64_t word_key) {
    uint32_t row = find_row(m, word_key);
    return row >= FIRST_CERTAIN ? (part_of_speech)(row - FIRST_CERTAIN) : POS_NONE;
}

/* The rows of the keys that have weights; the memory of each is asked for. Returns how many. */
static size_t find_rows(const tag_model *m, const uint64_t *keys, size_t count,
                        const int8_t **rows) {
    size_t found = 0;
    for (size_t k = 0; k < count; k++)
        __builtin_prefetch(&m->speech_index[tag_model_place(keys[k], m->speech_mask)]);
    for (size_t k = 0; k < count; k++) {
        uint32_t row = find_row(m, keys[k]);
        if (row == 0 || row >= FIRST_CERTAIN) continue;
        rows[found] = m->speech_rows + (size_t)(row - 1) * SPEECH_STRIDE;
        __builtin_prefetch(rows[found++]);
    }
    return found;
}

/* Sums of the columns of the rows, in 16 bits. */
static void sum_rows(const int8_t *const *rows, size_t count, int16_t sums[SPEECH_STRIDE]) {
#if defined(__x86_64__)
    enum { PARTS = SPEECH_STRIDE / 16 };
    __m128i low[PARTS], high[PARTS];
    for (int p = 0; p < PARTS; p++)
        low[p] = high[p] = _mm_setzero_si128();
    for (size_t r = 0; r < count; r++) {
        for (int p = 0; p < PARTS; p++) {
            __m128i bytes = _mm_loadu_si128((const __m128i *)(rows[r] + 16 * p));
            __m128i signs = _mm_cmpgt_epi8(_mm_setzero_si128(), bytes);
            low[p] = _mm_add_epi16(low[p], _mm_unpacklo_epi8(bytes, signs));
            high[p] = _mm_add_epi16(high[p], _mm_unpackhi_epi8(bytes, signs));
        }
    }
    for (int p = 0; p < PARTS; p++) {
        _mm_storeu_si128((__m128i *)(sums + 16 * p), low[p]);
        _mm_storeu_si128((__m128i *)(sums + 16 * p + 8), high[p]);
    }
#else
    memset(sums, 0, SPEECH_STRIDE * sizeof *sums);
    for (size_t r = 0; r < count; r++)
        for (int i = 0; i < SPEECH_STRIDE; i++)
            sums[i] = (int16_t)(sums[i] + rows[r][i]);
#endif
}

part_of_speech tag_model_speech(const tag_model *m, const uint64_t *keys, size_t count) {
    const int8_t *rows[SPEECH_FEATURES_MAX];
    int16_t scores[SPEECH_STRIDE];
    sum_rows(rows, find_rows(m, keys, count, rows), scores);
    int best = POS_NONE + 1;
    for (int i = best + 1; i < PART_OF_SPEECH_COUNT; i++)
        if (scores[i] > scores[best]) best = i;
    return (part_of_speech)best;
}

/* The place that holds a key's weights, 0 when the model does not know it. */
static inline uint64_t find_name(const tag_model *m, uint64_t key) {
    size_t at = tag_model_place(key, m->name_mask);
    uint64_t fingerprint = name_fingerprint(key);
    for (int probe = 0; probe < TAG_PROBES; probe++) {
        uint64_t entry = m->names[at];
        if (entry == 0) return 0;
        if (entry >> 40 == fingerprint) return entry;
        at = (at + 1) & m->name_mask;
    }
    return 0;
}

name_class tag_model_name(const tag_model *m, const uint64_t *keys, size_t count,
                          unsigned allowed) {
    int scores[NAME_CLASS_COUNT] = {0};
    for (size_t k = 0; k < count; k++)
        __builtin_prefetch(&m->names[tag_model_place(keys[k], m->name_mask)]);
    for (size_t k = 0; k < count; k++) {
        uint64_t entry = find_name(m, keys[k]);
        for (int i = 0; i < NAME_CLASS_COUNT; i++)
            scores[i] += (int8_t)(uint8_t)(entry >> (8 * i));
    }
    int best = NAME_NONE;
    for (int i = 1; i < NAME_CLASS_COUNT; i++)
        if (allowed >> i & 1 && scores[i] > scores[best]) best = i;
    return (name_class)best;
}
