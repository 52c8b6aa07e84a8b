/* tagger_training.h: learning the tagger from silver labels, and measuring it against them. */
#ifndef TAG_TAGGER_TRAINING_H
#define TAG_TAGGER_TRAINING_H

#include "tag/lexicon.h"
#include "tag/silver.h"
#include "tag/tagger.h"

typedef struct tagger_training_options {
    uint64_t seed;
    uint32_t rounds;    /* over the data, two times for each of the two passes */
    uint32_t min_count; /* rarer features are dropped */
    uint32_t speech_features, name_features; /* kept in the model */
    float speech_step, name_step;            /* how far one example may move a weight */
} tagger_training_options;

tagger_training_options tagger_training_options_default(void);

/* Trains with the word lists `words`, which go into the model, and writes FOLDER/tagger.model.
 * `progress` (may be NULL) is called with a line of words after each round. The same data, options
 * and program give the same bytes. Errors: USAGE (too many features), IO, LIMIT, NO_MEMORY. */
WHOSAID_CHECK whosaid_status tagger_train(silver *data, const lexicon *words,
                                          const tagger_training_options *options,
                                          const char *folder, void (*progress)(const char *line),
                                          whosaid_error *err);

/* How a tagger agrees with silver labels. */
typedef struct tagger_figures {
    size_t tokens; /* with a silver part of speech */
    size_t speech_right;
    size_t confusion[PART_OF_SPEECH_COUNT][PART_OF_SPEECH_COUNT]; /* [silver][ours] */
    struct {
        size_t silver, ours, both; /* spans: equal bounds and class */
    } names[NAME_CLASS_COUNT];     /* [NAME_NONE]: all classes together */
} tagger_figures;

/* Tags the articles of `data`, whose silver labels stay, and compares. Errors: NO_MEMORY. */
WHOSAID_CHECK whosaid_status tagger_measure(const tagger *tagger, silver *data, tagger_figures *out,
                                            whosaid_error *err);

#endif
