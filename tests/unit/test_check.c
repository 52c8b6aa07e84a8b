/* What the corpus check finds: each kind of fault in a corpus that has it, and silence for one that
 * is sound. */
#include "suite.h"
#include "test_files.h"

#include "corpus/check_steps.h"
#include "stance/target.h"

#define HEAD "title: On the pier\ndate: 2024-05-03\noutlet: Courier\nnote: Invented.\ntarget: t\n\n"

static const char sound[] =
    HEAD "{c1 “It was over,”} {s1 Ana Ruiz} {k1 said}. {s2 The harbour} {k2 denied} {c2 that the "
         "“bell” had rung}.\n\n@1 speaker=Ana Ruiz | stance=favor\n"
         "@2 speaker=the harbour | grade=institution | stance=neutral\n";

static corpus_check *check_folder(void) {
    const char *path = test_folder;
    corpus_open_options options = {.collect_faults = true};
    corpus *c;
    corpus_check *check;
    target *toward;
    static const text_view labels[] = {{"favor", 5}, {"caution", 7}, {"neutral", 7}};
    whosaid_error err = {0};
    ck_assert_int_eq(corpus_open(&path, 1, &options, &c, &err), WHOSAID_OK);
    ck_assert_int_eq(target_from_name(VIEW("t"), labels, 3, &toward, &err), WHOSAID_OK);
    ck_assert_int_eq(corpus_check_run(c, toward, &check, &err), WHOSAID_OK);
    target_free(toward);
    corpus_free(c);
    return check;
}

static size_t unsound_count(const corpus_check *check) {
    size_t count = 0;
    for (int kind = 0; kind < CHECK_KIND_COUNT; kind++)
        if (check_kind_is_unsound((check_kind)kind)) count += check->kind_counts[kind];
    return count;
}

START_TEST(a_sound_corpus_is_counted) {
    make_folder();
    write_file("a.marked", sound);
    corpus_check *check = check_folder();
    ck_assert_uint_eq(check->finding_count, 0);
    ck_assert_uint_eq(check->article_count, 1);
    ck_assert_uint_eq(check->quote_count, 2);
    ck_assert_uint_eq(check->word_count, 14);
    ck_assert_uint_eq(check->statement_word_count, 8);
    ck_assert_uint_eq(check->quoted_count, 2);
    ck_assert_uint_eq(check->vocabulary[VOCABULARY_STEPS - 1], 13);
    ck_assert_uint_eq(check->column_count, 2);
    ck_assert(view_is(check->columns[0], "favor") && view_is(check->columns[1], "neutral"));
    const count_table *cues = &check->tables[0];
    ck_assert_uint_eq(cues->row_count, 2);
    ck_assert(view_is(cues->rows[0].word, "deny") && view_is(cues->rows[1].word, "say"));
    ck_assert_uint_eq(cues->rows[0].counts[0], 0);
    ck_assert_uint_eq(cues->rows[0].counts[1], 1);
    corpus_check_free(check);
    remove_folder();
}
END_TEST

