/* What the annotation page asks of its server, without HTTP: saving, versions, undo, the file. */
#include "suite.h"
#include "test_files.h"

#include "annotate/service.h"
#include "base/folder.h"
#include "corpus/annotated_article.h"

#include <stdio.h>
#include <unistd.h>

#define COUNT(table) (sizeof(table) / sizeof *(table))

static char input[96], corpus_path[96];

static void start(void) {
    make_folder();
    snprintf(input, sizeof input, "%s/in.jsonl", test_folder);
    snprintf(corpus_path, sizeof corpus_path, "%s/corpus.jsonl", test_folder);
    write_file("target.json",
               "{\"format\": \"whosaid-target\", \"version\": 1, \"name\": \"toll\", "
               "\"question\": \"A toll?\", \"labels\": [\"for\", "
               "\"against\", \"neutral\"], \"phrases\": {\"toll\": [\"toll*\"]}}");
    write_file("in.jsonl",
               "{\"id\": \"one\", \"text\": \"\\\"A toll is due,\\\" said Ada Cole.\"}\n"
               "{\"id\": \"two\", \"text\": \"\xC3\x89t\xC3\xA9 came. No toll, Ben Dunn "
               "wrote.\"}\n");
}

/* Nothing but the files that the page is to write may be left. */
static void finish(void) {
    static const char *const files[] = {"in.jsonl", "target.json", "corpus.jsonl",
                                        "corpus.jsonl.trainings"};
    for (size_t i = 0; i < COUNT(files); i++)
        unlink(path_of(files[i]));
    ck_assert_int_eq(rmdir(test_folder), 0);
}

static desk *open_desk(void) {
    const char *paths[] = {input};
    const annotate_options options = {.paths = paths,
                                      .path_count = 1,
                                      .corpus = corpus_path,
                                      .models_folder = SOURCE_DIR "/models"};
    desk *d;
    whosaid_error err = {0};
    ck_assert_msg(desk_open(&options, &d, &err) == WHOSAID_OK, "%s: %s", err.where, err.text);
    return d;
}

static json_t *ask(desk *d, bool is_post, const char *path, const char *body, unsigned status) {
    service_reply reply = service_answer(d, is_post, view_of(path), view_of(body));
    ck_assert_msg(reply.status == status, "%s %s: %u, expected %u", path, body, reply.status,
                  status);
    ck_assert_ptr_nonnull(reply.body);
    return reply.body;
}

static json_int_t number_of(const json_t *object, const char *key) {
    return json_integer_value(json_object_get(object, key));
}

static size_t count_of(const json_t *object, const char *key) {
    return json_array_size(json_object_get(object, key));
}

static const char statement[] =
    "{\"version\": 1, \"rejected\": [{\"start\": 0, \"end\": 3}], \"quotes\": [{\"id\": \"a1\", "
    "\"contents\": [{\"start\": 10, \"end\": 17}], \"sources\": [{\"start\": 19, \"end\": 27}], "
    "\"speaker\": {\"name\": \"Ben Dunn\"}, \"anonymity\": {\"grade\": \"named\"}, \"stances\": "
    "[{\"target\": \"toll\", \"label\": \"against\"}], \"wrong\": 1}]}";

START_TEST(a_change_is_in_the_file_at_once_and_there_again) {
    start();
    desk *d = open_desk();
    json_decref(ask(d, true, "api/article/1", statement, 200));
    corpus *saved;
    const char *path = corpus_path;
    ck_assert(corpus_load(&path, 1, &saved, NULL) == WHOSAID_OK);
    ck_assert_uint_eq(corpus_size(saved), 1);
    const annotated_article *a = corpus_article(saved, 0);
    const annotated_quote *q = &a->quotes[0];
    span content = q->contents.items[0];
    ck_assert(view_is(view_slice(a->text, content.begin, content.end), "No toll"));
    ck_assert(view_is(q->speaker_name, "Ben Dunn"));
    ck_assert(view_is(q->stances[0].label, "against"));
    corpus_free(saved);
    desk_close(d);
    d = open_desk();
    json_t *again = ask(d, false, "api/article/1", "", 200);
    ck_assert_uint_eq(count_of(again, "quotes"), 1);
    const json_t *quote = json_array_get(json_object_get(again, "quotes"), 0);
    ck_assert_ptr_null(json_object_get(quote, "wrong"));
    json_decref(again);
    desk_close(d);
    finish();
}
END_TEST

