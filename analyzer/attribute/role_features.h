/* role_features.h: the features of a token that tell its part in the attribution of one cue. */
#ifndef ATTRIBUTE_ROLE_FEATURES_H
#define ATTRIBUTE_ROLE_FEATURES_H

#include "attribute/cue_pass.h"
#include "attribute/feature.h"

enum {
    ROLE_OUTSIDE,
    ROLE_CONTENT_BEGINS,
    ROLE_CONTENT,
    ROLE_SOURCE_BEGINS,
    ROLE_SOURCE,
    ROLE_CUE,
    ROLE_LABELS,
    ROLE_REACH = 160,  /* tokens on each side of the cue */
    ROLE_CUE_MAX = 64, /* longer cues are cut */
    ROLE_WINDOW_MAX = 2 * ROLE_REACH + ROLE_CUE_MAX,
    ROLE_FEATURES_MAX = 96
};

/* What lies between the cue and a token. */
typedef struct role_between {
    uint8_t signature; /* commas, "that", marks, cues, clause words, each in few steps */
    uint8_t cues, marks, lines;
} role_between;

/* One cue's view of its paragraph. */
typedef struct role_window {
    const article_frame *frame;
    const cue_list *cues;
    const int32_t *cue_of_token; /* [token_count] index of the cue, -1: none */
    uint32_t cue;                /* index into cues */
    uint32_t first, end;         /* tokens of the window */
    role_between between[ROLE_WINDOW_MAX];
    uint64_t cue_lemma, cue_class, cue_word, word_before, word_after;
    unsigned surroundings; /* classes of the words before and after the cue */
    bool cue_ends_sentence, cue_starts_sentence;
} role_window;

void role_window_open(role_window *window, const article_frame *frame, const cue_list *cues,
                      const int32_t *cue_of_token, uint32_t cue);

/* Writes the features of token `index` of the window, outside the cue (at most
 * ROLE_FEATURES_MAX); returns their end. */
uint64_t *role_features(const role_window *window, uint32_t index, uint64_t *out);

/* cue_of_token for a list of cues. NULL when memory is out. */
int32_t *cues_by_token(const article_frame *frame, const cue_list *cues, arena *memory);

#endif