/* A second article beside the sound one, and the one thing that is wrong with it. */
static const struct {
    const char *content;
    check_kind kind;
    const char *words;
} faults[] = {
    {HEAD "{c1 So it was} over.", CHECK_UNREADABLE, "no label line @1"},
    {HEAD "{c1 So it was,} {s1 he} {k1 said}.\n@1 stance=favor", CHECK_MISSING, "no speaker"},
    {HEAD "{c1 So it was,} {s1 he} {k1 said}.\n@1 speaker=he", CHECK_MISSING, "no stance"},
    {HEAD "{c1 So it was,} {s1 he} {k1 said}.\n@1 speaker=he | grade=- | stance=favor",
     CHECK_MISSING, "no anonymity grade"},
    {HEAD "{c1 So he was,} {k1 saying}.\n@1 speaker=he | stance=favor", CHECK_MISSING, "no source"},
    {HEAD "{s1 He} {k1 said} so.\n@1 speaker=he | stance=favor", CHECK_MISSING, "no content"},
    {HEAD "{c1 So it was}.\n@1 grade=unattributed | stance=favor", CHECK_MISSING,
     "neither cue nor source"},
    {"title: T\ndate: 2024-05-03\noutlet: O\ntarget: t\n\nWords.", CHECK_MISSING, "no note"},
    {"title: T\ndate: May 3\noutlet: O\nnote: N\n\nWords.", CHECK_LABEL, "\"May 3\""},
    {HEAD "{c1 So it was,} {s1 Roe} {k1 said}.\n@1 speaker=Ida Roe | stance=favor", CHECK_LABEL,
     "\"Ida Roe\" is not in the article"},
    {HEAD "{c1 So it was,} {s1 he} {k1 said}.\n@1 speaker=he | stance=favour", CHECK_LABEL,
     "no label \"favour\""},
    {HEAD "{c1 So it was,} {k1 we hear}.\n@1 speaker=x | grade=unattributed | stance=favor",
     CHECK_LABEL, "has a speaker"},
    {HEAD "{s1 He} {k1 said,} {c1 so it was}.\n@1 speaker=he | stance=favor", CHECK_SPAN, "comma"},
    {HEAD "{s1 He} {k1 was glad} then {k1 to say} {c1 so}.\n@1 speaker=he | stance=favor",
     CHECK_SPAN, "more than one span"},
    {HEAD "{k1 In {s1 his} view}, {c1 it was so}.\n@1 speaker=his | stance=favor", CHECK_SPAN,
     "the cue overlaps its own source"},
    {HEAD "{s1 He} said {c1 it was {k1 so}}.\n@1 speaker=he | stance=favor", CHECK_SPAN,
     "the cue overlaps"},
    {HEAD "“{c1 So it was,}” {s1 he} {k1 said}.\n@1 speaker=he | stance=favor", CHECK_SPAN,
     "quotation marks outside"},
    {HEAD "{c1 “So it was}” {s1 he} {k1 said}.\n@1 speaker=he | stance=favor", CHECK_SPAN,
     "closing quotation mark outside"},
    {HEAD "{c1 No boat had left since noon,} {s1 he} {k1 said}. Then {s2 he} {k2 added}: {c2 No "
          "boat had left since noon}.\n@1 speaker=he | stance=favor\n@2 speaker=he | stance=favor",
     CHECK_SAME, "the same words as q1"},
    {HEAD "{c1 No boat that carries grain has left the long pier since noon on Tuesday}, {s1,2 he} "
          "{k1 said}, and {k2 added}: {c2 No boat that carries grain has left the long pier since "
          "noon on "
          "Friday}.\n@1 speaker=he | stance=favor\n@2 speaker=he | stance=favor",
     CHECK_ALIKE, "nearly the same words as q1"},
};

START_TEST(a_fault_is_found_and_nothing_else) {
    make_folder();
    write_file("a.marked", sound);
    write_file("b.marked", faults[_i].content);
    corpus_check *check = check_folder();
    size_t of_kind = check->kind_counts[faults[_i].kind];
    ck_assert_uint_eq(of_kind, 1);
    ck_assert_uint_eq(unsound_count(check), 1);
    const check_finding *f = NULL;
    for (size_t i = 0; i < check->finding_count; i++)
        if (check->findings[i].kind == faults[_i].kind) f = &check->findings[i];
    ck_assert_msg(strstr(f->text.ptr, faults[_i].words) != NULL, "%s", f->text.ptr);
    ck_assert_msg(strstr(f->where.ptr, "/b.marked") != NULL, "%s", f->where.ptr);
    corpus_check_free(check);
    remove_folder();
}
END_TEST

