#include "attribute/train_attribution.h"

#include "attribute/attribution_model.h"
#include "base/error.h"
#include "base/folder.h"

#include <math.h>
#include <stdlib.h>

static const float FILL = 0.85f;

attribution_training attribution_training_default(void) {
    return (attribution_training){
        .wordnet_folder = "/usr/share/wordnet",
        .threads = 2,
        .base_least = 20,
        .prune = 0.02f,
        .cues = {.epochs = 10, .aggressiveness = 0.005f, .proposals = 1.15f},
        .roles = {.epochs = 8, .least = 20, .aggressiveness = 0.005f},
        .choice = {.ranker_penalty = 1e-3,
                   .acceptance_penalty = 5e-4,
                   .ranker_least = 8,
                   .acceptance_least = 5,
                   .ranker_iterations = 40,
                   .acceptance_iterations = 100}};
}

/* Everything that training makes, on its way into the file. */
typedef struct trained_model {
    token_rows rows;
    trained_cues cues;
    trained_roles roles;
    trained_choice choice;
    feature_table_builder base, pairs, role, ranker, acceptance;
    attribution_constants constants;
    word_row *word_rows; /* [WORD_ROWS_MAX] */
} trained_model;

static void trained_model_free(trained_model *m) {
    token_rows_free(&m->rows);
    sequence_model_free(&m->cues.average);
    trained_roles_free(&m->roles);
    trained_choice_free(&m->choice);
    feature_table_builder_free(&m->base);
    feature_table_builder_free(&m->pairs);
    feature_table_builder_free(&m->role);
    feature_table_builder_free(&m->ranker);
    feature_table_builder_free(&m->acceptance);
    free(m->word_rows);
}

/* Features with their weights, before they are packed. */
typedef struct weight_list {
    uint64_t *hashes;
    float *weights;
    size_t count;
    unsigned label_count;
} weight_list;

static bool weight_list_init(weight_list *list, size_t capacity, unsigned label_count) {
    list->hashes = malloc((capacity + 1) * sizeof *list->hashes);
    list->weights = malloc((capacity + 1) * label_count * sizeof *list->weights);
    list->count = 0;
    list->label_count = label_count;
    return list->hashes && list->weights;
}

static void weight_list_free(weight_list *list) {
    free(list->hashes);
    free(list->weights);
}

/* Root of the mean square of all weights that are not 0. */
static float typical_weight(const weight_list *list) {
    double sum = 0;
    size_t count = 0;
    for (size_t i = 0; i < list->count * list->label_count; i++) {
        sum += (double)list->weights[i] * list->weights[i];
        count += list->weights[i] != 0;
    }
    return count ? (float)sqrt(sum / (double)count) : 0;
}

/* Leaves out features that hardly weigh anything. */
static void prune(weight_list *list, float share) {
    float least = share * typical_weight(list);
    size_t kept = 0, labels = list->label_count;
    for (size_t i = 0; i < list->count; i++) {
        float largest = 0;
        for (size_t l = 0; l < labels; l++)
            largest = fmaxf(largest, fabsf(list->weights[i * labels + l]));
        if (largest <= least) continue;
        list->hashes[kept] = list->hashes[i];
        memmove(list->weights + kept * labels, list->weights + i * labels,
                labels * sizeof *list->weights);
        kept++;
    }
    list->count = kept;
}

static bool pack(weight_list *list, float share, feature_table_builder *out) {
    prune(list, share);
    return feature_table_build(list->hashes, list->weights, list->count, list->label_count, FILL,
                               out);
}

static bool pack_base(trained_model *m, float share) {
    weight_list list;
    size_t count = feature_numbers_size(m->rows.base);
    bool done = weight_list_init(&list, count, BASE_LABELS);
    for (uint32_t id = 0; done && id < count; id++) {
        const float *cue_weights = m->cues.average.weights + (size_t)id * m->cues.average.width;
        const float *role = m->roles.average.weights + (size_t)id * m->roles.average.width;
        float *to = list.weights + list.count * BASE_LABELS;
        list.hashes[list.count++] = feature_numbers_hash(m->rows.base, id);
        for (int l = 1; l < CUE_LABELS; l++)
            *to++ = cue_weights[l] - cue_weights[0];
        for (int l = 1; l <= ROLE_WEIGHTS; l++)
            *to++ = role[l] - role[ROLE_OUTSIDE];
    }
    done = done && pack(&list, share, &m->base);
    weight_list_free(&list);
    return done;
}

/* Features whose weights begin at row `offset` of the model, each label's less those of label 0. */
static bool pack_rows(const feature_numbers *numbers, const sequence_model *model, size_t offset,
                      unsigned label_count, float share, feature_table_builder *out) {
    weight_list list;
    size_t count = feature_numbers_size(numbers);
    bool done = weight_list_init(&list, count, label_count);
    for (uint32_t id = 0; done && id < count; id++) {
        const float *weights = model->weights + (offset + id) * model->width;
        float *to = list.weights + list.count * label_count;
        list.hashes[list.count++] = feature_numbers_hash(numbers, id);
        for (unsigned l = 1; l <= label_count; l++)
            *to++ = weights[l] - weights[0];
    }
    done = done && pack(&list, share, out);
    weight_list_free(&list);
    return done;
}

