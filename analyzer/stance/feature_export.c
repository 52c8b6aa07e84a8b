#include "stance/feature_export.h"

#include "base/buffer.h"
#include "base/error.h"
#include "segment/segment.h"
#include "stance/decimal.h"
#include "stance/examples.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct feature_exporter {
    const stance_model *model;
    arena *scratch; /* of the article at hand */
    buffer text;    /* of the line at hand */
    feature_line_function *line;
    void *context;
    size_t count;
    whosaid_error *err;
} feature_exporter;

typedef struct numbered_value {
    uint32_t number;
    double value;
} numbered_value;

static int compare_numbers(const void *a, const void *b) {
    uint32_t x = ((const numbered_value *)a)->number, y = ((const numbered_value *)b)->number;
    return x < y ? -1 : x > y;
}

static const annotated_stance *find_stance(const annotated_quote *quote, text_view toward) {
    for (size_t i = 0; i < quote->stance_count; i++)
        if (view_equal(quote->stances[i].target, toward)) return &quote->stances[i];
    return NULL;
}

/* The known features of a list in ascending order. NULL when memory is out. */
static numbered_value *number_features(feature_exporter *e, const feature_list *list,
                                       size_t *count) {
    numbered_value *numbered = ARENA_NEW(e->scratch, numbered_value, list->count);
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

static whosaid_status export_statement(feature_exporter *e, const feature_text *prepared,
                                       const annotated_article *source,
                                       const annotated_quote *quote,
                                       const annotated_stance *given) {
    const target *toward = e->model->target;
    size_t label = target_label(toward, given->label), count;
    if (label == toward->label_count)
        return error_set(e->err, WHOSAID_SYNTAX, source->id.ptr, 0,
                         "quote %.*s: the target %.*s has no label \"%.*s\"", (int)quote->id.len,
                         quote->id.ptr, (int)toward->name.len, toward->name.ptr,
                         (int)given->label.len, given->label.ptr);
    statement s = statement_of_quote(quote, given);
    feature_list list;
    whosaid_status status =
        feature_list_extract(prepared, &s, &e->model->settings, e->scratch, &list, e->err);
    if (status != WHOSAID_OK) return status;
    const numbered_value *values = number_features(e, &list, &count);
    char digits[24];
    int len = snprintf(digits, sizeof digits, "%zu", label);
    e->text.len = 0;
    bool ok = values && buffer_append(&e->text, digits, (size_t)len);
    for (size_t i = 0; ok && i < count; i++)
        ok = append_value(&e->text, &values[i]);
    if (!ok || !buffer_append(&e->text, "\n", 1)) return error_no_memory(e->err);
    e->count++;
    return e->line(e->context, buffer_view(&e->text), e->err);
}

static whosaid_status export_article(feature_exporter *e, const annotated_article *source) {
    const target *toward = e->model->target;
    article segmented = annotated_article_start(source, e->scratch);
    whosaid_status status = segment_article(&segmented, e->err);
    if (status != WHOSAID_OK) return status;
    span *sentences = sentence_spans(&segmented, e->scratch);
    if (!sentences) return error_no_memory(e->err);
    feature_text prepared;
    status = feature_text_prepare(toward, source->text, sentences, segmented.sentence_count,
                                  e->scratch, &prepared, e->err);
    for (size_t i = 0; status == WHOSAID_OK && i < source->quote_count; i++) {
        const annotated_quote *quote = &source->quotes[i];
        const annotated_stance *given = find_stance(quote, toward->name);
        if (given && quote->contents.count > 0)
            status = export_statement(e, &prepared, source, quote, given);
    }
    return status;
}

whosaid_status feature_export(const stance_model *model, const corpus *from,
                              feature_line_function *line, void *context, size_t *count,
                              whosaid_error *err) {
    feature_exporter e = {
        .model = model, .scratch = arena_new(), .line = line, .context = context, .err = err};
    if (!e.scratch) return error_no_memory(err);
    whosaid_status status = WHOSAID_OK;
    for (size_t i = 0; status == WHOSAID_OK && i < corpus_size(from); i++) {
        status = export_article(&e, corpus_article(from, i));
        arena_reset(e.scratch);
    }
    *count = e.count;
    arena_free(e.scratch);
    buffer_free(&e.text);
    return status;
}
