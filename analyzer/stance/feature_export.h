/* feature_export.h: the labelled statements of a corpus as libsvm's sparse format, one line a
 * statement: "LABEL INDEX:VALUE ...", with the numbers of a model. svm-predict with the model's
 * stance.svm then gives the labels that the program gives, and svm-train can learn from the file.
 */
#ifndef STANCE_FEATURE_EXPORT_H
#define STANCE_FEATURE_EXPORT_H

#include "corpus/annotated_article.h"
#include "stance/stance_model.h"

/* Takes one line, with its line break. */
typedef whosaid_status feature_line_function(void *context, text_view line, whosaid_error *err);

/* Writes a line for each statement with content and a stance toward the model's target, in the
 * order of the corpus. Label n is the n-th of the target's labels, from 0; index n is line n of the
 * model's features.txt, from 1; features that the model does not know are left out. Where
 * the model lets a speaker's statements lean toward each other, so do their vectors.
 * *count: lines written. Errors: SYNTAX (a label that the target does not have), NO_MEMORY, and
 * those of `line`. */
WHOSAID_CHECK whosaid_status feature_export(const stance_model *model, const corpus *corpus,
                                            feature_line_function *line, void *context,
                                            size_t *count, whosaid_error *err);

#endif
