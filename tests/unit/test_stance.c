/* Targets, features, training, and models of stance that come back as they were saved. */
#include "suite.h"
#include "test_files.h"

#include "stance/calibration.h"
#include "stance/decimal.h"
#include "stance/evaluation.h"
#include "stance/stance_card.h"
#include "stance/stance_scorer.h"
#include "stance/suggestion.h"
#include "stance/target_create.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <svm.h>
#include <unistd.h>

#define COUNT(table) (sizeof(table) / sizeof *(table))

/* ---- targets -------------------------------------------------------------------------------- */

#define TARGET_HEAD "{\"format\": \"whosaid-target\", \"version\": 1, \"name\": \"trains\", "
#define TARGET_LABELS                                                                              \
    "\"question\": \"Run trains at night?\", \"labels\": [\"favor\", \"against\", \"neutral\"]"
#define TARGET_TEXT                                                                                \
    TARGET_HEAD TARGET_LABELS ", \"threshold\": 0.5,"                                              \
                              "\"phrases\": {\"train\": [\"night train*\", \"trains\"]},"          \
                              "\"lexicon\": {\"ask\": [\"urg*\", \"call* for\"],"                  \
                              "\"refuse\": [\"refus*\", \"reject*\"]},"                            \
                              "\"speakers\": {\"council\": [\"council*\"]}}"

static target *sample_target(void) {
    target *t = NULL;
    whosaid_error err = {0};
    whosaid_status status = target_parse(view_of(TARGET_TEXT), "sample", &t, &err);
    ck_assert_msg(status == WHOSAID_OK, "%s", err.text);
    return t;
}

START_TEST(a_target_has_its_labels_and_unrelated) {
    target *t = sample_target();
    ck_assert_uint_eq(t->label_count, 4);
    ck_assert_str_eq(t->labels[3].ptr, "unrelated");
    ck_assert_uint_eq(target_label(t, VIEW("against")), 1);
    ck_assert_uint_eq(target_label(t, VIEW("unknown")), 4);
    ck_assert_double_eq(t->threshold, 0.5);
    ck_assert_uint_eq(t->phrase_counts[PHRASE_QUESTION], 4);
    target_free(t);
}
END_TEST

static const struct {
    const char *json, *reason;
} bad_targets[] = {
    {"", "'[' or '{'"},
    {"[1]", "object"},
    {"{\"format\": \"other\"}", "format"},
    {"{\"format\": \"whosaid-target\", \"version\": 2}", "version"},
    {TARGET_HEAD "\"question\": \"?\", \"labels\": [\"favor\"]}", "labels"},
    {TARGET_HEAD "\"question\": \"?\", \"labels\": [\"a\", \"unrelated\"]}", "two poles"},
    {TARGET_HEAD "\"question\": \"?\", \"labels\": [\"a\", \"a\"]}", "twice"},
    {TARGET_HEAD "\"question\": \"?\", \"labels\": [\"a\", \"undecided\"]}", "undecided"},
    {TARGET_HEAD "\"question\": \"?\", \"labels\": [\"a\", \"b=c\"]}", "control character"},
    {TARGET_HEAD TARGET_LABELS ", \"threshold\": 2}", "threshold"},
    {TARGET_HEAD TARGET_LABELS ", \"phrases\": []}", "phrases"},
    {TARGET_HEAD TARGET_LABELS ", \"phrases\": {\"x\": \"y\"}}", "list"},
    {TARGET_HEAD TARGET_LABELS ", \"phrases\": {\"x\": [\"y?\"]}}", "phrase"},
    {TARGET_HEAD TARGET_LABELS ", \"lexicon\": {\"a b\": []}}", "class name"},
    {TARGET_HEAD "\"name\": \"twice\"}", "duplicate"},
};

