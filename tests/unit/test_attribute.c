/* Who said what in single sentences and short texts, with the models that ship. All people and
 * events are invented. */
#include "suite.h"

#include "attribute/attribution_model.h"
#include "attribute/attributor.h"
#include "segment/segment.h"
#include "tag/tagger.h"

#include <stdio.h>
#include <unistd.h>

enum { PARTS_MAX = 4 };

/* One expected attribution; contents end with NULL. A source of "" means none. */
typedef struct expected_attribution {
    const char *source, *cue;
    const char *contents[PARTS_MAX];
} expected_attribution;

typedef struct statement_case {
    const char *name, *text;
    size_t count;
    expected_attribution expected[PARTS_MAX];
} statement_case;

// clang-format off
static const statement_case statement_cases[] = {
    {"split", "“We will,” Diaz said, “hit back.”", 1,
     {{"Diaz", "said", {"“We will,”", "“hit back.”"}}}},
    {"verb before source", "“We cannot wait,” said Maria Lund, the foreign minister. “Every day costs lives.”", 1,
     {{"Maria Lund, the foreign minister", "said", {"“We cannot wait,”", "“Every day costs lives.”"}}}},
    {"single marks", "'It's the boys' choice,' Lee said.", 1,
     {{"Lee", "said", {"'It's the boys' choice,'"}}}},
    {"nested", "“She told me ‘run’,” Omar said.", 1,
     {{"Omar", "said", {"“She told me ‘run’,”"}}}},
    {"reopened paragraph before the cue", "“The river took the school.\n\n“It will not take the library,” Mayor Obi said.", 1,
     {{"Mayor Obi", "said", {"“The river took the school.\n\n“It will not take the library,”"}}}},
    {"scare quotes", "The “ceasefire” lasted an hour.", 0, {{0}}},
    {"parenthetical", "The bridge, officials said, was mined.", 1,
     {{"officials", "said", {"The bridge", "was mined"}}}},
    {"noun cue", "In Reed's view, strikes escalate.", 1, {{"Reed's", "view", {"strikes escalate"}}}},
    {"belief", "Aides fear the limit will hold.", 1, {{"Aides", "fear", {"the limit will hold"}}}},
    {"negation", "She did not say strikes were banned.", 1,
     {{"She", "did not say", {"strikes were banned"}}}},
    {"joint source", "Vance and Ito said they agreed.", 1,
     {{"Vance and Ito", "said", {"they agreed"}}}},
    {"place for a government", "The capital said it would answer.", 1,
     {{"The capital", "said", {"it would answer"}}}},
    {"counted source", "Two officials said missiles arrived.", 1,
     {{"Two officials", "said", {"missiles arrived"}}}},
    {"pronoun", "Cole met Dunn. He said talks stalled.", 1, {{"He", "said", {"talks stalled"}}}},
    {"chain", "He said it failed, adding that costs rose.", 2,
     {{"He", "said", {"it failed"}}, {"He", "adding", {"that costs rose"}}}},
    {"according to", "According to two people familiar with the talks, the envoy will resign on Monday.", 1,
     {{"two people familiar with the talks", "According to", {"the envoy will resign on Monday"}}}},
    {"coordinated content", "Lund said on Friday that the talks had failed and that new ones were not planned.", 1,
     {{"Lund", "said", {"that the talks had failed and that new ones were not planned"}}}},
    {"hope", "Officials in Harrow hope that the bridge will open before winter.", 1,
     {{"Officials in Harrow", "hope", {"that the bridge will open before winter"}}}},
    {"two quotations", "“It is a mistake,” she said. “We will pay for it,” she added.", 2,
     {{"she", "said", {"“It is a mistake,”"}}, {"she", "added", {"“We will pay for it,”"}}}},
    {"a report speaks", "The report published on Monday says that the dam was never inspected.", 1,
     {{"The report published on Monday", "says", {"that the dam was never inspected"}}}},
    {"asked, not asking", "Mayor Obi was asked why the bridge had been closed.", 1,
     {{"", "was asked", {"Mayor Obi", "why the bridge had been closed"}}}},
    {"subject before a clause", "The letter that Brandt and her aides carried to the leaders shows that the dam was never inspected.", 1,
     {{"The letter that Brandt and her aides carried to the leaders", "shows", {"that the dam was never inspected"}}}},
    {"subject with its clause", "Several judges who handled the lawsuits about the dam have said that the engineers knew of the cracks.", 1,
     {{"Several judges who handled the lawsuits about the dam", "have said", {"that the engineers knew of the cracks"}}}},
    {"announced by a colon", "The minister reacted on Sunday:\n\n“We regret the loss of life. An inquiry has begun.”\n\nThe opposition was not satisfied.", 1,
     {{"The minister", NULL, {"“We regret the loss of life. An inquiry has begun.”"}}}},
    {"interview", "Q: Why did you leave the party?\n\nA: I left because nobody listened to us any more.\n\nQ: Will you return?", 3,
     {{"Q", ":", {"Why did you leave the party?"}},
      {"A", ":", {"I left because nobody listened to us any more."}},
      {"Q", ":", {"Will you return?"}}}},
    {"no statement", "The bridge was built in three years. It carries two lanes and a path.", 0, {{0}}},
    {"empty", "", 0, {{0}}},
};
// clang-format on

