/* error.h: filling the caller's whosaid_error. The first cause wins: an error that is set already
 * stays as it is, so that outer layers may add nothing but return the status. */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include "whosaid.h"

/* Sets err (may be NULL) unless it holds a cause already, and returns `code`.
 * where: file or record the failure is about, may be NULL. line: from 1, or 0. */
whosaid_status error_set(whosaid_error *err, whosaid_status code, const char *where, size_t line,
                         const char *format, ...) __attribute__((format(printf, 5, 6)));

/* Shorthand for the one failure that every allocation shares. */
whosaid_status error_no_memory(whosaid_error *err);

/* An I/O failure: adds the system's words for `errno_value`. */
whosaid_status error_io(whosaid_error *err, const char *where, const char *action, int errno_value);

#ifdef __clang_analyzer__
/* Static analysis does not look into these functions: that a failure is never OK, it learns here.
 */
static inline whosaid_status error_not_ok(whosaid_status status) {
    if (status == WHOSAID_OK) __builtin_unreachable();
    return status;
}
#define error_set(...) error_not_ok((error_set)(__VA_ARGS__))
#define error_no_memory(err) error_not_ok((error_no_memory)(err))
#define error_io(...) error_not_ok((error_io)(__VA_ARGS__))
#endif

#endif
