/* Annotated articles: JSON and JSON Lines, plain and compressed; what is refused, and how it is
 * said; the way into the pipeline. */
#include "suite.h"
#include "test_files.h"

#include "base/offset_map.h"
#include "base/utf8.h"
#include "corpus/annotated_article.h"

#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

static whosaid_status load(const char *path, corpus **out, whosaid_error *err) {
    return corpus_load(&path, 1, out, err);
}

static void assert_text(const annotated_article *a, span s, const char *expected) {
    text_view found = view_slice(a->text, s.begin, s.end);
    ck_assert_msg(view_is(found, expected), "\"%.*s\", not \"%s\"", (int)found.len, found.ptr,
                  expected);
}

#define FULL                                                                                       \
    "{\"id\":\"a1\",\"title\":\"T\",\"date\":\"2024-05-03\",\"outlet\":\"Harrow Courier\","        \
    "\"text\":\"“Möglich,” Zoë Blank said. It ended.\",\"extra\":{\"kept\":1},\"quotes\":["  \
    "{\"id\":\"x7\",\"type\":\"direct\",\"kind\":\"attitude\","                                    \
    "\"cue\":[{\"start\":21,\"end\":25,\"text\":\"said\"}],"                                       \
    "\"sources\":[{\"start\":11,\"end\":20,\"text\":\"Zoë Blank\"}],"                             \
    "\"contents\":[{\"start\":0,\"end\":10,\"text\":\"“Möglich,”\"}],\"doubtful\":true,"      \
    "\"speaker\":{\"name\":\"Zoë Blank\",\"role\":\"envoy\",\"score\":0.5},"                      \
    "\"anonymity\":{\"grade\":\"anonymous\",\"reason\":\"none given\"},"                           \
    "\"stances\":[{\"target\":\"t\",\"label\":\"favor\",\"mentions\":[{\"start\":27,\"end\":29}]}" \
    "]}]}"

static void check_full(const annotated_article *a) {
    ck_assert(view_is(a->id, "a1") && view_is(a->title, "T") && view_is(a->date, "2024-05-03"));
    ck_assert(view_is(a->outlet, "Harrow Courier"));
    ck_assert_uint_eq(a->quote_count, 1);
    const annotated_quote *q = &a->quotes[0];
    ck_assert(view_is(q->id, "x7") && q->doubtful);
    ck_assert_uint_eq(q->cues.count, 1);
    assert_text(a, q->cues.items[0], "said");
    ck_assert_uint_eq(q->sources.count, 1);
    assert_text(a, q->sources.items[0], "Zoë Blank");
    ck_assert_uint_eq(q->contents.count, 1);
    assert_text(a, q->contents.items[0], "“Möglich,”");
    ck_assert(q->has_speaker && view_is(q->speaker_name, "Zoë Blank"));
    ck_assert(view_is(q->speaker_role, "envoy"));
    ck_assert(q->has_anonymity && q->grade == ANONYMITY_ANONYMOUS);
    ck_assert(view_is(q->reason, "none given"));
    ck_assert(q->has_kind && q->kind == KIND_ATTITUDE);
    ck_assert_uint_eq(q->stance_count, 1);
    ck_assert(view_is(q->stances[0].target, "t") && view_is(q->stances[0].label, "favor"));
    ck_assert_uint_eq(q->stances[0].mentions.count, 1);
    assert_text(a, q->stances[0].mentions.items[0], "It");
}

START_TEST(every_field_is_read) {
    make_folder();
    write_file("one.json", FULL);
    write_file("list.json", "[" FULL ",\n" FULL "]");
    write_file("lines.jsonl", FULL "\n\n" FULL "\r\n");
    static const size_t counts[] = {1, 2, 2};
    static const char *const names[] = {"one.json", "list.json", "lines.jsonl"};
    for (size_t i = 0; i < 3; i++) {
        corpus *c;
        whosaid_error err = {0};
        ck_assert_msg(load(path_of(names[i]), &c, &err) == WHOSAID_OK, "%s", err.text);
        ck_assert_uint_eq(corpus_size(c), counts[i]);
        for (size_t k = 0; k < counts[i]; k++)
            check_full(corpus_article(c, k));
        corpus_free(c);
    }
    remove_folder();
}
END_TEST

START_TEST(compressed_files_and_folders_are_read_in_order) {
    make_folder();
    ck_assert_int_eq(mkdir(path_of("b"), 0700), 0);
    gzFile out = gzopen(path_of("b/two.jsonl.gz"), "wb");
    ck_assert_int_gt(gzputs(out, FULL "\n" FULL), 0);
    ck_assert_int_eq(gzclose(out), Z_OK);
    write_file("a.json", "{\"text\":\"No quotes here.\"}");
    write_file("c.jsonl", "{\"text\":\"One.\"}\n{\"text\":\"Two.\",\"quotes\":null}");
    write_file("target.json", "{\"name\":\"a target is no article\"}");
    write_file("notes.txt", "not a corpus file");
    corpus *c;
    whosaid_error err = {0};
    ck_assert_msg(load(test_folder, &c, &err) == WHOSAID_OK, "%s %s", err.where, err.text);
    ck_assert_uint_eq(corpus_size(c), 5);
    static const char *const ids[] = {"a", "a1", "a1", "c:1", "c:2"};
    for (size_t i = 0; i < 5; i++)
        ck_assert_msg(view_is(corpus_article(c, i)->id, ids[i]), "%zu", i);
    check_full(corpus_article(c, 2));
    corpus_free(c);
    ck_assert_int_eq(load(path_of("target.json"), &c, NULL), WHOSAID_SYNTAX);
    ck_assert_ptr_null(c);
    remove_folder();
}
END_TEST