START_TEST(a_malformed_target_is_refused_with_the_reason) {
    target *t;
    whosaid_error err = {0};
    ck_assert_int_eq(target_parse(view_of(bad_targets[_i].json), "bad.json", &t, &err),
                     WHOSAID_SYNTAX);
    ck_assert_ptr_null(t);
    ck_assert_str_eq(err.where, "bad.json");
    ck_assert_msg(strstr(err.text, bad_targets[_i].reason) != NULL, "\"%s\" in \"%s\"",
                  bad_targets[_i].reason, err.text);
}
END_TEST

START_TEST(a_target_without_a_file_comes_from_the_corpus) {
    const text_view labels[] = {VIEW("AGAINST"), VIEW("FAVOR")};
    target *t;
    ck_assert_int_eq(target_from_name(VIEW("Ana Ruiz"), labels, 2, &t, NULL), WHOSAID_OK);
    ck_assert_uint_eq(t->label_count, 2);
    arena *memory = arena_new();
    word_list words;
    phrase_hits hits;
    ck_assert_int_eq(words_split(VIEW("Ruiz met Ana Ruiz"), memory, &words, NULL), WHOSAID_OK);
    ck_assert_int_eq(phrase_matcher_find(t->matcher, &words, memory, &hits, NULL), WHOSAID_OK);
    ck_assert_uint_eq(hits.count, 2);
    ck_assert_uint_eq(hits.items[1].end - hits.items[1].first, 2);
    arena_free(memory);
    target_free(t);
}
END_TEST

/* ---- features ------------------------------------------------------------------------------- */

static const char statement_text[] = "The council refused to run night trains. \xE2\x80\x9CWe do "
                                     "not call for trains,\xE2\x80\x9D it said.";

static bool has_feature(const feature_list *list, feature_group group, const char *wanted) {
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].group == group && view_is(list->items[i].name, wanted)) return true;
    return false;
}

static const struct {
    feature_group group;
    const char *name;
    bool there;
} feature_cases[] = {
    {GROUP_WORDS, "<train>", true},       /* the target is masked */
    {GROUP_WORDS, "trains", false},       /* and its words are not shown */
    {GROUP_PLAIN, "trains", true},        /* but to the baseline */
    {GROUP_WORDS, "for <train>", true},   /* pairs go over the mask */
    {GROUP_QUESTION, "ask!", true},       /* negated */
    {GROUP_QUESTION, "ask", false},       /* so not plain */
    {GROUP_SENTENCE, "ask!", true},       /* its own sentence */
    {GROUP_SENTENCE, "refuse", false},    /* not the one before */
    {GROUP_CHARACTERS, " cal", true},     /* inside a word */
    {GROUP_CHARACTERS, "l for", false},   /* never over two */
    {GROUP_TARGET, "has train", true},    /* the target is there */
    {GROUP_TARGET, "before: call", true}, /* and what stands near it */
    {GROUP_SIDES, "clause: call", true},  /* in its clause */
    {GROUP_CUE, "said", true},            /* words of the cue */
    {GROUP_SOURCE, "word it", true},      /* of the source */
    {GROUP_SOURCE, "is council", true},   /* the class of who it resolves to */
    {GROUP_SPEAKER, "city", true},        /* and the name itself */
};

START_TEST(a_statement_shows_its_features) {
    target *t = sample_target();
    arena *memory = arena_new();
    const span sentences[] = {{0, 40}, {41, sizeof statement_text - 1}};
    feature_text text;
    ck_assert_int_eq(
        feature_text_prepare(t, view_of(statement_text), sentences, 2, NULL, memory, &text, NULL),
        WHOSAID_OK);
    span content = {41, 73}, source = {74, 76}, cue = {77, 81};
    statement said = {.contents = {&content, 1},
                      .sources = {&source, 1},
                      .cues = {&cue, 1},
                      .speaker_name = VIEW("city council")};
    feature_settings settings = {0};
    for (int g = 0; g < GROUP_COUNT; g++)
        settings.weights[g] = 1;
    feature_list list;
    ck_assert_int_eq(feature_list_extract(&text, &said, &settings, memory, &list, NULL),
                     WHOSAID_OK);
    for (size_t i = 0; i < COUNT(feature_cases); i++)
        ck_assert_msg(has_feature(&list, feature_cases[i].group, feature_cases[i].name) ==
                          feature_cases[i].there,
                      "%s %s", feature_group_name(feature_cases[i].group), feature_cases[i].name);
    double values[GROUP_COUNT], squares = 0;
    feature_values(list.group_sizes, &settings, values);
    for (int g = 0; g < GROUP_COUNT; g++)
        squares += values[g] * values[g] * (double)list.group_sizes[g];
    ck_assert_double_eq_tol(squares, 1, 1e-12);
    arena_free(memory);
    target_free(t);
}
END_TEST

