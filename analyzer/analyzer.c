#include "analyzer.h"

#include "attribute/attributor.h"
#include "base/error.h"
#include "base/utf8.h"
#include "identify/identifier.h"
#include "read/metadata.h"
#include "segment/segment.h"
#include "stance/stance_scorer.h"
#include "tag/tagger.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

struct whosaid_analyzer {
    float min_attribution_score;
    bool explain;
    tagger *tagger;
    attributor *attributor;
    identifier *identifier;
    stance_scorer *stance_scorer;
    report_target *report_targets; /* [target count of the scorer] */
};

whosaid_options whosaid_options_default(void) {
    return (whosaid_options){.min_attribution_score = 0.3f};
}

/* Calls `open` with the folder `model` of the models folder. The folder's path lives on the stack
 * only: every room copies what it keeps. */
#define OPEN_MODEL(open, models_folder, model, out, err)                                           \
    (model_path(path, models_folder, model, err) ? open(path, out, err) : WHOSAID_LIMIT)

static bool model_path(char path[PATH_MAX], const char *models_folder, const char *model,
                       whosaid_error *err) {
    int len = snprintf(path, PATH_MAX, "%s/%s", models_folder, model);
    if (len >= 0 && len < PATH_MAX) return true;
    error_set(err, WHOSAID_LIMIT, models_folder, 0, "the path is too long");
    return false;
}

static whosaid_status open_stances(whosaid_analyzer *analyzer, const char *folder,
                                   const whosaid_options *options, whosaid_error *err) {
    char path[PATH_MAX];
    if (!model_path(path, folder, "stance", err)) return WHOSAID_LIMIT;
    whosaid_status status = stance_scorer_open(path, options->targets, options->target_count,
                                               &analyzer->stance_scorer, err);
    if (status != WHOSAID_OK) return status;
    size_t count = stance_scorer_target_count(analyzer->stance_scorer);
    analyzer->report_targets = calloc(count + 1, sizeof *analyzer->report_targets);
    if (!analyzer->report_targets) return error_no_memory(err);
    for (size_t i = 0; i < count; i++) {
        const target *t = stance_scorer_target(analyzer->stance_scorer, i);
        analyzer->report_targets[i] = (report_target){t->name, t->labels, t->label_count};
    }
    return WHOSAID_OK;
}

static whosaid_status open_models(whosaid_analyzer *analyzer, const whosaid_options *options,
                                  whosaid_error *err) {
    const char *folder = options->models_folder;
    char path[PATH_MAX];
    whosaid_status status = OPEN_MODEL(tagger_open, folder, "tagger", &analyzer->tagger, err);
    if (status == WHOSAID_OK)
        status = OPEN_MODEL(attributor_open, folder, "attribution", &analyzer->attributor, err);
    if (status == WHOSAID_OK)
        status = OPEN_MODEL(identifier_open, folder, "speaker", &analyzer->identifier, err);
    if (status == WHOSAID_OK) status = open_stances(analyzer, folder, options, err);
    return status;
}

whosaid_status whosaid_analyzer_open(const whosaid_options *options, whosaid_analyzer **out,
                                     whosaid_error *err) {
    *out = NULL;
    if (!options->models_folder)
        return error_set(err, WHOSAID_USAGE, NULL, 0, "options.models_folder is not set");
    whosaid_analyzer *analyzer = calloc(1, sizeof *analyzer);
    if (!analyzer) return error_no_memory(err);
    analyzer->min_attribution_score = options->min_attribution_score;
    analyzer->explain = options->explain != 0;
    whosaid_status status = open_models(analyzer, options, err);
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
    free(analyzer->report_targets);
    free(analyzer);
}

whosaid_status analyzer_run(const whosaid_analyzer *analyzer, article *a, whosaid_error *err) {
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

report_options analyzer_report_options(const whosaid_analyzer *analyzer) {
    return (report_options){
        .targets = analyzer->report_targets,
        .target_count = stance_scorer_target_count(analyzer->stance_scorer),
        .explain = analyzer->explain,
    };
}

static whosaid_status article_of_input(const whosaid_input *input, arena *memory, article *out,
                                       whosaid_error *err) {
    text_view text = {input->text, input->text_len};
    if (text.len > ARTICLE_TEXT_MAX)
        return error_set(err, WHOSAID_LIMIT, input->id, 0, "the text is longer than %zu MiB",
                         ARTICLE_TEXT_MAX >> 20);
    size_t invalid = utf8_first_invalid(text);
    if (invalid < text.len || (text.len && memchr(text.ptr, '\0', text.len)))
        return error_set(err, WHOSAID_NOT_TEXT, input->id, 0, "is not UTF-8 text");
    *out = (article){
        .arena = memory,
        .id = view_of(input->id),
        .date = view_of(input->date),
        .outlet = view_of(input->outlet),
        .title = view_of(input->title),
        .text = text,
        .body = {text.len ? (uint32_t)dateline_length(text) : 0, (uint32_t)text.len},
    };
    return WHOSAID_OK;
}

static whosaid_status score_into(const whosaid_analyzer *analyzer, const whosaid_input *input,
                                 const report_format *format, arena *memory, buffer *out,
                                 whosaid_error *err) {
    article a;
    whosaid_status status = article_of_input(input, memory, &a, err);
    if (status == WHOSAID_OK) status = analyzer_run(analyzer, &a, err);
    report_options options = analyzer_report_options(analyzer);
    if (status == WHOSAID_OK) status = format->begin(&options, out, err);
    if (status == WHOSAID_OK) status = format->article(&a, &options, out, err);
    if (status == WHOSAID_OK && !buffer_append(out, "", 1)) status = error_no_memory(err);
    return status;
}

whosaid_status whosaid_analyzer_score(const whosaid_analyzer *analyzer, const whosaid_input *input,
                                      const char *format, char **report, size_t *report_len,
                                      whosaid_error *err) {
    *report = NULL;
    *report_len = 0;
    const report_format *chosen = report_format_find(format);
    if (!chosen)
        return error_set(err, WHOSAID_USAGE, NULL, 0,
                         "no report format is called %s (there are %s)", format,
                         report_format_names());
    if (chosen->file_only)
        return error_set(err, WHOSAID_USAGE, NULL, 0, "%s is a format for files only", format);
    arena *memory = arena_new();
    if (!memory) return error_no_memory(err);
    buffer out = {0};
    whosaid_status status = score_into(analyzer, input, chosen, memory, &out, err);
    arena_free(memory);
    if (status != WHOSAID_OK) {
        buffer_free(&out);
        return status;
    }
    *report = out.data;
    *report_len = out.len - 1;
    return WHOSAID_OK;
}

void whosaid_free(void *memory) {
    free(memory);
}
