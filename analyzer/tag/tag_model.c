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

#if defined(__x86_64__)
enum { GROUP = 4 }; /* entries that are looked at together */

/* The first entry of a group, in the order of probing, that matches or is empty; GROUP when there
 * is none. Without branches: nothing tells beforehand which it will be. */
static inline unsigned first_end(__m128i equal, __m128i empty, bool *matches) {
    unsigned found = (unsigned)_mm_movemask_ps(_mm_castsi128_ps(equal));
    unsigned ends = found | (unsigned)_mm_movemask_ps(_mm_castsi128_ps(empty)) | 1u << GROUP;
    unsigned first = (unsigned)__builtin_ctz(ends);
    *matches = found >> first & 1;
    return first;
}

/* find_row and find_name for the first GROUP places, where they do not pass the table's end.
 * Return false when they leave it open. */
static inline bool find_row_near(const tag_model *m, size_t at, uint32_t fingerprint,
                                 uint32_t *row) {
    if (at + GROUP > m->speech_mask) return false;
    __m128i entries = _mm_loadu_si128((const __m128i *)(m->speech_index + at));
    __m128i equal = _mm_cmpeq_epi32(_mm_srli_epi32(entries, 16), _mm_set1_epi32((int)fingerprint));
    bool matches;
    unsigned first = first_end(equal, _mm_cmpeq_epi32(entries, _mm_setzero_si128()), &matches);
    *row = m->speech_index[at + first] & (matches ? 0xFFFF : 0);
    return first < GROUP;
}

static inline bool find_name_near(const tag_model *m, size_t at, uint64_t fingerprint,
                                  uint64_t *found) {
    if (at + GROUP > m->name_mask) return false;
    __m128 low = _mm_loadu_ps((const float *)(m->names + at));
    __m128 high = _mm_loadu_ps((const float *)(m->names + at + 2));
    __m128i upper = _mm_castps_si128(_mm_shuffle_ps(low, high, _MM_SHUFFLE(3, 1, 3, 1)));
    __m128i equal = _mm_cmpeq_epi32(_mm_srli_epi32(upper, 8), _mm_set1_epi32((int)fingerprint));
    bool matches; /* fingerprints are never 0, so that an empty place shows in its upper half */
    unsigned first = first_end(equal, _mm_cmpeq_epi32(upper, _mm_setzero_si128()), &matches);
    *found = m->names[at + first] & -(uint64_t)matches;
    return first < GROUP;
}
#else
static inline bool find_row_near(const tag_model *m, size_t at, uint32_t fingerprint,
                                 uint32_t *row) {
    (void)m, (void)at, (void)fingerprint, (void)row;
    return false;
}

static inline bool find_name_near(const tag_model *m, size_t at, uint64_t fingerprint,
                                  uint64_t *found) {
    (void)m, (void)at, (void)fingerprint, (void)found;
    return false;
}
#endif

/* The row number + 1 of a key, 0 when the model does not know it. */
static inline uint32_t find_row(const tag_model *m, uint64_t key) {
    size_t at = tag_model_place(key, m->speech_mask);
    uint32_t fingerprint = speech_fingerprint(key), row;
    if (find_row_near(m, at, fingerprint, &row)) return row;
    for (int probe = 0; probe < TAG_PROBES; probe++) {
        uint32_t entry = m->speech_index[at];
        if (entry == 0) return 0;
        if (entry >> 16 == fingerprint) return entry & 0xFFFF;
        at = (at + 1) & m->speech_mask;
    }
    return 0;
}

part_of_speech tag_model_certain(const tag_model *m, uint64_t key) {
    uint32_t row = find_row(m, key);
    return row >= FIRST_CERTAIN ? (part_of_speech)(row - FIRST_CERTAIN) : POS_NONE;
}

