/* terminal_lines.h: text into lines of a terminal: words wrapped, looks switched on and off.
 * Internal to report/. */
#ifndef REPORT_TERMINAL_LINES_H
#define REPORT_TERMINAL_LINES_H

#include "report/terminal_report.h"

/* A look is a set of these; the lowest bits number a colour (0: the terminal's own). */
enum {
    LOOK_PLAIN = 0,
    LOOK_COLOURS = 7,
    LOOK_BOLD = 8,
    LOOK_ITALIC = 16,
    LOOK_UNDERLINE = 32,
    LOOK_FAINT = 64
};

typedef struct terminal_lines {
    const terminal_style *style;
    buffer *out;
    buffer word;       /* with its looks switched */
    size_t word_width; /* columns */
    size_t column;
    size_t indent; /* of what goes on in a further line */
    uint8_t look;  /* as it is after `word` */
    bool has_word; /* the line has one */
    bool pending_blank, ok;
} terminal_lines;

terminal_lines terminal_lines_begin(const terminal_style *style, buffer *out);

/* Adds a character to the current word. White space ends it. */
void terminal_character(terminal_lines *t, uint32_t code_point, uint8_t look);

/* Adds text, character by character. */
void terminal_text(terminal_lines *t, text_view text, uint8_t look);

/* A blank at which no line is broken. */
void terminal_firm_blank(terminal_lines *t, uint8_t look);

/* Ends the line. */
void terminal_newline(terminal_lines *t);

/* Ends the last line and gives back what is needed on the way. False when memory was out. */
bool terminal_lines_end(terminal_lines *t);

#endif