static attributor *engine;
static tagger *tags;
static arena *memory;

static void open_models(void) {
    whosaid_error err = {0};
    memory = arena_new();
    ck_assert_msg(attributor_open(SOURCE_DIR "/models/attribution", &engine, &err) == WHOSAID_OK,
                  "%s: %s", err.where, err.text);
    ck_assert_msg(tagger_open(SOURCE_DIR "/models/tagger", &tags, &err) == WHOSAID_OK, "%s: %s",
                  err.where, err.text);
}

static void close_models(void) {
    attributor_close(engine);
    tagger_close(tags);
    arena_free(memory);
}

static article analyse(text_view text, float min_score) {
    article a = {.arena = memory, .text = text, .body = {0, (uint32_t)text.len}};
    whosaid_error err = {0};
    ck_assert_int_eq(segment_article(&a, &err), WHOSAID_OK);
    ck_assert_int_eq(tagger_tag(tags, &a, &err), WHOSAID_OK);
    ck_assert_int_eq(attributor_find(engine, &a, min_score, &err), WHOSAID_OK);
    return a;
}

static void print_ranges(const article *a, const char *role, token_ranges ranges) {
    for (size_t i = 0; i < ranges.count; i++) {
        text_view text = range_text(a, ranges.items[i]);
        fprintf(stderr, " %s[%.*s]", role, (int)text.len, text.ptr);
    }
}

static bool ranges_are(const article *a, token_ranges ranges, const char *const *expected) {
    size_t count = 0;
    while (count < PARTS_MAX && expected[count])
        count++;
    if (ranges.count != count) return false;
    for (size_t i = 0; i < count; i++)
        if (!view_is(range_text(a, ranges.items[i]), expected[i])) return false;
    return true;
}

static bool is_expected(const article *a, const attribution *found, const expected_attribution *e) {
    const char *source[PARTS_MAX] = {*e->source ? e->source : NULL};
    const char *signal[PARTS_MAX] = {e->cue};
    return ranges_are(a, found->sources, source) &&
           (!e->cue || ranges_are(a, found->cues, signal)) &&
           ranges_are(a, found->contents, e->contents);
}

START_TEST(statements_are_found) {
    const statement_case *c = &statement_cases[_i];
    article a = analyse(view_of(c->text), 0.3f);
    bool same = a.attribution_count == c->count;
    for (size_t i = 0; same && i < c->count; i++)
        same = is_expected(&a, &a.attributions[i], &c->expected[i]);
    for (size_t i = 0; !same && i < a.attribution_count; i++) {
        fprintf(stderr, "%s:", c->name);
        print_ranges(&a, "source", a.attributions[i].sources);
        print_ranges(&a, "cue", a.attributions[i].cues);
        print_ranges(&a, "content", a.attributions[i].contents);
        fprintf(stderr, " %.2f\n", (double)a.attributions[i].score);
    }
    ck_assert_msg(same, "%s: %zu attributions, see above", c->name, a.attribution_count);
}
END_TEST