/* Sentences, one a line, that end in all the ways that may or may not divide a text. */
static const char *const divided_texts[] = {
    "The council did not ask for trains.\nIt refused.\n\"Not a night train!\"\nCall for it?",
    "No night\ntrains were asked for\nThe council does not\ncall for trains",
    "He never went to the U.S.\nNight trains (not buses)\nrun. They said "
    "\xE2\x80\x9CNo.\xE2\x80\x9D\nA train.",
    "Not the e.g.\ntrain no.\nThe n.\ncall of 3.5.\nNight\xE2\x80\x99s train;\ndo not,\nask for "
    "it."};

static feature_list features_of(const feature_text *text, span content, arena *memory) {
    statement said = {.contents = {&content, 1}};
    feature_settings settings = {0};
    for (int g = 0; g < GROUP_COUNT; g++)
        settings.weights[g] = 1;
    feature_list list;
    ck_assert_int_eq(feature_list_extract(text, &said, &settings, memory, &list, NULL), WHOSAID_OK);
    return list;
}

/* What is not wanted is not looked at, and changes nothing. */
START_TEST(sentences_that_are_not_wanted_change_no_feature) {
    target *t = sample_target();
    arena *memory = arena_new();
    text_view whole = view_of(divided_texts[_i]);
    span sentences[8] = {{0, 0}};
    size_t count = 0;
    for (uint32_t at = 0; at <= whole.len; at++) {
        if (at < whole.len && whole.ptr[at] != '\n') continue;
        sentences[count++].end = at;
        if (at < whole.len) sentences[count].begin = at + 1;
    }
    feature_text all, some;
    ck_assert_int_eq(feature_text_prepare(t, whole, sentences, count, NULL, memory, &all, NULL),
                     WHOSAID_OK);
    for (size_t i = 0; i < count; i++) {
        bool wanted[8] = {false};
        wanted[i] = true;
        ck_assert_int_eq(
            feature_text_prepare(t, whole, sentences, count, wanted, memory, &some, NULL),
            WHOSAID_OK);
        feature_list a = features_of(&all, sentences[i], memory);
        feature_list b = features_of(&some, sentences[i], memory);
        ck_assert_uint_eq(a.count, b.count);
        for (size_t k = 0; k < a.count; k++)
            ck_assert_msg(view_equal(a.items[k].name, b.items[k].name) &&
                              a.items[k].key == b.items[k].key,
                          "sentence %zu: %s, not %s", i, b.items[k].name.ptr, a.items[k].name.ptr);
    }
    arena_free(memory);
    target_free(t);
}
END_TEST

/* A name put together of parts has the hash of the whole. */
START_TEST(hashes_of_parts_give_the_hash_of_the_whole) {
    text_view whole = VIEW("refused to ask");
    for (size_t i = 0; i <= whole.len; i++) {
        name_hash joined = name_hash_join(name_hash_of(view_slice(whole, 0, i)),
                                          name_hash_of(view_slice(whole, i, whole.len)));
        ck_assert_uint_eq(joined.value, name_hash_of(whole).value);
        ck_assert_uint_eq(joined.power, name_hash_of(whole).power);
    }
    char padded[FEATURE_NAME_BYTES];
    name_part names[CHARACTERS_MAX];
    size_t count = feature_characters(VIEW("caf\xC3\xA9s"), padded, names);
    ck_assert_uint_eq(count, 5 + 4 + 3);
    ck_assert(view_is(names[0].text, " ca") && view_is(names[11].text, "af\xC3\xA9s "));
    for (size_t i = 0; i < count; i++) {
        ck_assert_uint_eq(names[i].hash.value, name_hash_of(names[i].text).value);
        ck_assert_uint_eq(names[i].hash.power, name_hash_of(names[i].text).power);
    }
}
END_TEST

