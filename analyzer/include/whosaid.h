/* whosaid.h: the public interface of libwhosaid.
 *
 * Reads news articles and reports who said what, how openly, and where they stand.
 *
 *   whosaid_analyzer   the models, loaded once            whosaid_analyzer_open, _close
 *   whosaid_article    one article with its statements    whosaid_analyzer_score, ..._free, or
 *                                                         handed to a callback by whosaid_run_start
 *   whosaid_report     a report in a file                 whosaid_report_open, _add, _close
 *
 * Errors. Functions that can fail return a whosaid_status (WHOSAID_OK is 0) and fill a
 * whosaid_error that the caller owns (NULL is allowed); it keeps the first cause. What a function
 * gives out by a pointer is set to NULL when it fails. The library never prints, never exits and
 * changes no global state.
 *
 * Memory. Everything that is handed in is borrowed for the call and copied where it is kept.
 * Everything that is handed out belongs to the object that it came from, unless a comment says that
 * the caller owns it. The functions that end an object accept NULL.
 *
 * Threads. An analyzer is immutable: any number of threads may use one at the same time. Articles
 * and reports belong to one thread at a time.
 *
 * Text is UTF-8. Strings end in NUL, are never NULL unless that is said, and are empty where there
 * is nothing to tell.
 *
 * Versions. Programs stay compatible with every later library of the same SOVERSION: the structs
 * that a caller fills in begin with their size, which the functions whosaid_..._default set; the
 * structs that the library hands out are only ever reached by pointers, and later versions may add
 * fields at their ends, so take no sizeof of them and copy fields instead. whosaid_error,
 * whosaid_span, whosaid_spans and whosaid_counts stay as they are. */
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

/* The version of the library, such as "0.1.0". Static storage. */
WHOSAID_API const char *whosaid_version(void);

/* ---- The models ---- */

typedef struct whosaid_analyzer whosaid_analyzer;

typedef struct whosaid_options {
    size_t struct_size;
    /* Where the models lie; NULL: those that were installed with the library or the program that it
     * is linked into. */
    const char *models_folder;
    /* The stance targets to report, by name; a count of 0 means every configured one. */
    const char *const *targets;
    size_t target_count;
    /* Statements that are less probable than this are left out. 0 to 1; default 0.3. */
    float min_attribution_score;
    /* Not 0: say for each stance which words decided it. */
    int explain;
} whosaid_options;

/* Fills *options with the defaults, as far as struct_size (which it sets) reaches. */
WHOSAID_API void whosaid_options_init(whosaid_options *options, size_t struct_size);

/* The options to start from. */
static inline whosaid_options whosaid_options_default(void) {
    whosaid_options options;
    whosaid_options_init(&options, sizeof options);
    return options;
}

/* Loads the models. The caller owns *out and ends it with whosaid_analyzer_close, after every
 * article, report and run that uses it. Takes some milliseconds. Errors: IO (no models there),
 * MODEL, USAGE (an unknown target, a struct without its size), LIMIT, NO_MEMORY. */
WHOSAID_API WHOSAID_CHECK whosaid_status whosaid_analyzer_open(const whosaid_options *options,
                                                               whosaid_analyzer **out,
                                                               whosaid_error *err);
WHOSAID_API void whosaid_analyzer_close(whosaid_analyzer *analyzer);

/* A question that statements take sides on. */
typedef struct whosaid_target {
    const char *name;
    const char *question;
    const char *const *labels; /* [label_count] */
    size_t label_count;
} whosaid_target;

/* The targets that the analyzer reports, in the order of the stances of a statement. NULL when
 * there are not so many. Lives as long as the analyzer. */
WHOSAID_API size_t whosaid_analyzer_target_count(const whosaid_analyzer *analyzer);
WHOSAID_API const whosaid_target *whosaid_analyzer_target(const whosaid_analyzer *analyzer,
                                                          size_t index);

/* ---- An article and its statements ---- */

/* A half-open range of the article's text, in bytes (for C) and in Unicode code points (for
 * reports, Python and R). */
typedef struct whosaid_span {
    uint32_t begin_byte, end_byte;
    uint32_t begin, end;
} whosaid_span;

typedef struct whosaid_spans {
    const whosaid_span *items; /* [count], in the order of the text */
    size_t count;
} whosaid_spans;

typedef enum whosaid_type {
    WHOSAID_TYPE_DIRECT,   /* the words are in quotation marks */
    WHOSAID_TYPE_INDIRECT, /* none of them are */
    WHOSAID_TYPE_MIXED     /* some are */
} whosaid_type;

