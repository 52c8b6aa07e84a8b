/* Which quotation marks open and close, and what belongs to a quotation. "{" stands before a mark
 * that opens, "}" behind one that closes. All sentences are invented. */
#include "segmented.h"

#include <time.h>

#define COUNT(table) (int)(sizeof(table) / sizeof *(table))

static const struct {
    const char *text, *expected;
} mark_cases[] = {
    /* doubles */
    {"\"We will,\" Diaz said, \"hit back.\"", "{\" We will , \"} Diaz said , {\" hit back . \"}"},
    {"“We will,” Diaz said, “hit back.”", "{“ We will , ”} Diaz said , {“ hit back . ”}"},
    {"The \"ceasefire\" lasted. \"Dune\" won.",
     "The {\" ceasefire \"} lasted . | {\" Dune \"} won ."},
    {"``No,'' she said.", "{`` No , ''} she said ."},
    {"''We go,'' he said. ''Now it's 'late,''' she said.",
     "{'' We go , ''} he said . | {'' Now it 's {' late , '} ''} she said ."},
    {"„Ja“, sagt er. „Nein”, sagt sie.", "{„ Ja “} , sagt er . | {„ Nein ”} , sagt sie ."},
    {"« Oui », dit-il. »Ja«, sagt sie.", "{« Oui »} , dit-il . | {» Ja «} , sagt sie ."},
    {"”Ja,” sa hon.", "{” Ja , ”} sa hon ."},
    {"\" Loose marks \" are seen.", "{\" Loose marks \"} are seen ."},
    {"He said:\"Go.\"", "He said : {\" Go . \"}"},
    {"Wait—\"no\"—yes. (\"Go\")", "Wait — {\" no \"} — yes . | ( {\" Go \"} )"},
    /* singles and apostrophes */
    {"'It's the boys' choice,' Lee said.", "{' It 's the boys ' choice , '} Lee said ."},
    {"‘It’s the boys’ choice,’ Lee said.", "{‘ It ’s the boys ’ choice , ’} Lee said ."},
    {"The boys' choice and the girls' room.", "The boys ' choice and the girls ' room ."},
    {"He called it 'the works' today.", "He called it {' the works '} today ."},
    {"They like rock 'n' roll, the '90s and 'em all.",
     "They like rock 'n' roll , the '90s and 'em all ."},
    {"‘We’re runnin’ late,’ she said.", "{‘ We ’re runnin ’ late , ’} she said ."},
    {"'I don't know,' he said. 'It isn't mine.'",
     "{' I do n't know , '} he said . | {' It is n't mine . '}"},
    {"The ‘ceasefire’ failed.", "The {‘ ceasefire ’} failed ."},
    {"It is the Joneses’ house, said Obi’s aide.",
     "It is the Joneses ’ house , said Obi ’s aide ."},
    {"At 5'11\" he is tall. \"Yes,\" he said.",
     "At 5'11 \" he is tall . | {\" Yes , \"} he said ."},
    {"A 6\" pipe and a 12\" one.", "A 6 \" pipe and a 12 \" one ."},
    /* nested */
    {"\"She told me 'run',\" Omar said.", "{\" She told me {' run '} , \"} Omar said ."},
    {"“She told me ‘run’,” Omar said.", "{“ She told me {‘ run ’} , ”} Omar said ."},
    {"\"He said 'no.'\" She left.", "{\" He said {' no . '} \"} | She left ."},
    {"'She told me \"run\",' Omar said.", "{' She told me {\" run \"} , '} Omar said ."},
    {"“He said “no” to me,” she said.", "{“ He said {“ no ”} to me , ”} she said ."},
    {"\"He said \"no\" to me,\" she said.", "{\" He said {\" no \"} to me , \"} she said ."},
    /* missing and stray marks */
    {"\"They left, Kim said. \"We stay,\" Lee said.",
     "{\" They left , Kim said . | {\" We stay , \"} Lee said ."},
    {"They left,\" Kim said.", "They left , \"} Kim said ."},
    {"They left,” Kim said. “No.”", "They left , ”} Kim said . | {“ No . ”}"},
    {"“They left,\" Kim said.", "{“ They left , \"} Kim said ."},
    {"\"They left,” Kim said.", "{\" They left , ”} Kim said ."},
    {"“A "
     "\"b\" c,” he said.",
     "{“ A {\" b \"} c , ”} he said ."},
    {"\"The boys' room is 'closed,\" Kim said.",
     "{\" The boys ' room is ' closed , \"} Kim said ."},
    {"\"\"=", "{\" \"} ="},
    {"\"", "{\""},
    {"'", "'"},
    {"”", "”}"},
};

START_TEST(marks_open_and_close) {
    article a = segmented(mark_cases[_i].text);
    ck_assert_str_eq(written(&a, true), mark_cases[_i].expected);
    arena_free(a.arena);
}
END_TEST

static const char *quotation_text(const article *a, size_t index) {
    static char copy[256];
    text_view text = range_text(a, a->quotations[index].tokens);
    snprintf(copy, sizeof copy, "%.*s", (int)text.len, text.ptr);
    return copy;
}

