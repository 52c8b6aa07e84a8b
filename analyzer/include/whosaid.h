/* whosaid.h: the public interface of libwhosaid.
 *
 * Reads news articles and reports who said what, how openly, and where they stand.
 * Functions that can fail return a whosaid_status and fill a whosaid_error that the caller owns
 * (NULL is allowed). The library never prints, exits or changes global state.
 */
#ifndef WHOSAID_H
#define WHOSAID_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define WHOSAID_API __attribute__((visibility("default")))
#define WHOSAID_CHECK __attribute__((warn_unused_result))
#else
#define WHOSAID_API
#define WHOSAID_CHECK
#endif

/* Every way a call can end: name, and the words a user reads. */
#define WHOSAID_STATUS_LIST(X)                                                                     \
    X(OK, "ok")                                                                                    \
    X(NO_MEMORY, "out of memory")                                                                  \
    X(IO, "cannot be read or written")                                                             \
    X(NOT_TEXT, "is not text")                                                                     \
    X(SYNTAX, "is malformed")                                                                      \
    X(LIMIT, "is over a limit")                                                                    \
    X(MODEL, "is not a usable model")                                                              \
    X(USAGE, "wrong usage")                                                                        \
    X(CANCELLED, "cancelled")

typedef enum whosaid_status {
#define WHOSAID_STATUS_ENUM(name, words) WHOSAID_##name,
    WHOSAID_STATUS_LIST(WHOSAID_STATUS_ENUM)
#undef WHOSAID_STATUS_ENUM
} whosaid_status;

/* The first cause of a failure. `where` names the file or record, `line` counts from 1 (0: no
 * line), `text` says what is wrong and what to do. All strings end in NUL, cut to fit. */
typedef struct whosaid_error {
    whosaid_status code;
    size_t line;
    char where[1024];
    char text[256];
} whosaid_error;

/* The words for a status, for messages. Static storage. */
WHOSAID_API const char *whosaid_status_words(whosaid_status status);

#ifdef __cplusplus
}
#endif
#endif
