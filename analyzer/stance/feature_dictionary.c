#include "stance/feature_dictionary.h"

#include "base/array.h"

enum { FIRST_SLOTS = 1 << 12 };

typedef struct entry {
    text_view name;
    uint64_t key;
    feature_group group;
} entry;

typedef struct slot {
    uint64_t key; /* 0: empty */
    uint32_t number;
} slot;

struct feature_dictionary {
    arena *arena;
    ARRAY(entry) entries;
    slot *slots;
    size_t slot_count; /* a power of two, at most half full */
};

static void place(slot *slots, size_t slot_count, uint64_t key, uint32_t number) {
    size_t at = key & (slot_count - 1);
    while (slots[at].key)
        at = (at + 1) & (slot_count - 1);
    slots[at] = (slot){key, number};
}

static bool grow(feature_dictionary *d) {
    size_t count = d->slot_count ? d->slot_count * 2 : FIRST_SLOTS;
    slot *slots = ARENA_NEW(d->arena, slot, count);
    if (!slots) return false;
    for (size_t i = 0; i < d->entries.count; i++)
        place(slots, count, d->entries.items[i].key, (uint32_t)i);
    d->slots = slots;
    d->slot_count = count;
    return true;
}

feature_dictionary *feature_dictionary_new(arena *memory) {
    feature_dictionary *d = ARENA_NEW(memory, feature_dictionary, 1);
    if (!d) return NULL;
    d->arena = memory;
    return grow(d) ? d : NULL;
}

uint32_t feature_dictionary_find(const feature_dictionary *d, uint64_t key) {
    size_t mask = d->slot_count - 1;
    for (size_t at = key & mask; d->slots[at].key; at = (at + 1) & mask)
        if (d->slots[at].key == key) return d->slots[at].number;
    return FEATURE_UNKNOWN;
}

void feature_dictionary_prefetch(const feature_dictionary *d, uint64_t key) {
    __builtin_prefetch(&d->slots[key & (d->slot_count - 1)]);
}

uint32_t feature_dictionary_add(feature_dictionary *d, feature_group group, text_view text) {
    uint64_t key = feature_key(group, text);
    uint32_t number = feature_dictionary_find(d, key);
    if (number != FEATURE_UNKNOWN) return number;
    if (d->entries.count * 2 >= d->slot_count && !grow(d)) return FEATURE_UNKNOWN;
    entry e = {arena_copy(d->arena, text), key, group};
    number = (uint32_t)d->entries.count;
    if (!e.name.ptr || !array_push(d->arena, &d->entries, e)) return FEATURE_UNKNOWN;
    place(d->slots, d->slot_count, key, number);
    return number;
}

size_t feature_dictionary_size(const feature_dictionary *d) {
    return d->entries.count;
}

feature_group feature_dictionary_group(const feature_dictionary *d, uint32_t number) {
    return d->entries.items[number].group;
}

text_view feature_dictionary_name(const feature_dictionary *d, uint32_t number) {
    return d->entries.items[number].name;
}
