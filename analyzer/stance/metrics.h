/* metrics.h: how well labels were predicted. */
#ifndef STANCE_METRICS_H
#define STANCE_METRICS_H

#include "stance/target.h"

typedef struct confusion {
    size_t label_count;
    size_t counts[TARGET_MAX_LABELS][TARGET_MAX_LABELS]; /* [gold][predicted] */
} confusion;

size_t confusion_total(const confusion *c);
double confusion_accuracy(const confusion *c);

/* F1 of one label; 0 when it is never gold nor predicted. */
double confusion_f1(const confusion *c, size_t label);

/* Mean F1 over the labels that occur in gold. */
double confusion_macro_f1(const confusion *c);

/* Index of the largest value; the first of equals. */
size_t largest_of(const double *values, size_t count);

#endif
