#include "annotate/desk.h"

#include "annotate/lesson.h"
#include "annotate/quote_check.h"
#include "base/error.h"
#include "base/json_value.h"
#include "read/article_walk.h"

#include <dirent.h>
#include <stdlib.h>

enum { MAX_UNDO = 100 };

static text_view keep(desk *d, text_view text) {
    return arena_copy(d->memory, text);
}

static whosaid_status add_article(desk *d, const article *a, whosaid_error *err) {
    desk_article made = {.id = keep(d, a->id),
                         .title = keep(d, a->title),
                         .date = keep(d, a->date),
                         .outlet = keep(d, a->outlet),
                         .text = keep(d, a->text),
                         .body = a->body,
                         .version = 1};
    bool ok = made.id.ptr && made.title.ptr && made.date.ptr && made.outlet.ptr && made.text.ptr;
    return ok && array_push(d->memory, &d->articles, made) ? WHOSAID_OK : error_no_memory(err);
}

const target *desk_target(const desk *d, text_view wanted) {
    for (size_t i = 0; i < d->target_count; i++)
        if (view_equal(d->targets[i]->name, wanted)) return d->targets[i];
    return NULL;
}

static whosaid_status load_model_target(const desk *d, const char *wanted, target **out,
                                        whosaid_error *err) {
    text_view path =
        arena_format(d->memory, "%s/stance/%s/" TARGET_FILE_NAME, d->models_folder, wanted);
    if (!path.ptr) return error_no_memory(err);
    return target_load(path.ptr, out, err);
}

static whosaid_status add_target(desk *d, const char *wanted, whosaid_error *err) {
    target *found = NULL;
    whosaid_status status = target_find(&d->corpus, 1, view_of(wanted), &found, err);
    if (status == WHOSAID_OK && !found) {
        whosaid_error cause = {0};
        if (!target_name_is_plain(view_of(wanted)) ||
            load_model_target(d, wanted, &found, &cause) != WHOSAID_OK)
            return error_set(err, WHOSAID_USAGE, wanted, 0,
                             "is no target: there is no target.json with that name beside the "
                             "corpus, and no model; `whosaid targets new` makes one");
    }
    if (status != WHOSAID_OK) return status;
    /* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): found here or in the models */
    bool is_there = desk_target(d, found->name) != NULL;
    if (!is_there && d->target_count < DESK_TARGETS_MAX) {
        d->targets[d->target_count++] = found;
        return WHOSAID_OK;
    }
    target_free(found);
    if (is_there) return WHOSAID_OK;
    return error_set(err, WHOSAID_USAGE, wanted, 0, "is one target too many: a page has up to %d",
                     DESK_TARGETS_MAX);
}

static int keep_visible(const struct dirent *entry) {
    return entry->d_name[0] != '.';
}

/* Every target that has a model, by name. */
static whosaid_status add_model_targets(desk *d, whosaid_error *err) {
    struct dirent **names;
    text_view folder = arena_format(d->memory, "%s/stance", d->models_folder);
    if (!folder.ptr) return error_no_memory(err);
    int count = scandir(folder.ptr, &names, keep_visible, alphasort);
    whosaid_status status = WHOSAID_OK;
    for (int i = 0; i < count; i++) {
        if (status == WHOSAID_OK) status = add_target(d, names[i]->d_name, err);
        free(names[i]);
    }
    if (count >= 0) free(names);
    return status;
}

static whosaid_status find_targets(desk *d, const annotate_options *options, whosaid_error *err) {
    whosaid_status status = WHOSAID_OK;
    for (size_t i = 0; status == WHOSAID_OK && i < options->target_count; i++)
        status = add_target(d, options->targets[i], err);
    if (status != WHOSAID_OK || options->target_count) return status;
    target *beside;
    status = target_find(&d->corpus, 1, VIEW(""), &beside, err);
    if (status == WHOSAID_OK && beside) d->targets[d->target_count++] = beside;
    return status == WHOSAID_OK && !beside ? add_model_targets(d, err) : status;
}

/* Where unreadable inputs are told of. */
typedef struct filling {
    desk *desk;
    const annotate_options *options;
} filling;

static whosaid_status on_article(void *context, article *a, whosaid_error *err) {
    return add_article(((filling *)context)->desk, a, err);
}

static void on_failure(void *context, const whosaid_error *cause) {
    const annotate_options *options = ((filling *)context)->options;
    if (options->failed) options->failed(options->context, cause);
}

static whosaid_status fill(desk *d, const annotate_options *options, whosaid_error *err) {
    filling context = {d, options};
    const article_visitor visitor = {&context, on_article, on_failure, NULL};
    whosaid_status status = find_targets(d, options, err);
    if (status == WHOSAID_OK)
        status = article_walk(options->paths, options->path_count, &visitor, err);
    if (status == WHOSAID_OK) status = desk_file_open(d, err);
    if (status == WHOSAID_OK && d->articles.count == 0)
        status = error_set(err, WHOSAID_USAGE, options->paths[0], 0, "holds no articles");
    if (status == WHOSAID_OK) status = proposals_build(d, &d->found, err);
    if (status == WHOSAID_OK && !(d->lesson = lesson_new(d))) status = error_no_memory(err);
    return status;
}

