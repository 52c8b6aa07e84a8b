#include "analyzer.h"

#include "api/models_folder.h"
#include "api/struct_size.h"
#include "attribute/attributor.h"
#include "base/error.h"
#include "base/folder.h"
#include "identify/identifier.h"
#include "segment/composed_text.h"
#include "segment/segment.h"
#include "stance/stance_scorer.h"
#include "tag/tagger.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

struct whosaid_analyzer {
    float min_attribution_score;
    bool explain;
    tagger *tagger;
    attributor *attributor;
    identifier *identifier;
    stance_scorer *stance_scorer;
    arena *memory; /* of what follows; the counts are those of the scorer */
    report_target *report_targets;
    whosaid_target *targets;
};

void whosaid_options_init(whosaid_options *options, size_t struct_size) {
    const whosaid_options known = {.struct_size = struct_size, .min_attribution_score = 0.3f};
    memset(options, 0, struct_size);
    memcpy(options, &known, struct_size < sizeof known ? struct_size : sizeof known);
}

/* A folder of one model, or of something else, is mistaken for that of all models easily. */
static whosaid_status check_folder(const char *folder, whosaid_error *err) {
    static const char *const models[] = {"tagger", "attribution", "speaker"};
    char path[PATH_MAX];
    if (access(folder, F_OK) != 0) return error_io(err, folder, "cannot open", errno);
    for (size_t i = 0; i < sizeof models / sizeof *models; i++) {
        whosaid_status status = folder_path(folder, models[i], path, err);
        if (status != WHOSAID_OK) return status;
        if (access(path, F_OK) != 0 && errno == ENOENT)
            return error_set(
                err, WHOSAID_IO, folder, 0,
                "is no folder of models: it has no folder %s (tagger, attribution and speaker are "
                "needed)",
                models[i]);
    }
    return WHOSAID_OK;
}

static bool public_target(arena *memory, const target *t, whosaid_target *out) {
    const char **labels = ARENA_NEW(memory, const char *, t->label_count);
    bool ok = labels != NULL;
    for (size_t i = 0; ok && i < t->label_count; i++)
        ok = (labels[i] = arena_copy(memory, t->labels[i]).ptr) != NULL;
    *out = (whosaid_target){.name = arena_copy(memory, t->name).ptr,
                            .question = arena_copy(memory, t->question).ptr,
                            .labels = labels,
                            .label_count = t->label_count};
    return ok && out->name && out->question;
}

static whosaid_status list_targets(whosaid_analyzer *analyzer, whosaid_error *err) {
    size_t count = stance_scorer_target_count(analyzer->stance_scorer);
    analyzer->memory = arena_new();
    if (!analyzer->memory) return error_no_memory(err);
    analyzer->report_targets = ARENA_NEW(analyzer->memory, report_target, count);
    analyzer->targets = ARENA_NEW(analyzer->memory, whosaid_target, count);
    bool ok = analyzer->report_targets && analyzer->targets;
    for (size_t i = 0; ok && i < count; i++) {
        const target *t = stance_scorer_target(analyzer->stance_scorer, i);
        analyzer->report_targets[i] = (report_target){t->name, t->labels, t->label_count};
        ok = public_target(analyzer->memory, t, &analyzer->targets[i]);
    }
    return ok ? WHOSAID_OK : error_no_memory(err);
}

static whosaid_status open_stances(whosaid_analyzer *analyzer, const char *folder,
                                   const whosaid_options *options, whosaid_error *err) {
    char path[PATH_MAX];
    whosaid_status status = folder_path(folder, "stance", path, err);
    if (status == WHOSAID_OK)
        status = stance_scorer_open(path, options->targets, options->target_count,
                                    &analyzer->stance_scorer, err);
    return status == WHOSAID_OK ? list_targets(analyzer, err) : status;
}

