#include "stance/scorer_steps.h"

#include "base/array.h"
#include "base/error.h"
#include "base/folder.h"
#include "stance/calibration.h"
#include "stance/company.h"
#include "stance/metrics.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

static whosaid_status add_model(stance_scorer *scorer, const char *folder, const char *file,
                                whosaid_error *err) {
    if (scorer->count == STANCE_MAX_TARGETS)
        return error_set(err, WHOSAID_LIMIT, folder, 0, "over %d stance models",
                         STANCE_MAX_TARGETS);
    char path[PATH_MAX];
    whosaid_status status = folder_path(folder, file, path, err);
    if (status == WHOSAID_OK) status = stance_model_load(path, &scorer->models[scorer->count], err);
    if (status == WHOSAID_OK) scorer->count++;
    return status;
}

/* Two models of a target, such as one and its copy, would report each statement twice. names: those
 * of the folders of all models so far. */
static whosaid_status check_last_target(const stance_scorer *scorer, const char *folder,
                                        const char *const *names, whosaid_error *err) {
    size_t last = scorer->count - 1;
    text_view aim = scorer->models[last]->target->name;
    for (size_t i = 0; i < last; i++)
        if (view_equal(scorer->models[i]->target->name, aim))
            return error_set(err, WHOSAID_MODEL, folder, 0,
                             "%s and %s are models of the same target, \"%.*s\"", names[i],
                             names[last], (int)aim.len, aim.ptr);
    return WHOSAID_OK;
}

/* Any folder counts: one that lost its model.json is damaged, and to pass it over would report no
 * stances without a word. */
