/* feature_dictionary.h: the features that a model knows, by number. Names are kept, so that a
 * decision can be explained. */
#ifndef STANCE_FEATURE_DICTIONARY_H
#define STANCE_FEATURE_DICTIONARY_H

#include "stance/features.h"

#define FEATURE_UNKNOWN UINT32_MAX

typedef struct feature_dictionary feature_dictionary;

/* A place of the hash table, as it stands in an index (stance_index.h). Small, so that many of them
 * fit the cache: the key's upper half tells features apart. */
typedef struct feature_slot {
    uint32_t mark;
    uint32_t number; /* plus 1; 0: empty */
} feature_slot;

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

/* The number of the feature with this key, or FEATURE_UNKNOWN. Looks at 32 bits of the key and at
 * its place, 44 bits or more together: fewer than one in a thousand million unknown features are
 * taken for a known one, and no string is compared. */
uint32_t feature_dictionary_find(const feature_dictionary *dictionary, uint64_t key);

/* Asks the processor to fetch what finding the key needs: scoring waits for memory more than for
 * anything else, so keys are asked for some time before they are looked up. */
void feature_dictionary_prefetch(const feature_dictionary *dictionary, uint64_t key);

/* The table, a power of two of slots. Borrowed until a feature is added. */
const feature_slot *feature_dictionary_slots(const feature_dictionary *dictionary, size_t *count);

/* Whether the slots can be searched, and hold no number beyond feature_count. */
bool feature_slots_are_sound(const feature_slot *slots, size_t slot_count, size_t feature_count);

/* A dictionary of sound slots, which are borrowed. It has no names, and nothing may be added. NULL
 * when memory is out. */
feature_dictionary *feature_dictionary_of_slots(arena *arena, const feature_slot *slots,
                                                size_t slot_count, size_t feature_count);

size_t feature_dictionary_size(const feature_dictionary *dictionary);
feature_group feature_dictionary_group(const feature_dictionary *dictionary, uint32_t number);
text_view feature_dictionary_name(const feature_dictionary *dictionary, uint32_t number);

#endif
