#include "stance/calibration.h"

#include <math.h>

enum { BINS = 10, SEARCH_STEPS = 60 };
/* As many items as the usual value is worth: below it the fit says little. */
static const double PRIOR_ITEMS = 150;

void calibration_apply(double sharpness, const double *margins, size_t label_count,
                       double *probabilities) {
    double largest = margins[0], sum = 0;
    for (size_t k = 1; k < label_count; k++)
        if (margins[k] > largest) largest = margins[k];
    for (size_t k = 0; k < label_count; k++)
        sum += probabilities[k] = exp(sharpness * (margins[k] - largest));
    for (size_t k = 0; k < label_count; k++)
        probabilities[k] /= sum;
}

/* Mean negative log likelihood. */
static double loss(double sharpness, const double *margins, const uint32_t *labels, size_t count,
                   size_t label_count) {
    double total = 0;
    for (size_t i = 0; i < count; i++) {
        const double *m = margins + i * label_count;
        double largest = m[0], sum = 0;
        for (size_t k = 1; k < label_count; k++)
            if (m[k] > largest) largest = m[k];
        for (size_t k = 0; k < label_count; k++)
            sum += exp(sharpness * (m[k] - largest));
        total += log(sum) - sharpness * (m[labels[i]] - largest);
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
