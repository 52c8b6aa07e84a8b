#include "stance/feature_lines.h"

#include "stance/feature_dictionary.h"

enum { USUAL_IN_LINE = 9 }; /* one line in fifty is full then */

/* The lines of each group. */
static void divide(const feature_dictionary *from, feature_lines *out) {
    size_t sizes[GROUP_COUNT] = {0}, count = feature_dictionary_size(from);
    for (uint32_t i = 0; i < count; i++)
        sizes[feature_dictionary_group(from, i)]++;
    out->begins[0] = 0;
    for (int g = 0; g < GROUP_COUNT; g++)
        out->begins[g + 1] = out->begins[g] + (uint32_t)(sizes[g] / USUAL_IN_LINE) + 1;
}

/* Puts a feature into the first line with room from its home on, as mark; returns the line. */
static uint32_t put(const feature_lines *l, feature_line *lines, uint8_t *used, feature_group group,
                    uint64_t key) {
    uint32_t at = feature_lines_home(l, group, key);
    while (used[at] == FEATURE_LINE_SLOTS)
        if (++at == l->begins[group + 1]) at = l->begins[group];
    lines[at].marks[used[at]++] = feature_lines_mark(key);
    return at;
}

bool feature_lines_build(const feature_dictionary *from, arena *memory, feature_lines *out,
                         uint32_t **numbers) {
    divide(from, out);
    size_t line_count = out->begins[GROUP_COUNT], count = feature_dictionary_size(from);
    feature_line *lines = ARENA_NEW(memory, feature_line, line_count);
    uint8_t *used = ARENA_NEW(memory, uint8_t, line_count);
    uint32_t *line_of = ARENA_NEW(memory, uint32_t, count);
    uint8_t *slot_of = ARENA_NEW(memory, uint8_t, count);
    *numbers = ARENA_NEW(memory, uint32_t, count);
    if (!lines || !used || !line_of || !slot_of || !*numbers) return false;
    for (uint32_t i = 0; i < count; i++) {
        feature_group group = feature_dictionary_group(from, i);
        uint64_t key = feature_key(group, name_hash_of(feature_dictionary_name(from, i)));
        line_of[i] = put(out, lines, used, group, key);
        slot_of[i] = (uint8_t)(used[line_of[i]] - 1);
    }
    for (size_t i = 1; i < line_count; i++)
        lines[i].first = lines[i - 1].first + used[i - 1];
    for (uint32_t i = 0; i < count; i++)
        (*numbers)[lines[line_of[i]].first + slot_of[i]] = i;
    out->lines = lines;
    return true;
}

/* A search ends at a line with room. */
static bool group_is_sound(const feature_lines *l, size_t group, size_t feature_count) {
    bool in_bounds = true, has_room = false;
    for (uint32_t i = l->begins[group]; i < l->begins[group + 1]; i++) {
        const feature_line *line = &l->lines[i];
        uint64_t used = 0; /* up to the last mark */
        for (uint64_t s = 0; s < FEATURE_LINE_SLOTS; s++)
            if (line->marks[s]) used = s + 1;
        in_bounds &= line->first + used <= feature_count;
        has_room |= line->marks[FEATURE_LINE_SLOTS - 1] == 0;
    }
    return in_bounds && has_room;
}

bool feature_lines_are_sound(const feature_lines *l, size_t line_count, size_t feature_count) {
    if (l->begins[0] != 0 || l->begins[GROUP_COUNT] != line_count) return false;
    for (size_t g = 0; g < GROUP_COUNT; g++)
        if (l->begins[g] > l->begins[g + 1]) return false;
    for (size_t g = 0; g < GROUP_COUNT; g++)
        if (!group_is_sound(l, g, feature_count)) return false;
    return true;
}
