/* From an attributed article to CSV and JSON Lines. The article here is put together by hand. */
#include "suite.h"

#include "report/report.h"

#include <jansson.h>

#define COUNT(table) (sizeof(table) / sizeof *(table))

static const char article_text[] =
    "Zo\xC3\xAB\xE2\x80\x99s aide said: \xE2\x80\x9CWe\n"
    "wait\xE2\x80\x9D and left, she added, \xE2\x80\x9C=now\xE2\x80\x9D";

static const text_view labels[] = {{"favor", 5}, {"caution", 7}, {"neutral", 7}, {"unrelated", 9}};
static const report_target targets[] = {{{"long-range-strikes", 18}, labels, COUNT(labels)},
                                        {{"a second, target", 16}, labels, 2}};
static const float scores[] = {0.8125f, 0.12f, 0.05f, 0.0175f}, flat[] = {0.5f, 0.5f};

/* A piece of the text as a token. */
static token token_at(const char *words, uint32_t paragraph_index) {
    const char *found = strstr(article_text, words);
    ck_assert_ptr_nonnull(found);
    uint32_t begin = (uint32_t)(found - article_text);
    return (token){.bytes = {begin, begin + (uint32_t)strlen(words)}, .paragraph = paragraph_index};
}

static token tokens[6];
static token_range first_contents[] = {{0, 1}, {1, 2}}, second_contents[] = {{1, 2}};
static token_range cue[] = {{2, 3}}, source[] = {{3, 4}};
static stance stances[] = {
    {.target = 0, .best_label = 0, .label = 0, .scores = scores},
    {.target = 1, .best_label = 0, .label = STANCE_UNDECIDED, .scores = flat}};
static attribution attributions[2];

static article sample(arena *memory) {
    tokens[0] = token_at("\xE2\x80\x9CWe\nwait\xE2\x80\x9D", 1);
    tokens[1] = token_at("\xE2\x80\x9C=now\xE2\x80\x9D", 1);
    tokens[2] = token_at("said", 0);
    tokens[3] = token_at("Zo\xC3\xAB\xE2\x80\x99s aide", 0);
    attributions[0] = (attribution){
        .cues = {cue, 1},
        .sources = {source, 1},
        .contents = {first_contents, 2},
        .type = QUOTE_DIRECT,
        .score = 0.9f,
        .speaker = {VIEW("Zo\xC3\xAB\xE2\x80\x99s aide"), VIEW("aide, \"first\""), 0.93f},
        .anonymity = {ANONYMITY_ANONYMOUS, 0.97f, VIEW("@asked not to be named"), {0, 3}},
        .stances = stances,
        .stance_count = 2};
    attributions[1] = (attribution){.contents = {second_contents, 1},
                                    .type = QUOTE_MIXED,
                                    .kind = KIND_ATTITUDE,
                                    .anonymity = {.grade = ANONYMITY_UNATTRIBUTED, .score = 2}};
    return (article){.arena = memory,
                     .id = VIEW("=a,b.txt"),
                     .date = VIEW("2024-05-03"),
                     .outlet = VIEW(""),
                     .title = VIEW(" Two\n\t lines\xC2\xA0here "),
                     .text = {article_text, sizeof article_text - 1},
                     .tokens = tokens,
                     .token_count = COUNT(tokens),
                     .attributions = attributions,
                     .attribution_count = 2};
}

static void render(const char *format_name, bool raw_cells, buffer *out) {
    const report_format *format = report_format_find(format_name);
    ck_assert_ptr_nonnull(format);
    arena *memory = arena_new();
    article a = sample(memory);
    report_options options = {
        .targets = targets, .target_count = COUNT(targets), .raw_cells = raw_cells};
    ck_assert_int_eq(format->begin(&options, out, NULL), WHOSAID_OK);
    ck_assert_int_eq(format->article(&a, &options, out, NULL), WHOSAID_OK);
    ck_assert(buffer_append(out, "", 1));
    arena_free(memory);
}

#define HEADER                                                                                     \
    "article,date,outlet,title,quote_id,type,kind,quote,cue,source,speaker,role,speaker_score,"    \
    "anonymity,anonymity_score,anonymity_reason,target,stance,stance_score,stance_scores,"         \
    "start,end,paragraph,duplicate_of\r\n"
#define QUOTE_1                                                                                    \
    "2024-05-03,,Two lines here,q1,direct,speech,"                                                 \
    "\xE2\x80\x9CWe wait\xE2\x80\x9D [...] \xE2\x80\x9C=now\xE2\x80\x9D,said,"                     \
    "Zo\xC3\xAB\xE2\x80\x99s aide,Zo\xC3\xAB\xE2\x80\x99s aide,\"aide, \"\"first\"\"\",0.93,"      \
    "anonymous,0.97,"

