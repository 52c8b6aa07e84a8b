#include "attribute/role_scores.h"

#include "base/hash.h"
#include "learn/sum_memo.h"

enum { DENSE_BITS = 14, PART_BITS = 13, PLACE_BITS = 12 };

/* What the one feature of a part weighs. */
typedef struct role_entry {
    uint64_t key; /* + 1; 0: empty */
    int16_t sum[ROLE_WEIGHTS];
} role_entry;

struct role_memo {
    role_entry dense[ROLE_PART_TAG_BETWEEN + 1][1 << DENSE_BITS]; /* by key */
    role_entry parts[ROLE_PART_PLACE - ROLE_PART_TAG_NEXT][1 << PART_BITS];
    memo_entry places[1 << PLACE_BITS]; /* by key + 1 */
    role_entry nothing;                 /* of key 0 */
};

role_memo *role_memo_find(const attributor *model, arena *memory) {
    uint64_t key = hash_mix(model_file_checksum(model->file), 1);
    return arena_keep(memory, key, sizeof(role_memo));
}

/* Features that neighbouring tokens share. */
typedef enum shared_part { SHARED_DISTANCE, SHARED_BETWEEN, SHARED_PLACE } shared_part;
enum { SHARED_PARTS = SHARED_PLACE + 1, SHARED_FEATURES_MAX = 16 };

/* Sums for one window. */
typedef struct role_scorer {
    const attributor *model;
    const role_window *window;
    role_memo *memo;
    uint64_t shared_keys[SHARED_PARTS];              /* of the last token that was prepared */
    int32_t shared_sums[SHARED_PARTS][ROLE_WEIGHTS]; /* of the last one that was scored */
} role_scorer;

/* A token, with all that it needs asked for but not yet added. */
typedef struct pending_token {
    bool waiting; /* not part of the cue */
    uint32_t index;
    size_t shared_counts[SHARED_PARTS]; /* 0: as for the token before */
    uint64_t shared[SHARED_PARTS][SHARED_FEATURES_MAX];
    uint64_t place; /* key */
    uint64_t keys[ROLE_PART_PLACE];
    role_entry *entries[ROLE_PART_PLACE];
    uint64_t hashes[ROLE_TOKEN_FEATURES];
} pending_token;

/* The entry for a key of a part. Small keys are places themselves. */
static inline role_entry *entry_at(role_memo *memo, role_part part, uint64_t key) {
    if (part <= ROLE_PART_TAG_BETWEEN) return &memo->dense[part][key];
    return &memo->parts[part - ROLE_PART_TAG_NEXT][memo_place(key, PART_BITS)];
}

static inline __attribute__((always_inline)) void
prepare_part(const role_scorer *s, const role_view *view, role_part part, pending_token *t) {
    t->keys[part] = role_part_key(view, part);
    t->entries[part] = entry_at(s->memo, part, t->keys[part]);
    __builtin_prefetch(t->entries[part]);
}

/* Parts that only tokens in the cue's sentence have weigh nothing elsewhere. */
static inline void prepare_nothing(const role_scorer *s, role_part part, pending_token *t) {
    t->keys[part] = 0;
    t->entries[part] = &s->memo->nothing; /* never filled: its key is right */
}

static uint64_t *shared_features(const role_view *view, shared_part part, uint64_t *out) {
    switch (part) {
    case SHARED_DISTANCE: return role_distance_features(view, out);
    case SHARED_BETWEEN: return role_between_features(view, out);
    default: return role_beside_mark_features(view, out);
    }
}

/* Asks for what neighbours share where it changes with this token. */
static inline void prepare_shared(role_scorer *s, const role_view *view, pending_token *t) {
    t->place = role_part_key(view, ROLE_PART_PLACE);
    const uint64_t keys[SHARED_PARTS] = {role_distance_key(view->relation),
                                         role_between_key(view->relation), t->place};
    for (int part = 0; part < SHARED_PARTS; part++) {
        t->shared_counts[part] = 0;
        if (s->shared_keys[part] == keys[part]) continue;
        s->shared_keys[part] = keys[part];
        uint64_t *end = shared_features(view, (shared_part)part, t->shared[part]);
        t->shared_counts[part] = (size_t)(end - t->shared[part]);
        feature_table_prefetch(&s->model->role, t->shared[part], t->shared_counts[part]);
        if (part == SHARED_PLACE)
            __builtin_prefetch(memo_at(s->memo->places, PLACE_BITS, t->place));
    }
}

static void prepare_token(role_scorer *s, uint32_t index, pending_token *t) {
    role_view view = role_view_of(s->window, index);
    t->index = index;
    prepare_shared(s, &view, t);
    if (view.relation->sentences == 0) {
        prepare_part(s, &view, ROLE_PART_TAG, t);
        prepare_part(s, &view, ROLE_PART_NAME, t);
    } else {
        prepare_nothing(s, ROLE_PART_TAG, t);
        prepare_nothing(s, ROLE_PART_NAME, t);
    }
    prepare_part(s, &view, ROLE_PART_TAG_BETWEEN, t);
    prepare_part(s, &view, ROLE_PART_TAG_NEXT, t);
    prepare_part(s, &view, ROLE_PART_TAG_LAST, t);
    prepare_part(s, &view, ROLE_PART_SOURCE, t);
    prepare_part(s, &view, ROLE_PART_SOURCES, t);
    prepare_part(s, &view, ROLE_PART_NEXT_CUE, t);
    prepare_part(s, &view, ROLE_PART_SHAPES, t);
    role_token_features(view.token, t->hashes);
    feature_table_prefetch(&s->model->role, t->hashes, ROLE_TOKEN_FEATURES);
}

