/* feature_dictionary.h: the features that a model knows, by number. Names are kept, so that a
 * decision can be explained. */
#ifndef STANCE_FEATURE_DICTIONARY_H
#define STANCE_FEATURE_DICTIONARY_H

#include "stance/feature_lines.h"

typedef struct feature_dictionary feature_dictionary;

/* An empty dictionary that lives in the arena, with room for the expected number of features (it
 * grows beyond); NULL when memory is out. */
feature_dictionary *feature_dictionary_new(arena *arena, size_t expected);

/* The number of the feature; adds it when it is new. FEATURE_UNKNOWN when memory is out.
 * The name is copied. */
uint32_t feature_dictionary_add(feature_dictionary *dictionary, feature_group group,
                                text_view name);

/* The same without a copy: the name, of less than 4 GB, stays as long as the dictionary. */
uint32_t feature_dictionary_add_lent(feature_dictionary *dictionary, feature_group group,
                                     text_view name);

/* The number of the feature of the group with this key, or FEATURE_UNKNOWN. No string is compared:
 * see feature_lines_find. */
uint32_t feature_dictionary_find(const feature_dictionary *dictionary, feature_group group,
                                 uint64_t key);

/* Asks the processor to fetch what finding the key needs: scoring waits for memory more than for
 * anything else, so keys are asked for some time before they are looked up. */
void feature_dictionary_prefetch(const feature_dictionary *dictionary, feature_group group,
                                 uint64_t key);

/* A dictionary of sound lines and the numbers that their features have in features.txt, which are
 * borrowed. It has no names, and nothing may be added. NULL when memory is out. */
feature_dictionary *feature_dictionary_of_lines(arena *arena, const feature_lines *lines,
                                                const uint32_t *file_numbers, size_t feature_count);

/* The line of features.txt, from 0 on, that a feature stands on. */
uint32_t feature_dictionary_file_number(const feature_dictionary *dictionary, uint32_t number);

size_t feature_dictionary_size(const feature_dictionary *dictionary);
feature_group feature_dictionary_group(const feature_dictionary *dictionary, uint32_t number);
text_view feature_dictionary_name(const feature_dictionary *dictionary, uint32_t number);

#endif
