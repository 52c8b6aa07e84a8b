/* Archives, compressions and tables: the articles in them, and what damage and malice do. */
#include "reading.h"
#include "suite.h"

#include "read/byte_stream_type.h"

#include <archive.h>
#include <archive_entry.h>

#define COUNT(table) (sizeof(table) / sizeof *(table))

typedef struct member {
    const char *path, *content;
} member;

static void add_filter(struct archive *a, const char *suffix) {
    int result = strcmp(suffix, ".gz") == 0 || strcmp(suffix, ".tgz") == 0
                     ? archive_write_add_filter_gzip(a)
                 : strcmp(suffix, ".zst") == 0 ? archive_write_add_filter_zstd(a)
                 : strcmp(suffix, ".xz") == 0  ? archive_write_add_filter_xz(a)
                 : strcmp(suffix, ".bz2") == 0 ? archive_write_add_filter_bzip2(a)
                                               : archive_write_add_filter_none(a);
    ck_assert_int_eq(result, ARCHIVE_OK);
}

/* Writes an archive by the format and filter of its file name. */
static void write_archive(const char *path, const member *members, size_t count) {
    struct archive *a = archive_write_new();
    if (strcmp(path, "a.zip") == 0)
        archive_write_set_format_zip(a);
    else
        archive_write_set_format_pax(a);
    add_filter(a, strrchr(path, '.'));
    ck_assert_int_eq(archive_write_open_filename(a, path), ARCHIVE_OK);
    for (size_t i = 0; i < count; i++) {
        struct archive_entry *entry = archive_entry_new();
        bool is_link = strncmp(members[i].content, "link:", 5) == 0;
        archive_entry_set_pathname(entry, members[i].path);
        archive_entry_set_filetype(entry, is_link ? AE_IFLNK : AE_IFREG);
        archive_entry_set_perm(entry, 0600);
        if (is_link) archive_entry_set_symlink(entry, members[i].content + 5);
        archive_entry_set_size(entry, is_link ? 0 : (la_int64_t)strlen(members[i].content));
        ck_assert_int_eq(archive_write_header(a, entry), ARCHIVE_OK);
        if (!is_link) archive_write_data(a, members[i].content, strlen(members[i].content));
        archive_entry_free(entry);
    }
    ck_assert_int_eq(archive_write_close(a), ARCHIVE_OK);
    archive_write_free(a);
}

/* Writes one compressed file, by its suffix. */
static void write_compressed(const char *path, const char *content, size_t len) {
    struct archive *a = archive_write_new();
    archive_write_set_format_raw(a);
    add_filter(a, strrchr(path, '.'));
    ck_assert_int_eq(archive_write_open_filename(a, path), ARCHIVE_OK);
    struct archive_entry *entry = archive_entry_new();
    archive_entry_set_filetype(entry, AE_IFREG);
    ck_assert_int_eq(archive_write_header(a, entry), ARCHIVE_OK);
    ck_assert_int_eq(archive_write_data(a, content, len), (la_ssize_t)len);
    archive_entry_free(entry);
    ck_assert_int_eq(archive_write_close(a), ARCHIVE_OK);
    archive_write_free(a);
}

static char got[1 << 21];

static const char *read_path(const char *path) {
    read_all(&path, 1, got, sizeof got);
    return got;
}

static const char *const archives[] = {"a.zip",     "a.tar",    "a.tar.gz", "a.tgz",
                                       "a.tar.zst", "a.tar.xz", "a.tar.bz2"};

