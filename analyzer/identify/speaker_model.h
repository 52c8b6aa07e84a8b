/* speaker_model.h: the numbers behind an identifier, as models/speaker holds them. */
#ifndef IDENTIFY_SPEAKER_MODEL_H
#define IDENTIFY_SPEAKER_MODEL_H

#include "base/model_file.h"
#include "identify/grade.h"

/* Grows whenever a feature of reference.h, grade.h or the calibration changes its meaning. */
#define SPEAKER_MODEL_VERSION 3

#define SPEAKER_MODEL_KIND "speaker"
#define SPEAKER_MODEL_FILE "speaker.model"
#define SPEAKER_WEIGHTS_FILE "weights.tsv" /* the same, to be read */

/* What the probability that a speaker is right depends on. */
typedef enum trust_feature {
    TRUST_BIAS,
    TRUST_LOG_ODDS, /* of the ranking model's choice */
    TRUST_PERSON,   /* kind of the entity */
    TRUST_BODY,
    TRUST_DESCRIBED,
    TRUST_JOINT,
    TRUST_NOBODY,
    TRUST_ONE_WORD, /* a name of one word only */
    TRUST_SEVERAL_PARTS,
    TRUST_SHARED_NAME, /* several bear the bare name of the source */
    TRUST_QUOTED,      /* the source stands in another one's words */
    TRUST_FEATURE_COUNT
} trust_feature;

typedef const float (*trust_weights)[TRUST_FEATURE_COUNT];

typedef struct speaker_model {
    model_file *file;            /* NULL for weights that training holds */
    reference_weights reference; /* [SOURCE_FORM_COUNT][REFERENCE_FEATURE_COUNT] */
    grade_weights grade;
    uint32_t *starts;    /* owned: the index of `grade`; NULL for weights that training holds */
    trust_weights trust; /* [SOURCE_FORM_COUNT][TRUST_FEATURE_COUNT] */
} speaker_model;

/* Maps FOLDER/speaker.model, checks it and holds the card beside it against it. Errors: IO, MODEL,
 * LIMIT (the path is too long), NO_MEMORY. */
WHOSAID_CHECK whosaid_status speaker_model_open(const char *folder, speaker_model *out,
                                                whosaid_error *err);
void speaker_model_close(speaker_model *model);

/* Writes FOLDER/speaker.model. Errors: IO, LIMIT, NO_MEMORY. */
WHOSAID_CHECK whosaid_status speaker_model_save(const speaker_model *model, const char *folder,
                                                whosaid_error *err);

#endif
