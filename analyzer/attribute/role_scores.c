#include "attribute/role_scores.h"

#include "learn/sum_memo.h"

#if defined(__x86_64__)
#include <emmintrin.h>
#endif

enum { KEPT_BITS = 13, ROW_BITS = 10, SIDES = 2 };

/* A sum a label. */
typedef int32_t role_sums __attribute__((vector_size(ROLE_WEIGHTS * sizeof(int32_t))));
typedef float role_numbers __attribute__((vector_size(ROLE_WEIGHTS * sizeof(float))));

/* What the one feature of a part weighs, twice; the lowest bit of the first tells that it is known.
 * A weight is at most 127 * 127. */
typedef struct role_cell {
    int16_t twice[ROLE_WEIGHTS];
} role_cell;

/* The same by a key that is more than a place. */
typedef struct role_entry {
    uint64_t key;
    role_cell cell;
} role_entry;

/* What a word of the cue tells of the tokens at each step. */
typedef struct role_row_entry {
    uint64_t key;
    int16_t sums[SIDES][ROLE_STEPS][ROLE_WEIGHTS]; /* within their limits */
} role_row_entry;

struct role_memo {
#define ROLE_MEMO_CELLS(name, bits) role_cell name[1 << (bits)];
    ROLE_CELL_LIST(ROLE_MEMO_CELLS)
#undef ROLE_MEMO_CELLS
    role_entry kept[ROLE_KEPT_PARTS][1 << KEPT_BITS];
    role_row_entry rows[ROLE_ROWS][1 << ROW_BITS];
};

struct role_tokens {
    role_sums *sums; /* [token_count] */
    bool *known;     /* [token_count] */
};

role_tokens *role_tokens_new(uint32_t token_count, arena *memory) {
    role_tokens *tokens = arena_alloc(memory, 1, sizeof *tokens);
    if (!tokens) return NULL;
    tokens->sums = arena_alloc_raw(memory, token_count, sizeof *tokens->sums);
    tokens->known = arena_alloc(memory, token_count, sizeof *tokens->known);
    return tokens->sums && tokens->known ? tokens : NULL;
}

role_memo *role_memo_find(const attributor *model, arena *memory) {
    keep_key key = {"role sums", model_file_checksum(model->file), 0};
    return arena_keep(memory, key, sizeof(role_memo));
}

/* Sums for one window, with what the last token shares with the next one while their place is the
 * same: by its step and bin, by what was passed, by what lies between, by its place. */
typedef struct role_scorer {
    const attributor *model;
    const role_window *window;
    role_memo *memo;
    role_tokens *tokens;
    float base_scale;
    uint32_t step_key, bin_key, passed_key, between_key;
    uint64_t place_key;
    role_sums step, bin, passed, between, place;
    role_sums steps[SIDES][ROLE_STEP_MAX + 1]; /* what the words of the cue tell */
    struct {                                   /* of the tokens outside the cue */
        uint64_t keys[ROLE_KEPT_PARTS], hashes[ROLE_TOKEN_FEATURES];
    } asked[ROLE_WINDOW_MAX];
} role_scorer;

/* Four sums that are kept in 16 bits, each without its last `shift` bits. */
static inline role_sums widen(const int16_t *kept, int shift) {
    role_sums sums;
#if defined(__x86_64__)
    __m128i bits = _mm_loadl_epi64((const __m128i *)kept);
    bits = _mm_srai_epi32(_mm_unpacklo_epi16(bits, bits), 16 + shift);
    memcpy(&sums, &bits, sizeof sums);
#else
    for (int l = 0; l < ROLE_WEIGHTS; l++)
        sums[l] = kept[l] >> shift;
#endif
    return sums;
}

static inline role_sums sums_of_cell(const role_cell *cell) {
    return widen(cell->twice, 1);
}

/* The sums of features by look-ups. */
static inline role_sums sum_features(const attributor *m, const uint64_t *hashes,
                                     const uint64_t *end) {
    int32_t sum[ROLE_WEIGHTS];
    role_sums sums;
    feature_table_sum(&m->role, hashes, (size_t)(end - hashes), ROLE_WEIGHTS, sum);
    memcpy(&sums, sum, sizeof sums);
    return sums;
}

