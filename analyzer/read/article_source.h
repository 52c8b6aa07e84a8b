/* article_source.h: one raw record after another from files, folders, archives and standard input.
 * A record is the bytes of one text, JSON or HTML file, one line of a JSON Lines file, one row of a
 * CSV table, or one stored page of a WARC file; turning it into articles is the work of
 * record_reader.h, which may run on another thread.
 *
 * File types go by their suffix (file_type.h), also those of the members of .zip and .tar archives;
 * archives inside archives are left out. Files that lie beside reports (.journal, .shard) are
 * passed over without a word when a folder is searched. The path "-" is JSON Lines on standard
 * input. A source belongs to one thread at a time. */
#ifndef READ_ARTICLE_SOURCE_H
#define READ_ARTICLE_SOURCE_H

#include "base/buffer.h"
#include "read/csv_article.h"
#include "read/shard.h"
#include "whosaid.h"

#include <sys/stat.h>

typedef struct article_source article_source;

typedef enum record_kind {
    RECORD_TEXT,
    RECORD_MARKDOWN,
    RECORD_JSON,      /* one article or a list of them */
    RECORD_JSON_LINE, /* one article */
    RECORD_HTML,
    RECORD_CSV_ROW,
    RECORD_HTTP_RESPONSE /* with a web page in it */
} record_kind;

/* Owned by the caller and reused from call to call. Starts as {0}. */
typedef struct raw_record {
    record_kind kind;
    buffer path; /* as given or found, with NUL at its end (counted in len); of a member of an
                    archive: the archive's path, "/" and its name */
    size_t line; /* of a line or row, from 1; of a WARC file's page: the number of its record from
                    1; else 0 */
    buffer id;   /* what its container calls it (the URI in a WARC file); may be empty */
    buffer bytes;
    csv_columns columns; /* of a RECORD_CSV_ROW */
} raw_record;

void raw_record_free(raw_record *record);

typedef enum source_event {
    SOURCE_RECORD,
    SOURCE_SKIPPED,   /* an input that is left out by rule; err says what and why */
    SOURCE_FAILED,    /* an input that cannot be read; err says why. The source goes on behind it */
    SOURCE_ELSEWHERE, /* something that another shard has to do with; record names it */
    SOURCE_END
} source_event;

/* paths: copied. exclude (may be NULL): a file that is never read, such as the report that is
 * being written. The caller owns *out. Errors: NO_MEMORY, IO. */
WHOSAID_CHECK whosaid_status article_source_open(const char *const *paths, size_t count,
                                                 const struct stat *exclude, article_source **out,
                                                 whosaid_error *err);
void article_source_close(article_source *source);

/* Which columns of CSV tables to use, from now on. The names are borrowed. */
void article_source_set_columns(article_source *source, const csv_column_names *names);

/* Only what is in `part`, from now on. Texts and web pages are taken by their path or address, and
 * so are files that cannot be read; the articles of JSON and CSV files by their id, which is for
 * the caller to do: those records come in every shard. */
void article_source_set_shard(article_source *source, shard part);

/* Makes the source end behind the record that it is reading, also while another thread waits in
 * article_source_next for a pipe or terminal. May be called from any thread. */
void article_source_cancel(article_source *source);

/* Behind SOURCE_END: it was cancelled before its input had ended. */
bool article_source_was_cut_short(const article_source *source);

/* How many bytes were read of the files, as they lie on the disk. */
uint64_t article_source_bytes_read(const article_source *source);

/* Fills `record` for SOURCE_RECORD; its path and line also for SOURCE_ELSEWHERE. Files of text have
 * at most ARTICLE_TEXT_MAX bytes, web pages 16 MiB, lines and rows 64 MiB, other JSON files 1 GiB.
 */
source_event article_source_next(article_source *source, raw_record *record, whosaid_error *err);

#endif