START_TEST(articles_alike_are_found) {
    make_folder();
    write_file("a.jsonl",
               "{\"text\":\"The ferry left the long pier at noon with grain for the islands and "
               "came back at dusk with nobody on board but the pilot.\"}\n"
               "{\"text\":\"The ferry left the long pier at noon with grain for the islands and "
               "came back at dusk with nobody on board but a dog.\"}\n"
               "{\"text\":\"Nothing that was written here has ever been written in any other file "
               "of this folder, which makes it new.\"}\n");
    corpus_check *check = check_folder();
    ck_assert_uint_eq(check->kind_counts[CHECK_ALIKE], 1);
    ck_assert_uint_eq(unsound_count(check), 1);
    ck_assert_uint_eq(check->findings[0].line, 2);
    corpus_check_free(check);
    remove_folder();
}
END_TEST

/* Parts that no article has are not asked for: a corpus of contents and stances is sound. */
START_TEST(layers_that_are_absent_are_not_missing) {
    make_folder();
    write_file("a.jsonl",
               "{\"text\":\"It was so.\",\"quotes\":[{\"contents\":[{\"start\":0,\"end\":"
               "9}],\"stances\":[{\"target\":\"t\",\"label\":\"favor\"}]}]}");
    corpus_check *check = check_folder();
    ck_assert_uint_eq(check->finding_count, 0);
    corpus_check_free(check);
    remove_folder();
}
END_TEST

START_TEST(a_cue_with_one_label_is_named) {
    make_folder();
    for (int i = 0; i < 12; i++) {
        char file_name[32], content[256];
        snprintf(file_name, sizeof file_name, "%d.marked", i);
        snprintf(content, sizeof content,
                 HEAD "{s1 He} {k1 warned} {c1 of %d}.\n@1 speaker=he | stance=%s", i,
                 i < 10 ? "caution" : "favor");
        write_file(file_name, content);
    }
    corpus_check *check = check_folder();
    ck_assert_uint_eq(unsound_count(check), 0);
    ck_assert_uint_eq(check->kind_counts[CHECK_BALANCE], 2); /* the cue, and the pronouns */
    ck_assert_str_eq(check->findings[0].text.ptr,
                     "cue \"warn\": 10 of 12 statements are \"caution\"");
    corpus_check_free(check);
    remove_folder();
}
END_TEST

static const struct {
    const char *cue, *verb;
} verbs[] = {
    {"said", "say"},
    {"would not say", "say"},
    {"has repeatedly called for", "call"},
    {"according to", "according"},
    {"Urged", "urge"},
    {"was urging", "urge"},
    {"urges", "urge"},
    {"had flatly denied", "deny"},
    {"denies", "deny"},
    {"argued", "argue"},
    {"stated", "state"},
    {"repeated", "repeat"},
    {"explained", "explain"},
    {"described", "describe"},
    {"admitted", "admit"},
    {"added", "add"},
    {"stressed", "stress"},
    {"stresses", "stress"},
    {"proposed", "propose"},
    {"announcing", "announce"},
    {"believes", "believe"},
    {"agreed", "agree"},
    {"could not be reached", "reach"},
    {":", ":"},
    {"in", "in"},
};

START_TEST(cues_are_grouped_by_their_verb) {
    arena *a = arena_new();
    text_view verb = cue_verb(a, view_of(verbs[_i].cue));
    ck_assert_str_eq(verb.ptr, verbs[_i].verb);
    arena_free(a);
}
END_TEST

static TCase *cases(void) {
    TCase *t = tcase_create("check");
    tcase_add_test(t, a_sound_corpus_is_counted);
    tcase_add_loop_test(t, a_fault_is_found_and_nothing_else, 0, sizeof faults / sizeof *faults);
    tcase_add_test(t, articles_alike_are_found);
    tcase_add_test(t, layers_that_are_absent_are_not_missing);
    tcase_add_test(t, a_cue_with_one_label_is_named);
    tcase_add_loop_test(t, cues_are_grouped_by_their_verb, 0, sizeof verbs / sizeof *verbs);
    return t;
}

SUITE_MAIN("check")
