/* Labels that stand apart from the articles: what they give to statements, and what is refused. */
#include "suite.h"
#include "test_files.h"

#include "corpus/speaker_labels.h"

#define HEAD "article\tstatement\tgrade\tspeaker\trole\treason start\treason end\n"

/* "Zoë" counts three code points and four bytes. */
#define ARTICLE                                                                                    \
    "{\"id\":\"a1\",\"text\":\"Zoë saw it. An aide, who gave no  name, said no. He left.\","      \
    "\"quotes\":[{\"id\":\"q1\",\"contents\":[{\"start\":45,\"end\":47}]},"                        \
    "{\"id\":\"q2\",\"contents\":[{\"start\":8,\"end\":10}],"                                      \
    "\"speaker\":\"Zoë\",\"anonymity\":\"named\"}]}\n"

typedef struct joined {
    corpus *corpus;
    speaker_labels *labels;
    const annotated_article *source, *article;
} joined;

static whosaid_status join(const char *table, joined *out, whosaid_error *err) {
    *out = (joined){0};
    write_file("a.jsonl", ARTICLE);
    write_file("labels.tsv", table);
    const char *path = path_of("a.jsonl");
    ck_assert_int_eq(corpus_load(&path, 1, &out->corpus, err), WHOSAID_OK);
    out->source = corpus_article(out->corpus, 0);
    whosaid_status status = speaker_labels_load(path_of("labels.tsv"), &out->labels, err);
    if (status != WHOSAID_OK) return status;
    return speaker_labels_join(out->labels, out->source, &out->article, err);
}

static void leave(joined *j) {
    speaker_labels_free(j->labels);
    corpus_free(j->corpus);
    remove_folder();
}

START_TEST(a_statement_takes_its_label) {
    joined j;
    make_folder();
    ck_assert_int_eq(join(HEAD "a1\tq1\tanonymous\tan aide\taide\t21\t38\n", &j, NULL), WHOSAID_OK);
    const annotated_quote *q = &j.article->quotes[0];
    ck_assert(q->has_speaker && view_is(q->speaker_name, "an aide"));
    ck_assert(view_is(q->speaker_role, "aide"));
    ck_assert(q->has_anonymity && q->grade == ANONYMITY_ANONYMOUS);
    ck_assert_msg(view_is(q->reason, "who gave no name"), "\"%.*s\"", (int)q->reason.len,
                  q->reason.ptr);
    ck_assert_uint_eq(q->reason_spans.count, 1);
    ck_assert_uint_eq(q->reason_spans.items[0].begin, 22);
    ck_assert_uint_eq(speaker_labels_used(j.labels), 1);
    leave(&j);
}
END_TEST

START_TEST(what_the_table_leaves_out_keeps_what_it_has) {
    joined j;
    make_folder();
    ck_assert_int_eq(join(HEAD "a1\tq1\tunattributed\t\t\t\t\n", &j, NULL), WHOSAID_OK);
    ck_assert(!j.article->quotes[0].has_speaker);
    ck_assert_int_eq(j.article->quotes[0].grade, ANONYMITY_UNATTRIBUTED);
    ck_assert(view_is(j.article->quotes[1].speaker_name, "Zoë"));
    ck_assert(!j.source->quotes[0].has_anonymity); /* the corpus itself stays as it was */
    leave(&j);
}
END_TEST

START_TEST(labels_of_other_articles_change_nothing) {
    joined j;
    make_folder();
    ck_assert_int_eq(join(HEAD "a2\tq1\tgroup\tcritics\t\t\t\n", &j, NULL), WHOSAID_OK);
    ck_assert_ptr_eq(j.article, j.source);
    ck_assert_uint_eq(speaker_labels_used(j.labels), 0);
    leave(&j);
}
END_TEST

static const struct {
    const char *table, *message;
    size_t line;
} refused[] = {
    {"a1\tq1\tnamed\tZoë\t\t\t\n", "column 1 is not \"article\"", 1},
    {HEAD "a1\tq1\tnamed\tZoë\n", "a line has 7 cells, divided by tabs", 2},
    {HEAD "a1\tq1\tnamed\tZoë\t\t\t\t\n", "a line has 7 cells, divided by tabs", 2},
    {HEAD "a1\tq1\tsecret\tZoë\t\t\t\n", "unknown grade \"secret\"", 2},
    {HEAD "a1\tq1\tanonymous\tan aide\t\t1\t\n",
     "a reason begins and ends at a number of code points", 2},
    {HEAD "a1\tq1\tanonymous\tan aide\t\t-1\t4\n",
     "a reason begins and ends at a number of code points", 2},
    {HEAD "a1\tq2\tnamed\tZoë\t\t\t\na1\tq1\tanonymous\tan aide\t\t9\t4000\n",
     "the reason is outside the article's text", 3},
    {HEAD "a1\tq1\tanonymous\tan aide\t\t5\t5\n", "the reason is outside the article's text", 2},
    {HEAD "a1\tq1\tgroup\tx\t\t\t\na1\tq1\tgroup\tx\t\t\t\n", "statement \"q1\" is labelled twice",
     3}};

START_TEST(a_faulty_table_is_refused_by_its_line) {
    joined j;
    whosaid_error err = {0};
    make_folder();
    ck_assert_int_eq(join(refused[_i].table, &j, &err), WHOSAID_SYNTAX);
    ck_assert_str_eq(err.text, refused[_i].message);
    ck_assert(err.line == refused[_i].line || _i == 8); /* of equals either is named */
    leave(&j);
}
END_TEST

START_TEST(a_missing_table_is_named) {
    whosaid_error err = {0};
    speaker_labels *labels;
    ck_assert_int_eq(speaker_labels_load("/nowhere/labels.tsv", &labels, &err), WHOSAID_IO);
    ck_assert_ptr_null(labels);
    ck_assert_str_eq(err.where, "/nowhere/labels.tsv");
}
END_TEST

static TCase *cases(void) {
    TCase *t = tcase_create("speaker labels");
    tcase_add_test(t, a_statement_takes_its_label);
    tcase_add_test(t, what_the_table_leaves_out_keeps_what_it_has);
    tcase_add_test(t, labels_of_other_articles_change_nothing);
    tcase_add_loop_test(t, a_faulty_table_is_refused_by_its_line, 0,
                        sizeof refused / sizeof *refused);
    tcase_add_test(t, a_missing_table_is_named);
    return t;
}

SUITE_MAIN("speaker labels")
