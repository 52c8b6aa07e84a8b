/* reading.h: a folder of temporary files, and what a source reads from it, as text. */
#ifndef TESTS_READING_H
#define TESTS_READING_H

#include "read/article_source.h"
#include "read/record_reader.h"

#include <check.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char folder[PATH_MAX];

static inline void enter_new_folder(void) {
    char pattern[] = "/tmp/whosaid-read-XXXXXX";
    ck_assert_ptr_nonnull(mkdtemp(pattern));
    snprintf(folder, sizeof folder, "%s", pattern);
    ck_assert_int_eq(chdir(folder), 0);
}

static inline void remove_folder(void) {
    char command[PATH_MAX + 16];
    snprintf(command, sizeof command, "rm -rf %s", folder);
    ck_assert_int_eq(chdir("/"), 0);
    ck_assert_int_eq(system(command), 0);
}

static inline void write_bytes(const char *path, const void *bytes, size_t len) {
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes, 1, len, file), len);
    ck_assert_int_eq(fclose(file), 0);
}

static inline void write_text(const char *path, const char *text) {
    write_bytes(path, text, strlen(text));
}

/* Everything that a source gives, one line an event: "id|date|body" of an article, "failed: ...",
 * "skipped: WHERE: ...". */
static inline void read_all(const char *const *paths, size_t count, char *out, size_t capacity) {
    article_source *source;
    ck_assert_int_eq(article_source_open(paths, count, NULL, &source, NULL), WHOSAID_OK);
    raw_record record = {0};
    arena *memory = arena_new();
    size_t used = 0;
    out[0] = '\0';
    for (;;) {
        whosaid_error err = {0};
        source_event event = article_source_next(source, &record, &err);
        if (event == SOURCE_END) break;
        if (event != SOURCE_RECORD) {
            used += (size_t)snprintf(out + used, capacity - used, "%s%s: %s\n",
                                     event == SOURCE_FAILED ? "failed: " : "", err.where, err.text);
            continue;
        }
        record_reader reader;
        article a;
        whosaid_status status = record_reader_open(&reader, &record, &err);
        if (status != WHOSAID_OK)
            used += (size_t)snprintf(out + used, capacity - used, "refused: %s:%zu: %s\n",
                                     err.where, err.line, err.text);
        while (status == WHOSAID_OK && record_reader_next(&reader, memory, &a, &status, &err)) {
            if (status == WHOSAID_OK)
                used +=
                    (size_t)snprintf(out + used, capacity - used, "%.*s|%.*s|%.*s\n", (int)a.id.len,
                                     a.id.ptr, (int)a.date.len, a.date.ptr,
                                     (int)(a.body.end - a.body.begin), a.text.ptr + a.body.begin);
            else
                used += (size_t)snprintf(out + used, capacity - used, "refused: %s:%zu: %s\n",
                                         err.where, err.line, err.text);
            status = WHOSAID_OK;
            err = (whosaid_error){0};
        }
        record_reader_close(&reader);
    }
    raw_record_free(&record);
    article_source_close(source);
    arena_free(memory);
}

static inline void assert_read(const char *path, const char *expected) {
    char got[8192];
    read_all(&path, 1, got, sizeof got);
    ck_assert_str_eq(got, expected);
}

#endif
