/* test_files.h: a folder of temporary files for a test. */
#ifndef TESTS_TEST_FILES_H
#define TESTS_TEST_FILES_H

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char test_folder[64];

static inline void make_folder(void) {
    snprintf(test_folder, sizeof test_folder, "/tmp/whosaid-test-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(test_folder));
}

static inline void remove_folder(void) {
    char command[96];
    snprintf(command, sizeof command, "rm -r %s", test_folder);
    ck_assert_int_eq(system(command), 0);
}

/* Valid until the fourth call after this one. */
static inline const char *path_of(const char *file_name) {
    static char paths[4][160];
    static unsigned next;
    char *path = paths[next++ % 4];
    snprintf(path, sizeof paths[0], "%s/%s", test_folder, file_name);
    return path;
}

static inline void write_file(const char *file_name, const char *content) {
    FILE *out = fopen(path_of(file_name), "wb");
    ck_assert_ptr_nonnull(out);
    ck_assert_uint_eq(fwrite(content, 1, strlen(content), out), strlen(content));
    ck_assert_int_eq(fclose(out), 0);
}

#endif