/* ---- numbers -------------------------------------------------------------------------------- */

static const struct {
    double value;
    const char *text;
} decimal_cases[] = {{0, "0"},
                     {-0.0, "0"},
                     {1.5, "1.5"},
                     {-12.25, "-12.25"},
                     {1e-9, "0.000000001"},
                     {1e-10, "0"},
                     {0.1, "0.1"},
                     {123456.789, "123456.789"}};

START_TEST(numbers_are_written_the_same_for_every_locale) {
    char text[DECIMAL_MAX_BYTES + 1] = {0};
    text[decimal_write(decimal_cases[_i].value, text)] = '\0';
    ck_assert_str_eq(text, decimal_cases[_i].text);
    const char *at = text;
    double read;
    ck_assert(decimal_read(&at, text + strlen(text), &read));
    ck_assert_double_eq(read, decimal_round(decimal_cases[_i].value));
    ck_assert_double_eq(read, strtod(text, NULL));
}
END_TEST

START_TEST(calibration_finds_the_sharpness_and_keeps_the_order) {
    /* Margins that say 2:1 where the truth is 2:1 at sharpness ln 2. */
    enum { ITEMS = 3000 };
    static double margins[ITEMS * 2];
    static uint32_t labels[ITEMS];
    for (size_t i = 0; i < ITEMS; i++) {
        margins[2 * i] = 1;
        labels[i] = i % 3 == 0;
    }
    ck_assert_double_eq_tol(calibration_fit(margins, labels, ITEMS, 2), log(2), 0.05);
    ck_assert_double_eq_tol(calibration_fit(margins, labels, 3, 2), CALIBRATION_USUAL_SHARPNESS,
                            0.1);
    double probabilities[3];
    calibration_apply(2, (const double[]){-0.5, 0.25, -1}, 3, probabilities);
    ck_assert(probabilities[1] > probabilities[0] && probabilities[0] > probabilities[2]);
    ck_assert_double_eq_tol(probabilities[0] + probabilities[1] + probabilities[2], 1, 1e-12);
}
END_TEST

/* ---- training ------------------------------------------------------------------------------- */

/* One-statement articles with four kinds of wording. */
static void write_corpus(const char *path, int articles) {
    static const char *const wording[] = {
        "We urge the city to run trains number %d.", "The council rejected night trains, plan %d.",
        "No decision on trains was made at meeting %d.", "The bakery sold %d loaves of bread."};
    static const char *const labels[] = {"favor", "against", "neutral", "unrelated"};
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    for (int i = 0; i < articles; i++) {
        char text[128];
        snprintf(text, sizeof text, wording[i % 4], i);
        fprintf(file,
                "{\"id\": \"a%d\", \"text\": \"%s\", \"quotes\": [{\"id\": \"q1\", \"contents\": "
                "[{\"start\": 0, \"end\": %zu}], \"stances\": [{\"target\": \"trains\", "
                "\"label\": \"%s\"}]}]}\n",
                i, text, strlen(text), labels[i % 4]);
    }
    ck_assert_int_eq(fclose(file), 0);
}

static corpus *sample_corpus(int articles) {
    char path[96];
    snprintf(path, sizeof path, "%s/corpus.jsonl", test_folder);
    write_corpus(path, articles);
    const char *paths[] = {path};
    corpus *c = NULL;
    ck_assert_int_eq(corpus_load(paths, 1, &c, NULL), WHOSAID_OK);
    return c;
}

