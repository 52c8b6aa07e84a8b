/* stance_card.h: what is told about a training: the model's card, and advice to its user. */
#ifndef STANCE_STANCE_CARD_H
#define STANCE_STANCE_CARD_H

#include "stance/trainer.h"

/* The card of a training; date: the latest of the articles. Borrowed from the set. */
stance_card stance_card_of(const example_set *set, const training_summary *summary);

enum { TRAINING_ADVICE_LINES = 3 };

/* Up to TRAINING_ADVICE_LINES lines: what more annotations would bring, which label is short.
 * Lines live in the arena. Returns their number. */
size_t training_advice(const example_set *set, const training_summary *summary, arena *arena,
                       text_view lines[TRAINING_ADVICE_LINES]);

#endif
