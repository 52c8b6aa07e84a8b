/* Memory, UTF-8, errors and the model container. */
#include "suite.h"
#include "test_files.h"

#include "base/array.h"
#include "base/error.h"
#include "base/folder.h"
#include "base/model_file.h"
#include "base/sorted.h"
#include "base/utf8.h"

#include <stdio.h>
#include <unistd.h>

static keep_key kept_as(uint64_t source) {
    return (keep_key){.what = "test", .source = source};
}

START_TEST(arena_keeps_blocks_beyond_a_reset) {
    arena *a = arena_new();
    unsigned char *one = arena_keep(a, kept_as(1), 1000);
    ck_assert_ptr_nonnull(one);
    ck_assert_uint_eq((uintptr_t)one % 64, 0);
    ck_assert_uint_eq(one[999], 0);
    one[999] = 7;
    arena_reset(a);
    ck_assert_ptr_eq(arena_keep(a, kept_as(1), 1000), one);
    ck_assert_uint_eq(one[999], 7);
    ck_assert_ptr_null(arena_keep(a, kept_as(3), SIZE_MAX / 2));
    /* Of the size of some large pages and a bit, nearly one, and less than one. */
    const size_t sizes[] = {(4 << 20) + 5, (2 << 20) - 7, 1 << 20};
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
        unsigned char *large = arena_keep(a, kept_as(4 + s), sizes[s]);
        ck_assert_uint_eq((uintptr_t)large % 64, 0);
        for (size_t i = 0; i < sizes[s]; i++)
            if (large[i]) ck_abort_msg("byte %zu of %zu is not zero", i, sizes[s]);
        memset(large, 7, sizes[s]);
        arena_reset(a);
        ck_assert_ptr_eq(arena_keep(a, kept_as(4 + s), sizes[s]), large);
        ck_assert_uint_eq(large[sizes[s] - 1], 7);
    }
    arena_free(a);
}
END_TEST

/* Hashes of what strangers write may meet: nothing else may. */
START_TEST(arena_keeps_each_structure_by_itself) {
    static const struct {
        keep_key key;
        size_t size;
    } others[] = {
        {{"other", 5, 9}, 64}, {{"test", 6, 9}, 64}, {{"test", 5, 8}, 64}, {{"test", 5, 9}, 65}};
    arena *a = arena_new();
    const char what[] = "test"; /* told apart by what it says, not by where it stands */
    void *first = arena_keep(a, (keep_key){what, 5, 9}, 64);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        ck_assert_msg(arena_keep(a, others[i].key, others[i].size) != first, "row %zu", i);
    ck_assert_ptr_eq(arena_keep(a, (keep_key){"test", 5, 9}, 64), first);
    arena_free(a);
}
END_TEST

START_TEST(arena_gives_back_to_a_mark) {
    arena *a = arena_new();
    ARRAY(int) numbers = {0};
    for (int i = 0; i < 100000; i++)
        ck_assert(array_push(a, &numbers, i));
    arena_mark mark = arena_save(a);
    ck_assert_ptr_nonnull(arena_alloc(a, 1 << 20, 4));
    arena_restore(a, mark);
    for (int i = 0; i < 100000; i++)
        ck_assert_int_eq(numbers.items[i], i);
    ck_assert_ptr_null(arena_alloc(a, SIZE_MAX / 2, 4));
    text_view text = arena_format(a, "%d %s", 7, "words");
    ck_assert_str_eq(text.ptr, "7 words");
    arena_reset(a);
    arena_free(a);
    arena_free(NULL);
}
END_TEST

START_TEST(arena_lends_the_same_scratch_each_time) {
    arena *a = arena_new(), *scratch = arena_scratch(a);
    ck_assert_ptr_nonnull(scratch);
    unsigned char *kept = arena_keep(scratch, kept_as(1), 8), *first = arena_alloc(scratch, 8, 1);
    kept[0] = 7;
    arena_reset(a);
    ck_assert_ptr_eq(arena_scratch(a), scratch);
    ck_assert_ptr_eq(arena_alloc(scratch, 8, 1), first);
    ck_assert_uint_eq(((unsigned char *)arena_keep(scratch, kept_as(1), 8))[0], 7);
    arena_free(a);
}
END_TEST

/* Saving and restoring where a block ends took memory from the system, and gave it back, each time:
 * an article of two million paragraphs took minutes. */