START_TEST(an_old_version_changes_nothing) {
    start();
    desk *d = open_desk();
    json_t *first = ask(d, true, "api/article/1", statement, 200);
    ck_assert_int_eq(number_of(first, "version"), 2);
    json_t *second =
        ask(d, true, "api/article/1", "{\"version\": 1, \"quotes\": [], \"rejected\": []}", 409);
    ck_assert_int_eq(number_of(second, "version"), 2);
    ck_assert_uint_eq(count_of(second, "quotes"), 1);
    json_decref(first);
    json_decref(second);
    desk_close(d);
    finish();
}
END_TEST

START_TEST(undo_goes_back_to_where_there_was_nothing) {
    start();
    desk *d = open_desk();
    json_decref(ask(d, true, "api/article/1", statement, 200));
    json_t *undone = ask(d, true, "api/article/1/undo", "{\"version\": 2}", 200);
    ck_assert_int_eq(number_of(undone, "version"), 3);
    ck_assert_uint_eq(count_of(undone, "quotes"), 0);
    json_t *again = ask(d, true, "api/article/1/undo", "{\"version\": 3}", 200);
    ck_assert_int_eq(number_of(again, "version"), 3);
    json_decref(undone);
    json_decref(again);
    desk_close(d);
    finish();
}
END_TEST

START_TEST(what_is_accepted_or_rejected_is_not_proposed_again) {
    start();
    desk *d = open_desk();
    json_t *before = ask(d, false, "api/article/0", "", 200);
    ck_assert_uint_eq(count_of(before, "proposals"), 1);
    const json_t *proposal = json_array_get(json_object_get(before, "proposals"), 0);
    const json_t *place = json_array_get(json_object_get(proposal, "contents"), 0);
    char body[160];
    snprintf(body, sizeof body,
             "{\"version\": 1, \"quotes\": [], \"rejected\": [{\"start\": %d, \"end\": %d}]}",
             (int)number_of(place, "start"), (int)number_of(place, "end"));
    json_t *after = ask(d, true, "api/article/0", body, 200);
    ck_assert_uint_eq(count_of(after, "proposals"), 0);
    json_decref(before);
    json_decref(after);
    desk_close(d);
    finish();
}
END_TEST

/* Everything that is refused leaves the file unwritten. */
static const struct {
    bool is_post;
    const char *path, *body;
    unsigned status;
} refused[] = {
    {false, "", "", 404},
    {false, "api/", "", 404},
    {false, "api/article/2", "", 404},
    {false, "api/article/18446744073709551616", "", 404},
    {false, "api/article/-1", "", 404},
    {false, "api/article/0x", "", 404},
    {false, "api/next/nobody", "", 404},
    {true, "api/desk", "{}", 404},
    {true, "api/train/nobody", "{}", 404},
    {true, "api/keep", "{}", 400},
    {true, "api/article/0", "", 400},
    {true, "api/article/0", "[]", 400},
    {true, "api/article/0", "{}", 409},
    {true, "api/article/0", "{\"version\": 1}", 400},
    {true, "api/article/0", "{\"version\": 1, \"quotes\": [7]}", 400},
    {true, "api/article/0", "{\"version\": 1, \"quotes\": [{\"id\": \"a\"}]}", 400},
    {true, "api/article/0",
     "{\"version\": 1, \"quotes\": [{\"id\": \"a\", \"contents\": [{\"start\": 2, \"end\": 2}]}]}",
     400},
    {true, "api/article/0",
     "{\"version\": 1, \"quotes\": [{\"id\": \"a\", \"contents\": [{\"start\": -1, \"end\": 2}]}]}",
     400},
    {true, "api/article/0",
     "{\"version\": 1, \"quotes\": [{\"id\": \"a\", \"contents\": [{\"start\": 0, \"end\": 99}]}]}",
     400},
    {true, "api/article/0",
     "{\"version\": 1, \"quotes\": [{\"id\": \"a\", \"contents\": [{\"start\": 0, \"end\": 2}], "
     "\"kind\": \"song\"}]}",
     400},
    {true, "api/article/0",
     "{\"version\": 1, \"quotes\": [{\"id\": \"a\", \"contents\": [{\"start\": 0, \"end\": 2}], "
     "\"anonymity\": {\"grade\": \"masked\"}}]}",
     400},
    {true, "api/article/0",
     "{\"version\": 1, \"quotes\": [{\"id\": \"a\", \"contents\": [{\"start\": 0, \"end\": 2}], "
     "\"stances\": [{\"target\": \"toll\", \"label\": \"maybe\"}]}]}",
     400},
    {true, "api/article/0",
     "{\"version\": 1, \"quotes\": [{\"id\": \"a\", \"contents\": [{\"start\": 0, \"end\": 2}], "
     "\"stances\": [{\"target\": \"toll\", \"label\": \"for\"}, {\"target\": \"toll\", "
     "\"label\": \"against\"}]}]}",
     400},
    {true, "api/article/0",
     "{\"version\": 1, \"quotes\": [], \"rejected\": [{\"start\": 0, \"end\": 4294967297}]}", 400},
};

