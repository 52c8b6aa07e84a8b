#include "read/html_article.h"

#include "base/error.h"
#include "read/html_text.h"
#include "read/metadata.h"

enum { SHORT_TEXT_BYTES = 200 };

/* Paragraphs of plain text: line ends divide them where no blank line does. */
static bool append_lines(text_view body, buffer *out) {
    bool ok = true;
    for (size_t at = 0; ok && at < body.len;) {
        const char *newline = memchr(body.ptr + at, '\n', body.len - at);
        size_t end = newline ? (size_t)(newline - body.ptr) : body.len;
        text_view line = view_trim(view_slice(body, at, end));
        if (line.len) {
            ok = out->len == 0 || buffer_append(out, "\n\n", 2);
            size_t begin = out->len;
            ok = ok && html_text_add(out, begin, line);
            html_text_trim(out, begin);
        }
        at = end + 1;
    }
    return ok;
}

/* The article's text from JSON-LD: plain, or HTML in a string. */
static bool append_linked_body(text_view body, arena *memory, buffer *out) {
    bool marked_up = memchr(body.ptr, '<', body.len) || memchr(body.ptr, '&', body.len);
    html_tree tree;
    if (!marked_up) return append_lines(body, out);
    if (html_tree_parse(body, memory, &tree, NULL) != WHOSAID_OK) return true; /* goes without */
    if (memchr(body.ptr, '<', body.len)) return html_body_append(&tree, VIEW(""), memory, out);
    buffer decoded = {0};
    bool ok = true;
    for (size_t i = 0; ok && i < tree.count; i++)
        if (tree.nodes[i].role == HTML_TEXT) ok = buffer_append_view(&decoded, tree.nodes[i].text);
    ok = ok && append_lines(buffer_view(&decoded), out);
    buffer_free(&decoded);
    return ok;
}

/* A page whose text comes by script, or lies behind a paywall, may hold it in JSON-LD only. */
static bool use_fuller_body(text_view body, arena *memory, buffer *text) {
    bool fuller = body.len > SHORT_TEXT_BYTES
                      ? text->len < SHORT_TEXT_BYTES || body.len / 3 > text->len / 2
                      : body.len > 0 && text->len == 0;
    if (!fuller) return true;
    buffer linked = {0};
    bool ok = append_linked_body(body, memory, &linked);
    if (ok && linked.len > text->len) {
        buffer_free(text);
        *text = linked;
        return true;
    }
    buffer_free(&linked);
    return ok;
}

/* Reads the page into `text` and `strings` (title, date, outlet one behind the other). */
static whosaid_status read_page(text_view page, arena *memory, buffer *text, buffer *strings,
                                size_t ends[3], whosaid_error *err) {
    html_tree tree;
    whosaid_status status = html_tree_parse(page, memory, &tree, err);
    if (status != WHOSAID_OK) return status;
    html_metadata about;
    text->len = 0;
    bool ok = html_metadata_read(&tree, memory, &about) &&
              html_body_append(&tree, about.title, memory, text) &&
              use_fuller_body(about.body, memory, text);
    const text_view parts[3] = {about.title, about.date, about.outlet};
    for (int i = 0; ok && i < 3; i++) {
        ok = buffer_append_view(strings, parts[i]);
        ends[i] = strings->len;
    }
    return ok ? WHOSAID_OK : error_no_memory(err);
}

whosaid_status html_article_read(text_view page, text_view id, text_view outlet, arena *memory,
                                 buffer *text, article *out, whosaid_error *err) {
    arena_mark mark = arena_save(memory);
    buffer strings = {0};
    size_t ends[3] = {0};
    whosaid_status status = read_page(page, memory, text, &strings, ends, err);
    arena_restore(memory, mark); /* the tree is many times as large as the text */
    text_view kept = arena_copy(memory, buffer_view(&strings));
    buffer_free(&strings);
    if (status != WHOSAID_OK) return status;
    if (!kept.ptr) return error_no_memory(err);
    text_view body = buffer_view(text);
    if (body.len == 0)
        return error_set(err, WHOSAID_NOT_TEXT, NULL, 0, "the page has no article text");
    *out = (article){
        .arena = memory,
        .id = id,
        .title = view_slice(kept, 0, ends[0]),
        .date = view_slice(kept, ends[0], ends[1]),
        .outlet = ends[2] > ends[1] ? view_slice(kept, ends[1], ends[2]) : outlet,
        .text = body,
        .body = {(uint32_t)dateline_length(body), (uint32_t)body.len},
    };
    return WHOSAID_OK;
}
