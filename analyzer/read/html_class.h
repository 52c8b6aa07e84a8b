/* html_class.h: what class names, ids, roles and first words tell about a part of a page. */
#ifndef READ_HTML_CLASS_H
#define READ_HTML_CLASS_H

#include "read/html_tree.h"

typedef enum html_class_kind {
    HTML_CLASS_PLAIN,
    HTML_CLASS_BESIDE, /* about the article or around it: byline, caption, tags, share bar */
    HTML_CLASS_FOREIGN /* something else: comments, related articles, menus */
} html_class_kind;

/* By the words of class, id and role ("article__read-more" has three of them). */
html_class_kind html_class_of(const html_node *node, bool is_block);

/* True for what a browser would not show. */
bool html_is_hidden(const html_node *node);

/* True for text that begins like a note to the reader: "Read more: ...", "Sign up for ...",
 * "Related". */
bool html_is_note(text_view text);

#endif