static const struct {
    bool raw_cells;
    const char *expected;
} csv_cases[] = {
    {false, HEADER
     "\"'=a,b.txt\"," QUOTE_1 "'@asked not to be named,long-range-strikes,favor,0.81,"
     "favor=0.81;caution=0.12;neutral=0.05;unrelated=0.02,17,26,2,\r\n"
     "\"'=a,b.txt\"," QUOTE_1 "'@asked not to be named,\"a second, target\",undecided,0.50,"
     "favor=0.50;caution=0.50,17,26,2,\r\n"
     "\"'=a,b.txt\",2024-05-03,,Two lines here,q2,mixed,attitude,\xE2\x80\x9C=now\xE2\x80\x9D,,,,,"
     "0.00,unattributed,1.00,,,,,,48,54,2,\r\n"},
    {true, HEADER
     "\"=a,b.txt\"," QUOTE_1 "@asked not to be named,long-range-strikes,favor,0.81,"
     "favor=0.81;caution=0.12;neutral=0.05;unrelated=0.02,17,26,2,\r\n"
     "\"=a,b.txt\"," QUOTE_1 "@asked not to be named,\"a second, target\",undecided,0.50,"
     "favor=0.50;caution=0.50,17,26,2,\r\n"
     "\"=a,b.txt\",2024-05-03,,Two lines here,q2,mixed,attitude,\xE2\x80\x9C=now\xE2\x80\x9D,,,,,"
     "0.00,unattributed,1.00,,,,,,48,54,2,\r\n"},
};

START_TEST(csv_has_a_row_for_each_statement_and_target) {
    buffer out = {0};
    render("csv", csv_cases[_i].raw_cells, &out);
    ck_assert_str_eq(out.data, csv_cases[_i].expected);
    buffer_free(&out);
}
END_TEST

static const struct {
    const char *speaker, *cell;
} cell_cases[] = {
    {"Ana Ruiz", "Ana Ruiz"},
    {"=1+1", "'=1+1"},
    {"+1", "'+1"},
    {"-1", "'-1"},
    {"@x", "'@x"},
    {" \t=x", "'=x"},
    {"\xEF\xBC\x9Dx", "'\xEF\xBC\x9Dx"},
    {"a=b", "a=b"},
    {"a\r\nb", "a b"},
    {"say \"no\"", "\"say \"\"no\"\"\""},
    {"'=x", "'=x"},
    {"\"", "\"\"\"\""},
};

START_TEST(cells_are_quoted_and_safe) {
    arena *memory = arena_new();
    article a = sample(memory);
    attributions[1].speaker.name = view_of(cell_cases[_i].speaker);
    a.attributions++;
    a.attribution_count = 1;
    report_options options = {0};
    buffer out = {0};
    ck_assert_int_eq(csv_report_article(&a, &options, &out, NULL), WHOSAID_OK);
    ck_assert(buffer_append(&out, "", 1));
    char expected[64];
    snprintf(expected, sizeof expected, ",,,%s,,0.00,", cell_cases[_i].cell);
    ck_assert_msg(strstr(out.data, expected) != NULL, "no [%s] in %s", expected, out.data);
    buffer_free(&out);
    arena_free(memory);
}
END_TEST

START_TEST(json_line_is_the_annotated_article) {
    buffer out = {0};
    render("jsonl", false, &out);
    ck_assert_int_eq(out.data[out.len - 2], '\n');
    ck_assert_ptr_eq(strchr(out.data, '\n'), out.data + out.len - 2);
    json_t *line = json_loads(out.data, JSON_REJECT_DUPLICATES, NULL);
    const char *id, *text, *quote_id, *type, *span_text, *role, *grade, *reason, *target, *label;
    json_int_t start, end;
    double speaker_score, favor;
    int failed =
        json_unpack(line,
                    "{s:s, s:s, s:[{s:s, s:s, s:[{s:I, s:I, s:s}, {}], s:{s:s, s:F}, s:{s:s, s:s}, "
                    "s:[{s:s, s:s, s:{s:F}}, {}]}, {}]}",
                    "id", &id, "text", &text, "quotes", "id", &quote_id, "type", &type, "contents",
                    "start", &start, "end", &end, "text", &span_text, "speaker", "role", &role,
                    "score", &speaker_score, "anonymity", "grade", &grade, "reason", &reason,
                    "stances", "target", &target, "label", &label, "scores", "favor", &favor);
    ck_assert_int_eq(failed, 0);
    ck_assert_str_eq(id, "=a,b.txt");
    ck_assert_str_eq(text, article_text);
    ck_assert_str_eq(quote_id, "q1");
    ck_assert_str_eq(type, "direct");
    ck_assert_int_eq(start, 17);
    ck_assert_int_eq(end, 26);
    ck_assert_str_eq(span_text, "\xE2\x80\x9CWe\nwait\xE2\x80\x9D");
    ck_assert_str_eq(role, "aide, \"first\"");
    ck_assert_double_eq_tol(speaker_score, 0.93, 1e-9);
    ck_assert_str_eq(grade, "anonymous");
    ck_assert_str_eq(reason, "@asked not to be named");
    ck_assert_str_eq(target, "long-range-strikes");
    ck_assert_str_eq(label, "favor");
    ck_assert_double_eq_tol(favor, 0.8125, 1e-9);
    json_decref(line);
    buffer_free(&out);
}
END_TEST

START_TEST(unknown_formats_are_not_found) {
    ck_assert_ptr_null(report_format_find("xml"));
    ck_assert_ptr_nonnull(strstr(REPORT_FORMAT_NAMES, report_format_find("jsonl")->name));
}
END_TEST

static TCase *cases(void) {
    TCase *t = tcase_create("report");
    tcase_add_loop_test(t, csv_has_a_row_for_each_statement_and_target, 0, COUNT(csv_cases));
    tcase_add_loop_test(t, cells_are_quoted_and_safe, 0, COUNT(cell_cases));
    tcase_add_test(t, json_line_is_the_annotated_article);
    tcase_add_test(t, unknown_formats_are_not_found);
    return t;
}

SUITE_MAIN("report")
