/* speaker_training.h: makes models/speaker from annotated articles. */
#ifndef IDENTIFY_SPEAKER_TRAINING_H
#define IDENTIFY_SPEAKER_TRAINING_H

#include "corpus/annotated_article.h"
#include "identify/source.h"
#include "tag/tagger.h"

#define RELIABILITY_BINS 10

/* Where the model goes, and the date that its card bears. */
typedef struct speaker_training_target {
    const char *folder, *date;
} speaker_training_target;

/* What cross-validation over articles showed while training. */
typedef struct speaker_training_report {
    size_t articles, attributions, decisions;
    struct {
        size_t count, right;
    } forms[SOURCE_FORM_COUNT]; /* attributions and right speakers by the form of the source */
    double speaker_accuracy;    /* lenient, all attributions with a labelled speaker */
    double calibration_error;   /* of speaker_score, ten bins */
    struct {
        size_t count;
        double mean_score, accuracy;
    } reliability[RELIABILITY_BINS];
} speaker_training_report;

/* The articles that a model is made from; borrowed. */
typedef struct training_articles {
    const annotated_article *const *items;
    const double *weights; /* [count] how often each statement counts for the grade model */
    size_t count;
} training_articles;

/* Trains on the quotes of `articles` that have speakers and grades, spans as annotated, and writes
 * speaker.model, weights.tsv (the readable weights) and model.json into target->folder, which is
 * made when it is not there. Same input, same bytes. Errors: IO, LIMIT (the path is too long),
 * NO_MEMORY, and those of segment and tag. */
WHOSAID_CHECK whosaid_status speaker_train(training_articles articles, const tagger *tagger,
                                           const speaker_training_target *target,
                                           speaker_training_report *report, whosaid_error *err);

#endif
