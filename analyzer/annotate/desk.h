/* desk.h: what is being annotated: the articles, what people said of them so far, and how to take
 * that back. Internal to annotate/. Callers hold `lock` while they use anything below it. */
#ifndef ANNOTATE_DESK_H
#define ANNOTATE_DESK_H

#include "annotate/annotate.h"
#include "annotate/proposals.h"
#include "base/array.h"
#include "stance/target.h"

#include <jansson.h>
#include <pthread.h>

/* The string under `key`, borrowed from `object`; empty when there is none. */
static inline text_view string_of(const json_t *object, const char *key) {
    const json_t *value = json_object_get(object, key);
    return (text_view){json_string_value(value), json_string_length(value)};
}

/* Targets that a page has room for. */
enum { DESK_TARGETS_MAX = 16 };

typedef struct desk_article {
    text_view id, title, date, outlet, text;
    span body;
    json_t *saved;    /* owned: as it stands in the corpus; NULL: it does not */
    json_t *earlier;  /* owned: a list of former values of `saved`, null for none, newest last */
    uint64_t version; /* counts the changes, from 1 */
} desk_article;

typedef struct lesson lesson;

typedef struct desk {
    arena *memory; /* owns the texts and names below */
    const char *corpus, *models_folder;
    target *targets[DESK_TARGETS_MAX];
    size_t target_count;
    int lock_file;

    pthread_mutex_t lock;
    ARRAY(desk_article) articles;
    proposals *found; /* replaced when a new model is kept */
    lesson *lesson;
} desk;

/* Errors: as annotate_start. */
WHOSAID_CHECK whosaid_status desk_open(const annotate_options *options, desk **out,
                                       whosaid_error *err);
void desk_close(desk *d);

/* The target with this name, or NULL. */
const target *desk_target(const desk *d, text_view name);

/* Takes posted statements for an article: {"version", "quotes", "rejected", "complete"}; and writes
 * the corpus. *conflict says that they were made from another version of the article; then nothing
 * is changed, nor is it after an error: SYNTAX (what is posted is not sound), IO, NO_MEMORY. */
WHOSAID_CHECK whosaid_status desk_save(desk *d, size_t article, const json_t *posted,
                                       bool *conflict, whosaid_error *err);

/* Takes the last change of an article back, if this server has made one. Else as desk_save. */
WHOSAID_CHECK whosaid_status desk_undo(desk *d, size_t article, json_int_t version, bool *conflict,
                                       whosaid_error *err);

/* desk_file.c: the file. Opening takes its lock and adds what it holds to the articles; articles it
 * has beside the input's come last. */
WHOSAID_CHECK whosaid_status desk_file_open(desk *d, whosaid_error *err);
WHOSAID_CHECK whosaid_status desk_file_write(const desk *d, whosaid_error *err);
void desk_file_close(desk *d);

#endif
