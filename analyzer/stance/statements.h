/* statements.h: walks the annotated statements of a corpus that carry a stance toward a target. */
#ifndef STANCE_STATEMENTS_H
#define STANCE_STATEMENTS_H

#include "corpus/annotated_article.h"
#include "stance/features.h"

/* One statement with its features; everything is borrowed until the visitor returns. */
typedef struct statement_visit {
    const annotated_article *source;
    const annotated_quote *quote;
    uint32_t label; /* index of the target's label */
    const feature_text *text;
    const statement *said;
    const feature_list *features;
    bool first_of_article;
    arena *scratch; /* for the visitor; taken back when it returns */
} statement_visit;

typedef whosaid_status (*statement_visitor)(void *context, const statement_visit *visit,
                                            whosaid_error *err);

/* Calls the visitor for each statement with content and a stance toward the target, in the order of
 * the corpus. Errors: SYNTAX (a label that the target does not have, with article and quote),
 * NO_MEMORY, what the visitor returns. */
WHOSAID_CHECK whosaid_status statements_visit(const corpus *corpus, const target *target,
                                              const feature_settings *settings,
                                              statement_visitor visitor, void *context,
                                              whosaid_error *err);

/* Byte spans of the article's sentences. Needs segment. Lives in the arena; NULL when memory is
 * out. */
span *sentence_spans(const article *article, arena *arena);

#endif
