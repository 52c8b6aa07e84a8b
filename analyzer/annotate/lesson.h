/* lesson.h: training on what was annotated, on a thread of its own, and what came out each time.
 * Internal to annotate/. */
#ifndef ANNOTATE_LESSON_H
#define ANNOTATE_LESSON_H

#include "annotate/desk.h"

/* One training: its figures are cross-validated (stance/evaluation.h). */
typedef struct lesson_result {
    size_t statements;
    double macro_f1, macro_low, macro_high, accuracy, majority_macro_f1; /* 0 to 1 */
} lesson_result;

/* NULL when memory is out. Reads what earlier trainings on this corpus gave, from the file that
 * lies beside it (CORPUS.trainings, a JSON object a line). */
lesson *lesson_new(desk *d);

/* Cancels a training that runs and waits for its end. Accepts NULL. */
void lesson_free(lesson *l);

/* With the desk's lock held: begins to train the stance model of a target, or to take the one that
 * was trained into use. Error: USAGE (one runs already; nothing was trained), IO. */
WHOSAID_CHECK whosaid_status lesson_begin(lesson *l, size_t target, whosaid_error *err);
WHOSAID_CHECK whosaid_status lesson_keep(lesson *l, whosaid_error *err);

/* With the desk's lock held: a new JSON value that says how it stands: state, what failed, the
 * trainings so far by target, and the model in use. NULL when memory is out. */
json_t *lesson_value(const lesson *l);

#endif
