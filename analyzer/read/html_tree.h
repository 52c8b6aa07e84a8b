/* html_tree.h: a web page as a flat list of nodes in the order of the page; the one place that
 * knows the HTML parser (gumbo).
 *
 * The page is hostile: gumbo knows no limits, is slower than linear for pages that nest very deep,
 * and frees its tree by recursion. So it allocates through a budget here, which ends the parse when
 * a page costs more than any real one does, and its memory is taken back with the arena. */
#ifndef READ_HTML_TREE_H
#define READ_HTML_TREE_H

#include "base/arena.h"
#include "whosaid.h"

enum {
    HTML_PAGE_MAX_MIB = 16,
    HTML_NODES_MAX = 400000,   /* elements and pieces of text */
    HTML_DEPTH_MAX = 8192,     /* of elements in elements, at most; from 2,500 a page may be over */
    HTML_ATTRIBUTES_MAX = 2000 /* of one element */
};

typedef enum html_role {
    HTML_TEXT,
    HTML_INLINE, /* also every element that is not known */
    HTML_LINK,
    HTML_BREAK,
    HTML_BLOCK,
    HTML_FORM,
    HTML_PARAGRAPH,
    HTML_QUOTE,
    HTML_ITEM, /* of a list */
    HTML_CELL, /* of a table */
    HTML_HEADLINE,
    HTML_HEADING,
    HTML_ARTICLE,
    HTML_MAIN,
    HTML_BODY,
    HTML_TIME,
    HTML_TITLE,
    HTML_META,
    HTML_SCRIPT,
    HTML_ASIDE /* never article text: navigation, forms, figures, styles, ... */
} html_role;

typedef struct html_node {
    html_role role;
    uint32_t parent;     /* UINT32_MAX for the first node */
    uint32_t end;        /* behind its last descendant */
    text_view text;      /* of HTML_TEXT, entities decoded */
    const void *element; /* for html_attribute */
} html_node;

typedef struct html_tree {
    html_node *nodes; /* parents before children */
    size_t count;
} html_tree;

/* Parses `page` (valid UTF-8, borrowed while the tree is used) into `memory`.
 * Errors: LIMIT (the error names it, without `where`), NO_MEMORY. */
WHOSAID_CHECK whosaid_status html_tree_parse(text_view page, arena *memory, html_tree *out,
                                             whosaid_error *err);

/* The value of an attribute, entities decoded; empty when it is not there. */
text_view html_attribute(const html_node *node, const char *name);

/* True when the element has the attribute, with any value. */
bool html_has_attribute(const html_node *node, const char *name);

#endif