whosaid_status desk_open(const annotate_options *options, desk **out, whosaid_error *err) {
    *out = NULL;
    desk *d = calloc(1, sizeof *d);
    if (!d) return error_no_memory(err);
    d->lock_file = -1;
    pthread_mutex_init(&d->lock, NULL);
    d->memory = arena_new();
    whosaid_status status = d->memory ? WHOSAID_OK : error_no_memory(err);
    if (status == WHOSAID_OK) {
        d->corpus = keep(d, view_of(options->corpus)).ptr;
        d->models_folder = keep(d, view_of(options->models_folder)).ptr;
        status = d->corpus && d->models_folder ? fill(d, options, err) : error_no_memory(err);
    }
    if (status == WHOSAID_OK)
        *out = d;
    else
        desk_close(d);
    return status;
}

void desk_close(desk *d) {
    if (!d) return;
    lesson_free(d->lesson);
    proposals_free(d->found);
    for (size_t i = 0; i < d->articles.count; i++) {
        json_decref(d->articles.items[i].saved);
        json_decref(d->articles.items[i].earlier);
    }
    for (size_t i = 0; i < d->target_count; i++)
        target_free(d->targets[i]);
    desk_file_close(d);
    pthread_mutex_destroy(&d->lock);
    arena_free(d->memory);
    free(d);
}

/* The article as the corpus is to have it: what it had, with the new statements. */
static whosaid_status new_value(const desk *d, const desk_article *a, const json_t *posted,
                                json_t *value, whosaid_error *err) {
    arena *scratch = arena_new();
    offset_map map;
    json_t *quotes = NULL, *rejected = NULL;
    whosaid_status status = quotes_check(d, a, json_object_get(posted, "quotes"), &quotes, err);
    if (status == WHOSAID_OK && !(scratch && offset_map_build(scratch, a->text, &map)))
        status = error_no_memory(err);
    if (status == WHOSAID_OK)
        status = places_check(&map, json_object_get(posted, "rejected"), false, &rejected, err);
    bool complete = json_is_true(json_object_get(posted, "complete"));
    bool ok = status == WHOSAID_OK && (!a->saved || json_object_update(value, a->saved) == 0) &&
              json_set(value, "id", json_text_value(a->id)) &&
              json_set(value, "title", json_text_value(a->title)) &&
              json_set(value, "date", json_text_value(a->date)) &&
              json_set(value, "outlet", json_text_value(a->outlet)) &&
              json_set(value, "text", json_text_value(a->text)) &&
              json_object_set(value, "quotes", quotes) == 0 &&
              json_object_set(value, "rejected", rejected) == 0 &&
              json_set(value, "complete", json_boolean(complete));
    json_decref(quotes);
    json_decref(rejected);
    arena_free(scratch);
    return status == WHOSAID_OK && !ok ? error_no_memory(err) : status;
}

/* Writes the corpus with `value` for the article; takes over the reference. */
static whosaid_status put(desk *d, desk_article *a, json_t *value, whosaid_error *err) {
    json_t *before = a->saved;
    a->saved = value;
    whosaid_status status = desk_file_write(d, err);
    if (status != WHOSAID_OK) {
        a->saved = before;
        json_decref(value);
        return status;
    }
    json_decref(before);
    a->version++;
    return WHOSAID_OK;
}

whosaid_status desk_save(desk *d, size_t index, const json_t *posted, bool *conflict,
                         whosaid_error *err) {
    desk_article *a = &d->articles.items[index];
    json_int_t version = json_integer_value(json_object_get(posted, "version"));
    *conflict = version < 1 || (uint64_t)version != a->version;
    if (*conflict) return WHOSAID_OK;
    json_t *value = json_object();
    whosaid_status status = value ? new_value(d, a, posted, value, err) : error_no_memory(err);
    json_t *before = a->saved ? json_incref(a->saved) : json_null();
    if (status == WHOSAID_OK && !a->earlier && !(a->earlier = json_array()))
        status = error_no_memory(err);
    if (status == WHOSAID_OK) {
        status = put(d, a, value, err);
        value = NULL;
    }
    /* A change that cannot be taken back for want of memory is still a change. */
    if (status == WHOSAID_OK && json_array_append(a->earlier, before) == 0 &&
        json_array_size(a->earlier) > MAX_UNDO)
        json_array_remove(a->earlier, 0);
    json_decref(before);
    json_decref(value);
    return status;
}

whosaid_status desk_undo(desk *d, size_t index, json_int_t version, bool *conflict,
                         whosaid_error *err) {
    desk_article *a = &d->articles.items[index];
    size_t count = json_array_size(a->earlier);
    *conflict = version < 1 || (uint64_t)version != a->version;
    if (*conflict || count == 0) return WHOSAID_OK;
    json_t *last = json_array_get(a->earlier, count - 1);
    whosaid_status status = put(d, a, json_is_null(last) ? NULL : json_incref(last), err);
    if (status == WHOSAID_OK) json_array_remove(a->earlier, count - 1);
    return status;
}
