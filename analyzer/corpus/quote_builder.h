/* quote_builder.h: from spans with a number and a role, and label parts "key=value | key=value", to
 * the quotes of an article. Shared by the readers of the inline markup and of brat's files.
 * Internal to corpus/. */
#ifndef CORPUS_QUOTE_BUILDER_H
#define CORPUS_QUOTE_BUILDER_H

#include "corpus/corpus_reader.h"

/* In the order in which a quote's spans are sorted. */
typedef enum span_role {
    ROLE_CONTENT,
    ROLE_CUE,
    ROLE_SOURCE,
    ROLE_REASON,  /* stated reason for anonymity */
    ROLE_MENTION, /* where the article's target stands */
    ROLE_COUNT
} span_role;

/* A span of the quote `number`. */
typedef struct numbered_span {
    uint32_t number;
    span_role role;
    span bytes;
    size_t line; /* of the file, for messages */
} numbered_span;

typedef struct numbered_label {
    uint32_t number;
    size_t line;
    annotated_quote quote; /* all but the spans */
} numbered_label;

typedef struct quote_builder {
    corpus_reader *reader;
    arena *scratch;
    bool faulty;      /* a collected fault: the article is to be left out */
    text_view target; /* the article's; what a label "stance" is toward */
    ARRAY(numbered_span) spans;
    ARRAY(numbered_label) labels;
    ARRAY(annotated_stance) stances; /* of the labels that are being read */
} quote_builder;

/* What a label line means when it leaves out grade and kind: named, speech. */
extern const annotated_quote markup_defaults;

/* Reports a fault at the reader's place and remembers that there was one. */
#define BUILDER_FAULT(b, ...)                                                                      \
    ((b)->faulty = true, reader_fault((b)->reader, WHOSAID_SYNTAX, __VA_ARGS__))

WHOSAID_CHECK whosaid_status quote_builder_add_span(quote_builder *b, numbered_span added);

/* Adds the quote `number` at the reader's line with the labels in `parts` (may be empty).
 * initial: the values of what parts does not name; its id may be empty. */
WHOSAID_CHECK whosaid_status quote_builder_add_quote(quote_builder *b, uint32_t number,
                                                     const annotated_quote *initial,
                                                     text_view parts);

/* Gives `out` its quotes, in the order of their numbers, with their spans in the order of
 * out->text. Quotes without spans, spans without quotes and repeated numbers are faults. */
WHOSAID_CHECK whosaid_status quote_builder_finish(quote_builder *b, annotated_article *out);

#endif
