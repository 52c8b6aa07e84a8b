#include "cli/message.h"

#include "base/utf8.h"
#include "report/terminal_report.h"

#include <stdarg.h>
#include <stdio.h>

static void escape_into(char *out, size_t capacity, const char *text, size_t len) {
    static const char hex[] = "0123456789abcdef";
    const char *end = text + len;
    size_t used = 0;
    while (text < end) {
        size_t n;
        uint32_t c = utf8_decode(text, end, &n);
        bool invalid = c == UTF8_REPLACEMENT && n == 1;
        bool plain = !invalid && terminal_is_harmless(c);
        if (used + (plain ? n : 4 * n) >= capacity) break;
        for (size_t i = 0; i < n; i++) {
            unsigned char byte = (unsigned char)text[i];
            if (plain) {
                out[used++] = (char)byte;
            } else {
                out[used++] = '\\';
                out[used++] = 'x';
                out[used++] = hex[byte >> 4];
                out[used++] = hex[byte & 15];
            }
        }
        text += n;
    }
    out[used] = '\0';
}

void message(const char *format, ...) {
    char text[4096], line[4096 + 256];
    va_list args;
    va_start(args, format);
    int len = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (len < 0) return;
    size_t kept = (size_t)len < sizeof text ? (size_t)len : sizeof text - 1;
    escape_into(line, sizeof line, text, kept);
    fprintf(stderr, "whosaid: %s\n", line);
}

void message_error(const whosaid_error *err) {
    const char *separator = err->where[0] ? ": " : "";
    const char *text = err->text[0] ? err->text : whosaid_status_words(err->code);
    if (err->line)
        message("%s:%zu%s%s", err->where, err->line, separator, text);
    else
        message("%s%s%s", err->where, separator, text);
}
