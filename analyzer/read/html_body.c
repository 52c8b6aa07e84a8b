/* Which blocks of a page are its article. */
#include "base/array.h"
#include "read/html_article.h"
#include "read/html_class.h"
#include "read/html_text.h"

enum {
    SCORED_BYTES = 25,       /* shorter blocks say nothing about where the article is */
    LONG_BYTES = 80,         /* prose, not a label */
    SCORE_LEVELS = 4,        /* how far up a block's score counts */
    HEADING_MAX_BYTES = 200, /* longer ones are prose */
    NOTE_MAX_BYTES = 250     /* of "Read more: ..." and the like */
};

/* A run of text between block borders. */
typedef struct text_block {
    span bytes;         /* in the collected text */
    uint32_t container; /* index of the nearest block element */
    uint32_t link_bytes;
} text_block;

typedef struct node_facts {
    uint32_t plain; /* bytes of text in it that are no link */
    uint32_t prose; /* the same of scored blocks */
    float score;
    bool dropped; /* with all that is in it */
} node_facts;

typedef struct body_finder {
    const html_tree *tree;
    node_facts *facts; /* [tree->count] */
    arena *memory;
    buffer text;
    ARRAY(text_block) blocks;
} body_finder;

static const html_node *node_at(const body_finder *f, uint32_t index) {
    return &f->tree->nodes[index];
}

static bool is_block(html_role role) {
    return role >= HTML_BLOCK && role <= HTML_BODY;
}

/* --- what is left out as a whole --- */

static bool is_article_body(const html_node *node) {
    return view_is(html_attribute(node, "itemprop"), "articleBody");
}

/* By its tag or itemprop, the element holds the whole article. */
static bool holds_article(const html_node *node) {
    return node->role == HTML_BODY || node->role == HTML_MAIN || node->role == HTML_ARTICLE ||
           is_article_body(node);
}

/* Elements that may hold the whole article are never dropped for a class name. */
static bool is_root_like(const html_node *node) {
    return node->parent == UINT32_MAX || holds_article(node);
}

/* A <header> inside an article holds headline and byline, which are known otherwise. */
static bool is_outside(const html_node *node) {
    switch (node->role) {
    case HTML_TITLE:
    case HTML_META:
    case HTML_SCRIPT:
    case HTML_ASIDE: return true;
    default: return html_is_hidden(node);
    }
}

/* Sets `plain` of each element: the bytes of text in it that are no link. */
static void measure_plain_text(body_finder *f) {
    for (uint32_t i = 0; i < f->tree->count;) {
        const html_node *node = node_at(f, i);
        if (node->role == HTML_TEXT) f->facts[i].plain = (uint32_t)view_trim(node->text).len;
        i = is_outside(node) || node->role == HTML_LINK ? node->end : i + 1;
    }
    for (uint32_t i = (uint32_t)f->tree->count; i-- > 1;)
        f->facts[node_at(f, i)->parent].plain += f->facts[i].plain;
}

/* A class that covers a large part of the page says more about its author's naming than about the
 * text in it; some sites put a whole page into a form. */
static bool is_boilerplate(const body_finder *f, uint32_t index) {
    const html_node *node = node_at(f, index);
    if (is_outside(node)) return true;
    if (node->role == HTML_TEXT || is_root_like(node)) return false;
    html_class_kind kind = html_class_of(node, is_block(node->role));
    if (node->role == HTML_FORM && kind == HTML_CLASS_PLAIN) kind = HTML_CLASS_BESIDE;
    uint64_t share = (uint64_t)f->facts[index].plain * 100;
    return kind != HTML_CLASS_PLAIN &&
           share <= (uint64_t)f->facts[0].plain * (kind == HTML_CLASS_FOREIGN ? 85 : 40);
}

/* Marks what is no article text by its tag or class. */
static void drop_boilerplate(body_finder *f) {
    for (uint32_t i = 0; i < f->tree->count;) {
        f->facts[i].dropped = is_boilerplate(f, i);
        i = f->facts[i].dropped ? node_at(f, i)->end : i + 1;
    }
}

/* --- blocks of text --- */

static bool end_block(body_finder *f, size_t begin, uint32_t container, size_t link_bytes) {
    html_text_trim(&f->text, begin);
    if (f->text.len == begin) return true;
    text_block block = {{(uint32_t)begin, (uint32_t)f->text.len}, container, (uint32_t)link_bytes};
    return array_push(f->memory, &f->blocks, block);
}

