/* attribution_score.h: how well predicted attributions match gold ones, by the protocol that the
 * published figures use:
 *
 *   X exact         set of X spans of the article; a span shared by two attributions counts once
 *   X exact~punct   the same without punctuation at both ends of each span
 *   X overlap       tokens covered by X spans
 *   linked X        an attribution is right if one on the other side has an overlapping cue and
 *                   the same sources (contents, all)
 *   found           contents overlap by at least half of both, one to one
 *   correct         found, and a predicted source shares a token with the gold source (light words
 *                   do not count unless there is nothing else; no gold source: none predicted)
 *   found:T ...     by type of content (direct, mixed, indirect): recall by the gold type,
 *                   precision by the predicted type
 *
 * Tokens are runs of letters and digits and single other characters, so that nothing depends on
 * the tokens of either side. */
#ifndef ATTRIBUTE_ATTRIBUTION_SCORE_H
#define ATTRIBUTE_ATTRIBUTION_SCORE_H

#include "corpus/annotated_article.h"

/* Name of each row, in the order of the table. */
// clang-format off
#define ATTRIBUTION_ROW_LIST(X)                                                                    \
    X(CUE_EXACT, "cue exact") X(CUE_TRIMMED, "cue exact~punct") X(CUE_OVERLAP, "cue overlap")      \
    X(SOURCE_EXACT, "source exact") X(SOURCE_TRIMMED, "source exact~punct")                        \
    X(SOURCE_OVERLAP, "source overlap")                                                            \
    X(CONTENT_EXACT, "content exact") X(CONTENT_TRIMMED, "content exact~punct")                    \
    X(CONTENT_OVERLAP, "content overlap")                                                          \
    X(LINKED_SOURCE, "linked source") X(LINKED_CONTENT, "linked content")                          \
    X(LINKED_ALL, "linked all")                                                                    \
    X(FOUND, "found") X(FOUND_DIRECT, "found:direct") X(FOUND_MIXED, "found:mixed")                \
    X(FOUND_INDIRECT, "found:indirect")                                                            \
    X(CORRECT, "correct") X(CORRECT_DIRECT, "correct:direct") X(CORRECT_MIXED, "correct:mixed")    \
    X(CORRECT_INDIRECT, "correct:indirect")
// clang-format on

typedef enum attribution_row {
#define ATTRIBUTION_ROW_ENUM(name, text) ROW_##name,
    ATTRIBUTION_ROW_LIST(ATTRIBUTION_ROW_ENUM)
#undef ATTRIBUTION_ROW_ENUM
        ATTRIBUTION_ROW_COUNT
} attribution_row;

/* Hits counted on both sides: predictions that are right, gold items that were found. */
typedef struct row_counts {
    uint64_t hit_predicted, predicted, hit_gold, gold;
} row_counts;

typedef struct attribution_tally {
    row_counts rows[ATTRIBUTION_ROW_COUNT];
} attribution_tally;

/* The spans of one attribution, as bytes of the text. */
typedef struct scored_quote {
    span_list cues, sources, contents;
} scored_quote;

/* Adds one article. Scratch comes from `memory`. Error: NO_MEMORY. */
WHOSAID_CHECK whosaid_status attribution_score(attribution_tally *tally, text_view text,
                                               const scored_quote *predicted,
                                               size_t predicted_count, const scored_quote *gold,
                                               size_t gold_count, arena *memory,
                                               whosaid_error *err);

/* The quotes of an annotated article and of an analysed one. NULL when memory is out. */
scored_quote *scored_quotes_of_gold(const annotated_article *gold, arena *memory);
scored_quote *scored_quotes_of_article(const article *a, arena *memory);

/* Precision, recall and their harmonic mean, 0 to 1. */
typedef struct row_figures {
    double precision, recall, f1;
} row_figures;
row_figures attribution_figures(const row_counts *counts);
const char *attribution_row_name(attribution_row row);

#endif
