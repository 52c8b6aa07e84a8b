#include "stance/stance_model.h"

#include "stance/decimal.h"

enum { CHUNK = 64 };

stance_model *stance_model_new(const target *toward, const feature_settings *settings,
                               const feature_dictionary *dictionary) {
    arena *a = arena_new();
    stance_model *m = a ? ARENA_NEW(a, stance_model, 1) : NULL;
    if (!m) {
        arena_free(a);
        return NULL;
    }
    size_t features = feature_dictionary_size(dictionary);
    *m = (stance_model){.arena = a,
                        .target = toward,
                        .settings = *settings,
                        .dictionary = dictionary,
                        .weights = ARENA_NEW(a, double, features * toward->label_count),
                        .biases = ARENA_NEW(a, double, toward->label_count)};
    if (m->weights && m->biases) return m;
    arena_free(a);
    return NULL;
}

void stance_model_free(stance_model *m) {
    if (!m) return;
    target_free(m->owned_target);
    arena_free(m->arena); /* the model lies in its own arena */
}

/* The time goes into waiting for memory, a dictionary slot and a row of weights for each feature:
 * both are asked for a chunk ahead. Halves the time. */
void stance_model_margins(const stance_model *m, const feature_list *features, double *margins) {
    size_t labels = m->target->label_count;
    double values[GROUP_COUNT];
    feature_values(features->group_sizes, &m->settings, values);
    for (size_t k = 0; k < labels; k++)
        margins[k] = m->biases[k];
    for (size_t begin = 0; begin < features->count; begin += CHUNK) {
        size_t end = begin + CHUNK < features->count ? begin + CHUNK : features->count;
        uint32_t numbers[CHUNK];
        for (size_t i = begin; i < end; i++)
            feature_dictionary_prefetch(m->dictionary, features->items[i].key);
        for (size_t i = begin; i < end; i++) {
            uint32_t number = feature_dictionary_find(m->dictionary, features->items[i].key);
            numbers[i - begin] = number;
            if (number != FEATURE_UNKNOWN) __builtin_prefetch(m->weights + (size_t)number * labels);
        }
        for (size_t i = begin; i < end; i++) {
            uint32_t number = numbers[i - begin];
            if (number == FEATURE_UNKNOWN) continue;
            const double *weights = m->weights + (size_t)number * labels;
            for (size_t k = 0; k < labels; k++)
                margins[k] += weights[k] * values[features->items[i].group];
        }
    }
}

void stance_model_round(stance_model *m) {
    size_t labels = m->target->label_count;
    size_t count = feature_dictionary_size(m->dictionary) * labels;
    for (size_t i = 0; i < count; i++)
        m->weights[i] = decimal_round(m->weights[i]);
    /* Only differences of biases are in the file, and only they matter. */
    double first = m->biases[0];
    for (size_t k = 0; k < labels; k++)
        m->biases[k] = decimal_round(m->biases[k] - first);
}
