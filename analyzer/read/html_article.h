/* html_article.h: the article in a saved web page: its text with paragraphs kept, and headline,
 * date and outlet from the page's metadata. Menus, captions, related links, share bars, comments
 * and the like are left out. */
#ifndef READ_HTML_ARTICLE_H
#define READ_HTML_ARTICLE_H

#include "article.h"
#include "base/buffer.h"
#include "read/html_tree.h"

/* What a page says about itself. Each may be empty; in the arena or borrowed from the tree. */
typedef struct html_metadata {
    text_view title, date, outlet; /* date: ISO 8601 */
    text_view body;                /* the article's text as the page's JSON-LD gives it, raw */
} html_metadata;

/* JSON-LD (an article, also in a @graph), OpenGraph, <meta> by name and itemprop, <time>, <h1>,
 * <title>, in this order. False when memory is out. */
bool html_metadata_read(const html_tree *tree, arena *memory, html_metadata *out);

/* Appends the article's paragraphs to `out`, with a blank line between them. Nothing is appended
 * when the page has no text. title: a heading that repeats it is left out. False when memory is
 * out.
 *
 * Method: blocks are scored by their text that is no link, and pass their score on to the elements
 * around them, less with distance (after Arc90's Readability); from the best element the search
 * climbs while that adds text, up to the next <article> or <main>. */
bool html_body_append(const html_tree *tree, text_view title, arena *memory, buffer *out);

/* The article of `page`, which is valid UTF-8. text: receives the article's text; owned by the
 * caller, and borrowed by the article. outlet: when the page does not say. Memory for the parse is
 * taken from `memory` and given back. Errors: NOT_TEXT (no text in it), LIMIT, NO_MEMORY. */
WHOSAID_CHECK whosaid_status html_article_read(text_view page, text_view id, text_view outlet,
                                               arena *memory, buffer *text, article *out,
                                               whosaid_error *err);

#endif
