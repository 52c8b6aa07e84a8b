/* training_view.h: a silver article as one round of training sees it. Our training data is news of
 * one country and one year, our users read the world: so in each round some names are withheld,
 * whole articles at a time, and some sentences are written as headlines are. */
#ifndef TAG_TRAINING_VIEW_H
#define TAG_TRAINING_VIEW_H

#include "tag/silver.h"
#include "tag/word_profile.h"

/* Shares of 256. */
typedef struct view_changes {
    uint64_t seed;
    uint32_t withhold_word;    /* words with a capital whose identity is withheld in an article */
    uint32_t withhold_affixes; /* and their prefix and suffix too */
    uint32_t title_case, upper_case; /* sentences written in Title Case, IN CAPITALS */
} view_changes;

typedef struct training_view {
    const silver_article *source;
    article article; /* the source's, with tokens and text of its own */
    article_profile profile;
} training_view;

view_changes view_changes_for_training(uint64_t seed);

/* Everything lies in `scratch`. Returns false when memory is out. */
bool training_view_make(const silver_article *source, const lexicon *words,
                        const view_changes *changes, uint64_t seed, arena *scratch,
                        training_view *out);

#endif
