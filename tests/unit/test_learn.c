/* The learners that training uses, on problems small enough to know the answer. */
#include "suite.h"

#include "learn/feature_numbers.h"
#include "learn/feature_table.h"
#include "learn/lbfgs.h"
#include "learn/log_linear.h"
#include "learn/parallel.h"
#include "learn/random.h"
#include "learn/sequence_learner.h"
#include "learn/word_clusters.h"

#include <math.h>

static double quadratic(void *context, const double *x, double *gradient) {
    const double *center = context;
    double value = 0;
    for (int i = 0; i < 3; i++) {
        double distance = x[i] - center[i], steepness = i + 1;
        value += steepness * distance * distance;
        gradient[i] = 2 * steepness * distance;
    }
    return value;
}

START_TEST(lbfgs_finds_the_minimum) {
    double center[3] = {1, -2, 300}, x[3] = {0, 0, 0};
    ck_assert(lbfgs_minimize(quadratic, center, x, 3, 100, 1e-9));
    for (int i = 0; i < 3; i++)
        ck_assert_double_eq_tol(x[i], center[i], 1e-5);
}
END_TEST

/* Rows with feature 0 are right three times of four, the others once of four. */
START_TEST(yes_no_gives_the_shares) {
    sparse_rows rows = {0};
    uint8_t yes[8] = {1, 1, 1, 0, 1, 0, 0, 0};
    uint32_t zero = 0, chosen[8];
    for (uint32_t i = 0; i < 8; i++) {
        ck_assert(sparse_rows_add(&rows, &zero, i < 4));
        chosen[i] = i;
    }
    double weights[2] = {0, 0};
    yes_no_data data = {&rows, yes, chosen, 8, 1};
    ck_assert(yes_no_fit(&data, 1e-9, 200, weights));
    ck_assert_double_eq_tol(1 / (1 + exp(-weights[1])), 0.25, 1e-3);
    ck_assert_double_eq_tol(1 / (1 + exp(-weights[0] - weights[1])), 0.75, 1e-3);
    sparse_rows_free(&rows);
}
END_TEST

START_TEST(choice_prefers_the_marked_rows) {
    sparse_rows rows = {0};
    uint32_t groups[4] = {0, 2, 4, 6}, chosen[3] = {0, 1, 2};
    uint8_t best[6] = {0, 1, 0, 1, 0, 1};
    float values[6] = {0};
    for (uint32_t i = 0; i < 6; i++) {
        uint32_t id = i % 2;
        ck_assert(sparse_rows_add(&rows, &id, 1));
    }
    double weights[3] = {0, 0, 0};
    choice_data data = {&rows, values, best, groups, chosen, 3, 2};
    ck_assert(choice_fit(&data, 1e-3, 100, weights));
    ck_assert_double_gt(weights[1], weights[0] + 1);
    sparse_rows_free(&rows);
}
END_TEST

enum { WORDS = 6, SEQUENCES = 40 };

/* Word w has label w % 3, except that word 5 takes the label of the word before it. */
static void make_sequences(sequence_set *set) {
    random_source source = {7};
    set->label_count = 3;
    set->feature_count = WORDS;
    for (uint32_t w = 0; w < WORDS; w++)
        ck_assert(sparse_rows_add(&set->shared, &w, 1));
    for (int s = 0; s < SEQUENCES; s++) {
        uint8_t label = 0;
        ck_assert(sequence_set_open(set));
        for (int i = 0; i < 8; i++) {
            uint32_t word = (uint32_t)random_below(&source, i ? WORDS : WORDS - 1);
            if (word != 5) label = (uint8_t)(word % 3);
            ck_assert(sequence_set_token(set, word, SEQUENCE_NO_ROW, label, 7));
        }
    }
}

START_TEST(sequences_are_learned_with_their_order) {
    sequence_set set = {0};
    make_sequences(&set);
    uint32_t chosen[SEQUENCES];
    for (uint32_t i = 0; i < SEQUENCES; i++)
        chosen[i] = i;
    uint8_t *seen = sequence_seen_labels(&set);
    sequence_model model, again;
    sequence_options options = {20, 0.1f, 3};
    ck_assert(seen && sequence_train(&set, seen, chosen, SEQUENCES, options, &model));
    ck_assert(sequence_train(&set, seen, chosen, SEQUENCES, options, &again));
    ck_assert_mem_eq(model.weights, again.weights, WORDS * 4 * sizeof(float));
    size_t wrong = 0;
    for (size_t s = 0; s < set.sequence_count; s++) {
        label_scores scores[8];
        uint8_t back[8][SEQUENCE_LABELS], labels[8];
        sequence_score(&model, &set, set.sequences[s], scores);
        sequence_decode(3, model.transitions, (const label_scores *)scores, 8, back, labels);
        for (int i = 0; i < 8; i++)
            wrong += labels[i] != set.labels[set.sequences[s].first + i];
    }
    ck_assert_uint_le(wrong, 16); /* without the order it would be some 35 */
    sequence_model_free(&model);
    sequence_model_free(&again);
    sequence_set_free(&set);
    free(seen);
}
END_TEST

