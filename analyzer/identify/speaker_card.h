/* speaker_card.h: what is written beside the weights: model.json (the card) and weights.tsv. */
#ifndef IDENTIFY_SPEAKER_CARD_H
#define IDENTIFY_SPEAKER_CARD_H

#include "identify/speaker_model.h"
#include "identify/speaker_training.h"

/* grade_names: one a grade feature, in the model's order. Errors: IO, MODEL (the
 * weights just saved cannot be read), LIMIT (the path is too long), NO_MEMORY. */
WHOSAID_CHECK whosaid_status speaker_card_write(const speaker_model *model,
                                                const text_view *grade_names,
                                                training_articles source,
                                                const speaker_training_report *report,
                                                const speaker_training_target *target,
                                                whosaid_error *err);

#endif