typedef enum whosaid_kind {
    WHOSAID_KIND_SPEECH,  /* said, wrote, announced, asked, accused */
    WHOSAID_KIND_ATTITUDE /* believes, hopes, fears, supports, plans */
} whosaid_kind;

typedef enum whosaid_grade {
    WHOSAID_GRADE_NAMED,       /* a person whom the article names */
    WHOSAID_GRADE_ANONYMOUS,   /* one or more persons whose names are withheld */
    WHOSAID_GRADE_GROUP,       /* an unnamed collective */
    WHOSAID_GRADE_INSTITUTION, /* a body, government, document, poll or outlet */
    WHOSAID_GRADE_UNATTRIBUTED /* no source */
} whosaid_grade;

/* The words for them in reports: "direct", "speech", "anonymous". Static storage; NULL for a value
 * that this version does not know. */
WHOSAID_API const char *whosaid_type_name(whosaid_type type);
WHOSAID_API const char *whosaid_kind_name(whosaid_kind kind);
WHOSAID_API const char *whosaid_grade_name(whosaid_grade grade);

/* Where a statement stands toward one target. */
typedef struct whosaid_stance {
    const whosaid_target *target;
    const char *label; /* one of the target's labels, or "undecided": none reaches the threshold */
    float score;       /* probability of the most probable label, 0 to 1 */
    const float *scores; /* [target->label_count] probabilities of all labels, sum 1 */
    const char *why;     /* the words that decided; empty unless whosaid_options.explain asks */
} whosaid_stance;

/* One attributed statement: who said what, how openly, and where they stand. */
typedef struct whosaid_statement {
    const char *id; /* stable within the article: "q1", "q2", ... */
    whosaid_type type;
    whosaid_kind kind;
    float score;            /* probability that the attribution is right, 0 to 1 */
    whosaid_spans contents; /* the ascribed words; at least one span */
    whosaid_spans cues;     /* the expression that ascribes them; may be empty */
    whosaid_spans sources;  /* the source as it stands; may be empty */
    /* The same as text: white space folded, several spans joined by " [...] ". */
    const char *quote, *cue, *source;
    const char *speaker;          /* canonical name, or description of an unnamed source */
    const char *role;             /* title or affiliation that the article gives */
    float speaker_score;          /* probability that the speaker is right, 0 to 1 */
    whosaid_grade anonymity;      /* how openly the source speaks */
    float anonymity_score;        /* 0 (on the record) to 1 (cannot be identified) */
    const char *anonymity_reason; /* the article's words for why; empty when it gives none */
    whosaid_span reason_span;     /* where they stand; begin equals end when there are none */
    size_t paragraph;             /* of the first span, from 1 */
    const whosaid_stance *const *stances; /* [stance_count], one a target of the analyzer */
    size_t stance_count;
} whosaid_statement;

typedef struct whosaid_article {
    const char *id, *title, *date, *outlet; /* date: as ISO 8601 where it is known */
    const char *duplicate_of; /* in a run: the article that had the same text earlier */
    const char *text;         /* what spans are offsets into */
    size_t text_len;          /* bytes, without the NUL */
    const whosaid_statement *const *statements; /* [statement_count], in the order of the text */
    size_t statement_count;
} whosaid_article;

/* One article as a program has it. */
typedef struct whosaid_input {
    size_t struct_size;
    const char *text;                       /* UTF-8; need not end in NUL */
    size_t text_len;                        /* bytes; at most 16 MiB */
    const char *id, *title, *date, *outlet; /* end in NUL; NULL when there is none */
} whosaid_input;

/* The input to start from: no text. */
static inline whosaid_input whosaid_input_default(void) {
    whosaid_input input = {0};
    input.struct_size = sizeof input;
    return input;
}

/* Analyzes one article. The caller owns *out and ends it with whosaid_article_free, before the
 * analyzer, whose targets it points to. Time and memory are linear in the text.
 * Errors: NOT_TEXT, LIMIT, USAGE (a struct without its size), NO_MEMORY. */
WHOSAID_API WHOSAID_CHECK whosaid_status whosaid_analyzer_score(const whosaid_analyzer *analyzer,
                                                                const whosaid_input *input,
                                                                whosaid_article **out,
                                                                whosaid_error *err);

/* Only for articles that whosaid_analyzer_score gave. */
WHOSAID_API void whosaid_article_free(whosaid_article *article);

