/* The search for the best readings of a window, against every reading there is; and the decoding
 * of cues and the words' facts on small tables. */
#include "suite.h"

#include "attribute/analysis.h"
#include "attribute/cue_pass.h"
#include "attribute/word_facts.h"
#include "base/hash.h"
#include "learn/random.h"

#include <math.h>

enum { TOKENS = 7, CUE_FIRST = 3, CUE_END = 4, READINGS = 5 * 5 * 5 * 5 * 5 * 5 };

static float noise(random_source *source) {
    return (float)(random_unit(source) * 4 - 2);
}

/* True when the labels are a reading: spans begin properly, one source at most, some content. */
static bool is_reading(const uint8_t labels[TOKENS]) {
    int sources = 0, contents = 0;
    for (int i = 0; i < TOKENS; i++) {
        uint8_t before = i ? labels[i - 1] : ROLE_OUTSIDE;
        sources += labels[i] == ROLE_SOURCE_BEGINS;
        contents += labels[i] == ROLE_CONTENT_BEGINS;
        if (labels[i] == ROLE_CONTENT && before != ROLE_CONTENT && before != ROLE_CONTENT_BEGINS)
            return false;
        if (labels[i] == ROLE_SOURCE && before != ROLE_SOURCE && before != ROLE_SOURCE_BEGINS)
            return false;
    }
    return sources <= 1 && contents >= 1;
}

static float score_of(float transitions[ROLE_LABELS][ROLE_LABELS], const role_scores *scores,
                      const uint8_t labels[TOKENS]) {
    float sum = 0;
    for (int i = 0; i < TOKENS; i++) {
        sum += scores[i][labels[i]];
        if (i) sum += transitions[labels[i - 1]][labels[i]];
    }
    return sum;
}

static int compare_falling(const void *a, const void *b) {
    float x = *(const float *)a, y = *(const float *)b;
    return (x < y) - (x > y);
}

/* Scores of all readings, best first. */
static size_t all_readings(float transitions[ROLE_LABELS][ROLE_LABELS], const role_scores *scores,
                           float *out) {
    size_t count = 0;
    for (int code = 0; code < READINGS; code++) {
        uint8_t labels[TOKENS];
        int rest = code;
        for (int i = 0; i < TOKENS; i++) {
            bool in_cue = i >= CUE_FIRST && i < CUE_END;
            labels[i] = in_cue ? ROLE_CUE : (uint8_t)(rest % 5);
            if (!in_cue) rest /= 5;
        }
        if (is_reading(labels)) out[count++] = score_of(transitions, scores, labels);
    }
    qsort(out, count, sizeof *out, compare_falling);
    return count;
}

START_TEST(best_readings_are_the_best_there_are) {
    random_source source = {(uint64_t)_i + 1};
    arena *memory = arena_new();
    float transitions[ROLE_LABELS][ROLE_LABELS];
    role_scores scores[TOKENS];
    for (int k = 0; k < ROLE_LABELS; k++)
        for (int l = 0; l < ROLE_LABELS; l++)
            transitions[k][l] = noise(&source);
    for (int i = 0; i < TOKENS; i++)
        for (int l = 0; l < ROLE_LABELS; l++)
            scores[i][l] = noise(&source);
    cue only = {.first = CUE_FIRST, .end = CUE_END, .head = CUE_FIRST};
    cue_list cues = {&only, 1};
    role_window window = {.cues = &cues, .first = 0, .end = TOKENS};
    analysis_search *search = analysis_search_new(memory);
    analysis found[ANALYSES];
    float *expected = malloc(READINGS * sizeof *expected);
    size_t readings = all_readings(transitions, (const role_scores *)scores, expected);
    size_t count =
        analyses_find(search, transitions, &window, (const role_scores *)scores, INFINITY, found);
    ck_assert_uint_gt(readings, ANALYSES);
    ck_assert_uint_eq(count, ANALYSES);
    for (size_t i = 0; i < count; i++)
        ck_assert_float_eq_tol(found[i].score, expected[i], 1e-4f);
    float gap = (expected[0] - expected[2]) + 1e-3f;
    ck_assert_uint_eq(
        analyses_find(search, transitions, &window, (const role_scores *)scores, gap, found), 3);
    free(expected);
    arena_free(memory);
}
END_TEST

