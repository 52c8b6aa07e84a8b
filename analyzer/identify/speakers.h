/* speakers.h: the steps of identifying in one place: cast, resolution, reasons, grades, scores.
 * The identifier runs them with a loaded model, training with the one it is making. */
#ifndef IDENTIFY_SPEAKERS_H
#define IDENTIFY_SPEAKERS_H

#include "identify/speaker_model.h"

/* What the steps found, for training and tests; lives in the article's arena. */
typedef struct speakers {
    cast *cast;
    resolution *resolutions; /* one an attribution */
    token_range *reasons;    /* [reason_count] by entity */
    size_t reason_count;
} speakers;

/* Cast, resolution and reasons. Error: NO_MEMORY. */
WHOSAID_CHECK whosaid_status speakers_find(const lexicon *words, const resolve_options *options,
                                           const article *a, speakers *out, whosaid_error *err);

/* The article says why the speaker's name is withheld. */
bool speakers_have_reason(const speakers *s, size_t attribution_index);

/* The canonical name of all parts. ptr is NULL when memory is out. */
text_view speakers_name(const speakers *s, size_t attribution_index);

/* Fills TRUST_FEATURE_COUNT values. */
void speakers_trust_features(const speakers *s, size_t attribution_index, float *values);

/* The probability that a speaker is right. weights: those of its form; both arrays hold
 * TRUST_FEATURE_COUNT. */
double speakers_trust(const float *weights, const float *values);

/* Writes speaker and anonymity of every attribution. Error: NO_MEMORY. */
WHOSAID_CHECK whosaid_status speakers_write(const speakers *s, const speaker_model *model,
                                            article *a, whosaid_error *err);

#endif