static example_set *sample_examples(const target *t, const corpus *c) {
    feature_settings settings = feature_settings_default(true);
    example_set *set;
    ck_assert_int_eq(
        example_set_collect(t, &settings, 1, &(example_sources){.training = c}, &set, NULL),
        WHOSAID_OK);
    return set;
}

typedef struct sample {
    target *target;
    corpus *corpus;
    example_set *set;
} sample;

static sample make_sample(int articles) {
    sample s = {sample_target(), sample_corpus(articles), NULL};
    s.set = sample_examples(s.target, s.corpus);
    return s;
}

static void free_sample(const sample *s) {
    example_set_free(s->set);
    corpus_free(s->corpus);
    target_free(s->target);
}

static stance_model *train(const example_set *set, training_summary *summary) {
    trainer_options options = trainer_options_default();
    stance_model *model = NULL;
    whosaid_error err = {0};
    whosaid_status status = trainer_run(set, &options, &model, summary, &err);
    ck_assert_msg(status == WHOSAID_OK, "%s", err.text);
    return model;
}

/* The weights of a feature by its line in features.txt. */
static const float *weights_of(const stance_model *m, uint32_t file_number) {
    uint32_t number = 0;
    while (feature_dictionary_file_number(m->dictionary, number) != file_number)
        number++;
    return stance_model_row(m, number);
}

static void margins_of_row(const stance_model *m, const sparse_row *row, double *margins) {
    size_t labels = m->target->label_count;
    for (size_t k = 0; k < labels; k++) {
        margins[k] = m->biases[k];
        for (size_t j = 0; j < row->count; j++)
            margins[k] += (double)weights_of(m, row->indices[j])[k] * row->values[j];
    }
}

START_TEST(training_learns_and_collapses_to_what_libsvm_says) {
    const sample s = make_sample(80);
    training_summary summary;
    stance_model *model = train(s.set, &summary);
    ck_assert_uint_eq(summary.examples, 80);
    ck_assert(summary.macro_f1 > 0.9);
    ck_assert(summary.collapse_difference < 1e-9);
    stance_model_free(model);
    free_sample(&s);
}
END_TEST

static void read_bytes(const char *path, char **bytes, size_t *len) {
    FILE *file = fopen(path, "rb");
    ck_assert_ptr_nonnull(file);
    *bytes = malloc(1 << 22);
    *len = fread(*bytes, 1, 1 << 22, file);
    fclose(file);
}

static const char *const model_files[] = {"model.json", "target.json", "features.txt", "stance.svm",
                                          "stance.index"};

START_TEST(training_twice_gives_the_same_bytes) {
    target *t = sample_target();
    corpus *c = sample_corpus(60);
    for (int i = 0; i < 2; i++) {
        char parent[96];
        snprintf(parent, sizeof parent, "%s/m%d", test_folder, i);
        example_set *set = sample_examples(t, c);
        training_summary summary;
        stance_model *model = train(set, &summary);
        stance_card card = stance_card_of(set, &summary);
        ck_assert_int_eq(stance_model_save_in(model, &card, parent, NULL), WHOSAID_OK);
        stance_model_free(model);
        example_set_free(set);
    }
    for (size_t f = 0; f < COUNT(model_files); f++) {
        char path[2][128], *bytes[2];
        size_t len[2];
        for (int i = 0; i < 2; i++) {
            snprintf(path[i], sizeof path[i], "%s/m%d/trains/%s", test_folder, i, model_files[f]);
            read_bytes(path[i], &bytes[i], &len[i]);
        }
        ck_assert_uint_eq(len[0], len[1]);
        ck_assert_int_eq(memcmp(bytes[0], bytes[1], len[0]), 0);
        free(bytes[0]);
        free(bytes[1]);
    }
    corpus_free(c);
    target_free(t);
}
END_TEST

