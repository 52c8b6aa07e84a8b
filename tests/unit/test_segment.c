/* Tokens, sentences and paragraphs. All sentences are invented. */
#include "segmented.h"

#include "base/utf8.h"
#include "segment/abbreviations.h"
#include "segment/characters.h"
#include "segment/composed_text.h"

#define COUNT(table) (int)(sizeof(table) / sizeof *(table))

typedef struct written_case {
    const char *text, *expected;
} written_case;

static const written_case token_cases[] = {
    {"It's Lee's; they'll say I'm here, we've won.",
     "It 's Lee 's ; they 'll say I 'm here , we 've won ."},
    {"It’s Lee’s; they’ll say I’m here.", "It ’s Lee ’s ; they ’ll say I ’m here ."},
    {"Don't, won’t, CAN'T, wouldn't've.", "Do n't , wo n’t , CA N'T , would n't 've ."},
    {"We cannot, I'm gonna.", "We can not , I 'm gon na ."},
    {"O'Hara and D’Arcy met at 5 o'clock.", "O'Hara and D’Arcy met at 5 o'clock ."},
    {"The U.S. and U.K. met at 5 a.m. on Friday.", "The U.S. and U.K. met at 5 a.m. on Friday ."},
    {"It cost $3,000.5, or 10% of US$4bn.", "It cost $ 3,000.5 , or 10 % of US $ 4bn ."},
    {"A well-known 9/11 and/or 5-foot-3 AT&T case at 9:30.",
     "A well-known 9/11 and/or 5-foot-3 AT&T case at 9:30 ."},
    {"So ... maybe… or . . . not....", "So ... maybe … or . . . not ...."},
    {"Yes -- no — perhaps–never---ever.", "Yes -- no — perhaps – never --- ever ."},
    {"(one) [two] {three}", "( one ) [ two ] { three }"},
    {"See https://example.org/a_b?c=(1), or www.example.com.",
     "See https://example.org/a_b?c=(1 ) , or www.example.com ."},
    {"Mail obi.park@example.co.uk, ask @obi_park about #Ferry2031 or #5.",
     "Mail obi.park@example.co.uk , ask @obi_park about #Ferry2031 or # 5 ."},
    {"Rock 'n' roll of the '90s and the ’60s, 'em all.",
     "Rock 'n' roll of the '90s and the ’60s , 'em all ."},
    {"Really?! No!!", "Really ?! | No !!"},
    {"the boys' boat; the Joneses’ car", "the boys ' boat ; the Joneses ’ car"},
    {"\"Hamlet\"'s end", "\" Hamlet \" 's end"},
    {"He is 6'2\" tall.", "He is 6'2 \" tall ."},
    {"Ph.D. students like 3.5 of Factcheck.org's notes.",
     "Ph.D. students like 3.5 of Factcheck.org 's notes ."},
    {"The U.S.-led and A.F.L.-C.I.O. talks", "The U.S.-led and A.F.L.-C.I.O. talks"},
    {"D-Calif. and then-Sen. Obi, AFL-CIO", "D-Calif. and then-Sen. Obi , AFL-CIO"},
    {"«Oui», „ja“, ‹si›, ‚so‘, ``yes''", "« Oui » , „ ja “ , ‹ si › , ‚ so ‘ , `` yes ''"},
    {"Zoë Ångström's café, Київ’s", "Zoë Ångström 's café , Київ ’s"},
    {"a\xC2\xA0"
     "b\xE2\x80\xA8"
     "c\xEF\xBB\xBF"
     "d\te\r\nf",
     "a b c d e f"},
    {"co\xC2\xADoperate", "co\xC2\xADoperate"},
    {"😀 50° € 5 ½", "😀 50 ° € 5 ½"},
    {"<b>Bold</b> 3 < 4", "<b> Bold </b> 3 < 4"},
    {"1,2,3 and 10,000,000", "1 , 2 , 3 and 10,000,000"},
    {"-12 degrees, up +5", "-12 degrees , up +5"},
};

