/* convert.h: annotated articles from one format to another.
 *
 *   json    a list of articles in the annotated-article format, or one article
 *   jsonl   the same, one article a line
 *   marked  inline markup, one article a file (corpus/README.md)
 *   brat    brat standoff, one article a pair of files: NAME.txt and NAME.ann
 *   csv     one statement and target a row, with the report's columns
 *
 * What a format cannot hold is refused by name (markup: spans that cross, braces in the text) or,
 * for an article's own fields, left out (corpus_losses_of). Offsets in files are code points. */
#ifndef CORPUS_CONVERT_H
#define CORPUS_CONVERT_H

#include "corpus/annotated_article.h"

typedef enum corpus_format {
    CORPUS_FORMAT_BY_SUFFIX, /* of each file; for reading only */
    CORPUS_FORMAT_JSON,
    CORPUS_FORMAT_JSONL,
    CORPUS_FORMAT_MARKED,
    CORPUS_FORMAT_BRAT,
    CORPUS_FORMAT_CSV,
    CORPUS_FORMAT_COUNT
} corpus_format;

/* "json", ...; false for an unknown word. */
bool corpus_format_parse(text_view text, corpus_format *out);

/* The format that a file's suffix names, or CORPUS_FORMAT_BY_SUFFIX. */
corpus_format corpus_format_of_path(text_view path);

/* One thing that is wrong with a file, or with an article that is written. */
typedef struct corpus_fault {
    text_view where; /* the file, or the article's id */
    size_t line;     /* from 1, or 0 */
    text_view text;  /* names the quote */
} corpus_fault;

typedef struct corpus_fault_list {
    corpus_fault *items;
    size_t count, capacity;
} corpus_fault_list;

typedef struct corpus_open_options {
    corpus_format format;
    /* Folder with NAME.txt for csv without a column "text" and for .ann files that lie elsewhere;
     * may be NULL. */
    const char *texts;
    /* Keep unknown JSON fields for writing JSON again: costs memory. A JSON article with a fault
     * that is collected is then left out as a whole, as in the other formats. */
    bool keep_unknown;
    /* Collect faults and leave out what is faulty, instead of ending at the first. */
    bool collect_faults;
} corpus_open_options;

/* As corpus_load, with options. */
WHOSAID_CHECK whosaid_status corpus_open(const char *const *paths, size_t path_count,
                                         const corpus_open_options *options, corpus **out,
                                         whosaid_error *err);

/* What was collected. Borrowed until corpus_free. */
const corpus_fault_list *corpus_faults(const corpus *corpus);

/* The file that holds an article, and the line where it begins (0: the whole file). Borrowed. */
text_view corpus_article_path(const corpus *corpus, size_t index, size_t *line);

/* How many articles lose what when the corpus is written in a format: brat has no place for an
 * article's own fields, a table none for notes, and no row for an article without quotes. */
typedef struct corpus_losses {
    size_t titles, dates, outlets, notes;
    size_t articles; /* that are left out as a whole */
} corpus_losses;
corpus_losses corpus_losses_of(const corpus *corpus, corpus_format format);

/* Takes the pieces of a written corpus in order. */
typedef whosaid_status corpus_piece_function(void *context, text_view piece, whosaid_error *err);

/* Writes all articles as one stream: JSON, JSON Lines, CSV, and markup when there is one article.
 * Errors: NO_MEMORY, SYNTAX (the format cannot hold an article), USAGE (not a stream), and those
 * of `piece`. */
WHOSAID_CHECK whosaid_status corpus_write(const corpus *corpus, corpus_format format,
                                          corpus_piece_function *piece, void *context,
                                          whosaid_error *err);

/* Writes all articles as files into `folder`, which is made when it is missing: markup and brat.
 * Files are replaced only when they are complete. Articles that the format cannot hold are added
 * to the corpus's faults and left out. Errors: IO, NO_MEMORY, USAGE (the format is a stream). */
WHOSAID_CHECK whosaid_status corpus_write_folder(corpus *corpus, corpus_format format,
                                                 const char *folder, whosaid_error *err);

#endif
