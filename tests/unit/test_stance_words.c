/* Words as the stance features take them, and phrases: patterns of words. */
#include "suite.h"

#include "stance/phrases.h"

#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof *(table))

/* ---- words ---------------------------------------------------------------------------------- */

static const struct {
    const char *text, *words; /* separated by '/' */
} word_cases[] = {
    {"Long-range strikes", "long/range/strikes"},
    {"Kestria\xE2\x80\x99s jets don\xE2\x80\x99t fly", "kestria/'s/jets/don't/fly"},
    {"the U.S. and the US", "the/u.s./and/the/u.s."},
    {"3,000 men, 2.5 tons.", "3,000/men/,/2.5/tons/."},
    {"\xC3\x89lys\xC3\xA9"
     "e \xE2\x80\x94 \xC5\xBDupan",
     "\xC3\xA9lys\xC3\xA9"
     "e/\xE2\x80\x94/\xC5\xBEupan"},
    {"", ""},
};

START_TEST(words_are_folded_and_cut) {
    arena *memory = arena_new();
    word_list words;
    ck_assert_int_eq(words_split(view_of(word_cases[_i].text), memory, &words, NULL), WHOSAID_OK);
    text_view joined = VIEW("");
    for (size_t i = 0; i < words.count; i++)
        joined = arena_format(memory, "%s%s%s", joined.ptr, i ? "/" : "", words.items[i].text.ptr);
    ck_assert_str_eq(joined.ptr, word_cases[_i].words);
    arena_free(memory);
}
END_TEST

/* Plain words are read many letters at a time. */
START_TEST(a_word_may_have_any_number_of_letters) {
    static const char *const followers[] = {
        "", " ", "-", ",", "'s x", "7", " and what is behind it"};
    enum { LONGEST = 40 };
    arena *memory = arena_new();
    for (size_t letters = 1; letters <= LONGEST; letters++) {
        for (size_t f = 0; f < COUNT(followers); f++) {
            char text[LONGEST + 32], folded[LONGEST + 2] = "";
            for (size_t i = 0; i < letters; i++) {
                text[i] = (char)((i % 3 ? 'a' : 'A') + i % 26);
                folded[i] = (char)('a' + i % 26);
            }
            strcpy(text + letters, followers[f]);
            if (followers[f][0] == '7') strcpy(folded + letters, "7");
            word_list words;
            ck_assert_int_eq(words_split(view_of(text), memory, &words, NULL), WHOSAID_OK);
            ck_assert_str_eq(words.items[0].text.ptr, folded);
            ck_assert_uint_eq(words.items[0].hash.value, name_hash_of(view_of(folded)).value);
            ck_assert_uint_eq(words.items[0].hash.power, name_hash_of(view_of(folded)).power);
        }
    }
    arena_free(memory);
}
END_TEST

START_TEST(a_span_has_the_words_that_begin_in_it) {
    const char *text =
        "  A b, c\n\n\n                    indivisibilities and then \xE2\x80\x94 done.   ";
    arena *memory = arena_new();
    word_list words;
    ck_assert_int_eq(words_split(view_of(text), memory, &words, NULL), WHOSAID_OK);
    word_index index = words_index(&words, memory);
    ck_assert_ptr_nonnull(index.items);
    for (uint32_t end = 0; end <= strlen(text) + 20; end++) {
        uint32_t before = 0; /* words that begin there */
        while (before < words.count && words.items[before].bytes.begin < end)
            before++;
        word_range range = words_of_span(&words, index, (span){0, end});
        ck_assert_uint_eq(range.first, 0);
        ck_assert_uint_eq(range.end, before);
    }
    arena_free(memory);
}
END_TEST

/* ---- phrases -------------------------------------------------------------------------------- */

static const struct {
    const char *pattern, *text;
    int first, end; /* of the hit; -1 for none */
} phrase_cases[] = {
    {"refus*", "They have refused it", 2, 3},
    {"refus*", "a fuse", -1, -1},
    {"rul* out", "She ruled out talks", 1, 3},
    {"inside the? russia*", "deep inside Russian land", 1, 3},
    {"inside the? russia*", "inside the Russian land", 0, 3},
    {"lift|eas* _ ban", "to ease that ban", 1, 4},
    {"long-range", "Long range, long-range", 0, 2},
    {"rule out", "rule, out", -1, -1},
    {"deep inside", "deep", -1, -1},
};

