#include "tag/learner.h"

#include <math.h>
#include <stdlib.h>

enum { LABELS_MAX = 64, FIRST_SLOTS = 1 << 16 };

typedef struct feature {
    uint64_t key;
    uint32_t count;   /* in the training data */
    uint32_t updated; /* the example up to which `sums` counts the weights */
} feature;

struct learner {
    size_t labels;
    feature *features; /* [count] */
    size_t count, capacity;
    uint32_t *slots; /* [slot_count] open addressing: index + 1, 0 empty */
    size_t slot_count;
    float *weights; /* [count][labels] */
    double *sums;   /* [count][labels] weights summed over the examples */
    uint32_t examples;
    float max_step;
};

learner *learner_new(size_t labels, float max_step) {
    learner *p = labels && labels <= LABELS_MAX ? calloc(1, sizeof *p) : NULL;
    if (!p) return NULL;
    p->labels = labels;
    p->max_step = max_step;
    p->slot_count = FIRST_SLOTS;
    p->slots = calloc(p->slot_count, sizeof *p->slots);
    if (!p->slots) {
        learner_free(p);
        return NULL;
    }
    return p;
}

void learner_free(learner *p) {
    if (!p) return;
    free(p->features);
    free(p->slots);
    free(p->weights);
    free(p->sums);
    free(p);
}

/* The slot that holds the key, or the empty one where it belongs. */
static size_t find_slot(const learner *p, uint64_t key) {
    size_t at = (size_t)(key >> 17) & (p->slot_count - 1);
    while (p->slots[at] && p->features[p->slots[at] - 1].key != key)
        at = (at + 1) & (p->slot_count - 1);
    return at;
}

static bool rebuild_slots(learner *p, size_t slot_count) {
    /* NOLINTNEXTLINE(clang-analyzer-optin.portability.UnixAPI): there are FIRST_SLOTS at least */
    uint32_t *slots = calloc(slot_count, sizeof *slots);
    if (!slots) return false;
    free(p->slots);
    p->slots = slots;
    p->slot_count = slot_count;
    for (size_t i = 0; i < p->count; i++)
        p->slots[find_slot(p, p->features[i].key)] = (uint32_t)i + 1;
    return true;
}

static bool grow(learner *p) {
    if (p->count == p->capacity) {
        size_t capacity = p->capacity ? p->capacity * 2 : FIRST_SLOTS;
        feature *moved = realloc(p->features, capacity * sizeof *moved);
        if (!moved) return false;
        p->features = moved;
        p->capacity = capacity;
    }
    return p->count * 2 < p->slot_count || rebuild_slots(p, p->slot_count * 2);
}

bool learner_count(learner *p, const uint64_t *keys, size_t count) {
    for (size_t k = 0; k < count; k++) {
        size_t at = find_slot(p, keys[k]);
        if (!p->slots[at]) {
            if (!grow(p)) return false;
            at = find_slot(p, keys[k]);
            p->features[p->count] = (feature){.key = keys[k]};
            p->slots[at] = (uint32_t)++p->count;
        }
        p->features[p->slots[at] - 1].count++;
    }
    return true;
}

static bool clear_weights(learner *p) {
    free(p->weights);
    free(p->sums);
    p->weights = calloc(p->count ? p->count * p->labels : 1, sizeof *p->weights);
    p->sums = calloc(p->count ? p->count * p->labels : 1, sizeof *p->sums);
    p->examples = 0;
    for (size_t i = 0; i < p->count; i++)
        p->features[i].updated = 0;
    return p->weights && p->sums;
}

static size_t slots_for(size_t count) {
    size_t slots = FIRST_SLOTS;
    while (slots < count * 2)
        slots *= 2;
    return slots;
}

bool learner_freeze(learner *p, uint32_t min_count) {
    size_t kept = 0;
    for (size_t i = 0; i < p->count; i++)
        if (p->features[i].count >= min_count) p->features[kept++] = p->features[i];
    p->count = kept;
    return rebuild_slots(p, slots_for(kept)) && clear_weights(p);
}

