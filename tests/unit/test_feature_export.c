/* The exported features and libsvm's own prediction give the labels that the model gives. */
#include "suite.h"
#include "test_files.h"

#include "base/buffer.h"
#include "stance/feature_export.h"
#include "stance/stance_card.h"
#include "stance/trainer.h"

#include <svm.h>

/* Statements about a bridge, as "label|statement". */
static const char *const statements[] = {
    "for|The town must build the bridge now",
    "for|A bridge would bring the market back",
    "for|Build the bridge and the doctors will come",
    "for|We want the bridge and we want it soon",
    "for|The bridge is worth every coin",
    "against|The bridge will ruin the meadow",
    "against|Nobody needs a bridge of that height",
    "against|A bridge costs more than the ferry",
    "against|The bridge would drown our quiet",
    "against|Do not spend the harvest on a bridge",
    "neutral|The council will discuss the bridge",
    "neutral|A report on the bridge is expected",
    "neutral|The bridge was mentioned on Tuesday",
    "neutral|Engineers are looking at the bridge",
};
enum { STATEMENT_COUNT = sizeof statements / sizeof *statements };

static void write_statements(void) {
    for (int i = 0; i < STATEMENT_COUNT; i++) {
        const char *bar = strchr(statements[i], '|');
        char file_name[32], content[512];
        snprintf(file_name, sizeof file_name, "%02d.marked", i);
        snprintf(content, sizeof content,
                 "target: bridge\n\n{c1 %s}, {s1 a farmer} {k1 said}.\n@1 speaker=a farmer | "
                 "grade=anonymous | stance=%.*s",
                 bar + 1, (int)(bar - statements[i]), statements[i]);
        write_file(file_name, content);
    }
}

static corpus *load_statements(void) {
    const char *path = test_folder;
    corpus *c;
    whosaid_error err = {0};
    ck_assert_msg(corpus_load(&path, 1, &c, &err) == WHOSAID_OK, "%s", err.text);
    return c;
}

/* Trains on the statements and saves the model in the folder "model". */
static void train(const corpus *c) {
    static const text_view labels[] = {{"for", 3}, {"against", 7}, {"neutral", 7}};
    target *toward;
    example_set *set;
    stance_model *model;
    training_summary summary;
    whosaid_error err = {0};
    ck_assert_int_eq(target_from_name(VIEW("bridge"), labels, 3, &toward, &err), WHOSAID_OK);
    feature_settings settings = feature_settings_default(false);
    ck_assert_int_eq(
        example_set_collect(toward, &settings, 1, &(example_sources){.training = c}, &set, &err),
        WHOSAID_OK);
    trainer_options options = trainer_options_default();
    ck_assert_msg(trainer_run(set, &options, &model, &summary, &err) == WHOSAID_OK, "%s", err.text);
    stance_card card = stance_card_of(set, &summary);
    card.data = "invented";
    ck_assert_int_eq(stance_model_save(model, &card, path_of("model"), &err), WHOSAID_OK);
    stance_model_free(model);
    example_set_free(set);
    target_free(toward);
}

typedef struct checked {
    const struct svm_model *machine;
    const stance_model *model;
    size_t lines, different;
    bool labels_seen[3];
} checked;

/* Predicts a line with libsvm and with the model's own weights. */
static whosaid_status check_line(void *context, text_view line, whosaid_error *err) {
    (void)err;
    checked *c = context;
    struct svm_node nodes[512];
    double margins[3];
    memcpy(margins, c->model->biases, sizeof margins);
    int count = 0;
    char *at, *text = strndup(line.ptr, line.len);
    strtol(text, &at, 10);
    while (*at == ' ') {
        nodes[count].index = (int)strtol(at, &at, 10);
        ck_assert_int_eq(*at, ':');
        nodes[count].value = strtod(at + 1, &at);
        if (count > 0) ck_assert_int_gt(nodes[count].index, nodes[count - 1].index);
        uint32_t number = 0; /* whose line in features.txt this is */
        while (feature_dictionary_file_number(c->model->dictionary, number) + 1 !=
               (uint32_t)nodes[count].index)
            number++;
        for (int k = 0; k < 3; k++)
            margins[k] += (double)stance_model_row(c->model, number)[k] * nodes[count].value;
        ck_assert_int_lt(++count, 511);
    }
    nodes[count].index = -1;
    int best = 0;
    for (int k = 1; k < 3; k++)
        if (margins[k] > margins[best]) best = k;
    c->different += (int)svm_predict(c->machine, nodes) != best;
    c->labels_seen[best] = true;
    c->lines++;
    free(text);
    return WHOSAID_OK;
}

START_TEST(libsvm_predicts_our_labels) {
    make_folder();
    write_statements();
    corpus *c = load_statements();
    train(c);
    stance_model *model;
    whosaid_error err = {0};
    ck_assert_int_eq(stance_model_load(path_of("model"), &model, &err), WHOSAID_OK);
    struct svm_model *machine = svm_load_model(path_of("model/stance.svm"));
    ck_assert_ptr_nonnull(machine);
    checked result = {.machine = machine, .model = model};
    size_t count;
    ck_assert_int_eq(feature_export(model, c, check_line, &result, &count, &err), WHOSAID_OK);
    ck_assert_uint_eq(count, STATEMENT_COUNT);
    ck_assert_uint_eq(result.lines, STATEMENT_COUNT);
    ck_assert_uint_eq(result.different, 0);
    ck_assert(result.labels_seen[0] && result.labels_seen[1] && result.labels_seen[2]);
    svm_free_and_destroy_model(&machine);
    stance_model_free(model);
    corpus_free(c);
    remove_folder();
}
END_TEST

START_TEST(a_label_that_the_model_lacks_is_named) {
    make_folder();
    write_statements();
    corpus *c = load_statements();
    train(c);
    corpus_free(c);
    write_file("99.marked", "target: bridge\n\n{c1 The bridge}, {s1 he} {k1 said}.\n"
                            "@1 speaker=he | stance=maybe");
    c = load_statements();
    stance_model *model;
    whosaid_error err = {0};
    size_t count;
    checked result = {0};
    ck_assert_int_eq(stance_model_load(path_of("model"), &model, &err), WHOSAID_OK);
    result.model = model;
    result.machine = svm_load_model(path_of("model/stance.svm"));
    ck_assert_int_eq(feature_export(model, c, check_line, &result, &count, &err), WHOSAID_SYNTAX);
    ck_assert_msg(strstr(err.text, "no label \"maybe\"") != NULL, "%s", err.text);
    svm_free_and_destroy_model((struct svm_model **)&result.machine);
    stance_model_free(model);
    corpus_free(c);
    remove_folder();
}
END_TEST

static TCase *cases(void) {
    TCase *t = tcase_create("feature export");
    tcase_add_test(t, libsvm_predicts_our_labels);
    tcase_add_test(t, a_label_that_the_model_lacks_is_named);
    return t;
}

SUITE_MAIN("feature export")
