/* attribution_options.h: what `train attribution` and `evaluate attribution` share: corpora with
 * weights, the tagger, and training into a folder. */
#ifndef CLI_ATTRIBUTION_OPTIONS_H
#define CLI_ATTRIBUTION_OPTIONS_H

#include "attribute/attribution_trial.h"

#include <argp.h>

enum { ATTRIBUTION_CORPORA_MAX = 32 };

typedef struct attribution_options {
    const char *paths[ATTRIBUTION_CORPORA_MAX];
    unsigned weights[ATTRIBUTION_CORPORA_MAX];
    bool held_out[ATTRIBUTION_CORPORA_MAX];
    size_t path_count;
    unsigned weight; /* of the corpora that follow on the command line */
    const char *test, *tagger;
    float min_score;
    attribution_training training;
} attribution_options;

attribution_options attribution_options_default(void);

/* Options of both commands, for argp's children. The input is an attribution_options. */
extern const struct argp attribution_options_parser;

/* Corpora and tagger, loaded. */
typedef struct attribution_inputs {
    corpus *corpora[ATTRIBUTION_CORPORA_MAX];
    training_source sources[ATTRIBUTION_CORPORA_MAX];
    size_t count;
    corpus *test; /* NULL without --test */
    tagger *tagger;
} attribution_inputs;

WHOSAID_CHECK whosaid_status attribution_inputs_load(const attribution_options *options,
                                                     attribution_inputs *out, whosaid_error *err);
void attribution_inputs_free(attribution_inputs *inputs);

#endif
