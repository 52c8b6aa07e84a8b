#include "cli/stance_options.h"

#include "base/array.h"
#include "base/error.h"
#include "cli/command.h"

#include <stdlib.h>

enum {
    OPTION_CORPUS = 512,
    OPTION_TARGET,
    OPTION_TARGET_FILE,
    OPTION_SCALING,
    OPTION_GROUP,
    OPTION_COST,
    OPTION_FLAT_LABELS,
    OPTION_ALONE,
    OPTION_COMPANY,
    OPTION_MIX_SPEAKERS,
    OPTION_MINIMUM_COUNT,
    OPTION_SEED
};

static const struct argp_option option_list[] = {
    {"corpus", OPTION_CORPUS, "PATH", 0,
     "Learn from the annotated articles in PATH (file or folder); may be given several times", 0},
    {"target", OPTION_TARGET, "NAME", 0, "Only this target", 0},
    {"target-file", OPTION_TARGET_FILE, "FILE", 0,
     "The target's file. Default: target.json beside the corpus; without one the labels come from "
     "the corpus",
     0},
    {"scaling", OPTION_SCALING, "HOW", 0,
     "How groups of features are scaled: group (each to unit length, the default) or joint", 0},
    {"group", OPTION_GROUP, "NAME=WEIGHT", 0,
     "Weight of a feature group, 0 to leave it out; may be given several times", 0},
    {"cost", OPTION_COST, "C", 0,
     "C of the SVM. Default: searched for 200 to 5,000 statements, else 2", 0},
    {"flat-labels", OPTION_FLAT_LABELS, NULL, 0, "Rare labels cost no more than frequent ones", 0},
    {"alone", OPTION_ALONE, NULL, 0,
     "Learn from the target's own labels only, not from those that the same statements carry "
     "toward "
     "other targets",
     0},
    {"company", OPTION_COMPANY, "WEIGHT", 0,
     "How much a statement leans toward what the same speaker says else in the article (default "
     "0.2 with a question lexicon, else 0)",
     0},
    {"mix-speakers", OPTION_MIX_SPEAKERS, NULL, 0,
     "Folds keep articles together, but not what one named speaker says in several", 0},
    {"minimum-count", OPTION_MINIMUM_COUNT, "N", 0,
     "Leave out features of fewer than N statements (default 1)", 0},
    {"seed", OPTION_SEED, "N", 0, "Seed of the folds (default 1)", 0},
    {"quiet", 'q', NULL, 0, "Tell failures only", 0},
    {0}};

static void parse_group(stance_options *o, const char *text, const struct argp_state *state) {
    const char *equals = strchr(text, '=');
    size_t len = equals ? (size_t)(equals - text) : 0;
    feature_group group = feature_group_find((text_view){text, len});
    if (!equals || group == GROUP_COUNT) {
        argp_error(state, "--group takes NAME=WEIGHT, not `%s'", text);
        return;
    }
    o->weights[group] = command_number("--group", equals + 1, 0, 100, state);
}

static void parse_scaling(stance_options *o, const char *text, const struct argp_state *state) {
    o->joint = strcmp(text, "joint") == 0;
    if (!o->joint && strcmp(text, "group") != 0)
        argp_error(state, "--scaling is group or joint, not `%s'", text);
}

