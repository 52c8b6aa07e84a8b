/* fuzz.h: what the fuzzers share. A fuzzer is a file fuzz_NAME.c with fuzz_one(), which gets bytes
 * from whoever runs it: libFuzzer (preset "fuzz"), or replay.c with the kept inputs in any build.
 * What must never happen is said with MUST, which ends the process. */
#ifndef TESTS_FUZZ_H
#define TESTS_FUZZ_H

#include "article.h"
#include "read/article_source.h"

#include <stdio.h>
#include <stdlib.h>

#define MUST(condition)                                                                            \
    ((condition)                                                                                   \
         ? (void)0                                                                                 \
         : (fprintf(stderr, "%s:%d: must hold: %s\n", __FILE__, __LINE__, #condition), abort()))

/* Runs one input. Called again and again in one process. */
void fuzz_one(const uint8_t *data, size_t size);

/* libFuzzer's entry point. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Says that an input was sound and went the whole way. A fuzzer none of whose seeds do so tests
 * nothing: replay.c fails then. */
void fuzz_accept(void);
size_t fuzz_accepted(void);

/* A folder of this process, in memory where the system has such; gone when the process ends. */
const char *fuzz_folder(void);

/* FOLDER/file, with the bytes written to it. Borrowed until the eighth call after this one. */
const char *fuzz_path(const char *file);
const char *fuzz_write(const char *file, const void *bytes, size_t len);

/* Spans and indices of an article lie where its header says, on borders of characters. With
 * has_attributions, those too. */
void fuzz_check_article(const article *a, bool has_attributions);

/* Error of a failed call: a code, and text that ends. */
void fuzz_check_error(whosaid_status status, const whosaid_error *err);

/* An article made from a text with quotations, segmented and tagged and analyzed by the models that
 * ship, as far as `steps` of them (0: read only). Its memory is the arena's. */
typedef enum fuzz_step { FUZZ_READ, FUZZ_SEGMENTED, FUZZ_TAGGED, FUZZ_ATTRIBUTED } fuzz_step;
article fuzz_sample_article(fuzz_step steps, arena *memory);

/* Reads everything in a file as the program does, and segments each article. */
void fuzz_read_file(const char *path);

/* The same for bytes that are one record. */
void fuzz_read_record(const uint8_t *data, size_t size, record_kind kind);

#endif
