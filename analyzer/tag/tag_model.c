#include "tag/tag_model.h"

#include "base/error.h"
#include "base/folder.h"
#include "base/model_card.h"
#include "tag/tag_features.h"

#include <string.h>

_Static_assert(sizeof(speech_line) == 32 && sizeof(name_line) == 32,
               "lines do not cross a cache's");

static whosaid_status check_rows(const tag_model *m, whosaid_error *err) {
    const char *path = model_file_path(m->file);
    for (size_t i = 0; i < (size_t)m->speech_line_count * SPEECH_SLOTS; i++) {
        unsigned row = m->speech_lines[i / SPEECH_SLOTS].rows[i % SPEECH_SLOTS];
        bool sound = row < m->speech_row_count ||
                     (row >= FIRST_CERTAIN && row < FIRST_CERTAIN + PART_OF_SPEECH_COUNT);
        if (!sound)
            return error_set(err, WHOSAID_MODEL, path, 0, "row %u of the index does not exist",
                             row);
    }
    return WHOSAID_OK;
}

/* The labels in the order of the sums: those of the first columns of all lanes, of the second. */
static whosaid_status set_labels(tag_model *m, const uint8_t *columns, whosaid_error *err) {
    for (size_t c = 0; c < SPEECH_COLUMNS; c++) {
        if (columns[c] == POS_NONE || columns[c] >= PART_OF_SPEECH_COUNT)
            return error_set(err, WHOSAID_MODEL, model_file_path(m->file), 0,
                             "part of speech %u does not exist", columns[c]);
        m->labels[c / 2 + c % 2 * SPEECH_COLUMNS / 2] = columns[c];
    }
    return WHOSAID_OK;
}

static whosaid_status map_sections(tag_model *m, whosaid_error *err) {
    const struct {
        const char *name;
        size_t size;
    } wanted[] = {{"speech_index", sizeof(speech_line)},
                  {"speech_rows", SPEECH_COLUMNS},
                  {"speech_labels", SPEECH_COLUMNS},
                  {"names", sizeof(name_line)},
                  {"lexicon", sizeof(uint32_t)}};
    enum { INDEX, ROWS, LABELS, NAMES, LEXICON, SECTIONS };
    const void *data[SECTIONS];
    size_t counts[SECTIONS];
    for (int s = 0; s < SECTIONS; s++) {
        whosaid_status status =
            model_file_section(m->file, wanted[s].name, wanted[s].size, &data[s], &counts[s], err);
        if (status != WHOSAID_OK) return status;
        if (counts[s] == 0 || counts[s] > UINT32_MAX)
            return error_set(err, WHOSAID_MODEL, model_file_path(m->file), 0,
                             "a section '%s' of %zu entries", wanted[s].name, counts[s]);
    }
    if (counts[ROWS] > SPEECH_ROWS_MAX || counts[LEXICON] & (counts[LEXICON] - 1))
        return error_set(err, WHOSAID_MODEL, model_file_path(m->file), 0,
                         "tables of %zu and %zu entries fit no tagger", counts[ROWS],
                         counts[LEXICON]);
    m->speech_lines = data[INDEX];
    m->speech_line_count = (uint32_t)counts[INDEX];
    m->speech_rows = data[ROWS];
    m->speech_row_count = (uint32_t)counts[ROWS];
    m->name_lines = data[NAMES];
    m->name_line_count = (uint32_t)counts[NAMES];
    m->lexicon = (lexicon){.entries = data[LEXICON], .mask = counts[LEXICON] - 1};
    whosaid_status status = set_labels(m, data[LABELS], err);
    return status == WHOSAID_OK ? check_rows(m, err) : status;
}

whosaid_status tag_model_open(const char *folder, tag_model *out, whosaid_error *err) {
    *out = (tag_model){0};
    char path[PATH_MAX];
    whosaid_status status = folder_path(folder, TAG_MODEL_FILE, path, err);
    if (status != WHOSAID_OK) return status;
    status = model_file_open(path, TAG_MODEL_KIND, TAG_FEATURE_VERSION, &out->file, err);
    if (status == WHOSAID_OK) status = map_sections(out, err);
    const model_card_facts facts = {TAG_MODEL_KIND, TAG_FEATURE_VERSION, TAG_MODEL_FILE};
    return status == WHOSAID_OK ? model_card_check(folder, &facts, out->file, err) : status;
}

void tag_model_close(tag_model *model) {
    model_file_close(model->file);
    *model = (tag_model){0};
}

/* The index of the first of the largest. */
static unsigned first_largest(const speech_lanes sums[2 * SPEECH_PARTS]) {
#if defined(__x86_64__)
    _Static_assert(SPEECH_PARTS == 2, "four registers of sums");
    __m128i all[4]; /* sums are far below 2^15: signed comparison is right */
    memcpy(all, sums, sizeof all);
    __m128i most = _mm_max_epi16(_mm_max_epi16(all[0], all[1]), _mm_max_epi16(all[2], all[3]));
    most = _mm_max_epi16(most, _mm_shuffle_epi32(most, _MM_SHUFFLE(1, 0, 3, 2)));
    most = _mm_max_epi16(most, _mm_shuffle_epi32(most, _MM_SHUFFLE(2, 3, 0, 1)));
    most = _mm_max_epi16(most, _mm_shufflelo_epi16(most, _MM_SHUFFLE(2, 3, 0, 1)));
    most = _mm_shuffle_epi32(most, 0);
    __m128i low = _mm_packs_epi16(_mm_cmpeq_epi16(all[0], most), _mm_cmpeq_epi16(all[1], most));
    __m128i high = _mm_packs_epi16(_mm_cmpeq_epi16(all[2], most), _mm_cmpeq_epi16(all[3], most));
    return (unsigned)__builtin_ctz((unsigned)_mm_movemask_epi8(low) |
                                   (unsigned)_mm_movemask_epi8(high) << 16);
#else
    uint16_t all[SPEECH_COLUMNS];
    memcpy(all, sums, sizeof all);
    unsigned best = 0;
    for (unsigned i = 1; i < SPEECH_COLUMNS; i++)
        if (all[i] > all[best]) best = i;
    return best;
#endif
}

part_of_speech tag_model_speech(const tag_model *m, const speech_sums *sums) {
    speech_lanes all[2 * SPEECH_PARTS];
    for (int p = 0; p < SPEECH_PARTS; p++) {
        all[p] = sums->both[p] - (sums->second[p] << 8);
        all[SPEECH_PARTS + p] = sums->second[p];
    }
    return (part_of_speech)m->labels[first_largest(all)];
}

name_class tag_model_name(const name_sums *sums, unsigned allowed) {
    int best = NAME_NONE, most = 0;
    for (int i = NAME_PERSON; i < NAME_CLASS_COUNT; i++) {
        int score = (*sums)[i - NAME_PERSON];
        if (!(allowed >> i & 1) || score <= most) continue;
        best = i;
        most = score;
    }
    return (name_class)best;
}
