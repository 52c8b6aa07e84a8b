/* The inline markup: braces become spans, label lines become quotes; every slip is named. */
#include "assert_spans.h"
#include "suite.h"
#include "test_files.h"

#include "corpus/annotated_article.h"

#include <sys/stat.h>

#define HEAD "title: On the pier\ndate: 2024-05-03\noutlet: Harrow Courier\nnote: Invented.\n\n"

static whosaid_status load_text(const char *content, corpus **out, whosaid_error *err) {
    write_file("a.marked", content);
    const char *path = path_of("a.marked");
    return corpus_load(&path, 1, out, err);
}

#define EXAMPLE                                                                                    \
    HEAD                                                                                           \
        "{s1 Ana Ruiz, a surgeon who fled the coast,} {k1 said} {c1 it was over}. {c2 “We "      \
        "will,”} "                                                                               \
        "{s2 Diaz}\n{k2 said}, {c2 “hit back.”}\n\n"                                           \
        "{c3 The depot was burning on Friday,} {k3 according to} {s3 {s4 an aide} {r3,4 who was "  \
        "not\nauthorised to speak}}. The aide {k4 feared} {c4 that {m4 the fire} would spread}.\n" \
        "\n"                                                                                       \
        "@3 speaker=an aide | grade=anonymous | stance=unrelated | doubtful=yes\n"                 \
        "@1 speaker=Ana Ruiz | role=surgeon | stance=unrelated\n"                                  \
        "@2 speaker=Diaz | grade=- | kind=- | stance=favor | stance other side=caution\n\n"        \
        "@4 speaker=an aide | grade=anonymous | kind=attitude | stance=neutral | id=x9\n"

START_TEST(spans_and_labels_are_read) {
    make_folder();
    corpus *c;
    whosaid_error err = {0};
    ck_assert_msg(load_text(EXAMPLE, &c, &err) == WHOSAID_OK, "%zu %s", err.line, err.text);
    const annotated_article *a = corpus_article(c, 0);
    ck_assert(view_is(a->id, "a") && view_is(a->title, "On the pier"));
    ck_assert(view_is(a->outlet, "Harrow Courier") && view_is(a->note, "Invented."));
    ck_assert(view_is(a->text,
                      "Ana Ruiz, a surgeon who fled the coast, said it was over. “We will,” Diaz\n"
                      "said, “hit back.”\n\n"
                      "The depot was burning on Friday, according to an aide who was not\n"
                      "authorised to speak. The aide feared that the fire would spread."));
    ck_assert_uint_eq(a->quote_count, 4);
    const annotated_quote *q = a->quotes;
    assert_spans(a, &q[0].sources, "Ana Ruiz, a surgeon who fled the coast,");
    assert_spans(a, &q[0].cues, "said");
    assert_spans(a, &q[1].contents, "“We will,”|“hit back.”");
    assert_spans(a, &q[2].sources, "an aide who was not\nauthorised to speak");
    assert_spans(a, &q[3].sources, "an aide");
    assert_spans(a, &q[3].contents, "that the fire would spread");
    assert_spans(a, &q[3].reason_spans, "who was not\nauthorised to speak");
    assert_spans(a, &q[3].stances[0].mentions, "the fire");
    corpus_free(c);
    remove_folder();
}
END_TEST

START_TEST(labels_have_their_defaults) {
    make_folder();
    corpus *c;
    ck_assert_int_eq(load_text(EXAMPLE, &c, NULL), WHOSAID_OK);
    const annotated_quote *q = corpus_article(c, 0)->quotes;
    ck_assert(view_is(q[0].id, "q1") && view_is(q[3].id, "x9"));
    ck_assert(q[0].has_anonymity && q[0].grade == ANONYMITY_NAMED);
    ck_assert(q[0].has_kind && q[0].kind == KIND_SPEECH && !q[0].doubtful);
    ck_assert(view_is(q[0].speaker_name, "Ana Ruiz") && view_is(q[0].speaker_role, "surgeon"));
    ck_assert(!q[1].has_anonymity && !q[1].has_kind);
    ck_assert(q[2].doubtful && q[2].grade == ANONYMITY_ANONYMOUS);
    ck_assert(view_is(q[2].reason, "who was not authorised to speak"));
    ck_assert(q[3].kind == KIND_ATTITUDE);
    text_view folder_name = view_of(strrchr(test_folder, '/') + 1);
    ck_assert_uint_eq(q[1].stance_count, 2);
    ck_assert(view_equal(q[1].stances[0].target, folder_name));
    ck_assert(view_is(q[1].stances[0].label, "favor"));
    ck_assert(view_is(q[1].stances[1].target, "other side"));
    ck_assert(view_is(q[1].stances[1].label, "caution"));
    corpus_free(c);
    remove_folder();
}
END_TEST

