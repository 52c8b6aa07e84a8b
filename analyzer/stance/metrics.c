#include "stance/metrics.h"

size_t confusion_total(const confusion *c) {
    size_t total = 0;
    for (size_t g = 0; g < c->label_count; g++)
        for (size_t p = 0; p < c->label_count; p++)
            total += c->counts[g][p];
    return total;
}

double confusion_accuracy(const confusion *c) {
    size_t total = confusion_total(c), right = 0;
    for (size_t k = 0; k < c->label_count; k++)
        right += c->counts[k][k];
    return total ? (double)right / (double)total : 0;
}

static size_t gold_count(const confusion *c, size_t label) {
    size_t count = 0;
    for (size_t p = 0; p < c->label_count; p++)
        count += c->counts[label][p];
    return count;
}

double confusion_f1(const confusion *c, size_t label) {
    size_t predicted = 0, gold = gold_count(c, label);
    for (size_t g = 0; g < c->label_count; g++)
        predicted += c->counts[g][label];
    return gold + predicted ? 2.0 * (double)c->counts[label][label] / (double)(gold + predicted)
                            : 0;
}

double confusion_macro_f1(const confusion *c) {
    double sum = 0;
    size_t labels = 0;
    for (size_t k = 0; k < c->label_count; k++) {
        if (gold_count(c, k) == 0) continue;
        sum += confusion_f1(c, k);
        labels++;
    }
    return labels ? sum / (double)labels : 0;
}

size_t largest_of(const double *values, size_t count) {
    size_t best = 0;
    for (size_t i = 1; i < count; i++)
        if (values[i] > values[best]) best = i;
    return best;
}
