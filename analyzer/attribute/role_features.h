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
    ROLE_FEATURES_MAX = 96,
    ROLE_TOKEN_FEATURES = 3
};

/* Where a token stands to the cue. */
typedef struct role_relation {
    uint8_t right;     /* 1: behind the cue */
    uint8_t bin, step; /* distance in bins of two grains */
    int8_t sentences;  /* from the cue's, -2 to 2 */
    uint8_t signature; /* of what lies between: commas, "that", marks, cues, clause words, each in
                          few steps */
    uint8_t cues, marks, lines; /* passed on the way, to 2, 4 and 2 */
    uint8_t next_cue;           /* bin of the distance to the next cue on the token's far side */
    uint8_t other_cue;          /* another cue: 1 behind the token, 2 before it, 4 here */
} role_relation;

/* One cue's view of its paragraph. */
typedef struct role_window {
    const article_frame *frame;
    const cue_list *cues;
    const int32_t *cue_of_token;              /* [token_count] index of the cue, -1: none */
    uint32_t cue;                             /* index into cues */
    uint32_t first, end;                      /* tokens of the window */
    role_relation relations[ROLE_WINDOW_MAX]; /* of the tokens outside the cue */
    uint64_t cue_lemma, cue_class, cue_word, word_before, word_after;
    uint8_t cue_tag, next_tag, last_tag; /* of the cue's head, of the tokens behind and before */
    unsigned surroundings;               /* classes of the words before and after the cue */
    bool cue_ends_sentence, cue_starts_sentence;
} role_window;

void role_window_open(role_window *window, const article_frame *frame, const cue_list *cues,
                      const int32_t *cue_of_token, uint32_t cue);

/* A token of the window, outside the cue. */
typedef struct role_view {
    const role_window *window;
    const frame_token *token;
    const role_relation *relation;
} role_view;

static inline role_view role_view_of(const role_window *w, uint32_t index) {
    return (role_view){w, &w->frame->tokens[index], &w->relations[index - w->first]};
}

/* All features of a token, ROLE_FEATURES_MAX at most; returns the end of what it wrote. */
uint64_t *role_features(const role_view *view, uint64_t *out);

/* They fall into parts by what they depend on. What the window and a key tell: the same for
 * neighbours, while the key stays. */
uint64_t *role_distance_features(const role_view *v, uint64_t *out);
uint64_t *role_between_features(const role_view *v, uint64_t *out);
uint64_t *role_beside_mark_features(const role_view *v, uint64_t *out);

static inline uint64_t role_distance_key(const role_relation *r) {
    return (uint64_t)r->right << 32 | (uint64_t)r->bin << 24 | (uint64_t)r->step << 16 |
           (uint64_t)r->cues << 8 | (uint8_t)r->sentences;
}
static inline uint64_t role_between_key(const role_relation *r) {
    return (uint64_t)r->right << 24 | (uint64_t)r->signature << 16 | (uint64_t)r->lines << 8 |
           (uint8_t)r->sentences;
}
/* Never UINT64_MAX, as the other two. */
static inline uint64_t role_place_key(const frame_token *t, const role_relation *r) {
    return (uint64_t)t->place | (uint64_t)r->right << 16 | (uint64_t)r->other_cue << 17 |
           (uint64_t)r->signature << 24 | (uint64_t)(uint8_t)r->sentences << 32 |
           (uint64_t)r->lines << 40 | (uint64_t)r->cues << 44 | (uint64_t)r->marks << 48;
}

/* What the marks and ends tell differently for each cue. */
static inline unsigned role_cue_flags(const role_window *w) {
    return w->frame->tokens[w->cues->items[w->cue].first].quoted | (unsigned)w->cue_ends_sentence
                                                                       << 1;
}

/* What a key alone tells, whatever the window. */
typedef enum role_part {
    ROLE_PART_TAG,         /* part of speech, by distance; only in the cue's sentence, as NAME */
    ROLE_PART_NAME,        /* class of the name */
    ROLE_PART_TAG_BETWEEN, /* part of speech, by what lies between */
    ROLE_PART_TAG_NEXT,    /* parts of speech of the token and the next one */
    ROLE_PART_TAG_LAST,    /* and of the one before */
    ROLE_PART_SOURCE,      /* how often the word is part of a source, by the next cue */
    ROLE_PART_SOURCES,     /* that of the word and the next one */
    ROLE_PART_NEXT_CUE,    /* other cues */
    ROLE_PART_SHAPES,      /* how the word and the one before it are written */
    ROLE_PART_PLACE,       /* marks, lines and the sentence's ends */
    ROLE_PARTS
} role_part;

uint64_t *role_part_features(const role_view *v, role_part part, uint64_t *out);

/* Below 1 << 11 for ROLE_PART_TAG and NAME, below 1 << 14 for TAG_BETWEEN. */
static inline uint64_t role_part_key(const role_view *v, role_part part) {
    const role_relation *r = v->relation;
    const frame_token *t = v->token;
    uint64_t step = r->right | (uint64_t)r->step << 1;
    uint64_t passed = r->right | (uint64_t)r->cues << 1 | (uint64_t)(r->sentences + 2) << 3;
    uint64_t between = r->right | (uint64_t)r->signature << 7;
    uint64_t rate = t->facts.source_rate | (uint64_t)t->masked << 8;
    uint64_t rate_next = t[1].facts.source_rate | (uint64_t)t[1].masked << 8;
    switch (part) {
    case ROLE_PART_TAG: return (uint64_t)t->part_of_speech << 5 | step;
    case ROLE_PART_NAME: return (uint64_t)t->name_class << 7 | (uint64_t)r->cues << 5 | step;
    case ROLE_PART_TAG_BETWEEN: return between | (uint64_t)t->part_of_speech << 1;
    case ROLE_PART_TAG_NEXT:
        return passed << 16 | (uint64_t)t->part_of_speech << 8 | t[1].part_of_speech;
    case ROLE_PART_TAG_LAST:
        return passed << 16 | (uint64_t)t[-1].part_of_speech << 8 | t->part_of_speech;
    case ROLE_PART_SOURCE: return rate << 32 | (uint64_t)r->next_cue << 8 | step;
    case ROLE_PART_SOURCES: return rate << 32 | rate_next << 16 | passed;
    case ROLE_PART_NEXT_CUE: return (uint64_t)r->next_cue << 8 | passed;
    case ROLE_PART_SHAPES: return (uint64_t)t->shape << 32 | (uint64_t)t[-1].shape << 8 | passed;
    default: return role_place_key(t, r) | (uint64_t)role_cue_flags(v->window) << 60;
    }
}

/* What the token and its neighbours tell, whatever the cue; ROLE_TOKEN_FEATURES of them. */
uint64_t *role_token_features(const frame_token *token, uint64_t *out);

/* cue_of_token for a list of cues. NULL when memory is out. */
int32_t *cues_by_token(const article_frame *frame, const cue_list *cues, arena *memory);

#endif