START_TEST(arena_uses_a_block_that_was_taken_back_again) {
    enum { BYTES = 1 << 20 };
    arena *a = arena_new();
    arena_mark mark = arena_save(a);
    const void *first = arena_alloc_raw(a, BYTES, 1);
    arena_restore(a, mark);
    void *taker = malloc(BYTES); /* would have the block's place, were it free */
    ck_assert_ptr_eq(arena_alloc_raw(a, BYTES, 1), first);
    free(taker);
    arena_restore(a, mark);
    memset(arena_alloc_raw(a, 2 * BYTES, 1), 1, 2 * BYTES); /* too large for it: another */
    arena_reset(a);
    memset(arena_alloc_raw(a, BYTES, 1), 1, BYTES);
    arena_free(a);
}
END_TEST

static const struct {
    const char *bytes;
    size_t first_invalid;
} utf8_cases[] = {
    {"plain", 5},
    {"Zelenskyy \xE2\x80\x9Csaid\xE2\x80\x9D", 20},
    {"\xF0\x9F\x99\x82", 4},
    {"ab\xC0\xAF", 2},
    {"\xED\xA0\x80", 0},
    {"x\xE2\x80", 1},
    {"\xF4\x90\x80\x80", 0},
    {"eight by\xFF", 8},
};

START_TEST(utf8_names_the_first_bad_byte) {
    ck_assert_uint_eq(utf8_first_invalid(view_of(utf8_cases[_i].bytes)),
                      utf8_cases[_i].first_invalid);
}
END_TEST

START_TEST(utf8_survives_a_round_trip) {
    size_t different = 0;
    for (uint32_t c = 1; c <= 0x10FFFF; c++) {
        if (c >= 0xD800 && c <= 0xDFFF) continue;
        char buffer[4];
        size_t len = utf8_encode(c, buffer), read;
        different += utf8_decode(buffer, buffer + len, &read) != c || read != len;
    }
    ck_assert_uint_eq(different, 0);
    ck_assert_uint_eq(utf8_count(VIEW("\xE2\x80\x9Cno\xE2\x80\x9D")), 4);
}
END_TEST

START_TEST(error_keeps_the_first_cause) {
    whosaid_error err = {0};
    ck_assert_int_eq(error_set(&err, WHOSAID_SYNTAX, "a.json", 3, "bad %d", 1), WHOSAID_SYNTAX);
    error_set(&err, WHOSAID_IO, "b", 0, "later");
    ck_assert_int_eq(err.code, WHOSAID_SYNTAX);
    ck_assert_str_eq(err.where, "a.json");
    ck_assert_str_eq(err.text, "bad 1");
    ck_assert_str_eq(whosaid_status_words(WHOSAID_MODEL), "is not a usable model");
}
END_TEST

static char model_path[64];

static void write_model(void) {
    snprintf(model_path, sizeof model_path, "/tmp/whosaid-test-%ld.model", (long)getpid());
    static const int16_t weights[] = {1, -2, 300};
    static const uint64_t keys[] = {42};
    model_file_writer *writer = model_file_writer_new("test", 7);
    ck_assert(model_file_writer_add(writer, "weights", weights, sizeof *weights, 3));
    ck_assert(model_file_writer_add(writer, "keys", keys, sizeof *keys, 1));
    ck_assert_int_eq(model_file_writer_save(writer, model_path, NULL), WHOSAID_OK);
    model_file_writer_free(writer);
}

START_TEST(model_file_gives_back_what_was_written) {
    write_model();
    model_file *file;
    ck_assert_int_eq(model_file_open(model_path, "test", 7, &file, NULL), WHOSAID_OK);
    const void *data;
    size_t count;
    ck_assert_int_eq(model_file_section(file, "weights", 2, &data, &count, NULL), WHOSAID_OK);
    ck_assert_uint_eq(count, 3);
    ck_assert_int_eq(((const int16_t *)data)[2], 300);
    ck_assert_int_eq(model_file_section(file, "weights", 4, &data, &count, NULL), WHOSAID_MODEL);
    ck_assert_int_eq(model_file_section(file, "other", 2, &data, &count, NULL), WHOSAID_MODEL);
    model_file_close(file);
    ck_assert_int_eq(model_file_open(model_path, "tagger", 7, &file, NULL), WHOSAID_MODEL);
    ck_assert_int_eq(model_file_open(model_path, "test", 8, &file, NULL), WHOSAID_MODEL);
    remove(model_path);
}
END_TEST

