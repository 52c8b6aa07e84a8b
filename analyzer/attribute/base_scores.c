#include "attribute/base_scores.h"

#include "attribute/base_features.h"
#include "base/error.h"
#include "learn/sum_memo.h"

enum { WORD_BITS = 11, CLASS_BITS = 10, LEMMA_BITS = 12, PAIR_BITS = 12, PART_BITS = 11 };

/* What a word or its classes add to the tokens around it, by its key (0: empty). */
typedef struct row_entry {
    uint64_t key;
    word_row row;
} row_entry;

/* What two neighbours add to the left one and to the right one. */
typedef struct pair_sums {
    label_sums sides[2];
} pair_sums;

typedef struct sums_entry {
    uint64_t key;
    label_sums sums;
} sums_entry;

typedef struct pair_entry {
    uint64_t key;
    pair_sums sums;
} pair_entry;

/* Sums that lie where their key says keep whether they are there in this lane; those of a key of 32
 * bits keep it in this lane and the next. */
enum { KNOWN_LANE = BASE_LABELS };

/* What a thread keeps from article to article. */
typedef struct base_memo {
    row_entry words[1 << WORD_BITS], classes[1 << CLASS_BITS];
    sums_entry lemmas[1 << LEMMA_BITS];
    label_sums names[NAME_CLASS_COUNT][NAME_CLASS_COUNT][NAME_CLASS_COUNT];
    pair_sums tags[PART_OF_SPEECH_COUNT][PART_OF_SPEECH_COUNT];
    pair_entry rates[1 << PAIR_BITS];
    label_sums marks[1 << PART_BITS], places[1 << PART_BITS], sentences[1 << PART_BITS],
        shapes[1 << PART_BITS];
} base_memo;

typedef struct base_scorer {
    const attributor *model;
    const article_frame *frame;
    base_memo *memo;
    label_sums *sums;      /* [-2 * WORD_REACH .. token_count + 2 * WORD_REACH) */
    uint64_t sentence_key; /* of the last token */
    const label_sums *sentence;
} base_scorer;

/* The sums of features by look-ups; leaves the other lanes. */
static void sum_features(const base_scorer *s, const uint64_t *hashes, const uint64_t *end,
                         label_sums *out) {
    int32_t sum[BASE_LABELS];
    feature_table_sum(&s->model->base, hashes, (size_t)(end - hashes), BASE_LABELS, sum);
    for (int l = 0; l < BASE_LABELS; l++)
        out->lanes[l] = word_row_number(sum[l]);
}

/* --- what words add to the tokens around them ----------------------------------------------- */

/* Filling entries is the rare case, and kept out of the loops. */
static __attribute__((noinline)) void fill_word(const base_scorer *s, const frame_token *word,
                                                row_entry *entry) {
    word_sums sums = word_sums_compute(&s->model->base, word);
    *entry = (row_entry){base_word_key(word), word_row_of(&sums)};
}

static __attribute__((noinline)) void fill_classes(const base_scorer *s, const frame_token *word,
                                                   row_entry *entry) {
    for (int place = 0; place < WORD_ROW_PLACES; place++) {
        uint64_t hashes[BASE_FEATURES_MAX];
        label_sums sums;
        sum_features(s, hashes, base_class_features(word, WORD_REACH - place, hashes), &sums);
        memcpy(entry->row.sums[place], sums.lanes, sizeof entry->row.sums[place]);
    }
    entry->key = base_class_key(word);
}

/* Frequent words have a row in the model; others are kept. */
static inline const word_row *row_of(const base_scorer *s, const frame_token *word) {
    uint16_t row = word->facts.row;
    if (row && row <= s->model->row_count) return &s->model->rows[row - 1];
    return &s->memo->words[memo_place(base_word_key(word), WORD_BITS)].row;
}

static __attribute__((noinline)) void fill_lemma(const base_scorer *s, const frame_token *t,
                                                 sums_entry *entry) {
    uint64_t hashes[BASE_FEATURES_MAX];
    sum_features(s, hashes, base_lemma_features(t, hashes), &entry->sums);
    entry->key = base_lemma_key(t);
}