START_TEST(types_and_kinds) {
    article a =
        analyse(VIEW("“We will win,” Diaz said. Lund said the plan was “a mistake” for all. "
                     "Aides fear the limit will hold."),
                0.3f);
    ck_assert_uint_eq(a.attribution_count, 3);
    ck_assert_int_eq(a.attributions[0].type, QUOTE_DIRECT);
    ck_assert_int_eq(a.attributions[1].type, QUOTE_MIXED);
    ck_assert_int_eq(a.attributions[2].type, QUOTE_INDIRECT);
    ck_assert_int_eq(a.attributions[0].kind, KIND_SPEECH);
    ck_assert_int_eq(a.attributions[1].kind, KIND_SPEECH);
    ck_assert_int_eq(a.attributions[2].kind, KIND_ATTITUDE);
}
END_TEST

/* Opened anew in each paragraph and closed once: one attribution. */
START_TEST(quotation_over_paragraphs) {
    article a =
        analyse(VIEW("It was a long evening.\n\n"
                     "“We have waited for ten years,” said Mayor Ivo Brandt. “Nobody came.\n\n"
                     "“Now we build it ourselves. We have the stone.\n\n"
                     "“And we have the hands.”\n\nThe crowd cheered."),
                0.3f);
    ck_assert_uint_eq(a.attribution_count, 1);
    token_ranges contents = a.attributions[0].contents;
    text_view last = range_text(&a, contents.items[contents.count - 1]);
    ck_assert(view_ends_with(last, VIEW("“And we have the hands.”")));
    uint32_t covered = 0;
    for (size_t i = 0; i < contents.count; i++)
        covered += contents.items[i].end - contents.items[i].first;
    ck_assert_uint_ge(covered, 32);
}
END_TEST

/* A mark that nobody closed swallows the cue: still found, with less confidence. */
START_TEST(missing_closing_mark) {
    article a = analyse(VIEW("“They left, Kim said."), 0.05f);
    ck_assert_uint_eq(a.attribution_count, 1);
    ck_assert(view_is(range_text(&a, a.attributions[0].contents.items[0]), "“They left"));
    ck_assert(view_is(range_text(&a, a.attributions[0].sources.items[0]), "Kim"));
}
END_TEST

START_TEST(signed_quotations) {
    article a = analyse(VIEW("The page is full today.\n\n“He never listened.” — Ana Ruiz\n\n"
                             "“I will vote for her.” — Tom Fry, Harrow"),
                        0.3f);
    ck_assert_uint_eq(a.attribution_count, 2);
    ck_assert(view_is(range_text(&a, a.attributions[0].sources.items[0]), "Ana Ruiz"));
    ck_assert(view_is(range_text(&a, a.attributions[0].contents.items[0]), "“He never listened.”"));
    ck_assert(view_is(range_text(&a, a.attributions[1].cues.items[0]), "—"));
}
END_TEST

START_TEST(scores_are_probabilities_and_filter) {
    text_view text = VIEW("Lund said the talks had failed. The plan enjoyed support from voters. "
                          "Critics say the law goes too far, and some want it gone.");
    article all = analyse(text, 0), likely = analyse(text, 0.6f);
    size_t above = 0;
    for (size_t i = 0; i < all.attribution_count; i++) {
        ck_assert_float_ge(all.attributions[i].score, 0);
        ck_assert_float_le(all.attributions[i].score, 1);
        above += all.attributions[i].score >= 0.6f;
    }
    ck_assert_uint_eq(likely.attribution_count, above);
    ck_assert_uint_gt(all.attribution_count, likely.attribution_count);
}
END_TEST

/* Who somebody is makes no difference: names are masked. */
START_TEST(names_do_not_matter) {
    article one =
        analyse(VIEW("“No,” John Hart said. Mary Cole told Peter Dunn that she agreed."), 0);
    article two =
        analyse(VIEW("“No,” Paul Reed said. Anna Park told James Ford that she agreed."), 0);
    ck_assert_uint_eq(one.attribution_count, two.attribution_count);
    for (size_t i = 0; i < one.attribution_count; i++)
        ck_assert_float_eq_tol(one.attributions[i].score, two.attributions[i].score, 0.02f);
}
END_TEST

