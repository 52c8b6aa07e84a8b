#include "tag/tagger_training.h"

#include "base/error.h"
#include "base/folder.h"
#include "base/hash.h"
#include "base/model_file.h"
#include "tag/learner.h"
#include "tag/tag_features.h"
#include "tag/tag_model.h"
#include "tag/tag_steps.h"
#include "tag/training_view.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* A word is certain when it was seen so often, and in all but one case of so many with one part of
 * speech. */
enum { CERTAIN_COUNT = 10, CERTAIN_EXCEPTIONS = 200 };

typedef struct certain_word {
    uint64_t key; /* 0: empty */
    uint32_t counts[PART_OF_SPEECH_COUNT];
} certain_word;

typedef struct certain_words {
    certain_word *slots; /* [slot_count] */
    size_t slot_count;
} certain_words;

typedef struct training {
    silver *data;
    const lexicon *words;
    const tagger_training_options *options;
    void (*progress)(const char *line);
    learner *speech, *names;
    certain_words certain;
    size_t guessed[PART_OF_SPEECH_COUNT]; /* tokens of each part of speech that are not certain */
    uint64_t allowed;                     /* bits of the parts of speech that are guessed */
    uint32_t *order;                      /* [articles] shuffled each round */
    arena *scratch;
} training;

tagger_training_options tagger_training_options_default(void) {
    return (tagger_training_options){.seed = 1,
                                     .rounds = 8,
                                     .min_count = 3,
                                     .speech_features = 24000,
                                     .name_features = 40000,
                                     .speech_step = 0.03f,
                                     .name_step = 0.01f};
}

/* --- certain words --- */

static certain_word *certain_find(const certain_words *words, uint64_t key) {
    size_t at = (size_t)(key >> 11) & (words->slot_count - 1);
    while (words->slots[at].key && words->slots[at].key != key)
        at = (at + 1) & (words->slot_count - 1);
    return &words->slots[at];
}

static bool certain_start(training *t) {
    size_t tokens = 0;
    for (size_t i = 0; i < silver_size(t->data); i++)
        tokens += silver_at(t->data, i)->article.token_count;
    t->certain.slot_count = 1 << 12;
    while (t->certain.slot_count < tokens / 4) /* a new word in eight tokens at most */
        t->certain.slot_count *= 2;
    t->certain.slots = calloc(t->certain.slot_count, sizeof *t->certain.slots);
    return t->certain.slots != NULL;
}

static part_of_speech certain_of(const certain_word *word) {
    uint32_t all = 0, best = 0;
    for (uint32_t i = 0; i < PART_OF_SPEECH_COUNT; i++) {
        all += word->counts[i];
        if (word->counts[i] > word->counts[best]) best = i;
    }
    bool certain =
        all >= CERTAIN_COUNT && (uint64_t)(all - word->counts[best]) * CERTAIN_EXCEPTIONS <= all;
    return certain ? (part_of_speech)best : POS_NONE;
}

static part_of_speech certain_speech(const training *t, uint64_t key) {
    if (!key) return POS_NONE;
    const certain_word *word = certain_find(&t->certain, key);
    return word->key ? certain_of(word) : POS_NONE;
}

/* --- one article --- */

static void count_certain(training *t, const training_view *v) {
    for (size_t s = 0; s < v->article.sentence_count; s++) {
        tag_context c = tag_context_of(&v->article, &v->profile, s);
        for (uint32_t i = c.range.first; i < c.range.end; i++) {
            uint64_t key = speech_word_key(&v->profile.words[i]);
            if (!key || v->source->part_of_speech[i] == SILVER_NONE) continue;
            certain_word *word = certain_find(&t->certain, key);
            word->key = key;
            word->counts[v->source->part_of_speech[i]]++;
        }
    }
}

/* Counts the features of the data as they are with all labels right. */
static bool count_features(training *t, const training_view *v) {
    uint64_t keys[NAME_FEATURES_MAX];
    const silver_article *source = v->source;
    token *tokens = v->article.tokens;
    for (uint32_t i = 0; i < v->article.token_count; i++) {
        bool known = source->part_of_speech[i] != SILVER_NONE;
        tokens[i].part_of_speech = known ? source->part_of_speech[i] : POS_NN;
        tokens[i].name_class = known ? source->name_class[i] : NAME_NONE;
    }
    for (size_t s = 0; s < v->article.sentence_count; s++) {
        tag_context c = tag_context_of(&v->article, &v->profile, s);
        for (uint32_t i = c.range.first; i < c.range.end; i++) {
            bool certain = tokens[i].quote_mark != QUOTE_MARK_NONE ||
                           certain_speech(t, speech_word_key(&v->profile.words[i]));
            t->guessed[tokens[i].part_of_speech] += !certain;
            if (!certain && !learner_count(t->speech, keys, speech_features(&c, i, keys)))
                return false;
            if (!name_is_possible(&c, i)) continue;
            name_view view = name_view_of(&c, i);
            if (!learner_count(t->names, keys, name_features(&view, keys))) return false;
            note_name(&v->profile, i, (name_class)tokens[i].name_class);
        }
        note_long_names(&v->article, &v->profile, c.range);
    }
    return true;
}

