#include "annotate/lesson.h"

#include "base/error.h"
#include "base/folder.h"
#include "base/plain_file.h"
#include "stance/evaluation.h"
#include "stance/stance_card.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

typedef enum lesson_state {
    LESSON_IDLE, /* nothing trained that is not in use */
    LESSON_TRAINING,
    LESSON_TRAINED, /* a model waits to be taken into use */
    LESSON_KEEPING
} lesson_state;

static const char *const state_names[] = {"idle", "training", "trained", "keeping"};

/* A trained model and what it borrows from. */
typedef struct trained_model {
    corpus *from;
    example_set *examples;
    stance_model *model;
    training_summary summary;
} trained_model;

struct lesson {
    desk *desk;
    pthread_t thread;
    bool has_thread; /* to be joined */

    /* Under the desk's lock: */
    lesson_state state;
    bool cancelled;
    size_t target, done, total;
    trained_model trained;
    whosaid_error failure; /* of the last attempt; code OK: none */
    json_t *results;       /* owned: a list of all trainings on this corpus */
};

static void trained_free(trained_model *t) {
    stance_model_free(t->model);
    example_set_free(t->examples);
    corpus_free(t->from);
    *t = (trained_model){0};
}

static bool results_path(const lesson *l, char path[PATH_MAX]) {
    int len = snprintf(path, PATH_MAX, "%s.trainings", l->desk->corpus);
    return len > 0 && len < PATH_MAX;
}

/* What cannot be read is no result; the file is only for looking back. */
static void read_results(lesson *l) {
    char path[PATH_MAX], *line = NULL;
    size_t capacity = 0;
    ssize_t len;
    FILE *file = NULL;
    struct stat info;
    if (!results_path(l, path) ||
        plain_file_open(path, "cannot open", &file, &info, NULL) != WHOSAID_OK)
        return;
    while ((len = getline(&line, &capacity, file)) >= 0) {
        json_t *result = json_loadb(line, (size_t)len, 0, NULL);
        if (json_is_object(result)) json_array_append(l->results, result);
        json_decref(result);
    }
    free(line);
    fclose(file);
}

lesson *lesson_new(desk *d) {
    lesson *l = calloc(1, sizeof *l);
    json_t *results = json_array();
    if (!l || !results) {
        json_decref(results);
        free(l);
        return NULL;
    }
    l->desk = d;
    l->results = results;
    read_results(l);
    return l;
}

void lesson_free(lesson *l) {
    if (!l) return;
    pthread_mutex_lock(&l->desk->lock);
    l->cancelled = true;
    pthread_mutex_unlock(&l->desk->lock);
    if (l->has_thread) pthread_join(l->thread, NULL);
    trained_free(&l->trained);
    json_decref(l->results);
    free(l);
}

static bool on_progress(void *context, size_t done, size_t total) {
    lesson *l = context;
    pthread_mutex_lock(&l->desk->lock);
    l->done = done;
    l->total = total;
    bool goes_on = !l->cancelled;
    pthread_mutex_unlock(&l->desk->lock);
    return goes_on;
}

static json_t *result_value(const target *toward, const lesson_result *r) {
    return json_pack("{s:s%, s:I, s:f, s:f, s:f, s:f, s:f}", "target", toward->name.ptr,
                     toward->name.len, "statements", (json_int_t)r->statements, "macro_f1",
                     r->macro_f1, "macro_low", r->macro_low, "macro_high", r->macro_high,
                     "accuracy", r->accuracy, "majority_macro_f1", r->majority_macro_f1);
}

static void note_result(lesson *l, const target *toward, const lesson_result *r) {
    char path[PATH_MAX];
    json_t *result = result_value(toward, r);
    /* O_NONBLOCK: a pipe that came with the corpus must not keep us waiting. */
    int descriptor = results_path(l, path)
                         ? open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0666)
                         : -1;
    FILE *file = descriptor >= 0 ? fdopen(descriptor, "a") : NULL;
    if (!file && descriptor >= 0) close(descriptor);
    if (file) {
        if (result) json_dumpf(result, file, JSON_COMPACT | JSON_REAL_PRECISION(4));
        fputc('\n', file);
        fclose(file);
    }
    if (result) json_array_append(l->results, result);
    json_decref(result);
}

/* Learns from the corpus file as it stands; nothing of the desk is used but its name and target. */
static whosaid_status train(lesson *l, const target *toward, trained_model *t, lesson_result *r,
                            whosaid_error *err) {
    feature_settings settings =
        feature_settings_default(toward->phrase_counts[PHRASE_QUESTION] > 0);
    evaluation_options options = evaluation_options_default();
    options.training.progress = on_progress;
    options.training.context = l;
    evaluation figures;
    whosaid_status status = corpus_load(&l->desk->corpus, 1, &t->from, err);
    const example_sources sources = {.training = t->from};
    if (status == WHOSAID_OK)
        status = example_set_collect(toward, &settings, 1, &sources, &t->examples, err);
    if (status == WHOSAID_OK && t->examples->count == 0)
        status = error_set(err, WHOSAID_SYNTAX, NULL, 0, "no statement has a stance yet");
    if (status == WHOSAID_OK) status = evaluate_examples(t->examples, &options, &figures, err);
    if (status == WHOSAID_OK)
        status = trainer_run(t->examples, &options.training, &t->model, &t->summary, err);
    if (status == WHOSAID_OK)
        *r = (lesson_result){t->summary.examples, figures.macro_f1, figures.macro_low,
                             figures.macro_high,  figures.accuracy, figures.majority_macro_f1};
    return status;
}

