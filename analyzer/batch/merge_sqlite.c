/* Merging databases: rows are read from the parts and inserted in the order of the whole, so that
 * they get the ids, and speakers the rows, that a single run gives them. */
#include "base/error.h"
#include "batch/merge_target.h"
#include "report/sqlite_sink.h"
#include "report/sqlite_store.h"

#include <stdlib.h>
#include <unistd.h>

#define UNFINISHED_ENDING ".unfinished"

typedef struct sqlite_target {
    merge_target base;
    const char *output;
    char *unfinished;
    sqlite_store *store;
} sqlite_target;

static whosaid_status open_part(merge_target *self, merge_part *part, whosaid_error *err) {
    (void)self;
    return merge_part_open_rows(part, err);
}

static whosaid_status add_stances(sqlite_target *t, merge_part *part, bool kept,
                                  whosaid_error *err) {
    bool found = true;
    whosaid_status status = WHOSAID_OK;
    while (status == WHOSAID_OK) {
        stance_record read;
        status = sqlite_part_stance(part->rows, &read, &found, err);
        if (status != WHOSAID_OK || !found) break;
        if (kept) status = sqlite_store_add_stance(t->store, &read, err);
    }
    return status;
}

static whosaid_status add_statements(sqlite_target *t, merge_part *part, bool kept,
                                     whosaid_error *err) {
    bool found = true;
    whosaid_status status = WHOSAID_OK;
    for (size_t number = 1; status == WHOSAID_OK; number++) {
        statement_record read;
        status = sqlite_part_statement(part->rows, &read, &found, err);
        if (status != WHOSAID_OK || !found) break;
        if (kept) status = sqlite_store_add_statement(t->store, &read, number, err);
        if (status == WHOSAID_OK) status = add_stances(t, part, kept, err);
    }
    return status;
}

static whosaid_status add_article(merge_target *self, merge_part *part, bool kept,
                                  text_view duplicate_of, whosaid_error *err) {
    sqlite_target *t = (sqlite_target *)self;
    article_record read;
    bool found;
    whosaid_status status = sqlite_part_article(part->rows, &read, &found, err);
    if (status != WHOSAID_OK) return status;
    if (!found || !view_equal(read.texts[ARTICLE_NAME], part->entry.id))
        return error_set(err, WHOSAID_SYNTAX, part->path, 0,
                         "does not hold the articles that its index names");
    read.texts[ARTICLE_DUPLICATE_OF] = duplicate_of;
    if (kept) status = sqlite_store_add_article(t->store, &read, err);
    return status == WHOSAID_OK ? add_statements(t, part, kept, err) : status;
}

static whosaid_status close_store(merge_target *self, bool keep, whosaid_error *err) {
    sqlite_target *t = (sqlite_target *)self;
    whosaid_status status = WHOSAID_OK;
    if (keep) status = sqlite_store_commit(t->store, VIEW(""), err);
    if (keep && status == WHOSAID_OK) status = sqlite_store_finish(t->store, t->output, err);
    sqlite_store_close(t->store);
    sqlite_store_remove(t->unfinished);
    free(t->unfinished);
    free(t);
    return status;
}

whosaid_status merge_sqlite_open(const merge_options *options, merge_target **out,
                                 whosaid_error *err) {
    *out = NULL;
    whosaid_status status = sqlite_sink_check_path(options->output, err);
    if (status != WHOSAID_OK) return status;
    sqlite_target *t = calloc(1, sizeof *t);
    if (!t) return error_no_memory(err);
    t->base = (merge_target){.open_part = open_part, .article = add_article, .close = close_store};
    t->output = options->output;
    size_t len = strlen(options->output);
    t->unfinished = malloc(len + sizeof UNFINISHED_ENDING);
    if (t->unfinished) {
        memcpy(t->unfinished, options->output, len);
        memcpy(t->unfinished + len, UNFINISHED_ENDING, sizeof UNFINISHED_ENDING);
        sqlite_store_remove(t->unfinished); /* of a merge that was killed */
        status = sqlite_store_create(t->unfinished, options->identity, &t->store, err);
    } else {
        status = error_no_memory(err);
    }
    if (status == WHOSAID_OK) {
        *out = &t->base;
    } else {
        free(t->unfinished);
        free(t);
    }
    return status;
}