/* A stretch that is a paragraph. */
static const cue_ends WHOLE = {false, false};

/* Labels and margins of a chain of four tokens against all 81 labellings. */
START_TEST(cues_are_decoded_exactly) {
    enum { COUNT = 4, ALL = 81 };
    random_source source = {(uint64_t)_i + 100};
    cue_chain chain = {.bias = 0, .margin_scale = 1};
    cue_scores scores[COUNT], forward[COUNT];
    for (int k = 0; k < CUE_LABELS; k++)
        for (int l = 0; l < CUE_LABELS; l++)
            chain.transitions[k][l] = noise(&source);
    for (int i = 0; i < COUNT; i++)
        for (int l = 0; l < CUE_LABELS; l++)
            scores[i][l] = noise(&source);
    uint8_t best_labels[COUNT] = {0}, labels[COUNT], back[COUNT][CUE_LABELS];
    float best = -INFINITY, with[COUNT], without[COUNT], margins[COUNT];
    for (int i = 0; i < COUNT; i++)
        with[i] = without[i] = -INFINITY;
    for (int code = 0; code < ALL; code++) {
        uint8_t trial[COUNT];
        float sum = 0;
        for (int i = 0, rest = code; i < COUNT; i++, rest /= 3) {
            trial[i] = (uint8_t)(rest % 3);
            sum += scores[i][trial[i]];
            if (i) sum += chain.transitions[trial[i - 1]][trial[i]];
        }
        for (int i = 0; i < COUNT; i++) {
            float *side = trial[i] ? with : without;
            if (sum > side[i]) side[i] = sum;
        }
        if (sum <= best) continue;
        best = sum;
        memcpy(best_labels, trial, sizeof trial);
    }
    cue_labels(&chain, (const cue_scores *)scores, COUNT, WHOLE, back, labels);
    cue_margins(&chain, (const cue_scores *)scores, COUNT, WHOLE, forward, margins);
    ck_assert_mem_eq(labels, best_labels, COUNT);
    for (int i = 0; i < COUNT; i++)
        ck_assert_float_eq_tol(margins[i], with[i] - without[i], 1e-4f);
}
END_TEST

/* Decoding only where a cue is possible gives the cues of the whole paragraph. */
START_TEST(stretches_give_the_cues_of_the_paragraph) {
    enum { COUNT = 60 };
    random_source source = {(uint64_t)_i + 900};
    cue_chain chain = {.bias = 0.4f, .margin_scale = 1};
    static const float TRANSITIONS[CUE_LABELS][CUE_LABELS] = {
        {0.5f, -0.6f, -2}, {0.3f, -0.5f, 0.8f}, {0.1f, -0.4f, 0.7f}};
    memcpy(chain.transitions, TRANSITIONS, sizeof TRANSITIONS);
    cue_scores scores[COUNT], forward[COUNT];
    uint8_t labels[COUNT], back[COUNT][CUE_LABELS];
    float margins[COUNT];
    for (int i = 0; i < COUNT; i++) {
        scores[i][0] = 0;
        for (int l = 1; l < CUE_LABELS; l++)
            scores[i][l] = 2 * noise(&source) - (float)(_i % 4) / 2;
    }
    cue_labels(&chain, (const cue_scores *)scores, COUNT, WHOLE, back, labels);
    cue_margins(&chain, (const cue_scores *)scores, COUNT, WHOLE, forward, margins);
    frame_token tokens[COUNT + 1] = {{.mark = 0}};
    paragraph one = {.tokens = {0, COUNT}};
    article_frame frame = {
        .tokens = tokens, .token_count = COUNT, .paragraphs = &one, .paragraph_count = 1};
    arena *memory = arena_new();
    cue_list cues;
    ck_assert_int_eq(cues_decode(&chain, &frame, (const cue_scores *)scores, memory, &cues, NULL),
                     WHOSAID_OK);
    size_t found = 0;
    for (uint32_t i = 0, end; i < COUNT; i = end) {
        for (end = i + 1; labels[i] && end < COUNT && labels[end] == 2;)
            end++;
        if (!labels[i]) continue;
        ck_assert_uint_lt(found, cues.count);
        cue whole = cue_make(&chain, &frame, i, end, margins);
        ck_assert_uint_eq(cues.items[found].first, whole.first);
        ck_assert_uint_eq(cues.items[found].end, whole.end);
        ck_assert_float_eq_tol(cues.items[found].margin, whole.margin, 1e-4f);
        found++;
    }
    ck_assert_uint_eq(found, cues.count);
    ck_assert(found > 0 || _i % 4 > 0); /* the others weigh against cues */
    arena_free(memory);
}
END_TEST

