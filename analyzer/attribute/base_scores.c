#include "attribute/base_scores.h"

#include "attribute/base_features.h"
#include "base/error.h"
#include "learn/sum_memo.h"

/* Parts of the base features whose sums are kept, each in a table of its own. */
typedef enum kept_part { KEPT_NAMES, KEPT_MARKS, KEPT_PLACE } kept_part;
typedef enum kept_pair { KEPT_TAG_PAIR, KEPT_RATE_PAIR } kept_pair;

enum {
    KEPT_PARTS = KEPT_PLACE + 1,
    KEPT_PAIRS = KEPT_RATE_PAIR + 1,
    PART_BITS = 11,
    PAIR_BITS = 12,
    KIND_BITS = 12
};

/* What two neighbours add to the left one and to the right one. */
typedef struct pair_entry {
    uint64_t key;
    int32_t sums[2 * BASE_LABELS];
    uint64_t unused; /* to the size of a cache line */
} pair_entry;

/* What a kind of word adds to the tokens around it: place p is the token p - WORD_REACH behind. */
typedef struct kind_entry {
    uint64_t key;
    word_sums sums;
} kind_entry;

/* What a thread keeps from article to article. */
typedef struct base_memo {
    kind_entry kinds[1 << KIND_BITS];
    memo_entry parts[KEPT_PARTS][1 << PART_BITS];
    pair_entry pairs[KEPT_PAIRS][1 << PAIR_BITS];
} base_memo;

typedef struct base_scorer {
    const attributor *model;
    const article_frame *frame;
    base_memo *memo;
    int32_t (*sums)[BASE_LABELS]; /* [-WORD_REACH .. token_count + 2 * WORD_REACH) */
    memo_entry sentence;          /* of the last token */
} base_scorer;

/* Frequent words have a row in the model; NULL for others. */
static inline const word_row *row_of(const attributor *m, const frame_token *word) {
    uint16_t row = word->facts.row;
    return row && row <= m->row_count ? &m->rows[row - 1] : NULL;
}

/* The sums of a word's kind by look-ups. */
static void sum_kind(const attributor *m, const frame_token *word, word_sums *out) {
    enum { CLASS_FEATURES_MAX = 24 };
    uint64_t hashes[WORD_ROW_PLACES][CLASS_FEATURES_MAX];
    size_t counts[WORD_ROW_PLACES];
    for (int place = 0; place < WORD_ROW_PLACES; place++) {
        uint64_t *end = base_class_features(word, WORD_REACH - place, hashes[place]);
        counts[place] = (size_t)(end - hashes[place]);
        feature_table_prefetch(&m->base, hashes[place], counts[place]);
    }
    const word_row *row = row_of(m, word);
    if (row) {
        const int16_t *from = row->sums[0];
        int32_t *sums = out->sums[0];
        for (int k = 0; k < WORD_ROW_PLACES * BASE_LABELS; k++)
            sums[k] = from[k] * (1 << WORD_ROW_SHIFT);
    } else {
        *out = word_sums_compute(&m->base, word);
    }
    for (int place = 0; place < WORD_ROW_PLACES; place++) {
        int32_t sum[BASE_LABELS];
        feature_table_sum(&m->base, hashes[place], counts[place], BASE_LABELS, sum);
        for (int l = 0; l < BASE_LABELS; l++)
            out->sums[place][l] += sum[l];
    }
}

static inline kind_entry *kind_at(base_memo *memo, uint64_t key) {
    return &memo->kinds[memo_place(key, KIND_BITS)];
}

/* Asks for the entry of a word; returns its key. */
static inline uint64_t ask_for_kind(base_scorer *s, const frame_token *word) {
    uint64_t key = base_kind_key(word);
    const char *entry = (const char *)kind_at(s->memo, key);
    for (size_t line = 0; line < sizeof(kind_entry); line += 64)
        __builtin_prefetch(entry + line);
    return key;
}

/* Asks for the row of a word whose entry has arrived and is another's. */
static inline void ask_for_row(base_scorer *s, const frame_token *word, uint64_t key) {
    if (kind_at(s->memo, key)->key == key) return;
    const char *row = (const char *)row_of(s->model, word);
    if (!row) return;
    __builtin_prefetch(row);
    __builtin_prefetch(row + sizeof(word_row) - 1);
}

