#include "cli/corpus_paths.h"

#include "cli/command.h"

#include <argp.h>
#include <string.h>

static const double LEAST_WEIGHT = 1e-3, MOST_WEIGHT = 100;

void corpus_paths_add(corpus_paths *paths, const char *path, const struct argp_state *state) {
    if (paths->count == CORPUS_PATHS_MAX)
        argp_error(state, "--corpus may be given %d times", CORPUS_PATHS_MAX);
    paths->weights[paths->count] = 1;
    paths->items[paths->count++] = path;
}

void corpus_paths_weigh(corpus_paths *paths, const char *text, const struct argp_state *state) {
    const char *sign = strrchr(text, '=');
    if (!sign) argp_error(state, "--weight takes PATH=W, not `%s'", text);
    double weight = command_number("--weight PATH=W", sign + 1, LEAST_WEIGHT, MOST_WEIGHT, state);
    size_t len = (size_t)(sign - text), found = 0;
    for (size_t i = 0; i < paths->count; i++) {
        if (strlen(paths->items[i]) != len || memcmp(paths->items[i], text, len) != 0) continue;
        paths->weights[i] = weight;
        found++;
    }
    if (!found)
        argp_error(state, "--weight names `%.*s', which no --corpus before it names", (int)len,
                   text);
}
