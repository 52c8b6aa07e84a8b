/* Stance toward persons, and what statements lend each other: pronouns that stand for the target,
 * labels of related targets, margins that lean toward the speaker's other statements. */
#define _DEFAULT_SOURCE /* mkstemps */
#include "suite.h"

#include "stance/company.h"
#include "stance/examples.h"
#include "stance/svm.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define COUNT(table) (sizeof(table) / sizeof *(table))

/* ---- pronouns ------------------------------------------------------------------------------- */

static const struct {
    const char *text, *mentions; /* what stands for Susan Kessler, separated by blanks */
} pronoun_cases[] = {
    {"Kessler lost. Her rivals said she had lied.", "Kessler Her she"},
    {"Kessler lost, he said.", "Kessler"},
    {"Kessler met Linda Marsh. She was late.", "Kessler"},
    {"Kessler met Paul Marsh. She was late.", "Kessler She"},
    {"Mrs. Marsh spoke. Then Kessler rose and took her seat.", "Kessler her"},
    {"Kessler waited. Mrs. Marsh said: \xE2\x80\x9CShe will lose.\xE2\x80\x9D", "Kessler She"},
    {"Kessler voted. Trains moved. Rain poured. Shops closed. Cars stopped. She left.", "Kessler"},
    {"She left before Kessler came.", "Kessler"},
};

/* Each sentence ends at a full stop behind a word of more than three letters (not "Mrs."). */
static size_t cut_sentences(const char *text, span *out) {
    size_t count = 0, begin = 0, len = strlen(text), letters = 0;
    for (size_t i = 0; i < len; i++) {
        bool stop = text[i] == '.' && letters > 3;
        letters = ascii_is_alpha((unsigned char)text[i]) ? letters + 1 : 0;
        if (!stop) continue;
        out[count++] = (span){(uint32_t)begin, (uint32_t)i + 1};
        begin = i + 2;
    }
    return count;
}

START_TEST(a_pronoun_goes_to_the_person_named_last) {
    static const text_view labels[] = {{"for", 3}, {"against", 7}};
    target *t;
    ck_assert_int_eq(target_from_name(VIEW("Susan Kessler"), labels, 2, &t, NULL), WHOSAID_OK);
    ck_assert_int_eq(t->pronoun, PRONOUN_SHE);
    arena *memory = arena_new();
    span sentences[16];
    const char *text = pronoun_cases[_i].text;
    size_t count = cut_sentences(text, sentences);
    feature_text prepared;
    ck_assert_int_eq(
        feature_text_prepare(t, view_of(text), sentences, count, NULL, memory, &prepared, NULL),
        WHOSAID_OK);
    char found[256] = "";
    for (size_t i = 0; i < prepared.mentions.count; i++) {
        span bytes = prepared.words.items[prepared.mentions.items[i].first].bytes;
        snprintf(found + strlen(found), sizeof found - strlen(found), "%s%.*s", i ? " " : "",
                 (int)(bytes.end - bytes.begin), text + bytes.begin);
    }
    ck_assert_str_eq(found, pronoun_cases[_i].mentions);
    arena_free(memory);
    target_free(t);
}
END_TEST

START_TEST(only_given_names_tell_a_pronoun) {
    static const text_view labels[] = {{"for", 3}, {"against", 7}};
    static const struct {
        const char *name;
        pronoun_set pronoun;
    } cases[] = {
        {"Paul Marsh", PRONOUN_HE}, {"night trains", PRONOUN_NONE}, {"Paul", PRONOUN_NONE}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        target *t;
        ck_assert_int_eq(target_from_name(view_of(cases[i].name), labels, 2, &t, NULL), WHOSAID_OK);
        ck_assert_int_eq(t->pronoun, cases[i].pronoun);
        target_free(t);
    }
}
END_TEST

/* ---- company -------------------------------------------------------------------------------- */

START_TEST(margins_lean_toward_the_same_voice) {
    uint64_t ana = company_voice(1, VIEW("Ana Ruiz")), marco = company_voice(1, VIEW("Marco Diaz"));
    ck_assert_uint_ne(ana, company_voice(2, VIEW("Ana Ruiz")));
    ck_assert_uint_eq(company_voice(1, VIEW("")), 0);
    const uint64_t voices[] = {ana, marco, ana, 0, ana, 0};
    double margins[] = {1, 0, 5, 5, 2, 4, 7, 7, 3, 8, 9, 9};
    const double leaning[] = {(1 + .5 * 2.5) / 1.5, (0 + .5 * 6) / 1.5, 5, 5,
                              (2 + .5 * 2) / 1.5,   (4 + .5 * 4) / 1.5, 7, 7,
                              (3 + .5 * 1.5) / 1.5, (8 + .5 * 2) / 1.5, 9, 9};
    arena *scratch = arena_new();
    double still[COUNT(margins)];
    memcpy(still, margins, sizeof still);
    ck_assert(company_lean(0, voices, 6, 2, still, scratch));
    ck_assert_int_eq(memcmp(still, margins, sizeof still), 0);
    ck_assert(company_lean(.5, voices, 6, 2, margins, scratch));
    for (size_t i = 0; i < COUNT(margins); i++)
        ck_assert_double_eq_tol(margins[i], leaning[i], 1e-12);
    arena_free(scratch);
}
END_TEST

/* ---- related targets ------------------------------------------------------------------------ */

