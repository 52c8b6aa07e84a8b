/* train_attribution.h: from annotated articles to a model folder. Reproducible bit for bit,
 * whatever the number of threads. */
#ifndef ATTRIBUTE_TRAIN_ATTRIBUTION_H
#define ATTRIBUTE_TRAIN_ATTRIBUTION_H

#include "attribute/train_choice.h"

typedef struct attribution_training {
    const char *wordnet_folder;
    unsigned threads;
    unsigned base_least; /* occurrences of a base feature that is kept */
    float prune;         /* features whose weights are all below this share of a typical one go */
    cue_training cues;
    role_training roles;
    choice_training choice;
    /* Called at the end of each stage; may be NULL. */
    void (*progress)(void *context, const char *stage);
    void *progress_context;
} attribution_training;

attribution_training attribution_training_default(void);

/* Trains on set->articles (prepared, with folds) and writes the model into `folder`, which must
 * exist. Errors: IO, SYNTAX (WordNet), NO_MEMORY. */
WHOSAID_CHECK whosaid_status attribution_train(training_set *set,
                                               const attribution_training *options,
                                               const char *folder, whosaid_error *err);

#endif
