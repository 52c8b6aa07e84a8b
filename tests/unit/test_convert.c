/* Annotated articles from one format to another and back: what went in comes out. */
#include "assert_spans.h"
#include "suite.h"
#include "test_files.h"

#include "base/buffer.h"
#include "corpus/convert.h"

#include <sys/stat.h>

/* Split and shared spans, characters beyond ASCII, labels of every kind, a line break in a span. */
#define ARTICLE                                                                                    \
    "title: The ferry’s last run\ndate: 2024-05-03\noutlet: Harrow Courier\nid: ferry-1\n"       \
    "note: Invented.\ntarget: ferry\n\n"                                                           \
    "{c1 “We were never asked,”} {s1,2 Zoë Blank, the harbour’s\npilot,} {k1 said}. "       \
    "{c1 “Not once.”} She {k2 hopes} {c2 that {m2 the ferry} stays}.\n\n"                      \
    "{s3 {s4 A clerk} {r3 who feared for his post}} {k3 told} us {c3 {s5 the council} "            \
    "{k5 wants} {c5 it gone}}; {k4 asked} {c4 when}, nobody knew. {c6 Tickets cost 4€.}\n\n"     \
    "@1 speaker=Zoë Blank | role=pilot | stance=for\n"                                            \
    "@2 speaker=Zoë Blank | kind=attitude | stance=for | stance bridge=against\n"                 \
    "@3 speaker=a clerk | grade=anonymous | doubtful=yes\n"                                        \
    "@4 speaker=a clerk | grade=- | kind=- | id=x\n"                                               \
    "@5 speaker=the council | grade=institution | kind=attitude | stance=against\n"                \
    "@6 grade=unattributed | kind=-\n"

static corpus *open_with_texts(const char *path, const char *texts) {
    corpus_open_options options = {.texts = texts, .keep_unknown = true};
    corpus *c = NULL;
    whosaid_error err = {0};
    whosaid_status status = corpus_open(&path, 1, &options, &c, &err);
    ck_assert_msg(status == WHOSAID_OK, "%s:%zu: %s", err.where, err.line, err.text);
    return c;
}

static corpus *open_path(const char *path) {
    return open_with_texts(path, NULL);
}

static whosaid_status collect(void *context, text_view piece, whosaid_error *err) {
    (void)err;
    return buffer_append_view(context, piece) ? WHOSAID_OK : WHOSAID_NO_MEMORY;
}

/* The corpus as one stream; valid until the second call after this one. */
static const char *written(const corpus *c, corpus_format format) {
    static buffer buffers[2];
    static unsigned next;
    buffer *b = &buffers[next++ % 2];
    buffer_free(b);
    *b = (buffer){0};
    whosaid_error err = {0};
    ck_assert_msg(corpus_write(c, format, collect, b, &err) == WHOSAID_OK, "%s", err.text);
    ck_assert(buffer_append(b, "", 1));
    return b->data;
}

static corpus *example(void) {
    write_file("ferry-1.marked", ARTICLE);
    return open_path(path_of("ferry-1.marked"));
}

START_TEST(json_lines_and_markup_hold_everything) {
    make_folder();
    corpus *first = example();
    write_file("a.jsonl", written(first, CORPUS_FORMAT_JSONL));
    corpus *second = open_path(path_of("a.jsonl"));
    ck_assert_int_eq(corpus_write_folder(second, CORPUS_FORMAT_MARKED, path_of("out"), NULL),
                     WHOSAID_OK);
    corpus *third = open_path(path_of("out/ferry-1.marked"));
    ck_assert_str_eq(written(third, CORPUS_FORMAT_JSONL), written(first, CORPUS_FORMAT_JSONL));
    ck_assert_str_eq(written(third, CORPUS_FORMAT_MARKED), written(first, CORPUS_FORMAT_MARKED));
    ck_assert_ptr_nonnull(strstr(written(first, CORPUS_FORMAT_JSONL), "\"type\":\"direct\""));
    corpus_free(third);
    corpus_free(second);
    corpus_free(first);
    remove_folder();
}
END_TEST

static void assert_same_spans(const span_list *a, const span_list *b) {
    ck_assert_uint_eq(a->count, b->count);
    for (size_t i = 0; i < a->count; i++) {
        ck_assert_uint_eq(a->items[i].begin, b->items[i].begin);
        ck_assert_uint_eq(a->items[i].end, b->items[i].end);
    }
}

static void assert_same_view(text_view a, text_view b) {
    ck_assert_msg(view_equal(a, b), "\"%.*s\", not \"%.*s\"", (int)a.len, a.ptr, (int)b.len, b.ptr);
}

