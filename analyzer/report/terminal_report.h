/* terminal_report.h: an article to be read in a terminal: its text in lines, with the statements
 * marked in it, and a list of them. What an article holds may be hostile: control characters, and
 * those that turn the direction of a line, are written as \xNN and never reach the terminal. */
#ifndef REPORT_TERMINAL_REPORT_H
#define REPORT_TERMINAL_REPORT_H

#include "report/report.h"

typedef struct terminal_style {
    size_t width; /* columns of a line, at least TERMINAL_MIN_WIDTH */
    bool colour;  /* marks by colour and weight; without it by brackets alone */
} terminal_style;

enum { TERMINAL_MIN_WIDTH = 20 };

/* False for what can move a terminal's cursor, change its state or turn a line around: C0, DEL, C1,
 * bidirectional controls, line and paragraph separators. */
bool terminal_is_harmless(uint32_t code_point);

/* Appends the article. Its statements carry stances as options tell. Errors: NO_MEMORY. */
WHOSAID_CHECK whosaid_status terminal_report_article(const article *article,
                                                     const report_options *options,
                                                     const terminal_style *style, buffer *out,
                                                     whosaid_error *err);

#endif
