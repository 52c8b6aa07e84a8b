/* corpus_reader.h: what the readers of annotated articles share: the corpus under construction,
 * where in which file they stand, and what happens to faults. Internal to corpus/. */
#ifndef CORPUS_CORPUS_READER_H
#define CORPUS_CORPUS_READER_H

#include "base/array.h"
#include "base/error.h"
#include "corpus/convert.h"

#include <jansson.h>

typedef struct corpus_record {
    annotated_article article;
    text_view path; /* the file that holds it */
    size_t line;    /* where it begins, from 1; 0 when the file holds one article */
    json_t *json;   /* owned: the article as it was read; NULL unless keep_unknown */
} corpus_record;

struct corpus {
    arena *arena;
    ARRAY(corpus_record) records;
    corpus_fault_list faults;
};

typedef struct corpus_reader {
    corpus *corpus;
    const corpus_open_options *options;
    bool named; /* the user named this very file: it must hold an article */
    const char *path;
    size_t line;
    text_view quote; /* id of the quote that is being read; empty outside */
    whosaid_error *err;
} corpus_reader;

corpus *corpus_new(void);

/* Appends a fault; the strings are copied. Returns false when memory is out. */
bool corpus_add_fault(corpus *corpus, text_view where, size_t line, text_view text);

/* Reports what is wrong at the reader's place. Returns OK when faults are collected: the caller
 * then leaves out the faulty part and goes on. */
WHOSAID_CHECK whosaid_status reader_fault(corpus_reader *reader, whosaid_status code,
                                          const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The beginning of a text for a message, as arguments of "%.*s": cut between characters. */
#define EXCERPT(view) excerpt_len(view), (view).ptr
int excerpt_len(text_view text);

/* The file's name without folders and suffix, and ":number" when number is not 0 (the file holds
 * several articles): the id of an article that has none. ptr is NULL when memory is out. */
text_view reader_default_id(const corpus_reader *reader, size_t number);

/* A copy in the corpus's arena with white space folded to single blanks and trimmed. ptr is NULL
 * when memory is out. */
text_view reader_fold(const corpus_reader *reader, text_view text);

whosaid_status reader_no_memory(corpus_reader *reader);

/* Adds an article that was read at the reader's place. json: transferred, may be NULL. */
WHOSAID_CHECK whosaid_status reader_add(corpus_reader *reader, const annotated_article *article,
                                        json_t *json);

struct buffer;

/* The whole content of a file, uncompressed when its name ends in .gz. named: by the user, so that
 * it may be a pipe, or - for standard input. The caller frees *out.
 * Errors: IO, LIMIT, NO_MEMORY. */
WHOSAID_CHECK whosaid_status corpus_file_read(const char *path, bool named, struct buffer *out,
                                              whosaid_error *err);

/* One file's content to articles. content: borrowed. */
WHOSAID_CHECK whosaid_status read_json(corpus_reader *reader, text_view content);
WHOSAID_CHECK whosaid_status read_json_lines(corpus_reader *reader, text_view content);
WHOSAID_CHECK whosaid_status read_marked(corpus_reader *reader, text_view content);
WHOSAID_CHECK whosaid_status read_brat(corpus_reader *reader, text_view content);
WHOSAID_CHECK whosaid_status read_csv(corpus_reader *reader, text_view content);

#endif
