/* Scoring without a list of features: each is looked up and added as it comes. Words that were
 * there before, in this article or an earlier one of the thread, and their characters come as
 * numbers that were looked up then.
 *
 * A sum has the same bits in whatever order it is made: weights have 6 decimals, so that as floats
 * they are multiples of 2^-43, and doubles below 2^10 hold all of those. */
#include "base/error.h"
#include "base/hash.h"
#include "stance/key_set.h"
#include "stance/stance_model.h"

enum {
    BATCH = 64, /* features are looked up together */
    DOUBLED = 256,
    WORD_BITS = 64,
    KEPT_NUMBERS = 46, /* in 256 bytes: words of 15 characters, 8 where all are unknown */
    CUE_PLACES = 1 << 10,
    MARK_PLACES = 1 << 6,
    CACHE_LINE_BYTES = 64,
    LONG_WORD = 5,      /* more letters show more numbers than two lines hold */
    KEY_NUMBERS = 2,    /* a key takes the room of two numbers */
    FIRST_UNKNOWN = 256 /* slots */
};

/* A word by itself, and its characters: the numbers of those that the model knows, then the keys of
 * the others. */
typedef struct kept_word {
    uint64_t hash;      /* of the word; 0: free */
    uint64_t statement; /* the last that its characters were added to */
    uint32_t own;       /* number of the word, or FEATURE_UNKNOWN */
    uint16_t known, unknown;
    float own_weights[STANCE_ROW_STEP];
    double sums[STANCE_ROW_STEP]; /* of the weights of all that are known, for so many labels */
    uint32_t numbers[KEPT_NUMBERS];
} kept_word;

/* What a thread keeps. */
typedef struct kept_words {
    kept_word contents[WORD_PLACES];
    kept_word cues[CUE_PLACES]; /* these words are few: each is where its hash says */
    kept_word marks[MARK_PLACES];
    uint64_t statements; /* scored so far */
} kept_words;

/* What waits until memory has answered. */
typedef struct queue {
    size_t asked; /* features */
    uint64_t keys[BATCH];
    uint8_t groups[BATCH];
    size_t doubled; /* characters that were added twice and are taken off once */
    uint32_t numbers[DOUBLED];
} queue;

/* The sums of a statement's weights, group by group. */
typedef struct adder {
    const stance_model *model;
    kept_words *kept;
    queue *queue;
    uint64_t *seen;  /* bit n: the feature with number n was added */
    key_set unknown; /* features that the model does not know */
    bool out_of_memory;
    size_t sizes[GROUP_COUNT];
    double *sums; /* [group][the model's stride] */
} adder;

static double *sums_of(const adder *a, feature_group group) {
    return a->sums + group * a->model->stride;
}

static void add_row(double *sums, const float *weights, size_t stride) {
    for (size_t k = 0; k < stride; k += STANCE_ROW_STEP)
        for (size_t i = k; i < k + STANCE_ROW_STEP; i++)
            sums[i] += (double)weights[i];
}

/* Notes a feature that the model knows; true the first time in a statement. */
static bool is_first(adder *a, uint32_t number) {
    uint64_t *bits = &a->seen[number / WORD_BITS];
    uint64_t before = *bits;
    *bits |= (uint64_t)1 << number % WORD_BITS;
    return before != *bits;
}

static void add_known(adder *a, feature_group group, uint32_t number) {
    if (!is_first(a, number)) return;
    a->sizes[group]++;
    add_row(sums_of(a, group), stance_model_row(a->model, number), a->model->stride);
}

static void add_unknown(adder *a, feature_group group, uint64_t key) {
    bool is_new;
    if (!key_set_add(&a->unknown, key, &is_new)) a->out_of_memory = true;
    a->sizes[group] += is_new;
}

static void add_feature(adder *a, feature_group group, uint64_t key, uint32_t number) {
    if (number == FEATURE_UNKNOWN)
        add_unknown(a, group, key);
    else
        add_known(a, group, number);
}

/* The numbers of features that were asked for; asks for their weights. Returns how many are known.
 */
static size_t find_numbers(const stance_model *m, const uint64_t *keys, const uint8_t *groups,
                           size_t count, uint32_t *numbers) {
    size_t known = 0;
    for (size_t i = 0; i < count; i++) {
        numbers[i] = feature_dictionary_find(m->dictionary, (feature_group)groups[i], keys[i]);
        if (numbers[i] == FEATURE_UNKNOWN) continue;
        __builtin_prefetch(stance_model_row(m, numbers[i]));
        known++;
    }
    return known;
}

static void add_asked(adder *a) {
    queue *q = a->queue;
    uint32_t numbers[BATCH];
    find_numbers(a->model, q->keys, q->groups, q->asked, numbers);
    for (size_t i = 0; i < q->asked; i++)
        add_feature(a, (feature_group)q->groups[i], q->keys[i], numbers[i]);
    q->asked = 0;
}

