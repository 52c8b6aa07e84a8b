/* corpus_paths.h: the values of an option --corpus that may be given several times, and of
 * --weight, which tells how much each counts in training. */
#ifndef CLI_CORPUS_PATHS_H
#define CLI_CORPUS_PATHS_H

#include <argp.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

enum { CORPUS_PATHS_MAX = 64 };

typedef struct corpus_paths {
    const char *items[CORPUS_PATHS_MAX]; /* borrowed from the command line */
    double weights[CORPUS_PATHS_MAX];    /* 1 unless --weight says otherwise */
    size_t count;
} corpus_paths;

static inline void corpus_paths_add(corpus_paths *paths, const char *path,
                                    const struct argp_state *state) {
    if (paths->count == CORPUS_PATHS_MAX)
        argp_error(state, "--corpus may be given %d times", CORPUS_PATHS_MAX);
    paths->weights[paths->count] = 1;
    paths->items[paths->count++] = path;
}

/* "PATH=W" for a PATH that stands in an earlier --corpus; W from above 0 to 100. */
static inline void corpus_paths_weigh(corpus_paths *paths, const char *text,
                                      const struct argp_state *state) {
    const char *sign = strrchr(text, '=');
    char *end = NULL;
    double weight = sign ? strtod(sign + 1, &end) : 0;
    if (!sign || end == sign + 1 || *end || !(weight > 0 && weight <= 100))
        argp_error(state, "--weight takes PATH=W, W a number above 0, at most 100");
    size_t found = 0;
    for (size_t i = 0; sign && i < paths->count; i++) {
        if (strlen(paths->items[i]) != (size_t)(sign - text) ||
            strncmp(paths->items[i], text, (size_t)(sign - text)) != 0)
            continue;
        paths->weights[i] = weight;
        found++;
    }
    if (!found) argp_error(state, "--weight names a corpus that no --corpus before it names");
}

#endif
