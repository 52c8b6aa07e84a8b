/* metadata.h: what stands before the prose of a plain text article: lines "Title: ...",
 * "Date: ...", "Outlet: ..." (in Markdown also "# Title"), then "date 2024-09-11", then a dateline
 * such as "KYIV, Ukraine (Agency) — ". Without a title, a short first line that stands alone and
 * is no sentence is the headline; a line "By ..." behind it is left out. Each part is optional. */
#ifndef READ_METADATA_H
#define READ_METADATA_H

#include "base/text_view.h"

typedef struct text_metadata {
    text_view title, date, outlet; /* borrowed from the text, trimmed; empty when not there */
    size_t body_begin;             /* offset of the prose, at most text.len */
} text_metadata;

text_metadata text_metadata_read(text_view text, bool is_markdown);

/* Length of the dateline at the beginning of `text`, with its dash and the blanks behind it, or 0.
 * A dateline is a place in capitals, after commas more words with a capital or numbers, perhaps an
 * agency in brackets, and a dash with a sentence behind it; at most 120 bytes. */
size_t dateline_length(text_view text);

#endif
