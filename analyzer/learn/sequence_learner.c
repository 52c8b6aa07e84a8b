#include "learn/sequence_learner.h"

#include "learn/random.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const float FORBIDDEN = -1e6f;
enum { PREFETCH_AHEAD = 16 };

static bool grow_tokens(sequence_set *set) {
    size_t capacity = set->token_capacity ? set->token_capacity * 2 : 4096;
    uint32_t *shared = realloc(set->shared_row, capacity * sizeof *shared);
    if (shared) set->shared_row = shared;
    uint32_t *own = realloc(set->own_row, capacity * sizeof *own);
    if (own) set->own_row = own;
    uint8_t *labels = realloc(set->labels, capacity);
    if (labels) set->labels = labels;
    uint8_t *allowed = realloc(set->allowed, capacity);
    if (allowed) set->allowed = allowed;
    if (!shared || !own || !labels || !allowed) return false;
    set->token_capacity = capacity;
    return true;
}

bool sequence_set_open(sequence_set *set) {
    if (set->sequence_count == set->sequence_capacity) {
        size_t capacity = set->sequence_capacity ? set->sequence_capacity * 2 : 1024;
        sequence_range *moved = realloc(set->sequences, capacity * sizeof *moved);
        if (!moved) return false;
        set->sequences = moved;
        set->sequence_capacity = capacity;
    }
    uint32_t at = (uint32_t)set->token_count;
    set->sequences[set->sequence_count++] = (sequence_range){at, at};
    return true;
}

bool sequence_set_token(sequence_set *set, uint32_t shared_row, uint32_t own_row, uint8_t label,
                        uint8_t allowed) {
    if (set->token_count == set->token_capacity && !grow_tokens(set)) return false;
    size_t at = set->token_count++;
    set->shared_row[at] = shared_row;
    set->own_row[at] = own_row;
    set->labels[at] = label;
    set->allowed[at] = allowed;
    set->sequences[set->sequence_count - 1].end = (uint32_t)set->token_count;
    return true;
}

void sequence_set_free(sequence_set *set) {
    sparse_rows_free(&set->shared);
    sparse_rows_free(&set->own);
    free(set->shared_row);
    free(set->own_row);
    free(set->labels);
    free(set->allowed);
    free(set->sequences);
    *set = (sequence_set){0};
}

/* The features of a token as two runs of ids; the second may be empty. */
typedef struct token_features {
    const uint32_t *ids[2];
    size_t counts[2];
} token_features;

static token_features features_of(const sequence_set *set, size_t token) {
    token_features f = {{NULL, NULL}, {0, 0}};
    uint32_t shared = set->shared_row[token], own = set->own_row[token];
    if (shared != SEQUENCE_NO_ROW) f.ids[0] = sparse_row(&set->shared, shared, &f.counts[0]);
    if (own != SEQUENCE_NO_ROW) f.ids[1] = sparse_row(&set->own, own, &f.counts[1]);
    return f;
}

/* `width` is a constant at each call, so that the inner loop becomes vector code. */
static inline void add_rows(const float *weights, const uint32_t *ids, size_t count, size_t width,
                            float *sum) {
    for (size_t i = 0; i < count; i++) {
        if (i + PREFETCH_AHEAD < count)
            __builtin_prefetch(weights + ids[i + PREFETCH_AHEAD] * width);
        const float *row = weights + ids[i] * width;
        for (size_t l = 0; l < width; l++)
            sum[l] += row[l];
    }
}

static void score_token(const sequence_model *m, const sequence_set *set, size_t token,
                        float *out) {
    float sum[SEQUENCE_LABELS] = {0};
    token_features f = features_of(set, token);
    for (int part = 0; part < 2; part++) {
        if (m->width == 4)
            add_rows(m->weights, f.ids[part], f.counts[part], 4, sum);
        else
            add_rows(m->weights, f.ids[part], f.counts[part], 8, sum);
    }
    for (unsigned l = 0; l < m->label_count; l++)
        out[l] = (set->allowed[token] >> l & 1) ? sum[l] : FORBIDDEN;
}

void sequence_score(const sequence_model *model, const sequence_set *set, sequence_range range,
                    label_scores *out) {
    for (uint32_t t = range.first; t < range.end; t++)
        score_token(model, set, t, out[t - range.first]);
}

