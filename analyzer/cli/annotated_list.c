#include "cli/annotated_list.h"

#include "base/error.h"

#include <stdlib.h>

/* Gives the articles the labels of the table at `path`. */
static whosaid_status label_articles(annotated_list *list, const char *path, whosaid_error *err) {
    whosaid_status status = speaker_labels_load(path, &list->labels, err);
    for (size_t i = 0; status == WHOSAID_OK && i < list->count; i++)
        status = speaker_labels_join(list->labels, list->items[i], &list->items[i], err);
    if (status == WHOSAID_OK && speaker_labels_used(list->labels) == 0)
        return error_set(err, WHOSAID_SYNTAX, path, 0, "no statement of the corpora is labelled");
    return status;
}

whosaid_status annotated_list_load(const corpus_paths *paths, annotated_list *out,
                                   whosaid_error *err) {
    *out = (annotated_list){0};
    size_t total = 0;
    for (size_t p = 0; p < paths->count; p++) {
        whosaid_status status = corpus_load(&paths->items[p], 1, &out->corpora[p], err);
        if (status != WHOSAID_OK) return status;
        total += corpus_size(out->corpora[p]);
    }
    out->items = calloc(total + 1, sizeof *out->items);
    out->path_of = calloc(total + 1, sizeof *out->path_of);
    out->weights = calloc(total + 1, sizeof *out->weights);
    if (!out->items || !out->path_of || !out->weights) return error_no_memory(err);
    for (size_t p = 0; p < paths->count; p++)
        for (size_t i = 0; i < corpus_size(out->corpora[p]); i++) {
            out->path_of[out->count] = p;
            out->weights[out->count] = paths->weights[p];
            out->items[out->count++] = corpus_article(out->corpora[p], i);
        }
    return paths->labels ? label_articles(out, paths->labels, err) : WHOSAID_OK;
}

void annotated_list_free(annotated_list *list) {
    speaker_labels_free(list->labels);
    for (size_t p = 0; p < CORPUS_PATHS_MAX; p++)
        corpus_free(list->corpora[p]);
    free(list->items);
    free(list->path_of);
    free(list->weights);
    *list = (annotated_list){0};
}
