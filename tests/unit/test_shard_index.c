/* The index of a shard: written, gone on with, read, and refused when it is damaged or not whole.
 */
#include "suite.h"
#include "test_files.h"

#include "report/shard_index.h"

static const shard_index_head head = {
    .shard = 3, .of = 8, .head_bytes = 240, .identity = {"version 1\nformat csv\n", 21}};

static const shard_entry entries[] = {
    {.record = 0, .article = 0, .bytes = 1312, .text = {1, 0xABC}, .id = {"folder/a.txt", 12}},
    {.record = 7, .article = 2, .id = {"a \"tab\"\tand\nline", 16}},
    {.record = 7, .article = 3, .bytes = 1, .text = {UINT64_MAX, 0}, .id = {"", 0}},
};
enum { ENTRIES = sizeof entries / sizeof *entries };
static const shard_index_end sums = {.articles = ENTRIES,
                                     .records = 12,
                                     .statements = 9,
                                     .failures = 1,
                                     .input = 0xFEDCBA9876543210};

static void add(shard_index_writer *writer, size_t first, size_t end) {
    for (size_t i = first; i < end; i++)
        ck_assert_int_eq(shard_index_add(writer, &entries[i], NULL), WHOSAID_OK);
}

static void write_whole(const char *part) {
    shard_index_writer *writer;
    ck_assert_int_eq(shard_index_create(path_of(part), &head, &writer, NULL), WHOSAID_OK);
    add(writer, 0, ENTRIES);
    ck_assert_int_eq(shard_index_finish(writer, &sums, NULL), WHOSAID_OK);
    shard_index_writer_free(writer, false);
}

/* Reads the whole index of `part`; the number of entries. */
static size_t read_index(const char *part, whosaid_status *status, whosaid_error *err) {
    shard_index_reader *reader;
    shard_index_head got;
    *status = shard_index_open(path_of(part), &reader, &got, err);
    if (*status != WHOSAID_OK) return 0;
    ck_assert_uint_eq(got.shard, 3);
    ck_assert_uint_eq(got.of, 8);
    ck_assert_uint_eq(got.head_bytes, 240);
    ck_assert(view_equal(got.identity, head.identity));
    shard_entry entry;
    shard_index_end end = {0};
    bool found = true;
    size_t count = 0;
    while ((*status = shard_index_next(reader, &entry, &found, &end, err)) == WHOSAID_OK && found) {
        const shard_entry *expected = &entries[count++];
        ck_assert_uint_eq(entry.record, expected->record);
        ck_assert_uint_eq(entry.article, expected->article);
        ck_assert_uint_eq(entry.bytes, expected->bytes);
        ck_assert_uint_eq(entry.text.low, expected->text.low);
        ck_assert_uint_eq(entry.text.high, expected->text.high);
        ck_assert(view_equal(entry.id, expected->id));
    }
    if (*status == WHOSAID_OK) ck_assert_int_eq(memcmp(&end, &sums, sizeof end), 0);
    shard_index_reader_free(reader);
    return count;
}

static size_t read_bytes(const char *file, char *out, size_t capacity) {
    FILE *in = fopen(path_of(file), "rb");
    ck_assert_ptr_nonnull(in);
    size_t len = fread(out, 1, capacity, in);
    fclose(in);
    return len;
}

static void write_bytes(const char *file, const char *bytes, size_t len) {
    FILE *out = fopen(path_of(file), "wb");
    ck_assert_uint_eq(fwrite(bytes, 1, len, out), len);
    ck_assert_int_eq(fclose(out), 0);
}

START_TEST(what_is_written_is_read) {
    write_whole("part");
    whosaid_status status;
    ck_assert_uint_eq(read_index("part", &status, NULL), ENTRIES);
    ck_assert_int_eq(status, WHOSAID_OK);
}
END_TEST

