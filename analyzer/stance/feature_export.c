#include "stance/feature_export.h"

#include "base/array.h"
#include "base/buffer.h"
#include "base/error.h"
#include "stance/company.h"
#include "stance/decimal.h"
#include "stance/statements.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct numbered_value {
    uint32_t number;
    double value;
} numbered_value;

/* One statement of the article at hand. */
typedef struct exported {
    uint32_t label;
    uint64_t voice;         /* of its speaker, see company.h */
    numbered_value *values; /* ascending numbers */
    size_t count;
} exported;

typedef struct feature_exporter {
    const stance_model *model;
    arena *arena; /* of the statements at hand */
    ARRAY(exported) statements;
    buffer text; /* of the line at hand */
    feature_line_function *line;
    void *context;
    size_t count;
} feature_exporter;

static int compare_numbers(const void *a, const void *b) {
    uint32_t x = ((const numbered_value *)a)->number, y = ((const numbered_value *)b)->number;
    return x < y ? -1 : x > y;
}

/* The known features of a list in ascending order. False when memory is out. */
static bool number_features(const feature_exporter *e, const feature_list *list, exported *out) {
    out->values = ARENA_NEW(e->arena, numbered_value, list->count);
    double values[GROUP_COUNT];
    feature_values(list->group_sizes, &e->model->settings, values);
    for (size_t i = 0; out->values && i < list->count; i++) {
        const feature *f = &list->items[i];
        uint32_t number = feature_dictionary_find(e->model->dictionary, f->group, f->key);
        if (number == FEATURE_UNKNOWN) continue;
        out->values[out->count++] = (numbered_value){
            feature_dictionary_file_number(e->model->dictionary, number), values[f->group]};
    }
    if (out->values && out->count > 1)
        qsort(out->values, out->count, sizeof *out->values, compare_numbers);
    return out->values != NULL;
}

/* Adds up values of the same number in an ascending list. */
static size_t merge_equal(numbered_value *values, size_t count) {
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (kept && values[kept - 1].number == values[i].number)
            values[kept - 1].value += values[i].value;
        else
            values[kept++] = values[i];
    }
    return kept;
}

static bool shares_voice(const exported *a, const exported *b) {
    return a != b && a->voice && a->voice == b->voice;
}

/* The vector of a statement that leans as the margins do. False when memory is out. */
static bool lean(const feature_exporter *e, const exported *own, exported *out) {
    size_t others = 0, total = own->count;
    for (size_t i = 0; i < e->statements.count; i++) {
        if (!shares_voice(own, &e->statements.items[i])) continue;
        others++;
        total += e->statements.items[i].count;
    }
    *out = *own;
    double company = e->model->settings.company;
    if (others == 0 || company <= 0) return true;
    out->values = ARENA_NEW(e->arena, numbered_value, total);
    if (!out->values) return false;
    out->count = 0;
    for (size_t i = 0; i < e->statements.count; i++) {
        const exported *from = &e->statements.items[i];
        if (from != own && !shares_voice(own, from)) continue;
        double share = from == own ? 1 / (1 + company) : company / (1 + company) / (double)others;
        for (size_t k = 0; k < from->count; k++)
            out->values[out->count++] =
                (numbered_value){from->values[k].number, share * from->values[k].value};
    }
    if (out->count) qsort(out->values, out->count, sizeof *out->values, compare_numbers);
    out->count = merge_equal(out->values, out->count);
    return true;
}

static bool append_value(buffer *text, const numbered_value *v) {
    char digits[16 + DECIMAL_MAX_BYTES];
    int len = snprintf(digits, 16, " %zu:", (size_t)v->number + 1);
    if (len < 0 || len >= 16) return false;
    size_t decimals = decimal_write(v->value, digits + len);
    return buffer_append(text, digits, (size_t)len + decimals);
}

static whosaid_status write_statement(feature_exporter *e, const exported *own,
                                      whosaid_error *err) {
    exported leaning;
    if (!lean(e, own, &leaning)) return error_no_memory(err);
    char digits[24];
    int len = snprintf(digits, sizeof digits, "%zu", (size_t)own->label);
    e->text.len = 0;
    bool ok = buffer_append(&e->text, digits, (size_t)len);
    for (size_t i = 0; ok && i < leaning.count; i++)
        ok = append_value(&e->text, &leaning.values[i]);
    if (!ok || !buffer_append(&e->text, "\n", 1)) return error_no_memory(err);
    e->count++;
    return e->line(e->context, buffer_view(&e->text), err);
}

/* Writes the statements of the article at hand. */
static whosaid_status write_article(feature_exporter *e, whosaid_error *err) {
    whosaid_status status = WHOSAID_OK;
    for (size_t i = 0; i < e->statements.count && status == WHOSAID_OK; i++)
        status = write_statement(e, &e->statements.items[i], err);
    memset(&e->statements, 0, sizeof e->statements);
    arena_reset(e->arena);
    return status;
}

static whosaid_status export_statement(void *context, const statement_visit *visit,
                                       whosaid_error *err) {
    feature_exporter *e = context;
    whosaid_status status = visit->first_of_article ? write_article(e, err) : WHOSAID_OK;
    if (status != WHOSAID_OK) return status;
    exported next = {.label = visit->label, .voice = company_voice(0, visit->said->speaker_name)};
    bool kept =
        number_features(e, visit->features, &next) && array_push(e->arena, &e->statements, next);
    return kept ? WHOSAID_OK : error_no_memory(err);
}

whosaid_status feature_export(const stance_model *model, const corpus *from,
                              feature_line_function *line, void *context, size_t *count,
                              whosaid_error *err) {
    feature_exporter e = {.model = model, .line = line, .context = context, .arena = arena_new()};
    if (!e.arena) return error_no_memory(err);
    whosaid_status status =
        statements_visit(from, model->target, &model->settings, export_statement, &e, err);
    if (status == WHOSAID_OK) status = write_article(&e, err);
    arena_free(e.arena);
    *count = e.count;
    buffer_free(&e.text);
    return status;
}
