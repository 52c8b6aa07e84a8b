/* The index of a stance model: the same model as its text files, or none at all. */
#include "suite.h"
#include "test_files.h"

#include "base/hash.h"
#include "base/model_file.h"
#include "segment/segment.h"
#include "stance/scorer_steps.h"
#include "stance/stance_index.h"

#include <float.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define SHIPPED SOURCE_DIR "/models/stance/long-range-strikes"

static char index_path[96];

/* A copy of the shipped model without its index. */
static void copy_shipped_model(void) {
    static const char *const names[] = {"model.json", "target.json", "features.txt", "stance.svm"};
    make_folder();
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char from[256];
        snprintf(from, sizeof from, SHIPPED "/%s", names[i]);
        ck_assert_int_eq(symlink(from, path_of(names[i])), 0);
    }
    snprintf(index_path, sizeof index_path, "%s/" STANCE_INDEX_FILE, test_folder);
}

static stance_model *load(const char *path) {
    stance_model *model;
    whosaid_error err = {0};
    ck_assert_msg(stance_model_load(path, &model, &err) == WHOSAID_OK, "%s: %s", err.where,
                  err.text);
    return model;
}

static char *bytes_of(const char *path, size_t *len) {
    FILE *file = fopen(path, "rb");
    ck_assert_ptr_nonnull(file);
    char *bytes = malloc(1 << 23);
    ck_assert_ptr_nonnull(bytes);
    *len = fread(bytes, 1, 1 << 23, file);
    fclose(file);
    return bytes;
}

static stance_text_hashes shipped_hashes(void) {
    stance_text_hashes hashes;
    size_t len;
    char *features = bytes_of(SHIPPED "/features.txt", &len);
    hashes.features = hash_bytes(features, len);
    free(features);
    char *svm = bytes_of(SHIPPED "/stance.svm", &len);
    hashes.svm = hash_bytes(svm, len);
    free(svm);
    return hashes;
}

/* Fails where keys, lines or text have changed: then train again. */
START_TEST(the_shipped_index_is_that_of_its_text) {
    stance_model *model = load(test_folder);
    ck_assert_ptr_null(model->index);
    ck_assert_int_eq(stance_index_save(model, shipped_hashes(), index_path, NULL), WHOSAID_OK);
    size_t made, shipped;
    char *a = bytes_of(index_path, &made), *b = bytes_of(SHIPPED "/" STANCE_INDEX_FILE, &shipped);
    ck_assert_uint_eq(made, shipped);
    ck_assert_int_eq(memcmp(a, b, made), 0);
    free(a);
    free(b);
    stance_model_free(model);
}
END_TEST

START_TEST(an_indexed_model_is_the_one_of_the_text) {
    stance_model *text = load(test_folder), *indexed = load(SHIPPED);
    ck_assert_ptr_nonnull(indexed->index);
    size_t count = feature_dictionary_size(text->dictionary), labels = text->target->label_count;
    ck_assert_uint_eq(feature_dictionary_size(indexed->dictionary), count);
    ck_assert_uint_eq(indexed->stride, text->stride);
    ck_assert_uint_ne(indexed->identity, text->identity); /* numbers its features in its own way */
    ck_assert_int_eq(memcmp(indexed->biases, text->biases, labels * sizeof(double)), 0);
    for (uint32_t i = 0; i < count; i++) {
        feature_group group = feature_dictionary_group(text->dictionary, i);
        text_view title = feature_dictionary_name(text->dictionary, i);
        uint64_t key = feature_key(group, name_hash_of(title));
        ck_assert_uint_eq(feature_dictionary_find(text->dictionary, group, key), i);
        uint32_t number = feature_dictionary_find(indexed->dictionary, group, key);
        ck_assert_uint_lt(number, count);
        ck_assert_uint_eq(feature_dictionary_file_number(indexed->dictionary, number), i);
        ck_assert_int_eq(memcmp(stance_model_row(indexed, number), stance_model_row(text, i),
                                text->stride * sizeof(float)),
                         0);
    }
    stance_model_free(text);
    stance_model_free(indexed);
}
END_TEST

