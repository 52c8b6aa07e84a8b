/* corpus_paths.h: the values of an option --corpus that may be given several times. */
#ifndef CLI_CORPUS_PATHS_H
#define CLI_CORPUS_PATHS_H

#include <argp.h>
#include <stddef.h>

enum { CORPUS_PATHS_MAX = 64 };

typedef struct corpus_paths {
    const char *items[CORPUS_PATHS_MAX]; /* borrowed from the command line */
    size_t count;
} corpus_paths;

static inline void corpus_paths_add(corpus_paths *paths, const char *path,
                                    const struct argp_state *state) {
    if (paths->count == CORPUS_PATHS_MAX)
        argp_error(state, "--corpus may be given %d times", CORPUS_PATHS_MAX);
    paths->items[paths->count++] = path;
}

#endif
