/* Texts that are the same but for their marks are known again, however many there are. */
#include "suite.h"

#include "batch/seen_texts.h"

#include <stdio.h>
#include <stdlib.h>

static hash128 hash_of(const char *text) {
    arena *memory = arena_new();
    article a = {.arena = memory, .text = view_of(text), .body = {0, (uint32_t)strlen(text)}};
    hash128 hash;
    ck_assert(seen_texts_hash(&a, &hash));
    arena_free(memory);
    return hash;
}

static const struct {
    const char *one, *other;
    bool same;
} pairs[] = {
    {"\"It rained,\" she said.", "\xE2\x80\x9CIt  rained,\xE2\x80\x9D\nshe said", true},
    {"It rained.", "It\xC2\xA0rained!", true},
    {"It rained.", "IT RAINED", true},
    {"It rained.", "It drained.", false},
    {"caf\xC3\xA9", "cafe", false},
    {"12 tanks", "13 tanks", false},
};

START_TEST(marks_and_blanks_do_not_count) {
    hash128 one = hash_of(pairs[_i].one), other = hash_of(pairs[_i].other);
    ck_assert(text_is_comparable(one) && text_is_comparable(other));
    ck_assert_int_eq(one.low == other.low && one.high == other.high, pairs[_i].same);
}
END_TEST

START_TEST(a_text_without_letters_is_like_no_other) {
    ck_assert(!text_is_comparable(hash_of(" \xE2\x80\x94 ...\n")));
}
END_TEST

/* Ids that share much, little and nothing with those before, and one that is empty. */
static void make_id(const char *kind, unsigned number, char id[64]) {
    switch (number % 4) {
    case 0: snprintf(id, 64, "%s/2024/outlet/article-%u", kind, number); break;
    case 1: snprintf(id, 64, "%u%s", number, kind); break;
    case 2: snprintf(id, 64, "%s/2024/%u.txt", kind, number); break;
    default: id[0] = '\0';
    }
}

START_TEST(the_first_id_is_remembered) {
    seen_texts *seen = seen_texts_new(true);
    ck_assert_ptr_nonnull(seen);
    for (int round = 0; round < 2; round++)
        for (unsigned i = 0; i < 5000; i++) {
            char id[64], expected[64];
            make_id(round ? "second" : "first", i, id);
            make_id("first", i, expected);
            bool was_seen;
            text_view first;
            ck_assert(seen_texts_add(seen, (hash128){i, 7}, view_of(id), &was_seen, &first));
            ck_assert_int_eq(was_seen, round);
            if (round) ck_assert(view_is(first, expected));
        }
    seen_texts_free(seen);
}
END_TEST

START_TEST(an_id_may_be_long) {
    enum { LONG = 100000 };
    char *id = malloc(LONG);
    ck_assert_ptr_nonnull(id);
    memset(id, 'a', LONG);
    seen_texts *seen = seen_texts_new(true);
    ck_assert_ptr_nonnull(seen);
    for (int round = 0; round < 2; round++)
        for (unsigned i = 1; i < 4; i++) {
            bool was_seen;
            text_view given = {id, LONG - i}, first;
            ck_assert(seen_texts_add(seen, (hash128){0, i}, given, &was_seen, &first));
            ck_assert(!round || view_equal(first, given));
        }
    seen_texts_free(seen);
    free(id);
}
END_TEST

static TCase *cases(void) {
    TCase *t = tcase_create("seen_texts");
    tcase_add_loop_test(t, marks_and_blanks_do_not_count, 0, sizeof pairs / sizeof *pairs);
    tcase_add_test(t, a_text_without_letters_is_like_no_other);
    tcase_add_test(t, the_first_id_is_remembered);
    tcase_add_test(t, an_id_may_be_long);
    return t;
}

SUITE_MAIN("seen_texts")