START_TEST(a_stopped_index_goes_on_and_becomes_the_same) {
    write_whole("part");
    shard_index_writer *writer;
    uint64_t length, check;
    ck_assert_int_eq(shard_index_create(path_of("again"), &head, &writer, NULL), WHOSAID_OK);
    add(writer, 0, 1);
    ck_assert_int_eq(shard_index_flush(writer, &length, &check, NULL), WHOSAID_OK);
    add(writer, 1, 2); /* written, and done again */
    uint64_t lost;
    ck_assert_int_eq(shard_index_flush(writer, &lost, &lost, NULL), WHOSAID_OK);
    shard_index_writer_free(writer, false);
    ck_assert_int_eq(shard_index_continue(path_of("again"), length, check, &writer, NULL),
                     WHOSAID_OK);
    add(writer, 1, ENTRIES);
    ck_assert_int_eq(shard_index_finish(writer, &sums, NULL), WHOSAID_OK);
    shard_index_writer_free(writer, false);
    char one[2048], other[2048];
    size_t len = read_bytes("part.shard", one, sizeof one);
    ck_assert_uint_eq(read_bytes("again.shard", other, sizeof other), len);
    ck_assert_mem_eq(one, other, len);
}
END_TEST

START_TEST(a_changed_index_is_not_gone_on_with) {
    shard_index_writer *writer;
    uint64_t length, check;
    ck_assert_int_eq(shard_index_create(path_of("part"), &head, &writer, NULL), WHOSAID_OK);
    add(writer, 0, 1);
    ck_assert_int_eq(shard_index_flush(writer, &length, &check, NULL), WHOSAID_OK);
    shard_index_writer_free(writer, false);
    whosaid_error err = {0};
    ck_assert_int_eq(shard_index_continue(path_of("part"), length, check + 1, &writer, &err),
                     WHOSAID_USAGE);
    ck_assert_ptr_nonnull(strstr(err.text, "was changed"));
    ck_assert_int_eq(shard_index_continue(path_of("part"), length + 1, check, &writer, NULL),
                     WHOSAID_USAGE);
}
END_TEST

/* Cut anywhere, or with any byte changed, it is never taken for a whole one. */
START_TEST(damage_is_noticed) {
    write_whole("part");
    char bytes[2048];
    size_t len = read_bytes("part.shard", bytes, sizeof bytes);
    for (size_t at = 0; at < len; at++) {
        whosaid_status status;
        whosaid_error err = {0};
        write_bytes("cut.shard", bytes, at);
        read_index("cut", &status, &err);
        if (at + 1 < len) ck_assert_msg(status == WHOSAID_SYNTAX, "cut at %zu", at);
    }
    whosaid_status status;
    whosaid_error err = {0};
    size_t last_line = len - 2;
    while (bytes[last_line] != '\n')
        last_line--;
    write_bytes("cut.shard", bytes, last_line + 1);
    ck_assert_uint_eq(read_index("cut", &status, &err), ENTRIES);
    ck_assert_ptr_nonnull(strstr(err.text, "not complete"));
    bytes[last_line - 1] = '\t'; /* a bracket */
    write_bytes("cut.shard", bytes, len);
    read_index("cut", &status, NULL);
    ck_assert_int_eq(status, WHOSAID_SYNTAX);
}
END_TEST

START_TEST(a_missing_index_is_named) {
    whosaid_status status;
    whosaid_error err = {0};
    read_index("gone", &status, &err);
    ck_assert_int_eq(status, WHOSAID_IO);
    ck_assert_ptr_nonnull(strstr(err.where, "gone.shard"));
}
END_TEST

static TCase *cases(void) {
    TCase *t = tcase_create("shard index");
    tcase_add_checked_fixture(t, make_folder, remove_folder);
    tcase_add_test(t, what_is_written_is_read);
    tcase_add_test(t, a_stopped_index_goes_on_and_becomes_the_same);
    tcase_add_test(t, a_changed_index_is_not_gone_on_with);
    tcase_add_test(t, damage_is_noticed);
    tcase_add_test(t, a_missing_index_is_named);
    return t;
}

SUITE_MAIN("shard index")