START_TEST(shared_and_nested_spans_are_read) {
    make_folder();
    corpus *c;
    whosaid_error err = {0};
    ck_assert_msg(load_text("title: T\nid: z\ntarget: bridge\n\n{s1,2 She} {k1 said} {c1 {s3 they} "
                            "{k3 hope} {c3 so}} and {k2,7 added} {c2,7 “no.”}\n@2 stance=favor\n"
                            "@1 speaker=she\n@7\n@3\n",
                            &c, &err) == WHOSAID_OK,
                  "%s", err.text);
    const annotated_article *a = corpus_article(c, 0);
    ck_assert(view_is(a->id, "z") && view_is(a->target, "bridge"));
    ck_assert_uint_eq(a->quote_count, 4);
    assert_spans(a, &a->quotes[0].contents, "they hope so");
    assert_spans(a, &a->quotes[2].contents, "so");
    assert_spans(a, &a->quotes[0].sources, "She");
    assert_spans(a, &a->quotes[1].sources, "She");
    assert_spans(a, &a->quotes[3].contents, "“no.”");
    ck_assert(view_is(a->quotes[1].stances[0].target, "bridge"));
    ck_assert(view_is(a->text, "She said they hope so and added “no.”"));
    corpus_free(c);
    remove_folder();
}
END_TEST

START_TEST(the_folder_above_articles_names_the_target) {
    make_folder();
    ck_assert_int_eq(mkdir(path_of("bridge"), 0700), 0);
    ck_assert_int_eq(mkdir(path_of("bridge/articles"), 0700), 0);
    write_file("bridge/articles/001-pier.marked",
               HEAD "{c1 Yes,} {s1 he} {k1 said}.\n@1 stance=for");
    const char *path = test_folder;
    corpus *c;
    ck_assert_int_eq(corpus_load(&path, 1, &c, NULL), WHOSAID_OK);
    ck_assert_uint_eq(corpus_size(c), 1);
    ck_assert(view_is(corpus_article(c, 0)->quotes[0].stances[0].target, "bridge"));
    ck_assert(view_is(corpus_article(c, 0)->id, "001-pier"));
    corpus_free(c);
    remove_folder();
}
END_TEST

static const struct {
    const char *body;
    size_t line; /* behind the six lines of HEAD's text */
    const char *words;
} slips[] = {
    {"{c1 no end\n\n@1 speaker=x", 6, "never closed"},
    {"one\ntwo} three", 7, "closes nothing"},
    {"{c1 {k1 }x}\n@1", 6, "is empty or begins or ends with a blank"},
    {"{c1 it was }over\n@1", 6, "begins or ends with a blank"},
    {"{x1 it was} over\n@1", 6, "\"{x1 it was} over\" is not \"{\""},
    {"{c it was} over", 6, "is not \"{\""},
    {"{c0 it was} over", 6, "is not \"{\""},
    {"{c1,k2 it was} over", 6, "is not \"{\""},
    {"{c1, it was} over", 6, "is not \"{\""},
    {"{c1", 6, "is not \"{\""},
    {"{c1 it was} over", 6, "no label line @1"},
    {"a\n{c3 it was} over\n@1 speaker=x", 8, "@1 marks no text"},
    {"{c1 it was} over\n@1 speaker=x\n@1 speaker=y", 8, "@1 stands twice"},
    {"{c1 it was} over\n@1 mood=bad", 7, "unknown label \"mood\""},
    {"{c1 it was} over\n@1 speaker", 7, "is not \"key=value\""},
    {"{c1 it was} over\n@1 speaker= | role=x", 7, "is not \"key=value\""},
    {"{c1 it was} over\n@1 grade=secret", 7, "unknown grade \"secret\""},
    {"{c1 it was} over\n@1 kind=talk", 7, "unknown kind \"talk\""},
    {"{c1 it was} over\n@1 doubtful=maybe", 7, "doubtful"},
    {"{c1 it was} over\n@1x speaker=a", 7, "does not begin with @NUMBER"},
    {"{c1 it was} over\n@1234567 speaker=a", 7, "does not begin with @NUMBER"},
    {"\n\n", 0, "there is no text"},
};

START_TEST(slips_are_named_with_their_line) {
    make_folder();
    char content[512];
    snprintf(content, sizeof content, HEAD "%s", slips[_i].body);
    corpus *c;
    whosaid_error err = {0};
    ck_assert_int_eq(load_text(content, &c, &err), WHOSAID_SYNTAX);
    ck_assert_ptr_null(c);
    ck_assert_msg(strstr(err.text, slips[_i].words) != NULL, "%s", err.text);
    ck_assert_uint_eq(err.line, slips[_i].line);
    remove_folder();
}
END_TEST

START_TEST(bad_heads_and_bytes_are_refused) {
    make_folder();
    corpus *c;
    whosaid_error err = {0};
    ck_assert_int_eq(load_text("title: T\nauthor: me\n\ntext", &c, &err), WHOSAID_SYNTAX);
    ck_assert_uint_eq(err.line, 2);
    ck_assert_int_eq(load_text("title: T\ntitle: U\n\ntext", &c, NULL), WHOSAID_SYNTAX);
    ck_assert_int_eq(load_text("Only a text.\n\nNo head.", &c, NULL), WHOSAID_SYNTAX);
    ck_assert_int_eq(load_text(HEAD "caf\xE9", &c, NULL), WHOSAID_NOT_TEXT);
    remove_folder();
}
END_TEST

static TCase *cases(void) {
    TCase *t = tcase_create("markup");
    tcase_add_test(t, spans_and_labels_are_read);
    tcase_add_test(t, labels_have_their_defaults);
    tcase_add_test(t, shared_and_nested_spans_are_read);
    tcase_add_test(t, the_folder_above_articles_names_the_target);
    tcase_add_loop_test(t, slips_are_named_with_their_line, 0, sizeof slips / sizeof *slips);
    tcase_add_test(t, bad_heads_and_bytes_are_refused);
    return t;
}

SUITE_MAIN("markup")