float sequence_decode(unsigned label_count, float transitions[SEQUENCE_LABELS][SEQUENCE_LABELS],
                      const label_scores *scores, size_t count, uint8_t (*back)[SEQUENCE_LABELS],
                      uint8_t *labels) {
    if (count == 0) return 0;
    label_scores now, next;
    memcpy(now, scores[0], sizeof now);
    for (size_t i = 1; i < count; i++) {
        for (unsigned l = 0; l < label_count; l++) {
            float best = now[0] + transitions[0][l];
            uint8_t from = 0;
            for (unsigned k = 1; k < label_count; k++) {
                float value = now[k] + transitions[k][l];
                if (value > best) {
                    best = value;
                    from = (uint8_t)k;
                }
            }
            next[l] = best + scores[i][l];
            back[i][l] = from;
        }
        memcpy(now, next, label_count * sizeof *now);
    }
    uint8_t at = 0;
    for (unsigned l = 1; l < label_count; l++)
        if (now[l] > now[at]) at = (uint8_t)l;
    float score = now[at];
    for (size_t i = count; i-- > 0;) {
        labels[i] = at;
        if (i) at = back[i][at];
    }
    return score;
}

/* What one training run needs besides the model. */
typedef struct trainer {
    const sequence_set *set;
    const uint8_t *seen;
    sequence_model *model;
    float *drift; /* [feature_count][width] steps times the time they were made at */
    float transition_drift[SEQUENCE_LABELS][SEQUENCE_LABELS];
    label_scores *scores; /* [longest] */
    uint8_t (*back)[SEQUENCE_LABELS];
    uint8_t *predicted;
    float aggressiveness;
} trainer;

static float path_score(const sequence_model *m, const label_scores *scores, const uint8_t *labels,
                        size_t count) {
    float sum = 0;
    for (size_t i = 0; i < count; i++) {
        sum += scores[i][labels[i]];
        if (i) sum += m->transitions[labels[i - 1]][labels[i]];
    }
    return sum;
}

/* The difference of the transition counts of gold and prediction; returns its squared norm. */
static double transition_difference(const uint8_t *gold, const uint8_t *predicted, size_t count,
                                    int difference[SEQUENCE_LABELS][SEQUENCE_LABELS]) {
    memset(difference, 0, sizeof(int) * SEQUENCE_LABELS * SEQUENCE_LABELS);
    for (size_t i = 1; i < count; i++) {
        difference[gold[i - 1]][gold[i]]++;
        difference[predicted[i - 1]][predicted[i]]--;
    }
    double norm = 0;
    for (int k = 0; k < SEQUENCE_LABELS; k++)
        for (int l = 0; l < SEQUENCE_LABELS; l++)
            norm += difference[k][l] * difference[k][l];
    return norm;
}

static void move_token(trainer *t, size_t token, uint8_t gold, uint8_t wrong, float step,
                       float drift) {
    token_features f = features_of(t->set, token);
    size_t width = t->model->width;
    for (int part = 0; part < 2; part++) {
        for (size_t i = 0; i < f.counts[part]; i++) {
            uint32_t id = f.ids[part][i];
            float *row = t->model->weights + id * width, *drift_row = t->drift + id * width;
            row[gold] += step;
            drift_row[gold] += drift;
            if (!(t->seen[id] >> wrong & 1)) continue;
            row[wrong] -= step;
            drift_row[wrong] -= drift;
        }
    }
}

/* One sequence; `time` counts the sequences seen so far. */
static void learn_sequence(trainer *t, sequence_range range, float time) {
    size_t count = range.end - range.first;
    const uint8_t *gold = t->set->labels + range.first;
    sequence_model *m = t->model;
    sequence_score(m, t->set, range, t->scores);
    float best =
        sequence_decode(m->label_count, m->transitions, t->scores, count, t->back, t->predicted);
    size_t wrong = 0;
    double norm = 0;
    for (size_t i = 0; i < count; i++) {
        if (t->predicted[i] == gold[i]) continue;
        wrong++;
        token_features f = features_of(t->set, range.first + i);
        norm += 2.0 * (double)(f.counts[0] + f.counts[1]);
    }
    if (wrong == 0) return;
    int difference[SEQUENCE_LABELS][SEQUENCE_LABELS];
    norm += transition_difference(gold, t->predicted, count, difference);
    float cost = best - path_score(m, t->scores, gold, count) + sqrtf((float)wrong);
    float step = fminf(t->aggressiveness, (float)(cost / norm));
    for (size_t i = 0; i < count; i++)
        if (t->predicted[i] != gold[i])
            move_token(t, range.first + i, gold[i], t->predicted[i], step, step * time);
    for (unsigned k = 0; k < m->label_count; k++) {
        for (unsigned l = 0; l < m->label_count; l++) {
            m->transitions[k][l] += step * (float)difference[k][l];
            t->transition_drift[k][l] += step * time * (float)difference[k][l];
        }
    }
}

