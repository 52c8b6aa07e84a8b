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

#endif
