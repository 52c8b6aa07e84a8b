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
    ROLE_FEATURES_MAX = 64
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
    uint8_t clause;             /* finite verbs passed, to 3, and words that open clauses, to 3:
                                   where there is one of each, the cue's own clause goes on */
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

/* They fall into parts by what they depend on. Parts of one feature that a small key tells,
 * whatever the window; the number of bits of the key. */
// clang-format off
#define ROLE_CELL_LIST(X)                                                                          \
    /* the token and where it stands: only in the cue's sentence */                                \
    X(TAG, 11) X(NAME, 10)                                                                         \
    /* anywhere: part of speech, how often the word is part of a source, other cues */             \
    X(TAG_BETWEEN, 14) X(SOURCE, 16) X(SOURCES, 14) X(NEXT_CUE, 13)                                \
    /* where it stands: the same for neighbours, while their place is the same */                  \
    X(DISTANCE_SENTENCE, 11) X(CUE_PLACE, 8) X(BETWEEN, 11)                                        \
    X(MARKS, 12) X(MARKS_PASSED, 11) X(CUE_QUOTED, 7) X(BETWEEN_MARK, 14) X(BESIDE_MARK, 15)       \
    X(SENTENCE, 7) X(LINES, 7) X(FIRST, 8) X(END, 9) X(OTHER, 9)                                   \
    /* only in the cue's sentence */                                                               \
    X(DISTANCE, 8) X(BESIDE, 16) X(BESIDE_END, 13) X(CUE_TAGS, 17) X(CLAUSE, 11)
// clang-format on

/* Parts of one feature that are kept by a larger key. */
#define ROLE_KEPT_LIST(X) X(TAG_NEXT) X(TAG_LAST) X(SHAPES)

typedef enum role_part {
#define ROLE_CELL_ENUM(name, bits) ROLE_PART_##name,
#define ROLE_KEPT_ENUM(name) ROLE_PART_##name,
    ROLE_CELL_LIST(ROLE_CELL_ENUM) ROLE_KEPT_LIST(ROLE_KEPT_ENUM)
#undef ROLE_CELL_ENUM
#undef ROLE_KEPT_ENUM
        ROLE_PARTS
} role_part;

enum { ROLE_KEPT_FIRST = ROLE_PART_TAG_NEXT, ROLE_KEPT_PARTS = ROLE_PARTS - ROLE_KEPT_FIRST };

uint64_t *role_part_features(const role_view *v, role_part part, uint64_t *out);

/* What is looked up for each token: there are too many different ones to keep. */
enum { ROLE_TOKEN_FEATURES = 3 };
uint64_t *role_token_features(const frame_token *t, uint64_t *out);

/* What the words of the cue tell of the tokens of its sentence that are one step away; there are
 * ROLE_STEPS such steps on each side. By word: its head, the words behind and before it. */
typedef enum role_row { ROLE_ROW_HEAD, ROLE_ROW_BEHIND, ROLE_ROW_BEFORE, ROLE_ROWS } role_row;
enum { ROLE_STEPS = 6, ROLE_STEP_MAX = 9 };
extern const uint8_t role_steps[ROLE_STEPS];
uint64_t *role_row_features(const role_window *w, role_row row, unsigned right, unsigned step,
                            uint64_t *out);

/* The same of the word behind together with the head; steps beyond ROLE_NEAR_STEPS as that one. */
enum { ROLE_NEAR_STEPS = 3 };
uint64_t *role_near_features(const role_window *w, unsigned right, unsigned step, uint64_t *out);

/* Never 0. */
static inline uint64_t role_row_key(const role_window *w, role_row row) {
    return 1 | (row == ROLE_ROW_HEAD     ? w->cue_word
                : row == ROLE_ROW_BEHIND ? w->word_after
                                         : w->word_before);
}

/* What they tell of those that have passed as many cues, and of those behind the same signature. */
uint64_t *role_passed_features(const role_view *v, uint64_t *out);
uint64_t *role_between_features(const role_view *v, uint64_t *out);

/* As frame_token.place tells: the marks here and on both sides, and whether it is the first or last
 * token of its sentence. */
static inline unsigned role_marks_around(const frame_token *t) {
    return t->place & 0x1F;
}
static inline unsigned role_is_first(const frame_token *t) {
    return t->place >> 7 & 1;
}
static inline unsigned role_is_last(const frame_token *t) {
    return t->place >> 8 & 1;
}

/* How often a word is part of a source; names apart. */
static inline unsigned role_source_rate(const frame_token *t) {
    return t->masked ? 8 : t->facts.source_rate;
}

static inline unsigned role_cue_is_quoted(const role_window *w) {
    return w->frame->tokens[w->cues->items[w->cue].first].quoted;
}

