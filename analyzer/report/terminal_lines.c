#include "report/terminal_lines.h"

#include "base/utf8.h"

#include <stdio.h>

bool terminal_is_harmless(uint32_t c) {
    if (c < 0x20 || (c >= 0x7F && c < 0xA0)) return false;
    if (c == 0x061C || (c >= 0x200E && c <= 0x200F)) return false;
    if (c >= 0x2028 && c <= 0x202E) return false;
    return !(c >= 0x2066 && c <= 0x2069);
}

/* Columns that a character takes: none for marks that join the one before, two for the scripts and
 * pictures that are set wide (Unicode's East Asian Width, by blocks). */
static size_t columns_of(uint32_t c) {
    static const struct {
        uint32_t first, last;
        size_t columns;
    } ranges[] = {
        {0x0300, 0x036F, 0},   {0x200B, 0x200D, 0},   {0x20D0, 0x20F0, 0},   {0xFE00, 0xFE0F, 0},
        {0xFE20, 0xFE2F, 0},   {0x1100, 0x115F, 2},   {0x2E80, 0x303E, 2},   {0x3041, 0xA4CF, 2},
        {0xAC00, 0xD7A3, 2},   {0xF900, 0xFAFF, 2},   {0xFE30, 0xFE4F, 2},   {0xFF00, 0xFF60, 2},
        {0xFFE0, 0xFFE6, 2},   {0x1F300, 0x1F64F, 2}, {0x1F680, 0x1F6FF, 2}, {0x1F900, 0x1F9FF, 2},
        {0x20000, 0x3FFFD, 2},
    };
    if (c < 0x0300) return 1;
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (c >= ranges[i].first && c <= ranges[i].last) return ranges[i].columns;
    return 1;
}

terminal_lines terminal_lines_begin(const terminal_style *style, buffer *out) {
    return (terminal_lines){.style = style, .out = out, .ok = true};
}

/* Select Graphic Rendition: everything off, then what is wanted. */
static void switch_look(terminal_lines *t, buffer *to, uint8_t look) {
    static const struct {
        uint8_t bit;
        const char *code;
    } codes[] = {
        {LOOK_BOLD, ";1"}, {LOOK_FAINT, ";2"}, {LOOK_ITALIC, ";3"}, {LOOK_UNDERLINE, ";4"}};
    static const char colours[] = "-634521"; /* cyan, yellow, blue, magenta, green, red */
    char sequence[32];
    int len = snprintf(sequence, sizeof sequence, "\x1b[0");
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (look & codes[i].bit)
            len += snprintf(sequence + len, sizeof sequence - (size_t)len, "%s", codes[i].code);
    uint8_t colour = look & LOOK_COLOURS;
    if (colour && colour < sizeof colours - 1)
        len += snprintf(sequence + len, sizeof sequence - (size_t)len, ";3%c", colours[colour]);
    len += snprintf(sequence + len, sizeof sequence - (size_t)len, "m");
    t->ok = t->ok && buffer_append(to, sequence, (size_t)len);
}

static void set_look(terminal_lines *t, buffer *to, uint8_t look) {
    if (!t->style->colour || t->look == look) return;
    switch_look(t, to, look);
    t->look = look;
}

static void break_line(terminal_lines *t) {
    t->ok = t->ok && buffer_append(t->out, "\n", 1);
    t->column = 0;
    t->has_word = false;
    t->pending_blank = false;
}

/* A line that goes on below another begins behind the indent. */
static void wrap_line(terminal_lines *t) {
    break_line(t);
    for (; t->column < t->indent; t->column++)
        t->ok = t->ok && buffer_append(t->out, " ", 1);
}

/* A word goes where it fits; one that is longer than a line is broken by the terminal. */
static void end_word(terminal_lines *t) {
    if (t->word.len == 0) return;
    size_t blank = t->pending_blank ? 1 : 0;
    if (t->has_word && t->column + blank + t->word_width > t->style->width) {
        wrap_line(t);
    } else if (blank) {
        t->ok = t->ok && buffer_append(t->out, " ", 1);
        t->column++;
    }
    t->ok = t->ok && buffer_append_view(t->out, buffer_view(&t->word));
    t->column += t->word_width;
    t->has_word = true;
    t->pending_blank = false;
    t->word.len = 0;
    t->word_width = 0;
}

void terminal_character(terminal_lines *t, uint32_t c, uint8_t look) {
    char bytes[4];
    if (c == ' ' || (c >= '\t' && c <= '\r')) {
        end_word(t);
        t->pending_blank = t->has_word;
        return;
    }
    set_look(t, &t->word, look);
    size_t len = utf8_encode(c, bytes);
    if (terminal_is_harmless(c)) {
        t->ok = t->ok && buffer_append(&t->word, bytes, len);
        t->word_width += columns_of(c);
        return;
    }
    for (size_t i = 0; i < len; i++) {
        char escaped[5];
        snprintf(escaped, sizeof escaped, "\\x%02x", (unsigned char)bytes[i]);
        t->ok = t->ok && buffer_append(&t->word, escaped, 4);
        t->word_width += 4;
    }
}

void terminal_firm_blank(terminal_lines *t, uint8_t look) {
    set_look(t, &t->word, look);
    t->ok = t->ok && buffer_append(&t->word, " ", 1);
    t->word_width++;
}

void terminal_text(terminal_lines *t, text_view text, uint8_t look) {
    for (size_t at = 0, step; at < text.len; at += step)
        terminal_character(t, utf8_decode(text.ptr + at, text.ptr + text.len, &step), look);
}

void terminal_newline(terminal_lines *t) {
    end_word(t);
    set_look(t, t->out, LOOK_PLAIN);
    break_line(t);
}

bool terminal_lines_end(terminal_lines *t) {
    if (t->column || t->word.len) terminal_newline(t);
    buffer_free(&t->word);
    return t->ok;
}
