/* corpus_files.h: finding and reading the files of a corpus. */
#ifndef CORPUS_CORPUS_FILES_H
#define CORPUS_CORPUS_FILES_H

#include "base/array.h"
#include "whosaid.h"

typedef struct corpus_file {
    const char *path;
    bool from_folder; /* found in a folder; not named by the user */
} corpus_file;

typedef ARRAY(corpus_file) corpus_file_list;

/* Appends `path`, or, when it is a folder, the files below it that `wanted` accepts, sorted by
 * path. Hidden files and linked folders are passed over. Strings lie in the arena.
 * Errors: IO, LIMIT (folders too deep), NO_MEMORY. */
WHOSAID_CHECK whosaid_status corpus_files_find(arena *a, const char *path,
                                               bool (*wanted)(text_view name),
                                               corpus_file_list *out, whosaid_error *err);

/* The whole content, uncompressed when it is gzip. The caller frees content->ptr with free().
 * Errors: IO, LIMIT, NO_MEMORY. */
WHOSAID_CHECK whosaid_status corpus_file_read(const char *path, text_view *content,
                                              whosaid_error *err);

#endif