/* ---- Many articles: files and folders ---- */

typedef struct whosaid_run {
    size_t struct_size;
    const char *const *paths; /* [path_count]: files, folders (searched recursively), or "-" for
                                 JSON Lines on standard input */
    size_t path_count;
    const char *exclude; /* a file that is not read, such as the report that is being written; NULL:
                            none */
    size_t threads;      /* articles at once; 0: one a processor. The order of calls does not
                            depend on it */
    size_t limit;        /* end after so many articles; 0: no limit */
    int unique;          /* not 0: leave articles out whose text came before */
    /* CSV input: the columns, where they have other names than the usual ones; NULL: the usual. */
    const char *text_column, *id_column, *title_column, *date_column, *outlet_column;
    /* Called from the thread that called whosaid_run_start, in the order of the input. The article
     * is borrowed for the call. What is not 0 ends the run (CANCELLED). NULL: not called. */
    int (*on_article)(void *context, const whosaid_article *article);
    /* An input that cannot be read; the run goes on. NULL: not called. */
    void (*on_failure)(void *context, const whosaid_error *cause);
    /* A file that is left out by rule, such as an image. NULL: not called. */
    void (*on_skip)(void *context, const whosaid_error *cause);
    void *context;
} whosaid_run;

/* The run to start from: no paths, no callbacks. */
static inline whosaid_run whosaid_run_default(void) {
    whosaid_run run = {0};
    run.struct_size = sizeof run;
    return run;
}

/* How many there were. */
typedef struct whosaid_counts {
    size_t articles;   /* handed to on_article */
    size_t statements; /* in them */
    size_t failures;   /* inputs or articles that could not be read */
    size_t duplicates; /* articles whose text already stood in the input */
} whosaid_counts;

/* Scores everything that `run` names, and returns when that is done. *counts (may be NULL) is
 * filled in any case. Inputs that cannot be read are no error: see on_failure and the counts.
 * Errors: CANCELLED (by on_article), USAGE, IO (no thread can be started), NO_MEMORY. */
WHOSAID_API WHOSAID_CHECK whosaid_status whosaid_run_start(const whosaid_run *run,
                                                           const whosaid_analyzer *analyzer,
                                                           whosaid_counts *counts,
                                                           whosaid_error *err);

/* ---- Reports ---- */

typedef struct whosaid_report_options {
    size_t struct_size;
    const char *format; /* a name that `whosaid score --format` takes; NULL: by the ending of the
                           file's name, else csv */
    int raw_cells;      /* CSV: leave cells alone that a spreadsheet would run as a formula */
} whosaid_report_options;

/* The options to start from. */
static inline whosaid_report_options whosaid_report_options_default(void) {
    whosaid_report_options options = {0};
    options.struct_size = sizeof options;
    return options;
}

/* One article as a report of its own (CSV: with the header row). options: NULL for the defaults.
 * The caller owns *out, which ends in NUL (not counted in *len), and frees it with whosaid_free.
 * Errors: USAGE (no such format, or one that is no text), NO_MEMORY. */
WHOSAID_API WHOSAID_CHECK whosaid_status
whosaid_article_report(const whosaid_article *article, const whosaid_report_options *options,
                       char **out, size_t *len, whosaid_error *err);
WHOSAID_API void whosaid_free(void *memory);

typedef struct whosaid_report whosaid_report;

/* Begins a report in the file `path`, for articles of this analyzer. options: NULL for the
 * defaults. The caller owns *out and ends it with whosaid_report_close, before the analyzer.
 * Errors: IO, USAGE (no such format), NO_MEMORY. */
WHOSAID_API WHOSAID_CHECK whosaid_status whosaid_report_open(const whosaid_analyzer *analyzer,
                                                             const char *path,
                                                             const whosaid_report_options *options,
                                                             whosaid_report **out,
                                                             whosaid_error *err);

/* Adds one article. After an error the report can only be closed. Errors: IO, USAGE (an article of
 * another analyzer), NO_MEMORY. */
WHOSAID_API WHOSAID_CHECK whosaid_status whosaid_report_add(whosaid_report *report,
                                                            const whosaid_article *article,
                                                            whosaid_error *err);

/* Ends the report and frees it, whatever it returns. keep 0: what was written is dropped.
 * Errors: IO, NO_MEMORY. */
WHOSAID_API WHOSAID_CHECK whosaid_status whosaid_report_close(whosaid_report *report, int keep,
                                                              whosaid_error *err);

#ifdef __cplusplus
}
#endif
#endif