typedef struct lemma_case {
    const char *word, *lemma; /* "" when there is none */
} lemma_case;

static const lemma_case verb_cases[] = {{"say", "say"},     {"says", "say"},    {"warned", "warn"},
                                        {"denies", "deny"}, {"urging", "urge"}, {"stopped", "stop"},
                                        {"said", "say"},    {"table", ""}};

static void put_lemma(lemma_facts *slots, size_t count, const char *word) {
    uint64_t key = lemma_key(hash_view(view_of(word)), LEMMA_VERB);
    size_t at = key % count;
    while (slots[at].key)
        at = (at + 1) % count;
    slots[at] = (lemma_facts){.key = key, .first = 32, .heavy = 32};
}

START_TEST(verbs_are_brought_to_their_lemma) {
    enum { SLOTS = 31 };
    static const char *const VERBS[] = {"say", "warn", "deny", "urge", "stop"};
    lemma_facts lemmas[SLOTS] = {0};
    lemma_exception exceptions[1] = {
        {lemma_key(hash_view(VIEW("said")), LEMMA_VERB), hash_view(VIEW("say"))}};
    for (size_t i = 0; i < 5; i++)
        put_lemma(lemmas, SLOTS, VERBS[i]);
    word_tables tables = {
        .lemmas = lemmas, .lemma_slots = SLOTS, .exceptions = exceptions, .exception_slots = 1};
    text_view word = view_of(verb_cases[_i].word), lemma = view_of(verb_cases[_i].lemma);
    word_facts facts = word_facts_find(&tables, word, hash_view(word));
    uint32_t expected = lemma.len ? (uint32_t)(hash_view(lemma) >> 32) : 0;
    ck_assert_uint_eq(facts.verb_lemma, expected);
    ck_assert_uint_eq(facts.verb_first, lemma.len ? 32 : CLASS_NONE);
}
END_TEST

typedef struct normal_case {
    const char *word, *expected;
} normal_case;

static const normal_case normal_cases[] = {{"Said", "said"}, {"“", "\""},      {"’s", "'s"},
                                           {"—", "--"},      {"2024", "0000"}, {"``", "\""},
                                           {"Été", "Été"},   {"U.S.", "u.s."}};

START_TEST(words_are_normalized) {
    char buf[WORD_BYTES_MAX];
    size_t len = word_normalize(view_of(normal_cases[_i].word), buf);
    ck_assert(view_is((text_view){buf, len}, normal_cases[_i].expected));
}
END_TEST

static TCase *cases(void) {
    TCase *t = tcase_create("analysis");
    tcase_add_loop_test(t, best_readings_are_the_best_there_are, 0, 20);
    tcase_add_loop_test(t, cues_are_decoded_exactly, 0, 20);
    tcase_add_loop_test(t, stretches_give_the_cues_of_the_paragraph, 0, 40);
    tcase_add_loop_test(t, verbs_are_brought_to_their_lemma, 0,
                        sizeof verb_cases / sizeof *verb_cases);
    tcase_add_loop_test(t, words_are_normalized, 0, sizeof normal_cases / sizeof *normal_cases);
    return t;
}

SUITE_MAIN("analysis")