static __attribute__((noinline)) void fill_cell(const role_scorer *s, const role_view *view,
                                                role_part part, role_cell *cell) {
    uint64_t hashes[ROLE_FEATURES_MAX];
    role_sums sums = sum_features(s->model, hashes, role_part_features(view, part, hashes));
    for (int l = 0; l < ROLE_WEIGHTS; l++)
        cell->twice[l] = (int16_t)(2 * sums[l]);
    cell->twice[0] |= 1;
}

/* The cell of a part, which is a constant. */
static inline __attribute__((always_inline)) role_cell *
cell_at(const role_scorer *s, const role_view *view, role_part part) {
    uint64_t key = role_part_key(view, part);
    switch (part) {
#define ROLE_CELL_CASE(name, bits)                                                                 \
    case ROLE_PART_##name: return &s->memo->name[key & ((1u << (bits)) - 1)];
        ROLE_CELL_LIST(ROLE_CELL_CASE)
#undef ROLE_CELL_CASE
    default: return NULL;
    }
}

static inline __attribute__((always_inline)) role_sums
cell_of(const role_scorer *s, const role_view *view, role_part part) {
    role_cell *cell = cell_at(s, view, part);
    if (!(cell->twice[0] & 1)) fill_cell(s, view, part, cell);
    return sums_of_cell(cell);
}

static inline __attribute__((always_inline)) role_sums
kept_of(const role_scorer *s, const role_view *view, role_part part) {
    uint64_t key = s->asked[view->relation - s->window->relations].keys[part - ROLE_KEPT_FIRST];
    role_entry *entry = &s->memo->kept[part - ROLE_KEPT_FIRST][memo_place(key, KEPT_BITS)];
    if (entry->key != key) {
        fill_cell(s, view, part, &entry->cell);
        entry->key = key;
    }
    return sums_of_cell(&entry->cell);
}

/* --- what neighbours share ------------------------------------------------------------------ */

static void step_to(role_scorer *s, const role_view *v) {
    const role_relation *r = v->relation;
    s->step = (role_sums){0};
    if (r->sentences == 0)
        s->step = s->steps[r->right][r->step] + cell_of(s, v, ROLE_PART_BESIDE_END) +
                  cell_of(s, v, ROLE_PART_CUE_TAGS);
}

static void bin_to(role_scorer *s, const role_view *v) {
    s->bin = cell_of(s, v, ROLE_PART_DISTANCE_SENTENCE);
    if (v->relation->sentences == 0)
        s->bin += cell_of(s, v, ROLE_PART_DISTANCE) + cell_of(s, v, ROLE_PART_BESIDE);
}

static void pass_to(role_scorer *s, const role_view *v) {
    uint64_t hashes[ROLE_FEATURES_MAX];
    s->passed = sum_features(s->model, hashes, role_passed_features(v, hashes)) +
                cell_of(s, v, ROLE_PART_CUE_PLACE);
}

static void between_to(role_scorer *s, const role_view *v) {
    uint64_t hashes[ROLE_FEATURES_MAX];
    s->between = sum_features(s->model, hashes, role_between_features(v, hashes)) +
                 cell_of(s, v, ROLE_PART_BETWEEN);
}

static void place_to(role_scorer *s, const role_view *v) {
    s->place = cell_of(s, v, ROLE_PART_MARKS) + cell_of(s, v, ROLE_PART_MARKS_PASSED) +
               cell_of(s, v, ROLE_PART_CUE_QUOTED) + cell_of(s, v, ROLE_PART_BETWEEN_MARK) +
               cell_of(s, v, ROLE_PART_BESIDE_MARK) + cell_of(s, v, ROLE_PART_SENTENCE) +
               cell_of(s, v, ROLE_PART_LINES) + cell_of(s, v, ROLE_PART_FIRST) +
               cell_of(s, v, ROLE_PART_END) + cell_of(s, v, ROLE_PART_OTHER);
}

