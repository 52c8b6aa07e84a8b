/* file_type.h: what a file is, by its suffix. */
#ifndef READ_FILE_TYPE_H
#define READ_FILE_TYPE_H

#include "read/article_source.h"
#include "read/byte_stream.h"

/* How records lie in a file. */
typedef enum file_form {
    FORM_WHOLE, /* the file is one record */
    FORM_LINES,
    FORM_CSV,
    FORM_WARC,
    FORM_ZIP,
    FORM_TAR
} file_form;

typedef struct file_type {
    file_form form;
    record_kind kind; /* of the records; not for archives */
    compression packed;
} file_type;

/* False when the suffix is not known. Letter case does not count. */
bool file_type_of(text_view path, file_type *out);

/* Whether the path of such a file says in which shard it is, not what stands in it. */
static inline bool file_type_goes_by_path(file_type type) {
    return type.form == FORM_WHOLE && type.kind != RECORD_JSON;
}

/* The known suffixes, for messages. */
#define FILE_TYPES_KNOWN                                                                           \
    ".txt .md .html .json .jsonl .csv .warc, each also with .gz .zst .bz2 .xz; .zip .tar .tar.gz"

#endif
