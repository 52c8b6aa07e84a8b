#include "read/html_tree.h"

#include "base/array.h"
#include "base/error.h"

#include <gumbo.h>
#include <setjmp.h>

enum {
    SMALLEST_CLASS_BITS = 5,
    CLASS_COUNT = 12, /* blocks of 32 bytes to 64 KiB are used again */
    MEMORY_FACTOR = 64,
    MEMORY_FREE_MIB = 16,
    FIRST_NODES = 4,
    FIRST_DEPTH = 16
};

/* Gumbo looks through its open elements at every tag: their number, summed over what it allocates,
 * bounds its steps. Real pages stay below a tenth of this. */
#define WORK_MAX ((uint64_t)1 << 31)

/* In front of each block that gumbo gets. */
typedef union block_header {
    struct {
        size_t size_class; /* CLASS_COUNT: too large to be used again */
        union block_header *next;
    } is;
    max_align_t alignment;
} block_header;

typedef struct parse_budget {
    arena *memory;
    block_header *unused[CLASS_COUNT];
    size_t bytes, bytes_max;
    size_t nodes, attributes;
    const void *first_nodes[FIRST_NODES]; /* the root element is one of them */
    size_t depth;                         /* at least as many elements are open */
    uint64_t work;
    bool out_of_memory;
    const char *exceeded;
    jmp_buf give_up; /* gumbo cannot be told to stop, and none of its memory is its own */
} parse_budget;

static void give_up(parse_budget *budget, const char *reason) {
    budget->exceeded = reason;
    longjmp(budget->give_up, 1);
}

/* The sizes tell what gumbo makes. Text of such a size is counted too, which does no harm. */
static void count_cost(parse_budget *budget, size_t size) {
    if (size == sizeof(GumboNode)) {
        budget->attributes = 0;
        if (++budget->nodes > HTML_NODES_MAX) give_up(budget, "has too many elements");
    }
    if (size == sizeof(GumboAttribute) && ++budget->attributes > HTML_ATTRIBUTES_MAX)
        give_up(budget, "has an element with too many attributes");
    budget->work += budget->depth;
    if (budget->work > WORK_MAX) give_up(budget, "is too complex");
}

static void *allocate_counted(parse_budget *budget, size_t size) {
    size_t class = 0;
    while (class < CLASS_COUNT && size > (size_t)1 << (SMALLEST_CLASS_BITS + class))
        class ++;
    if (class < CLASS_COUNT && budget->unused[class]) {
        block_header *block = budget->unused[class];
        budget->unused[class] = block->is.next;
        memset(block + 1, 0, sizeof(void *)); /* measure_depth looks at what was written there */
        return block + 1;
    }
    size_t room = class < CLASS_COUNT ? (size_t)1 << (SMALLEST_CLASS_BITS + class) : size;
    budget->bytes += room + sizeof(block_header);
    if (budget->bytes > budget->bytes_max) give_up(budget, "needs too much memory");
    block_header *block = arena_alloc_raw(budget->memory, 1, room + sizeof(block_header));
    if (!block) {
        budget->out_of_memory = true;
        longjmp(budget->give_up, 1);
    }
    block->is.size_class = class;
    memset(block + 1, 0, sizeof(void *));
    return block + 1;
}

static void *allocate(void *context, size_t size) {
    parse_budget *budget = context;
    count_cost(budget, size);
    void *memory = allocate_counted(budget, size);
    if (size == sizeof(GumboNode) && budget->nodes <= FIRST_NODES)
        budget->first_nodes[budget->nodes - 1] = memory;
    return memory;
}

/* The list of open elements begins with the root and doubles when it is full: then its old memory
 * comes back, which tells how deep the page nests. (Other lists that begin so are short.) */
static void measure_depth(parse_budget *budget, const void *memory, size_t room) {
    const void *first;
    memcpy(&first, memory, sizeof first);
    for (int i = 0; i < FIRST_NODES; i++)
        if (first && first == budget->first_nodes[i] && room / 4 > budget->depth)
            budget->depth = room / 4; /* twice as many pointers as there were */
    if (budget->depth > HTML_DEPTH_MAX) give_up(budget, "nests its elements too deep");
}

static void release(void *context, void *memory) {
    parse_budget *budget = context;
    if (!memory) return;
    block_header *block = (block_header *)memory - 1;
    size_t class = block->is.size_class;
    if (class == CLASS_COUNT) return;
    measure_depth(budget, memory, (size_t)1 << (SMALLEST_CLASS_BITS + class));
    block->is.next = budget->unused[class];
    budget->unused[class] = block;
}

/* AMP pages have elements of their own: pictures, advertisements, menus, embedded posts; only these
 * hold text of the article. */