START_TEST(citron_and_plain_values_are_read) {
    make_folder();
    write_file("c.json",
               "{\"text\":\"Critics say no.\",\"quotes\":[{\"cue\":{\"start\":8,\"end\":11},"
               "\"sources\":[],\"speaker\":\"critics\",\"anonymity\":\"group\"},"
               "{\"contents\":[{\"start\":12,\"end\":14}],\"speaker\":null,\"kind\":\"speech\"}]}");
    corpus *c;
    whosaid_error err = {0};
    ck_assert_msg(load(path_of("c.json"), &c, &err) == WHOSAID_OK, "%s", err.text);
    const annotated_article *a = corpus_article(c, 0);
    ck_assert_uint_eq(a->quote_count, 2);
    const annotated_quote *first = &a->quotes[0], *second = &a->quotes[1];
    ck_assert(view_is(first->id, "q1") && view_is(second->id, "q2"));
    ck_assert_uint_eq(first->cues.count, 1);
    assert_text(a, first->cues.items[0], "say");
    ck_assert(view_is(first->speaker_name, "critics") && first->grade == ANONYMITY_GROUP);
    ck_assert(first->has_anonymity && !first->has_kind && !first->doubtful);
    ck_assert(!second->has_speaker && !second->has_anonymity && second->has_kind);
    ck_assert_uint_eq(second->contents.count, 1);
    ck_assert_uint_eq(second->sources.count + second->cues.count + second->stance_count, 0);
    corpus_free(c);
    remove_folder();
}
END_TEST

static const struct {
    const char *json;
    const char *words; /* that the message must hold */
} refused[] = {
    {"{\"text\":\"abc\",\"quotes\":[{\"id\":\"q9\",\"contents\":[{\"start\":1,\"end\":4}]}]}",
     "quote q9: \"contents\": 1 to 4 is no span of a text of 3 characters"},
    {"{\"text\":\"abc\",\"quotes\":[{\"contents\":[{\"start\":2,\"end\":2}]}]}", "2 to 2"},
    {"{\"text\":\"abc\",\"quotes\":[{\"contents\":[{\"start\":-1,\"end\":2}]}]}", "-1 to 2"},
    {"{\"text\":\"abc\",\"quotes\":[{\"contents\":[{\"start\":0,\"end\":9223372036854775807}]}]}",
     "no span"},
    {"{\"text\":\"abc\",\"quotes\":[{\"cue\":{\"start\":0,\"end\":2,\"text\":\"ac\"}}]}",
     "quote q1: \"cue\": at 0 to 2 stands \"ab\", not \"ac\""},
    {"{\"text\":\"abc\",\"quotes\":[{\"cue\":{\"start\":\"0\",\"end\":2}}]}", "no start and end"},
    {"{\"text\":\"abc\",\"quotes\":[{\"cue\":7}]}", "neither a span nor a list"},
    {"{\"text\":\"abc\",\"quotes\":[{\"anonymity\":\"secret\"}]}", "grade \"secret\""},
    {"{\"text\":\"abc\",\"quotes\":[{\"kind\":\"talk\"}]}", "neither speech nor attitude"},
    {"{\"text\":\"abc\",\"quotes\":[{\"speaker\":[]}]}", "\"speaker\""},
    {"{\"text\":\"abc\",\"quotes\":[{\"stances\":[{\"label\":\"favor\"}]}]}", "no target"},
    {"{\"text\":\"abc\",\"quotes\":[{\"stances\":[7]}]}", "no target"},
    {"{\"text\":\"abc\",\"quotes\":[3]}", "quote 1 is not an object"},
    {"{\"text\":\"abc\",\"quotes\":{}}", "\"quotes\" is not a list"},
    {"{\"text\":\"abc\",\"title\":5}", "\"title\" is not a string"},
    {"{\"quotes\":[]}", "\"text\" is missing"},
    {"[1, 2]", "\"text\" is missing"},
    {"{\"text\":\"abc\",\"text\":\"abd\"}", "not JSON"},
    {"{\"text\":\"\xFF\"}", "not JSON"},
    {"{\"text\":", "not JSON"},
};