/* Nothing is shared with the first token of a window. */
static void forget_neighbours(role_scorer *s) {
    s->step_key = s->bin_key = s->passed_key = s->between_key = UINT32_MAX; /* no key */
    s->place_key = UINT64_MAX;
}

static inline uint32_t side_key(const role_relation *r) {
    return (uint32_t)r->right | (uint32_t)(uint8_t)r->sentences << 8;
}

/* Brings the sums that neighbours share up to date. */
static inline role_sums shared_sums(role_scorer *s, const role_view *v) {
    const role_relation *r = v->relation;
    uint32_t side = side_key(r);
    uint32_t step_key = side | (uint32_t)r->step << 16, bin_key = side | (uint32_t)r->bin << 16;
    uint32_t passed_key = side | (uint32_t)r->cues << 16;
    uint32_t between_key = side | (uint32_t)r->signature << 16;
    uint64_t place_key = role_place_key(v->token, r);
    if (s->step_key != step_key) step_to(s, v);
    if (s->bin_key != bin_key) bin_to(s, v);
    if (s->passed_key != passed_key) pass_to(s, v);
    if (s->between_key != between_key) between_to(s, v);
    if (s->place_key != place_key) place_to(s, v);
    s->step_key = step_key;
    s->bin_key = bin_key;
    s->passed_key = passed_key;
    s->between_key = between_key;
    s->place_key = place_key;
    return s->step + s->bin + s->passed + s->between + s->place;
}

/* --- what is asked for ahead ---------------------------------------------------------------- */

/* Asks for what neighbours share, where it changes. */
static inline void ask_for_shared(role_scorer *s, const role_view *v) {
    uint64_t hashes[ROLE_FEATURES_MAX], *end = hashes;
    uint32_t side = side_key(v->relation);
    uint32_t passed_key = side | (uint32_t)v->relation->cues << 16;
    uint32_t between_key = side | (uint32_t)v->relation->signature << 16;
    if (s->passed_key != passed_key) end = role_passed_features(v, end);
    if (s->between_key != between_key) end = role_between_features(v, end);
    s->passed_key = passed_key;
    s->between_key = between_key;
    feature_table_prefetch(&s->model->role, hashes, (size_t)(end - hashes));
}

static void ask_for_token(role_scorer *s, uint32_t index) {
    role_view v = role_view_of(s->window, index);
    ask_for_shared(s, &v);
    __builtin_prefetch(cell_at(s, &v, ROLE_PART_TAG_BETWEEN));
    __builtin_prefetch(cell_at(s, &v, ROLE_PART_SOURCE));
    __builtin_prefetch(cell_at(s, &v, ROLE_PART_SOURCES));
    uint64_t *keys = s->asked[index - s->window->first].keys;
    uint64_t *hashes = s->asked[index - s->window->first].hashes;
    for (int k = 0; k < ROLE_KEPT_PARTS; k++) {
        keys[k] = role_part_key(&v, (role_part)(ROLE_KEPT_FIRST + k)) + 1;
        __builtin_prefetch(&s->memo->kept[k][memo_place(keys[k], KEPT_BITS)]);
    }
    if (s->tokens->known[index]) return;
    role_token_features(v.token, hashes);
    feature_table_prefetch(&s->model->role, hashes, ROLE_TOKEN_FEATURES);
}

static __attribute__((noinline)) void fill_row(const role_scorer *s, role_row row,
                                               role_row_entry *entry) {
    for (unsigned k = 0; k < SIDES * ROLE_STEPS; k++) {
        uint64_t hashes[ROLE_FEATURES_MAX];
        unsigned right = k / ROLE_STEPS, at = k % ROLE_STEPS;
        role_sums sums = sum_features(
            s->model, hashes, role_row_features(s->window, row, right, role_steps[at], hashes));
        for (int l = 0; l < ROLE_WEIGHTS; l++)
            entry->sums[right][at][l] = word_row_limit(sums[l]);
    }
    entry->key = role_row_key(s->window, row);
}

/* Asks for all that the window needs, then sums what the words of the cue tell, for all steps at
 * once: hardly a window lacks one. */
