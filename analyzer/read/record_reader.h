/* record_reader.h: the articles in one raw record. What is not text, malformed or empty is refused
 * with the reason; in a JSON list the articles around it are still read. */
#ifndef READ_RECORD_READER_H
#define READ_RECORD_READER_H

#include "article.h"
#include "read/article_source.h"

struct json_t;

/* Lives on the caller's stack; the fields are the reader's own. */
typedef struct record_reader {
    const raw_record *record;
    struct json_t *document; /* NULL for what is no JSON */
    text_view text;          /* the record as UTF-8 */
    buffer decoded;          /* without its HTTP encodings, when it had any */
    buffer converted;        /* from another character set, when it was in one */
    buffer body;             /* the text of a web page's article */
    size_t next, count;
} record_reader;

/* Checks the record's bytes, brings them to UTF-8 and parses JSON. `record` is borrowed until
 * record_reader_close, which must be called in any case. Errors: NOT_TEXT, SYNTAX, LIMIT,
 * NO_MEMORY. */
WHOSAID_CHECK whosaid_status record_reader_open(record_reader *reader, const raw_record *record,
                                                whosaid_error *err);
void record_reader_close(record_reader *reader);

/* False when there is no article left. Else *status tells how reading it went, and for OK `out`
 * holds it: text and fields are borrowed from the record and the reader, or lie in `memory`.
 * Errors: NOT_TEXT, SYNTAX, LIMIT, NO_MEMORY. */
bool record_reader_next(record_reader *reader, arena *memory, article *out, whosaid_status *status,
                        whosaid_error *err);

/* The id that a JSON line says it has, whether an article can be read from it or not; empty when it
 * has none or is damaged before it. Borrowed from the reader or in `memory`. */
text_view record_reader_own_id(const record_reader *reader, arena *memory);

/* Kinds of records (more in csv_article.h and html_article.h). text: a whole plain text file
 * without its byte-order mark. */
WHOSAID_CHECK whosaid_status text_article_read(text_view id, text_view text, bool is_markdown,
                                               arena *memory, article *out, whosaid_error *err);
/* The id among the members of an object, or of what is the beginning of one: `otherwise` when there
 * is none. ptr is NULL when memory is out. */
text_view json_article_id(const struct json_t *object, text_view otherwise, arena *memory);
text_view json_id_of_damaged(text_view text, arena *memory);

/* object: one article; id: what it is called when the object does not say. */
WHOSAID_CHECK whosaid_status json_article_read(const struct json_t *object, text_view id,
                                               const char *where, size_t line, arena *memory,
                                               article *out, whosaid_error *err);

#endif