START_TEST(a_long_quotation_is_continued) {
    article a = segmented("She spoke. “The first part.\n\n“The ‘second’ part.\n\n“The last,” Park "
                          "said.\n\n“Another,” Lee said.");
    ck_assert_uint_eq(a.quotation_count, 5);
    ck_assert_uint_eq(a.quotations[0].continued_by, 1);
    ck_assert_uint_eq(a.quotations[1].continued_by, 3);
    ck_assert_uint_eq(a.quotations[3].continued_by, UINT32_MAX);
    ck_assert(!a.quotations[0].closed && !a.quotations[1].closed && a.quotations[3].closed);
    ck_assert_uint_eq(a.quotations[2].depth, 2);
    ck_assert_str_eq(quotation_text(&a, 2), "‘second’");
    ck_assert_str_eq(quotation_text(&a, 3), "“The last,”");
    static const bool continues[] = {false, true, true, false};
    for (int i = 0; i < 4; i++)
        ck_assert_int_eq(a.paragraphs[i].continues_quotation, continues[i]);
    arena_free(a.arena);
}
END_TEST

START_TEST(straight_and_single_marks_are_continued_too) {
    article a = segmented("\"The first part.\n\n\"The last,\" Park said.\n\n'We went on.\n\n'It's "
                          "over,' Lee said.");
    ck_assert_uint_eq(a.quotation_count, 4);
    ck_assert_uint_eq(a.quotations[0].continued_by, 1);
    ck_assert_uint_eq(a.quotations[2].continued_by, 3);
    ck_assert_str_eq(quotation_text(&a, 3), "'It's over,'");
    arena_free(a.arena);
}
END_TEST

START_TEST(inner_quotations_are_continued_with_the_outer) {
    article a = segmented("“He told me, ‘Go on.\n\n“‘Go on till noon.’ I went.”");
    ck_assert_uint_eq(a.quotation_count, 4);
    ck_assert_uint_eq(a.quotations[0].continued_by, 2);
    ck_assert_uint_eq(a.quotations[1].continued_by, 3);
    ck_assert(a.quotations[2].closed && a.quotations[3].closed);
    arena_free(a.arena);
}
END_TEST

START_TEST(an_odd_mark_spoils_one_paragraph_only) {
    article a =
        segmented("\"They left, Kim said.\n\nHe was \"calm\" then.\n\n\"We stay,\" she said.");
    ck_assert_uint_eq(a.quotation_count, 3);
    ck_assert(!a.quotations[0].closed);
    ck_assert_uint_eq(a.quotations[0].continued_by, UINT32_MAX);
    ck_assert_uint_eq(a.quotations[0].tokens.end, a.paragraphs[0].tokens.end);
    ck_assert_str_eq(quotation_text(&a, 1), "\"calm\"");
    ck_assert_str_eq(quotation_text(&a, 2), "\"We stay,\"");
    ck_assert(!a.paragraphs[1].continues_quotation && !a.paragraphs[2].continues_quotation);
    arena_free(a.arena);
}
END_TEST

START_TEST(depth_counts_the_quotations_around) {
    article a = segmented("He: “a ‘b’ c” d");
    static const uint8_t depths[] = {0, 0, 1, 1, 2, 2, 2, 1, 1, 0};
    ck_assert_uint_eq(a.token_count, sizeof depths);
    for (uint32_t i = 0; i < sizeof depths; i++)
        ck_assert_uint_eq(a.tokens[i].quote_depth, depths[i]);
    arena_free(a.arena);
}
END_TEST

static const struct {
    const char *piece;
    const char *behind;
} flood_cases[] = {{"\"", ""},  {"“", ""},     {"“", "”"},       {"'", ""},    {"‘", ""},
                   {"\" ", ""}, {"s' ", ""},   {"“a ‘", ""},     {"\"a ", ""}, {"„", "“"},
                   {"«", "»"},  {"'a ", "a'"}, {"U.S.com.", ""}, {"<a", ""},   {"@a.", ""}};

/* A hundred thousand marks, nested where they can be: quick, and the depth stays bounded. */
START_TEST(floods_of_marks_take_linear_time) {
    enum { PIECES = 100000 };
    const char *piece = flood_cases[_i].piece, *behind = flood_cases[_i].behind;
    size_t piece_len = strlen(piece), behind_len = strlen(behind);
    size_t len = PIECES * (piece_len + behind_len);
    char *text = malloc(len);
    for (size_t i = 0; i < PIECES; i++) {
        memcpy(text + i * piece_len, piece, piece_len);
        memcpy(text + PIECES * piece_len + i * behind_len, behind, behind_len);
    }
    clock_t start = clock();
    article a = segmented_bytes(text, len);
    double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
    ck_assert_msg(seconds < 10, "%g s", seconds);
    for (size_t q = 0; q < a.quotation_count; q++)
        ck_assert_uint_gt(a.quotations[q].depth, 0);
    arena_free(a.arena);
    free(text);
}
END_TEST

static TCase *cases(void) {
    TCase *t = tcase_create("quotations");
    tcase_set_timeout(t, 60);
    tcase_add_loop_test(t, marks_open_and_close, 0, COUNT(mark_cases));
    tcase_add_test(t, a_long_quotation_is_continued);
    tcase_add_test(t, straight_and_single_marks_are_continued_too);
    tcase_add_test(t, inner_quotations_are_continued_with_the_outer);
    tcase_add_test(t, an_odd_mark_spoils_one_paragraph_only);
    tcase_add_test(t, depth_counts_the_quotations_around);
    tcase_add_loop_test(t, floods_of_marks_take_linear_time, 0, COUNT(flood_cases));
    return t;
}

SUITE_MAIN("quotations")
