/* company.h: what a speaker says once in an article tells where the speaker stands next time. The
 * margins of a statement lean toward the mean of those of the same speaker's other statements in
 * the article: (own + weight * mean) / (1 + weight). As margins are linear in the features, this is
 * what the mixed feature vectors would give. */
#ifndef STANCE_COMPANY_H
#define STANCE_COMPANY_H

#include "base/arena.h"

/* margins[statement * label_count + label], changed in place. voices[statement]: equal for the same
 * speaker in the same article, 0 where the speaker is not known. Scratch memory is given back.
 * Sorts the statements. False when memory is out. */
bool company_lean(double weight, const uint64_t *voices, size_t count, size_t label_count,
                  double *margins, arena *scratch);

/* The voice of a speaker's name in an article; 0 for an empty name. */
uint64_t company_voice(uint64_t article, text_view speaker_name);

#endif
