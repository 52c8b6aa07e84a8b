#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

const char *whosaid_status_words(whosaid_status status) {
    static const char *const words[] = {
#define STATUS_WORDS(name, text) text,
        WHOSAID_STATUS_LIST(STATUS_WORDS)
#undef STATUS_WORDS
    };
    size_t index = (size_t)status;
    return index < sizeof words / sizeof words[0] ? words[index] : "unknown status";
}

/* Names in brackets: the header has macros over them for static analysis. */
whosaid_status(error_set)(whosaid_error *err, whosaid_status code, const char *where, size_t line,
                          const char *format, ...) {
    if (!err || err->code != WHOSAID_OK) return code;
    err->code = code;
    err->line = line;
    snprintf(err->where, sizeof err->where, "%s", where ? where : "");
    va_list args;
    va_start(args, format);
    vsnprintf(err->text, sizeof err->text, format, args);
    va_end(args);
    return code;
}

whosaid_status(error_no_memory)(whosaid_error *err) {
    return error_set(err, WHOSAID_NO_MEMORY, NULL, 0, "out of memory");
}

whosaid_status(error_io)(whosaid_error *err, const char *where, const char *action,
                         int errno_value) {
    char words[128];
    /* The XSI variant: _POSIX_C_SOURCE is set and _GNU_SOURCE is not. */
    if (strerror_r(errno_value, words, sizeof words) != 0)
        snprintf(words, sizeof words, "error %d", errno_value);
    return error_set(err, WHOSAID_IO, where, 0, "%s: %s", action, words);
}