/* Collects the text in the order of the page, cut at block elements and at double <br>. */
static bool collect_blocks(body_finder *f) {
    uint32_t container = 0, link_end = 0;
    size_t begin = 0, link_bytes = 0;
    unsigned breaks = 0;
    for (uint32_t i = 0; i < f->tree->count;) {
        const html_node *node = node_at(f, i);
        bool left = i >= node_at(f, container)->end;
        bool entered = is_block(node->role);
        bool cut = left || entered || breaks >= 2;
        if (cut) {
            if (!end_block(f, begin, container, link_bytes)) return false;
            begin = f->text.len;
            link_bytes = 0;
            breaks = 0;
        }
        while (i >= node_at(f, container)->end)
            container = node_at(f, container)->parent;
        if (f->facts[i].dropped) {
            i = node->end;
            continue;
        }
        if (entered) container = i;
        if (node->role == HTML_LINK) link_end = node->end;
        if (node->role == HTML_BREAK) {
            breaks++;
            if (!html_text_break(&f->text, begin)) return false;
        } else if (node->role == HTML_TEXT) {
            size_t before = f->text.len;
            if (!html_text_add(&f->text, begin, node->text)) return false;
            if (i < link_end) link_bytes += f->text.len - before;
            if (view_trim(node->text).len) breaks = 0;
        }
        i++;
    }
    return end_block(f, begin, container, link_bytes);
}

static text_view block_text(const body_finder *f, const text_block *block) {
    return view_slice(buffer_view(&f->text), block->bytes.begin, block->bytes.end);
}

static size_t block_length(const text_block *block) {
    return block->bytes.end - block->bytes.begin;
}

static size_t link_percent(const text_block *block) {
    return (size_t)block->link_bytes * 100 / block_length(block);
}

/* --- the element that holds the article --- */

static void score_block(body_finder *f, const text_block *block) {
    size_t length = block_length(block);
    const html_node *node = node_at(f, block->container);
    if (length < SCORED_BYTES || link_percent(block) > 50 || node->role == HTML_HEADING ||
        node->role == HTML_HEADLINE)
        return;
    text_view text = block_text(f, block);
    float score = 1 + (length > 300 ? 3.0f : (float)length / 100);
    for (size_t i = 0; i < text.len; i++)
        score += text.ptr[i] == ',' ? 0.5f : 0;
    score *= (float)(100 - link_percent(block)) / 100;
    uint32_t at = node->role == HTML_PARAGRAPH || node->role == HTML_ITEM || node->role == HTML_CELL
                      ? node->parent
                      : block->container;
    for (unsigned level = 1; level <= SCORE_LEVELS && at != UINT32_MAX; level++) {
        f->facts[at].score += score / (float)level;
        at = node_at(f, at)->parent;
    }
    f->facts[block->container].prose += (uint32_t)(length - block->link_bytes);
}

/* The search for the article's element does not climb beyond it. */
static bool is_closed_root(const html_node *node) {
    return holds_article(node) || view_is(html_attribute(node, "role"), "main");
}

static uint32_t find_root(body_finder *f) {
    for (size_t i = 0; i < f->blocks.count; i++)
        score_block(f, &f->blocks.items[i]);
    uint32_t best = 0;
    for (uint32_t i = (uint32_t)f->tree->count; i-- > 1;)
        f->facts[node_at(f, i)->parent].prose += f->facts[i].prose;
    for (uint32_t i = 1; i < f->tree->count; i++)
        if (f->facts[i].score > f->facts[best].score) best = i;
    for (uint32_t i = 0; i < f->tree->count; i++) {
        bool named = f->facts[i].prose > 0 && is_article_body(node_at(f, i));
        if (named && f->facts[i].prose * 2 >= f->facts[best].prose) return i;
    }
    /* The article's parts may lie in elements of their own, with something else in between. */
    uint32_t root = best;
    for (uint32_t at = best; !is_closed_root(node_at(f, at));) {
        at = node_at(f, at)->parent;
        if (at == UINT32_MAX || node_at(f, at)->role == HTML_BODY) break;
        bool adds = f->facts[at].prose > f->facts[root].prose + f->facts[root].prose / 5;
        if (adds || is_closed_root(node_at(f, at))) root = at;
    }
    return root;
}

/* --- which blocks of it are prose --- */

