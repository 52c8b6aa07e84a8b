/* stance_model.h: a trained stance model of one target: dictionary, one weight vector a label, a
 * sharpness for probabilities.
 *
 * A model is a folder:
 *   model.json     card: kind, format and feature version, labels, groups and weights, training
 *                  data and its hash, figures, licence, checksums of the other files
 *   target.json    the target as it was at training
 *   features.txt   line n: group, tab, name of feature n
 *   stance.svm     a libsvm model (linear, one support vector a label: its weight vector), that
 *                  svm-predict and svm_load_model read as they are. One-against-one voting over
 *                  differences of these vectors gives the label of the largest margin.
 *   stance.index   both as they lie in memory, see stance_index.h; may be missing
 * model.json is renamed into place last; a folder whose checksums do not fit is refused. */
#ifndef STANCE_STANCE_MODEL_H
#define STANCE_STANCE_MODEL_H

#include "stance/feature_dictionary.h"

struct model_file; /* base/model_file.h */

typedef struct stance_model {
    arena *arena;             /* owns the weights, and what a loaded model has besides */
    struct model_file *index; /* owned; what weights, biases and dictionary lie in, or NULL */
    target *owned_target;     /* of a loaded model, else NULL */
    const target *target;
    feature_settings settings;
    const feature_dictionary *dictionary;
    float *weights; /* [feature][label], see stance_model_row */
    size_t stride;  /* labels, filled up with zeros to a multiple of STANCE_ROW_STEP */
    double *biases; /* [label] */
    double sharpness;
    /* Equal for equal dictionaries, weights and numbers of features, which an index orders anew; 0
     * of a model that is in training. */
    uint64_t identity;
} stance_model;

/* 16 bytes: no row of four labels lies in two cache lines. */
enum { STANCE_ROW_STEP = 4 };

/* Weights of a file are below. */
#define STANCE_WEIGHT_MAX 9e6f

static inline size_t stance_model_stride(size_t labels) {
    return (labels + STANCE_ROW_STEP - 1) / STANCE_ROW_STEP * STANCE_ROW_STEP;
}

/* The weights of a feature, a label each. */
static inline float *stance_model_row(const stance_model *model, size_t number) {
    return model->weights + number * model->stride;
}

/* What the card says beside what the model needs. */
typedef struct stance_card {
    const char *data; /* where the training data lies, as a user would name it */
    text_view date;   /* ISO 8601; may be empty */
    uint64_t data_hash;
    size_t examples, articles;
    double cost, macro_f1, accuracy;
} stance_card;

/* An empty model with zeroed weights; target and dictionary are borrowed as long as it lives. NULL
 * when memory is out. */
stance_model *stance_model_new(const target *target, const feature_settings *settings,
                               const feature_dictionary *dictionary);
void stance_model_free(stance_model *model);

/* Zeroed weights and biases for the model's target and dictionary. False when memory is out. */
bool stance_model_allocate(stance_model *model);

/* margins[label] of a statement: the biases, and the weights of its features times the values of
 * their groups. Scratch memory comes from the arena. Errors: NO_MEMORY. */
WHOSAID_CHECK whosaid_status stance_model_score(const stance_model *model, const feature_text *text,
                                                const statement *said, arena *arena,
                                                double *margins, whosaid_error *err);

/* Takes weights[feature * label_count + label] and biases[label], rounded as the file has them, so
 * that a loaded model is the same. */
void stance_model_set(stance_model *model, const double *weights, const double *biases);

/* A weight as the file has it: 6 decimals. */
double stance_model_round_weight(double weight);

/* Writes the folder (created when missing). The same model and card give the same bytes.
 * Errors: IO, NO_MEMORY. */
WHOSAID_CHECK whosaid_status stance_model_save(const stance_model *model, const stance_card *card,
                                               const char *folder, whosaid_error *err);

/* Writes the model to parent/NAME, NAME being the target's with everything but letters, digits, '-'
 * and '_' replaced by '-'. Missing folders are created. Errors: USAGE (parent is empty), IO,
 * NO_MEMORY. */
WHOSAID_CHECK whosaid_status stance_model_save_in(const stance_model *model,
                                                  const stance_card *card, const char *parent,
                                                  whosaid_error *err);

/* Loads and checks a folder. Errors: IO, MODEL (damaged, of another version, not ours),
 * NO_MEMORY. */
WHOSAID_CHECK whosaid_status stance_model_load(const char *folder, stance_model **out,
                                               whosaid_error *err);

#endif
