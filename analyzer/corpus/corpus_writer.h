/* corpus_writer.h: what the writers of annotated articles share. A writer turns one article into
 * bytes at the end of a buffer. Internal to corpus/. */
#ifndef CORPUS_CORPUS_WRITER_H
#define CORPUS_CORPUS_WRITER_H

#include "base/buffer.h"
#include "base/offset_map.h"
#include "corpus/corpus_reader.h"
#include "corpus/quote_builder.h"

/* The spans of one role, as the quote holds them. Mentions are those of its stance toward
 * `target`. */
span_list quote_spans(const annotated_quote *quote, span_role role, text_view target);

/* True for a quote that holds nothing but its id: formats that mark text leave it out. */
bool quote_is_empty(const annotated_quote *quote);

/* The target whose labels a quote's plain "stance" bears: the article's, else that of the first
 * stance in it. */
text_view article_target(const annotated_article *a);

/* Appends "key=value | key=value" for a label line or note; nothing when all is default.
 * target: whose label is called just "stance"; may be empty. own_id: the id that the quote has
 * without being told. Errors: NO_MEMORY, SYNTAX when a value cannot stand in such a line. */
WHOSAID_CHECK whosaid_status write_labels(const annotated_article *a, const annotated_quote *quote,
                                          text_view target, text_view own_id, buffer *out,
                                          whosaid_error *err);

/* Appends with white space folded. False when memory is out. */
bool append_folded(buffer *out, text_view text);
bool append_format(buffer *out, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Direct, indirect or mixed, by the quotation marks of the text. article: segmented. */
quote_type contents_type(const article *article, const span_list *contents);

/* Each appends one article. Errors: NO_MEMORY; SYNTAX names what the format cannot hold. */
WHOSAID_CHECK whosaid_status write_json_article(const corpus_record *record, buffer *out,
                                                whosaid_error *err);
WHOSAID_CHECK whosaid_status write_marked_article(const corpus_record *record, buffer *out,
                                                  whosaid_error *err);
WHOSAID_CHECK whosaid_status write_csv_head(buffer *out, whosaid_error *err);
WHOSAID_CHECK whosaid_status write_csv_article(const corpus_record *record, buffer *out,
                                               whosaid_error *err);
/* The .ann part; the .txt is the article's text as it stands. */
WHOSAID_CHECK whosaid_status write_brat_article(const corpus_record *record, buffer *out,
                                                whosaid_error *err);

#endif
