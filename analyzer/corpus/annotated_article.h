/* annotated_article.h: articles with people's annotations, as training and evaluation read them.
 * The JSON form (a superset of Citron's) is described in manual/whosaid-article.5.scd, the inline
 * form (.marked) in corpus/README.md. Offsets here are bytes of `text`. */
#ifndef CORPUS_ANNOTATED_ARTICLE_H
#define CORPUS_ANNOTATED_ARTICLE_H

#include "article.h"

typedef struct annotated_stance {
    text_view target, label;
    span_list mentions; /* where the target stands in the text; may be empty */
} annotated_stance;

typedef struct annotated_quote {
    text_view id;
    span_list cues, sources, contents;
    bool has_speaker, has_anonymity, has_kind, doubtful;
    text_view speaker_name, speaker_role;
    anonymity_grade grade;
    text_view reason;       /* white space folded */
    span_list reason_spans; /* where it stands, when the corpus tells */
    statement_kind kind;
    annotated_stance *stances;
    size_t stance_count;
} annotated_quote;

typedef struct annotated_article {
    text_view id, title, date, outlet, text;
    text_view target; /* whose labels its stances bear by default; may be empty */
    text_view note;   /* such as that the article is invented; may be empty */
    annotated_quote *quotes;
    size_t quote_count;
} annotated_article;

/* A loaded corpus owns everything its articles point to. */
typedef struct corpus corpus;

/* Loads files and folders (searched recursively, sorted by path): .jsonl, .json (one article, a
 * list, or Citron's form), .marked, .ann and .csv (convert.h), each also with .gz. Spans are
 * checked against the text. Errors name file, line and quote: IO, SYNTAX, NOT_TEXT, LIMIT,
 * NO_MEMORY. */
WHOSAID_CHECK whosaid_status corpus_load(const char *const *paths, size_t path_count, corpus **out,
                                         whosaid_error *err);
void corpus_free(corpus *corpus);

size_t corpus_size(const corpus *corpus);
/* Borrowed until corpus_free. */
const annotated_article *corpus_article(const corpus *corpus, size_t index);

/* Starts a pipeline article from an annotated one: id, date, outlet, title, text and body are
 * borrowed from the corpus, the rest is empty. */
article annotated_article_start(const annotated_article *source, arena *arena);

/* The tokens that a byte span touches; empty (first == end) when none. Needs segment. */
token_range tokens_of_span(const article *article, span bytes);

#endif
