/* Loads the folder of a stance model, as hostile input. */
#include "base/error.h"
#include "base/hash.h"
#include "base/json_text.h"
#include "base/model_file.h"
#include "base/plain_file.h"
#include "stance/decimal.h"
#include "stance/stance_index.h"
#include "stance/stance_model_folder.h"

#include <errno.h>
#include <jansson.h>
#include <math.h>
#include <stdlib.h>

enum { MAX_CARD_BYTES = 1 << 20, MAX_FEATURES = 1 << 24 };
static const size_t MAX_FILE_BYTES = (size_t)1 << 30;
static const double RHO_TOLERANCE = 1e-8;

typedef struct loader {
    const char *folder;
    stance_model *model;
    json_t *card;
    feature_dictionary *dictionary;
    size_t labels;
} loader;

static whosaid_status damaged(const loader *l, const char *file, size_t line, const char *reason,
                              whosaid_error *err) {
    char where[sizeof err->where];
    snprintf(where, sizeof where, "%s/%s", l->folder, file);
    return error_set(err, WHOSAID_MODEL, where, line, "%s", reason);
}

/* Reads a whole file into the arena. */
static whosaid_status read_file(const loader *l, const char *part, size_t limit, arena *a,
                                text_view *out, whosaid_error *err) {
    const char *path = stance_file_path(a, l->folder, part);
    if (!path) return error_no_memory(err);
    FILE *file;
    struct stat info;
    whosaid_status status = plain_file_open(path, "cannot open the model", &file, &info, err);
    if (status != WHOSAID_OK) return status;
    if ((size_t)info.st_size > limit) {
        status = damaged(l, part, 0, "too large for a stance model", err);
    } else {
        char *data = arena_alloc_raw(a, (size_t)info.st_size + 1, 1);
        if (!data) {
            status = error_no_memory(err);
        } else {
            *out = (text_view){data, fread(data, 1, (size_t)info.st_size, file)};
            if (ferror(file)) status = error_io(err, path, "cannot read the model", errno);
        }
    }
    fclose(file);
    return status;
}

static whosaid_status damaged_part(const loader *l, const char *part, whosaid_error *err) {
    return damaged(l, part, 0, "damaged: the checksum of model.json does not match", err);
}

/* What the card says a part's hash is; false when it says nothing of the kind. */
static bool noted_hash(const loader *l, const char *part, uint64_t *out) {
    const char *noted = json_string_value(json_object_get(json_object_get(l->card, "files"), part));
    char digits[HASH_DIGITS + 1], *end;
    if (!noted || strlen(noted) != HASH_DIGITS) return false;
    *out = strtoull(noted, &end, 16);
    stance_hash_digits(*out, digits);
    return strcmp(digits, noted) == 0;
}

static whosaid_status read_checked(const loader *l, const char *part, arena *a, text_view *out,
                                   whosaid_error *err) {
    whosaid_status status = read_file(l, part, MAX_FILE_BYTES, a, out, err);
    if (status != WHOSAID_OK) return status;
    uint64_t noted;
    bool same = noted_hash(l, part, &noted) && noted == hash_view(*out);
    return same ? WHOSAID_OK : damaged_part(l, part, err);
}

/* Checks a part's hash without keeping the part. */
static whosaid_status check_part(const loader *l, const char *part, uint64_t noted,
                                 whosaid_error *err) {
    enum { CHUNK_BYTES = 1 << 16 };
    FILE *file = NULL;
    struct stat info;
    arena *a = arena_new();
    const char *path = a ? stance_file_path(a, l->folder, part) : NULL;
    char *chunk = path ? arena_alloc_raw(a, CHUNK_BYTES, 1) : NULL;
    hash_stream *hash = hash_stream_new();
    whosaid_status status = chunk && hash
                                ? plain_file_open(path, "cannot open the model", &file, &info, err)
                                : error_no_memory(err);
    for (size_t len; file && (len = fread(chunk, 1, CHUNK_BYTES, file)) > 0;)
        hash_stream_add(hash, chunk, len);
    if (file && ferror(file)) status = error_io(err, path, "cannot read the model", errno);
    if (status == WHOSAID_OK && hash_stream_value(hash) != noted)
        status = damaged_part(l, part, err);
    if (file) fclose(file);
    hash_stream_free(hash);
    arena_free(a);
    return status;
}