static const written_case sentence_cases[] = {
    {"Mr. Obi met Sen. Ruiz. Lt. Col. Park left.",
     "Mr. Obi met Sen. Ruiz . | Lt. Col. Park left ."},
    {"J. R. Smith said no. Dr. Ito agreed.", "J. R. Smith said no . | Dr. Ito agreed ."},
    {"He left the U.S. The plane was late.", "He left the U.S. | The plane was late ."},
    {"The U.S. Army came. U.S. President Cole left.",
     "The U.S. Army came . | U.S. President Cole left ."},
    {"It began at 5 p.m. They left at 6 a.m. Friday.",
     "It began at 5 p.m. | They left at 6 a.m. Friday ."},
    {"See No. 5 on the list. I say no. He left.",
     "See No. 5 on the list . | I say no . | He left ."},
    {"Harrow Inc. The firm grew. Harrow Corp. shares rose.",
     "Harrow Inc. | The firm grew . | Harrow Corp. shares rose ."},
    {"\"We left. We ran,\" he said.", "\" We left . | We ran , \" he said ."},
    {"“We left.” She ran.", "“ We left . ” | She ran ."},
    {"(He left.) She ran.", "( He left . ) | She ran ."},
    {"“Why?” he asked. “Why now?” Deputy Mayor Obi asked.",
     "“ Why ? ” he asked . | “ Why now ? ” Deputy Mayor Obi asked ."},
    {"“Are you there?” The man nodded.", "“ Are you there ? ” | The man nodded ."},
    {"Jeb! was better. Is it? Yes.", "Jeb ! was better . | Is it ? | Yes ."},
    {"We ... wait. We waited ... The end.", "We ... wait . | We waited ... | The end ."},
    {"On Sept. 5 Gen. Cole, of St. Ives, left.", "On Sept. 5 Gen. Cole , of St. Ives , left ."},
    {"Pell (D-Calif.) said so.", "Pell ( D-Calif. ) said so ."},
    {"Q: Did it work? A: It did.", "Q : Did it work ? | A : It did ."},
    {"He said. \"We go.\" 'Now.' She ran.", "He said . | \" We go . \" | ' Now . ' | She ran ."},
    {"Give me Plan B.", "Give me Plan B ."},
    {"She and I. Then he.", "She and I . | Then he ."},
    {"Obi et al. said so, e.g. in Kyiv, vs. Park.",
     "Obi et al. said so , e.g. in Kyiv , vs. Park ."},
};

static const written_case paragraph_cases[] = {
    {"One.\n\nTwo.", "One . || Two ."},
    {"One\ntwo.\n\nThree.", "One two . || Three ."},
    {"One.\r\n \t\r\n\r\nTwo.\r\n", "One . || Two ."},
    {"\xEF\xBB\xBF\n\nOne.\n\xC2\xA0\nTwo.", "One . || Two ."},
    {"The first one.\nThe second one.\nThe third one.",
     "The first one . || The second one . || The third one ."},
    {"The first line\nof wrapped\nprose ends\nhere.",
     "The first line of wrapped prose ends here ."},
    {"Head\nThe first one.\nThe second one.", "Head || The first one . || The second one ."},
    {"One\ftwo", "One || two"},
    {"Q: Did it\nwork?\nA: It did.\n\nREP. LEE (D-Iowa): No.\nMAYOR OBI: Yes.",
     "Q : Did it work ? || A : It did . || REP. LEE ( D-Iowa ) : No . || MAYOR OBI : Yes ."},
    {"Q. Did it work\nat all?\nA. It did.\n\nEnd", "Q. Did it work at all ? || A. It did . || End"},
    {"", ""},
    {" \n\n \n", ""},
};

static void check_case(const written_case *c) {
    article a = segmented(c->text);
    ck_assert_str_eq(written(&a, false), c->expected);
    arena_free(a.arena);
}

START_TEST(tokens_are_cut_as_the_treebank_does) {
    check_case(&token_cases[_i]);
}
END_TEST

START_TEST(sentences_end_where_they_end) {
    check_case(&sentence_cases[_i]);
}
END_TEST

START_TEST(paragraphs_follow_blank_lines_or_lines) {
    check_case(&paragraph_cases[_i]);
}
END_TEST

/* The promises of article.h, for any bytes that are valid UTF-8. */
static void check_record(const article *a) {
    size_t position = a->body.begin;
    for (uint32_t i = 0; i < a->token_count; i++) {
        const token *t = &a->tokens[i];
        ck_assert_uint_le(position, t->bytes.begin);
        ck_assert_uint_lt(t->bytes.begin, t->bytes.end);
        ck_assert(utf8_is_boundary((unsigned char)a->text.ptr[t->bytes.begin]));
        position = t->bytes.end;
        ck_assert(range_contains(a->sentences[t->sentence].tokens, i));
        ck_assert(range_contains(a->paragraphs[t->paragraph].tokens, i));
        ck_assert_uint_eq(a->sentences[t->sentence].paragraph, t->paragraph);
    }
    ck_assert_uint_le(position, a->body.end);
    for (size_t q = 0; q < a->quotation_count; q++) {
        const quotation *one = &a->quotations[q];
        ck_assert_uint_lt(one->tokens.first, one->tokens.end);
        ck_assert_uint_le(one->tokens.end, a->token_count);
        ck_assert_uint_eq(a->tokens[one->tokens.first].quote_mark, QUOTE_MARK_OPEN);
        if (q) ck_assert_uint_le(a->quotations[q - 1].tokens.first, one->tokens.first);
        if (one->continued_by != UINT32_MAX) {
            ck_assert_uint_lt(one->continued_by, a->quotation_count);
            ck_assert(!one->closed);
        }
    }
}