START_TEST(faults_are_named_with_file_line_and_quote) {
    make_folder();
    char lines[512];
    snprintf(lines, sizeof lines, "{\"text\":\"fine\"}\n%s\n", refused[_i].json);
    write_file("bad.jsonl", lines);
    corpus *c;
    whosaid_error err = {0};
    ck_assert_int_eq(load(path_of("bad.jsonl"), &c, &err), WHOSAID_SYNTAX);
    ck_assert_ptr_null(c);
    ck_assert_str_eq(err.where, path_of("bad.jsonl"));
    ck_assert_uint_eq(err.line, 2);
    ck_assert_msg(strstr(err.text, refused[_i].words) != NULL, "%s", err.text);
    remove_folder();
}
END_TEST

START_TEST(missing_and_damaged_files_are_named) {
    make_folder();
    corpus *c;
    whosaid_error err = {0};
    ck_assert_int_eq(load(path_of("none.jsonl"), &c, &err), WHOSAID_IO);
    ck_assert_str_eq(err.where, path_of("none.jsonl"));
    gzFile out = gzopen(path_of("cut.jsonl.gz"), "wb");
    for (int i = 0; i < 50; i++)
        ck_assert_int_gt(gzprintf(out, "{\"text\":\"article %d\"}\n", i * i), 0);
    ck_assert_int_eq(gzclose(out), Z_OK);
    ck_assert_int_eq(truncate(path_of("cut.jsonl.gz"), 90), 0);
    ck_assert_int_eq(load(path_of("cut.jsonl.gz"), &c, NULL), WHOSAID_IO);
    write_file("list.csv", "a,b");
    ck_assert_int_eq(load(path_of("list.csv"), &c, NULL), WHOSAID_SYNTAX);
    remove_folder();
}
END_TEST

START_TEST(offsets_survive_the_way_to_code_points_and_back) {
    static const char *const pieces[] = {"a", "é", "“", "🙂", "bcd "};
    char text[2048];
    size_t len = 0;
    for (size_t i = 0; len < sizeof text - 8; i++)
        len += (size_t)snprintf(text + len, sizeof text - len, "%s", pieces[(i * i + i / 3) % 5]);
    for (size_t cut = 0; cut < 200; cut++) {
        text_view view = {text, cut < 199 ? cut : len};
        while (view.len < len && !utf8_is_boundary((unsigned char)text[view.len]))
            view.len++;
        arena *a = arena_new();
        offset_map map;
        ck_assert(offset_map_build(a, view, &map));
        ck_assert_uint_eq(map.code_points, utf8_count(view));
        for (size_t point = 0; point <= map.code_points; point++) {
            size_t byte = offset_map_to_bytes(&map, point);
            ck_assert_uint_eq(utf8_count(view_slice(view, 0, byte)), point);
            ck_assert_uint_eq(offset_map_to_code_points(&map, byte), point);
        }
        arena_free(a);
    }
}
END_TEST

START_TEST(an_annotated_article_starts_the_pipeline) {
    annotated_article source = {.id = VIEW("a"), .title = VIEW("T"), .text = VIEW("He said no.")};
    arena *memory = arena_new();
    article a = annotated_article_start(&source, memory);
    ck_assert(a.arena == memory && view_is(a.text, "He said no.") && view_is(a.title, "T"));
    ck_assert_uint_eq(a.body.begin, 0);
    ck_assert_uint_eq(a.body.end, 11);
    ck_assert_uint_eq(a.token_count + a.attribution_count, 0);
    arena_free(memory);
}
END_TEST

static const struct {
    span bytes;
    token_range tokens;
} touched[] = {
    {{0, 2}, {0, 1}},  {{0, 11}, {0, 4}}, {{3, 7}, {1, 2}},   {{4, 5}, {1, 2}},
    {{2, 3}, {1, 1}},  {{1, 4}, {0, 2}},  {{7, 10}, {2, 3}},  {{10, 11}, {3, 4}},
    {{9, 11}, {2, 4}}, {{0, 0}, {0, 0}},  {{11, 14}, {4, 4}},
};

START_TEST(a_span_touches_its_tokens) {
    token tokens[] = {
        {.bytes = {0, 2}}, {.bytes = {3, 7}}, {.bytes = {8, 10}}, {.bytes = {10, 11}}};
    article a = {.text = VIEW("He said no. END"), .tokens = tokens, .token_count = 4};
    token_range found = tokens_of_span(&a, touched[_i].bytes);
    ck_assert_uint_eq(found.first, touched[_i].tokens.first);
    ck_assert_uint_eq(found.end, touched[_i].tokens.end);
}
END_TEST

static TCase *cases(void) {
    TCase *t = tcase_create("corpus");
    tcase_add_test(t, every_field_is_read);
    tcase_add_test(t, compressed_files_and_folders_are_read_in_order);
    tcase_add_test(t, citron_and_plain_values_are_read);
    tcase_add_loop_test(t, faults_are_named_with_file_line_and_quote, 0,
                        sizeof refused / sizeof *refused);
    tcase_add_test(t, missing_and_damaged_files_are_named);
    tcase_add_test(t, offsets_survive_the_way_to_code_points_and_back);
    tcase_add_test(t, an_annotated_article_starts_the_pipeline);
    tcase_add_loop_test(t, a_span_touches_its_tokens, 0, sizeof touched / sizeof *touched);
    return t;
}

SUITE_MAIN("corpus")