/* Writes a file in place of the link to the shipped one. */
static void replace(const char *file_name, const char *bytes, size_t len) {
    char path[96];
    snprintf(path, sizeof path, "%s/%s", test_folder, file_name);
    ck_assert_int_eq(unlink(path), 0);
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes, 1, len, file), len);
    ck_assert_int_eq(fclose(file), 0);
}

/* What a thread keeps of a model is that of its weights, too. */
START_TEST(other_weights_are_another_model) {
    stance_model *model = load(test_folder);
    stance_text_hashes hashes = shipped_hashes();
    size_t len, card_len;
    char *svm = bytes_of(SHIPPED "/stance.svm", &len),
         *card = bytes_of(SHIPPED "/model.json", &card_len);
    char *last = svm + len - 3, before[17], after[17]; /* "0.012345 \n" */
    ck_assert(*last >= '0' && *last <= '9');
    *last = *last == '1' ? '2' : '1';
    snprintf(before, sizeof before, "%016" PRIx64, hashes.svm);
    snprintf(after, sizeof after, "%016" PRIx64, hash_bytes(svm, len));
    card[card_len] = '\0';
    memcpy(strstr(card, before), after, sizeof after - 1);
    replace("stance.svm", svm, len);
    replace("model.json", card, card_len);
    stance_model *other = load(test_folder);
    ck_assert_uint_ne(other->identity, model->identity);
    ck_assert_uint_ne(other->identity, 0);
    free(svm);
    free(card);
    stance_model_free(other);
    stance_model_free(model);
}
END_TEST

/* What the model says of a few statements, as a thread would that has scored others in `memory`. */
static void score_in(arena *memory, const stance_model *model, double margins[TARGET_MAX_LABELS]) {
    arena_reset(memory);
    article a = {.arena = memory,
                 .text = VIEW("Oren Vance said the missiles must be allowed to strike deep inside "
                              "the country, and that he rejects any limit on their range.")};
    a.body = (span){0, (uint32_t)a.text.len};
    ck_assert_int_eq(segment_article(&a, NULL), WHOSAID_OK);
    token_range content = {3, (uint32_t)a.token_count};
    attribution said = {.contents = {&content, 1}};
    a.attributions = &said;
    a.attribution_count = 1;
    feature_text text;
    double *found;
    ck_assert_int_eq(stance_prepare(model, &a, &text, NULL), WHOSAID_OK);
    ck_assert_int_eq(stance_margins(model, &text, &a, &found, NULL), WHOSAID_OK);
    memcpy(margins, found, model->target->label_count * sizeof *margins);
}

/* Scored in turn by one thread, each says what it says alone. */
static void check_in_turn(const stance_model *one, const stance_model *other) {
    enum { TURNS = 4 };
    const stance_model *models[] = {one, other};
    arena *shared = arena_new();
    for (int turn = 0; turn < TURNS; turn++) {
        double alone[TARGET_MAX_LABELS], in_turn[TARGET_MAX_LABELS];
        const stance_model *model = models[turn % 2];
        arena *fresh = arena_new();
        score_in(fresh, model, alone);
        score_in(shared, model, in_turn);
        for (size_t k = 0; k < model->target->label_count; k++)
            ck_assert_msg(alone[k] == in_turn[k], "turn %d, label %zu: %f, alone %f", turn, k,
                          in_turn[k], alone[k]);
        arena_free(fresh);
    }
    arena_free(shared);
}

/* A copy of a model that lost its index numbers the same features in another way. */
START_TEST(a_model_of_equal_text_is_kept_by_itself) {
    stance_model *text = load(test_folder), *indexed = load(SHIPPED);
    check_in_turn(text, indexed);
    check_in_turn(indexed, text);
    stance_model_free(indexed);
    stance_model_free(text);
}
END_TEST

