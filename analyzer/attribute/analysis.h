/* analysis.h: ways to read the window of one cue: which tokens are content and which are source,
 * the K best by score. */
#ifndef ATTRIBUTE_ANALYSIS_H
#define ATTRIBUTE_ANALYSIS_H

#include "attribute/role_features.h"

enum { ANALYSES = 6, ANALYSIS_CONTENTS_MAX = 16 };

/* Scores of a token's labels. */
typedef float role_scores[ROLE_LABELS];

typedef struct analysis {
    float score;
    token_range source;                          /* empty: none */
    token_range contents[ANALYSIS_CONTENTS_MAX]; /* at least one */
    uint32_t content_count;
} analysis;

typedef struct analysis_search analysis_search;

/* Scratch for any number of searches; lives in `memory`. NULL when memory is out. */
analysis_search *analysis_search_new(arena *memory);

/* The best analyses, at most ANALYSES, best first; returns how many. Those that score more than
 * gap_max below the best one are left out. Every analysis has content (of more than
 * ANALYSIS_CONTENTS_MAX spans the first ones are kept) and at most one source. transitions:
 * [before][label]; scores: [end - first] of the window; the tokens of the cue are fixed.
 * Layered Viterbi (label x content seen x source seen), then the next best ones lazily (Huang and
 * Chiang 2005, algorithm 3). */
size_t analyses_find(analysis_search *search, float transitions[ROLE_LABELS][ROLE_LABELS],
                     const role_window *window, const role_scores *scores, float gap_max,
                     analysis out[ANALYSES]);

/* The score of reading nothing in the window (outside everywhere but at the cue). */
float analysis_score_of_nothing(float transitions[ROLE_LABELS][ROLE_LABELS],
                                const role_window *window);

/* How far analyses[rank] stands below the best one, analyses[0], in units of score_scale. */
float analysis_gap(const analysis *analyses, size_t rank, float score_scale);

/* Its contents. Borrowed from the analysis, and only to be read. */
static inline token_ranges analysis_contents(const analysis *a) {
    return (token_ranges){(token_range *)a->contents, a->content_count};
}

/* The tokens of ranges, and those that two lists of ranges have in common. A token that stands in
 * several ranges of one list counts as often. */
static inline uint32_t ranges_size(token_ranges ranges) {
    uint32_t size = 0;
    for (size_t i = 0; i < ranges.count; i++)
        size += ranges.items[i].end - ranges.items[i].first;
    return size;
}

static inline uint32_t ranges_common(token_ranges a, token_ranges b) {
    uint32_t common = 0;
    for (size_t i = 0; i < a.count; i++) {
        for (size_t k = 0; k < b.count; k++) {
            token_range x = a.items[i], y = b.items[k];
            uint32_t first = x.first > y.first ? x.first : y.first;
            uint32_t end = x.end < y.end ? x.end : y.end;
            if (end > first) common += end - first;
        }
    }
    return common;
}

#endif
