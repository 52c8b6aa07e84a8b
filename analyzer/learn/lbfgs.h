/* lbfgs.h: minimising a smooth convex function of many variables with limited memory
 * (Nocedal and Wright 2006, algorithms 7.4 and 7.5), step lengths by backtracking to the Armijo
 * condition; pairs without positive curvature are left out. */
#ifndef LEARN_LBFGS_H
#define LEARN_LBFGS_H

#include <stdbool.h>
#include <stddef.h>

/* Returns f(weights) and writes its gradient. */
typedef double lbfgs_function(void *context, const double *weights, double *gradient);

/* Improves weights[count] in place until `iterations` are done or the gradient's norm is below
 * tolerance * max(1, norm of weights). Returns false when memory is out. */
bool lbfgs_minimize(lbfgs_function *function, void *context, double *weights, size_t count,
                    unsigned iterations, double tolerance);

#endif