static error_t parse_option(int key, char *argument, struct argp_state *state) {
    stance_options *o = state->input;
    switch (key) {
    case OPTION_CORPUS: o->corpora[o->corpus_count++] = argument; return 0;
    case OPTION_TARGET: o->target = argument; return 0;
    case OPTION_TARGET_FILE: o->target_file = argument; return 0;
    case OPTION_SCALING: parse_scaling(o, argument, state); return 0;
    case OPTION_GROUP: parse_group(o, argument, state); return 0;
    case OPTION_COST: o->cost = command_number("--cost", argument, 1e-3, 1e3, state); return 0;
    case OPTION_FLAT_LABELS: o->flat_labels = true; return 0;
    case OPTION_COMPANY: o->company = command_number("--company", argument, 0, 10, state); return 0;
    case OPTION_ALONE: o->alone = true; return 0;
    case OPTION_MIX_SPEAKERS: o->mix_speakers = true; return 0;
    case OPTION_MINIMUM_COUNT:
        o->minimum_count = command_count("--minimum-count", argument, 1, 1000, state);
        return 0;
    case OPTION_SEED: o->seed = command_count("--seed", argument, 0, UINT64_MAX, state); return 0;
    case 'q': o->quiet = true; return 0;
    case ARGP_KEY_ARG: o->corpora[o->corpus_count++] = argument; return 0;
    case ARGP_KEY_END:
        if (o->corpus_count == 0) argp_error(state, "no --corpus PATH given");
        return 0;
    default: return ARGP_ERR_UNKNOWN;
    }
}

const struct argp stance_options_parser = {option_list, parse_option, NULL, NULL, NULL, NULL, NULL};

bool stance_options_init(stance_options *o, int argc) {
    *o = (stance_options){.minimum_count = 1, .seed = 1, .company = -1};
    for (int g = 0; g < GROUP_COUNT; g++)
        o->weights[g] = -1;
    o->corpora = calloc((size_t)argc + 1, sizeof *o->corpora);
    return o->corpora != NULL;
}

void stance_options_free(stance_options *o) {
    free(o->corpora);
}

feature_settings stance_options_settings(const stance_options *o, const target *t) {
    feature_settings settings = feature_settings_default(t->phrase_counts[PHRASE_QUESTION] > 0);
    settings.scaling = o->joint ? SCALING_JOINT : SCALING_GROUP;
    for (int g = 0; g < GROUP_COUNT; g++)
        if (o->weights[g] >= 0) settings.weights[g] = o->weights[g];
    if (o->company >= 0) settings.company = o->company;
    return settings;
}

trainer_options stance_options_training(const stance_options *o) {
    trainer_options training = trainer_options_default();
    training.cost = o->cost;
    training.weigh_labels = !o->flat_labels;
    training.mix_speakers = o->mix_speakers;
    training.seed = o->seed;
    return training;
}

static whosaid_status find_configured(const stance_options *o, text_view wanted, target **out,
                                      whosaid_error *err) {
    if (!o->target_file) return target_find(o->corpora, o->corpus_count, wanted, out, err);
    whosaid_status status = target_load(o->target_file, out, err);
    if (status != WHOSAID_OK || wanted.len == 0 || view_equal((*out)->name, wanted)) return status;
    status = error_set(err, WHOSAID_USAGE, o->target_file, 0, "is the file of the target %.*s",
                       (int)(*out)->name.len, (*out)->name.ptr);
    target_free(*out);
    *out = NULL;
    return status;
}

whosaid_status stance_options_targets(const stance_options *o, const corpus *from, arena *memory,
                                      target_names *out, whosaid_error *err) {
    ARRAY(text_view) names = {0};
    target *configured = NULL;
    whosaid_status status = WHOSAID_OK;
    text_view only = view_of(o->target);
    if (!o->target) {
        status = find_configured(o, VIEW(""), &configured, err);
        if (status != WHOSAID_OK) return status;
        if (configured) only = arena_copy(memory, configured->name);
        target_free(configured);
    }
    if (only.len && !array_push(memory, &names, only)) return error_no_memory(err);
    label_count *labels;
    size_t count = 0;
    status = corpus_count_labels(from, memory, &labels, &count, err);
    for (size_t i = 0; i < count && status == WHOSAID_OK && !only.len; i++) {
        bool known = names.count && view_equal(names.items[names.count - 1], labels[i].target);
        if (!known && !array_push(memory, &names, labels[i].target)) status = error_no_memory(err);
    }
    if (status == WHOSAID_OK && names.count == 0)
        status = error_set(err, WHOSAID_SYNTAX, o->corpora[0], 0,
                           "no statement of the corpus carries a stance");
    *out = (target_names){names.items, names.count};
    return status;
}