/* Tags the sentence; with `learn`, corrects the weights after each word. The guesses, not the
 * silver labels, are the context of the next word, as they are when tagging. */
static void pass_speech(training *t, const training_view *v, const tag_context *c, bool learn) {
    uint64_t keys[SPEECH_FEATURES_MAX];
    token *tokens = v->article.tokens;
    for (uint32_t i = c->range.first; i < c->range.end; i++) {
        size_t guess = quote_mark_speech((quote_mark)tokens[i].quote_mark);
        if (!guess) guess = certain_speech(t, speech_word_key(&v->profile.words[i]));
        if (!guess) {
            size_t count = speech_features(c, i, keys), gold = v->source->part_of_speech[i];
            guess = learn && gold != SILVER_NONE && t->allowed >> gold & 1
                        ? learner_learn(t->speech, keys, count, t->allowed, gold)
                        : learner_best(t->speech, keys, count, t->allowed);
        }
        tokens[i].part_of_speech = (uint8_t)guess;
    }
}

static void pass_names(training *t, const training_view *v, const tag_context *c) {
    uint64_t keys[NAME_FEATURES_MAX];
    token *tokens = v->article.tokens;
    for (uint32_t i = c->range.first; i < c->range.end; i++) {
        tokens[i].name_class = NAME_NONE;
        if (!name_is_possible(c, i)) continue;
        name_view view = name_view_of(c, i);
        size_t count = name_features(&view, keys), gold = v->source->name_class[i];
        unsigned allowed = name_classes_at(c, i);
        size_t guess = gold != SILVER_NONE && allowed >> gold & 1
                           ? learner_learn(t->names, keys, count, allowed, gold)
                           : learner_best(t->names, keys, count, allowed);
        tokens[i].name_class = (uint8_t)guess;
        note_name(&v->profile, i, (name_class)guess);
    }
    note_long_names(&v->article, &v->profile, c->range);
}

/* --- rounds --- */

typedef bool visit(training *t, const training_view *v);

static bool visit_certain(training *t, const training_view *v) {
    count_certain(t, v);
    return true;
}

static bool visit_speech(training *t, const training_view *v) {
    for (size_t s = 0; s < v->article.sentence_count; s++) {
        tag_context c = tag_context_of(&v->article, &v->profile, s);
        pass_speech(t, v, &c, true);
    }
    return true;
}

static bool visit_names(training *t, const training_view *v) {
    for (size_t s = 0; s < v->article.sentence_count; s++) {
        tag_context c = tag_context_of(&v->article, &v->profile, s);
        pass_speech(t, v, &c, false);
        pass_names(t, v, &c);
    }
    return true;
}

/* Visits all articles in the order of t->order; `change` seeds what is changed in them. */
static bool visit_all(training *t, visit *one, const view_changes *changes) {
    for (size_t i = 0; i < silver_size(t->data); i++) {
        training_view view;
        /* NOLINTNEXTLINE(clang-analyzer-core.CallAndMessage): the order holds them all */
        bool done = training_view_make(silver_at(t->data, t->order[i]), t->words, changes,
                                       hash_mix(changes->seed, t->order[i]), t->scratch, &view) &&
                    one(t, &view);
        arena_reset(t->scratch);
        if (!done) return false;
    }
    return true;
}

static void shuffle(uint32_t *items, size_t count, uint64_t seed) {
    for (size_t i = count; i > 1; i--) {
        seed = hash_mix(seed, i);
        size_t j = (size_t)((seed >> 16) % i);
        uint32_t moved = items[i - 1];
        items[i - 1] = items[j];
        items[j] = moved;
    }
}

static void tell(const training *t, const char *what, uint32_t round, size_t features) {
    char line[128];
    if (!t->progress) return;
    snprintf(line, sizeof line, "%s: round %u of %u, %zu features", what, round, t->options->rounds,
             features);
    t->progress(line);
}

