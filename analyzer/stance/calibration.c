#include "stance/calibration.h"

#include "stance/target.h"

#include <math.h>

enum { BINS = 10, SEARCH_STEPS = 60 };
/* As many items as the usual value is worth: below it the fit says little. */
static const double PRIOR_ITEMS = 150;

static double largest_of(const double *margins, size_t label_count) {
    double largest = margins[0];
    for (size_t k = 1; k < label_count; k++)
        if (margins[k] > largest) largest = margins[k];
    return largest;
}

/* Fills terms with the probabilities times what is returned. */
static double soften(double sharpness, const double *margins, size_t label_count, double *terms) {
    double largest = largest_of(margins, label_count), sum = 0;
    for (size_t k = 0; k < label_count; k++)
        sum += terms[k] = exp(sharpness * (margins[k] - largest));
    return sum;
}

void calibration_apply(double sharpness, const double *margins, size_t label_count,
                       double *probabilities) {
    double sum = soften(sharpness, margins, label_count, probabilities);
    for (size_t k = 0; k < label_count; k++)
        probabilities[k] /= sum;
}

/* Mean negative log likelihood. */
static double loss(double sharpness, const double *margins, const uint32_t *labels, size_t count,
                   size_t label_count) {
    double total = 0, terms[TARGET_MAX_LABELS];
    for (size_t i = 0; i < count; i++) {
        const double *m = margins + i * label_count;
        total += log(soften(sharpness, m, label_count, terms)) -
                 sharpness * (m[labels[i]] - largest_of(m, label_count));
    }
    return total / (double)count;
}

double calibration_fit(const double *margins, const uint32_t *labels, size_t count,
                       size_t label_count) {
    if (count == 0) return CALIBRATION_USUAL_SHARPNESS;
    /* Golden section search on the logarithm: the loss is convex in the sharpness. */
    const double ratio = 0.6180339887498949;
    double low = log(0.05), high = log(20);
    double left = high - ratio * (high - low), right = low + ratio * (high - low);
    for (int step = 0; step < SEARCH_STEPS; step++) {
        if (loss(exp(left), margins, labels, count, label_count) <
            loss(exp(right), margins, labels, count, label_count))
            high = right;
        else
            low = left;
        left = high - ratio * (high - low);
        right = low + ratio * (high - low);
    }
    double fitted = (low + high) / 2;
    double share = (double)count / ((double)count + PRIOR_ITEMS);
    return exp(share * fitted + (1 - share) * log(CALIBRATION_USUAL_SHARPNESS));
}

double calibration_error(const double *confidences, const unsigned char *correct, size_t count) {
    double confidence[BINS] = {0}, right[BINS] = {0}, error = 0;
    for (size_t i = 0; i < count; i++) {
        int bin = (int)(confidences[i] * BINS);
        if (bin >= BINS) bin = BINS - 1;
        if (bin < 0) bin = 0;
        confidence[bin] += confidences[i];
        right[bin] += correct[i];
    }
    for (int b = 0; b < BINS; b++)
        error += fabs(confidence[b] - right[b]);
    return count ? error / (double)count : 0;
}