static void *run_training(void *context) {
    lesson *l = context;
    const target *toward = l->desk->targets[l->target];
    trained_model t = {0};
    lesson_result r = {0};
    whosaid_error err = {0};
    whosaid_status status = train(l, toward, &t, &r, &err);
    pthread_mutex_lock(&l->desk->lock);
    if (status == WHOSAID_OK) {
        trained_free(&l->trained);
        l->trained = t;
        note_result(l, toward, &r);
        l->state = LESSON_TRAINED;
    } else {
        trained_free(&t);
        error_set(&err, status, NULL, 0, "%s", whosaid_status_words(status));
        l->failure = err;
        l->state = l->trained.model ? LESSON_TRAINED : LESSON_IDLE;
    }
    pthread_mutex_unlock(&l->desk->lock);
    return NULL;
}

/* Saves the model and lets the program look at the articles again with it. */
static whosaid_status take_into_use(lesson *l, proposals **found, whosaid_error *err) {
    char folder[PATH_MAX];
    whosaid_status status = folder_path(l->desk->models_folder, "stance", folder, err);
    if (status != WHOSAID_OK) return status;
    stance_card card = stance_card_of(l->trained.examples, &l->trained.summary);
    card.data = l->desk->corpus;
    status = stance_model_save_in(l->trained.model, &card, folder, err);
    return status == WHOSAID_OK ? proposals_build(l->desk, found, err) : status;
}

static void *run_keeping(void *context) {
    lesson *l = context;
    proposals *found = NULL;
    whosaid_error err = {0};
    whosaid_status status = take_into_use(l, &found, &err);
    pthread_mutex_lock(&l->desk->lock);
    if (status == WHOSAID_OK) {
        proposals_free(l->desk->found);
        l->desk->found = found;
        trained_free(&l->trained);
        l->state = LESSON_IDLE;
    } else {
        error_set(&err, status, NULL, 0, "%s", whosaid_status_words(status));
        l->failure = err;
        l->state = LESSON_TRAINED;
    }
    pthread_mutex_unlock(&l->desk->lock);
    return NULL;
}

static whosaid_status begin(lesson *l, lesson_state doing, void *(*work)(void *),
                            whosaid_error *err) {
    if (l->has_thread) pthread_join(l->thread, NULL); /* it has left the lock for good */
    l->has_thread = false;
    lesson_state before = l->state;
    l->state = doing;
    l->failure = (whosaid_error){0};
    l->done = l->total = 0;
    int failure = pthread_create(&l->thread, NULL, work, l);
    l->has_thread = failure == 0;
    if (failure == 0) return WHOSAID_OK;
    l->state = before;
    return error_io(err, NULL, "cannot start a thread", failure);
}

static bool is_busy(const lesson *l) {
    return l->state == LESSON_TRAINING || l->state == LESSON_KEEPING;
}

whosaid_status lesson_begin(lesson *l, size_t target_index, whosaid_error *err) {
    if (is_busy(l)) return error_set(err, WHOSAID_USAGE, NULL, 0, "a training runs already");
    l->target = target_index;
    return begin(l, LESSON_TRAINING, run_training, err);
}

whosaid_status lesson_keep(lesson *l, whosaid_error *err) {
    if (is_busy(l)) return error_set(err, WHOSAID_USAGE, NULL, 0, "a training runs already");
    if (!l->trained.model)
        return error_set(err, WHOSAID_USAGE, NULL, 0, "no model was trained since the last one");
    return begin(l, LESSON_KEEPING, run_keeping, err);
}

/* What the card of the model in use says, or null. */
static json_t *card_value(const lesson *l, const target *toward) {
    char path[PATH_MAX];
    int len = snprintf(path, sizeof path, "%s/stance/%.*s/model.json", l->desk->models_folder,
                       (int)toward->name.len, toward->name.ptr);
    json_t *card = len > 0 && (size_t)len < sizeof path ? json_load_file(path, 0, NULL) : NULL;
    const json_t *training = json_object_get(card, "training");
    const json_t *figures = json_object_get(card, "figures");
    json_t *value =
        card ? json_pack("{s:O?, s:O?, s:O?, s:O?}", "data", json_object_get(training, "data"),
                         "statements", json_object_get(training, "statements"), "macro_f1",
                         json_object_get(figures, "macro_f1"), "accuracy",
                         json_object_get(figures, "accuracy"))
             : json_null();
    json_decref(card);
    return value;
}

json_t *lesson_value(const lesson *l) {
    const desk *d = l->desk;
    json_t *models = json_object();
    for (size_t i = 0; models && i < d->target_count; i++)
        json_object_setn_new_nocheck(models, d->targets[i]->name.ptr, d->targets[i]->name.len,
                                     card_value(l, d->targets[i]));
    const char *target_name = d->target_count ? d->targets[l->target]->name.ptr : "";
    json_t *value = json_pack("{s:s, s:s, s:I, s:I, s:O, s:O}", "state", state_names[l->state],
                              "target", target_name, "done", (json_int_t)l->done, "total",
                              (json_int_t)l->total, "results", l->results, "models", models);
    if (value && l->failure.code != WHOSAID_OK)
        json_object_set_new(value, "failure", json_string(l->failure.text));
    json_decref(models);
    return value;
}