static bool rounds(training *t, visit *one, learner *p, const char *what) {
    for (uint32_t round = 1; round <= t->options->rounds; round++) {
        uint64_t seed = hash_mix(t->options->seed, round);
        view_changes changes = view_changes_for_training(seed);
        shuffle(t->order, silver_size(t->data), seed);
        if (!visit_all(t, one, &changes)) return false;
        tell(t, what, round, learner_size(p));
    }
    learner_average(p);
    return true;
}

/* Two times the rounds: with all features to see which matter, then with those only. */
static bool learn(training *t, visit *one, learner *p, size_t features, const char *what) {
    return learner_freeze(p, t->options->min_count) && rounds(t, one, p, what) &&
           learner_select(p, features) && rounds(t, one, p, what);
}

/* A row has room for the commonest only; what is left out are marks and foreign words. */
static void choose_labels(training *t) {
    for (int column = 0; column < SPEECH_COLUMNS; column++) {
        uint32_t best = POS_NONE;
        for (uint32_t i = POS_NONE + 1; i < PART_OF_SPEECH_COUNT; i++) {
            bool open = !(t->allowed >> i & 1);
            if (open && (best == POS_NONE || t->guessed[i] > t->guessed[best])) best = i;
        }
        t->allowed |= 1ull << best;
    }
}

static bool train_all(training *t) {
    view_changes none = {0}, changed = view_changes_for_training(t->options->seed);
    size_t count = silver_size(t->data);
    t->order = malloc(count * sizeof *t->order);
    t->scratch = arena_new();
    t->speech = learner_new(PART_OF_SPEECH_COUNT, t->options->speech_step);
    t->names = learner_new(NAME_CLASS_COUNT, t->options->name_step);
    if (!t->order || !t->scratch || !t->speech || !t->names || !certain_start(t)) return false;
    for (size_t i = 0; i < count; i++)
        t->order[i] = (uint32_t)i;
    if (!visit_all(t, visit_certain, &none) || !visit_all(t, count_features, &none) ||
        !visit_all(t, count_features, &changed))
        return false;
    choose_labels(t);
    return learn(t, visit_speech, t->speech, t->options->speech_features, "part of speech") &&
           learn(t, visit_names, t->names, t->options->name_features, "names");
}

/* --- writing --- */

typedef struct tables {
    speech_line *index;
    uint8_t (*rows)[SPEECH_COLUMNS];
    name_line *names;
    uint8_t labels[SPEECH_COLUMNS];
    uint32_t index_count, row_count, name_count; /* lines, rows, lines */
} tables;

/* How full lines are on average: fuller ones would leave more features out. */
enum { SPEECH_LINE_LOAD = 3, NAME_LINE_LOAD = 2 };

static float largest_weight(const learner *p, size_t labels) {
    float largest = 0;
    for (size_t f = 0; f < learner_size(p); f++)
        for (size_t i = 0; i < labels; i++)
            largest = fmaxf(largest, fabsf(learner_weights(p, f)[i]));
    return largest > 0 ? largest : 1;
}

/* Differences of weights may be larger than the largest weight; those few are cut. */
static int small_weight(float weight, float largest) {
    return (int)lrintf(fmaxf(-1, fminf(1, weight / largest)) * 127);
}

/* The slot for a key, or -1 when a key that looks the same comes first or the line is full. */
static int free_slot(const uint16_t *checks, int slots, uint64_t key) {
    for (int slot = 0; slot < slots; slot++) {
        if (checks[slot] == feature_line_check(key)) return -1;
        if (checks[slot] == 0) return slot;
    }
    return -1;
}

static void index_row(tables *out, uint64_t key, size_t row) {
    speech_line *line = &out->index[feature_line_index(key, out->index_count)];
    int slot = free_slot(line->checks, SPEECH_SLOTS, key);
    if (slot < 0) return;
    line->checks[slot] = feature_line_check(key);
    line->rows[slot] = (uint16_t)row;
}

static void fill_speech(const training *t, tables *out) {
    size_t columns = 0;
    for (uint32_t i = 0; i < PART_OF_SPEECH_COUNT; i++)
        if (t->allowed >> i & 1) out->labels[columns++] = (uint8_t)i;
    for (size_t i = 0; i < t->certain.slot_count; i++) {
        const certain_word *word = &t->certain.slots[i];
        part_of_speech speech = word->key ? certain_of(word) : POS_NONE;
        if (speech) index_row(out, word->key, FIRST_CERTAIN + (size_t)speech);
    }
    float largest = largest_weight(t->speech, PART_OF_SPEECH_COUNT);
    memset(out->rows[0], 128, sizeof out->rows[0]);
    for (size_t f = 0; f < learner_size(t->speech); f++) {
        const float *weights = learner_weights(t->speech, f);
        for (size_t c = 0; c < SPEECH_COLUMNS; c++)
            out->rows[f + 1][c] = (uint8_t)(small_weight(weights[out->labels[c]], largest) + 128);
        index_row(out, learner_key(t->speech, f), f + 1);
    }
}

