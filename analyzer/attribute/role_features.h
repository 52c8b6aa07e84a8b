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
    uint8_t tags[3];       /* parts of speech: before the cue, of its head, behind it */
    unsigned surroundings; /* classes of the words before and after the cue */
    bool cue_ends_sentence, cue_starts_sentence;
} role_window;

void role_window_open(role_window *window, const article_frame *frame, const cue_list *cues,
                      const int32_t *cue_of_token, uint32_t cue);

/* Where a token stands to the cue. */
typedef struct role_relation {
    uint8_t right;                   /* 1: behind the cue */
    uint8_t bin, step, near;         /* distance in bins of three grains */
    int8_t sentences;                /* from the cue's, -2 to 2 */
    uint8_t cues;                    /* passed on the way, to 2 */
    uint8_t signature, lines, marks; /* likewise, see role_between */
} role_relation;

role_relation role_relate(const role_window *window, uint32_t index);

/* What stands at a token and beside it, but for words. */
typedef struct role_place {
    uint8_t quoted, mark;
    uint8_t marks;                     /* the quotation marks here and on both sides */
    uint8_t before_line;               /* a new line begins behind the token */
    uint8_t first, last, last_but_one; /* in its sentence */
    uint8_t before_cue, behind_cue;    /* beside another cue */
} role_place;

role_place role_place_of(const role_window *window, uint32_t index);

/* The features of a token of the window, outside the cue, fall into four parts; each function
 * returns the end of what it wrote, ROLE_FEATURES_MAX in all. The first three are the same for
 * neighbours: their sums can be kept while role_distance_key, role_between_key and role_place_key
 * stay. */
uint64_t *role_distance_features(const role_window *window, const role_relation *r, uint64_t *out);
uint64_t *role_between_features(const role_window *window, const role_relation *r, uint64_t *out);
uint64_t *role_place_features(const role_window *window, const role_place *p,
                              const role_relation *r, uint64_t *out);
uint64_t *role_token_features(const role_window *window, uint32_t index, const role_place *p,
                              const role_relation *r, uint64_t *out);

/* All four parts. */
uint64_t *role_features(const role_window *window, uint32_t index, uint64_t *out);

static inline uint64_t role_distance_key(const role_relation *r) {
    return (uint64_t)r->right << 32 | (uint64_t)r->bin << 24 | (uint64_t)r->step << 16 |
           (uint64_t)r->cues << 8 | (uint8_t)r->sentences;
}
static inline uint64_t role_between_key(const role_relation *r) {
    return (uint64_t)r->right << 24 | (uint64_t)r->signature << 16 | (uint64_t)r->lines << 8 |
           (uint8_t)r->sentences;
}
/* Never UINT64_MAX, as the other two. */
static inline uint64_t role_place_key(const role_place *p, const role_relation *r) {
    unsigned marks_passed = r->marks < 4 ? r->marks : 4; /* what the features tell apart */
    unsigned flags = p->before_line | (unsigned)p->first << 1 | (unsigned)p->last << 2 |
                     (unsigned)p->last_but_one << 3 | (unsigned)p->before_cue << 4 |
                     (unsigned)p->behind_cue << 5 | (unsigned)r->right << 6;
    return (uint64_t)p->marks | (uint64_t)p->quoted << 8 | (uint64_t)flags << 16 |
           (uint64_t)r->signature << 24 | (uint64_t)(uint8_t)r->sentences << 32 |
           (uint64_t)r->lines << 40 | (uint64_t)r->cues << 44 | (uint64_t)marks_passed << 48;
}

/* cue_of_token for a list of cues. NULL when memory is out. */
int32_t *cues_by_token(const article_frame *frame, const cue_list *cues, arena *memory);

#endif