static void assert_same_quote(const annotated_quote *a, const annotated_quote *b) {
    assert_same_view(a->id, b->id);
    assert_same_spans(&a->contents, &b->contents);
    assert_same_spans(&a->cues, &b->cues);
    assert_same_spans(&a->sources, &b->sources);
    assert_same_view(a->speaker_name, b->speaker_name);
    assert_same_view(a->speaker_role, b->speaker_role);
    ck_assert_int_eq(a->has_anonymity, b->has_anonymity);
    ck_assert_int_eq(a->grade, b->grade);
    assert_same_view(a->reason, b->reason);
    ck_assert_int_eq(a->has_kind, b->has_kind);
    ck_assert_int_eq(a->kind, b->kind);
    ck_assert_int_eq(a->doubtful, b->doubtful);
    ck_assert_uint_eq(a->stance_count, b->stance_count);
    for (size_t i = 0; i < a->stance_count; i++) {
        assert_same_view(a->stances[i].target, b->stances[i].target);
        assert_same_view(a->stances[i].label, b->stances[i].label);
    }
}

static void assert_same_quotes(const corpus *a, const corpus *b) {
    const annotated_article *x = corpus_article(a, 0), *y = corpus_article(b, 0);
    assert_same_view(x->text, y->text);
    ck_assert_uint_eq(x->quote_count, y->quote_count);
    for (size_t i = 0; i < x->quote_count; i++)
        assert_same_quote(&x->quotes[i], &y->quotes[i]);
}

/* brat cannot hold mentions: they are taken out first. */
static corpus *example_without_mentions(void) {
    char *plain = strdup(ARTICLE), *mention = strstr(plain, "{m2 the ferry}");
    memcpy(mention, "the old ferry.", 14);
    write_file("ferry-1.marked", plain);
    free(plain);
    return open_path(path_of("ferry-1.marked"));
}

START_TEST(standoff_holds_the_quotes) {
    make_folder();
    corpus *first = example_without_mentions();
    ck_assert_int_eq(corpus_write_folder(first, CORPUS_FORMAT_BRAT, path_of("out"), NULL),
                     WHOSAID_OK);
    ck_assert_uint_eq(corpus_faults(first)->count, 0);
    corpus *second = open_path(path_of("out"));
    ck_assert_uint_eq(corpus_size(second), 1);
    assert_same_quotes(first, second);
    corpus_free(second);
    corpus_free(first);
    remove_folder();
}
END_TEST

START_TEST(tables_hold_the_quotes) {
    make_folder();
    corpus *first = example_without_mentions();
    ck_assert_int_eq(corpus_write_folder(first, CORPUS_FORMAT_BRAT, test_folder, NULL), WHOSAID_OK);
    write_file("a.csv", written(first, CORPUS_FORMAT_CSV));
    corpus *second = open_with_texts(path_of("a.csv"), test_folder);
    assert_same_quotes(first, second);
    assert_same_view(corpus_article(second, 0)->title, corpus_article(first, 0)->title);
    assert_same_view(corpus_article(second, 0)->outlet, corpus_article(first, 0)->outlet);
    corpus_free(second);
    corpus_free(first);
    remove_folder();
}
END_TEST

START_TEST(a_table_without_places_finds_them) {
    make_folder();
    write_file(
        "a.csv",
        "\xEF\xBB\xBF"
        "article,text,quote_id,quote,cue,source,speaker,anonymity,target,stance,start,end\r\n"
        "a1,\"She said no. He said \"\"no,  or\nnever,\"\" she said. No, he said.\",q1,"
        "\"\"\"no, or never,\"\"\",said,she,Ida Roe,named,bridge,for,,\r\n"
        "a1,,q1,\"\"\"no, or never,\"\"\",said,she,Ida Roe,named,ferry,undecided,,\r\n"
        "a1,,q2,\"No, [...] said\",,he,'=him,,bridge,against,46,49\r\n");
    corpus *c = open_path(path_of("a.csv"));
    const annotated_article *a = corpus_article(c, 0);
    ck_assert_uint_eq(a->quote_count, 2);
    assert_spans(a, &a->quotes[0].contents, "\"no,  or\nnever,\"");
    assert_spans(a, &a->quotes[0].sources, "she");
    assert_spans(a, &a->quotes[0].cues, "said");
    ck_assert_uint_gt(a->quotes[0].cues.items[0].begin, a->quotes[0].contents.items[0].end);
    ck_assert_uint_eq(a->quotes[0].stance_count, 1);
    ck_assert(view_is(a->quotes[0].stances[0].target, "bridge"));
    assert_spans(a, &a->quotes[1].contents, "No,|said");
    assert_spans(a, &a->quotes[1].sources, "he");
    ck_assert(view_is(a->quotes[1].speaker_name, "=him"));
    corpus_free(c);
    remove_folder();
}
END_TEST

