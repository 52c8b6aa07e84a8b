/* sqlite_record.h: what a row of each table of the database says, and the form in which the rows
 * of one article travel from the thread that analyzed it to the one that inserts them. The bytes
 * are for this process alone: they are in its own byte order and never reach a file.
 *
 * Texts are those of the CSV report, with white space folded, but without apostrophes before
 * formulas. Offsets are code points. Scores have four decimals. */
#ifndef REPORT_SQLITE_RECORD_H
#define REPORT_SQLITE_RECORD_H

#include "report/report.h"

typedef enum article_text {
    ARTICLE_NAME, /* path or id */
    ARTICLE_DATE,
    ARTICLE_OUTLET,
    ARTICLE_TITLE,
    ARTICLE_BODY, /* the whole text, which all offsets refer to */
    ARTICLE_DUPLICATE_OF,
    ARTICLE_TEXTS
} article_text;

typedef struct article_record {
    uint32_t statement_count;
    text_view texts[ARTICLE_TEXTS];
} article_record;

typedef enum statement_text {
    STATEMENT_QUOTE,
    STATEMENT_CUE,
    STATEMENT_SOURCE,
    STATEMENT_SPEAKER,
    STATEMENT_ROLE,
    STATEMENT_REASON,
    STATEMENT_TEXTS
} statement_text;

typedef struct statement_record {
    double score, speaker_score, anonymity_score;
    uint8_t type, kind, grade; /* quote_type, statement_kind, anonymity_grade */
    uint32_t start, stop, paragraph, stance_count;
    text_view texts[STATEMENT_TEXTS];
} statement_record;

typedef enum stance_text {
    STANCE_TARGET,
    STANCE_LABEL,  /* a label of the target, or "undecided" */
    STANCE_SCORES, /* a JSON object */
    STANCE_WHY,
    STANCE_TEXTS
} stance_text;

typedef struct stance_record {
    double score;
    text_view texts[STANCE_TEXTS];
} stance_record;

/* The function of the report_format. Errors: NO_MEMORY. */
whosaid_status sqlite_record_article(const article *article, const report_options *options,
                                     buffer *out, whosaid_error *err);

/* Read what sqlite_record_article wrote and step behind it: an article, then its statements, each
 * followed by its stances. Texts are borrowed from the piece. */
void sqlite_record_next_article(text_view *rest, article_record *out);
void sqlite_record_next_statement(text_view *rest, statement_record *out);
void sqlite_record_next_stance(text_view *rest, stance_record *out);

#endif