/* Trains, saves to test_folder/trains, and hands back what was saved. */
static stance_model *saved_model(const sample *s) {
    training_summary summary;
    stance_model *model = train(s->set, &summary);
    stance_card card = stance_card_of(s->set, &summary);
    ck_assert_int_eq(stance_model_save_in(model, &card, test_folder, NULL), WHOSAID_OK);
    return model;
}

START_TEST(a_parent_folder_without_a_name_is_a_mistake_of_the_caller) {
    const sample s = make_sample(60);
    stance_model *model = saved_model(&s);
    const stance_card card = {.data = ""};
    whosaid_error error = {0};
    ck_assert_int_eq(stance_model_save_in(model, &card, "", &error), WHOSAID_USAGE);
    ck_assert_str_eq(error.text, "the folder of models has no name");
    stance_model_free(model);
    free_sample(&s);
}
END_TEST

START_TEST(a_loaded_model_says_what_the_saved_one_said_and_so_does_libsvm) {
    const sample s = make_sample(60);
    stance_model *saved = saved_model(&s), *loaded;
    char path[128];
    snprintf(path, sizeof path, "%s/trains", test_folder);
    ck_assert_int_eq(stance_model_load(path, &loaded, NULL), WHOSAID_OK);
    ck_assert_double_eq(loaded->sharpness, saved->sharpness);
    snprintf(path, sizeof path, "%s/trains/stance.svm", test_folder);
    struct svm_model *theirs = svm_load_model(path);
    ck_assert_ptr_nonnull(theirs);
    for (size_t i = 0; i < s.set->count; i++) {
        const sparse_row *row = &s.set->rows[i];
        double before[TARGET_MAX_LABELS], after[TARGET_MAX_LABELS];
        margins_of_row(saved, row, before);
        margins_of_row(loaded, row, after);
        for (size_t k = 0; k < s.target->label_count; k++)
            ck_assert_double_eq_tol(after[k], before[k], 1e-7);
        struct svm_node nodes[2048];
        ck_assert_uint_lt(row->count, COUNT(nodes));
        for (size_t j = 0; j < row->count; j++)
            nodes[j] = (struct svm_node){(int)row->indices[j] + 1, row->values[j]};
        nodes[row->count].index = -1;
        ck_assert_double_eq(svm_predict(theirs, nodes),
                            (double)largest_of(after, s.target->label_count));
    }
    svm_free_and_destroy_model(&theirs);
    stance_model_free(saved);
    stance_model_free(loaded);
    free_sample(&s);
}
END_TEST

/* Replaces the first `from` in a file by `to`; an empty `from` cuts the file in half. */
static void damage(const char *part, const char *from, const char *to) {
    char path[128], *bytes;
    size_t len;
    snprintf(path, sizeof path, "%s/trains/%s", test_folder, part);
    read_bytes(path, &bytes, &len);
    bytes[len] = '\0';
    char *at = *from ? strstr(bytes, from) : bytes + len / 2;
    ck_assert_ptr_nonnull(at);
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    fwrite(bytes, 1, (size_t)(at - bytes), file);
    if (*from) fprintf(file, "%s%s", to, at + strlen(from));
    ck_assert_int_eq(fclose(file), 0);
    free(bytes);
}

static const struct {
    const char *file, *from, *to, *reason;
} damages[] = {
    {"stance.svm", "", "", "checksum"},
    {"stance.svm", "SV", "VS", "checksum"},
    {"features.txt", "words", "sword", "checksum"},
    {"target.json", "trains", "planes", "checksum"},
    {"model.json", "", "", ""},
    {"model.json", "\"stance\"", "\"tagger\"", "not a stance model"},
    {"model.json", "\"feature_version\": ", "\"feature_version\": 99", "feature version"},
    {"model.json", "\"format_version\": ", "\"format_version\": 99", "format version"},
    {"model.json", "\"sharpness\": ", "\"sharpness\": -", "sharpness"},
    {"model.json", "\"scaling\": \"group\"", "\"scaling\": \"none\"", "scaling"},
    {"model.json", "\"favor\"", "\"maybe\"", "labels"},
};

