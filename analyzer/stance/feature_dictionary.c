#include "stance/feature_dictionary.h"

#include "base/array.h"

enum { FIRST_SLOTS = 1 << 12, MARK_SHIFT = 32 };

typedef struct entry {
    const char *name;
    uint64_t key;
    uint32_t name_len;
    feature_group group;
} entry;

/* A place of the hash table. The key's upper half tells features apart. */
typedef struct feature_slot {
    uint32_t mark;
    uint32_t number; /* plus 1; 0: empty */
} feature_slot;

struct feature_dictionary {
    arena *arena;
    feature_lines lines;          /* of a dictionary that is made of some; then no slots */
    const uint32_t *file_numbers; /* the same */
    ARRAY(entry) entries;
    feature_slot *slots;
    size_t slot_count; /* a power of two, at most three quarters full */
};

static void place(feature_slot *slots, size_t slot_count, uint64_t key, uint32_t number) {
    size_t at = key & (slot_count - 1);
    while (slots[at].number)
        at = (at + 1) & (slot_count - 1);
    slots[at] = (feature_slot){(uint32_t)(key >> MARK_SHIFT), number + 1};
}

static bool grow(feature_dictionary *d, size_t count) {
    feature_slot *slots = ARENA_NEW(d->arena, feature_slot, count);
    if (!slots) return false;
    for (size_t i = 0; i < d->entries.count; i++)
        place(slots, count, d->entries.items[i].key, (uint32_t)i);
    d->slots = slots;
    d->slot_count = count;
    return true;
}

feature_dictionary *feature_dictionary_new(arena *memory, size_t expected) {
    feature_dictionary *d = ARENA_NEW(memory, feature_dictionary, 1);
    if (!d) return NULL;
    d->arena = memory;
    size_t slots = FIRST_SLOTS;
    while (slots * 3 < expected * 4)
        slots *= 2;
    bool done = array_reserve_bytes(memory, (void **)&d->entries.items, &d->entries.capacity, 0,
                                    expected, sizeof *d->entries.items) &&
                grow(d, slots);
    return done ? d : NULL;
}

uint32_t feature_dictionary_find(const feature_dictionary *d, feature_group group, uint64_t key) {
    if (d->lines.lines) return feature_lines_find(&d->lines, group, key);
    size_t mask = d->slot_count - 1;
    for (size_t at = key & mask; d->slots[at].number; at = (at + 1) & mask)
        if (d->slots[at].mark == (uint32_t)(key >> MARK_SHIFT)) return d->slots[at].number - 1;
    return FEATURE_UNKNOWN;
}

void feature_dictionary_prefetch(const feature_dictionary *d, feature_group group, uint64_t key) {
    if (d->lines.lines)
        __builtin_prefetch(&d->lines.lines[feature_lines_home(&d->lines, group, key)]);
    else
        __builtin_prefetch(&d->slots[key & (d->slot_count - 1)]);
}

/* The number of the very feature: all of the key counts. */
static uint32_t find_exactly(const feature_dictionary *d, uint64_t key) {
    size_t mask = d->slot_count - 1;
    for (size_t at = key & mask; d->slots[at].number; at = (at + 1) & mask) {
        const feature_slot *s = &d->slots[at];
        if (s->mark == (uint32_t)(key >> MARK_SHIFT) && d->entries.items[s->number - 1].key == key)
            return s->number - 1;
    }
    return FEATURE_UNKNOWN;
}

static uint32_t add(feature_dictionary *d, feature_group group, text_view text, uint64_t key) {
    if (d->entries.count * 4 >= d->slot_count * 3 && !grow(d, d->slot_count * 2))
        return FEATURE_UNKNOWN;
    uint32_t number = (uint32_t)d->entries.count;
    entry e = {text.ptr, key, (uint32_t)text.len, group};
    if (!text.ptr || !array_push(d->arena, &d->entries, e)) return FEATURE_UNKNOWN;
    place(d->slots, d->slot_count, key, number);
    return number;
}

uint32_t feature_dictionary_add(feature_dictionary *d, feature_group group, text_view text) {
    uint64_t key = feature_key(group, name_hash_of(text));
    uint32_t number = find_exactly(d, key);
    return number != FEATURE_UNKNOWN ? number : add(d, group, arena_copy(d->arena, text), key);
}

uint32_t feature_dictionary_add_lent(feature_dictionary *d, feature_group group, text_view text) {
    uint64_t key = feature_key(group, name_hash_of(text));
    uint32_t number = find_exactly(d, key);
    return number != FEATURE_UNKNOWN ? number : add(d, group, text, key);
}

feature_dictionary *feature_dictionary_of_lines(arena *memory, const feature_lines *lines,
                                                const uint32_t *file_numbers,
                                                size_t feature_count) {
    feature_dictionary *d = ARENA_NEW(memory, feature_dictionary, 1);
    if (!d) return NULL;
    d->arena = memory;
    d->lines = *lines;
    d->file_numbers = file_numbers;
    d->entries.count = feature_count;
    return d;
}

uint32_t feature_dictionary_file_number(const feature_dictionary *d, uint32_t number) {
    return d->file_numbers ? d->file_numbers[number] : number;
}

size_t feature_dictionary_size(const feature_dictionary *d) {
    return d->entries.count;
}

feature_group feature_dictionary_group(const feature_dictionary *d, uint32_t number) {
    return d->entries.items[number].group;
}

text_view feature_dictionary_name(const feature_dictionary *d, uint32_t number) {
    return (text_view){d->entries.items[number].name, d->entries.items[number].name_len};
}
