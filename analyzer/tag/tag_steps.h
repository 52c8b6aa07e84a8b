/* tag_steps.h: what tagging and training the tagger do in the same way. Private to tag/. */
#ifndef TAG_TAG_STEPS_H
#define TAG_TAG_STEPS_H

#include "tag/word_profile.h"

/* Quotation marks need no guess. POS_NONE for other tokens. */
part_of_speech quote_mark_speech(quote_mark mark);

/* Keeps in mind which class the article's word got, for its next occurrence. */
void note_name(const article_profile *profile, uint32_t token_index, name_class class);

/* The same for the names of several words in a sentence that is tagged to its end. */
void note_long_names(const article *a, const article_profile *profile, token_range sentence);

/* Fills names from the tokens' classes. Returns false when memory is out. */
bool collect_names(article *a);

#endif
