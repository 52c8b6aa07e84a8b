/* csv_row.h: the cells of a CSV table, RFC 4180. A cell of text that begins with = + - @ (or their
 * full-width forms), where a spreadsheet would see a formula, gets an apostrophe in front, unless
 * raw_cells leaves it out. White space in cells of text is folded, so such a cell never begins with
 * a tab or line end. */
#ifndef REPORT_CSV_ROW_H
#define REPORT_CSV_ROW_H

#include "base/buffer.h"

/* One row in the making. A failed append makes `ok` false; what follows is then without effect. */
typedef struct csv_row {
    buffer *out;
    buffer *cell; /* the text of the cell before quoting */
    bool raw_cells, first, ok;
} csv_row;

/* Add to the current cell; folded: each run of white space as one blank and none at the ends. */
void csv_append(csv_row *r, text_view text);
void csv_append_folded(csv_row *r, text_view text);
void csv_append_number(csv_row *r, size_t number);
/* A probability with two decimals, whatever the locale. What is no number counts as 0. */
void csv_append_score(csv_row *r, float score);

/* Write the collected cell behind the ones before it; a cell of foreign text is made safe for
 * spreadsheets. */
void csv_end_cell(csv_row *r);
void csv_end_text_cell(csv_row *r);

/* Whole cells. A name stays what it is: white space in it is not folded. */
void csv_text_cell(csv_row *r, text_view text);
void csv_name_cell(csv_row *r, text_view text);
void csv_word_cell(csv_row *r, const char *word);
void csv_number_cell(csv_row *r, size_t number);
void csv_score_cell(csv_row *r, float score);

/* True for a text that a spreadsheet would run. */
bool csv_is_formula(text_view text);

#endif
