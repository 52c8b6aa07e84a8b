#include "stance/feature_export.h"

#include "base/buffer.h"
#include "base/error.h"
#include "stance/decimal.h"
#include "stance/statements.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct feature_exporter {
    const stance_model *model;
    buffer text; /* of the line at hand */
    feature_line_function *line;
    void *context;
    size_t count;
} feature_exporter;

typedef struct numbered_value {
    uint32_t number;
    double value;
} numbered_value;

static int compare_numbers(const void *a, const void *b) {
    uint32_t x = ((const numbered_value *)a)->number, y = ((const numbered_value *)b)->number;
    return x < y ? -1 : x > y;
}

/* The known features of a list in ascending order. NULL when memory is out. */
static numbered_value *number_features(const feature_exporter *e, const feature_list *list,
                                       arena *scratch, size_t *count) {
    numbered_value *numbered = ARENA_NEW(scratch, numbered_value, list->count);
    double values[GROUP_COUNT];
    feature_values(list, &e->model->settings, values);
    *count = 0;
    for (size_t i = 0; numbered && i < list->count; i++) {
        uint32_t number = feature_dictionary_find(e->model->dictionary, list->items[i].key);
        if (number == FEATURE_UNKNOWN) continue;
        numbered[(*count)++] = (numbered_value){number, values[list->items[i].group]};
    }
    if (numbered && *count > 1) qsort(numbered, *count, sizeof *numbered, compare_numbers);
    return numbered;
}

static bool append_value(buffer *text, const numbered_value *v) {
    char digits[16 + DECIMAL_MAX_BYTES];
    int len = snprintf(digits, 16, " %zu:", (size_t)v->number + 1);
    if (len < 0 || len >= 16) return false;
    size_t decimals = decimal_write(v->value, digits + len);
    return buffer_append(text, digits, (size_t)len + decimals);
}

static whosaid_status export_statement(void *context, const statement_visit *visit,
                                       whosaid_error *err) {
    feature_exporter *e = context;
    size_t count;
    const numbered_value *values = number_features(e, visit->features, visit->scratch, &count);
    char digits[24];
    int len = snprintf(digits, sizeof digits, "%zu", (size_t)visit->label);
    e->text.len = 0;
    bool ok = values && buffer_append(&e->text, digits, (size_t)len);
    for (size_t i = 0; ok && i < count; i++)
        ok = append_value(&e->text, &values[i]);
    if (!ok || !buffer_append(&e->text, "\n", 1)) return error_no_memory(err);
    e->count++;
    return e->line(e->context, buffer_view(&e->text), err);
}

whosaid_status feature_export(const stance_model *model, const corpus *from,
                              feature_line_function *line, void *context, size_t *count,
                              whosaid_error *err) {
    feature_exporter e = {.model = model, .line = line, .context = context};
    whosaid_status status =
        statements_visit(from, model->target, &model->settings, export_statement, &e, err);
    *count = e.count;
    buffer_free(&e.text);
    return status;
}
