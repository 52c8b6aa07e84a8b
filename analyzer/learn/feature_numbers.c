#include "learn/feature_numbers.h"

#include <stdlib.h>

enum { SLOT_BITS = 26, MAX_COUNT = 255 };
static const uint32_t NO_ID = UINT32_MAX;

struct feature_numbers {
    unsigned char *counts; /* [2^SLOT_BITS] */
    uint32_t *ids;         /* [2^SLOT_BITS], made by freeze */
    uint64_t *owners;      /* [size] hash that owns each id */
    size_t size;
};

static size_t slot_of(uint64_t hash) {
    return (size_t)(hash >> (64 - SLOT_BITS));
}

feature_numbers *feature_numbers_new(void) {
    feature_numbers *numbers = calloc(1, sizeof *numbers);
    if (numbers) numbers->counts = calloc((size_t)1 << SLOT_BITS, 1);
    if (numbers && !numbers->counts) {
        free(numbers);
        return NULL;
    }
    return numbers;
}

void feature_numbers_free(feature_numbers *numbers) {
    if (!numbers) return;
    free(numbers->counts);
    free(numbers->ids);
    free(numbers->owners);
    free(numbers);
}

void feature_numbers_count(feature_numbers *numbers, const uint64_t *hashes, size_t count) {
    for (size_t i = 0; i < count; i++) {
        unsigned char *seen = &numbers->counts[slot_of(hashes[i])];
        *seen += *seen < MAX_COUNT;
    }
}

bool feature_numbers_freeze(feature_numbers *numbers, unsigned least) {
    size_t slots = (size_t)1 << SLOT_BITS;
    numbers->ids = malloc(slots * sizeof *numbers->ids);
    if (!numbers->ids) return false;
    for (size_t i = 0; i < slots; i++)
        numbers->ids[i] = numbers->counts[i] >= least ? (uint32_t)numbers->size++ : NO_ID;
    free(numbers->counts);
    numbers->counts = NULL;
    numbers->owners = calloc(numbers->size + 1, sizeof *numbers->owners);
    return numbers->owners != NULL;
}

size_t feature_numbers_ids(feature_numbers *numbers, const uint64_t *hashes, size_t count,
                           uint32_t *ids) {
    size_t known = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t id = numbers->ids[slot_of(hashes[i])];
        if (id == NO_ID) continue;
        if (numbers->owners[id] == 0) numbers->owners[id] = hashes[i];
        if (numbers->owners[id] == hashes[i]) ids[known++] = id;
    }
    return known;
}

size_t feature_numbers_size(const feature_numbers *numbers) {
    return numbers->size;
}

uint64_t feature_numbers_hash(const feature_numbers *numbers, uint32_t id) {
    return numbers->owners[id];
}
