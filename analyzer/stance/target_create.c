#include "stance/target_create.h"

#include "base/error.h"
#include "base/folder.h"
#include "base/json_value.h"
#include "base/utf8.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

static json_t *phrases_of(text_view plain_name, arena *memory) {
    text_view words = words_fold(plain_name, memory);
    if (!words.ptr) return NULL;
    for (size_t i = 0; i < words.len; i++)
        if (words.ptr[i] == '-' || words.ptr[i] == '_') ((char *)words.ptr)[i] = ' ';
    words = view_trim(words);
    return json_texts_value(&words, words.len ? 1 : 0);
}

static char *describe(text_view plain_name, text_view question, const text_view *labels,
                      size_t label_count, arena *memory) {
    json_t *root = json_pack(
        "{s:s, s:i, s:s%, s:s%, s:o, s:f, s:{s:o}, s:{s:[], s:[], s:[]}, s:{}}", "format",
        "whosaid-target", "version", 1, "name", plain_name.ptr, plain_name.len, "question",
        question.ptr, question.len, "labels", json_texts_value(labels, label_count), "threshold",
        TARGET_DEFAULT_THRESHOLD, "phrases", "target", phrases_of(plain_name, memory), "lexicon",
        "ask", "refuse", "undecided", "speakers");
    char *text = root ? json_dumps(root, JSON_INDENT(2) | JSON_REAL_PRECISION(6)) : NULL;
    json_decref(root);
    return text;
}

/* Never over a file that is there. */
static whosaid_status write_new(const char *path, const char *text, whosaid_error *err) {
    FILE *file = fopen(path, "wxb");
    if (!file && errno == EEXIST)
        return error_set(err, WHOSAID_USAGE, path, 0, "there is such a target already");
    if (!file) return error_io(err, path, "cannot write the target", errno);
    bool written = fputs(text, file) >= 0 && fputc('\n', file) != EOF;
    bool closed = fclose(file) == 0;
    return written && closed ? WHOSAID_OK : error_io(err, path, "cannot write the target", errno);
}

static bool are_text(const text_view *texts, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (utf8_first_no_text(texts[i]) < texts[i].len) return false;
    return true;
}

whosaid_status target_create(const char *parent, text_view plain_name, text_view question,
                             const text_view *labels, size_t label_count, arena *memory,
                             text_view *path, whosaid_error *err) {
    if (!target_name_is_plain(plain_name))
        return error_set(err, WHOSAID_USAGE, NULL, 0,
                         "a target's name has 1 to 64 letters, digits, '-' and '_'");
    if (!are_text(&question, 1) || !are_text(labels, label_count))
        return error_set(err, WHOSAID_SYNTAX, NULL, 0, "the question and labels must be UTF-8");
    char *text = describe(plain_name, question, labels, label_count, memory);
    target *checked = NULL;
    whosaid_status status =
        text ? target_parse(view_of(text), "the new target", &checked, err) : error_no_memory(err);
    target_free(checked);
    text_view folder = arena_format(memory, "%s/%.*s", parent, (int)plain_name.len, plain_name.ptr);
    text_view articles = arena_format(memory, "%s/articles", folder.ptr ? folder.ptr : "");
    *path = arena_format(memory, "%s/" TARGET_FILE_NAME, folder.ptr ? folder.ptr : "");
    if (status == WHOSAID_OK && (!folder.ptr || !articles.ptr || !path->ptr))
        status = error_no_memory(err);
    if (status == WHOSAID_OK) status = folder_make(articles.ptr, err);
    if (status == WHOSAID_OK) status = write_new(path->ptr, text, err);
    free(text);
    return status;
}
