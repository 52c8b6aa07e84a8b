/* scorer_steps.h: what the scorer and its explanations share; not for others. */
#ifndef STANCE_SCORER_STEPS_H
#define STANCE_SCORER_STEPS_H

#include "stance/stance_model.h"
#include "stance/stance_scorer.h"
#include "stance/statements.h"

enum { STANCE_MAX_TARGETS = 256 };

struct stance_scorer {
    stance_model *models[STANCE_MAX_TARGETS];
    size_t count;
};

/* The text of an article for a model, in its arena. */
WHOSAID_CHECK whosaid_status stance_prepare(const stance_model *model, const article *article,
                                            feature_text *out, whosaid_error *err);

/* The margins of every attribution by itself, [attribution][label], in the article's arena. */
WHOSAID_CHECK whosaid_status stance_margins(const stance_model *model, const feature_text *text,
                                            article *article, double **margins, whosaid_error *err);

/* Lets the margins lean toward those of the speaker's other statements (see company.h). */
WHOSAID_CHECK whosaid_status stance_lean(const stance_model *model, article *article,
                                         double *margins, whosaid_error *err);

/* The statement of an attribution. False when memory is out. */
WHOSAID_CHECK bool stance_statement(const article *article, const attribution *attribution,
                                    statement *out);

#endif
