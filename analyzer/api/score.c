/* One article that a program has in memory. */
#include "api/scored_article.h"
#include "api/struct_size.h"
#include "base/utf8.h"
#include "read/metadata.h"

static bool is_text(const char *field) {
    text_view text = view_of(field);
    return utf8_first_invalid(text) == text.len;
}

static whosaid_status article_of_input(const whosaid_input *input, arena *memory, article *out,
                                       whosaid_error *err) {
    text_view text = {input->text, input->text_len};
    if (!text.ptr && text.len)
        return error_set(err, WHOSAID_USAGE, NULL, 0, "whosaid_input.text is NULL");
    if (!is_text(input->id))
        return error_set(err, WHOSAID_NOT_TEXT, NULL, 0, "the id is not UTF-8 text");
    if (text.len > ARTICLE_TEXT_MAX)
        return error_set(err, WHOSAID_LIMIT, input->id, 0, "the text is longer than %zu MiB",
                         ARTICLE_TEXT_MAX >> 20);
    if (utf8_first_no_text(text) < text.len || !is_text(input->title) || !is_text(input->date) ||
        !is_text(input->outlet))
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

whosaid_status whosaid_analyzer_score(const whosaid_analyzer *analyzer, const whosaid_input *input,
                                      whosaid_article **out, whosaid_error *err) {
    whosaid_input known = whosaid_input_default();
    *out = NULL;
    whosaid_status status =
        struct_take(&known, sizeof known, input, WHOSAID_INPUT_SIZE_1, "whosaid_input", err);
    if (status != WHOSAID_OK) return status;
    arena *memory = arena_new();
    if (!memory) return error_no_memory(err);
    article a;
    scored_article *scored = NULL;
    status = article_of_input(&known, memory, &a, err);
    if (status == WHOSAID_OK) status = analyzer_run(analyzer, &a, err);
    if (status == WHOSAID_OK) status = scored_article_new(analyzer, &a, &scored, err);
    arena_free(memory);
    if (scored) *out = &scored->view;
    return status;
}

void whosaid_article_free(whosaid_article *view) {
    scored_article_free((scored_article *)(void *)view);
}
