#include "cli/corpus_paths.h"

#include "cli/command.h"

#include <string.h>

enum { OPTION_CORPUS = 512, OPTION_LABELS, OPTION_WEIGHT };

static const struct argp_option options[] = {
    {"corpus", OPTION_CORPUS, "PATH", 0,
     "Annotated articles: a file or folder; may be given several times", 0},
    {"labels", OPTION_LABELS, "TABLE.tsv", 0,
     "Take speakers, grades and reasons of the corpora's statements from a table that stands apart "
     "from the texts",
     0},
    {"weight", OPTION_WEIGHT, "PATH=W", 0,
     "Let each statement of the corpus PATH count W times when the grade model is trained, instead "
     "of once; after the --corpus that names PATH",
     0},
    {0}};

static const double LEAST_WEIGHT = 1e-3, MOST_WEIGHT = 100;

static void add_corpus(corpus_paths *paths, const char *path, const struct argp_state *state) {
    if (paths->count == CORPUS_PATHS_MAX)
        argp_error(state, "--corpus may be given %d times", CORPUS_PATHS_MAX);
    paths->weights[paths->count] = 1;
    paths->items[paths->count++] = path;
}

/* text: "PATH=W" for a PATH that was added before. */
static void weigh_corpus(corpus_paths *paths, const char *text, const struct argp_state *state) {
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

static error_t parse_option(int key, char *argument, struct argp_state *state) {
    corpus_paths *paths = state->input;
    switch (key) {
    case OPTION_CORPUS: add_corpus(paths, argument, state); return 0;
    case OPTION_LABELS: paths->labels = argument; return 0;
    case OPTION_WEIGHT: weigh_corpus(paths, argument, state); return 0;
    case ARGP_KEY_END:
        if (!paths->count) argp_error(state, "--corpus is needed");
        return 0;
    default: return ARGP_ERR_UNKNOWN;
    }
}

const struct argp corpus_paths_parser = {.options = options, .parser = parse_option};