START_TEST(a_damaged_model_is_refused) {
    const sample s = make_sample(60);
    stance_model *loaded;
    stance_model_free(saved_model(&s));
    damage(damages[_i].file, damages[_i].from, damages[_i].to);
    char path[128];
    whosaid_error err = {0};
    snprintf(path, sizeof path, "%s/trains", test_folder);
    ck_assert_int_eq(stance_model_load(path, &loaded, &err), WHOSAID_MODEL);
    ck_assert_ptr_null(loaded);
    ck_assert_msg(strstr(err.text, damages[_i].reason) != NULL, "%s", err.text);
    stance_scorer *scorer;
    ck_assert_int_eq(stance_scorer_open(test_folder, NULL, 0, &scorer, NULL), WHOSAID_MODEL);
    free_sample(&s);
}
END_TEST

START_TEST(a_corpus_with_too_little_is_refused_with_the_reason) {
    const sample s = make_sample(6);
    trainer_options options = trainer_options_default();
    training_summary summary;
    stance_model *model;
    whosaid_error err = {0};
    ck_assert_int_eq(trainer_run(s.set, &options, &model, &summary, &err), WHOSAID_SYNTAX);
    ck_assert_ptr_nonnull(strstr(err.text, "6 statements"));
    ck_assert_ptr_null(model);
    free_sample(&s);
}
END_TEST

START_TEST(evaluation_counts_every_statement_once) {
    const sample s = make_sample(80);
    evaluation_options options = evaluation_options_default();
    evaluation result;
    ck_assert_int_eq(evaluate_examples(s.set, &options, &result, NULL), WHOSAID_OK);
    ck_assert_uint_eq(confusion_total(&result.confusion), 80);
    ck_assert(result.macro_f1 > 0.9 && result.macro_low <= result.macro_f1 &&
              result.macro_f1 <= result.macro_high);
    ck_assert_double_eq_tol(result.majority_macro_f1, 0.1, 1e-9);
    free_sample(&s);
}
END_TEST

START_TEST(folds_keep_articles_together) {
    const sample s = make_sample(40);
    for (size_t i = 0; i < s.set->count; i++) /* pairs of statements share an article */
        s.set->items[i].article = (uint32_t)(i / 2);
    uint32_t fold[40], sizes[5] = {0};
    ck_assert_int_eq(trainer_assign_folds(s.set, 5, 1, fold, NULL), WHOSAID_OK);
    for (size_t i = 0; i < s.set->count; i++) {
        ck_assert_uint_eq(fold[i], fold[i / 2 * 2]);
        sizes[fold[i]]++;
    }
    for (size_t f = 0; f < 5; f++)
        ck_assert_uint_eq(sizes[f], 8);
    free_sample(&s);
}
END_TEST

/* ---- suggestions, new targets --------------------------------------------------------------- */

START_TEST(suggestions_are_uncertain_and_spread) {
    static const float sure[] = {0.9f, 0.1f}, torn[] = {0.51f, 0.49f}, nearly[] = {0.55f, 0.45f};
    stance stances[] = {{.scores = torn}, {.scores = nearly}, {.scores = sure}};
    attribution said[3] = {0};
    for (size_t i = 0; i < 3; i++) {
        said[i].stances = &stances[i];
        said[i].stance_count = 1;
    }
    article first = {.attributions = said, .attribution_count = 2};
    article second = {.attributions = said + 1, .attribution_count = 2};
    suggestion_list *list = suggestion_list_new(0, 2);
    ck_assert_int_eq(suggestion_list_note(list, &first, NULL), WHOSAID_OK);
    ck_assert_int_eq(suggestion_list_note(list, &second, NULL), WHOSAID_OK);
    suggestion_list_choose(list, 2);
    ck_assert(suggestion_list_has(list, 0, 0));
    ck_assert(suggestion_list_has(list, 1, 0)); /* rather than the second of the first article */
    ck_assert(!suggestion_list_has(list, 0, 1));
    ck_assert(!suggestion_list_has(list, 1, 1));
    ck_assert(!suggestion_list_has(list, 7, 0));
    suggestion_list_free(list);
}
END_TEST

