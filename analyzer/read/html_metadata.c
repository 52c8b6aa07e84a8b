/* Headline, date and outlet of a page, from what it says to search engines and browsers. */
#include "base/json_text.h"
#include "read/date.h"
#include "read/html_article.h"
#include "read/html_text.h"

#include <jansson.h>

enum {
    JSON_DEPTH_MAX = 8,
    LINKED_DATA_MAX = 64,
    REFERENCES_MAX = 16,
    TITLE_MAX_BYTES = 1000,
    OUTLET_MAX_BYTES = 200
};

/* The wanted facts in the order in which sources are asked: the first that gives one wins. */
typedef enum fact { FACT_TITLE, FACT_DATE, FACT_OUTLET, FACT_COUNT } fact;

enum { NO_RANK = 1000, RANK_JSON_LD = 0, RANK_META = 10, RANK_ELEMENT = 100 };

typedef struct metadata_reader {
    const html_tree *tree;
    arena *memory;
    text_view values[FACT_COUNT];
    unsigned ranks[FACT_COUNT]; /* of the values; lower is better */
    text_view body;
    json_t *documents[LINKED_DATA_MAX]; /* they may refer to each other */
    size_t document_count;
    unsigned references; /* that were followed: each may be a walk through all documents */
    bool out_of_memory;
} metadata_reader;

/* All text of the tree, white space folded. */
static bool append_all_text(const html_tree *tree, buffer *out) {
    size_t begin = out->len;
    for (size_t i = 0; i < tree->count; i++) {
        const html_node *node = &tree->nodes[i];
        if (node->role == HTML_TEXT && !html_text_add(out, begin, node->text)) return false;
    }
    html_text_trim(out, begin);
    return true;
}

/* The text of a string that may hold entities or markup, in the arena. */
static text_view plain_string(metadata_reader *r, text_view raw) {
    text_view text = view_trim(raw);
    buffer folded = {0};
    html_tree tree;
    bool marked_up =
        text.len && (memchr(text.ptr, '&', text.len) || memchr(text.ptr, '<', text.len));
    bool ok = marked_up && html_tree_parse(text, r->memory, &tree, NULL) == WHOSAID_OK
                  ? append_all_text(&tree, &folded)
                  : html_text_add(&folded, 0, text);
    html_text_trim(&folded, 0);
    text_view kept = ok ? arena_copy(r->memory, buffer_view(&folded)) : (text_view){NULL, 0};
    buffer_free(&folded);
    if (kept.ptr) return kept;
    r->out_of_memory = true;
    return VIEW("");
}

static void offer(metadata_reader *r, fact what, text_view raw, unsigned rank) {
    size_t most = what == FACT_OUTLET ? OUTLET_MAX_BYTES : TITLE_MAX_BYTES;
    if (raw.len == 0 || raw.len > most || r->out_of_memory || rank >= r->ranks[what]) return;
    text_view value = plain_string(r, raw);
    if (what == FACT_DATE) {
        value = date_to_iso(r->memory, value);
        if (!value.ptr) r->out_of_memory = true;
    }
    if (r->out_of_memory || value.len == 0) return;
    r->values[what] = value;
    r->ranks[what] = rank;
}

/* --- JSON-LD --- */

static text_view json_text(const json_t *value) {
    if (json_is_array(value)) value = json_array_get(value, 0);
    if (!json_is_string(value)) return VIEW("");
    return (text_view){json_string_value(value), json_string_length(value)};
}