enum { FEATURES = 5000 };

/* What comes out of the packed table is what went in, within the rounding of a byte. */
START_TEST(table_keeps_the_weights) {
    static const unsigned LABELS[] = {1, 4, 6};
    unsigned labels = LABELS[_i];
    uint64_t *hashes = malloc(FEATURES * sizeof *hashes);
    float *weights = malloc(FEATURES * labels * sizeof *weights);
    random_source source = {9};
    for (size_t i = 0; i < FEATURES; i++) {
        hashes[i] = random_next(&source);
        for (unsigned l = 0; l < labels; l++)
            weights[i * labels + l] = (float)(random_unit(&source) - 0.5);
    }
    feature_table_builder builder;
    ck_assert(feature_table_build(hashes, weights, FEATURES, labels, 0.5f, &builder));
    ck_assert_uint_lt(builder.dropped, FEATURES / 20);
    size_t missing = 0;
    for (size_t i = 0; i < FEATURES; i++) {
        int32_t sum[FEATURE_LABELS_MAX] = {0};
        if (labels == 1) feature_table_sum(&builder.table, &hashes[i], 1, 1, sum);
        if (labels == 4) feature_table_sum(&builder.table, &hashes[i], 1, 4, sum);
        if (labels == 6) feature_table_sum(&builder.table, &hashes[i], 1, 6, sum);
        bool wrong = false;
        for (unsigned l = 0; l < labels; l++)
            wrong |= fabsf((float)sum[l] * builder.table.scale - weights[i * labels + l]) > 0.005f;
        missing += wrong;
    }
    ck_assert_uint_le(missing, builder.dropped);
    feature_table_builder_free(&builder);
    free(hashes);
    free(weights);
}
END_TEST

START_TEST(numbers_go_to_frequent_features) {
    uint64_t often = 0x1234567890abcdefull, once = 0xfedcba0987654321ull;
    uint64_t twice[2] = {often, often}, both[2] = {often, once};
    uint32_t ids[2];
    feature_numbers *numbers = feature_numbers_new();
    ck_assert(numbers);
    feature_numbers_count(numbers, twice, 2);
    feature_numbers_count(numbers, &once, 1);
    ck_assert(feature_numbers_freeze(numbers, 2));
    ck_assert_uint_eq(feature_numbers_size(numbers), 1);
    ck_assert_uint_eq(feature_numbers_ids(numbers, both, 2, ids), 1);
    ck_assert_uint_eq(feature_numbers_hash(numbers, ids[0]), often);
    feature_numbers_free(numbers);
}
END_TEST

static void square(void *context, size_t index) {
    ((size_t *)context)[index] = index * index;
}

START_TEST(every_job_runs_once) {
    size_t results[100] = {0};
    parallel_run(100, 3, square, results);
    for (size_t i = 0; i < 100; i++)
        ck_assert_uint_eq(results[i], i * i);
}
END_TEST

/* Words 0 to 9 stand between words 20 and 21, words 10 to 19 between 22 and 23. */
START_TEST(clusters_follow_the_neighbours) {
    enum { LINES = 4000, VOCABULARY = 24 };
    uint32_t *words = malloc(LINES * 4 * sizeof *words);
    random_source source = {5};
    for (size_t i = 0; i < LINES; i++) {
        uint32_t kind = (uint32_t)random_below(&source, 2);
        words[4 * i] = kind ? 20 : 22;
        words[4 * i + 1] = kind * 10 + (uint32_t)random_below(&source, 10);
        words[4 * i + 2] = kind ? 21 : 23;
        words[4 * i + 3] = UINT32_MAX;
    }
    unsigned counts[1] = {6};
    uint16_t one[VOCABULARY], two[VOCABULARY];
    ck_assert(word_clusters_learn(words, LINES * 4, VOCABULARY, counts, 1, 1, one));
    ck_assert(word_clusters_learn(words, LINES * 4, VOCABULARY, counts, 1, 2, two));
    ck_assert_mem_eq(one, two, sizeof one);
    for (int i = 0; i < 10; i++)
        for (int k = 10; k < 20; k++)
            ck_assert_uint_ne(one[i], one[k]);
    free(words);
}
END_TEST

static TCase *cases(void) {
    TCase *t = tcase_create("learn");
    tcase_set_timeout(t, 60);
    tcase_add_test(t, lbfgs_finds_the_minimum);
    tcase_add_test(t, yes_no_gives_the_shares);
    tcase_add_test(t, choice_prefers_the_marked_rows);
    tcase_add_test(t, sequences_are_learned_with_their_order);
    tcase_add_loop_test(t, table_keeps_the_weights, 0, 3);
    tcase_add_test(t, numbers_go_to_frequent_features);
    tcase_add_test(t, every_job_runs_once);
    tcase_add_test(t, clusters_follow_the_neighbours);
    return t;
}

SUITE_MAIN("learn")
