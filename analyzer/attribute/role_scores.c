#include "attribute/role_scores.h"

#include "base/hash.h"
#include "learn/sum_memo.h"

enum { DENSE_BITS = 14, PART_BITS = 12 };

struct role_memo {
    memo_entry dense[ROLE_PART_TAG_BEHIND + 1][1 << DENSE_BITS]; /* by key + 1 */
    memo_entry parts[ROLE_PARTS][1 << PART_BITS];
};

role_memo *role_memo_find(const attributor *model, arena *memory) {
    uint64_t key = hash_mix(model_file_checksum(model->file), 1);
    return arena_keep(memory, key, sizeof(role_memo));
}

/* Sums that neighbouring tokens share, kept while their key stays. */
typedef struct kept_sum {
    uint64_t key;
    int32_t sum[ROLE_WEIGHTS];
} kept_sum;

/* Sums for one window. */
typedef struct role_scorer {
    const attributor *model;
    role_memo *memo;
    kept_sum distance, between, place;
} role_scorer;

/* A token, with its own features asked for but not yet summed. */
typedef struct pending_token {
    role_view view;
    bool waiting;
    uint64_t keys[ROLE_PARTS];
    size_t count;
    uint64_t hashes[ROLE_FEATURES_MAX];
} pending_token;

/* The entry for a key of a part. Small keys are places themselves. */
static inline memo_entry *entry_at(role_memo *memo, role_part part, uint64_t key) {
    if (part <= ROLE_PART_TAG_BEHIND) return &memo->dense[part][key];
    return memo_at(memo->parts[part], PART_BITS, key);
}

/* True for parts that only tokens in the cue's sentence have. */
static inline bool is_near_only(role_part part) {
    return part == ROLE_PART_TAG || part == ROLE_PART_NAME || part == ROLE_PART_TAG_BEHIND;
}

static inline __attribute__((always_inline)) void prepare_part(const role_scorer *s, role_part part,
                                                               pending_token *t) {
    if (is_near_only(part) && t->view.relation.sentences != 0) return;
    t->keys[part] = role_part_key(&t->view, part);
    __builtin_prefetch(entry_at(s->memo, part, t->keys[part]));
}

static void prepare_token(const role_scorer *s, const role_window *window, uint32_t index,
                          pending_token *t) {
    t->waiting = true;
    role_view_open(&t->view, window, index);
    prepare_part(s, ROLE_PART_TAG, t);
    prepare_part(s, ROLE_PART_NAME, t);
    prepare_part(s, ROLE_PART_TAG_BETWEEN, t);
    prepare_part(s, ROLE_PART_TAG_BEHIND, t);
    prepare_part(s, ROLE_PART_TAG_NEXT, t);
    prepare_part(s, ROLE_PART_TAG_LAST, t);
    prepare_part(s, ROLE_PART_SOURCE, t);
    prepare_part(s, ROLE_PART_SOURCES, t);
    prepare_part(s, ROLE_PART_NEXT_CUE, t);
    prepare_part(s, ROLE_PART_SHAPE, t);
    prepare_part(s, ROLE_PART_SHAPES, t);
    uint64_t *end = role_token_features(&t->view, t->hashes);
    t->count = (size_t)(end - t->hashes);
    feature_table_prefetch(&s->model->role, t->hashes, t->count);
}

static inline void add_sum(int32_t *to, const int32_t *sum) {
    for (int l = 0; l < ROLE_WEIGHTS; l++)
        to[l] += sum[l];
}

static __attribute__((noinline)) void fill_part(const role_scorer *s, role_part part,
                                                const role_view *view, uint64_t key,
                                                memo_entry *entry) {
    uint64_t hashes[ROLE_FEATURES_MAX];
    size_t count = (size_t)(role_part_features(view, part, hashes) - hashes);
    feature_table_sum(&s->model->role, hashes, count, ROLE_WEIGHTS, entry->sum);
    entry->key = key + 1; /* 0 is an empty entry */
}