START_TEST(a_phrase_is_found_where_it_stands) {
    arena *memory = arena_new();
    phrase_matcher *matcher = phrase_matcher_new(memory);
    word_list words;
    phrase_hits hits;
    ck_assert_int_eq(phrase_matcher_add(matcher, view_of(phrase_cases[_i].pattern), 0, NULL),
                     WHOSAID_OK);
    ck_assert_int_eq(phrase_matcher_finish(matcher, NULL), WHOSAID_OK);
    ck_assert_int_eq(words_split(view_of(phrase_cases[_i].text), memory, &words, NULL), WHOSAID_OK);
    ck_assert_int_eq(phrase_matcher_find(matcher, &words, memory, &hits, NULL), WHOSAID_OK);
    ck_assert_int_eq(hits.count > 0, phrase_cases[_i].first >= 0);
    if (hits.count) {
        ck_assert_int_eq(hits.items[0].first, phrase_cases[_i].first);
        ck_assert_int_eq(hits.items[0].end, phrase_cases[_i].end);
    }
    arena_free(memory);
}
END_TEST

/* A thread keeps what words begin; of some there is more than it keeps. */
START_TEST(a_word_begins_the_same_phrases_when_it_comes_again) {
    static const char *const patterns[] = {"press",  "pres*",        "pre*",      "p* on",
                                           "pr* on", "pre* hard|on", "press* on", "press on",
                                           "on",     "to _ on"};
    arena *memory = arena_new();
    phrase_matcher *matcher = phrase_matcher_new(memory);
    for (uint32_t class = 0; class < COUNT(patterns); class ++)
        ck_assert_int_eq(phrase_matcher_add(matcher, view_of(patterns[class]), class, NULL),
                         WHOSAID_OK);
    ck_assert_int_eq(phrase_matcher_finish(matcher, NULL), WHOSAID_OK);
    for (int time = 0; time < 3; time++) {
        word_list words;
        phrase_hits hits;
        ck_assert_int_eq(words_split(VIEW("press on, pry on"), memory, &words, NULL), WHOSAID_OK);
        ck_assert_int_eq(phrase_matcher_find(matcher, &words, memory, &hits, NULL), WHOSAID_OK);
        static const phrase_hit expected[] = {{0, 1, 0}, {0, 1, 1}, {0, 1, 2}, {0, 2, 3},
                                              {0, 2, 4}, {0, 2, 5}, {0, 2, 6}, {0, 2, 7},
                                              {1, 2, 8}, {3, 5, 3}, {3, 5, 4}, {4, 5, 8}};
        ck_assert_uint_eq(hits.count, COUNT(expected));
        for (size_t i = 0; i < hits.count; i++) {
            ck_assert_uint_eq(hits.items[i].first, expected[i].first);
            ck_assert_uint_eq(hits.items[i].end, expected[i].end);
            ck_assert_uint_eq(hits.items[i].class, expected[i].class);
        }
        phrase_hits behind = phrase_hits_within(hits, (word_range){1, 4});
        ck_assert_ptr_eq(behind.items, hits.items + 8);
        ck_assert_uint_eq(behind.count, 3);
    }
    arena_free(memory);
}
END_TEST

static const char *const bad_phrases[] = {
    "", "   ", "the? a?", "_ out", "a|", "a b c d e f g h i j k", "stop!", "a? b? c? d? e? f"};

START_TEST(a_phrase_that_means_nothing_is_refused) {
    arena *memory = arena_new();
    phrase_matcher *matcher = phrase_matcher_new(memory);
    whosaid_error err = {0};
    ck_assert_int_eq(phrase_matcher_add(matcher, view_of(bad_phrases[_i]), 0, &err),
                     WHOSAID_SYNTAX);
    ck_assert_ptr_nonnull(strstr(err.text, "phrase"));
    arena_free(memory);
}
END_TEST

static TCase *cases(void) {
    TCase *c = tcase_create("stance words");
    tcase_add_loop_test(c, words_are_folded_and_cut, 0, COUNT(word_cases));
    tcase_add_test(c, a_word_may_have_any_number_of_letters);
    tcase_add_test(c, a_span_has_the_words_that_begin_in_it);
    tcase_add_loop_test(c, a_phrase_is_found_where_it_stands, 0, COUNT(phrase_cases));
    tcase_add_test(c, a_word_begins_the_same_phrases_when_it_comes_again);
    tcase_add_loop_test(c, a_phrase_that_means_nothing_is_refused, 0, COUNT(bad_phrases));
    return c;
}

SUITE_MAIN("stance words")