/* Adds what each word tells by itself to the tokens around it. */
static void add_kinds(base_scorer *s) {
    enum { AHEAD = 8, ROW_AHEAD = 4 };
    const frame_token *tokens = s->frame->tokens;
    int64_t end = (int64_t)s->frame->token_count + WORD_REACH;
    uint64_t keys[AHEAD];
    for (int64_t i = -WORD_REACH - AHEAD; i < end; i++) {
        if (i >= -WORD_REACH) {
            uint64_t key = keys[(uint64_t)i % AHEAD];
            kind_entry *entry = kind_at(s->memo, key);
            if (entry->key != key) {
                sum_kind(s->model, &tokens[i], &entry->sums);
                entry->key = key;
            }
            int32_t *to = s->sums[i - WORD_REACH];
            const int32_t *from = entry->sums.sums[0];
            for (int k = 0; k < WORD_ROW_PLACES * BASE_LABELS; k++)
                to[k] += from[k];
        }
        int64_t next = i + ROW_AHEAD;
        if (next >= -WORD_REACH && next < end)
            ask_for_row(s, &tokens[next], keys[(uint64_t)next % AHEAD]);
        if (i + AHEAD < end) keys[(uint64_t)i % AHEAD] = ask_for_kind(s, &tokens[i + AHEAD]);
    }
}

static inline uint64_t part_key(const article_frame *frame, uint32_t index, kept_part part) {
    const frame_token *t = &frame->tokens[index];
    switch (part) {
    case KEPT_NAMES: return base_name_key(t);
    case KEPT_MARKS: return base_mark_key(t);
    default: return base_place_key(frame, index);
    }
}

static uint64_t *part_features(const article_frame *frame, uint32_t index, kept_part part,
                               uint64_t *out) {
    const frame_token *t = &frame->tokens[index];
    switch (part) {
    case KEPT_NAMES: return base_name_features(t, out);
    case KEPT_MARKS: return base_mark_features(t, out);
    default: return base_place_features(frame, index, out);
    }
}

static inline uint64_t pair_key(const frame_token *t, kept_pair pair) {
    return pair == KEPT_TAG_PAIR ? base_tag_key(t) : base_rate_key(t);
}

static inline void add_sum(int32_t *to, const int32_t *sum) {
    for (int l = 0; l < BASE_LABELS; l++)
        to[l] += sum[l];
}

static void sum_features(const base_scorer *s, const uint64_t *hashes, const uint64_t *end,
                         int32_t *sum) {
    feature_table_sum(&s->model->base, hashes, (size_t)(end - hashes), BASE_LABELS, sum);
}

/* Filling entries is the rare case, and kept out of the loops. */
static __attribute__((noinline)) void fill_part(const base_scorer *s, uint32_t index,
                                                kept_part part, uint64_t key, memo_entry *entry) {
    uint64_t hashes[BASE_FEATURES_MAX];
    sum_features(s, hashes, part_features(s->frame, index, part, hashes), entry->sum);
    entry->key = key;
}

static __attribute__((noinline)) void fill_pair(const base_scorer *s, const frame_token *left,
                                                kept_pair pair, uint64_t key, pair_entry *entry) {
    for (int side = 0; side < 2; side++) {
        uint64_t hashes[BASE_FEATURES_MAX];
        uint64_t *end = pair == KEPT_TAG_PAIR
                            ? base_tag_features(left + side, (base_side)side, hashes)
                            : base_rate_features(left + side, (base_side)side, hashes);
        sum_features(s, hashes, end, entry->sums + side * BASE_LABELS);
    }
    entry->key = key;
}

static __attribute__((noinline)) void fill_sentence(base_scorer *s, const frame_token *t) {
    uint64_t hashes[BASE_FEATURES_MAX];
    sum_features(s, hashes, base_sentence_features(s->frame, t, hashes), s->sentence.sum);
    s->sentence.key = base_sentence_key(t);
}

/* Keys of what is kept for a token. */
typedef struct token_keys {
    uint64_t parts[KEPT_PARTS], pairs[KEPT_PAIRS];
} token_keys;

static inline pair_entry *pair_at(const base_scorer *s, int pair, uint64_t key) {
    return &s->memo->pairs[pair][memo_place(key, PAIR_BITS)];
}

static void prepare_token(const base_scorer *s, uint32_t index, token_keys *out) {
    for (int part = 0; part < KEPT_PARTS; part++) {
        out->parts[part] = part_key(s->frame, index, (kept_part)part);
        __builtin_prefetch(memo_at(s->memo->parts[part], PART_BITS, out->parts[part]));
    }
    for (int pair = 0; pair < KEPT_PAIRS; pair++) {
        out->pairs[pair] = pair_key(&s->frame->tokens[index], (kept_pair)pair);
        __builtin_prefetch(pair_at(s, pair, out->pairs[pair]));
    }
}

/* Adds what two neighbours tell of each other. index: of the left one, from -1. */
static inline void add_pair(base_scorer *s, int64_t index, int pair, uint64_t key) {
    pair_entry *entry = pair_at(s, pair, key);
    if (entry->key != key) fill_pair(s, &s->frame->tokens[index], (kept_pair)pair, key, entry);
    int32_t *to = s->sums[index]; /* and the next one */
    for (int k = 0; k < 2 * BASE_LABELS; k++)
        to[k] += entry->sums[k];
}