static inline sums_entry *lemma_of(const base_scorer *s, const frame_token *t) {
    return &s->memo->lemmas[memo_place(base_lemma_key(t), LEMMA_BITS)];
}

/* What the lemma of a token tells of the token itself. */
static inline void add_lemma(const base_scorer *s, int64_t index) {
    const frame_token *t = &s->frame->tokens[index];
    sums_entry *entry = lemma_of(s, t);
    if (entry->key != base_lemma_key(t)) fill_lemma(s, t, entry);
    label_sums_add(&s->sums[index], &entry->sums);
}

static inline void add_word(const base_scorer *s, int64_t index) {
    const frame_token *word = &s->frame->tokens[index];
    label_sums *to = &s->sums[index - WORD_REACH];
    const word_row *row = row_of(s, word);
    if (!word->facts.row || word->facts.row > s->model->row_count) {
        row_entry *entry = &s->memo->words[memo_place(base_word_key(word), WORD_BITS)];
        if (entry->key != base_word_key(word)) fill_word(s, word, entry);
    }
    label_sums_add_row(to, row);
    uint64_t key = base_class_key(word);
    if (!key) return;
    row_entry *entry = &s->memo->classes[memo_place(key, CLASS_BITS)];
    if (entry->key != key) fill_classes(s, word, entry);
    label_sums_add_row(to, &entry->row);
    add_lemma(s, index);
}

/* --- what neighbours add -------------------------------------------------------------------- */

static __attribute__((noinline)) void fill_tags(const base_scorer *s, const frame_token *left,
                                                pair_sums *out) {
    for (int side = 0; side < 2; side++) {
        uint64_t hashes[BASE_FEATURES_MAX];
        uint64_t *end = base_tag_features(left + side, (base_side)side, hashes);
        sum_features(s, hashes, end, &out->sides[side]);
    }
    out->sides[0].lanes[KNOWN_LANE] = 1;
}

static __attribute__((noinline)) void fill_rates(const base_scorer *s, const frame_token *left,
                                                 pair_entry *out) {
    for (int side = 0; side < 2; side++) {
        uint64_t hashes[BASE_FEATURES_MAX];
        uint64_t *end = base_rate_features(left + side, (base_side)side, hashes);
        sum_features(s, hashes, end, &out->sums.sides[side]);
    }
    out->key = base_rate_key(left);
}

static inline pair_sums *tags_of(const base_scorer *s, const frame_token *left) {
    return &s->memo->tags[left->part_of_speech][left[1].part_of_speech];
}

/* What token `index`, from -1, and the one behind it tell of each other. key: of their rates. */
static inline void add_neighbours(const base_scorer *s, int64_t index, uint64_t key) {
    const frame_token *left = &s->frame->tokens[index];
    label_sums *to = &s->sums[index];
    pair_sums *tags = tags_of(s, left);
    if (!tags->sides[0].lanes[KNOWN_LANE]) fill_tags(s, left, tags);
    pair_entry *rates = &s->memo->rates[memo_place(key, PAIR_BITS)];
    if (rates->key != key) fill_rates(s, left, rates);
    for (int side = 0; side < 2; side++) {
        label_sums_add(&to[side], &tags->sides[side]);
        label_sums_add(&to[side], &rates->sums.sides[side]);
    }
}

/* Asks for what a token will need; returns the key of its rates. */
static inline uint64_t ask_for_token(const base_scorer *s, int64_t index) {
    const frame_token *t = &s->frame->tokens[index];
    const char *row = (const char *)row_of(s, t);
    uint64_t key = base_rate_key(t);
    __builtin_prefetch(row);
    __builtin_prefetch(row + sizeof(word_row) - 1);
    __builtin_prefetch(lemma_of(s, t));
    __builtin_prefetch(tags_of(s, t));
    __builtin_prefetch(&s->memo->rates[memo_place(key, PAIR_BITS)]);
    return key;
}

