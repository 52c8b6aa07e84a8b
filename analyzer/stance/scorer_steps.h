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

/* The statement of an attribution. False when memory is out. */
WHOSAID_CHECK bool stance_statement(const article *article, const attribution *attribution,
                                    statement *out);

#endif
