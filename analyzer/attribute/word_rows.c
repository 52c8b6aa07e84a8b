#include "attribute/word_rows.h"

enum { WORD_FEATURES_MAX = 16 };

word_sums word_sums_compute(const feature_table *base, const frame_token *word) {
    word_sums out;
    uint64_t hashes[WORD_ROW_PLACES][WORD_FEATURES_MAX];
    size_t counts[WORD_ROW_PLACES];
    for (int place = 0; place < WORD_ROW_PLACES; place++) {
        /* The token stands place - WORD_REACH behind the word, so the word that much before it. */
        uint64_t *end = base_word_features(word, WORD_REACH - place, hashes[place]);
        counts[place] = (size_t)(end - hashes[place]);
        feature_table_prefetch(base, hashes[place], counts[place]);
    }
    for (int place = 0; place < WORD_ROW_PLACES; place++)
        feature_table_sum(base, hashes[place], counts[place], BASE_LABELS, out.sums[place]);
    return out;
}

word_row word_row_of(const word_sums *sums) {
    word_row row;
    for (int place = 0; place < WORD_ROW_PLACES; place++)
        for (int l = 0; l < BASE_LABELS; l++)
            row.sums[place][l] = word_row_number(sums->sums[place][l]);
    return row;
}

word_row word_row_make(const feature_table *base, const word_facts *facts) {
    frame_token word = {.facts = *facts};
    frame_token_set_ending(&word, facts->ending);
    word_sums sums = word_sums_compute(base, &word);
    return word_row_of(&sums);
}