static void score_all(const learner *p, const uint64_t *keys, size_t count, float *scores) {
    for (size_t k = 0; k < count; k++) {
        uint32_t index = p->slots[find_slot(p, keys[k])];
        if (!index) continue;
        const float *weights = p->weights + (index - 1) * p->labels;
        for (size_t i = 0; i < p->labels; i++)
            scores[i] += weights[i];
    }
}

/* The label of the highest score among those of the bits; the lowest among equals. */
static size_t best_label(const float *scores, size_t labels, uint64_t allowed) {
    size_t best = labels;
    for (size_t i = 0; i < labels; i++)
        if (allowed >> i & 1 && (best == labels || scores[i] > scores[best])) best = i;
    return best;
}

size_t learner_best(const learner *p, const uint64_t *keys, size_t count, uint64_t allowed) {
    float scores[LABELS_MAX] = {0};
    score_all(p, keys, count, scores);
    return best_label(scores, p->labels, allowed);
}

/* Brings the sums of a feature up to the present example. */
static void settle(learner *p, size_t index) {
    uint32_t passed = p->examples - p->features[index].updated;
    p->features[index].updated = p->examples;
    for (size_t i = 0; i < p->labels; i++)
        p->sums[index * p->labels + i] += (double)p->weights[index * p->labels + i] * passed;
}

size_t learner_learn(learner *p, const uint64_t *keys, size_t count, uint64_t allowed,
                     size_t gold) {
    float scores[LABELS_MAX] = {0};
    score_all(p, keys, count, scores);
    p->examples++;
    size_t rival = best_label(scores, p->labels, allowed & ~(1ull << gold));
    size_t guess = scores[rival] > scores[gold] ? rival : gold;
    float loss = 1 - (scores[gold] - scores[rival]);
    if (loss <= 0 || count == 0) return guess;
    float step = loss / (2 * (float)count);
    if (step > p->max_step) step = p->max_step;
    for (size_t k = 0; k < count; k++) {
        uint32_t index = p->slots[find_slot(p, keys[k])];
        if (!index) continue;
        settle(p, index - 1);
        p->weights[(index - 1) * p->labels + gold] += step;
        p->weights[(index - 1) * p->labels + rival] -= step;
    }
    return guess;
}

void learner_average(learner *p) {
    if (!p->examples) return;
    for (size_t f = 0; f < p->count; f++) {
        settle(p, f);
        for (size_t i = f * p->labels; i < (f + 1) * p->labels; i++)
            p->weights[i] = (float)(p->sums[i] / p->examples);
    }
}

typedef struct ranked {
    double weight;
    uint32_t index;
} ranked;

static int compare_ranked(const void *a, const void *b) {
    const ranked *x = a, *y = b;
    if (x->weight != y->weight) return x->weight < y->weight ? 1 : -1;
    return x->index < y->index ? -1 : x->index > y->index;
}

static int compare_by_index(const void *a, const void *b) {
    const ranked *x = a, *y = b;
    return x->index < y->index ? -1 : x->index > y->index;
}

static double weight_of(const learner *p, size_t index) {
    const float *weights = p->weights + index * p->labels;
    float low = 0, high = 0;
    for (size_t i = 0; i < p->labels; i++) {
        if (weights[i] < low) low = weights[i];
        if (weights[i] > high) high = weights[i];
    }
    return (double)(high - low) * sqrt((double)p->features[index].count);
}

bool learner_select(learner *p, size_t max_features) {
    if (p->count <= max_features) return clear_weights(p);
    ranked *order = malloc(p->count * sizeof *order);
    if (!order) return false;
    for (size_t i = 0; i < p->count; i++)
        order[i] = (ranked){weight_of(p, i), (uint32_t)i};
    qsort(order, p->count, sizeof *order, compare_ranked);
    qsort(order, max_features, sizeof *order, compare_by_index);
    for (size_t i = 0; i < max_features; i++)
        p->features[i] = p->features[order[i].index];
    free(order);
    p->count = max_features;
    return rebuild_slots(p, slots_for(p->count)) && clear_weights(p);
}

size_t learner_size(const learner *p) {
    return p->count;
}

uint64_t learner_key(const learner *p, size_t index) {
    return p->features[index].key;
}

const float *learner_weights(const learner *p, size_t index) {
    return p->weights + index * p->labels;
}
