/* assert_spans.h: the spans of an annotated article, compared as words. */
#ifndef TESTS_ASSERT_SPANS_H
#define TESTS_ASSERT_SPANS_H

#include "corpus/annotated_article.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

/* expected: the text of each span, with "|" between them. */
static inline void assert_spans(const annotated_article *a, const span_list *spans,
                                const char *expected) {
    char joined[512] = "";
    for (size_t i = 0; i < spans->count; i++) {
        text_view text = view_slice(a->text, spans->items[i].begin, spans->items[i].end);
        size_t used = strlen(joined);
        snprintf(joined + used, sizeof joined - used, "%s%.*s", i ? "|" : "", (int)text.len,
                 text.ptr);
    }
    ck_assert_str_eq(joined, expected);
}

#endif
