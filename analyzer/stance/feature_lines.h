/* feature_lines.h: the features that a model knows, as they lie in its index (stance_index.h): a
 * hash table whose places are cache lines, so that a search is one access to memory most often and
 * has one branch. Features have other numbers here than in features.txt: those of a line follow
 * each other, and the lines of each group. */
#ifndef STANCE_FEATURE_LINES_H
#define STANCE_FEATURE_LINES_H

#include "stance/features.h"

#if defined(__x86_64__)
#include <emmintrin.h>
#endif

#define FEATURE_UNKNOWN UINT32_MAX

enum { FEATURE_LINE_SLOTS = 15 };

/* Features first, first + 1, ... The marks tell them apart; behind the last stand zeros. What found
 * no room is in the next line of the group. */
typedef struct feature_line {
    uint32_t first;
    uint32_t marks[FEATURE_LINE_SLOTS];
} feature_line;

typedef struct feature_lines {
    const feature_line *lines;        /* borrowed */
    uint32_t begins[GROUP_COUNT + 1]; /* the lines of a group: one at least, and one with room */
} feature_lines;

struct feature_dictionary;

/* Puts the features of a dictionary with names into lines of the arena. *numbers: [number here] ->
 * number there. False when memory is out. */
bool feature_lines_build(const struct feature_dictionary *from, arena *arena, feature_lines *out,
                         uint32_t **numbers);

/* Whether so many lines can be searched, and hold no number beyond feature_count. */
bool feature_lines_are_sound(const feature_lines *lines, size_t line_count, size_t feature_count);

static inline uint32_t feature_lines_home(const feature_lines *l, feature_group group,
                                          uint64_t key) {
    uint32_t begin = l->begins[group], count = l->begins[group + 1] - begin;
    return begin + (uint32_t)((key >> 32) * count >> 32);
}

static inline uint32_t feature_lines_mark(uint64_t key) {
    uint32_t mark = (uint32_t)key;
    return mark ? mark : 1;
}

/* Bit n: slot n holds the mark. */
static inline unsigned feature_lines_match(const feature_line *line, uint32_t mark) {
#if defined(__x86_64__)
    const __m128i *four = (const __m128i *)line;
    __m128i wanted = _mm_set1_epi32((int)mark);
    __m128i a = _mm_cmpeq_epi32(_mm_loadu_si128(four), wanted);
    __m128i b = _mm_cmpeq_epi32(_mm_loadu_si128(four + 1), wanted);
    __m128i c = _mm_cmpeq_epi32(_mm_loadu_si128(four + 2), wanted);
    __m128i d = _mm_cmpeq_epi32(_mm_loadu_si128(four + 3), wanted);
    __m128i all = _mm_packs_epi16(_mm_packs_epi32(a, b), _mm_packs_epi32(c, d));
    return (unsigned)_mm_movemask_epi8(all) >> 1;
#else
    unsigned found = 0;
    for (unsigned i = 0; i < FEATURE_LINE_SLOTS; i++)
        found |= (unsigned)(line->marks[i] == mark) << i;
    return found;
#endif
}

/* The number of the feature with this key, or FEATURE_UNKNOWN. Looks at 32 bits of the key and at
 * the line, 40 bits or more together: fewer than one in a hundred million unknown features are
 * taken for a known one, and no string is compared. */
static inline uint32_t feature_lines_find(const feature_lines *l, feature_group group,
                                          uint64_t key) {
    uint32_t mark = feature_lines_mark(key), at = feature_lines_home(l, group, key);
    for (;;) {
        const feature_line *line = &l->lines[at];
        unsigned found = feature_lines_match(line, mark);
        if (found) return line->first + (uint32_t)__builtin_ctz(found);
        if (!line->marks[FEATURE_LINE_SLOTS - 1]) return FEATURE_UNKNOWN;
        if (++at == l->begins[group + 1]) at = l->begins[group];
    }
}

#endif
