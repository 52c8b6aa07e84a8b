/* speaker_match.h: when a predicted speaker counts as the annotated one. */
#ifndef IDENTIFY_SPEAKER_MATCH_H
#define IDENTIFY_SPEAKER_MATCH_H

#include "corpus/annotated_article.h"

/* The annotation names a speaker, or says that nobody speaks: there is something to match. */
bool quote_tells_who_speaks(const annotated_quote *quote);

/* The same words after letter case, titles and punctuation are left out. */
bool speaker_matches_strictly(text_view gold, text_view predicted);

/* For a named person: the same surname and no given name that contradicts. Otherwise: a content
 * word in common. Both empty matches. */
bool speaker_matches(text_view gold, text_view predicted, bool gold_is_named);

/* True when there are words and all of them are personal pronouns. */
bool source_is_pronoun(text_view source);

/* At least half of the different words of the annotated reason are in the predicted one. */
bool reason_matches(text_view gold, text_view predicted);

#endif
