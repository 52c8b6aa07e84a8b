/* Scoring without a list of features: each is looked up and added as it comes. The characters of
 * words that were there before, in this article or an earlier one of the thread, come as numbers
 * that were looked up then. */
#include "base/error.h"
#include "base/hash.h"
#include "stance/key_set.h"
#include "stance/stance_model.h"
#include "stance/word_places.h"

enum {
    CHUNK = 16, /* features are looked up together */
    WORD_BITS = 64,
    KEPT_NUMBERS = 54, /* in 256 bytes: words of 17 characters, 8 where all are unknown */
    CACHE_LINE_BYTES = 64,
    KEY_NUMBERS = 2,    /* a key takes the room of two numbers */
    FIRST_UNKNOWN = 512 /* slots */
};

/* The characters of a word: the numbers of those that the model knows from the front, the keys of
 * others from the back. Whether a word is kept changes no bit of a sum: one that fits is summed
 * here first in any case. */
typedef struct kept_word {
    uint32_t known, unknown;
    double sums[STANCE_ROW_STEP]; /* of the weights of all that are known, for so many labels */
    uint32_t numbers[KEPT_NUMBERS];
} kept_word;

/* The sums of a statement's weights, group by group. */
typedef struct adder {
    const stance_model *model;
    word_places *places;
    kept_word *kept;             /* [WORD_PLACES] */
    uint64_t *seen;              /* bit n: the characters with number n were added */
    size_t seen_first, seen_end; /* words of bits that are not all 0 */
    key_set unknown;             /* features that the model does not know */
    double sums[GROUP_COUNT][TARGET_MAX_LABELS];
    size_t sizes[GROUP_COUNT];
    uint64_t keys[2 * CHUNK]; /* asked for and not yet added */
    uint8_t groups[2 * CHUNK];
    size_t waiting;
    bool out_of_memory;
} adder;

static void add_weights(adder *a, feature_group group, uint32_t number) {
    const float *weights = stance_model_row(a->model, number);
    double *sums = a->sums[group];
    for (size_t k = 0; k < a->model->stride; k += STANCE_ROW_STEP)
        for (size_t i = k; i < k + STANCE_ROW_STEP; i++)
            sums[i] += (double)weights[i];
}

/* Counts a feature that the model knows once a statement; true the first time. */
static bool is_first(adder *a, feature_group group, uint32_t number) {
    size_t at = number / WORD_BITS;
    uint64_t bit = (uint64_t)1 << (number % WORD_BITS);
    if (a->seen[at] & bit) return false;
    a->seen[at] |= bit;
    if (at < a->seen_first) a->seen_first = at;
    if (at >= a->seen_end) a->seen_end = at + 1;
    a->sizes[group]++;
    return true;
}

static void add_unknown(adder *a, feature_group group, uint64_t key) {
    bool is_new;
    if (!key_set_add(&a->unknown, key, &is_new)) a->out_of_memory = true;
    a->sizes[group] += is_new;
}

static void add_feature(adder *a, feature_group group, uint64_t key, uint32_t number) {
    if (number == FEATURE_UNKNOWN)
        add_unknown(a, group, key);
    else if (is_first(a, group, number))
        add_weights(a, group, number);
}

/* Adds the features that have waited longest. */
static void add_waiting(adder *a, size_t count) {
    uint32_t numbers[2 * CHUNK];
    for (size_t i = 0; i < count; i++) {
        numbers[i] = feature_dictionary_find(a->model->dictionary, a->keys[i]);
        if (numbers[i] != FEATURE_UNKNOWN)
            __builtin_prefetch(stance_model_row(a->model, numbers[i]));
    }
    for (size_t i = 0; i < count; i++)
        add_feature(a, (feature_group)a->groups[i], a->keys[i], numbers[i]);
    a->waiting -= count;
    memmove(a->keys, a->keys + count, a->waiting * sizeof *a->keys);
    memmove(a->groups, a->groups + count, a->waiting * sizeof *a->groups);
}

/* Looking up waits for memory: the next chunk is asked for before one is needed. */
static void take(void *context, feature_group group, uint64_t key) {
    adder *a = context;
    feature_dictionary_prefetch(a->model->dictionary, key);
    a->keys[a->waiting] = key;
    a->groups[a->waiting++] = (uint8_t)group;
    if (a->waiting == 2 * CHUNK) add_waiting(a, CHUNK);
}

/* The numbers of the names, FEATURE_UNKNOWN among them. Looking up waits for memory: all are asked
 * for before the first is needed. */
static void find_all(const stance_model *m, const name_part *names, size_t count, uint64_t *keys,
                     uint32_t *numbers) {
    for (size_t i = 0; i < count; i++) {
        keys[i] = feature_key(GROUP_CHARACTERS, names[i].hash);
        feature_dictionary_prefetch(m->dictionary, keys[i]);
    }
    for (size_t i = 0; i < count; i++) {
        numbers[i] = feature_dictionary_find(m->dictionary, keys[i]);
        if (numbers[i] != FEATURE_UNKNOWN) __builtin_prefetch(stance_model_row(m, numbers[i]));
    }
}