/* The report calls a text file by its path. */
START_TEST(a_table_finds_the_files_of_a_report) {
    make_folder();
    write_file("n.md", "No, he said.");
    write_file("n.txt", "Yes, she said.");
    write_file("a.csv", "article,quote,source\nnews/n.md,\"No,\",he\nold/n.txt,\"Yes,\",she\n");
    corpus *c = open_with_texts(path_of("a.csv"), test_folder);
    ck_assert_uint_eq(corpus_size(c), 2);
    assert_spans(corpus_article(c, 0), &corpus_article(c, 0)->quotes[0].sources, "he");
    assert_spans(corpus_article(c, 1), &corpus_article(c, 1)->quotes[0].sources, "she");
    corpus_free(c);
    remove_folder();
}
END_TEST

/* Written as annotators' tools write it: events, fragments, notes of others, CRLF. */
START_TEST(foreign_standoff_is_read) {
    make_folder();
    write_file("n.txt", "The mayor said on Monday the quay\nwas closed. Yes, he added.\n");
    write_file("n.ann", "T1\tCue 10 14\tsaid\r\n"
                        "T2\tSource 0 9\tThe mayor\r\n"
                        "T3\tContent 25 33;34 44\tthe quay was closed\r\n"
                        "E7\tAttribution:T1 Source:T2 Content:T3\r\n"
                        "A1\tNegated E7\r\n#1\tAnnotatorNotes E7\tcheck this\r\n*\tEquiv T1 T2\r\n"
                        "T8\tSource 51 53\the\r\n"
                        "T9\tCue 54 59\tadded\r\n"
                        "T10\tContent 46 50\tYes,\r\n"
                        "R1\tSource-of Arg1:T8 Arg2:T9\r\n"
                        "R2\tContent-of Arg1:T10 Arg2:T9\r\n"
                        "E9\tOther:T99\r\n");
    corpus *c;
    corpus_open_options options = {.collect_faults = true};
    const char *path = path_of("n.ann");
    ck_assert_int_eq(corpus_open(&path, 1, &options, &c, NULL), WHOSAID_OK);
    ck_assert_uint_eq(corpus_faults(c)->count, 1); /* T99 */
    corpus_free(c);
    c = NULL;
    write_file("n.ann", "T1\tCue 10 14\tsaid\nT2\tSource 0 9\tThe mayor\n"
                        "T3\tContent 25 33;34 44\tthe quay was closed\n"
                        "E7\tAttribution:T1 Source:T2 Content:T3\n"
                        "#1\tAnnotatorNotes E7\tcheck this\n"
                        "T8\tSource 51 53\the\nT9\tCue 54 59\tadded\nT10\tContent 46 50\tYes,\n"
                        "R1\tSource-of Arg1:T8 Arg2:T9\nR2\tContent-of Arg1:T10 Arg2:T9\n");
    c = open_path(path_of("n.ann"));
    const annotated_article *a = corpus_article(c, 0);
    ck_assert(view_is(a->id, "n"));
    ck_assert_uint_eq(a->quote_count, 2);
    ck_assert(view_is(a->quotes[0].id, "E7") && !a->quotes[0].has_anonymity);
    assert_spans(a, &a->quotes[0].cues, "said");
    assert_spans(a, &a->quotes[0].sources, "The mayor");
    assert_spans(a, &a->quotes[0].contents, "the quay|was closed");
    assert_spans(a, &a->quotes[1].cues, "added");
    assert_spans(a, &a->quotes[1].sources, "he");
    assert_spans(a, &a->quotes[1].contents, "Yes,");
    corpus_free(c);
    remove_folder();
}
END_TEST

