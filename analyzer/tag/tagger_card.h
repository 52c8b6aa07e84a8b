/* tagger_card.h: the card that lies beside the tagger's weights and says where they come from. */
#ifndef TAG_TAGGER_CARD_H
#define TAG_TAGGER_CARD_H

#include "tag/tagger_training.h"

typedef struct tagger_card {
    size_t articles;
    uint64_t data_hash, seed;
    const char *date;              /* ISO 8601 */
    const tagger_figures *figures; /* on held-out silver labels; NULL: not measured */
} tagger_card;

/* Writes FOLDER/model.json; the weights must be there. Errors: IO, LIMIT, MODEL, NO_MEMORY. */
WHOSAID_CHECK whosaid_status tagger_card_save(const tagger_card *card, const char *folder,
                                              whosaid_error *err);

#endif