/* A model of three features, whose card and index are sound and name the text files of the shipped
 * one: those are there, but not what it was made of. */
static stance_model *small_model_of_shipped_text(void) {
    static const char *const names[] = {"missiles", "strike", "range"};
    stance_model *shipped = load(SHIPPED);
    feature_dictionary *dictionary = feature_dictionary_new(shipped->arena, 0);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        ck_assert_uint_eq(feature_dictionary_add(dictionary, GROUP_WORDS, view_of(names[i])), i);
    stance_model *small = stance_model_new(shipped->target, &shipped->settings, dictionary);
    ck_assert_int_eq(stance_index_save(small, shipped_hashes(), index_path, NULL), WHOSAID_OK);
    size_t len;
    char *card = bytes_of(SHIPPED "/model.json", &len);
    card[len] = '\0';
    char *count = strstr(card, "\"feature_count\": ");
    ck_assert_ptr_nonnull(count);
    count += strlen("\"feature_count\": ");
    *count++ = '3';
    while (*count >= '0' && *count <= '9')
        *count++ = ' ';
    replace("model.json", card, len);
    free(card);
    stance_model_free(small);
    stance_model_free(shipped);
    small = load(test_folder);
    ck_assert_ptr_nonnull(small->index);
    return small;
}

START_TEST(a_model_in_the_name_of_another_is_kept_by_itself) {
    stance_model *shipped = load(SHIPPED), *small = small_model_of_shipped_text();
    check_in_turn(shipped, small);
    check_in_turn(small, shipped);
    small->identity = shipped->identity; /* hashes that meet: its numbers are out of bounds here */
    check_in_turn(small, shipped);
    check_in_turn(shipped, small);
    stance_model_free(small);
    stance_model_free(shipped);
}
END_TEST

/* What a stranger writes, with a checksum that is right. */
typedef enum fault {
    NOTHING,
    OTHER_FEATURES,
    OTHER_SVM,
    OTHER_KIND,
    OTHER_VERSION,
    FEWER_WEIGHTS,
    FEWER_BIASES,
    NO_LINES,
    GROUP_WITHOUT_LINES,
    GROUPS_IN_NO_ORDER,
    FULL_LINES,
    LINE_BEYOND,
    NUMBER_BEYOND,
    INFINITE_WEIGHT,
    WEIGHT_WITHOUT_VALUE,
    BIAS_WITHOUT_VALUE,
    FAULT_COUNT
} fault;

/* The contents of an index, to be spoilt. */
typedef struct contents {
    stance_text_hashes hashes;
    feature_lines lines;
    feature_line *line; /* of them */
    uint32_t *numbers;
    float *weights;
    double biases[TARGET_MAX_LABELS];
    size_t line_count, count, weight_count, labels;
} contents;

/* Of a model that was read from text. Any weights are sound. */
static contents contents_of(const stance_model *m, arena *memory) {
    contents c = {.hashes = shipped_hashes(), .labels = m->target->label_count};
    ck_assert(feature_lines_build(m->dictionary, memory, &c.lines, &c.numbers));
    c.line = (feature_line *)c.lines.lines;
    c.line_count = c.lines.begins[GROUP_COUNT];
    c.count = feature_dictionary_size(m->dictionary);
    c.weight_count = c.count * m->stride;
    c.weights = ARENA_NEW(memory, float, c.weight_count);
    ck_assert_ptr_nonnull(c.weights);
    memcpy(c.weights, m->weights, c.weight_count * sizeof *c.weights);
    memcpy(c.biases, m->biases, c.labels * sizeof *c.biases);
    return c;
}