static bool pack_hashed(const hashed_model *model, float share, feature_table_builder *out) {
    weight_list list;
    size_t count = feature_numbers_size(model->dictionary);
    bool done = weight_list_init(&list, count, 1);
    for (uint32_t id = 0; done && id < count; id++) {
        list.hashes[list.count] = feature_numbers_hash(model->dictionary, id);
        list.weights[list.count++] = (float)model->weights[id];
    }
    done = done && pack(&list, share, out);
    weight_list_free(&list);
    return done;
}

static bool make_rows(trained_model *m, const word_tables *tables) {
    m->word_rows = calloc(WORD_ROWS_MAX, sizeof *m->word_rows);
    if (!m->word_rows) return false;
    for (size_t i = 0; i < tables->word_slots; i++) {
        const word_facts *f = &tables->words[i];
        if (f->word && f->row) m->word_rows[f->row - 1] = word_row_make(&m->base.table, f);
    }
    return true;
}

static void fill_constants(trained_model *m) {
    attribution_constants *c = &m->constants;
    memcpy(c->cue_transitions, m->cues.chain.transitions, sizeof c->cue_transitions);
    c->cue_bias = m->cues.chain.bias;
    c->cue_margin_scale = m->cues.chain.margin_scale;
    c->pairs_least = m->cues.pairs_least;
    for (int k = 0; k < ROLE_LABELS; k++)
        for (int l = 0; l < ROLE_LABELS; l++)
            c->role_transitions[k][l] = m->roles.average.transitions[k][l];
    c->score_scale = m->choice.score_scale;
    c->ranker_gap =
        (float)m->choice.ranker.weights[feature_numbers_size(m->choice.ranker.dictionary)];
    c->acceptance_constant =
        (float)m->choice.acceptance.weights[feature_numbers_size(m->choice.acceptance.dictionary)];
}

static whosaid_status save(const training_set *set, trained_model *m, float share,
                           const char *folder, whosaid_error *err) {
    char path[PATH_MAX];
    whosaid_status status = folder_path(folder, ATTRIBUTION_MODEL_FILE, path, err);
    if (status != WHOSAID_OK) return status;
    size_t offset = feature_numbers_size(m->rows.base); /* the others' numbers go on behind them */
    if (!pack_base(m, share) ||
        !pack_rows(m->rows.pairs, &m->cues.average, offset, PAIR_LABELS, share, &m->pairs) ||
        !pack_rows(m->roles.dictionary, &m->roles.average, offset, ROLE_WEIGHTS, share, &m->role) ||
        !pack_hashed(&m->choice.ranker, 0, &m->ranker) ||
        !pack_hashed(&m->choice.acceptance, 0, &m->acceptance) || !make_rows(m, &set->tables))
        return error_no_memory(err);
    fill_constants(m);
    model_file_writer *writer =
        model_file_writer_new(ATTRIBUTION_MODEL_KIND, ATTRIBUTION_FEATURES_VERSION);
    if (!writer) return error_no_memory(err);
    const word_tables *t = &set->tables;
    bool added =
        model_file_writer_add(writer, "words", t->words, sizeof *t->words, t->word_slots) &&
        model_file_writer_add(writer, "lemmas", t->lemmas, sizeof *t->lemmas, t->lemma_slots) &&
        model_file_writer_add(writer, "exceptions", t->exceptions, sizeof *t->exceptions,
                              t->exception_slots) &&
        model_file_writer_add(writer, "rows", m->word_rows, sizeof *m->word_rows, WORD_ROWS_MAX) &&
        feature_table_write(&m->base, "base", writer) &&
        feature_table_write(&m->pairs, "pairs", writer) &&
        feature_table_write(&m->role, "role", writer) &&
        feature_table_write(&m->ranker, "ranker", writer) &&
        feature_table_write(&m->acceptance, "acceptance", writer) &&
        model_file_writer_add(writer, "constants", &m->constants, sizeof m->constants, 1);
    status = added ? model_file_writer_save(writer, path, err) : error_no_memory(err);
    model_file_writer_free(writer);
    return status;
}

static void tell(const attribution_training *options, const char *stage) {
    if (options->progress) options->progress(options->progress_context, stage);
}

whosaid_status attribution_train(training_set *set, const attribution_training *options,
                                 const char *folder, whosaid_error *err) {
    trained_model m = {0};
    cue_training cue_options = options->cues;
    role_training role_options = options->roles;
    cue_options.threads = role_options.threads = options->threads;
    whosaid_status status =
        training_set_learn_words(set, options->wordnet_folder, options->threads, err);
    tell(options, "words");
    if (status == WHOSAID_OK) status = token_rows_collect(set, options->base_least, &m.rows, err);
    tell(options, "features");
    if (status == WHOSAID_OK) status = cues_train(set, &m.rows, cue_options, &m.cues, err);
    tell(options, "cues");
    if (status == WHOSAID_OK)
        status = roles_train(set, &m.rows, &m.cues, role_options, &m.roles, err);
    tell(options, "roles");
    if (status == WHOSAID_OK)
        status = choice_train(set, &m.cues, &m.roles, options->choice, &m.choice, err);
    tell(options, "choice");
    if (status == WHOSAID_OK) status = save(set, &m, options->prune, folder, err);
    trained_model_free(&m);
    return status;
}