/* Strings of awkward pieces in an order that a small generator draws. */
START_TEST(any_text_gives_a_sound_record) {
    static const char *const pieces[] = {
        "\"", "'",    "“",   "”",        "‘",  "’",  "«",   "»",       ".", "...",
        " ",  "\n\n", "Mr.", "U.S",      "s",  "It", "5",   ",",       "-", "—",
        "(",  ")",    "é",   "\xC2\xA0", "\r", "@",  "#",   "http://", "…", "„",
        "``", "''",   "<a",  ">",        "😀",  "/",  "n't", "&",       "!", "in"};
    uint32_t state = 12345u + (uint32_t)_i;
    char text[1024];
    size_t len = 0;
    while (len < sizeof text - 16) {
        state = state * 1664525u + 1013904223u;
        const char *piece = pieces[(state >> 16) % (sizeof pieces / sizeof *pieces)];
        memcpy(text + len, piece, strlen(piece));
        len += strlen(piece);
    }
    article a = segmented_bytes(text, len);
    check_record(&a);
    size_t position = 0;
    for (uint32_t i = 0; i <= a.token_count; i++) {
        size_t stop = i < a.token_count ? a.tokens[i].bytes.begin : len;
        for (size_t char_len; position < stop; position += char_len)
            ck_assert_int_eq(character_at(text + position, text + len, &char_len), CHARACTER_SPACE);
        position = i < a.token_count ? a.tokens[i].bytes.end : len;
    }
    arena_free(a.arena);
}
END_TEST

START_TEST(only_the_body_is_segmented) {
    const char *text = "date 2031-05-06 HARROW — One. Two.";
    article a = {.arena = arena_new(), .text = view_of(text)};
    a.body = (span){(uint32_t)(strstr(text, "One") - text), (uint32_t)strlen(text)};
    ck_assert_int_eq(segment_article(&a, NULL), WHOSAID_OK);
    ck_assert_str_eq(written(&a, false), "One . | Two .");
    arena_free(a.arena);
}
END_TEST

static const struct {
    const char *word;
    unsigned facts;
} fact_cases[] = {
    {"Sen.", WORD_ABBREVIATION | WORD_TITLE},
    {"SEN", WORD_ABBREVIATION | WORD_TITLE},
    {"senator", WORD_TITLE | WORD_OFFICE},
    {"Lt.", WORD_TITLE},
    {"Sept.", WORD_MONTH},
    {"March", WORD_MONTH},
    {"Tuesday", WORD_WEEKDAY},
    {"Calif.", WORD_PLACE},
    {"Inc.", WORD_COMPANY},
    {"Jr.", WORD_NAME_SUFFIX},
    {"etc.", WORD_ABBREVIATION},
};

START_TEST(the_word_table_knows) {
    unsigned facts = word_facts(view_of(fact_cases[_i].word));
    ck_assert_uint_eq(facts & fact_cases[_i].facts, fact_cases[_i].facts);
}
END_TEST

START_TEST(the_word_table_wants_capitals) {
    static const char *const unknown[] = {"march", "sun", "gen", "Obi",
                                          "",      ".",   "mr",  "supercalifragilistic"};
    for (int i = 0; i < COUNT(unknown); i++)
        ck_assert_msg(word_facts(view_of(unknown[i])) == 0, "%s", unknown[i]);
    ck_assert(word_starts_sentence(VIEW("The")));
    ck_assert(!word_starts_sentence(VIEW("the")));
    ck_assert(!word_starts_sentence(VIEW("Thea")));
    ck_assert(word_reports_speech(VIEW("said")));
}
END_TEST

#define PILE_OF_9 "\u0301\u0302\u0301\u0302\u0301\u0302\u0301\u0302\u0301"

