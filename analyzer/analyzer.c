#include "analyzer.h"

#include "base/error.h"
#include "base/utf8.h"
#include "read/metadata.h"
#include "segment/segment.h"

#include <stdlib.h>

struct whosaid_analyzer {
    whosaid_options options; /* the pointers in it are not kept */
};

whosaid_options whosaid_options_default(void) {
    return (whosaid_options){.min_attribution_score = 0.3f};
}

whosaid_status whosaid_analyzer_open(const whosaid_options *options, whosaid_analyzer **out,
                                     whosaid_error *err) {
    *out = NULL;
    if (!options->models_folder)
        return error_set(err, WHOSAID_USAGE, NULL, 0, "options.models_folder is not set");
    whosaid_analyzer *analyzer = calloc(1, sizeof *analyzer);
    if (!analyzer) return error_no_memory(err);
    analyzer->options.min_attribution_score = options->min_attribution_score;
    *out = analyzer;
    return WHOSAID_OK;
}

void whosaid_analyzer_close(whosaid_analyzer *analyzer) {
    free(analyzer);
}

whosaid_status analyzer_run(const whosaid_analyzer *analyzer, article *a, whosaid_error *err) {
    (void)analyzer;
    return segment_article(a, err);
}

report_options analyzer_report_options(const whosaid_analyzer *analyzer) {
    (void)analyzer;
    return (report_options){0};
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
    if (status == WHOSAID_OK) status = format->begin(out, err);
    report_options options = analyzer_report_options(analyzer);
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