/* What tells whether neighbours share what their place tells; never UINT64_MAX. */
static inline uint64_t role_place_key(const frame_token *t, const role_relation *r) {
    return (uint64_t)t->place | (uint64_t)r->right << 16 | (uint64_t)r->other_cue << 17 |
           (uint64_t)r->signature << 24 | (uint64_t)(uint8_t)r->sentences << 32 |
           (uint64_t)r->lines << 40 | (uint64_t)r->cues << 44 | (uint64_t)r->marks << 48;
}

/* The key of a part. Those of cells are within their bits for all that a sound model tells of
 * words. */
static inline uint32_t role_source_bits(const frame_token *t) {
    unsigned rate = role_source_rate(t);
    return rate < 15 ? rate : 15;
}

/* Inlined with a constant part, of which one line is left. */
static inline __attribute__((always_inline)) uint64_t role_part_key(const role_view *v,
                                                                    role_part part) {
    const role_window *w = v->window;
    const role_relation *r = v->relation;
    const frame_token *t = v->token;
    uint32_t tag = t->part_of_speech, right = r->right;
    uint32_t sentences = (uint32_t)(r->sentences + 2);
    uint32_t step = right | (uint32_t)r->step << 1;
    uint32_t passed = right | (uint32_t)r->cues << 1 | sentences << 3; /* 6 bits */
    uint32_t beside = w->surroundings, ends = w->cue_ends_sentence;
    uint32_t quoted = t->quoted | (uint32_t)t->mark << 1; /* 3 bits */
    switch (part) {
    case ROLE_PART_TAG: return step | tag << 5;
    case ROLE_PART_NAME: return step | (uint32_t)r->cues << 5 | (uint32_t)t->name_class << 7;
    case ROLE_PART_TAG_BETWEEN: return right | tag << 1 | (uint32_t)r->signature << 7;
    case ROLE_PART_SOURCE: return step | role_source_bits(t) << 5 | (uint32_t)r->next_cue << 9;
    case ROLE_PART_SOURCES:
        return passed | role_source_bits(t) << 6 | role_source_bits(t + 1) << 10;
    case ROLE_PART_NEXT_CUE: return passed | (uint32_t)r->next_cue << 6;
    case ROLE_PART_DISTANCE_SENTENCE: return right | sentences << 1 | (uint32_t)r->bin << 4;
    case ROLE_PART_CUE_PLACE: return passed | ends << 6 | (uint32_t)w->cue_starts_sentence << 7;
    case ROLE_PART_BETWEEN: return right | sentences << 1 | (uint32_t)r->signature << 4;
    case ROLE_PART_MARKS: return passed | (uint32_t)t->quoted << 6 | role_marks_around(t) << 7;
    case ROLE_PART_MARKS_PASSED:
        return right | sentences << 1 | quoted << 4 | ends << 7 | (uint32_t)r->marks << 8;
    case ROLE_PART_CUE_QUOTED:
        return right | (uint32_t)r->cues << 1 | quoted << 3 | role_cue_is_quoted(w) << 6;
    case ROLE_PART_BETWEEN_MARK:
        return right | sentences << 1 | quoted << 4 | (uint32_t)r->signature << 7;
    case ROLE_PART_BESIDE_MARK: return right | sentences << 1 | quoted << 4 | beside << 7;
    case ROLE_PART_SENTENCE: return passed | (uint32_t)t->quoted << 6;
    case ROLE_PART_LINES:
        return right | quoted << 1 | (uint32_t)t[1].new_line << 4 | (uint32_t)r->lines << 5;
    case ROLE_PART_FIRST: return passed | (uint32_t)t->quoted << 6 | role_is_first(t) << 7;
    case ROLE_PART_END: return passed | (uint32_t)t->quoted << 6 | role_is_last(t) << 7 | ends << 8;
    case ROLE_PART_OTHER: return passed | (uint32_t)r->other_cue << 6;
    case ROLE_PART_DISTANCE: return right | (uint32_t)r->bin << 1;
    case ROLE_PART_BESIDE: return right | (uint32_t)r->bin << 1 | beside << 8;
    case ROLE_PART_BESIDE_END:
        return right | (r->step < 5u ? r->step : 5u) << 1 | ends << 4 | beside << 5;
    case ROLE_PART_CUE_TAGS: return step | (uint32_t)w->next_tag << 5 | (uint32_t)w->cue_tag << 11;
    case ROLE_PART_CLAUSE: return right | (uint32_t)r->clause << 1 | tag << 5;
    case ROLE_PART_TAG_NEXT: return passed | tag << 8 | (uint32_t)t[1].part_of_speech << 16;
    case ROLE_PART_TAG_LAST: return passed | (uint32_t)t[-1].part_of_speech << 8 | tag << 16;
    default: return (uint64_t)t->shape << 32 | (uint64_t)t[-1].shape << 8 | passed;
    }
}

/* cue_of_token for a list of cues. NULL when memory is out. */
int32_t *cues_by_token(const article_frame *frame, const cue_list *cues, arena *memory);

#endif