static html_role role_of_unknown(const GumboElement *element) {
    static const text_view holders[] = {
        {"amp-accordion", 13}, {"amp-layout", 10}, {"amp-fit-text", 12}};
    GumboStringPiece piece = element->original_tag;
    gumbo_tag_from_original_text(&piece);
    text_view tag = {piece.data, piece.data ? piece.length : 0};
    if (tag.len < 4 || !view_equal_ignoring_case(view_slice(tag, 0, 4), VIEW("amp-")))
        return HTML_INLINE;
    for (size_t i = 0; i < sizeof holders / sizeof *holders; i++)
        if (view_equal_ignoring_case(tag, holders[i])) return HTML_BLOCK;
    return HTML_ASIDE;
}

/* What is not here is inline. No element is HTML_TEXT, which is 0. */
static const unsigned char roles[GUMBO_TAG_LAST] = {
    [GUMBO_TAG_A] = HTML_LINK,         [GUMBO_TAG_BR] = HTML_BREAK,
    [GUMBO_TAG_P] = HTML_PARAGRAPH,    [GUMBO_TAG_BLOCKQUOTE] = HTML_QUOTE,
    [GUMBO_TAG_LI] = HTML_ITEM,        [GUMBO_TAG_DD] = HTML_ITEM,
    [GUMBO_TAG_DT] = HTML_ITEM,        [GUMBO_TAG_TD] = HTML_CELL,
    [GUMBO_TAG_TH] = HTML_CELL,        [GUMBO_TAG_H1] = HTML_HEADLINE,
    [GUMBO_TAG_H2] = HTML_HEADING,     [GUMBO_TAG_H3] = HTML_HEADING,
    [GUMBO_TAG_H4] = HTML_HEADING,     [GUMBO_TAG_H5] = HTML_HEADING,
    [GUMBO_TAG_H6] = HTML_HEADING,     [GUMBO_TAG_ARTICLE] = HTML_ARTICLE,
    [GUMBO_TAG_MAIN] = HTML_MAIN,      [GUMBO_TAG_BODY] = HTML_BODY,
    [GUMBO_TAG_FORM] = HTML_FORM,      [GUMBO_TAG_TIME] = HTML_TIME,
    [GUMBO_TAG_TITLE] = HTML_TITLE,    [GUMBO_TAG_META] = HTML_META,
    [GUMBO_TAG_SCRIPT] = HTML_SCRIPT,  [GUMBO_TAG_HTML] = HTML_BLOCK,
    [GUMBO_TAG_HEAD] = HTML_BLOCK,     [GUMBO_TAG_DIV] = HTML_BLOCK,
    [GUMBO_TAG_SECTION] = HTML_BLOCK,  [GUMBO_TAG_CENTER] = HTML_BLOCK,
    [GUMBO_TAG_DETAILS] = HTML_BLOCK,  [GUMBO_TAG_SUMMARY] = HTML_BLOCK,
    [GUMBO_TAG_DL] = HTML_BLOCK,       [GUMBO_TAG_UL] = HTML_BLOCK,
    [GUMBO_TAG_OL] = HTML_BLOCK,       [GUMBO_TAG_PRE] = HTML_BLOCK,
    [GUMBO_TAG_HR] = HTML_BLOCK,       [GUMBO_TAG_HGROUP] = HTML_BLOCK,
    [GUMBO_TAG_TABLE] = HTML_BLOCK,    [GUMBO_TAG_CAPTION] = HTML_BLOCK,
    [GUMBO_TAG_TBODY] = HTML_BLOCK,    [GUMBO_TAG_THEAD] = HTML_BLOCK,
    [GUMBO_TAG_TFOOT] = HTML_BLOCK,    [GUMBO_TAG_TR] = HTML_BLOCK,
    [GUMBO_TAG_NAV] = HTML_ASIDE,      [GUMBO_TAG_HEADER] = HTML_ASIDE,
    [GUMBO_TAG_FOOTER] = HTML_ASIDE,   [GUMBO_TAG_ASIDE] = HTML_ASIDE,
    [GUMBO_TAG_FIGURE] = HTML_ASIDE,   [GUMBO_TAG_FIGCAPTION] = HTML_ASIDE,
    [GUMBO_TAG_BUTTON] = HTML_ASIDE,   [GUMBO_TAG_SELECT] = HTML_ASIDE,
    [GUMBO_TAG_TEXTAREA] = HTML_ASIDE, [GUMBO_TAG_LABEL] = HTML_ASIDE,
    [GUMBO_TAG_MENU] = HTML_ASIDE,     [GUMBO_TAG_ADDRESS] = HTML_ASIDE,
    [GUMBO_TAG_STYLE] = HTML_ASIDE,    [GUMBO_TAG_NOSCRIPT] = HTML_ASIDE,
    [GUMBO_TAG_TEMPLATE] = HTML_ASIDE, [GUMBO_TAG_IFRAME] = HTML_ASIDE,
    [GUMBO_TAG_OBJECT] = HTML_ASIDE,   [GUMBO_TAG_AUDIO] = HTML_ASIDE,
    [GUMBO_TAG_VIDEO] = HTML_ASIDE,    [GUMBO_TAG_CANVAS] = HTML_ASIDE,
    [GUMBO_TAG_MAP] = HTML_ASIDE,
};