/* A target that nobody configured: its labels are those of the corpus. */
static whosaid_status open_unconfigured(const label_count *counted, size_t count, text_view wanted,
                                        arena *memory, target **out, whosaid_error *err) {
    ARRAY(text_view) labels = {0};
    for (size_t i = 0; i < count; i++)
        if (view_equal(counted[i].target, wanted) && !array_push(memory, &labels, counted[i].label))
            return error_no_memory(err);
    if (labels.count == 0)
        return error_set(err, WHOSAID_USAGE, NULL, 0,
                         "the corpus holds no stance toward the target \"%.*s\"", (int)wanted.len,
                         wanted.ptr);
    return target_from_name(wanted, labels.items, labels.count, out, err);
}

/* A corpus whose folder was renamed has its stances toward another target than target.json. */
static whosaid_status check_labels(const target *t, const label_count *counted, size_t count,
                                   const char *corpus_path, whosaid_error *err) {
    for (size_t i = 0; i < count; i++)
        if (view_equal(counted[i].target, t->name)) return WHOSAID_OK;
    text_view other = count ? counted[0].target : VIEW("none");
    return error_set(err, WHOSAID_SYNTAX, corpus_path, 0,
                     "no statement carries a stance toward the target \"%.*s\" of target.json "
                     "(stances are toward: %.*s)",
                     (int)t->name.len, t->name.ptr, (int)other.len, other.ptr);
}

whosaid_status stance_options_open(const stance_options *o, const corpus *from, text_view wanted,
                                   target **out, whosaid_error *err) {
    whosaid_status status = find_configured(o, wanted, out, err);
    if (status != WHOSAID_OK) return status;
    arena *memory = arena_new();
    label_count *counted = NULL;
    size_t count = 0;
    status =
        memory ? corpus_count_labels(from, memory, &counted, &count, err) : error_no_memory(err);
    if (status == WHOSAID_OK && *out)
        status = check_labels(*out, counted, count, o->corpora[0], err);
    else if (status == WHOSAID_OK)
        status = open_unconfigured(counted, count, wanted, memory, out, err);
    arena_free(memory);
    return status;
}

static bool same_labels(const target *a, const target *b) {
    if (a->label_count != b->label_count) return false;
    for (size_t i = 0; i < a->label_count; i++)
        if (target_label(b, a->labels[i]) == b->label_count) return false;
    return true;
}

whosaid_status stance_options_related(const stance_options *o, const corpus *from,
                                      const target *own, arena *memory, target_list *out,
                                      whosaid_error *err) {
    ARRAY(target *) related = {0};
    label_count *counted;
    size_t count = 0;
    whosaid_status status = WHOSAID_OK;
    bool configured = own->phrase_counts[PHRASE_QUESTION] > 0 || o->target_file;
    if (!o->alone && !configured) status = corpus_count_labels(from, memory, &counted, &count, err);
    for (size_t i = 0; i < count && status == WHOSAID_OK; i++) {
        bool seen = i && view_equal(counted[i - 1].target, counted[i].target);
        if (seen || view_equal(counted[i].target, own->name)) continue;
        target *other;
        status = open_unconfigured(counted, count, counted[i].target, memory, &other, err);
        if (status != WHOSAID_OK) break;
        bool wanted = same_labels(own, other);
        bool kept = wanted && array_push(memory, &related, other);
        if (wanted && !kept) status = error_no_memory(err);
        if (!kept) target_free(other);
    }
    *out = (target_list){related.items, related.count};
    return status;
}

void target_list_free(const target_list *list) {
    for (size_t i = 0; i < list->count; i++)
        target_free(list->items[i]);
}