/* The tokens that the steps read, and the same places of the text as it came. */
static const struct {
    const char *text, *read, *came;
} composed_cases[] = {
    {"Zoe\u0308 left cafe\u0301s.", "Zoë left cafés .", "Zoe\u0308 left cafe\u0301s ."},
    {"Tru\u031Bo\u031B\u0300ng left", "Trường left", "Tru\u031Bo\u031B\u0300ng left"},
    {"o\u0323\u0302 and o\u0302\u0323", "ộ and ộ", "o\u0323\u0302 and o\u0302\u0323"},
    {"Сергеи\u0306 є", "Сергей є", "Сергеи\u0306 є"},
    {"m\u0302 e\u0301", "m\u0302 é", "m\u0302 e\u0301"}, /* the first has no other form */
    {"Zoë", "Zoë", "Zoë"},
    {"\u0301 e" PILE_OF_9 " e\u0301", "\u0301 e" PILE_OF_9 " é", "\u0301 e" PILE_OF_9 " e\u0301"},
    {"a\u0344 e\u0301", "a\u0344 é", "a\u0344 e\u0301"}, /* longer in NFC: left alone */
    {"x e\u0301 e\u0301e\u0301 y", "x é éé y", "x e\u0301 e\u0301e\u0301 y"},
};

START_TEST(letters_and_marks_are_read_as_one) {
    text_view text = view_of(composed_cases[_i].text);
    arena *memory = arena_new();
    article a = {.arena = memory, .text = text, .body = {0, (uint32_t)text.len}};
    composed_text composed;
    ck_assert(composed_text_begin(&a, &composed));
    ck_assert_int_eq(segment_article(&a, NULL), WHOSAID_OK);
    ck_assert_str_eq(written(&a, false), composed_cases[_i].read);
    ck_assert(composed_text_end(&a, &composed));
    ck_assert_ptr_eq(a.text.ptr, text.ptr);
    ck_assert_uint_eq(a.body.end, text.len);
    ck_assert_str_eq(written(&a, false), composed_cases[_i].came);
    arena_free(memory);
}
END_TEST

/* What stands before the body, such as a dateline, is not touched. */
START_TEST(composes_the_body_only) {
    text_view text = VIEW("e\u0301 e\u0301");
    arena *memory = arena_new();
    article a = {.arena = memory, .text = text, .body = {4, (uint32_t)text.len}};
    composed_text composed;
    ck_assert(composed_text_begin(&a, &composed));
    ck_assert(view_is(a.text, "e\u0301 é"));
    ck_assert_uint_eq(a.body.begin, 4);
    ck_assert_uint_eq(a.body.end, a.text.len);
    ck_assert(composed_text_end(&a, &composed));
    arena_free(memory);
}
END_TEST

/* Marks take more memory than words do: so many of them are no article. */
START_TEST(more_tokens_than_an_article_has_are_refused) {
    enum { MARKS = ARTICLE_TOKENS_MAX + 1 };
    char *text = malloc(MARKS);
    memset(text, '"', MARKS);
    for (uint32_t extra = 0; extra <= 1; extra++) {
        uint32_t len = ARTICLE_TOKENS_MAX + extra;
        article a = {.arena = arena_new(), .text = {text, len}, .body = {0, len}};
        whosaid_error err = {0};
        ck_assert_int_eq(segment_article(&a, &err), extra ? WHOSAID_LIMIT : WHOSAID_OK);
        ck_assert_str_eq(err.text,
                         extra ? "more than 4194304 words and marks, the most that are read" : "");
        if (!extra) ck_assert_uint_eq(a.token_count, ARTICLE_TOKENS_MAX);
        arena_free(a.arena);
    }
    free(text);
}
END_TEST

static TCase *cases(void) {
    TCase *t = tcase_create("segment");
    tcase_set_timeout(t, 60);
    tcase_add_loop_test(t, tokens_are_cut_as_the_treebank_does, 0, COUNT(token_cases));
    tcase_add_loop_test(t, sentences_end_where_they_end, 0, COUNT(sentence_cases));
    tcase_add_loop_test(t, paragraphs_follow_blank_lines_or_lines, 0, COUNT(paragraph_cases));
    tcase_add_loop_test(t, any_text_gives_a_sound_record, 0, 200);
    tcase_add_test(t, only_the_body_is_segmented);
    tcase_add_loop_test(t, letters_and_marks_are_read_as_one, 0, COUNT(composed_cases));
    tcase_add_test(t, composes_the_body_only);
    tcase_add_test(t, more_tokens_than_an_article_has_are_refused);
    tcase_add_loop_test(t, the_word_table_knows, 0, COUNT(fact_cases));
    tcase_add_test(t, the_word_table_wants_capitals);
    return t;
}

SUITE_MAIN("segment")
