#include "stance/svm.h"

#include "base/error.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <svm.h>

struct svm_items {
    const sparse_row *rows;
    size_t count;
    size_t feature_count;
    const unsigned char *kin; /* NULL where all rows are of one task */
    bool has_gram;
    /* With a Gram matrix: node 0 holds the row's number from 1, node j the kernel with row j.
     * Without: the row itself. Both as libsvm wants them. */
    struct svm_node **nodes;
};

typedef struct machine {
    struct svm_model *model;   /* NULL: the margin is the constant */
    struct svm_node **vectors; /* the subset's rows, which the model points into */
    double sign;               /* libsvm's first class may be the negative one */
    double constant;
} machine;

struct svm_classifier {
    machine *machines;
    size_t label_count;
    const uint32_t *subset; /* copied */
};

static void be_silent(const char *text) {
    (void)text;
}

void svm_items_free(svm_items *items) {
    if (!items) return;
    for (size_t i = 0; items->nodes && i < items->count; i++)
        free(items->nodes[i]);
    free(items->nodes);
    free(items);
}

static bool allocate_nodes(svm_items *items) {
    items->nodes = calloc(items->count + 1, sizeof *items->nodes);
    if (!items->nodes) return false;
    for (size_t i = 0; i < items->count; i++) {
        size_t nodes = items->has_gram ? items->count + 2 : items->rows[i].count + 1;
        items->nodes[i] = malloc(nodes * sizeof **items->nodes);
        if (!items->nodes[i]) return false;
    }
    return true;
}

/* For each feature the rows that have it: first[f] .. first[f + 1] in the lists. */
typedef struct posting_lists {
    size_t *first;
    uint32_t *rows;
    double *values;
} posting_lists;

static void posting_lists_free(posting_lists *p) {
    free(p->first);
    free(p->rows);
    free(p->values);
}

static bool posting_lists_build(const svm_items *items, posting_lists *p) {
    size_t total = 0;
    for (size_t i = 0; i < items->count; i++)
        total += items->rows[i].count;
    p->first = calloc(items->feature_count + 2, sizeof *p->first);
    p->rows = malloc((total + 1) * sizeof *p->rows);
    p->values = malloc((total + 1) * sizeof *p->values);
    if (!p->first || !p->rows || !p->values) return false;
    for (size_t i = 0; i < items->count; i++)
        for (size_t k = 0; k < items->rows[i].count; k++)
            p->first[items->rows[i].indices[k] + 2]++;
    for (size_t f = 2; f < items->feature_count + 2; f++)
        p->first[f] += p->first[f - 1];
    for (size_t i = 0; i < items->count; i++) {
        for (size_t k = 0; k < items->rows[i].count; k++) {
            size_t at = p->first[items->rows[i].indices[k] + 1]++;
            p->rows[at] = (uint32_t)i;
            p->values[at] = items->rows[i].values[k];
        }
    }
    return true;
}

/* What the kernel of two rows is multiplied by. */
static double kinship(const svm_items *items, size_t a, size_t b) {
    return !items->kin || items->kin[a] == items->kin[b] ? 1 : SVM_KINSHIP;
}

/* Row by row over the posting lists: only pairs that share a feature cost anything. */
static void fill_gram(const svm_items *items, const posting_lists *p, double *kernel) {
    for (size_t i = 0; i < items->count; i++) {
        memset(kernel, 0, items->count * sizeof *kernel);
        const sparse_row *row = &items->rows[i];
        for (size_t k = 0; k < row->count; k++) {
            size_t end = p->first[row->indices[k] + 1];
            for (size_t at = p->first[row->indices[k]]; at < end; at++)
                kernel[p->rows[at]] += row->values[k] * p->values[at];
        }
        struct svm_node *nodes = items->nodes[i];
        nodes[0] = (struct svm_node){0, (double)(i + 1)};
        for (size_t j = 0; j < items->count; j++)
            nodes[j + 1] = (struct svm_node){(int)(j + 1), kernel[j] * kinship(items, i, j)};
        nodes[items->count + 1] = (struct svm_node){-1, 0};
    }
}

static bool build_gram(svm_items *items) {
    posting_lists lists = {0};
    double *kernel = malloc((items->count + 1) * sizeof *kernel);
    bool done = kernel && posting_lists_build(items, &lists);
    if (done) fill_gram(items, &lists, kernel);
    posting_lists_free(&lists);
    free(kernel);
    return done;
}

static void copy_rows(svm_items *items) {
    for (size_t i = 0; i < items->count; i++) {
        const sparse_row *row = &items->rows[i];
        for (size_t k = 0; k < row->count; k++)
            items->nodes[i][k] = (struct svm_node){(int)row->indices[k] + 1, row->values[k]};
        items->nodes[i][row->count] = (struct svm_node){-1, 0};
    }
}

whosaid_status svm_items_new(const sparse_row *rows, size_t count, size_t feature_count,
                             const unsigned char *kin, svm_items **out, whosaid_error *err) {
    *out = NULL;
    svm_items *items = calloc(1, sizeof *items);
    if (!items) return error_no_memory(err);
    *items = (svm_items){.rows = rows, .count = count, .feature_count = feature_count};
    items->has_gram = count <= SVM_GRAM_MAX;
    if (items->has_gram) items->kin = kin;
    bool done = allocate_nodes(items);
    if (done && items->has_gram)
        done = build_gram(items);
    else if (done)
        copy_rows(items);
    if (!done) {
        svm_items_free(items);
        return error_no_memory(err);
    }
    *out = items;
    return WHOSAID_OK;
}