static whosaid_status check_card(const loader *l, whosaid_error *err) {
    const char *kind = json_string_value(json_object_get(l->card, "kind"));
    if (!kind || strcmp(kind, MODEL_KIND) != 0)
        return damaged(l, CARD_FILE, 0, "not a stance model", err);
    json_int_t format = json_integer_value(json_object_get(l->card, "format_version"));
    if (format != FORMAT_VERSION)
        return damaged(l, CARD_FILE, 0, "written in another format version: train it again", err);
    json_int_t version = json_integer_value(json_object_get(l->card, "feature_version"));
    if (version != STANCE_FEATURE_VERSION)
        return damaged(l, CARD_FILE, 0, "made for another feature version: train it again", err);
    return WHOSAID_OK;
}

static whosaid_status read_settings(const loader *l, whosaid_error *err) {
    const json_t *features = json_object_get(l->card, "features");
    const char *scaling = json_string_value(json_object_get(features, "scaling"));
    bool joint = scaling && strcmp(scaling, "joint") == 0;
    if (!joint && (!scaling || strcmp(scaling, "group") != 0))
        return damaged(l, CARD_FILE, 0, "unknown scaling of features", err);
    l->model->settings.scaling = joint ? SCALING_JOINT : SCALING_GROUP;
    const json_t *company = json_object_get(features, "company");
    l->model->settings.company = json_number_value(company);
    if (!json_is_number(company) ||
        !(l->model->settings.company >= 0 && l->model->settings.company <= 1e3))
        return damaged(l, CARD_FILE, 0, "no usable weight of company", err);
    const json_t *weights = json_object_get(features, "weights");
    for (int g = 0; g < GROUP_COUNT; g++) {
        const json_t *value = json_object_get(weights, feature_group_name((feature_group)g));
        double weight = json_number_value(value);
        if (!json_is_number(value) || !(weight >= 0 && weight <= 1e3))
            return damaged(l, CARD_FILE, 0, "a feature group has no usable weight", err);
        l->model->settings.weights[g] = weight;
    }
    l->model->sharpness = json_number_value(json_object_get(l->card, "sharpness"));
    if (!(l->model->sharpness > 0 && l->model->sharpness < 1e3))
        return damaged(l, CARD_FILE, 0, "no usable sharpness", err);
    return WHOSAID_OK;
}

static whosaid_status read_card(loader *l, whosaid_error *err) {
    text_view text;
    whosaid_status status = read_file(l, CARD_FILE, MAX_CARD_BYTES, l->model->arena, &text, err);
    if (status != WHOSAID_OK) return status;
    json_error_t cause;
    status = json_text_read(text, JSON_REJECT_DUPLICATES, &l->card, &cause);
    if (status == WHOSAID_NO_MEMORY) return error_no_memory(err);
    if (status != WHOSAID_OK)
        return damaged(l, CARD_FILE, cause.line > 0 ? (size_t)cause.line : 0, cause.text, err);
    status = check_card(l, err);
    return status == WHOSAID_OK ? read_settings(l, err) : status;
}

static whosaid_status read_target(loader *l, whosaid_error *err) {
    text_view text;
    whosaid_status status = read_checked(l, TARGET_FILE_NAME, l->model->arena, &text, err);
    if (status != WHOSAID_OK) return status;
    char where[sizeof err->where];
    snprintf(where, sizeof where, "%s/" TARGET_FILE_NAME, l->folder);
    status = target_parse(text, where, &l->model->owned_target, err);
    if (status != WHOSAID_OK) return status;
    l->model->target = l->model->owned_target;
    l->labels = l->model->target->label_count;
    const json_t *labels = json_object_get(l->card, "labels");
    bool same = json_array_size(labels) == l->labels;
    for (size_t i = 0; same && i < l->labels; i++) {
        const json_t *label = json_array_get(labels, i);
        text_view text_of_card = {json_string_value(label), json_string_length(label)};
        same = json_is_string(label) && view_equal(text_of_card, l->model->target->labels[i]);
    }
    return same ? WHOSAID_OK
                : damaged(l, CARD_FILE, 0, "its labels are not those of target.json", err);
}

/* Cuts the next line off the text; false at its end. */
static bool next_line(text_view *rest, text_view *line) {
    if (rest->len == 0) return false;
    const char *newline = memchr(rest->ptr, '\n', rest->len);
    size_t len = newline ? (size_t)(newline - rest->ptr) : rest->len;
    *line = view_slice(*rest, 0, len);
    *rest = view_slice(*rest, newline ? len + 1 : len, rest->len);
    return true;
}

