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

/* The best analyses, at most ANALYSES, best first; returns how many. Every analysis has content
 * and at most one source. scores: [end - first] of the window; the tokens of the cue are fixed.
 * Layered Viterbi (label x content seen x source seen), then the next best ones lazily (Huang and
 * Chiang 2005, algorithm 3). */
size_t analyses_find(analysis_search *search, float transitions[ROLE_LABELS][ROLE_LABELS],
                     const role_window *window, const role_scores *scores, float gap_max,
                     analysis out[ANALYSES]);

/* The score of reading nothing in the window (outside everywhere but at the cue). */
float analysis_score_of_nothing(float transitions[ROLE_LABELS][ROLE_LABELS],
                                const role_window *window);

#endif