START_TEST(what_is_not_sound_is_refused) {
    start();
    desk *d = open_desk();
    for (size_t i = 0; i < COUNT(refused); i++)
        json_decref(
            ask(d, refused[i].is_post, refused[i].path, refused[i].body, refused[i].status));
    ck_assert_int_ne(access(corpus_path, F_OK), 0);
    desk_close(d);
    finish();
}
END_TEST

START_TEST(what_another_target_and_other_programs_said_is_kept) {
    start();
    write_file("corpus.jsonl",
               "{\"id\": \"two\", \"text\": \"\xC3\x89t\xC3\xA9 came. No toll, Ben Dunn wrote.\", "
               "\"licence\": \"ours\", \"quotes\": [{\"id\": \"a1\", \"page\": 7, \"contents\": "
               "[{\"start\": 10, \"end\": 17}], \"stances\": [{\"target\": \"boats\", \"label\": "
               "\"for\"}]}]}\n");
    desk *d = open_desk();
    json_t *after = ask(d, true, "api/article/1", statement, 200);
    const json_t *quote = json_array_get(json_object_get(after, "quotes"), 0);
    ck_assert_int_eq(number_of(quote, "page"), 7);
    ck_assert_uint_eq(count_of(quote, "stances"), 2);
    json_decref(after);
    desk_close(d);
    finish();
}
END_TEST

/* Opens a desk for the first `count` of many targets, whose models hold nothing but the target. */
static whosaid_status open_with_targets(unsigned count, whosaid_error *err) {
    static char names[DESK_TARGETS_MAX + 1][24];
    const char *paths[] = {input}, *wanted[COUNT(names)];
    for (unsigned i = 0; i < COUNT(names); i++) {
        char file[64], content[256];
        snprintf(names[i], sizeof names[i], "toll-%02u", i);
        wanted[i] = names[i];
        snprintf(file, sizeof file, "stance/toll-%02u", i);
        ck_assert_int_eq(folder_make(path_of(file), NULL), WHOSAID_OK);
        snprintf(file, sizeof file, "stance/toll-%02u/target.json", i);
        snprintf(content, sizeof content,
                 "{\"format\": \"whosaid-target\", \"version\": 1, \"name\": \"toll-%02u\", "
                 "\"question\": \"A toll?\", \"labels\": [\"for\", \"against\"]}",
                 i);
        write_file(file, content);
    }
    const annotate_options options = {.paths = paths,
                                      .path_count = 1,
                                      .corpus = corpus_path,
                                      .targets = wanted,
                                      .target_count = count,
                                      .models_folder = test_folder};
    desk *d;
    whosaid_status status = desk_open(&options, &d, err);
    desk_close(d);
    return status;
}

START_TEST(a_page_has_up_to_sixteen_targets) {
    whosaid_error full = {0}, over = {0};
    start();
    /* The targets are taken, and their models found to be none. */
    ck_assert_int_ne(open_with_targets(DESK_TARGETS_MAX, &full), WHOSAID_USAGE);
    ck_assert_int_eq(open_with_targets(DESK_TARGETS_MAX + 1, &over), WHOSAID_USAGE);
    ck_assert_str_eq(over.where, "toll-16");
    ck_assert_str_eq(over.text, "is one target too many: a page has up to 16");
    remove_folder();
}
END_TEST

static TCase *cases(void) {
    TCase *tests = tcase_create("annotate");
    tcase_add_test(tests, a_change_is_in_the_file_at_once_and_there_again);
    tcase_add_test(tests, an_old_version_changes_nothing);
    tcase_add_test(tests, undo_goes_back_to_where_there_was_nothing);
    tcase_add_test(tests, what_is_accepted_or_rejected_is_not_proposed_again);
    tcase_add_test(tests, what_is_not_sound_is_refused);
    tcase_add_test(tests, what_another_target_and_other_programs_said_is_kept);
    tcase_add_test(tests, a_page_has_up_to_sixteen_targets);
    return tests;
}

SUITE_MAIN("annotate")