static void spoil(contents *c, fault which) {
    uint32_t *begins = c->lines.begins;
    switch (which) {
    case OTHER_FEATURES: c->hashes.features++; break;
    case OTHER_SVM: c->hashes.svm++; break;
    case FEWER_WEIGHTS: c->weight_count--; break;
    case FEWER_BIASES: c->labels--; break;
    case NO_LINES: c->line_count = 0; break;
    case GROUP_WITHOUT_LINES: begins[GROUP_PLAIN + 1] = begins[GROUP_PLAIN]; break;
    case GROUPS_IN_NO_ORDER: begins[GROUP_CUE] = begins[GROUP_CUE + 1] + 1; break;
    case FULL_LINES:
        for (uint32_t i = begins[GROUP_QUESTION]; i < begins[GROUP_QUESTION + 1]; i++) {
            c->line[i].first = 0;
            memset(c->line[i].marks, 1, sizeof c->line[i].marks);
        }
        break;
    case LINE_BEYOND: c->line[7].first = (uint32_t)c->count; break;
    case NUMBER_BEYOND: c->numbers[c->count - 1] = (uint32_t)c->count; break;
    case INFINITE_WEIGHT: c->weights[c->weight_count - 1] = FLT_MAX * 2; break;
    case WEIGHT_WITHOUT_VALUE: c->weights[5] = nanf(""); break;
    case BIAS_WITHOUT_VALUE: c->biases[1] = nan(""); break;
    default: break;
    }
}

static void write_faulty(const stance_model *m, fault which) {
    arena *memory = arena_new();
    ck_assert_ptr_nonnull(memory);
    contents c = contents_of(m, memory);
    spoil(&c, which);
    model_file_writer *writer =
        model_file_writer_new(which == OTHER_KIND ? "tagger" : "stance-index",
                              (STANCE_FEATURE_VERSION << 16) + 2 + (which == OTHER_VERSION));
    ck_assert(
        model_file_writer_add(writer, "text", &c.hashes, sizeof c.hashes, 1) &&
        model_file_writer_add(writer, "groups", c.lines.begins, sizeof(uint32_t),
                              GROUP_COUNT + 1) &&
        model_file_writer_add(writer, "lines", c.line, sizeof *c.line, c.line_count) &&
        model_file_writer_add(writer, "numbers", c.numbers, sizeof *c.numbers, c.count) &&
        model_file_writer_add(writer, "weights", c.weights, sizeof *c.weights, c.weight_count) &&
        model_file_writer_add(writer, "biases", c.biases, sizeof *c.biases, c.labels));
    ck_assert_int_eq(model_file_writer_save(writer, index_path, NULL), WHOSAID_OK);
    model_file_writer_free(writer);
    arena_free(memory);
}

START_TEST(an_index_that_is_not_sound_is_passed_over) {
    stance_model *model = load(test_folder);
    write_faulty(model, (fault)_i);
    stance_model *again = load(test_folder);
    ck_assert_msg((again->index != NULL) == (_i == NOTHING), "fault %d", _i);
    bool is_text = again->index == NULL;
    size_t weights = feature_dictionary_size(model->dictionary) * model->stride;
    ck_assert(!is_text || memcmp(again->weights, model->weights, weights * sizeof(float)) == 0);
    stance_model_free(again);
    stance_model_free(model);
}
END_TEST

static TCase *cases(void) {
    TCase *c = tcase_create("stance index");
    tcase_set_timeout(c, 60);
    tcase_add_checked_fixture(c, copy_shipped_model, remove_folder);
    tcase_add_test(c, the_shipped_index_is_that_of_its_text);
    tcase_add_test(c, an_indexed_model_is_the_one_of_the_text);
    tcase_add_test(c, other_weights_are_another_model);
    tcase_add_test(c, a_model_of_equal_text_is_kept_by_itself);
    tcase_add_test(c, a_model_in_the_name_of_another_is_kept_by_itself);
    tcase_add_loop_test(c, an_index_that_is_not_sound_is_passed_over, NOTHING, FAULT_COUNT);
    return c;
}

SUITE_MAIN("stance index")