static void add_words(const base_scorer *s) {
    enum { AHEAD = 16 };
    int64_t count = s->frame->token_count, end = count + WORD_REACH;
    uint64_t keys[AHEAD];
    for (int64_t i = -WORD_REACH - AHEAD; i < end; i++) {
        if (i >= -WORD_REACH) add_word(s, i);
        if (i >= -1 && i < count) add_neighbours(s, i, keys[(uint64_t)i % AHEAD]);
        if (i + AHEAD < end) keys[(uint64_t)i % AHEAD] = ask_for_token(s, i + AHEAD);
    }
}

/* --- what the token's place adds ------------------------------------------------------------ */

/* The sums of a key of 32 bits, or an entry for them that is another's. */
static inline label_sums *sums_at(label_sums *table, uint32_t key, bool *known) {
    label_sums *sums = &table[memo_place(key, PART_BITS)];
    uint32_t kept;
    memcpy(&kept, &sums->lanes[KNOWN_LANE], sizeof kept);
    *known = kept == key;
    memcpy(&sums->lanes[KNOWN_LANE], &key, sizeof key);
    return sums;
}

static inline void add_place(base_scorer *s, uint32_t index) {
    uint64_t hashes[BASE_FEATURES_MAX];
    const frame_token *t = &s->frame->tokens[index];
    label_sums *to = &s->sums[index];
    label_sums *names = &s->memo->names[t[-1].name_class][t->name_class][t[1].name_class];
    if (!names->lanes[KNOWN_LANE]) {
        sum_features(s, hashes, base_name_features(t, hashes), names);
        names->lanes[KNOWN_LANE] = 1;
    }
    label_sums_add(to, names);
    bool known;
    label_sums *marks = sums_at(s->memo->marks, base_mark_key(t), &known);
    if (!known) sum_features(s, hashes, base_mark_features(t, hashes), marks);
    label_sums_add(to, marks);
    label_sums *place = sums_at(s->memo->places, base_place_key(s->frame, index), &known);
    if (!known) sum_features(s, hashes, base_place_features(s->frame, index, hashes), place);
    label_sums_add(to, place);
    label_sums *shape = sums_at(s->memo->shapes, base_shape_key(t), &known);
    if (!known) sum_features(s, hashes, base_shape_features(t, hashes), shape);
    label_sums_add(to, shape);
    uint64_t sentence_key = (uint64_t)t->sentence << 16 | (uint64_t)t->mark << 8 | t->quoted;
    if (s->sentence_key != sentence_key) {
        uint32_t key = base_sentence_key(s->frame, t);
        label_sums *found = sums_at(s->memo->sentences, key, &known);
        if (!known) sum_features(s, hashes, base_sentence_features(s->frame, t, hashes), found);
        s->sentence = found;
        s->sentence_key = sentence_key;
    }
    label_sums_add(to, s->sentence);
}

/* --- scores --------------------------------------------------------------------------------- */

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
    const keep_key key = {"base sums", model_file_checksum(model->file), 0};
    *out = (base_scores){.cues = arena_alloc_raw(memory, count, sizeof *out->cues)};
    base_scorer s = {.sentence_key = UINT64_MAX,
                     .model = model,
                     .frame = frame,
                     .memo = arena_keep(memory, key, sizeof *s.memo),
                     .sums =
                         arena_alloc(memory, count + 4 * (size_t)WORD_REACH + 1, sizeof *s.sums)};
    if (!out->cues || !s.memo || !s.sums) return error_no_memory(err);
    s.sentence = s.memo->sentences; /* of no token: none has the key that stands there first */
    s.sums += 2 * WORD_REACH;
    out->sums = s.sums;
    add_words(&s);
    for (uint32_t i = 0; i < count; i++)
        add_place(&s, i);
    float scale = base_sums_scale(model);
    for (uint32_t i = 0; i < count; i++) {
        const int16_t *sum = s.sums[i].lanes;
        out->cues[i][0] = 0;
        for (int l = 1; l < CUE_LABELS; l++)
            out->cues[i][l] = (float)sum[l - 1] * scale;
    }
    add_pairs(model, frame, out->cues);
    return WHOSAID_OK;
}
