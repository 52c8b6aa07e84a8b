/* candidate_features.h: what tells a good analysis of a cue from a bad one: the words at the edges
 * of its spans, their lengths, gaps, marks and order. For the re-ranker (which of the K best) and
 * the acceptance (whether the attribution is right at all). */
#ifndef ATTRIBUTE_CANDIDATE_FEATURES_H
#define ATTRIBUTE_CANDIDATE_FEATURES_H

#include "attribute/analysis.h"

enum {
    CANDIDATE_FEATURES_MAX = 96 + 48 * ANALYSIS_CONTENTS_MAX,
    WHOLE_FEATURES_MAX = 32 + ANALYSIS_CONTENTS_MAX,
    PART_FEATURES_MAX = 40,
    ACCEPTANCE_FEATURES_MAX = CANDIDATE_FEATURES_MAX + 48,
    RANKER_GAP_MAX = 6 /* the re-ranker weighs a gap up to here, in training and when it runs */
};

/* How the verb of a cue stands in its clause: who is its subject depends on it. A part_of_speech
 * where no auxiliary tells more; participles behind "have" count as past, those of the present
 * behind "be" as finite. */
enum { MANNER_PASSIVE = PART_OF_SPEECH_COUNT };
unsigned cue_manner(const article_frame *frame, const cue *own);

/* The cue that is analysed. */
typedef struct candidate_cue {
    const article_frame *frame;
    const cue_list *cues;
    uint32_t cue;
    uint64_t lemma;  /* of its last verb, else of its last word */
    unsigned class;  /* WordNet's, of that verb */
    unsigned manner; /* see cue_manner */
} candidate_cue;

candidate_cue candidate_cue_make(const article_frame *frame, const cue_list *cues, uint32_t cue);

/* Writes the features of one analysis and returns their end. gap: its analysis_gap. */
uint64_t *candidate_features(const candidate_cue *cue, const analysis *analysis, unsigned rank,
                             float gap, uint64_t *out);

/* They fall into what a content or the source tells, whatever else the analysis holds (at most
 * PART_FEATURES_MAX), and what the whole tells. */
uint64_t *candidate_content_features(const candidate_cue *cue, token_range content, uint64_t *out);
uint64_t *candidate_source_features(const candidate_cue *cue, token_range source, uint64_t *out);
uint64_t *candidate_whole_features(const candidate_cue *cue, const analysis *analysis,
                                   unsigned rank, float gap, uint64_t *out);

/* The analysis that was chosen for a cue, as acceptance sees it. */
typedef struct chosen_analysis {
    candidate_cue cue;
    const analysis *analysis;
    unsigned rank;
    float gap;     /* its analysis_gap */
    float support; /* score of the analysis less that of reading nothing, in units of score_scale */
    const uint64_t *features; /* [feature_count] its candidate_features; NULL: not known yet */
    size_t feature_count;
} chosen_analysis;

/* Writes the features of chosen[index] among the chosen analyses of the article, which are in the
 * order of their cues. */
uint64_t *acceptance_features(const chosen_analysis *chosen, size_t count, size_t index,
                              uint64_t *out);

#endif
