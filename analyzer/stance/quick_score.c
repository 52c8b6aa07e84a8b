/* Scoring without a list of features: each is looked up and added as it comes, and the characters
 * of words that the model knows come as numbers that were looked up when it was loaded. */
#include "base/array.h"
#include "base/error.h"
#include "base/hash.h"
#include "stance/stance_model.h"

enum { CHUNK = 32, WORD_BITS = 64 };

/* The numbers of a word's characters: numbers[first .. first + count). */
typedef struct word_slot {
    uint64_t hash; /* of the word; 0: free */
    uint32_t first, count;
} word_slot;

typedef struct word_characters {
    word_slot *slots;
    size_t slot_mask;
    ARRAY(uint32_t) numbers;
} word_characters;

typedef struct indexer {
    stance_model *model;
    word_characters *words;
    bool all_known, out_of_memory;
} indexer;

static void note_characters(void *context, text_view title) {
    indexer *x = context;
    uint32_t number =
        feature_dictionary_find(x->model->dictionary, feature_key(GROUP_CHARACTERS, title));
    if (number == FEATURE_UNKNOWN)
        x->all_known = false;
    else if (!array_push(x->model->arena, &x->words->numbers, number))
        x->out_of_memory = true;
}

static word_slot *slot_of(const word_characters *words, uint64_t hash) {
    size_t at = hash & words->slot_mask;
    while (words->slots[at].hash && words->slots[at].hash != hash)
        at = (at + 1) & words->slot_mask;
    return &words->slots[at];
}

/* Keeps the word if the model knows all of its characters. */
static void index_word(indexer *x, text_view text) {
    uint64_t hash = hash_view(text);
    word_slot *slot = slot_of(x->words, hash);
    if (hash == 0 || slot->hash) return;
    size_t first = x->words->numbers.count;
    x->all_known = true;
    feature_characters(text, note_characters, x);
    if (x->all_known)
        *slot = (word_slot){hash, (uint32_t)first, (uint32_t)(x->words->numbers.count - first)};
    else
        x->words->numbers.count = first;
}

/* Single words of the statements: no pairs, no marks. */
static bool is_word(const feature_dictionary *d, uint32_t number) {
    text_view title = feature_dictionary_name(d, number);
    unsigned char first = title.len ? (unsigned char)title.ptr[0] : 0;
    bool letters = ascii_is_lower(first) || ascii_is_digit(first) || first >= 0xC3;
    return feature_dictionary_group(d, number) == GROUP_WORDS && letters &&
           !memchr(title.ptr, ' ', title.len);
}

bool stance_model_index(stance_model *m) {
    size_t features = feature_dictionary_size(m->dictionary), words = 0, slots = 16;
    for (uint32_t i = 0; i < features; i++)
        words += is_word(m->dictionary, i);
    while (slots < 2 * words + 2)
        slots *= 2;
    m->characters = ARENA_NEW(m->arena, word_characters, 1);
    if (!m->characters) return false;
    m->characters->slots = ARENA_NEW(m->arena, word_slot, slots);
    m->characters->slot_mask = slots - 1;
    if (!m->characters->slots) return false;
    indexer x = {.model = m, .words = m->characters};
    for (uint32_t i = 0; i < features; i++)
        if (is_word(m->dictionary, i)) index_word(&x, feature_dictionary_name(m->dictionary, i));
    return !x.out_of_memory;
}

/* The sums of a statement's weights, group by group. */
typedef struct adder {
    const stance_model *model;
    uint64_t *seen; /* bit n: the characters with number n were added */
    double sums[GROUP_COUNT][TARGET_MAX_LABELS];
    size_t sizes[GROUP_COUNT];
    uint64_t keys[CHUNK]; /* asked for and not yet added */
    uint8_t groups[CHUNK];
    size_t waiting;
} adder;

static void add_weights(adder *a, feature_group group, uint32_t number) {
    size_t labels = a->model->target->label_count;
    const double *weights = a->model->weights + (size_t)number * labels;
    for (size_t k = 0; k < labels; k++)
        a->sums[group][k] += weights[k];
}

/* True when the characters are new; counts them. */
static bool is_new(adder *a, uint32_t number) {
    uint64_t bit = (uint64_t)1 << (number % WORD_BITS), *bits = &a->seen[number / WORD_BITS];
    if (*bits & bit) return false;
    *bits |= bit;
    a->sizes[GROUP_CHARACTERS]++;
    return true;
}

static void add_waiting(adder *a) {
    uint32_t numbers[CHUNK];
    size_t labels = a->model->target->label_count;
    for (size_t i = 0; i < a->waiting; i++) {
        numbers[i] = feature_dictionary_find(a->model->dictionary, a->keys[i]);
        if (numbers[i] != FEATURE_UNKNOWN)
            __builtin_prefetch(a->model->weights + (size_t)numbers[i] * labels);
    }
    for (size_t i = 0; i < a->waiting; i++) {
        feature_group group = (feature_group)a->groups[i];
        bool known = numbers[i] != FEATURE_UNKNOWN;
        if (group != GROUP_CHARACTERS || !known) a->sizes[group]++;
        if (known && (group != GROUP_CHARACTERS || is_new(a, numbers[i])))
            add_weights(a, group, numbers[i]);
    }
    a->waiting = 0;
}

/* Looking up waits for memory: a chunk is asked for before its first is needed. */
static void take(void *context, feature_group group, uint64_t key) {
    adder *a = context;
    feature_dictionary_prefetch(a->model->dictionary, key);
    a->keys[a->waiting] = key;
    a->groups[a->waiting++] = (uint8_t)group;
    if (a->waiting == CHUNK) add_waiting(a);
}

static bool take_characters(void *context, uint64_t word_hash) {
    adder *a = context;
    const word_characters *words = a->model->characters;
    const word_slot *slot = slot_of(words, word_hash);
    if (slot->hash == 0) return false;
    const uint32_t *numbers = words->numbers.items + slot->first;
    for (size_t i = 0; i < slot->count; i++)
        if (is_new(a, numbers[i])) add_weights(a, GROUP_CHARACTERS, numbers[i]);
    return true;
}

whosaid_status stance_model_score(const stance_model *m, const feature_text *text,
                                  const statement *said, arena *memory, double *margins,
                                  whosaid_error *err) {
    size_t labels = m->target->label_count;
    size_t bits = feature_dictionary_size(m->dictionary) / WORD_BITS + 1;
    adder a = {.model = m, .seen = ARENA_NEW(memory, uint64_t, bits)};
    if (!a.seen) return error_no_memory(err);
    const feature_sink sink = {take, take_characters, &a};
    whosaid_status status = feature_stream(text, said, &m->settings, &sink, memory, err);
    if (status != WHOSAID_OK) return status;
    add_waiting(&a);
    double values[GROUP_COUNT];
    feature_values(a.sizes, &m->settings, values);
    for (size_t k = 0; k < labels; k++) {
        margins[k] = m->biases[k];
        for (int g = 0; g < GROUP_COUNT; g++)
            margins[k] += a.sums[g][k] * values[g];
    }
    return WHOSAID_OK;
}
