/* csv_article.h: articles as the rows of a CSV table (RFC 4180; cells may hold line ends) whose
 * first row names the columns. The cells are cut by libcsv. */
#ifndef READ_CSV_ARTICLE_H
#define READ_CSV_ARTICLE_H

#include "article.h"

typedef enum csv_field {
    CSV_TEXT,
    CSV_ID,
    CSV_TITLE,
    CSV_DATE,
    CSV_OUTLET,
    CSV_FIELD_COUNT
} csv_field;

/* The columns to use, by name (letter case does not count); NULL: the first that is named as
 * articles' columns usually are, if any. */
typedef struct csv_column_names {
    const char *names[CSV_FIELD_COUNT];
} csv_column_names;

typedef struct csv_columns {
    uint32_t indices[CSV_FIELD_COUNT]; /* from 0; UINT32_MAX: there is no such column */
    char delimiter;                    /* comma, semicolon or tab, as the first row has it */
} csv_columns;

/* Reads the first row (UTF-8). Errors: SYNTAX when a wanted column or one with the text is missing
 * (the error names those that exist), NO_MEMORY. */
WHOSAID_CHECK whosaid_status csv_columns_find(text_view row, const csv_column_names *wanted,
                                              const char *where, csv_columns *out,
                                              whosaid_error *err);

/* One row (UTF-8). id: when the row has none. Errors: SYNTAX, NO_MEMORY. */
WHOSAID_CHECK whosaid_status csv_article_read(text_view row, const csv_columns *columns,
                                              text_view id, const char *where, size_t line,
                                              arena *memory, article *out, whosaid_error *err);

#endif
