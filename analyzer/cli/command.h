/* command.h: what the commands of the program share. A command is one file with one function
 *
 *   int command_NAME(int argc, char **argv);
 *
 * and one line in COMMAND_LIST. argv[0] holds the words so far ("whosaid score"), as argp wants
 * it for its help. The function returns an exit_status. */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include <stddef.h>
#include <stdint.h>

struct argp;
struct argp_state;

typedef enum exit_status {
    EXIT_ALL_DONE = 0,
    EXIT_WRONG_USAGE = 1,
    EXIT_SOME_UNREADABLE = 2, /* each named on standard error; everything else is done */
    EXIT_NOTHING_DONE = 3,
    EXIT_INTERRUPTED = 130 /* by SIGINT or SIGTERM; what was done until then is in order */
} exit_status;

typedef struct command {
    const char *name;
    const char *summary; /* one line for the help */
    int (*run)(int argc, char **argv);
} command;

/* argp_parse with `input` for the parser. Ends the program when memory is out, as argp does for
 * wrong usage and for --help. */
void command_parse(const struct argp *parser, int argc, char **argv, void *input);

/* The number that `text` gives for `option` ("--folds"), from least to most. Anything else ends the
 * program as wrong usage, with a message that names the option, the range and the text. */
uint64_t command_count(const char *option, const char *text, uint64_t least, uint64_t most,
                       const struct argp_state *state);
double command_number(const char *option, const char *text, double least, double most,
                      const struct argp_state *state);

/* The file that -o names; NULL, which stands for standard output, for "-". */
const char *command_output(const char *argument);

/* 0 of nothing. */
static inline double command_percent(size_t part, size_t whole) {
    return whole ? 100.0 * (double)part / (double)whole : 0;
}

/* Writes today's date (2024-09-11, UTC) for the card of a model, and returns it. */
enum { COMMAND_DATE_BYTES = 11 };
const char *command_today(char out[COMMAND_DATE_BYTES]);

/* Runs the command of `table` that argv[1] names. Without a word, with an unknown one or with
 * --help it lists the table. `about` is the first line of that list. Used for the program itself
 * and for commands with sub-commands (train stance). */
int command_dispatch(const command *table, size_t count, const char *about, int argc, char **argv);

/* Every command of the program: name, summary. */
#define COMMAND_LIST(X)                                                                            \
    X(score, "report who said what in articles")                                                   \
    X(show, "an article in the terminal, with its statements marked")                              \
    X(merge, "put the parts of a run in shards together to one report")                            \
    X(train, "learn a model from annotated articles")                                              \
    X(evaluate, "measure a model on annotated articles")                                           \
    X(annotate, "correct what was found on a web page, and train on it")                           \
    X(suggest, "which statements of new articles to annotate next")                                \
    X(targets, "the questions that statements take sides on")                                      \
    X(convert, "annotated articles from one format to another")                                    \
    X(corpus, "check annotated articles")

/* What `whosaid train` and `whosaid evaluate` can do; each in a file train_NAME.c or
 * evaluate_NAME.c with a function of that name. */
// clang-format off
#define TRAIN_LIST(X)                                                                              \
    X(attribution, "learn who said what from annotated articles")                                  \
    X(tagger, "learn parts of speech and names from silver labels")                                \
    X(speaker, "learn who is meant by a source, and how openly it speaks")                         \
    X(stance, "learn where statements stand from annotated articles")
#define EVALUATE_LIST(X)                                                                           \
    X(attribution, "measure who said what on annotated articles")                                  \
    X(tagger, "measure parts of speech and names on silver labels")                                \
    X(speaker, "measure speakers, anonymity and stated reasons")                                   \
    X(stance, "measure stance labels on annotated articles")
// clang-format on

#define COMMAND_DECLARE(name, summary) int command_##name(int argc, char **argv);
COMMAND_LIST(COMMAND_DECLARE)
#undef COMMAND_DECLARE
#define COMMAND_DECLARE(name, summary) int train_##name(int argc, char **argv);
TRAIN_LIST(COMMAND_DECLARE)
#undef COMMAND_DECLARE
#define COMMAND_DECLARE(name, summary) int evaluate_##name(int argc, char **argv);
EVALUATE_LIST(COMMAND_DECLARE)
#undef COMMAND_DECLARE

#endif
