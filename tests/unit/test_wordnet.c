/* Reading a WordNet database: one of a few words of our own, and broken ones. */
#include "suite.h"
#include "test_files.h"

#include "learn/wordnet.h"

#define NOTICE "  1 a notice in front\n"

static void write_database(void) {
    make_folder();
    write_file("cntlist.rev", "bark%2:32:00:: 2 6\nbark%2:39:00:: 1 1\nport%1:15:00:: 1 2\n");
    write_file("data.verb", NOTICE "00000100 39 v 01 bark 0 000 | look\n"
                                   "00000200 32 v 01 bark 0 000 | speak\n"
                                   "00000300 31 v 01 mull 0 000 | think\n");
    write_file("index.verb", NOTICE "mull v 1 0 1 0 00000300\n"
                                    "bark v 2 0 2 1 00000100 00000200\n"
                                    "bark_up v 1 0 1 0 00000300\n");
    write_file("data.noun", NOTICE "00000400 15 n 01 port 0 000 | a place\n");
    write_file("index.noun", NOTICE "port n 1 0 1 1 00000400\n");
    write_file("verb.exc", "bore bear\nwent_by go_by\n");
    write_file("noun.exc", "oxen ox\n");
}

static whosaid_status load(arena *memory, wordnet *out, whosaid_error *err) {
    return wordnet_load(test_folder, memory, out, err);
}

START_TEST(words_have_the_classes_of_their_senses) {
    arena *memory = arena_new();
    wordnet w;
    ck_assert_int_eq(load(memory, &w, NULL), WHOSAID_OK);
    ck_assert_uint_eq(w.verb_count, 2); /* sorted; what is of two words is left out */
    const wordnet_lemma *bark = &w.verbs[0];
    ck_assert(view_is(bark->word, "bark") && view_is(w.verbs[1].word, "mull"));
    ck_assert_uint_eq(bark->first_class, WORDNET_VERB_PERCEPTION);
    ck_assert_uint_eq(bark->heavy_class, WORDNET_VERB_COMMUNICATION);
    /* Each sense counts once more than it was seen: 2 and 7. */
    ck_assert_float_eq_tol(bark->shares[WORDNET_VERB_PERCEPTION], 2.0f / 9, 1e-6f);
    ck_assert_float_eq_tol(bark->shares[WORDNET_VERB_COMMUNICATION], 7.0f / 9, 1e-6f);
    ck_assert_float_eq(w.verbs[1].shares[WORDNET_VERB_COGNITION], 1);
    ck_assert_uint_eq(w.noun_count, 1);
    ck_assert(view_is(w.nouns[0].word, "port"));
    ck_assert_uint_eq(w.verb_exception_count, 1);
    ck_assert(view_is(w.verb_exceptions[0].form, "bore"));
    ck_assert(view_is(w.verb_exceptions[0].lemma, "bear"));
    ck_assert_uint_eq(w.noun_exception_count, 1);
    arena_free(memory);
}
END_TEST

static const struct {
    const char *file, *content, *message;
    const char *named; /* the file that the message names, when it is another one */
} broken[] = {
    {"cntlist.rev", "bark\n", "a line has another form", NULL},
    {"data.verb", "00000100 45 v\n", "class 45 is not known", NULL},
    {"data.verb", "00000100 39 v\n", "a synset is missing", "index.verb"},
    {"data.verb", "", "a synset is missing", "index.verb"},
    {"index.verb", "bark v 0 0 0\n", "a line has another form", NULL},
    {"index.verb", "bark v 81 0 0\n", "a line has another form", NULL},
    {"index.noun", "port n 4294967295 0 00000400\n", "a line has another form", NULL},
    {"index.noun", "port n 1 00000400\n", "a line has another form", NULL},
    {"index.noun", "port n 1 0 00000401\n", "a synset is missing", NULL},
};

START_TEST(what_is_broken_is_refused) {
    arena *memory = arena_new();
    wordnet w;
    whosaid_error err = {0};
    write_file(broken[_i].file, broken[_i].content);
    ck_assert_int_eq(load(memory, &w, &err), WHOSAID_SYNTAX);
    ck_assert_str_eq(err.where, broken[_i].named ? broken[_i].named : broken[_i].file);
    ck_assert_str_eq(err.text, broken[_i].message);
    arena_free(memory);
}
END_TEST

static const char *const parts[] = {"cntlist.rev", "data.verb", "index.verb", "data.noun",
                                    "index.noun",  "verb.exc",  "noun.exc"};

START_TEST(no_part_may_be_missing) {
    arena *memory = arena_new();
    wordnet w;
    whosaid_error err = {0};
    ck_assert_int_eq(remove(path_of(parts[_i])), 0);
    ck_assert_int_eq(load(memory, &w, &err), WHOSAID_IO);
    ck_assert_ptr_nonnull(strstr(err.where, parts[_i]));
    arena_free(memory);
}
END_TEST

START_TEST(without_words_there_is_nothing) {
    arena *memory = arena_new();
    wordnet w;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        write_file(parts[i], "");
    ck_assert_int_eq(load(memory, &w, NULL), WHOSAID_OK);
    ck_assert_uint_eq(w.verb_count + w.noun_count + w.verb_exception_count, 0);
    arena_free(memory);
}
END_TEST

static TCase *cases(void) {
    TCase *t = tcase_create("wordnet");
    tcase_add_checked_fixture(t, write_database, remove_folder);
    tcase_add_test(t, words_have_the_classes_of_their_senses);
    tcase_add_loop_test(t, what_is_broken_is_refused, 0, sizeof broken / sizeof *broken);
    tcase_add_loop_test(t, no_part_may_be_missing, 0, sizeof parts / sizeof *parts);
    tcase_add_test(t, without_words_there_is_nothing);
    return t;
}

SUITE_MAIN("wordnet")
