#include "stance/stance_model.h"

#include "base/model_file.h"
#include "stance/decimal.h"

#include <math.h>

static const double WEIGHT_SCALE = 1e6;

bool stance_model_allocate(stance_model *m) {
    size_t labels = m->target->label_count;
    m->stride = stance_model_stride(labels);
    m->weights = ARENA_NEW(m->arena, float, feature_dictionary_size(m->dictionary) * m->stride);
    m->biases = ARENA_NEW(m->arena, double, labels);
    return m->weights && m->biases;
}

stance_model *stance_model_new(const target *toward, const feature_settings *settings,
                               const feature_dictionary *dictionary) {
    arena *a = arena_new();
    stance_model *m = a ? ARENA_NEW(a, stance_model, 1) : NULL;
    if (!m) {
        arena_free(a);
        return NULL;
    }
    *m = (stance_model){
        .arena = a, .target = toward, .settings = *settings, .dictionary = dictionary};
    if (stance_model_allocate(m)) return m;
    arena_free(a);
    return NULL;
}

void stance_model_free(stance_model *m) {
    if (!m) return;
    target_free(m->owned_target);
    model_file_close(m->index);
    arena_free(m->arena); /* the model lies in its own arena */
}

double stance_model_round_weight(double weight) {
    double whole = nearbyint(weight * WEIGHT_SCALE);
    return whole == 0 ? 0 : whole / WEIGHT_SCALE;
}

void stance_model_set(stance_model *m, const double *weights, const double *biases) {
    size_t labels = m->target->label_count, count = feature_dictionary_size(m->dictionary);
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < labels; k++)
            stance_model_row(m, i)[k] = (float)stance_model_round_weight(weights[i * labels + k]);
    /* Only differences of biases are in the file, and only they matter. */
    for (size_t k = 0; k < labels; k++)
        m->biases[k] = decimal_round(biases[k] - biases[0]);
}