uint32_t tag_model_row(const tag_model *m, uint64_t key) {
    uint32_t row = find_row(m, key);
    return row < FIRST_CERTAIN ? row : 0;
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

/* The first of the largest, from POS_NONE + 1 on. */
static int first_largest(const int16_t scores[SPEECH_STRIDE]) {
#if defined(__x86_64__)
    /* POS_NONE and what fills the row up must not win. */
    enum { PARTS = SPEECH_STRIDE / 8 };
    int16_t open[SPEECH_STRIDE];
    memcpy(open, scores, sizeof open);
    open[POS_NONE] = INT16_MIN;
    for (int i = PART_OF_SPEECH_COUNT; i < SPEECH_STRIDE; i++)
        open[i] = INT16_MIN;
    __m128i parts[PARTS], most;
    for (int p = 0; p < PARTS; p++)
        parts[p] = _mm_loadu_si128((const __m128i *)(open + 8 * p));
    most = parts[0];
    for (int p = 1; p < PARTS; p++)
        most = _mm_max_epi16(most, parts[p]);
    most = _mm_max_epi16(most, _mm_shuffle_epi32(most, _MM_SHUFFLE(1, 0, 3, 2)));
    most = _mm_max_epi16(most, _mm_shuffle_epi32(most, _MM_SHUFFLE(2, 3, 0, 1)));
    most = _mm_max_epi16(most, _mm_shufflelo_epi16(most, _MM_SHUFFLE(2, 3, 0, 1)));
    most = _mm_shuffle_epi32(most, 0);
    uint64_t equal = 0; /* a bit a score */
    for (int p = 0; p < PARTS; p += 2) {
        __m128i both =
            _mm_packs_epi16(_mm_cmpeq_epi16(parts[p], most), _mm_cmpeq_epi16(parts[p + 1], most));
        equal |= (uint64_t)(unsigned)_mm_movemask_epi8(both) << (8 * p);
    }
    return __builtin_ctzll(equal);
#else
    int best = POS_NONE + 1;
    for (int i = best + 1; i < PART_OF_SPEECH_COUNT; i++)
        if (scores[i] > scores[best]) best = i;
    return best;
#endif
}

part_of_speech tag_model_speech(const int8_t *const *rows, size_t count) {
    int16_t scores[SPEECH_STRIDE];
    sum_rows(rows, count, scores);
    return (part_of_speech)first_largest(scores);
}

/* The place that holds a key's weights, 0 when the model does not know it. */
static inline uint64_t find_name(const tag_model *m, uint64_t key) {
    size_t at = tag_model_place(key, m->name_mask);
    uint64_t fingerprint = name_fingerprint(key), near;
    if (find_name_near(m, at, fingerprint, &near)) return near;
    for (int probe = 0; probe < TAG_PROBES; probe++) {
        uint64_t entry = m->names[at];
        if (entry == 0) return 0;
        if (entry >> 40 == fingerprint) return entry;
        at = (at + 1) & m->name_mask;
    }
    return 0;
}

/* Sums of the five weights of the keys, in 16 bits. */
static inline void sum_names(const tag_model *m, const uint64_t *keys, size_t count,
                             int16_t sums[8]) {
#if defined(__x86_64__)
    __m128i sum = _mm_setzero_si128();
    for (size_t k = 0; k < count; k++) {
        __m128i entry = _mm_cvtsi64_si128((long long)find_name(m, keys[k]));
        sum = _mm_add_epi16(sum, _mm_srai_epi16(_mm_unpacklo_epi8(entry, entry), 8));
    }
    _mm_storeu_si128((__m128i *)sums, sum);
#else
    memset(sums, 0, 8 * sizeof *sums);
    for (size_t k = 0; k < count; k++) {
        uint64_t entry = find_name(m, keys[k]);
        for (int i = 0; i < NAME_CLASS_COUNT; i++)
            sums[i] = (int16_t)(sums[i] + (int8_t)(uint8_t)(entry >> (8 * i)));
    }
#endif
}

name_class tag_model_name(const tag_model *m, const uint64_t *keys, size_t count,
                          unsigned allowed) {
    int16_t scores[8]; /* NAME_CLASS_COUNT, and what fills a register */
    for (size_t k = 0; k < count; k++)
        __builtin_prefetch(&m->names[tag_model_place(keys[k], m->name_mask)]);
    sum_names(m, keys, count, scores);
    int best = NAME_NONE;
    for (int i = 1; i < NAME_CLASS_COUNT; i++)
        if (allowed >> i & 1 && scores[i] > scores[best]) best = i;
    return (name_class)best;
}