static bool is_model_folder(const char *folder, const char *file) {
    char path[PATH_MAX];
    struct stat info;
    return file[0] != '.' && folder_path(folder, file, path, NULL) == WHOSAID_OK &&
           stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

static int compare_names(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static whosaid_status add_all(stance_scorer *scorer, const char *folder, whosaid_error *err) {
    DIR *directory = opendir(folder);
    if (!directory)
        return errno == ENOENT ? WHOSAID_OK : error_io(err, folder, "cannot open", errno);
    arena *memory = arena_new();
    ARRAY(const char *) names = {0};
    whosaid_status status = memory ? WHOSAID_OK : error_no_memory(err);
    for (struct dirent *e; status == WHOSAID_OK && (e = readdir(directory));) {
        if (!is_model_folder(folder, e->d_name)) continue;
        text_view copy = arena_copy(memory, view_of(e->d_name));
        if (!copy.ptr || !array_push(memory, &names, copy.ptr)) status = error_no_memory(err);
    }
    closedir(directory);
    if (names.count) qsort(names.items, names.count, sizeof *names.items, compare_names);
    for (size_t i = 0; i < names.count && status == WHOSAID_OK; i++) {
        status = add_model(scorer, folder, names.items[i], err);
        if (status == WHOSAID_OK) status = check_last_target(scorer, folder, names.items, err);
    }
    arena_free(memory);
    return status;
}

static bool named_before(const char *const *names, size_t index) {
    for (size_t i = 0; i < index; i++)
        if (strcmp(names[i], names[index]) == 0) return true;
    return false;
}

static whosaid_status no_model(const stance_scorer *scorer, const char *wanted,
                               whosaid_error *err) {
    char known[200] = "";
    for (size_t i = 0, len = 0; i < scorer->count && len < sizeof known; i++) {
        text_view other = scorer->models[i]->target->name;
        len += (size_t)snprintf(known + len, sizeof known - len, "%s%.*s",
                                len ? ", " : "; there are: ", (int)other.len, other.ptr);
    }
    return error_set(err, WHOSAID_USAGE, NULL, 0, "there is no model for the target \"%s\"%s",
                     wanted, known);
}

/* The models whose targets have the names; a name said twice counts once. */
static whosaid_status keep_named(stance_scorer *scorer, const char *const *names, size_t name_count,
                                 whosaid_error *err) {
    stance_model *kept[STANCE_MAX_TARGETS];
    size_t count = 0;
    for (size_t n = 0; n < name_count; n++) {
        if (named_before(names, n)) continue;
        size_t i = 0;
        while (i < scorer->count && !view_is(scorer->models[i]->target->name, names[n]))
            i++;
        if (i == scorer->count) return no_model(scorer, names[n], err);
        kept[count++] = scorer->models[i];
    }
    for (size_t i = 0; i < scorer->count; i++) {
        size_t k = 0;
        while (k < count && kept[k] != scorer->models[i])
            k++;
        if (k == count) stance_model_free(scorer->models[i]);
    }
    memcpy(scorer->models, kept, count * sizeof *kept);
    scorer->count = count;
    return WHOSAID_OK;
}

whosaid_status stance_scorer_open(const char *folder, const char *const *names, size_t name_count,
                                  stance_scorer **out, whosaid_error *err) {
    *out = NULL;
    stance_scorer *scorer = calloc(1, sizeof *scorer);
    if (!scorer) return error_no_memory(err);
    whosaid_status status = add_all(scorer, folder, err);
    if (status == WHOSAID_OK && name_count) status = keep_named(scorer, names, name_count, err);
    if (status == WHOSAID_OK)
        *out = scorer;
    else
        stance_scorer_close(scorer);
    return status;
}

void stance_scorer_close(stance_scorer *scorer) {
    for (size_t i = 0; scorer && i < scorer->count; i++)
        stance_model_free(scorer->models[i]);
    free(scorer);
}

size_t stance_scorer_target_count(const stance_scorer *scorer) {
    return scorer->count;
}

const target *stance_scorer_target(const stance_scorer *scorer, size_t index) {
    return scorer->models[index]->target;
}

static bool spans_of_ranges(const article *a, token_ranges ranges, span_list *out) {
    *out = (span_list){ARENA_NEW(a->arena, span, ranges.count), 0};
    for (size_t i = 0; out->items && i < ranges.count; i++)
        if (ranges.items[i].first < ranges.items[i].end)
            out->items[out->count++] = range_bytes(a, ranges.items[i]);
    return out->items != NULL;
}

bool stance_statement(const article *a, const attribution *from, statement *out) {
    *out = (statement){.speaker_name = from->speaker.name, .speaker_role = from->speaker.role};
    return spans_of_ranges(a, from->cues, &out->cues) &&
           spans_of_ranges(a, from->sources, &out->sources) &&
           spans_of_ranges(a, from->contents, &out->contents);
}

static void widen(const article *a, token_ranges ranges, uint32_t *first, uint32_t *last) {
    for (size_t i = 0; i < ranges.count; i++) {
        if (ranges.items[i].first >= ranges.items[i].end) continue;
        uint32_t begin = a->tokens[ranges.items[i].first].sentence;
        uint32_t end = a->tokens[ranges.items[i].end - 1].sentence;
        if (begin < *first) *first = begin;
        if (end > *last) *last = end;
    }
}

/* [sentence]: whether it lies within a statement, from the first that it touches to the last. */
static bool *wanted_sentences(const article *a) {
    bool *wanted = ARENA_NEW(a->arena, bool, a->sentence_count);
    int32_t *opened = ARENA_NEW(a->arena, int32_t, a->sentence_count + 1); /* less those closed */
    if (!wanted || !opened) return NULL;
    for (size_t i = 0; i < a->attribution_count; i++) {
        const attribution *said = &a->attributions[i];
        uint32_t first = UINT32_MAX, last = 0;
        widen(a, said->cues, &first, &last);
        widen(a, said->sources, &first, &last);
        widen(a, said->contents, &first, &last);
        if (first > last) continue;
        opened[first]++;
        opened[last + 1]--;
    }
    int32_t open = 0;
    for (size_t i = 0; i < a->sentence_count; i++) {
        open += opened[i];
        wanted[i] = open > 0;
    }
    return wanted;
}

whosaid_status stance_prepare(const stance_model *model, const article *a, feature_text *out,
                              whosaid_error *err) {
    span *sentences = sentence_spans(a, a->arena);
    bool *wanted = wanted_sentences(a);
    if (!sentences || !wanted) return error_no_memory(err);
    return feature_text_prepare(model->target, a->text, sentences, a->sentence_count, wanted,
                                a->arena, out, err);
}

/* margins of one attribution; what was needed on the way is given back. */
static whosaid_status margins_of(const stance_model *model, const feature_text *text, article *a,
                                 const attribution *from, double *margins, whosaid_error *err) {
    arena_mark mark = arena_save(a->arena);
    statement said;
    if (!stance_statement(a, from, &said)) return error_no_memory(err);
    whosaid_status status = stance_model_score(model, text, &said, a->arena, margins, err);
    arena_restore(a->arena, mark);
    return status;
}

whosaid_status stance_lean(const stance_model *model, article *a, double *margins,
                           whosaid_error *err) {
    uint64_t *voices = ARENA_NEW(a->arena, uint64_t, a->attribution_count);
    for (size_t i = 0; voices && i < a->attribution_count; i++)
        voices[i] = company_voice(0, a->attributions[i].speaker.name);
    bool done = voices && company_lean(model->settings.company, voices, a->attribution_count,
                                       model->target->label_count, margins, a->arena);
    return done ? WHOSAID_OK : error_no_memory(err);
}

whosaid_status stance_margins(const stance_model *model, const feature_text *text, article *a,
                              double **margins, whosaid_error *err) {
    size_t labels = model->target->label_count;
    *margins = ARENA_NEW(a->arena, double, a->attribution_count *labels);
    whosaid_status status = *margins ? WHOSAID_OK : error_no_memory(err);
    for (size_t i = 0; i < a->attribution_count && status == WHOSAID_OK; i++)
        status = margins_of(model, text, a, &a->attributions[i], *margins + i * labels, err);
    return status;
}

/* The margins go into probabilities. */
static void decide(const stance_model *model, const double *margins, stance *out, float *scores) {
    size_t labels = model->target->label_count;
    double probabilities[TARGET_MAX_LABELS];
    calibration_apply(model->sharpness, margins, labels, probabilities);
    for (size_t k = 0; k < labels; k++)
        scores[k] = (float)probabilities[k];
    out->best_label = (uint32_t)largest_of(margins, labels);
    bool decided = probabilities[out->best_label] >= model->target->threshold;
    out->label = decided ? out->best_label : STANCE_UNDECIDED;
    out->scores = scores;
}

static whosaid_status score_target(const stance_scorer *scorer, uint32_t index, article *a,
                                   float *scores, whosaid_error *err) {
    const stance_model *model = scorer->models[index];
    size_t labels = model->target->label_count;
    arena_mark mark = arena_save(a->arena);
    feature_text text;
    double *margins;
    whosaid_status status = stance_prepare(model, a, &text, err);
    if (status == WHOSAID_OK) status = stance_margins(model, &text, a, &margins, err);
    if (status == WHOSAID_OK) status = stance_lean(model, a, margins, err);
    for (size_t i = 0; i < a->attribution_count && status == WHOSAID_OK; i++) {
        stance *out = &a->attributions[i].stances[index];
        out->target = index;
        decide(model, margins + i * labels, out, scores + i * labels);
    }
    arena_restore(a->arena, mark);
    return status;
}

whosaid_status stance_article(const stance_scorer *scorer, article *a, whosaid_error *err) {
    for (size_t i = 0; i < a->attribution_count; i++) {
        a->attributions[i].stances = ARENA_NEW(a->arena, stance, scorer->count);
        if (!a->attributions[i].stances) return error_no_memory(err);
        a->attributions[i].stance_count = scorer->count;
    }
    for (uint32_t t = 0; t < scorer->count && a->attribution_count; t++) {
        size_t labels = scorer->models[t]->target->label_count;
        float *scores = ARENA_NEW(a->arena, float, a->attribution_count *labels);
        if (!scores) return error_no_memory(err);
        whosaid_status status = score_target(scorer, t, a, scores, err);
        if (status != WHOSAID_OK) return status;
    }
    return WHOSAID_OK;
}
