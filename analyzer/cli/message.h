/* message.h: what the program tells on standard error. File names and article text in messages may
 * be hostile: control characters and invalid bytes are printed as \xNN. */
#ifndef CLI_MESSAGE_H
#define CLI_MESSAGE_H

#include "whosaid.h"

#include <stddef.h>

/* Prints "whosaid: " and the formatted line, in one write. Lines over 4 KiB are cut. */
void message(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The ending of a noun behind a number: "%zu article%s". */
static inline const char *plural(size_t count) {
    return count == 1 ? "" : "s";
}

/* Prints an error as "whosaid: WHERE:LINE: TEXT". */
void message_error(const whosaid_error *err);

#endif