START_TEST(members_are_read_by_their_type) {
    static const member members[] = {
        {"in/a.txt", "One."},
        {"./in/b.html", "<p>Two.</p>"},
        {"in/c.jsonl", "{\"text\": \"Three.\"}\n{\"id\": \"x\", \"text\": \"Four.\"}\n"},
        {"in/d.csv", "id,text\nr1,Five.\n"},
        {"../../../climbs.txt", "Six."},
        {"/rooted.txt", "Seven."},
        {"in/.hidden.txt", "never"},
        {"__MACOSX/in/._a.txt", "never"},
        {"in/link.txt", "link:/etc/passwd"},
        {"in/picture.png", "x"},
        {"in/inner.zip", "x"},
        {"in/latin.txt", "caf\xE9."},
    };
    const char *path = archives[_i];
    write_archive(path, members, COUNT(members));
    char expected[2048];
    snprintf(expected, sizeof expected,
             "%s/in/a.txt||One.\n%s/in/b.html||Two.\n%s/in/c.jsonl:1||Three.\nx||Four.\nr1||Five.\n"
             "%s/../../../climbs.txt||Six.\n%s//rooted.txt||Seven.\n"
             "%s/in/picture.png: skipped: not a known type\n"
             "%s/in/inner.zip: skipped: an archive inside an archive\n"
             "%s/in/latin.txt||caf\xC3\xA9.\n",
             path, path, path, path, path, path, path, path);
    ck_assert_str_eq(read_path(path), expected);
    ck_assert_int_ne(access("climbs.txt", F_OK), 0);
}
END_TEST

START_TEST(a_compressed_member_is_read) {
    write_compressed("inner.txt.gz", "One.", 4);
    FILE *file = fopen("inner.txt.gz", "rb");
    char bytes[512] = {0};
    size_t len = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    struct archive *a = archive_write_new();
    archive_write_set_format_ustar(a);
    archive_write_open_filename(a, "a.tar");
    struct archive_entry *entry = archive_entry_new();
    archive_entry_set_pathname(entry, "b.txt.gz");
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_size(entry, (la_int64_t)len);
    archive_write_header(a, entry);
    archive_write_data(a, bytes, len);
    archive_entry_free(entry);
    archive_write_close(a);
    archive_write_free(a);
    ck_assert_str_eq(read_path("a.tar"), "a.tar/b.txt.gz||One.\n");
}
END_TEST

START_TEST(what_is_no_archive_is_named) {
    write_text("a.zip", "no archive at all, only some text that goes on for a while");
    ck_assert_ptr_nonnull(strstr(read_path("a.zip"), "failed: a.zip: cannot read: "));
    write_text("a.txt.zst", "no zstd");
    ck_assert_ptr_nonnull(strstr(read_path("a.txt.zst"), "failed: a.txt.zst: cannot decompress: "));
    write_text("a.txt.gz", "no gzip");
    ck_assert_str_eq(read_path("a.txt.gz"), "failed: a.txt.gz: cannot decompress: not gzip data\n");
}
END_TEST

static const char *const suffixes[] = {".gz", ".zst", ".bz2", ".xz"};

/* Lines that do not repeat, so that compressed files are long enough to be cut. */
static size_t make_lines(char *lines, size_t capacity, int count) {
    size_t len = 0;
    unsigned state = 1;
    for (int i = 0; i < count; i++) {
        len +=
            (size_t)snprintf(lines + len, capacity - len, "{\"id\": \"x%d\", \"text\": \"One", i);
        for (int k = 0; k < 8; k++) {
            state = state * 1103515245u + 12345u;
            len += (size_t)snprintf(lines + len, capacity - len, " %u", state);
        }
        len += (size_t)snprintf(lines + len, capacity - len, ".\"}\n");
    }
    return len;
}

