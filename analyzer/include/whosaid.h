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

/* All models, loaded once. Immutable: any number of threads may use one at the same time. */
typedef struct whosaid_analyzer whosaid_analyzer;

typedef struct whosaid_options {
    const char *models_folder; /* where the models lie; required */
    /* The stance targets to report, by name; a count of 0 means every configured one. */
    const char *const *targets;
    size_t target_count;
    /* Statements that are less probable than this are left out. 0 to 1. */
    float min_attribution_score;
    /* Not 0: say for each stance which words decided it. */
    int explain;
} whosaid_options;

/* The options to start from; models_folder is NULL and must be set. */
WHOSAID_API whosaid_options whosaid_options_default(void);

/* Loads the models. The options are copied. The caller owns *out and ends it with
 * whosaid_analyzer_close, which accepts NULL. Errors: IO, MODEL, USAGE, NO_MEMORY. */
WHOSAID_API WHOSAID_CHECK whosaid_status whosaid_analyzer_open(const whosaid_options *options,
                                                               whosaid_analyzer **out,
                                                               whosaid_error *err);
WHOSAID_API void whosaid_analyzer_close(whosaid_analyzer *analyzer);

/* One article as a program has it. text: UTF-8 of text_len bytes; the other fields end in NUL and
 * may be NULL. */
typedef struct whosaid_input {
    const char *text;
    size_t text_len;
    const char *id, *title, *date, *outlet;
} whosaid_input;

/* Analyzes one article and reports it in `format` ("csv", with its header row, or "jsonl").
 * *report ends in NUL (not counted in *report_len) and is freed with whosaid_free.
 * Errors: NOT_TEXT, LIMIT, USAGE (unknown format), NO_MEMORY. */
WHOSAID_API WHOSAID_CHECK whosaid_status whosaid_analyzer_score(const whosaid_analyzer *analyzer,
                                                                const whosaid_input *input,
                                                                const char *format, char **report,
                                                                size_t *report_len,
                                                                whosaid_error *err);
WHOSAID_API void whosaid_free(void *memory);

#ifdef __cplusplus
}
#endif
#endif