static bool ends_like_sentence(text_view text) {
    static const text_view ends[] = {{".", 1},
                                     {"!", 1},
                                     {"?", 1},
                                     {":", 1},
                                     {"\"", 1},
                                     {"\xE2\x80\x9D", 3},
                                     {"\xE2\x80\x99", 3},
                                     {"'", 1},
                                     {")", 1},
                                     {"\xE2\x80\xA6", 3},
                                     {";", 1},
                                     {",", 1}};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (view_ends_with(text, ends[i])) return true;
    return false;
}

static bool is_prose(const body_finder *f, const text_block *block, bool inside) {
    bool is_item = node_at(f, block->container)->role == HTML_ITEM;
    if (is_item && inside && block->link_bytes == 0) return true;
    return block_length(block) >= LONG_BYTES || ends_like_sentence(block_text(f, block));
}

/* A line of dashes or stars divides; it says nothing. */
static bool has_word(text_view text) {
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if (ascii_is_alpha(c) || ascii_is_digit(c) || c >= 0xC3) return true;
    }
    return false;
}

static bool is_wanted(const body_finder *f, const text_block *block, text_view title) {
    text_view text = block_text(f, block);
    switch (node_at(f, block->container)->role) {
    case HTML_HEADLINE: return false;
    case HTML_HEADING:
        return text.len <= HEADING_MAX_BYTES && link_percent(block) < 50 &&
               !view_equal_ignoring_case(text, title);
    case HTML_ITEM: return link_percent(block) < 50;
    case HTML_CELL: return link_percent(block) < 50 && text.len >= LONG_BYTES;
    default: break;
    }
    if (text.len <= NOTE_MAX_BYTES && (html_is_note(text) || !has_word(text))) return false;
    return link_percent(block) < 80 && !view_equal_ignoring_case(text, title);
}

static bool is_heading(const body_finder *f, const text_block *block) {
    return node_at(f, block->container)->role == HTML_HEADING;
}

/* Behind "Related stories" comes a list of links or teasers, until prose goes on. */
static size_t skip_related(const body_finder *f, size_t at, size_t end) {
    for (at++; at < end; at++) {
        const text_block *block = &f->blocks.items[at];
        bool goes_on = node_at(f, block->container)->role == HTML_PARAGRAPH &&
                       block_length(block) >= LONG_BYTES && link_percent(block) < 30;
        if (goes_on || is_heading(f, block)) break;
    }
    return at;
}

static bool append_block(const body_finder *f, const text_block *block, size_t start, buffer *out) {
    if (out->len > start && !buffer_append(out, "\n\n", 2)) return false;
    return buffer_append_view(out, block_text(f, block));
}

/* Appends the wanted blocks of [at, end). Headings wait for prose behind them; labels in front of
 * the first prose (byline, minutes to read) and behind the last are left out. */
static bool append_prose(const body_finder *f, size_t at, size_t end, text_view title,
                         buffer *out) {
    size_t start = out->len, waiting = at;
    while (at < end) {
        const text_block *block = &f->blocks.items[at];
        if (is_heading(f, block) && html_is_note(block_text(f, block))) {
            at = skip_related(f, at, end);
            waiting = at;
            continue;
        }
        if (!is_heading(f, block) && is_wanted(f, block, title) &&
            is_prose(f, block, out->len > start)) {
            for (; out->len > start && waiting < at; waiting++) {
                const text_block *before = &f->blocks.items[waiting];
                if (is_wanted(f, before, title) && !html_is_note(block_text(f, before)) &&
                    !append_block(f, before, start, out))
                    return false;
            }
            if (!append_block(f, block, start, out)) return false;
            waiting = at + 1;
        }
        at++;
    }
    return true;
}

bool html_body_append(const html_tree *tree, text_view title, arena *memory, buffer *out) {
    body_finder f = {.tree = tree, .memory = memory};
    f.facts = ARENA_NEW(memory, node_facts, tree->count);
    bool ok = f.facts != NULL;
    if (ok) {
        measure_plain_text(&f);
        drop_boilerplate(&f);
    }
    ok = ok && collect_blocks(&f);
    if (ok && f.blocks.count > 0) {
        uint32_t root = find_root(&f);
        size_t first = 0, end = f.blocks.count;
        while (first < end && f.blocks.items[first].container < root)
            first++;
        while (end > first && f.blocks.items[end - 1].container >= node_at(&f, root)->end)
            end--;
        ok = append_prose(&f, first, end, title, out);
    }
    buffer_free(&f.text);
    return ok;
}
