/* attribution_card.h: the card beside the attribution model's weights: what it is, what it was
 * trained from, how well it does, what it cannot do. */
#ifndef ATTRIBUTE_ATTRIBUTION_CARD_H
#define ATTRIBUTE_ATTRIBUTION_CARD_H

#include "attribute/attribution_trial.h"

typedef struct attribution_card {
    const training_source *sources; /* with a name each */
    const char *const *source_names;
    size_t source_count;
    size_t articles;
    const char *date;           /* ISO 8601 */
    const trial_result *result; /* on a test corpus; NULL: not measured */
    const char *test_name;
} attribution_card;

/* Writes FOLDER/model.json; the weights must be there. Errors: IO, LIMIT, MODEL, NO_MEMORY. */
WHOSAID_CHECK whosaid_status attribution_card_save(const attribution_card *card, const char *folder,
                                                   whosaid_error *err);

/* Rows of a tally as JSON text: {"cue exact": {"p", "r", "f", "n_pred", "n_gold"}, ...,
 * "calibration_error": E}; the caller frees it. NULL when memory is out. */
char *attribution_tally_json(const trial_result *result);

#endif
