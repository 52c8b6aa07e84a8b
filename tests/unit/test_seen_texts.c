/* Texts that are the same but for their marks are known again, however many there are. */
#include "suite.h"

#include "batch/seen_texts.h"

#include <stdio.h>

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

START_TEST(the_first_id_is_remembered) {
    seen_texts *seen = seen_texts_new(true);
    ck_assert_ptr_nonnull(seen);
    for (int round = 0; round < 2; round++)
        for (unsigned i = 0; i < 5000; i++) {
            char id[32], expected[32];
            snprintf(id, sizeof id, "%s%u", round ? "second" : "first", i);
            snprintf(expected, sizeof expected, "first%u", i);
            bool was_seen;
            text_view first;
            ck_assert(seen_texts_add(seen, (hash128){i, 7}, view_of(id), &was_seen, &first));
            ck_assert_int_eq(was_seen, round);
            if (round) ck_assert(view_is(first, expected));
        }
    seen_texts_free(seen);
}
END_TEST

static TCase *cases(void) {
    TCase *t = tcase_create("seen_texts");
    tcase_add_loop_test(t, marks_and_blanks_do_not_count, 0, sizeof pairs / sizeof *pairs);
    tcase_add_test(t, a_text_without_letters_is_like_no_other);
    tcase_add_test(t, the_first_id_is_remembered);
    return t;
}

SUITE_MAIN("seen_texts")
