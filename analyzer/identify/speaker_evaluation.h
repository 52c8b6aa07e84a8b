/* speaker_evaluation.h: how well speakers, grades and reasons agree with people's annotations.
 * Predicted attributions are matched to annotated ones, one to one and best first, where their
 * contents overlap by at least half of both, counted in characters that are no white space. */
#ifndef IDENTIFY_SPEAKER_EVALUATION_H
#define IDENTIFY_SPEAKER_EVALUATION_H

#include "corpus/annotated_article.h"
#include "identify/grade.h"
#include "identify/speaker_training.h"

typedef struct speaker_figures {
    size_t articles, gold, predicted, found;
    size_t labelled;           /* of found: the annotation tells who speaks, or that nobody does */
    size_t strict, lenient;    /* of labelled: the speaker is right */
    size_t named, named_right; /* of found with a named speaker; right is lenient here and below */
    size_t pronoun, pronoun_right;
    size_t grades[GRADE_COUNT][GRADE_COUNT]; /* annotated, predicted */
    size_t anonymous_as_other;               /* annotated as anonymous, given another one's name */
    size_t reason_gold, reason_predicted, reason_right;
    struct {
        size_t count, right;
        double score_sum;
    } bins[RELIABILITY_BINS]; /* of speaker_score */
} speaker_figures;

/* Sees every matched pair; speaker_right is lenient. */
typedef void speaker_pair_observer(void *context, const annotated_article *article,
                                   const annotated_quote *gold, const attribution *predicted,
                                   bool speaker_right);

typedef struct speaker_listener {
    speaker_pair_observer *observer; /* may be NULL */
    void *context;
} speaker_listener;

/* Adds one article whose attributions carry speakers and grades. Error: NO_MEMORY. */
WHOSAID_CHECK whosaid_status speaker_figures_add(speaker_figures *figures,
                                                 const annotated_article *gold,
                                                 const article *predicted,
                                                 speaker_listener listener, whosaid_error *err);

double speaker_calibration_error(const speaker_figures *figures);
double grade_accuracy(const speaker_figures *figures);

/* Mean F1 over the grades that the annotation has. */
double grade_macro_f1(const speaker_figures *figures);

#endif