static bool trainer_init(trainer *t, const sequence_set *set, sequence_model *model) {
    size_t longest = 1;
    for (size_t s = 0; s < set->sequence_count; s++) {
        size_t count = set->sequences[s].end - set->sequences[s].first;
        if (count > longest) longest = count;
    }
    t->set = set;
    t->model = model;
    t->drift = calloc(model->feature_count * model->width + 1, sizeof *t->drift);
    t->scores = calloc(longest, sizeof *t->scores);
    t->back = calloc(longest, sizeof *t->back);
    t->predicted = malloc(longest);
    return t->drift && t->scores && t->back && t->predicted;
}

static void trainer_free(trainer *t) {
    free(t->drift);
    free(t->scores);
    free(t->back);
    free(t->predicted);
}

static void run_epochs(trainer *t, uint32_t *order, size_t count, sequence_options options) {
    sequence_model *m = t->model;
    random_source source = {options.seed};
    double time = 1;
    for (unsigned epoch = 0; epoch < options.epochs; epoch++) {
        random_shuffle(&source, order, count);
        /* NOLINTNEXTLINE(cert-flp30-c): whole numbers, and i counts */
        for (size_t i = 0; i < count; i++, time++)
            learn_sequence(t, t->set->sequences[order[i]], (float)time);
    }
    /* The average over time is the final weight less its drift over the number of steps. */
    for (size_t i = 0; i < m->feature_count * m->width; i++)
        m->weights[i] -= (float)(t->drift[i] / time);
    for (int k = 0; k < SEQUENCE_LABELS; k++)
        for (int l = 0; l < SEQUENCE_LABELS; l++)
            m->transitions[k][l] -= (float)(t->transition_drift[k][l] / time);
}

bool sequence_train(const sequence_set *set, const uint8_t *seen, const uint32_t *chosen,
                    size_t count, sequence_options options, sequence_model *out) {
    *out = (sequence_model){.label_count = set->label_count,
                            .width = set->label_count <= 4 ? 4 : 8,
                            .feature_count = set->feature_count};
    out->weights = calloc(out->feature_count * out->width + 1, sizeof *out->weights);
    trainer t = {.seen = seen, .aggressiveness = options.aggressiveness};
    uint32_t *order = malloc((count + 1) * sizeof *order);
    bool ready = trainer_init(&t, set, out) && out->weights && order;
    if (ready) {
        if (count) memcpy(order, chosen, count * sizeof *order);
        run_epochs(&t, order, count, options);
    } else {
        sequence_model_free(out);
    }
    free(order);
    trainer_free(&t);
    return ready;
}

void sequence_model_free(sequence_model *model) {
    free(model->weights);
    *model = (sequence_model){0};
}

uint8_t *sequence_seen_labels(const sequence_set *set) {
    uint8_t *seen = calloc(set->feature_count + 1, 1);
    if (!seen) return NULL;
    for (size_t token = 0; token < set->token_count; token++) {
        token_features f = features_of(set, token);
        for (int part = 0; part < 2; part++)
            for (size_t i = 0; i < f.counts[part]; i++)
                seen[f.ids[part][i]] |= (uint8_t)(1u << set->labels[token]);
    }
    return seen;
}

bool sequence_model_add(sequence_model *sum, const sequence_model *model, float factor) {
    if (!sum->weights) {
        *sum = *model;
        sum->weights = calloc(model->feature_count * model->width + 1, sizeof *sum->weights);
        if (!sum->weights) return false;
        memset(sum->transitions, 0, sizeof sum->transitions);
    }
    for (size_t i = 0; i < model->feature_count * model->width; i++)
        sum->weights[i] += factor * model->weights[i];
    for (int k = 0; k < SEQUENCE_LABELS; k++)
        for (int l = 0; l < SEQUENCE_LABELS; l++)
            sum->transitions[k][l] += factor * model->transitions[k][l];
    return true;
}