static const char *const hostile_texts[] = {"“",
                                            "”””",
                                            "\"\"=",
                                            ": : :",
                                            "said said said said",
                                            "Q:\n\nA:\n\nQ:",
                                            "“a\n\n“b\n\n“c\n\n“d",
                                            ",,,,,,,,",
                                            "He said “",
                                            "((((",
                                            "a: b\n\na: c\n\na: d e f"};

START_TEST(odd_texts_do_no_harm) {
    article a = analyse(view_of(hostile_texts[_i]), 0);
    for (size_t i = 0; i < a.attribution_count; i++) {
        ck_assert_uint_gt(a.attributions[i].contents.count, 0);
        for (size_t k = 0; k < a.attributions[i].contents.count; k++)
            ck_assert_uint_lt(a.attributions[i].contents.items[k].first,
                              a.attributions[i].contents.items[k].end);
    }
}
END_TEST

START_TEST(long_text_in_linear_time) {
    enum { REPEATS = 4000 };
    static const char PIECE[] = "“We said so,” they said. She told him that it was said. ";
    size_t len = (sizeof PIECE - 1) * REPEATS;
    char *text = malloc(len);
    for (size_t i = 0; i < REPEATS; i++)
        memcpy(text + i * (sizeof PIECE - 1), PIECE, sizeof PIECE - 1);
    article a = analyse((text_view){text, len}, 0.3f);
    ck_assert_uint_gt(a.attribution_count, 0);
    free(text);
}
END_TEST

START_TEST(damaged_models_are_refused) {
    static const char FOLDER[] = "/tmp";
    char path[64];
    snprintf(path, sizeof path, "%s/whosaid-test-XXXXXX", FOLDER);
    ck_assert_ptr_nonnull(mkdtemp(path));
    char file[128];
    snprintf(file, sizeof file, "%s/%s", path, ATTRIBUTION_MODEL_FILE);
    FILE *in = fopen(SOURCE_DIR "/models/attribution/" ATTRIBUTION_MODEL_FILE, "rb");
    FILE *out = fopen(file, "wb");
    ck_assert(in && out);
    char buf[4096];
    size_t n, total = 0;
    while ((n = fread(buf, 1, sizeof buf, in)) > 0) {
        if (total >= 65536 && total < 65536 + sizeof buf) buf[0] ^= 1;
        fwrite(buf, 1, n, out);
        total += n;
    }
    fclose(in);
    fclose(out);
    whosaid_error err = {0};
    attributor *model = NULL;
    ck_assert_int_eq(attributor_open(path, &model, &err), WHOSAID_MODEL);
    ck_assert_ptr_null(model);
    ck_assert_int_eq(truncate(file, 1000), 0);
    ck_assert_int_eq(attributor_open(path, &model, &err), WHOSAID_MODEL);
    remove(file);
    ck_assert_int_eq(attributor_open(path, &model, NULL), WHOSAID_IO);
    rmdir(path);
}
END_TEST

static TCase *cases(void) {
    TCase *t = tcase_create("attribute");
    tcase_set_timeout(t, 60);
    tcase_add_checked_fixture(t, open_models, close_models);
    tcase_add_loop_test(t, statements_are_found, 0,
                        sizeof statement_cases / sizeof *statement_cases);
    tcase_add_test(t, types_and_kinds);
    tcase_add_test(t, quotation_over_paragraphs);
    tcase_add_test(t, missing_closing_mark);
    tcase_add_test(t, signed_quotations);
    tcase_add_test(t, scores_are_probabilities_and_filter);
    tcase_add_test(t, names_do_not_matter);
    tcase_add_loop_test(t, odd_texts_do_no_harm, 0, sizeof hostile_texts / sizeof *hostile_texts);
    tcase_add_test(t, long_text_in_linear_time);
    tcase_add_test(t, damaged_models_are_refused);
    return t;
}

SUITE_MAIN("attribute")