/* Whether the characters of a word are few enough to be kept; then they are. */
static bool keep(const adder *a, kept_word *kept, const uint64_t *keys, const uint32_t *numbers,
                 size_t count) {
    size_t known = 0;
    for (size_t i = 0; i < count; i++)
        known += numbers[i] != FEATURE_UNKNOWN;
    if (known + KEY_NUMBERS * (count - known) > KEPT_NUMBERS) return false;
    *kept = (kept_word){0};
    for (size_t i = 0; i < count; i++) {
        if (numbers[i] == FEATURE_UNKNOWN) {
            memcpy(&kept->numbers[KEPT_NUMBERS - KEY_NUMBERS * ++kept->unknown], &keys[i],
                   sizeof keys[i]);
            continue;
        }
        kept->numbers[kept->known++] = numbers[i];
        const float *weights = stance_model_row(a->model, numbers[i]);
        for (size_t k = 0; k < STANCE_ROW_STEP; k++)
            kept->sums[k] += (double)weights[k];
    }
    return true;
}

/* Looks up the characters of a word and keeps them, or adds them one by one and gives NULL. */
static const kept_word *look_up(adder *a, const word *w) {
    char padded[FEATURE_NAME_BYTES];
    name_part names[CHARACTERS_MAX];
    uint64_t keys[CHARACTERS_MAX];
    uint32_t numbers[CHARACTERS_MAX];
    size_t count = feature_characters(w->text, padded, names);
    find_all(a->model, names, count, keys, numbers);
    kept_word *kept = &a->kept[word_places_take(a->places, w->hash.value)];
    if (keep(a, kept, keys, numbers, count)) return kept;
    word_places_forget(a->places, (size_t)(kept - a->kept));
    for (size_t i = 0; i < count; i++)
        add_feature(a, GROUP_CHARACTERS, keys[i], numbers[i]);
    return NULL;
}

/* All that the model knows at once, less what was there before. */
static void add_known(adder *a, const kept_word *kept) {
    double *sums = a->sums[GROUP_CHARACTERS];
    for (size_t k = 0; k < STANCE_ROW_STEP; k++)
        sums[k] += kept->sums[k];
    for (uint32_t i = 0; i < kept->known; i++) {
        if (is_first(a, GROUP_CHARACTERS, kept->numbers[i])) continue;
        const float *weights = stance_model_row(a->model, kept->numbers[i]);
        for (size_t k = 0; k < STANCE_ROW_STEP; k++)
            sums[k] -= (double)weights[k];
    }
}

static void add_word(adder *a, const word *w) {
    size_t place = word_places_find(a->places, w->hash.value);
    const kept_word *kept = place < WORD_PLACES ? &a->kept[place] : look_up(a, w);
    if (!kept) return;
    word_places_ask(a->places, (size_t)(kept - a->kept));
    if (a->model->stride == STANCE_ROW_STEP)
        add_known(a, kept);
    else
        for (uint32_t i = 0; i < kept->known; i++)
            if (is_first(a, GROUP_CHARACTERS, kept->numbers[i]))
                add_weights(a, GROUP_CHARACTERS, kept->numbers[i]);
    for (uint32_t i = 1; i <= kept->unknown; i++) {
        uint64_t key;
        memcpy(&key, &kept->numbers[KEPT_NUMBERS - KEY_NUMBERS * i], sizeof key);
        add_unknown(a, GROUP_CHARACTERS, key);
    }
}

/* Asks for what is kept of the words: memory takes long to answer. */
static void expect_characters(void *context, const word *words, size_t count) {
    const adder *a = context;
    for (size_t i = 0; i < count; i++)
        word_places_prefetch(a->places, words[i].hash.value);
    for (size_t i = 0; i < count; i++) {
        size_t place = word_places_find(a->places, words[i].hash.value);
        if (place == WORD_PLACES) continue;
        __builtin_prefetch(&a->kept[place]);
        __builtin_prefetch((const char *)&a->kept[place] + CACHE_LINE_BYTES);
    }
}

static void take_characters(void *context, const word *words, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (words[i].kind != WORD_MARK) add_word(context, &words[i]);
}

/* Zeroed memory. That of a loaded model stays with the thread: what is kept there holds for the
 * same dictionary and weights. */
static void *lasting(const stance_model *m, arena *memory, uint64_t what, size_t size) {
    if (!m->identity) return arena_alloc(memory, size, 1);
    return arena_keep(memory, hash_mix(m->identity, what), size);
}

whosaid_status stance_model_score(const stance_model *m, const feature_text *text,
                                  const statement *said, arena *memory, double *margins,
                                  whosaid_error *err) {
    size_t labels = m->target->label_count;
    size_t bits = feature_dictionary_size(m->dictionary) / WORD_BITS + 1;
    adder a = {.model = m,
               .places = lasting(m, memory, 1, sizeof(word_places)),
               .kept = lasting(m, memory, 2, WORD_PLACES * sizeof(kept_word)),
               .seen = lasting(m, memory, 3, bits * sizeof(uint64_t)),
               .seen_first = bits};
    if (!a.places || !a.kept || !a.seen || !key_set_start(&a.unknown, FIRST_UNKNOWN, memory))
        return error_no_memory(err);
    const feature_sink sink = {take, expect_characters, take_characters, &a};
    whosaid_status status = feature_stream(text, said, &m->settings, &sink, memory, err);
    add_waiting(&a, a.waiting);
    if (status == WHOSAID_OK && a.out_of_memory) status = error_no_memory(err);
    if (a.seen_first < a.seen_end) /* the next statement finds zeros */
        memset(a.seen + a.seen_first, 0, (a.seen_end - a.seen_first) * sizeof *a.seen);
    if (status != WHOSAID_OK) return status;
    double values[GROUP_COUNT];
    feature_values(a.sizes, &m->settings, values);
    for (size_t k = 0; k < labels; k++) {
        margins[k] = m->biases[k];
        for (int g = 0; g < GROUP_COUNT; g++)
            margins[k] += a.sums[g][k] * values[g];
    }
    return WHOSAID_OK;
}
