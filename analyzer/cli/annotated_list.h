/* annotated_list.h: the articles of several corpora in one row, in the order of the paths. */
#ifndef CLI_ANNOTATED_LIST_H
#define CLI_ANNOTATED_LIST_H

#include "cli/corpus_paths.h"
#include "corpus/speaker_labels.h"

typedef struct annotated_list {
    const annotated_article **items; /* [count] */
    size_t *path_of;                 /* [count] index of the path that each article is from */
    double *weights;                 /* [count] of the path that each article is from */
    size_t count;
    corpus *corpora[CORPUS_PATHS_MAX]; /* one a path; own what items point to */
    speaker_labels *labels;            /* NULL when none were joined; own what they changed */
} annotated_list;

/* Loads the corpora, and with paths->labels gives them the labels of that table; one that labels
 * nothing of them is an error (SYNTAX). *out can be freed in any case. Errors: those of
 * corpus_load, speaker_labels_load and speaker_labels_join. */
WHOSAID_CHECK whosaid_status annotated_list_load(const corpus_paths *paths, annotated_list *out,
                                                 whosaid_error *err);
void annotated_list_free(annotated_list *list);

#endif