static inline void add_sum(int32_t *to, const int32_t *sum) {
    for (int l = 0; l < ROLE_WEIGHTS; l++)
        to[l] += sum[l];
}

/* The sums of a part by look-ups. */
static void sum_part(const role_scorer *s, role_part part, uint32_t index, int32_t *sum) {
    uint64_t hashes[ROLE_FEATURES_MAX];
    role_view view = role_view_of(s->window, index);
    size_t count = (size_t)(role_part_features(&view, part, hashes) - hashes);
    feature_table_sum(&s->model->role, hashes, count, ROLE_WEIGHTS, sum);
}

static __attribute__((noinline)) void fill_part(const role_scorer *s, role_part part,
                                                const pending_token *t) {
    int32_t sum[ROLE_WEIGHTS];
    sum_part(s, part, t->index, sum);
    for (int l = 0; l < ROLE_WEIGHTS; l++)
        t->entries[part]->sum[l] = (int16_t)sum[l]; /* one feature: at most 127 * 127 */
    t->entries[part]->key = t->keys[part] + 1;
}

static inline __attribute__((always_inline)) void add_part(const role_scorer *s, role_part part,
                                                           const pending_token *t, int32_t *sum) {
    const role_entry *entry = t->entries[part];
    if (entry->key != t->keys[part] + 1) fill_part(s, part, t);
    for (int l = 0; l < ROLE_WEIGHTS; l++)
        sum[l] += entry->sum[l];
}

/* Brings the sums that neighbours share up to date. */
static void keep_shared(role_scorer *s, const pending_token *t) {
    for (int part = 0; part < SHARED_PARTS; part++)
        if (t->shared_counts[part])
            feature_table_sum(&s->model->role, t->shared[part], t->shared_counts[part],
                              ROLE_WEIGHTS, s->shared_sums[part]);
    if (!t->shared_counts[SHARED_PLACE]) return;
    memo_entry *entry = memo_at(s->memo->places, PLACE_BITS, t->place);
    if (entry->key != t->place + 1) {
        sum_part(s, ROLE_PART_PLACE, t->index, entry->sum);
        entry->key = t->place + 1;
    }
    add_sum(s->shared_sums[SHARED_PLACE], entry->sum);
}

static void score_token(role_scorer *s, pending_token *t, const float *base, float *out) {
    int32_t sum[ROLE_WEIGHTS];
    feature_table_sum(&s->model->role, t->hashes, ROLE_TOKEN_FEATURES, ROLE_WEIGHTS, sum);
    add_part(s, ROLE_PART_TAG, t, sum);
    add_part(s, ROLE_PART_NAME, t, sum);
    add_part(s, ROLE_PART_TAG_BETWEEN, t, sum);
    add_part(s, ROLE_PART_TAG_NEXT, t, sum);
    add_part(s, ROLE_PART_TAG_LAST, t, sum);
    add_part(s, ROLE_PART_SOURCE, t, sum);
    add_part(s, ROLE_PART_SOURCES, t, sum);
    add_part(s, ROLE_PART_NEXT_CUE, t, sum);
    add_part(s, ROLE_PART_SHAPES, t, sum);
    keep_shared(s, t);
    for (int part = 0; part < SHARED_PARTS; part++)
        add_sum(sum, s->shared_sums[part]);
    for (int l = 0; l < ROLE_WEIGHTS; l++)
        out[l + 1] = base[l] + (float)sum[l] * s->model->role.scale;
}

/* Some tokens are prepared while the memory for this one arrives. */
void role_scores_compute(const attributor *model, role_memo *memo, const role_window *window,
                         const base_role_scores *base, role_scores *out) {
    enum { AHEAD = 3 };
    const cue *c = &window->cues->items[window->cue];
    role_scorer scorer = {.model = model,
                          .window = window,
                          .memo = memo,
                          .shared_keys = {UINT64_MAX, UINT64_MAX, UINT64_MAX}}; /* no key */
    pending_token tokens[AHEAD + 1];
    memo->nothing.key = 1;
    for (uint32_t i = window->first; i < window->end + AHEAD; i++) {
        pending_token *last = &tokens[i % (AHEAD + 1)], *first = &tokens[(i + 1) % (AHEAD + 1)];
        if (i < window->end) {
            float *scores = out[i - window->first];
            scores[ROLE_OUTSIDE] = scores[ROLE_CUE] = 0;
            last->waiting = i < c->first || i >= c->end;
            if (last->waiting) prepare_token(&scorer, i, last);
        }
        if (i >= window->first + AHEAD && first->waiting)
            score_token(&scorer, first, base[first->index], out[first->index - window->first]);
    }
}