START_TEST(a_new_target_can_be_read_and_is_never_overwritten) {
    const text_view labels[] = {VIEW("yes"), VIEW("no")}, no_text[] = {labels[0], VIEW("n\xFF")};
    arena *memory = arena_new();
    text_view path;
    target *t;
    ck_assert_int_eq(target_create(test_folder, VIEW("city-walls"), VIEW("Keep them?"), labels, 2,
                                   memory, &path, NULL),
                     WHOSAID_OK);
    ck_assert_int_eq(target_load(path.ptr, &t, NULL), WHOSAID_OK);
    ck_assert_uint_eq(t->label_count, 3);
    target_free(t);
    ck_assert_int_eq(target_create(test_folder, VIEW("city-walls"), VIEW("Keep them?"), labels, 2,
                                   memory, &path, NULL),
                     WHOSAID_USAGE);
    ck_assert_int_eq(target_create(test_folder, VIEW("../walls"), VIEW("Keep them?"), labels, 2,
                                   memory, &path, NULL),
                     WHOSAID_USAGE);
    ck_assert_int_eq(
        target_create(test_folder, VIEW("moat"), VIEW("Keep it?"), no_text, 2, memory, &path, NULL),
        WHOSAID_SYNTAX);
    ck_assert_int_eq(
        target_create(test_folder, VIEW("moat"), no_text[1], labels, 2, memory, &path, NULL),
        WHOSAID_SYNTAX);
    arena_free(memory);
}
END_TEST

START_TEST(the_shipped_target_is_sound) {
    target *t;
    whosaid_error err = {0};
    whosaid_status status =
        target_load(SOURCE_DIR "/corpus/long-range-strikes/target.json", &t, &err);
    ck_assert_msg(status == WHOSAID_OK, "%s", err.text);
    ck_assert_str_eq(t->name.ptr, "long-range-strikes");
    target_free(t);
}
END_TEST

static TCase *cases(void) {
    TCase *c = tcase_create("stance");
    tcase_set_timeout(c, 60);
    tcase_add_checked_fixture(c, make_folder, remove_folder);
    tcase_add_loop_test(c, sentences_that_are_not_wanted_change_no_feature, 0,
                        COUNT(divided_texts));
    tcase_add_test(c, hashes_of_parts_give_the_hash_of_the_whole);
    tcase_add_test(c, a_target_has_its_labels_and_unrelated);
    tcase_add_loop_test(c, a_malformed_target_is_refused_with_the_reason, 0, COUNT(bad_targets));
    tcase_add_test(c, a_target_without_a_file_comes_from_the_corpus);
    tcase_add_test(c, a_statement_shows_its_features);
    tcase_add_loop_test(c, numbers_are_written_the_same_for_every_locale, 0, COUNT(decimal_cases));
    tcase_add_test(c, calibration_finds_the_sharpness_and_keeps_the_order);
    tcase_add_test(c, training_learns_and_collapses_to_what_libsvm_says);
    tcase_add_test(c, training_twice_gives_the_same_bytes);
    tcase_add_test(c, a_parent_folder_without_a_name_is_a_mistake_of_the_caller);
    tcase_add_test(c, a_loaded_model_says_what_the_saved_one_said_and_so_does_libsvm);
    tcase_add_loop_test(c, a_damaged_model_is_refused, 0, COUNT(damages));
    tcase_add_test(c, a_corpus_with_too_little_is_refused_with_the_reason);
    tcase_add_test(c, evaluation_counts_every_statement_once);
    tcase_add_test(c, folds_keep_articles_together);
    tcase_add_test(c, suggestions_are_uncertain_and_spread);
    tcase_add_test(c, a_new_target_can_be_read_and_is_never_overwritten);
    tcase_add_test(c, the_shipped_target_is_sound);
    return c;
}

SUITE_MAIN("stance")
