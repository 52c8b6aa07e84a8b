#include "attribute/base_scores.h"

#include "attribute/base_features.h"
#include "base/error.h"
#include "learn/sum_memo.h"

/* Parts of the base features whose sums are kept, each in a table of its own. */
typedef enum kept_part { KEPT_TAGS, KEPT_RATES, KEPT_LEMMA_TAGS, KEPT_MARKS, KEPT_PLACE } kept_part;

enum { KEPT_PARTS = KEPT_PLACE + 1, PART_BITS = 11, KIND_BITS = 11 };

/* What a kind of word adds to the tokens around it: place p is the token p - WORD_REACH behind. */
typedef struct kind_entry {
    uint64_t key;
    word_sums sums;
} kind_entry;

/* What a thread keeps from article to article. */
typedef struct base_memo {
    kind_entry kinds[1 << KIND_BITS];
    memo_entry parts[KEPT_PARTS][1 << PART_BITS];
} base_memo;

typedef struct base_scorer {
    const attributor *model;
    const article_frame *frame;
    base_memo *memo;
    int32_t (*sums)[BASE_LABELS]; /* [-WORD_REACH .. token_count + 2 * WORD_REACH) */
    memo_entry sentence;          /* of the last token */
} base_scorer;

/* The sums of a word's kind by look-ups; frequent words have a row in the model. */
static void sum_kind(const attributor *m, const frame_token *word, word_sums *out) {
    if (word->facts.row && word->facts.row <= m->row_count) {
        const int16_t *row = m->rows[word->facts.row - 1].sums[0];
        int32_t *sums = out->sums[0];
        for (int k = 0; k < WORD_ROW_PLACES * BASE_LABELS; k++)
            sums[k] = row[k] * (1 << WORD_ROW_SHIFT);
    } else {
        *out = word_sums_compute(&m->base, word);
    }
    for (int place = 0; place < WORD_ROW_PLACES; place++) {
        uint64_t hashes[BASE_FEATURES_MAX];
        int32_t sum[BASE_LABELS];
        uint64_t *end = base_class_features(word, WORD_REACH - place, hashes);
        feature_table_sum(&m->base, hashes, (size_t)(end - hashes), BASE_LABELS, sum);
        for (int l = 0; l < BASE_LABELS; l++)
            out->sums[place][l] += sum[l];
    }
}

/* Adds what each word tells by itself to the tokens around it. Entries are asked for ahead. */
static void add_kinds(base_scorer *s) {
    enum { AHEAD = 8 };
    int64_t end = (int64_t)s->frame->token_count + WORD_REACH;
    uint64_t keys[AHEAD];
    for (int64_t i = -WORD_REACH - AHEAD; i < end; i++) {
        if (i >= -WORD_REACH) {
            const frame_token *word = &s->frame->tokens[i];
            uint64_t key = keys[(uint64_t)i % AHEAD];
            kind_entry *entry = &s->memo->kinds[memo_place(key, KIND_BITS)];
            if (entry->key != key) {
                sum_kind(s->model, word, &entry->sums);
                entry->key = key;
            }
            int32_t *to = s->sums[i - WORD_REACH];
            const int32_t *from = entry->sums.sums[0];
            for (int k = 0; k < WORD_ROW_PLACES * BASE_LABELS; k++)
                to[k] += from[k];
        }
        if (i + AHEAD >= end) continue;
        uint64_t key = base_kind_key(&s->frame->tokens[i + AHEAD]);
        const kind_entry *entry = &s->memo->kinds[memo_place(key, KIND_BITS)];
        for (size_t line = 0; line < sizeof *entry; line += 64)
            __builtin_prefetch((const char *)entry + line);
        keys[(uint64_t)i % AHEAD] = key;
    }
}

static uint64_t part_key(const article_frame *frame, uint32_t index, kept_part part) {
    const frame_token *t = &frame->tokens[index];
    switch (part) {
    case KEPT_TAGS: return base_tag_key(t);
    case KEPT_RATES: return base_rate_key(t);
    case KEPT_LEMMA_TAGS: return base_lemma_tag_key(t);
    case KEPT_MARKS: return base_mark_key(t);
    default: return base_place_key(frame, index);
    }
}

static uint64_t *part_features(const article_frame *frame, uint32_t index, kept_part part,
                               uint64_t *out) {
    const frame_token *t = &frame->tokens[index];
    switch (part) {
    case KEPT_TAGS: return base_tag_features(t, out);
    case KEPT_RATES: return base_rate_features(t, out);
    case KEPT_LEMMA_TAGS: return base_lemma_tag_features(t, out);
    case KEPT_MARKS: return base_mark_features(t, out);
    default: return base_place_features(frame, index, out);
    }
}

static inline void add_sum(int32_t *to, const int32_t *sum) {
    for (int l = 0; l < BASE_LABELS; l++)
        to[l] += sum[l];
}

/* Not inlined: the rare case. */
static __attribute__((noinline)) void fill(const base_scorer *s, uint64_t key,
                                           const uint64_t *hashes, const uint64_t *end,
                                           memo_entry *entry) {
    feature_table_sum(&s->model->base, hashes, (size_t)(end - hashes), BASE_LABELS, entry->sum);
    entry->key = key;
}

/* What is needed to score a token, asked for but not yet summed. */
typedef struct pending_token {
    uint64_t keys[KEPT_PARTS];
    size_t count;
    uint64_t hashes[BASE_FEATURES_MAX]; /* of base_pair_features */
} pending_token;

static void prepare_token(const base_scorer *s, uint32_t index, pending_token *out) {
    for (int part = 0; part < KEPT_PARTS; part++) {
        out->keys[part] = part_key(s->frame, index, (kept_part)part);
        __builtin_prefetch(memo_at(s->memo->parts[part], PART_BITS, out->keys[part]));
    }
    uint64_t *end = base_pair_features(&s->frame->tokens[index], out->hashes);
    out->count = (size_t)(end - out->hashes);
    feature_table_prefetch(&s->model->base, out->hashes, out->count);
}

static void add_token(base_scorer *s, uint32_t index, const pending_token *t) {
    int32_t *to = s->sums[index], sum[BASE_LABELS];
    uint64_t hashes[BASE_FEATURES_MAX];
    for (int part = 0; part < KEPT_PARTS; part++) {
        memo_entry *entry = memo_at(s->memo->parts[part], PART_BITS, t->keys[part]);
        if (entry->key != t->keys[part])
            fill(s, t->keys[part], hashes, part_features(s->frame, index, (kept_part)part, hashes),
                 entry);
        add_sum(to, entry->sum);
    }
    uint64_t key = base_sentence_key(&s->frame->tokens[index]);
    if (s->sentence.key != key)
        fill(s, key, hashes, base_sentence_features(s->frame, &s->frame->tokens[index], hashes),
             &s->sentence);
    add_sum(to, s->sentence.sum);
    feature_table_sum(&s->model->base, t->hashes, t->count, BASE_LABELS, sum);
    add_sum(to, sum);
}

/* Adds what else stands at each token. The next token is prepared while the memory for this one
 * arrives. */
static void add_tokens(base_scorer *s) {
    uint32_t count = s->frame->token_count;
    pending_token tokens[2];
    prepare_token(s, 0, &tokens[0]);
    for (uint32_t i = 0; i < count; i++) {
        if (i + 1 < count) prepare_token(s, i + 1, &tokens[(i + 1) % 2]);
        add_token(s, i, &tokens[i % 2]);
    }
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
    return WHOSAID_OK;
}