static void prepare(role_scorer *s) {
    const role_window *w = s->window;
    const cue *c = &w->cues->items[w->cue];
    role_row_entry *rows[ROLE_ROWS];
    uint64_t near[SIDES * ROLE_NEAR_STEPS];
    for (int row = 0; row < ROLE_ROWS; row++) {
        uint64_t key = role_row_key(w, (role_row)row);
        rows[row] = &s->memo->rows[row][memo_place(key, ROW_BITS)];
        for (size_t at = 0; at < sizeof *rows[row]; at += 64)
            __builtin_prefetch((const char *)rows[row] + at);
    }
    for (unsigned k = 0; k < SIDES * ROLE_NEAR_STEPS; k++)
        role_near_features(w, k / ROLE_NEAR_STEPS, k % ROLE_NEAR_STEPS + 1, near + k);
    feature_table_prefetch(&s->model->role, near, sizeof near / sizeof *near);
    for (uint32_t i = w->first; i < w->end; i++)
        if (i < c->first || i >= c->end) ask_for_token(s, i);
    for (int row = 0; row < ROLE_ROWS; row++)
        if (rows[row]->key != role_row_key(w, (role_row)row)) fill_row(s, (role_row)row, rows[row]);
    for (int right = 0; right < SIDES; right++) {
        role_sums last = {0};
        for (int at = 0; at < ROLE_STEPS; at++) {
            unsigned step = role_steps[at];
            if (at < ROLE_NEAR_STEPS)
                last = sum_features(s->model, near + right * ROLE_NEAR_STEPS + at,
                                    near + right * ROLE_NEAR_STEPS + at + 1);
            role_sums sums = last;
            for (int row = 0; row < ROLE_ROWS; row++)
                sums += widen(rows[row]->sums[right][at], 0);
            s->steps[right][step] = sums;
        }
    }
}

/* --- scores --------------------------------------------------------------------------------- */

static inline __attribute__((always_inline)) void score_token(role_scorer *s, uint32_t index,
                                                              const label_sums *base, float *out) {
    role_view v = role_view_of(s->window, index);
    const uint64_t *hashes = s->asked[index - s->window->first].hashes;
    role_sums sum = shared_sums(s, &v);
    if (!s->tokens->known[index])
        s->tokens->sums[index] = sum_features(s->model, hashes, hashes + ROLE_TOKEN_FEATURES);
    s->tokens->known[index] = true;
    sum += s->tokens->sums[index];
    sum += cell_of(s, &v, ROLE_PART_TAG_BETWEEN) + cell_of(s, &v, ROLE_PART_SOURCE) +
           cell_of(s, &v, ROLE_PART_SOURCES) + cell_of(s, &v, ROLE_PART_NEXT_CUE);
    sum += kept_of(s, &v, ROLE_PART_TAG_NEXT) + kept_of(s, &v, ROLE_PART_TAG_LAST) +
           kept_of(s, &v, ROLE_PART_SHAPES);
    if (v.relation->sentences == 0)
        sum += cell_of(s, &v, ROLE_PART_TAG) + cell_of(s, &v, ROLE_PART_NAME) +
               cell_of(s, &v, ROLE_PART_CLAUSE);
    role_sums words = widen(&base->lanes[CUE_LABELS - 1], 0);
    role_numbers scores = __builtin_convertvector(words, role_numbers) * s->base_scale +
                          __builtin_convertvector(sum, role_numbers) * s->model->role.scale;
    memcpy(out + 1, &scores, sizeof scores);
}

void role_scores_compute(const attributor *model, role_memo *memo, role_tokens *tokens,
                         const role_window *window, const label_sums *base, role_scores *out) {
    const cue *c = &window->cues->items[window->cue];
    role_scorer s;
    s.model = model;
    s.window = window;
    s.memo = memo;
    s.tokens = tokens;
    s.base_scale = base_sums_scale(model);
    forget_neighbours(&s);
    prepare(&s);
    forget_neighbours(&s);
    for (uint32_t i = window->first; i < window->end; i++) {
        float *scores = out[i - window->first];
        scores[ROLE_OUTSIDE] = scores[ROLE_CUE] = 0;
        if (i < c->first || i >= c->end) score_token(&s, i, &base[i], scores);
    }
}