/* Looking up waits for memory: all are asked for before the first is needed. */
static void take(void *context, feature_group group, uint64_t key) {
    adder *a = context;
    queue *q = a->queue;
    feature_dictionary_prefetch(a->model->dictionary, group, key);
    q->keys[q->asked] = key;
    q->groups[q->asked++] = (uint8_t)group;
    if (q->asked == BATCH) add_asked(a);
}

/* ---- kept words ---------------------------------------------------------------------------- */

/* Words are kept with their characters: the words of which group. */
static feature_group group_of_words(feature_group characters) {
    return characters == GROUP_CHARACTERS ? GROUP_WORDS : characters;
}

/* Where a word is kept: it has other features among the characters of another group. */
static kept_word *place_of(kept_words *kept, const word *w, feature_group characters) {
    uint64_t hash = hash_mix(w->hash.value, 0);
    if (characters != GROUP_CHARACTERS) return &kept->cues[hash % CUE_PLACES];
    return w->kind == WORD_MARK ? &kept->marks[hash % MARK_PLACES] : &kept->contents[w->place];
}

static void *unknown_key(kept_word *kept, size_t i) {
    return &kept->numbers[kept->known + KEY_NUMBERS * i];
}

static void fill(const stance_model *m, kept_word *kept, const word *w, const uint64_t *keys,
                 const uint32_t *numbers, size_t count) {
    *kept = (kept_word){.hash = w->hash.value, .own = numbers[0]};
    if (kept->own != FEATURE_UNKNOWN)
        memcpy(kept->own_weights, stance_model_row(m, kept->own), sizeof kept->own_weights);
    for (size_t i = 1; i < count; i++) {
        if (numbers[i] == FEATURE_UNKNOWN) continue;
        kept->numbers[kept->known++] = numbers[i];
        add_row(kept->sums, stance_model_row(m, numbers[i]), STANCE_ROW_STEP);
    }
    for (size_t i = 1; i < count; i++)
        if (numbers[i] == FEATURE_UNKNOWN)
            memcpy(unknown_key(kept, kept->unknown++), &keys[i], sizeof keys[i]);
}

/* Looks up a word and its characters, and keeps them; NULL when they are too many to be kept. */
static kept_word *look_up(const adder *a, const word *w, feature_group group) {
    char padded[FEATURE_NAME_BYTES];
    name_part names[CHARACTERS_MAX];
    uint64_t keys[KEPT_NUMBERS + 1];
    uint8_t groups[KEPT_NUMBERS + 1];
    uint32_t numbers[KEPT_NUMBERS + 1];
    size_t count = 1 + feature_characters(w->text, padded, names);
    if (count - 1 > KEPT_NUMBERS) return NULL;
    groups[0] = (uint8_t)group_of_words(group);
    keys[0] = feature_key(group_of_words(group), w->hash);
    for (size_t i = 1; i < count; i++) {
        groups[i] = (uint8_t)group;
        keys[i] = feature_key(group, names[i - 1].hash);
    }
    for (size_t i = 0; i < count; i++)
        feature_dictionary_prefetch(a->model->dictionary, (feature_group)groups[i], keys[i]);
    size_t known = find_numbers(a->model, keys, groups, count, numbers);
    if (known + KEY_NUMBERS * (count - known) > KEPT_NUMBERS) return NULL;
    kept_word *kept = place_of(a->kept, w, group);
    fill(a->model, kept, w, keys, numbers, count);
    return kept;
}

/* What is kept of a word with its characters in the group, now at the latest; NULL when it cannot
 * be kept. */
static kept_word *find_word(const adder *a, const word *w, feature_group group) {
    kept_word *kept = place_of(a->kept, w, group);
    return kept->hash == w->hash.value && kept->hash ? kept : look_up(a, w, group);
}

static void take_word(void *context, feature_group group, const word *w) {
    adder *a = context;
    bool has_characters = group == GROUP_WORDS || group == GROUP_CUE;
    const kept_word *kept =
        has_characters ? find_word(a, w, group == GROUP_CUE ? GROUP_CUE : GROUP_CHARACTERS) : NULL;
    if (!kept) {
        take(context, group, feature_key(group, w->hash));
    } else if (kept->own == FEATURE_UNKNOWN) {
        add_unknown(a, group, feature_key(group, w->hash));
    } else if (is_first(a, kept->own)) {
        a->sizes[group]++;
        const float *weights = a->model->stride == STANCE_ROW_STEP
                                   ? kept->own_weights
                                   : stance_model_row(a->model, kept->own);
        add_row(sums_of(a, group), weights, a->model->stride);
    }
}

static void take_off_doubled(adder *a, feature_group group) {
    queue *q = a->queue;
    double *sums = sums_of(a, group);
    for (size_t i = 0; i < q->doubled; i++) {
        const float *weights = stance_model_row(a->model, q->numbers[i]);
        for (size_t k = 0; k < STANCE_ROW_STEP; k++)
            sums[k] -= (double)weights[k];
    }
    q->doubled = 0;
}

/* Adds all characters that the model knows at once; those that were there before are taken off
 * later, when their weights are at hand. */
