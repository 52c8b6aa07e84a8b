#include "learn/lbfgs.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MEMORY = 10, MAX_HALVINGS = 30 };
static const double SUFFICIENT_DECREASE = 1e-4;

typedef struct lbfgs_state {
    size_t count;
    double *gradient, *direction, *trial, *trial_gradient;
    double *steps, *changes; /* [MEMORY][count]: s and y of the book, a ring */
    double curvature[MEMORY];
    unsigned stored, newest;
    double *block; /* what all of the above is cut from */
} lbfgs_state;

static double dot(const double *a, const double *b, size_t count) {
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += a[i] * b[i];
    return sum;
}

static void add_scaled(double *to, const double *from, double factor, size_t count) {
    for (size_t i = 0; i < count; i++)
        to[i] += factor * from[i];
}

static bool state_init(lbfgs_state *s, size_t count) {
    memset(s, 0, sizeof *s);
    s->count = count;
    s->block = calloc((4 + 2 * (size_t)MEMORY) * (count + 1), sizeof *s->block);
    if (!s->block) return false;
    double *next = s->block;
    double **parts[] = {&s->gradient, &s->direction, &s->trial, &s->trial_gradient};
    for (size_t i = 0; i < 4; i++, next += count)
        *parts[i] = next;
    s->steps = next;
    s->changes = next + MEMORY * count;
    return true;
}

/* direction = -H gradient (two-loop recursion). */
static void find_direction(lbfgs_state *s) {
    double weight[MEMORY];
    size_t n = s->count;
    for (size_t i = 0; i < n; i++)
        s->direction[i] = -s->gradient[i];
    for (unsigned k = 0; k < s->stored; k++) {
        unsigned at = (s->newest + MEMORY - k) % MEMORY;
        weight[at] = dot(s->steps + at * n, s->direction, n) / s->curvature[at];
        add_scaled(s->direction, s->changes + at * n, -weight[at], n);
    }
    if (s->stored) {
        const double *y = s->changes + s->newest * n;
        double factor = s->curvature[s->newest] / dot(y, y, n);
        for (size_t i = 0; i < n; i++)
            s->direction[i] *= factor;
    }
    for (unsigned k = s->stored; k-- > 0;) {
        unsigned at = (s->newest + MEMORY - k) % MEMORY;
        double back = dot(s->changes + at * n, s->direction, n) / s->curvature[at];
        add_scaled(s->direction, s->steps + at * n, weight[at] - back, n);
    }
}

static void remember(lbfgs_state *s, const double *weights) {
    size_t n = s->count;
    unsigned at = s->stored ? (s->newest + 1) % MEMORY : 0;
    double *step = s->steps + at * n, *change = s->changes + at * n;
    for (size_t i = 0; i < n; i++) {
        step[i] = s->trial[i] - weights[i];
        change[i] = s->trial_gradient[i] - s->gradient[i];
    }
    double curvature = dot(step, change, n);
    if (curvature <= 1e-12 * dot(change, change, n)) return;
    s->curvature[at] = curvature;
    s->newest = at;
    if (s->stored < MEMORY) s->stored++;
}

/* Halves the step until the value falls enough. Returns false when no step helps. */
static bool line_search(lbfgs_state *s, lbfgs_function *function, void *context,
                        const double *weights, double *value) {
    double slope = dot(s->gradient, s->direction, s->count);
    if (slope >= 0) return false;
    double length = s->stored ? 1 : 1 / fmax(1, sqrt(dot(s->gradient, s->gradient, s->count)));
    /* NOLINTNEXTLINE(cert-flp30-c): halving is exact, and i counts */
    for (int i = 0; i < MAX_HALVINGS; i++, length /= 2) {
        memcpy(s->trial, weights, s->count * sizeof *weights);
        add_scaled(s->trial, s->direction, length, s->count);
        double reached = function(context, s->trial, s->trial_gradient);
        if (reached <= *value + SUFFICIENT_DECREASE * length * slope) {
            *value = reached;
            return true;
        }
    }
    return false;
}

bool lbfgs_minimize(lbfgs_function *function, void *context, double *weights, size_t count,
                    unsigned iterations, double tolerance) {
    lbfgs_state s;
    if (!state_init(&s, count)) return false;
    double value = function(context, weights, s.gradient);
    for (unsigned i = 0; i < iterations; i++) {
        double size = sqrt(dot(weights, weights, count));
        if (sqrt(dot(s.gradient, s.gradient, count)) <= tolerance * fmax(1, size)) break;
        find_direction(&s);
        if (!line_search(&s, function, context, weights, &value)) break;
        remember(&s, weights);
        memcpy(weights, s.trial, count * sizeof *weights);
        memcpy(s.gradient, s.trial_gradient, count * sizeof *weights);
    }
    free(s.block);
    return true;
}