/* `path` is used again for each: every room copies what it keeps of it. */
static whosaid_status open_models(whosaid_analyzer *analyzer, const whosaid_options *options,
                                  whosaid_error *err) {
    const char *folder = options->models_folder;
    char path[PATH_MAX];
    whosaid_status status = check_folder(folder, err);
    if (status == WHOSAID_OK) status = folder_path(folder, "tagger", path, err);
    if (status == WHOSAID_OK) status = tagger_open(path, &analyzer->tagger, err);
    if (status == WHOSAID_OK) status = folder_path(folder, "attribution", path, err);
    if (status == WHOSAID_OK) status = attributor_open(path, &analyzer->attributor, err);
    if (status == WHOSAID_OK) status = folder_path(folder, "speaker", path, err);
    if (status == WHOSAID_OK) status = identifier_open(path, &analyzer->identifier, err);
    if (status == WHOSAID_OK) status = open_stances(analyzer, folder, options, err);
    return status;
}

whosaid_status whosaid_analyzer_open(const whosaid_options *options, whosaid_analyzer **out,
                                     whosaid_error *err) {
    whosaid_options known = whosaid_options_default();
    char found[PATH_MAX];
    *out = NULL;
    whosaid_status status =
        struct_take(&known, sizeof known, options, WHOSAID_OPTIONS_SIZE_1, "whosaid_options", err);
    if (status != WHOSAID_OK) return status;
    if (!known.models_folder && models_folder_find(found, sizeof found))
        known.models_folder = found;
    if (!known.models_folder)
        return error_set(err, WHOSAID_IO, NULL, 0,
                         "no models lie where they are installed; name their folder in "
                         "whosaid_options.models_folder");
    whosaid_analyzer *analyzer = calloc(1, sizeof *analyzer);
    if (!analyzer) return error_no_memory(err);
    analyzer->min_attribution_score = known.min_attribution_score;
    analyzer->explain = known.explain != 0;
    status = open_models(analyzer, &known, err);
    if (status == WHOSAID_OK)
        *out = analyzer;
    else
        whosaid_analyzer_close(analyzer);
    return status;
}

void whosaid_analyzer_close(whosaid_analyzer *analyzer) {
    if (!analyzer) return;
    tagger_close(analyzer->tagger);
    attributor_close(analyzer->attributor);
    identifier_close(analyzer->identifier);
    stance_scorer_close(analyzer->stance_scorer);
    arena_free(analyzer->memory);
    free(analyzer);
}

size_t whosaid_analyzer_target_count(const whosaid_analyzer *analyzer) {
    return stance_scorer_target_count(analyzer->stance_scorer);
}

const whosaid_target *whosaid_analyzer_target(const whosaid_analyzer *analyzer, size_t index) {
    return index < whosaid_analyzer_target_count(analyzer) ? &analyzer->targets[index] : NULL;
}

static whosaid_status run_steps(const whosaid_analyzer *analyzer, article *a, whosaid_error *err) {
    whosaid_status status = segment_article(a, err);
    if (status == WHOSAID_OK) status = tagger_tag(analyzer->tagger, a, err);
    if (status == WHOSAID_OK)
        status = attributor_find(analyzer->attributor, a, analyzer->min_attribution_score, err);
    if (status == WHOSAID_OK) status = identifier_resolve(analyzer->identifier, a, err);
    if (status == WHOSAID_OK) status = stance_article(analyzer->stance_scorer, a, err);
    if (status == WHOSAID_OK && analyzer->explain)
        status = stance_explain_article(analyzer->stance_scorer, a, err);
    return status;
}

whosaid_status analyzer_run(const whosaid_analyzer *analyzer, article *a, whosaid_error *err) {
    composed_text composed;
    if (!composed_text_begin(a, &composed)) return error_no_memory(err);
    whosaid_status status = run_steps(analyzer, a, err);
    if (!composed_text_end(a, &composed) && status == WHOSAID_OK) status = error_no_memory(err);
    return status;
}

report_options analyzer_report_options(const whosaid_analyzer *analyzer) {
    return (report_options){
        .targets = analyzer->report_targets,
        .target_count = stance_scorer_target_count(analyzer->stance_scorer),
        .explain = analyzer->explain,
    };
}
