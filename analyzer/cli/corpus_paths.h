/* corpus_paths.h: the options --corpus, --labels and --weight of the commands that train and
 * measure the speaker model. */
#ifndef CLI_CORPUS_PATHS_H
#define CLI_CORPUS_PATHS_H

#include <argp.h>
#include <stddef.h>

enum { CORPUS_PATHS_MAX = 64 };

typedef struct corpus_paths {
    const char *items[CORPUS_PATHS_MAX]; /* borrowed from the command line, at least one */
    double weights[CORPUS_PATHS_MAX];    /* 1 unless --weight says otherwise; 0.001 to 100 */
    size_t count;
    const char *labels; /* NULL: those that stand in the corpora */
} corpus_paths;

/* For argp's children. The input is a corpus_paths. */
extern const struct argp corpus_paths_parser;

#endif
