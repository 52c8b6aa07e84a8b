/* steps.h: the steps of segment_article, in their order: each paragraph is cut into tokens, its
 * quotation marks are paired, and its tokens are grouped into sentences. Private to segment/. */
#ifndef SEGMENT_STEPS_H
#define SEGMENT_STEPS_H

#include "article.h"
#include "base/array.h"

typedef ARRAY(token) token_array;
typedef ARRAY(sentence) sentence_array;
typedef ARRAY(paragraph) paragraph_array;
typedef ARRAY(quotation) quotation_array;

/* Where the lines of a text end its paragraphs; chosen once a text by layout_of. */
typedef struct layout {
    bool lines_are_paragraphs; /* else blank lines separate them */
} layout;

layout layout_of(text_view text, span body);

/* The next paragraph that begins at or behind *from and before `end`, without white space at its
 * ends; moves *from behind it. Returns false when there is none. */
bool layout_next_paragraph(layout rule, text_view text, size_t end, size_t *from, span *out);

/* Adds the tokens of `bytes`. Returns false when memory is out. */
bool tokens_add(arena *memory, text_view text, span bytes, token_array *tokens);

/* What one paragraph hands on to the next: quotations that it left open. */
typedef struct open_quotations {
    uint32_t *indices; /* [QUOTE_DEPTH_MAX] into the quotations, outermost first */
    size_t count;
} open_quotations;

enum { QUOTE_DEPTH_MAX = 255 };

/* Sets quote_mark and quote_depth of the tokens in `range`, one paragraph, and adds its quotations.
 * `open` holds what the paragraph before left open, and what this one leaves open on return.
 * *continues: the paragraph reopens a quotation of the one before. Returns false when memory is
 * out. */
bool quotations_add(arena *memory, text_view text, token_array *tokens, token_range range,
                    quotation_array *quotations, open_quotations *open, bool *continues);

/* Groups the tokens in `range`, one paragraph, into sentences and sets token.sentence and
 * token.paragraph. Returns false when memory is out. */
bool sentences_add(arena *memory, text_view text, token_array *tokens, token_range range,
                   uint32_t paragraph_index, sentence_array *sentences);

#endif
