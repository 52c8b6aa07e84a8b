/* attribution_model.h: the weights of the attribution engine, in one mapped file. */
#ifndef ATTRIBUTE_ATTRIBUTION_MODEL_H
#define ATTRIBUTE_ATTRIBUTION_MODEL_H

#include "attribute/analysis.h"
#include "attribute/attributor.h"
#include "attribute/word_rows.h"
#include "learn/feature_table.h"

#define ATTRIBUTION_MODEL_KIND "attribution"
#define ATTRIBUTION_MODEL_FILE "attribution.model"

enum {
    ATTRIBUTION_FEATURES_VERSION = 4, /* raise with every change of a feature */
    ROLE_WEIGHTS = 4 /* content begins, content, source begins, source; outside is 0 */
};

/* Numbers that are not weights of features. */
typedef struct attribution_constants {
    float cue_transitions[CUE_LABELS][CUE_LABELS];
    float cue_bias, cue_margin_scale;
    float pairs_least; /* tokens that score less as part of a cue need no pairs: they are none */
    float role_transitions[ROLE_LABELS][ROLE_LABELS];
    float score_scale; /* a typical gap between two analyses; above 0 */
    float ranker_gap;  /* weight of the gap in the re-ranker */
    float acceptance_constant;
} attribution_constants;

struct attributor {
    model_file *file;
    word_tables words;
    const word_row *rows; /* borrowed from the file */
    size_t row_count;
    feature_table base;       /* BASE_LABELS */
    feature_table pairs;      /* PAIR_LABELS */
    feature_table role;       /* ROLE_WEIGHTS */
    feature_table ranker;     /* 1 */
    feature_table acceptance; /* 1 */
    attribution_constants constants;
    cue_chain chain;
};

#endif
