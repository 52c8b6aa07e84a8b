/* What tells the subject of a cue's verb: its voice, and the clauses between it and a token. With
 * the models that ship; people and events are invented. */
#include "suite.h"

#include "attribute/attribution_model.h"
#include "attribute/candidate_features.h"
#include "segment/segment.h"
#include "tag/tagger.h"

static attributor *engine;
static tagger *tags;
static arena *memory;

static void open_models(void) {
    memory = arena_new();
    ck_assert_int_eq(attributor_open(SOURCE_DIR "/models/attribution", &engine, NULL), WHOSAID_OK);
    ck_assert_int_eq(tagger_open(SOURCE_DIR "/models/tagger", &tags, NULL), WHOSAID_OK);
}

static void close_models(void) {
    attributor_close(engine);
    tagger_close(tags);
    arena_free(memory);
}

static article_frame frame_of(article *a) {
    article_frame frame;
    ck_assert_int_eq(segment_article(a, NULL), WHOSAID_OK);
    ck_assert_int_eq(tagger_tag(tags, a, NULL), WHOSAID_OK);
    ck_assert_int_eq(frame_build(&engine->words, a, &frame, NULL), WHOSAID_OK);
    return frame;
}

/* The tokens of the first place of `words` in the text. */
static token_range tokens_of(const article *a, const char *words) {
    token_range found = {0, 0};
    size_t at = (size_t)(strstr(a->text.ptr, words) - a->text.ptr), end = at + strlen(words);
    for (uint32_t i = 0; i < a->token_count; i++) {
        if (a->tokens[i].bytes.begin == at) found.first = i;
        if (a->tokens[i].bytes.end == end) found.end = i + 1;
    }
    ck_assert_uint_lt(found.first, found.end);
    return found;
}

static const struct {
    const char *text, *cue;
    unsigned manner;
} manners[] = {
    {"Lund said the talks had failed.", "said", POS_VBD},
    {"Lund says the talks have failed.", "says", POS_VBZ},
    {"Lund was accused of hiding the letter.", "accused", MANNER_PASSIVE},
    {"Lund has often been accused of hiding the letter.", "has often been accused", MANNER_PASSIVE},
    {"The road is widely expected to open in May.", "expected", MANNER_PASSIVE},
    {"Lund has accused the mayor of hiding the letter.", "accused", POS_VBD},
    {"Lund is asking for more money.", "asking", POS_VBZ},
    {"Lund left the room, saying the talks had failed.", "saying", POS_VBG},
    {"A letter sent to the mayor, written by Lund, says so.", "written", POS_VBN},
    {"Lund wants to ask for more money.", "to ask", POS_VB},
    {"In the view of Lund the talks failed.", "view", POS_NN},
};

START_TEST(a_cue_is_active_or_passive_by_its_auxiliary) {
    article a = {.arena = memory, .text = view_of(manners[_i].text)};
    a.body.end = (uint32_t)a.text.len;
    article_frame frame = frame_of(&a);
    token_range at = tokens_of(&a, manners[_i].cue);
    cue own = {.first = at.first, .end = at.end, .head = at.end - 1};
    ck_assert_msg(cue_manner(&frame, &own) == manners[_i].manner, "%s: %u", manners[_i].text,
                  cue_manner(&frame, &own));
}
END_TEST

/* Finite verbs and words that open clauses between a word and the cue. */
static const struct {
    const char *text, *cue, *word;
    unsigned verbs, openers;
} clauses[] = {
    {"The leaders say the dam is safe.", "say", "leaders", 0, 0},
    {"The sheet that Lund showed to leaders says so.", "says", "leaders", 0, 0},
    {"The sheet that Lund showed to leaders says so.", "says", "sheet", 1, 1},
    {"The sheet that Lund showed as they left says so.", "says", "sheet", 2, 2},
    {"The workers and the owners of the mill say so.", "say", "workers", 0, 0},
    {"Lund left early, and the owners say so.", "say", "Lund", 1, 0},
    {"Lund says that the dam is safe.", "says", "safe", 1, 1},
};

START_TEST(clauses_between_a_word_and_the_cue_are_counted) {
    article a = {.arena = memory, .text = view_of(clauses[_i].text)};
    a.body.end = (uint32_t)a.text.len;
    article_frame frame = frame_of(&a);
    token_range at = tokens_of(&a, clauses[_i].cue), word = tokens_of(&a, clauses[_i].word);
    cue own = {.first = at.first, .end = at.end, .head = at.first};
    cue_list cues = {&own, 1};
    role_window window;
    role_window_open(&window, &frame, &cues, cues_by_token(&frame, &cues, memory), 0);
    ck_assert_uint_eq(window.relations[word.first - window.first].clause,
                      clauses[_i].verbs * 4 + clauses[_i].openers);
}
END_TEST

static TCase *cases(void) {
    TCase *t = tcase_create("candidates");
    tcase_add_checked_fixture(t, open_models, close_models);
    tcase_add_loop_test(t, a_cue_is_active_or_passive_by_its_auxiliary, 0,
                        sizeof manners / sizeof *manners);
    tcase_add_loop_test(t, clauses_between_a_word_and_the_cue_are_counted, 0,
                        sizeof clauses / sizeof *clauses);
    return t;
}

SUITE_MAIN("candidates")