/* Cuts "group\ttitle" of a line. *group is that of the line before, where most stand too. */
static bool cut_feature(text_view line, feature_group *group, text_view *title) {
    const char *usual = feature_group_name(*group);
    size_t cut = strlen(usual);
    if (line.len <= cut || memcmp(line.ptr, usual, cut) != 0 || line.ptr[cut] != '\t') {
        const char *tab = memchr(line.ptr, '\t', line.len);
        if (!tab) return false;
        cut = (size_t)(tab - line.ptr);
        feature_group found = feature_group_find(view_slice(line, 0, cut));
        if (found == GROUP_COUNT) return false;
        *group = found;
    }
    *title = view_slice(line, cut + 1, line.len);
    return true;
}

static whosaid_status read_features(loader *l, whosaid_error *err) {
    text_view rest, line, title;
    whosaid_status status = read_checked(l, FEATURES_FILE, l->model->arena, &rest, err);
    if (status != WHOSAID_OK) return status;
    json_int_t noted = json_integer_value(json_object_get(l->card, "feature_count"));
    /* No line is shorter than "cue\t\n": a card cannot ask for more memory than its file takes. */
    bool plausible = noted >= 0 && (size_t)noted <= rest.len / 5 + 1 && noted <= MAX_FEATURES;
    l->dictionary = feature_dictionary_new(l->model->arena, plausible ? (size_t)noted : 0);
    if (!l->dictionary) return error_no_memory(err);
    feature_group group = 0;
    for (size_t number = 0; next_line(&rest, &line); number++) {
        if (!cut_feature(line, &group, &title) || number >= MAX_FEATURES)
            return damaged(l, FEATURES_FILE, number + 1, "not a feature", err);
        uint32_t added = feature_dictionary_add_lent(l->dictionary, group, title);
        if (added == FEATURE_UNKNOWN) return error_no_memory(err);
        if (added != number)
            return damaged(l, FEATURES_FILE, number + 1, "a feature stands twice", err);
    }
    if ((json_int_t)feature_dictionary_size(l->dictionary) != noted)
        return damaged(l, CARD_FILE, 0, "feature_count is not that of features.txt", err);
    l->model->dictionary = l->dictionary;
    return WHOSAID_OK;
}

/* Where the reader of stance.svm stands. */
typedef struct cursor {
    const char *at, *end;
} cursor;

static bool skip(cursor *c, text_view text) {
    if (!view_starts_with((text_view){c->at, (size_t)(c->end - c->at)}, text)) return false;
    c->at += text.len;
    return true;
}

/* All is known but the numbers of rho: it is compared, not interpreted. */
static bool read_svm_head(loader *l, cursor *c, text_view head, text_view lists) {
    bool fits = skip(c, head);
    double *biases = l->model->biases;
    for (size_t i = 0; i < l->labels && fits; i++) {
        for (size_t j = i + 1; j < l->labels && fits; j++) {
            double rho = 0;
            fits = skip(c, VIEW(" ")) && decimal_read(&c->at, c->end, &rho);
            if (i == 0) biases[j] = rho;
            fits = fits && fabs(biases[j] - biases[i] - rho) < RHO_TOLERANCE;
        }
    }
    return fits && skip(c, lists);
}

/* Reads the lines before the vectors; *is_ours: whether they are as the writer has them. */
static whosaid_status check_svm_head(loader *l, cursor *c, bool *is_ours, whosaid_error *err) {
    draft head = {0}, lists = {0};
    stance_put_svm_head(&head, l->labels);
    stance_put_svm_lists(&lists, l->labels);
    bool done = !head.failed && !lists.failed;
    *is_ours = done && read_svm_head(l, c, buffer_view(&head.bytes), buffer_view(&lists.bytes));
    buffer_free(&head.bytes);
    buffer_free(&lists.bytes);
    return done ? WHOSAID_OK : error_no_memory(err);
}

static bool skip_byte(cursor *c, char byte) {
    if (c->at == c->end || *c->at != byte) return false;
    c->at++;
    return true;
}