static inline __attribute__((always_inline)) void add_part(const role_scorer *s, role_part part,
                                                           const pending_token *t, int32_t *sum) {
    if (is_near_only(part) && t->view.relation.sentences != 0) return;
    uint64_t key = t->keys[part];
    memo_entry *entry = entry_at(s->memo, part, key);
    if (entry->key != key + 1) fill_part(s, part, &t->view, key, entry);
    add_sum(sum, entry->sum);
}

static void keep(const role_scorer *s, const uint64_t *hashes, const uint64_t *end, uint64_t key,
                 kept_sum *kept) {
    feature_table_sum(&s->model->role, hashes, (size_t)(end - hashes), ROLE_WEIGHTS, kept->sum);
    kept->key = key;
}

/* Brings what neighbours share up to date. */
static void keep_shared(role_scorer *s, const role_view *v) {
    uint64_t hashes[ROLE_FEATURES_MAX];
    uint64_t distance = role_distance_key(&v->relation), between = role_between_key(&v->relation);
    uint64_t place = role_part_key(v, ROLE_PART_PLACE);
    if (s->distance.key != distance)
        keep(s, hashes, role_distance_features(v, hashes), distance, &s->distance);
    if (s->between.key != between)
        keep(s, hashes, role_between_features(v, hashes), between, &s->between);
    if (s->place.key != place) {
        keep(s, hashes, role_beside_mark_features(v, hashes), place, &s->place);
        memo_entry *entry = entry_at(s->memo, ROLE_PART_PLACE, place);
        if (entry->key != place + 1) fill_part(s, ROLE_PART_PLACE, v, place, entry);
        add_sum(s->place.sum, entry->sum);
    }
}

static void score_token(role_scorer *s, pending_token *t, const float *base, float *out) {
    int32_t sum[ROLE_WEIGHTS];
    t->waiting = false;
    feature_table_sum(&s->model->role, t->hashes, t->count, ROLE_WEIGHTS, sum);
    add_part(s, ROLE_PART_TAG, t, sum);
    add_part(s, ROLE_PART_NAME, t, sum);
    add_part(s, ROLE_PART_TAG_BETWEEN, t, sum);
    add_part(s, ROLE_PART_TAG_BEHIND, t, sum);
    add_part(s, ROLE_PART_TAG_NEXT, t, sum);
    add_part(s, ROLE_PART_TAG_LAST, t, sum);
    add_part(s, ROLE_PART_SOURCE, t, sum);
    add_part(s, ROLE_PART_SOURCES, t, sum);
    add_part(s, ROLE_PART_NEXT_CUE, t, sum);
    add_part(s, ROLE_PART_SHAPE, t, sum);
    add_part(s, ROLE_PART_SHAPES, t, sum);
    keep_shared(s, &t->view);
    add_sum(sum, s->distance.sum);
    add_sum(sum, s->between.sum);
    add_sum(sum, s->place.sum);
    for (int l = 0; l < ROLE_WEIGHTS; l++)
        out[l + 1] = base[l] + (float)sum[l] * s->model->role.scale;
}

/* The next token is prepared while the memory for this one arrives. */
void role_scores_compute(const attributor *model, role_memo *memo, const role_window *window,
                         const base_role_scores *base, role_scores *out) {
    const cue *c = &window->cues->items[window->cue];
    const kept_sum none = {.key = UINT64_MAX};
    role_scorer scorer = {model, memo, none, none, none};
    pending_token tokens[2];
    tokens[0].waiting = tokens[1].waiting = false;
    for (uint32_t i = window->first; i <= window->end; i++) {
        pending_token *here = &tokens[i % 2], *before = &tokens[1 - i % 2];
        if (i < window->end) {
            float *scores = out[i - window->first];
            scores[ROLE_OUTSIDE] = scores[ROLE_CUE] = 0;
            bool in_cue = i >= c->first && i < c->end;
            if (!in_cue) prepare_token(&scorer, window, i, here);
        }
        if (before->waiting)
            score_token(&scorer, before, base[before->view.index],
                        out[before->view.index - window->first]);
    }
}