START_TEST(model_file_refuses_any_changed_byte) {
    write_model();
    FILE *in = fopen(model_path, "rb");
    unsigned char bytes[512];
    size_t len = fread(bytes, 1, sizeof bytes, in);
    fclose(in);
    ck_assert_uint_gt(len, 128);
    for (size_t i = 0; i <= len; i++) {
        unsigned char changed[512];
        memcpy(changed, bytes, len);
        if (i < len) changed[i] ^= 0x41;
        FILE *out = fopen(model_path, "wb");
        fwrite(changed, 1, i < len ? len : len - 1, out); /* the last round cuts the file */
        fclose(out);
        model_file *file = NULL;
        whosaid_error err = {0};
        whosaid_status status = model_file_open(model_path, "test", 7, &file, &err);
        ck_assert_msg(status == WHOSAID_MODEL, "byte %zu: %s", i, err.text);
        model_file_close(file);
    }
    remove(model_path);
}
END_TEST

START_TEST(a_path_has_an_end) {
    char folder[PATH_MAX], path[PATH_MAX];
    memset(folder, 'a', sizeof folder);
    folder[PATH_MAX - 3] = '\0';
    ck_assert_int_eq(folder_path(folder, "b", path, NULL), WHOSAID_OK);
    ck_assert_uint_eq(strlen(path), PATH_MAX - 1);
    ck_assert_str_eq(path + PATH_MAX - 4, "a/b");
    ck_assert_int_eq(folder_path(folder, "bc", path, NULL), WHOSAID_LIMIT);
}
END_TEST

START_TEST(folders_are_made_with_those_above_them) {
    static const char *const good[] = {"", "/one", "/one/two/three", "/one//two/",
                                       "/one/two/../four"};
    static const char *const bad[] = {"/one/file", "/one/file/five"};
    char path[256];
    make_folder();
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        snprintf(path, sizeof path, "%s%s", test_folder, good[i]);
        ck_assert_int_eq(folder_make(path, NULL), WHOSAID_OK);
        strcat(path, "/.");
        ck_assert_msg(access(path, F_OK) == 0, "%s", path);
    }
    write_file("one/file", "");
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        whosaid_error err = {0};
        snprintf(path, sizeof path, "%s%s", test_folder, bad[i]);
        ck_assert_int_eq(folder_make(path, &err), WHOSAID_IO);
        ck_assert_str_eq(err.text, "cannot make the folder: Not a directory");
    }
    remove_folder();
}
END_TEST

START_TEST(a_number_has_its_place_among_sorted_items) {
    static const struct {
        char letter;
        uint32_t number;
    } items[] = {{'a', 2}, {'b', 5}, {'c', 5}, {'d', UINT32_MAX}};
    static const struct {
        uint32_t value;
        size_t place;
    } places[] = {{0, 0}, {2, 0}, {3, 1}, {5, 1}, {6, 3}, {UINT32_MAX, 3}};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        ck_assert_uint_eq(SORTED_BELOW(items, 4, number, places[i].value), places[i].place);
    const uint32_t *none = NULL;
    ck_assert_uint_eq(SORTED_NUMBERS_BELOW(none, 0, 7), 0);
}
END_TEST

static TCase *cases(void) {
    TCase *t = tcase_create("base");
    tcase_add_test(t, arena_keeps_blocks_beyond_a_reset);
    tcase_add_test(t, arena_keeps_each_structure_by_itself);
    tcase_add_test(t, arena_gives_back_to_a_mark);
    tcase_add_test(t, arena_lends_the_same_scratch_each_time);
    tcase_add_test(t, arena_uses_a_block_that_was_taken_back_again);
    tcase_add_loop_test(t, utf8_names_the_first_bad_byte, 0,
                        sizeof utf8_cases / sizeof *utf8_cases);
    tcase_add_test(t, utf8_survives_a_round_trip);
    tcase_add_test(t, error_keeps_the_first_cause);
    tcase_add_test(t, model_file_gives_back_what_was_written);
    tcase_add_test(t, model_file_refuses_any_changed_byte);
    tcase_add_test(t, folders_are_made_with_those_above_them);
    tcase_add_test(t, a_path_has_an_end);
    tcase_add_test(t, a_number_has_its_place_among_sorted_items);
    return t;
}

SUITE_MAIN("base")
