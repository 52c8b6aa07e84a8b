/* corpus_paths.h: the values of an option --corpus that may be given several times, and of
 * --weight, which tells how much each counts in training. What is wrong ends the program as wrong
 * usage. */
#ifndef CLI_CORPUS_PATHS_H
#define CLI_CORPUS_PATHS_H

#include <stddef.h>

struct argp_state;

enum { CORPUS_PATHS_MAX = 64 };

typedef struct corpus_paths {
    const char *items[CORPUS_PATHS_MAX]; /* borrowed from the command line */
    double weights[CORPUS_PATHS_MAX];    /* 1 unless --weight says otherwise */
    size_t count;
} corpus_paths;

void corpus_paths_add(corpus_paths *paths, const char *path, const struct argp_state *state);

/* text: "PATH=W" for a PATH that was added before; W from 0.001 to 100. */
void corpus_paths_weigh(corpus_paths *paths, const char *text, const struct argp_state *state);

#endif
