/* segmented.h: a text through the segmenter, for tests, and its result written as one line. */
#ifndef TESTS_SEGMENTED_H
#define TESTS_SEGMENTED_H

#include "suite.h"

#include "segment/segment.h"

#include <stdio.h>
#include <string.h>

/* The article of a text that must outlive it. Free with arena_free(article.arena). */
static inline article segmented_bytes(const char *text, size_t len) {
    article a = {.arena = arena_new(), .text = {text, len}, .body = {0, (uint32_t)len}};
    ck_assert_ptr_nonnull(a.arena);
    ck_assert_int_eq(segment_article(&a, NULL), WHOSAID_OK);
    return a;
}

static inline article segmented(const char *text) {
    return segmented_bytes(text, strlen(text));
}

/* Tokens with blanks between them; "|" ends a sentence, "||" a paragraph; with `marks`, "{" stands
 * before a mark that opens a quotation and "}" behind one that closes it. Static storage. */
static inline const char *written(const article *a, bool marks) {
    static char line[1 << 14];
    size_t used = 0;
    line[0] = '\0';
    for (uint32_t i = 0; i < a->token_count; i++) {
        const token *t = &a->tokens[i];
        text_view text = token_text(a, i);
        const char *between = i == 0                                       ? ""
                              : t->paragraph != a->tokens[i - 1].paragraph ? " || "
                              : t->sentence != a->tokens[i - 1].sentence   ? " | "
                                                                           : " ";
        used +=
            (size_t)snprintf(line + used, sizeof line - used, "%s%s%.*s%s", between,
                             marks && t->quote_mark == QUOTE_MARK_OPEN ? "{" : "", (int)text.len,
                             text.ptr, marks && t->quote_mark == QUOTE_MARK_CLOSE ? "}" : "");
        ck_assert_uint_lt(used, sizeof line);
    }
    return line;
}

#endif