static html_role role_of(const GumboElement *element) {
    if (element->tag_namespace != GUMBO_NAMESPACE_HTML) return HTML_ASIDE;
    if (element->tag == GUMBO_TAG_UNKNOWN) return role_of_unknown(element);
    unsigned char role = element->tag < GUMBO_TAG_LAST ? roles[element->tag] : HTML_TEXT;
    return role == HTML_TEXT ? HTML_INLINE : (html_role)role;
}

static const GumboVector *children_of(const GumboNode *node) {
    static const GumboVector none = {NULL, 0, 0};
    bool is_element = node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE;
    return is_element ? &node->v.element.children : &none;
}

static bool is_text(const GumboNode *node) {
    return node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE ||
           node->type == GUMBO_NODE_CDATA;
}

static html_node node_from(const GumboNode *node, uint32_t parent) {
    html_node made = {.role = HTML_TEXT, .parent = parent};
    if (is_text(node)) {
        made.text = view_of(node->v.text.text);
    } else {
        made.role = role_of(&node->v.element);
        made.element = &node->v.element;
    }
    return made;
}

/* An element whose children are being listed. */
typedef struct open_element {
    const GumboVector *children;
    unsigned next;
    uint32_t index;
} open_element;

static bool list_nodes(const GumboNode *root, arena *memory, html_tree *out) {
    ARRAY(html_node) nodes = {0};
    ARRAY(open_element) open = {0};
    if (!array_push(memory, &nodes, node_from(root, UINT32_MAX)) ||
        !array_push(memory, &open, (open_element){children_of(root), 0, 0}))
        return false;
    while (open.count > 0) {
        open_element *top = &open.items[open.count - 1];
        if (top->next == top->children->length) {
            nodes.items[top->index].end = (uint32_t)nodes.count;
            open.count--;
            continue;
        }
        const GumboNode *child = top->children->data[top->next++];
        bool listed = is_text(child) || child->type == GUMBO_NODE_ELEMENT ||
                      child->type == GUMBO_NODE_TEMPLATE;
        if (!listed) continue; /* comments */
        uint32_t index = (uint32_t)nodes.count;
        if (!array_push(memory, &nodes, node_from(child, top->index)) ||
            !array_push(memory, &open, (open_element){children_of(child), 0, index}))
            return false;
    }
    *out = (html_tree){nodes.items, nodes.count};
    return true;
}

whosaid_status html_tree_parse(text_view page, arena *memory, html_tree *out, whosaid_error *err) {
    if (page.len > (size_t)HTML_PAGE_MAX_MIB << 20)
        return error_set(err, WHOSAID_LIMIT, NULL, 0, "the page is larger than %d MiB",
                         HTML_PAGE_MAX_MIB);
    parse_budget *budget = ARENA_NEW(memory, parse_budget, 1);
    if (!budget) return error_no_memory(err);
    budget->memory = memory;
    budget->depth = FIRST_DEPTH;
    budget->bytes_max = page.len * MEMORY_FACTOR + ((size_t)MEMORY_FREE_MIB << 20);
    if (setjmp(budget->give_up) != 0) {
        if (budget->out_of_memory) return error_no_memory(err);
        return error_set(err, WHOSAID_LIMIT, NULL, 0, "the page %s", budget->exceeded);
    }
    GumboOptions options = kGumboDefaultOptions;
    options.allocator = allocate;
    options.deallocator = release;
    options.userdata = budget;
    options.max_errors = 0;
    const GumboOutput *parsed = gumbo_parse_with_options(&options, page.ptr, page.len);
    return list_nodes(parsed->root, memory, out) ? WHOSAID_OK : error_no_memory(err);
}

static const GumboAttribute *find_attribute(const html_node *node, const char *name) {
    const GumboElement *element = node->element;
    return element ? gumbo_get_attribute(&element->attributes, name) : NULL;
}

text_view html_attribute(const html_node *node, const char *name) {
    const GumboAttribute *found = find_attribute(node, name);
    return found ? view_of(found->value) : VIEW("");
}

bool html_has_attribute(const html_node *node, const char *name) {
    return find_attribute(node, name) != NULL;
}