void svm_classifier_free(svm_classifier *c) {
    if (!c) return;
    for (size_t i = 0; c->machines && i < c->label_count; i++) {
        if (c->machines[i].model) svm_free_and_destroy_model(&c->machines[i].model);
        free(c->machines[i].vectors);
    }
    free(c->machines);
    free((void *)c->subset);
    free(c);
}

/* Cost factors of the positive and the negative class. libsvm knows no weights of single items, so
 * the rest gets the mean of its labels' weights. */
static void binary_weights(const svm_task *task, const size_t *counts, uint32_t label,
                           double weights[2]) {
    weights[0] = weights[1] = 1;
    if (!task->weigh_labels) return;
    double rest = 0;
    for (size_t k = 0; k < task->label_count; k++) {
        if (counts[k] == 0) continue;
        double weight = sqrt((double)task->count / (double)(task->label_count * counts[k]));
        if (k == label)
            weights[0] = weight;
        else
            rest += weight * (double)counts[k];
    }
    weights[1] = rest / (double)(task->count - counts[label]);
}

static whosaid_status train_machine(const svm_items *items, const svm_task *task, uint32_t label,
                                    const size_t *counts, machine *out, whosaid_error *err) {
    double weights[2];
    binary_weights(task, counts, label, weights);
    int weight_labels[2] = {1, -1};
    double *signs = malloc(task->count * sizeof *signs);
    out->vectors = malloc(task->count * sizeof *out->vectors);
    if (!signs || !out->vectors) {
        free(signs);
        return error_no_memory(err);
    }
    for (size_t i = 0; i < task->count; i++) {
        signs[i] = task->labels[i] == label ? 1 : -1;
        out->vectors[i] = items->nodes[task->subset[i]];
    }
    struct svm_problem problem = {(int)task->count, signs, out->vectors};
    struct svm_parameter parameter = {.svm_type = C_SVC,
                                      .kernel_type = items->has_gram ? PRECOMPUTED : LINEAR,
                                      .cache_size = 400,
                                      .eps = task->tolerance,
                                      .C = task->cost,
                                      .nr_weight = 2,
                                      .weight_label = weight_labels,
                                      .weight = weights,
                                      .shrinking = 1};
    const char *refusal = svm_check_parameter(&problem, &parameter);
    whosaid_status status = WHOSAID_OK;
    if (refusal) {
        status = error_set(err, WHOSAID_USAGE, NULL, 0, "libsvm: %s", refusal);
    } else {
        svm_set_print_string_function(be_silent);
        out->model = svm_train(&problem, &parameter);
        out->sign = out->model->label[0] == 1 ? 1 : -1;
    }
    free(signs);
    return status;
}

static whosaid_status train_machines(const svm_items *items, const svm_task *task,
                                     svm_classifier *c, whosaid_error *err) {
    size_t *counts = calloc(task->label_count, sizeof *counts);
    if (!counts) return error_no_memory(err);
    for (size_t i = 0; i < task->count; i++)
        counts[task->labels[i]]++;
    whosaid_status status = WHOSAID_OK;
    for (uint32_t k = 0; k < task->label_count && status == WHOSAID_OK; k++) {
        if (counts[k] == 0 || counts[k] == task->count)
            c->machines[k].constant = counts[k] ? 1 : -1;
        else
            status = train_machine(items, task, k, counts, &c->machines[k], err);
    }
    free(counts);
    return status;
}

whosaid_status svm_classifier_train(const svm_items *items, const svm_task *task,
                                    svm_classifier **out, whosaid_error *err) {
    *out = NULL;
    svm_classifier *c = calloc(1, sizeof *c);
    if (!c) return error_no_memory(err);
    c->label_count = task->label_count;
    c->machines = calloc(task->label_count, sizeof *c->machines);
    uint32_t *subset = malloc((task->count + 1) * sizeof *subset);
    c->subset = subset;
    whosaid_status status;
    if (!c->machines || !subset) {
        status = error_no_memory(err);
    } else {
        if (task->count) memcpy(subset, task->subset, task->count * sizeof *subset);
        status = train_machines(items, task, c, err);
    }
    if (status == WHOSAID_OK)
        *out = c;
    else
        svm_classifier_free(c);
    return status;
}

void svm_classifier_margins(const svm_classifier *c, const svm_items *items, uint32_t item,
                            double *margins) {
    for (size_t k = 0; k < c->label_count; k++) {
        const machine *m = &c->machines[k];
        margins[k] = m->constant;
        if (!m->model) continue;
        double value;
        svm_predict_values(m->model, items->nodes[item], &value);
        margins[k] = m->sign * value;
    }
}

void svm_classifier_collapse(const svm_classifier *c, const svm_items *items, double *weights,
                             double *biases) {
    for (size_t k = 0; k < c->label_count; k++) {
        const machine *m = &c->machines[k];
        biases[k] = m->constant;
        if (!m->model) continue;
        biases[k] = -m->sign * m->model->rho[0];
        for (int i = 0; i < m->model->l; i++) {
            uint32_t item = c->subset[m->model->sv_indices[i] - 1];
            bool own = !items->kin || items->kin[item] == 0;
            double coefficient = m->sign * m->model->sv_coef[0][i] * (own ? 1 : SVM_KINSHIP);
            const sparse_row *row = &items->rows[item];
            for (size_t j = 0; j < row->count; j++)
                weights[row->indices[j] * c->label_count + k] += coefficient * row->values[j];
        }
    }
}
