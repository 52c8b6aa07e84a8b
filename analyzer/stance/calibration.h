/* calibration.h: from margins to probabilities by one temperature: softmax(sharpness * margin). */
#ifndef STANCE_CALIBRATION_H
#define STANCE_CALIBRATION_H

#include <stddef.h>
#include <stdint.h>

/* What to trust where there is too little data to fit: found on real statements. */
#define CALIBRATION_USUAL_SHARPNESS 1.6

/* probabilities[label] from margins[label]; sum 1. The order of the labels stays the same. */
void calibration_apply(double sharpness, const double *margins, size_t label_count,
                       double *probabilities);

/* The sharpness that makes held-out margins[item * label_count + label] most likely, drawn toward
 * the usual one as far as the items are few. label_count: up to TARGET_MAX_LABELS. */
double calibration_fit(const double *margins, const uint32_t *labels, size_t count,
                       size_t label_count);

/* Expected calibration error, 0 to 1, in ten bins of the winning label's probability. */
double calibration_error(const double *confidences, const unsigned char *correct, size_t count);

#endif
