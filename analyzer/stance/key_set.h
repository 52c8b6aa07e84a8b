/* key_set.h: which 64-bit keys, none of them 0, were there before. */
#ifndef STANCE_KEY_SET_H
#define STANCE_KEY_SET_H

#include "base/arena.h"

typedef struct key_set {
    arena *arena;
    uint64_t *slots;
    size_t slot_count, count; /* a power of two, at most half full */
} key_set;

/* slot_count: a power of two. The set lives in the arena. False when memory is out. */
static inline bool key_set_start(key_set *set, size_t slot_count, arena *memory) {
    *set = (key_set){memory, ARENA_NEW(memory, uint64_t, slot_count), slot_count, 0};
    return set->slots != NULL;
}

/* Keys that are hashes spread by themselves. */
static inline uint64_t *key_set_slot(uint64_t *slots, size_t slot_count, uint64_t key) {
    size_t at = key & (slot_count - 1);
    while (slots[at] && slots[at] != key)
        at = (at + 1) & (slot_count - 1);
    return &slots[at];
}

static inline bool key_set_grow(key_set *set) {
    size_t count = set->slot_count * 2;
    uint64_t *slots = ARENA_NEW(set->arena, uint64_t, count);
    if (!slots) return false;
    for (size_t i = 0; i < set->slot_count; i++)
        if (set->slots[i]) *key_set_slot(slots, count, set->slots[i]) = set->slots[i];
    set->slots = slots;
    set->slot_count = count;
    return true;
}

/* *is_new: the key was not there. False when memory is out. */
static inline bool key_set_add(key_set *set, uint64_t key, bool *is_new) {
    *is_new = false;
    if (set->count * 2 >= set->slot_count && !key_set_grow(set)) return false;
    uint64_t *slot = key_set_slot(set->slots, set->slot_count, key);
    *is_new = *slot == 0;
    *slot = key;
    set->count += *is_new;
    return true;
}

#endif