/* Statements with a label toward both persons, one with a label toward Paul Marsh only. */
static const char corpus_text[] =
    "{\"id\": \"a\", \"text\": \"Kessler lied. Marsh is great.\", \"quotes\": ["
    "{\"id\": \"q1\", \"contents\": [{\"start\": 0, \"end\": 13}], \"stances\": ["
    "{\"target\": \"Susan Kessler\", \"label\": \"against\"},"
    "{\"target\": \"Paul Marsh\", \"label\": \"unrelated\"}]},"
    "{\"id\": \"q2\", \"contents\": [{\"start\": 14, \"end\": 29}], \"stances\": ["
    "{\"target\": \"Paul Marsh\", \"label\": \"favor\"}]}]}\n"
    "{\"id\": \"b\", \"text\": \"Marsh cheats.\", \"quotes\": ["
    "{\"id\": \"q1\", \"contents\": [{\"start\": 0, \"end\": 13}], \"stances\": ["
    "{\"target\": \"Susan Kessler\", \"label\": \"unrelated\"},"
    "{\"target\": \"Paul Marsh\", \"label\": \"against\"}]}]}\n";

START_TEST(statements_lend_their_labels_toward_related_targets) {
    static const text_view labels[] = {{"against", 7}, {"favor", 5}, {"unrelated", 9}};
    char path[] = "/tmp/whosaid-related-XXXXXX.jsonl";
    int file = mkstemps(path, 6);
    ck_assert_int_ge(file, 0);
    ck_assert_int_eq(write(file, corpus_text, sizeof corpus_text - 1),
                     (ssize_t)sizeof corpus_text - 1);
    close(file);
    const char *paths[] = {path};
    corpus *c;
    target *own, *other;
    example_set *set;
    ck_assert_int_eq(corpus_load(paths, 1, &c, NULL), WHOSAID_OK);
    unlink(path);
    ck_assert_int_eq(target_from_name(VIEW("Susan Kessler"), labels, 3, &own, NULL), WHOSAID_OK);
    ck_assert_int_eq(target_from_name(VIEW("Paul Marsh"), labels, 3, &other, NULL), WHOSAID_OK);
    feature_settings settings = feature_settings_default(false);
    const target *related[] = {other};
    example_sources sources = {.training = c, .related = related, .related_count = 1};
    ck_assert_int_eq(example_set_collect(own, &settings, 1, &sources, &set, NULL), WHOSAID_OK);
    /* Two of its own, and the same two as seen from the other target. */
    static const struct {
        uint32_t label, article;
        bool borrowed;
    } expected[] = {{0, 0, false}, {2, 1, false}, {2, 0, true}, {0, 1, true}};
    ck_assert_uint_eq(set->count, COUNT(expected));
    for (size_t i = 0; i < COUNT(expected); i++) {
        ck_assert_uint_eq(set->items[i].label, expected[i].label);
        ck_assert_uint_eq(set->items[i].article, expected[i].article);
        ck_assert_int_eq(set->items[i].is_borrowed, expected[i].borrowed);
        ck_assert_int_eq(set->borrowed[i], expected[i].borrowed);
    }
    example_set_free(set);
    target_free(own);
    target_free(other);
    corpus_free(c);
}
END_TEST

/* One feature says the label; the related task has it the other way round. */
START_TEST(collapsed_weights_are_those_of_the_own_task) {
    static const uint32_t index[] = {0, 1, 2, 3};
    static const double one[] = {1};
    const sparse_row rows[] = {
        {index, one, 1}, {index + 1, one, 1}, {index, one, 1}, {index + 2, one, 1}};
    const unsigned char kin[] = {0, 0, 1, 1};
    const uint32_t subset[] = {0, 1, 2, 3}, labels[] = {0, 1, 0, 1};
    svm_items *items;
    svm_classifier *classifier;
    ck_assert_int_eq(svm_items_new(rows, 4, 4, kin, &items, NULL), WHOSAID_OK);
    const svm_task task = {.subset = subset,
                           .labels = labels,
                           .count = 4,
                           .label_count = 2,
                           .cost = 10,
                           .tolerance = 1e-6};
    ck_assert_int_eq(svm_classifier_train(items, &task, &classifier, NULL), WHOSAID_OK);
    double weights[8] = {0}, biases[2];
    svm_classifier_collapse(classifier, items, weights, biases);
    for (uint32_t i = 0; i < 2; i++) { /* the items of task 0 */
        double margins[2];
        svm_classifier_margins(classifier, items, i, margins);
        for (size_t k = 0; k < 2; k++)
            ck_assert_double_eq_tol(weights[i * 2 + k] + biases[k], margins[k], 1e-9);
    }
    svm_classifier_free(classifier);
    svm_items_free(items);
}
END_TEST

static TCase *cases(void) {
    TCase *c = tcase_create("stance_persons");
    tcase_add_loop_test(c, a_pronoun_goes_to_the_person_named_last, 0, COUNT(pronoun_cases));
    tcase_add_test(c, only_given_names_tell_a_pronoun);
    tcase_add_test(c, margins_lean_toward_the_same_voice);
    tcase_add_test(c, statements_lend_their_labels_toward_related_targets);
    tcase_add_test(c, collapsed_weights_are_those_of_the_own_task);
    return c;
}

SUITE_MAIN("stance_persons")
