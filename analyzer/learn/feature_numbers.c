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
    feature_numbers *d = calloc(1, sizeof *d);
    if (d) d->counts = calloc((size_t)1 << SLOT_BITS, 1);
    if (d && !d->counts) {
        free(d);
        return NULL;
    }
    return d;
}

void feature_numbers_free(feature_numbers *d) {
    if (!d) return;
    free(d->counts);
    free(d->ids);
    free(d->owners);
    free(d);
}

void feature_numbers_count(feature_numbers *d, const uint64_t *hashes, size_t count) {
    for (size_t i = 0; i < count; i++) {
        unsigned char *seen = &d->counts[slot_of(hashes[i])];
        *seen += *seen < MAX_COUNT;
    }
}

int feature_numbers_freeze(feature_numbers *d, unsigned least) {
    size_t slots = (size_t)1 << SLOT_BITS;
    d->ids = malloc(slots * sizeof *d->ids);
    if (!d->ids) return 0;
    for (size_t i = 0; i < slots; i++)
        d->ids[i] = d->counts[i] >= least ? (uint32_t)d->size++ : NO_ID;
    free(d->counts);
    d->counts = NULL;
    d->owners = calloc(d->size + 1, sizeof *d->owners);
    return d->owners != NULL;
}

size_t feature_numbers_ids(feature_numbers *d, const uint64_t *hashes, size_t count,
                           uint32_t *ids) {
    size_t known = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t id = d->ids[slot_of(hashes[i])];
        if (id == NO_ID) continue;
        if (d->owners[id] == 0) d->owners[id] = hashes[i];
        if (d->owners[id] == hashes[i]) ids[known++] = id;
    }
    return known;
}

size_t feature_numbers_size(const feature_numbers *d) {
    return d->size;
}

uint64_t feature_numbers_hash(const feature_numbers *d, uint32_t id) {
    return d->owners[id];
}