static bool is_article_type(text_view type) {
    static const char *const endings[] = {"Article", "BlogPosting", "Report"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (view_ends_with(type, view_of(endings[i]))) return true;
    return false;
}

static bool is_article(const json_t *object) {
    const json_t *type = json_object_get(object, "@type");
    if (json_is_string(type)) return is_article_type(json_text(type));
    for (size_t i = 0; i < json_array_size(type); i++)
        if (is_article_type(json_text(json_array_get(type, i)))) return true;
    return false;
}

/* Calls itself for what is inside, JSON_DEPTH_MAX deep. */
static const json_t *find_by_id(const json_t *value, text_view id, unsigned depth) {
    const json_t *found = NULL;
    if (depth == 0) return NULL;
    for (size_t i = 0; !found && i < json_array_size(value); i++)
        found = find_by_id(json_array_get(value, i), id, depth - 1);
    if (found || !json_is_object(value)) return found;
    if (json_object_get(value, "name") && view_equal(json_text(json_object_get(value, "@id")), id))
        return value;
    return find_by_id(json_object_get(value, "@graph"), id, depth - 1);
}

/* The name of a publisher, which may be a string, an object, a list or a reference. */
static text_view publisher_name(metadata_reader *r, const json_t *publisher) {
    if (json_is_array(publisher)) publisher = json_array_get(publisher, 0);
    if (json_is_string(publisher)) return json_text(publisher);
    text_view own = json_text(json_object_get(publisher, "name"));
    text_view id = json_text(json_object_get(publisher, "@id"));
    if (own.len || id.len == 0) return own;
    const json_t *found = NULL;
    if (r->references++ >= REFERENCES_MAX) return own;
    for (size_t i = 0; !found && i < r->document_count; i++)
        found = find_by_id(r->documents[i], id, JSON_DEPTH_MAX);
    return json_text(json_object_get(found, "name"));
}

static void read_article_object(metadata_reader *r, const json_t *object) {
    offer(r, FACT_TITLE, json_text(json_object_get(object, "headline")), RANK_JSON_LD);
    offer(r, FACT_TITLE, json_text(json_object_get(object, "name")), RANK_JSON_LD + 1);
    offer(r, FACT_DATE, json_text(json_object_get(object, "datePublished")), RANK_JSON_LD);
    offer(r, FACT_DATE, json_text(json_object_get(object, "dateCreated")), RANK_JSON_LD + 1);
    offer(r, FACT_OUTLET, publisher_name(r, json_object_get(object, "publisher")), RANK_JSON_LD);
    text_view body = json_text(json_object_get(object, "articleBody"));
    if (body.len <= r->body.len) return;
    r->body = arena_copy(r->memory, body);
    if (!r->body.ptr) r->out_of_memory = true;
}

static void find_articles(metadata_reader *r, const json_t *value, unsigned depth) {
    static const char *const inner[] = {"@graph", "mainEntity", "mainEntityOfPage"};
    if (depth == 0 || r->out_of_memory) return;
    for (size_t i = 0; i < json_array_size(value); i++)
        find_articles(r, json_array_get(value, i), depth - 1);
    if (!json_is_object(value)) return;
    if (is_article(value)) read_article_object(r, value);
    for (size_t i = 0; i < sizeof inner / sizeof *inner; i++)
        find_articles(r, json_object_get(value, inner[i]), depth - 1);
}

/* Raw line ends inside strings are common in JSON-LD, and not JSON. */
static void read_linked_data(metadata_reader *r, text_view script) {
    text_view copy = arena_copy(r->memory, script);
    if (!copy.ptr) {
        r->out_of_memory = true;
        return;
    }
    char *bytes = (char *)(uintptr_t)copy.ptr; /* the copy is ours */
    for (size_t i = 0; i < copy.len; i++)
        if ((unsigned char)bytes[i] < ' ') bytes[i] = ' ';
    json_error_t cause;
    json_t *document;
    if (json_text_read(copy, 0, &document, &cause) == WHOSAID_NO_MEMORY) r->out_of_memory = true;
    if (document) r->documents[r->document_count++] = document;
}

static void use_linked_data(metadata_reader *r) {
    for (size_t i = 0; i < r->document_count; i++)
        find_articles(r, r->documents[i], JSON_DEPTH_MAX);
    for (size_t i = 0; i < r->document_count; i++)
        json_decref(r->documents[i]);
}

/* --- <meta> and elements --- */

/* In the order of trust, for each fact. */
static const struct {
    const char *name;
    fact what;
} meta_names[] = {
    {"og:title", FACT_TITLE},
    {"headline", FACT_TITLE},
    {"twitter:title", FACT_TITLE},
    {"dc.title", FACT_TITLE},
    {"parsely-title", FACT_TITLE},
    {"article:published_time", FACT_DATE},
    {"og:published_time", FACT_DATE},
    {"datepublished", FACT_DATE},
    {"parsely-pub-date", FACT_DATE},
    {"sailthru.date", FACT_DATE},
    {"dc.date.issued", FACT_DATE},
    {"dcterms.created", FACT_DATE},
    {"dc.date", FACT_DATE},
    {"dcterms.date", FACT_DATE},
    {"publish-date", FACT_DATE},
    {"publish_date", FACT_DATE},
    {"pubdate", FACT_DATE},
    {"article.published", FACT_DATE},
    {"cxenseparse:recs:publishtime", FACT_DATE},
    {"date", FACT_DATE},
    {"og:site_name", FACT_OUTLET},
    {"application-name", FACT_OUTLET},
    {"dc.publisher", FACT_OUTLET},
    {"publisher", FACT_OUTLET},
    {"source", FACT_OUTLET},
};

static void read_meta(metadata_reader *r, const html_node *node) {
    static const char *const attributes[] = {"property", "name", "itemprop"};
    for (size_t k = 0; k < sizeof attributes / sizeof *attributes; k++) {
        text_view key = html_attribute(node, attributes[k]);
        for (size_t i = 0; key.len && i < sizeof meta_names / sizeof *meta_names; i++)
            if (view_equal_ignoring_case(key, view_of(meta_names[i].name)))
                offer(r, meta_names[i].what, html_attribute(node, "content"),
                      RANK_META + (unsigned)i);
    }
}

/* The text inside an element, folded, in the arena. */
static text_view inner_text(metadata_reader *r, uint32_t index) {
    const html_node *node = &r->tree->nodes[index];
    buffer text = {0};
    bool ok = true;
    for (uint32_t i = index; ok && i < node->end && text.len <= TITLE_MAX_BYTES; i++)
        if (r->tree->nodes[i].role == HTML_TEXT)
            ok = html_text_add(&text, 0, r->tree->nodes[i].text);
    html_text_trim(&text, 0);
    text_view copy = ok ? arena_copy(r->memory, buffer_view(&text)) : (text_view){NULL, 0};
    buffer_free(&text);
    if (!copy.ptr) r->out_of_memory = true;
    return copy.ptr ? copy : VIEW("");
}

/* "Headline - The Outlet" without the outlet. */
static text_view without_outlet(text_view title, text_view outlet) {
    static const text_view between[] = {
        {" - ", 3}, {" | ", 3}, {" \xE2\x80\x93 ", 5}, {" \xE2\x80\x94 ", 5}};
    for (size_t i = 0; i < sizeof between / sizeof *between; i++) {
        size_t tail = between[i].len + outlet.len;
        if (outlet.len == 0 || title.len <= tail || !view_ends_with(title, outlet)) continue;
        text_view middle = view_slice(title, title.len - tail, title.len - outlet.len);
        if (view_equal(middle, between[i])) return view_slice(title, 0, title.len - tail);
    }
    return title;
}

static void read_element(metadata_reader *r, uint32_t index) {
    const html_node *node = &r->tree->nodes[index];
    text_view property = node->element ? html_attribute(node, "itemprop") : VIEW("");
    switch (node->role) {
    case HTML_META: read_meta(r, node); return;
    case HTML_SCRIPT:
        if (view_equal_ignoring_case(html_attribute(node, "type"), VIEW("application/ld+json")) &&
            index + 1 < node->end && r->document_count < LINKED_DATA_MAX)
            read_linked_data(r, r->tree->nodes[index + 1].text);
        return;
    case HTML_TIME: {
        bool published = view_is(property, "datePublished") || html_has_attribute(node, "pubdate");
        text_view when = html_attribute(node, "datetime");
        offer(r, FACT_DATE, when.len ? when : inner_text(r, index),
              RANK_ELEMENT + (published ? 0 : 1));
        return;
    }
    case HTML_HEADLINE:
        if (r->ranks[FACT_TITLE] > RANK_ELEMENT)
            offer(r, FACT_TITLE, inner_text(r, index), RANK_ELEMENT);
        return;
    case HTML_TITLE:
        if (r->ranks[FACT_TITLE] > RANK_ELEMENT + 1)
            offer(r, FACT_TITLE, inner_text(r, index), RANK_ELEMENT + 1);
        return;
    default: break;
    }
    if (view_is(property, "datePublished") && r->ranks[FACT_DATE] > RANK_ELEMENT) {
        text_view content = html_attribute(node, "content");
        offer(r, FACT_DATE, content.len ? content : inner_text(r, index), RANK_ELEMENT);
    }
}

bool html_metadata_read(const html_tree *tree, arena *memory, html_metadata *out) {
    metadata_reader r = {.tree = tree, .memory = memory, .body = VIEW("")};
    for (fact what = 0; what < FACT_COUNT; what++) {
        r.values[what] = VIEW("");
        r.ranks[what] = NO_RANK;
    }
    for (uint32_t i = 0; !r.out_of_memory && i < tree->count; i++)
        read_element(&r, i);
    use_linked_data(&r);
    *out = (html_metadata){
        .title = without_outlet(r.values[FACT_TITLE], r.values[FACT_OUTLET]),
        .date = r.values[FACT_DATE],
        .outlet = r.values[FACT_OUTLET],
        .body = r.body,
    };
    return !r.out_of_memory;
}