/* A quote that holds nothing is no reason to refuse its article. */
START_TEST(empty_quotes_are_left_out) {
    make_folder();
    write_file("a.json",
               "{\"id\":\"a\",\"text\":\"Yes.\",\"quotes\":[{\"id\":\"e\",\"contents\":[]},"
               "{\"id\":\"f\",\"contents\":[{\"start\":0,\"end\":3}]}]}");
    static const corpus_format formats[] = {CORPUS_FORMAT_MARKED, CORPUS_FORMAT_BRAT};
    for (size_t i = 0; i < 2; i++) {
        corpus *c = open_path(path_of("a.json"));
        ck_assert_int_eq(corpus_write_folder(c, formats[i], path_of("out"), NULL), WHOSAID_OK);
        ck_assert_uint_eq(corpus_faults(c)->count, 0);
        corpus_free(c);
        c = open_path(path_of(i == 0 ? "out/a.marked" : "out/a.ann"));
        ck_assert_uint_eq(corpus_article(c, 0)->quote_count, 1);
        ck_assert(view_is(corpus_article(c, 0)->quotes[0].id, "f"));
        corpus_free(c);
    }
    remove_folder();
}
END_TEST

START_TEST(unknown_fields_survive_from_json_to_json) {
    make_folder();
    write_file("a.json", "{\"id\":\"a\",\"text\":\"Yes.\",\"annotator\":7,\"quotes\":"
                         "[{\"contents\":[{\"start\":0,\"end\":3}],\"mood\":[\"calm\"]}]}");
    corpus *c = open_path(path_of("a.json"));
    ck_assert_str_eq(written(c, CORPUS_FORMAT_JSONL),
                     "{\"id\":\"a\",\"text\":\"Yes.\",\"annotator\":7,\"quotes\":"
                     "[{\"contents\":[{\"start\":0,\"end\":3}],\"mood\":[\"calm\"]}]}\n");
    corpus_free(c);
    remove_folder();
}
END_TEST

static const struct {
    const char *json;
    corpus_format format;
    const char *words;
} refusals[] = {
    {"{\"id\":\"a\",\"text\":\"one two three\",\"quotes\":[{\"cue\":{\"start\":0,\"end\":7}},"
     "{\"cue\":{\"start\":4,\"end\":13}}]}",
     CORPUS_FORMAT_MARKED, "crosses"},
    {"{\"id\":\"a\",\"text\":\"one {two} three\"}", CORPUS_FORMAT_MARKED, "a brace"},
    {"{\"id\":\"a\",\"text\":\"one\\n@2 three\"}", CORPUS_FORMAT_MARKED, "looks like a label"},
    {"{\"id\":\"a\",\"text\":\"one two\",\"quotes\":[{\"cue\":{\"start\":3,\"end\":7}}]}",
     CORPUS_FORMAT_MARKED, "blank"},
    {"{\"id\":\"a\",\"text\":\"one\",\"quotes\":[{\"speaker\":\"x\"}]}", CORPUS_FORMAT_MARKED,
     "no span"},
    {"{\"id\":\"a\",\"text\":\"one\",\"quotes\":[{\"speaker\":\"x\"}]}", CORPUS_FORMAT_BRAT,
     "no span"},
    {"{\"id\":\"a\",\"text\":\"one\",\"quotes\":[{\"cue\":{\"start\":0,\"end\":3},"
     "\"speaker\":\"x | y\"}]}",
     CORPUS_FORMAT_BRAT, "label line"},
};

START_TEST(what_a_format_cannot_hold_is_named) {
    make_folder();
    write_file("a.json", refusals[_i].json);
    corpus *c = open_path(path_of("a.json"));
    ck_assert_int_eq(corpus_write_folder(c, refusals[_i].format, path_of("out"), NULL), WHOSAID_OK);
    ck_assert_uint_eq(corpus_faults(c)->count, 1);
    const corpus_fault *f = &corpus_faults(c)->items[0];
    ck_assert(view_is(f->where, "a"));
    ck_assert_msg(strstr(f->text.ptr, refusals[_i].words) != NULL, "%s", f->text.ptr);
    corpus_free(c);
    remove_folder();
}
END_TEST

static const struct {
    const char *suffix, *content, *words;
} bad_files[] = {
    {"csv", "article,quote\na,\"x", "quotation mark"},
    {"csv", "name,words\na,b\n", "name the columns"},
    {"csv", "article,quote\nnone,\"x\"\n", "cannot open"},
    {"csv", "article,text,quote\na,Some text.,other words\n", "is not in the article's text"},
    {"csv", "article,text,quote,spans\na,Some text.,x,c0-99\n", "\"spans\""},
    {"csv", "article,text,quote,spans\na,Some text.,x,7-9\n", "\"spans\""},
    {"csv", "article,text,quote,anonymity\na,Some text.,Some,secret\n", "grade \"secret\""},
    {"ann", "T1\tCue 0 4\tsaid\nE1\tAttribution:T1\n", "its text"},
};