/* One weight vector: "1:0.5 7:-0.25 " with ascending indices. */
static bool read_vector(loader *l, cursor *c, size_t label) {
    size_t features = feature_dictionary_size(l->dictionary), last = 0;
    for (size_t row = 0; row + 1 < l->labels; row++)
        if (!skip(c, row < label ? VIEW("-1 ") : VIEW("1 "))) return false;
    while (c->at < c->end && *c->at != '\n') {
        size_t index;
        double weight;
        if (!decimal_read_count(&c->at, c->end, features, &index) || index <= last ||
            !skip_byte(c, ':') || !decimal_read(&c->at, c->end, &weight) || !skip_byte(c, ' '))
            return false;
        stance_model_row(l->model, index - 1)[label] = (float)weight;
        last = index;
    }
    return skip(c, VIEW("\n"));
}

static whosaid_status parse_svm(loader *l, text_view text, whosaid_error *err) {
    cursor c = {text.ptr, text.ptr + text.len};
    bool is_ours;
    whosaid_status status = check_svm_head(l, &c, &is_ours, err);
    if (status != WHOSAID_OK) return status;
    if (!is_ours) return damaged(l, SVM_FILE, 0, "its head is not ours", err);
    for (size_t k = 0; k < l->labels; k++)
        if (!read_vector(l, &c, k))
            return damaged(l, SVM_FILE, 9 + k, "a weight vector is malformed", err);
    return c.at == c.end ? WHOSAID_OK
                         : damaged(l, SVM_FILE, 0, "goes on behind the last vector", err);
}

/* The text is not needed afterwards: it goes with an arena of its own. */
static whosaid_status read_svm(loader *l, whosaid_error *err) {
    arena *scratch = arena_new();
    if (!scratch) return error_no_memory(err);
    text_view text;
    whosaid_status status = read_checked(l, SVM_FILE, scratch, &text, err);
    bool allocated = status != WHOSAID_OK || stance_model_allocate(l->model);
    if (!allocated) status = error_no_memory(err);
    if (status == WHOSAID_OK) status = parse_svm(l, text, err);
    arena_free(scratch);
    return status;
}

/* Takes what an index holds; the text files must still be those of the card. */
static whosaid_status read_index(loader *l, bool *fits, whosaid_error *err) {
    stance_text_hashes hashes;
    json_int_t count = json_integer_value(json_object_get(l->card, "feature_count"));
    const char *path = stance_file_path(l->model->arena, l->folder, STANCE_INDEX_FILE);
    *fits = false;
    if (!path) return error_no_memory(err);
    if (!noted_hash(l, FEATURES_FILE, &hashes.features) || !noted_hash(l, SVM_FILE, &hashes.svm) ||
        count < 0 || count > MAX_FEATURES)
        return WHOSAID_OK;
    whosaid_status status = stance_index_load(l->model, hashes, (size_t)count, path, fits, err);
    if (status == WHOSAID_OK && *fits) status = check_part(l, FEATURES_FILE, hashes.features, err);
    if (status == WHOSAID_OK && *fits) status = check_part(l, SVM_FILE, hashes.svm, err);
    return status;
}

static whosaid_status read_text(loader *l, whosaid_error *err) {
    whosaid_status status = read_features(l, err);
    return status == WHOSAID_OK ? read_svm(l, err) : status;
}

static uint64_t index_of(const stance_model *m) {
    return m->index ? model_file_checksum(m->index) : 0;
}

whosaid_status stance_model_load(const char *folder, stance_model **out, whosaid_error *err) {
    *out = NULL;
    arena *a = arena_new();
    loader l = {.folder = folder, .model = a ? ARENA_NEW(a, stance_model, 1) : NULL};
    if (!l.model) {
        arena_free(a);
        return error_no_memory(err);
    }
    l.model->arena = a;
    whosaid_status status = read_card(&l, err);
    if (status == WHOSAID_OK) status = read_target(&l, err);
    bool is_indexed = false;
    if (status == WHOSAID_OK) status = read_index(&l, &is_indexed, err);
    if (status == WHOSAID_OK && !is_indexed) status = read_text(&l, err);
    stance_text_hashes hashes;
    if (status == WHOSAID_OK && noted_hash(&l, FEATURES_FILE, &hashes.features) &&
        noted_hash(&l, SVM_FILE, &hashes.svm))
        l.model->identity = hash_mix(hash_mix(hashes.features, hashes.svm), index_of(l.model));
    json_decref(l.card);
    if (status == WHOSAID_OK)
        *out = l.model;
    else
        stance_model_free(l.model);
    return status;
}