START_TEST(damage_costs_what_comes_behind_it) {
    static char lines[1 << 20], path[32];
    size_t len = make_lines(lines, sizeof lines, 8000);
    snprintf(path, sizeof path, "a.jsonl%s", suffixes[_i]);
    write_compressed(path, lines, len);
    ck_assert_ptr_nonnull(strstr(read_path(path), "x7999||One"));
    ck_assert_ptr_null(strstr(got, "failed"));

    FILE *file = fopen(path, "ab");
    fputs("rubbish", file);
    fclose(file);
    ck_assert_ptr_nonnull(strstr(read_path(path), "x7999||One"));
    ck_assert_msg(strstr(got, "failed: a.jsonl") && strstr(got, "cannot decompress: "), "%s: ...%s",
                  path, got + strlen(got) - 100);

    struct stat info;
    ck_assert_int_eq(stat(path, &info), 0);
    ck_assert_int_eq(truncate(path, info.st_size * 9 / 10), 0);
    read_path(path);
    bool whole_blocks = strcmp(suffixes[_i], ".bz2") != 0; /* one block of 900 kB holds all */
    ck_assert_msg(!whole_blocks || strstr(got, "x0||One"), "%s", path);
    ck_assert_ptr_nonnull(strstr(got, "cannot decompress: "));
    ck_assert_ptr_null(strstr(got, "x7999||One"));
}
END_TEST

START_TEST(an_empty_file_in_gzip_is_empty) {
    write_compressed("a.txt.gz", "", 0);
    ck_assert_str_eq(read_path("a.txt.gz"), "refused: a.txt.gz:0: is empty\n");
}
END_TEST

START_TEST(bombs_are_known_by_their_ratio) {
    ck_assert(!unpack_is_bomb(1000, 1000 * 1000));
    ck_assert(!unpack_is_bomb((uint64_t)1 << 30, (uint64_t)100 << 30));
    ck_assert(unpack_is_bomb(1 << 20, (uint64_t)2 << 30));
}
END_TEST

static const struct {
    const char *table, *expected;
} tables[] = {
    {"id,text\na,One.\nb,Two.\n", "a||One.\nb||Two.\n"},
    {"\xEF\xBB\xBFText,Date,ID\r\nOne.,\"May 3, 2024\",7\r\n\r\n", "7|2024-05-03|One.\n"},
    {"content;url\n\"One; \"\"two\"\".\";http://a.example/\n",
     "http://a.example/||One; \"two\".\n"},
    {"text\tdate\nOne, two.\t2024-05-03\n", "a.csv:2|2024-05-03|One, two.\n"},
    {"text\n\"One\n\ntwo\"\nThree.\n", "a.csv:2||One\n\ntwo\na.csv:5||Three.\n"},
    {"text,id\nOne.\n,x\nTwo.,y,z\n",
     "a.csv:2||One.\nrefused: a.csv:3: the row has no text\ny||Two.\n"},
    {"text\ncaf\xE9\n", "a.csv:2||caf\xC3\xA9\n"},
    {"text\nOne \"two\" three.\nFour.\n",
     "refused: a.csv:2: a quotation mark is misplaced in this row\na.csv:3||Four.\n"},
    {"text\nOne.\n\"Two.\nThree.\n",
     "a.csv:2||One.\nfailed: a.csv: a quotation mark that is opened in this row is never closed\n"},
    {"name,words\nx,One.\n",
     "failed: a.csv: no column is called text, body or content; name one with --text-column of: "
     "name, words\n"},
    {"", "failed: a.csv: is empty\n"},
};

START_TEST(rows_of_a_table_are_articles) {
    write_text("a.csv", tables[_i].table);
    ck_assert_str_eq(read_path("a.csv"), tables[_i].expected);
}
END_TEST

static TCase *cases(void) {
    TCase *t = tcase_create("archive");
    tcase_add_checked_fixture(t, enter_new_folder, remove_folder);
    tcase_add_loop_test(t, members_are_read_by_their_type, 0, COUNT(archives));
    tcase_add_test(t, a_compressed_member_is_read);
    tcase_add_test(t, what_is_no_archive_is_named);
    tcase_add_loop_test(t, damage_costs_what_comes_behind_it, 0, COUNT(suffixes));
    tcase_add_test(t, an_empty_file_in_gzip_is_empty);
    tcase_add_test(t, bombs_are_known_by_their_ratio);
    tcase_add_loop_test(t, rows_of_a_table_are_articles, 0, COUNT(tables));
    return t;
}

SUITE_MAIN("archive")