START_TEST(faulty_tables_and_standoff_are_named) {
    make_folder();
    char file_name[16];
    snprintf(file_name, sizeof file_name, "a.%s", bad_files[_i].suffix);
    write_file(file_name, bad_files[_i].content);
    const char *path = path_of(file_name);
    for (int collected = 0; collected < 2; collected++) {
        corpus_open_options options = {.texts = test_folder, .collect_faults = collected};
        corpus *c = NULL;
        whosaid_error err = {0};
        whosaid_status status = corpus_open(&path, 1, &options, &c, &err);
        ck_assert_int_eq(status == WHOSAID_OK, collected);
        const char *text = collected ? corpus_faults(c)->items[0].text.ptr : err.text;
        ck_assert_msg(strstr(text, bad_files[_i].words) != NULL, "%s", text);
        corpus_free(c);
    }
    remove_folder();
}
END_TEST

static const struct {
    const char *ann, *words;
} bad_standoff[] = {
    {"T1\tCue 0 9\tsaid\n", "T1 is not"},
    {"T1\tCue 0 4\twent\n", "does not stand there"},
    {"T1\tCue 3 3\t\n", "T1 is not"},
    {"T1 Cue 0 4 said\n", "not followed by a tab"},
    {"E1\tAttribution:T5\n", "there is no T5"},
    {"Ex\tAttribution:T5\n", "is not an id"},
    {"T1\tCue 0 4\tsaid\nE1\tAttribution:T1\n#1\tWhosaid E1\tgrade=x\n", "unknown grade"},
};

START_TEST(faults_in_standoff_are_named) {
    make_folder();
    write_file("a.txt", "said it");
    write_file("a.ann", bad_standoff[_i].ann);
    const char *path = path_of("a.ann");
    corpus *c;
    whosaid_error err = {0};
    ck_assert_int_eq(corpus_load(&path, 1, &c, &err), WHOSAID_SYNTAX);
    ck_assert_msg(strstr(err.text, bad_standoff[_i].words) != NULL, "%s", err.text);
    remove_folder();
}
END_TEST

START_TEST(articles_of_one_name_get_files_of_their_own) {
    make_folder();
    write_file("a.jsonl", "{\"id\":\"x/y\",\"text\":\"one\"}\n{\"id\":\"x/y\",\"text\":\"two\"}\n"
                          "{\"id\":\"..\",\"text\":\"three\"}\n"
                          "{\"id\":\"x/y~2\",\"text\":\"four\"}\n");
    corpus *c = open_path(path_of("a.jsonl"));
    ck_assert_int_eq(corpus_write_folder(c, CORPUS_FORMAT_BRAT, path_of("out"), NULL), WHOSAID_OK);
    static const char *const files[] = {"out/x_y.txt", "out/x_y~2.txt", "out/_..txt",
                                        "out/x_y_2.txt"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct stat info;
        ck_assert_msg(stat(path_of(files[i]), &info) == 0, "%s", files[i]);
    }
    ck_assert_int_eq(corpus_write(c, CORPUS_FORMAT_MARKED, collect, NULL, NULL), WHOSAID_USAGE);
    ck_assert_int_eq(corpus_write(c, CORPUS_FORMAT_BRAT, collect, NULL, NULL), WHOSAID_USAGE);
    ck_assert_int_eq(corpus_write_folder(c, CORPUS_FORMAT_CSV, test_folder, NULL), WHOSAID_USAGE);
    corpus_free(c);
    remove_folder();
}
END_TEST

static TCase *cases(void) {
    TCase *t = tcase_create("convert");
    tcase_add_test(t, json_lines_and_markup_hold_everything);
    tcase_add_test(t, standoff_holds_the_quotes);
    tcase_add_test(t, tables_hold_the_quotes);
    tcase_add_test(t, a_table_without_places_finds_them);
    tcase_add_test(t, a_table_finds_the_files_of_a_report);
    tcase_add_test(t, foreign_standoff_is_read);
    tcase_add_test(t, empty_quotes_are_left_out);
    tcase_add_test(t, unknown_fields_survive_from_json_to_json);
    tcase_add_loop_test(t, what_a_format_cannot_hold_is_named, 0,
                        sizeof refusals / sizeof *refusals);
    tcase_add_loop_test(t, faulty_tables_and_standoff_are_named, 0,
                        sizeof bad_files / sizeof *bad_files);
    tcase_add_loop_test(t, faults_in_standoff_are_named, 0,
                        sizeof bad_standoff / sizeof *bad_standoff);
    tcase_add_test(t, articles_of_one_name_get_files_of_their_own);
    return t;
}

SUITE_MAIN("convert")