static void add_token(base_scorer *s, uint32_t index, const token_keys *t) {
    int32_t *to = s->sums[index];
    for (int part = 0; part < KEPT_PARTS; part++) {
        memo_entry *entry = memo_at(s->memo->parts[part], PART_BITS, t->parts[part]);
        if (entry->key != t->parts[part])
            fill_part(s, index, (kept_part)part, t->parts[part], entry);
        add_sum(to, entry->sum);
    }
    for (int pair = 0; pair < KEPT_PAIRS; pair++)
        add_pair(s, index, pair, t->pairs[pair]);
    const frame_token *here = &s->frame->tokens[index];
    if (s->sentence.key != base_sentence_key(here)) fill_sentence(s, here);
    add_sum(to, s->sentence.sum);
}

/* Adds what else stands at each token. Some tokens are prepared while the memory for this one
 * arrives. */
static void add_tokens(base_scorer *s) {
    enum { AHEAD = 3 };
    uint32_t count = s->frame->token_count;
    token_keys tokens[AHEAD + 1];
    for (int pair = 0; pair < KEPT_PAIRS; pair++)
        add_pair(s, -1, pair, pair_key(&s->frame->tokens[-1], (kept_pair)pair));
    for (uint32_t i = 0; i < count + AHEAD; i++) {
        if (i < count) prepare_token(s, i, &tokens[i % (AHEAD + 1)]);
        if (i >= AHEAD) add_token(s, i - AHEAD, &tokens[(i + 1) % (AHEAD + 1)]);
    }
}

/* A token that may be part of a cue, with its pairs asked for. */
typedef struct likely_token {
    float *scores; /* NULL: none */
    size_t count;
    uint64_t hashes[PAIR_FEATURES_MAX];
} likely_token;

static void add_pairs_of(const attributor *m, const likely_token *t) {
    if (!t->scores) return;
    int32_t sum[PAIR_LABELS];
    feature_table_sum(&m->pairs, t->hashes, t->count, PAIR_LABELS, sum);
    for (int l = 0; l < PAIR_LABELS; l++)
        t->scores[l + 1] += (float)sum[l] * m->pairs.scale;
}

/* Adds pairs to the scores of tokens that may be part of a cue, each when the next one's are asked
 * for. */
static void add_pairs(const attributor *m, const article_frame *frame, cue_scores *scores) {
    const float least = m->constants.pairs_least;
    likely_token tokens[2] = {{.scores = NULL}, {.scores = NULL}};
    unsigned at = 0;
    for (uint32_t i = 0; i < frame->token_count; i++) {
        if (scores[i][1] < least && scores[i][2] < least) continue;
        likely_token *t = &tokens[at];
        t->scores = scores[i];
        t->count = (size_t)(cue_pair_features(&frame->tokens[i], t->hashes) - t->hashes);
        feature_table_prefetch(&m->pairs, t->hashes, t->count);
        at = 1 - at;
        add_pairs_of(m, &tokens[at]);
        tokens[at].scores = NULL;
    }
    add_pairs_of(m, &tokens[1 - at]);
}

whosaid_status base_scores_compute(const attributor *model, const article_frame *frame,
                                   arena *memory, base_scores *out, whosaid_error *err) {
    uint32_t count = frame->token_count;
    *out = (base_scores){.cues = arena_alloc_raw(memory, count, sizeof *out->cues),
                         .roles = arena_alloc_raw(memory, count, sizeof *out->roles)};
    base_scorer s = {.model = model,
                     .frame = frame,
                     .memo = arena_keep(memory, model_file_checksum(model->file), sizeof *s.memo),
                     .sums =
                         arena_alloc(memory, count + 4 * (size_t)WORD_REACH + 1, sizeof *s.sums)};
    if (!out->cues || !out->roles || !s.memo || !s.sums) return error_no_memory(err);
    s.sums += 2 * WORD_REACH;
    add_kinds(&s);
    add_tokens(&s);
    float scale = model->base.scale;
    for (uint32_t i = 0; i < count; i++) {
        const int32_t *sum = s.sums[i];
        out->cues[i][0] = 0;
        for (int l = 1; l < CUE_LABELS; l++)
            out->cues[i][l] = (float)sum[l - 1] * scale;
        for (int l = 0; l < ROLE_WEIGHTS; l++)
            out->roles[i][l] = (float)sum[CUE_LABELS - 1 + l] * scale;
    }
    add_pairs(model, frame, out->cues);
    return WHOSAID_OK;
}
