/* model_card.h: the card model.json that lies beside a model's weights. Most of it is for people;
 * the program holds it against the weights, so that a folder whose parts belong to different models
 * is refused. It must say:
 *
 *   "kind": "tagger", "format_version": 1, "feature_version": 1,
 *   "files": {"tagger.model": "29f0c3..."}      the checksum of the model file, as 16 hex digits */
#ifndef BASE_MODEL_CARD_H
#define BASE_MODEL_CARD_H

#include "base/model_file.h"

#define MODEL_CARD_FILE "model.json"
#define MODEL_CARD_FORMAT 1
enum { MODEL_CHECKSUM_DIGITS = 16 };

typedef struct model_card_facts {
    const char *kind;
    uint32_t feature_version;
    const char *weights; /* the name of the model file in its folder */
} model_card_facts;

/* Holds FOLDER/model.json against the facts and the opened weights.
 * Errors: IO (it cannot be read), MODEL, LIMIT (the path is too long), NO_MEMORY. */
WHOSAID_CHECK whosaid_status model_card_check(const char *folder, const model_card_facts *facts,
                                              const model_file *weights, whosaid_error *err);

/* For writing a card: the checksum of FOLDER/WEIGHTS in digits. Errors: those of model_file_open.
 */
WHOSAID_CHECK whosaid_status model_card_checksum(const char *folder, const model_card_facts *facts,
                                                 char digits[MODEL_CHECKSUM_DIGITS + 1],
                                                 whosaid_error *err);

#endif
