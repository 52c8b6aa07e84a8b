/* model_file.h: the container of our own model weights: a few named sections of plain numbers in
 * one file that is mapped at start. Everything is checked before it can be used: magic, byte
 * order, kind, feature version, bounds, alignment, and a checksum over the whole content.
 *
 * Layout (little endian): header of 64 bytes, section table of 64 bytes an entry, then the
 * sections, each starting at a multiple of 64. The checksum is XXH3-64 of all bytes behind the
 * header. Sections hold no pointers. What numbers mean (counts, indices) is for the reader of the
 * section to check. */
#ifndef BASE_MODEL_FILE_H
#define BASE_MODEL_FILE_H

#include "whosaid.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct model_file model_file;
typedef struct model_file_writer model_file_writer;

/* Maps `path` read-only and checks it. kind: at most 15 characters, what the file must be, such as
 * "tagger". version: the feature set version that this program computes.
 * On success the caller owns *out (model_file_close). Errors: IO, MODEL, NO_MEMORY. */
WHOSAID_CHECK whosaid_status model_file_open(const char *path, const char *kind, uint32_t version,
                                             model_file **out, whosaid_error *err);

void model_file_close(model_file *file);

/* Finds a section. *data: borrowed until model_file_close, aligned to 64 bytes; *count: items of
 * element_size bytes. Error: MODEL when it is missing or of another element size. */
WHOSAID_CHECK whosaid_status model_file_section(const model_file *file, const char *name,
                                                size_t element_size, const void **data,
                                                size_t *count, whosaid_error *err);

/* The checksum in its header, which fits its content. */
uint64_t model_file_checksum(const model_file *file);

/* The path, for error messages. Borrowed. */
const char *model_file_path(const model_file *file);

/* Collects sections and writes them. The data is borrowed until model_file_writer_save. NULL when
 * memory is out; the caller owns it, and model_file_writer_free accepts NULL. */
model_file_writer *model_file_writer_new(const char *kind, uint32_t version);
void model_file_writer_free(model_file_writer *writer);

/* name: at most 23 characters. False when it is longer, or there are 32 sections already. */
WHOSAID_CHECK bool model_file_writer_add(model_file_writer *writer, const char *name,
                                         const void *data, size_t element_size, size_t count);

/* Writes to a temporary file beside `path` and renames it: readers see the old file or the new. */
WHOSAID_CHECK whosaid_status model_file_writer_save(model_file_writer *writer, const char *path,
                                                    whosaid_error *err);

#endif