static void add_sums(adder *a, feature_group group, const kept_word *kept) {
    queue *q = a->queue;
    size_t doubled = q->doubled;
    for (uint32_t i = 0; i < kept->known; i++) {
        q->numbers[doubled] = kept->numbers[i];
        doubled += !is_first(a, kept->numbers[i]);
    }
    for (size_t i = q->doubled; i < doubled; i++)
        __builtin_prefetch(stance_model_row(a->model, q->numbers[i]));
    a->sizes[group] += kept->known - (doubled - q->doubled);
    q->doubled = doubled;
    double *sums = sums_of(a, group);
    for (size_t k = 0; k < STANCE_ROW_STEP; k++)
        sums[k] += kept->sums[k];
    if (doubled > DOUBLED - KEPT_NUMBERS) take_off_doubled(a, group);
}

static void add_kept(adder *a, feature_group group, kept_word *kept) {
    if (kept->statement == a->kept->statements) return;
    kept->statement = a->kept->statements;
    if (a->model->stride == STANCE_ROW_STEP)
        add_sums(a, group, kept);
    else
        for (uint32_t i = 0; i < kept->known; i++)
            add_known(a, group, kept->numbers[i]);
    for (uint32_t i = 0; i < kept->unknown; i++) {
        uint64_t key;
        memcpy(&key, unknown_key(kept, i), sizeof key);
        add_unknown(a, group, key);
    }
}

/* Of words too long to be kept. */
static void take_one_by_one(adder *a, feature_group group, const word *w) {
    char padded[FEATURE_NAME_BYTES];
    name_part names[CHARACTERS_MAX];
    size_t count = feature_characters(w->text, padded, names);
    for (size_t i = 0; i < count; i++)
        take(a, group, feature_key(group, names[i].hash));
}

static void take_characters(void *context, feature_group group, const word *words, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (words[i].kind == WORD_MARK) continue;
        kept_word *kept = find_word(context, &words[i], group);
        if (kept)
            add_kept(context, group, kept);
        else
            take_one_by_one(context, group, &words[i]);
    }
    take_off_doubled(context, group);
}

/* Asks for what is kept of the words: memory takes long to answer. */
static void expect_words(void *context, feature_group group, const word *words, size_t count) {
    const adder *a = context;
    for (size_t i = 0; i < count; i++) {
        const char *at = (const char *)place_of(a->kept, &words[i], group);
        __builtin_prefetch(at);
        __builtin_prefetch(at + CACHE_LINE_BYTES);
        if (words[i].text.len > LONG_WORD) __builtin_prefetch(at + 2 * CACHE_LINE_BYTES);
    }
}

/* ---- a statement --------------------------------------------------------------------------- */

/* Zeroed memory. That of a loaded model stays with the thread: what is kept there holds for the
 * same dictionary and weights. */
static void *lasting(const stance_model *m, arena *memory, const char *what, size_t size) {
    if (!m->identity) return arena_alloc(memory, size, 1);
    return arena_keep(memory, (keep_key){what, m->identity, feature_dictionary_size(m->dictionary)},
                      size);
}

/* The biases, and the sums times the values of their groups. */
static void weigh(const adder *a, double *margins) {
    const stance_model *m = a->model;
    double values[GROUP_COUNT];
    feature_values(a->sizes, &m->settings, values);
    for (size_t k = 0; k < m->target->label_count; k++) {
        margins[k] = m->biases[k];
        for (int g = 0; g < GROUP_COUNT; g++)
            margins[k] += sums_of(a, (feature_group)g)[k] * values[g];
    }
}

static size_t seen_bytes(const stance_model *m) {
    return (feature_dictionary_size(m->dictionary) / WORD_BITS + 1) * sizeof(uint64_t);
}

/* Gets an adder ready. False when memory is out. */
static bool start(adder *a, const stance_model *m, queue *q, arena *memory) {
    q->asked = q->doubled = 0;
    *a = (adder){.model = m,
                 .queue = q,
                 .kept = lasting(m, memory, "stance words", sizeof(kept_words)),
                 .seen = lasting(m, memory, "stance features", seen_bytes(m)),
                 .sums = ARENA_NEW(memory, double, GROUP_COUNT * m->stride)};
    if (!a->kept || !a->seen || !a->sums || !key_set_start(&a->unknown, FIRST_UNKNOWN, memory))
        return false;
    a->kept->statements++;
    return true;
}

whosaid_status stance_model_score(const stance_model *m, const feature_text *text,
                                  const statement *said, arena *memory, double *margins,
                                  whosaid_error *err) {
    adder a;
    queue q;
    if (!start(&a, m, &q, memory)) return error_no_memory(err);
    const feature_sink sink = {take, take_word, expect_words, take_characters, &a};
    whosaid_status status = feature_stream(text, said, &m->settings, &sink, memory, err);
    add_asked(&a);
    if (status == WHOSAID_OK && a.out_of_memory) status = error_no_memory(err);
    memset(a.seen, 0, seen_bytes(m)); /* the next statement finds zeros */
    if (status == WHOSAID_OK) weigh(&a, margins);
    return status;
}