/* Weights of the classes relative to that of NAME_NONE, which needs no place then. */
static void fill_names(const training *t, tables *out) {
    float largest = largest_weight(t->names, NAME_CLASS_COUNT);
    for (size_t f = 0; f < learner_size(t->names); f++) {
        const float *weights = learner_weights(t->names, f);
        uint64_t key = learner_key(t->names, f);
        name_line *line = &out->names[feature_line_index(key, out->name_count)];
        int slot = free_slot(line->checks, NAME_SLOTS, key);
        if (slot < 0) continue;
        line->checks[slot] = feature_line_check(key);
        for (int i = 0; i < NAME_COLUMNS; i++)
            line->weights[slot][i] =
                (int8_t)small_weight(weights[NAME_PERSON + i] - weights[NAME_NONE], largest);
    }
}

static size_t count_certain_words(const training *t) {
    size_t count = 0;
    for (size_t i = 0; i < t->certain.slot_count; i++)
        count += t->certain.slots[i].key && certain_of(&t->certain.slots[i]);
    return count;
}

static whosaid_status save(const tables *out, const lexicon *words, const char *folder,
                           whosaid_error *err) {
    char path[PATH_MAX];
    whosaid_status status = folder_path(folder, TAG_MODEL_FILE, path, err);
    if (status != WHOSAID_OK) return status;
    model_file_writer *writer = model_file_writer_new(TAG_MODEL_KIND, TAG_FEATURE_VERSION);
    bool ready =
        writer &&
        model_file_writer_add(writer, "speech_index", out->index, sizeof *out->index,
                              out->index_count) &&
        model_file_writer_add(writer, "speech_rows", out->rows, SPEECH_COLUMNS, out->row_count) &&
        model_file_writer_add(writer, "speech_labels", out->labels, SPEECH_COLUMNS, 1) &&
        model_file_writer_add(writer, "lexicon", words->entries, sizeof *words->entries,
                              words->mask + 1) &&
        model_file_writer_add(writer, "names", out->names, sizeof *out->names, out->name_count);
    status = ready ? model_file_writer_save(writer, path, err) : error_no_memory(err);
    model_file_writer_free(writer);
    return status;
}

static whosaid_status write_model(const training *t, const char *folder, whosaid_error *err) {
    size_t entries = learner_size(t->speech) + count_certain_words(t);
    tables out = {.index_count = (uint32_t)(entries / SPEECH_LINE_LOAD + 1),
                  .row_count = (uint32_t)learner_size(t->speech) + 1,
                  .name_count = (uint32_t)(learner_size(t->names) / NAME_LINE_LOAD + 1)};
    out.index = calloc(out.index_count, sizeof *out.index);
    out.rows = calloc(out.row_count, sizeof *out.rows);
    out.names = calloc(out.name_count, sizeof *out.names);
    whosaid_status status = WHOSAID_OK;
    if (!out.index || !out.rows || !out.names) {
        status = error_no_memory(err);
    } else {
        fill_speech(t, &out);
        fill_names(t, &out);
        status = save(&out, t->words, folder, err);
    }
    free(out.index);
    free(out.rows);
    free(out.names);
    return status;
}

whosaid_status tagger_train(silver *data, const lexicon *words,
                            const tagger_training_options *options, const char *folder,
                            void (*progress)(const char *line), whosaid_error *err) {
    training t = {.data = data, .words = words, .options = options, .progress = progress};
    whosaid_status status = WHOSAID_OK;
    if (options->speech_features >= SPEECH_ROWS_MAX)
        status = error_set(err, WHOSAID_USAGE, NULL, 0, "at most %d features for part of speech",
                           SPEECH_ROWS_MAX - 1);
    if (status == WHOSAID_OK && !train_all(&t)) status = error_no_memory(err);
    if (status == WHOSAID_OK) status = write_model(&t, folder, err);
    learner_free(t.speech);
    learner_free(t.names);
    free(t.certain.slots);
    free(t.order);
    arena_free(t.scratch);
    return status;
}
