/* The HTML report: a page that holds the annotated articles, as JSON, and shows them. Everything
 * but the data is the same in every report (html/page.html), so that it is written article by
 * article like the others, and is a whole page wherever it ends. */
#include "report/report.h"

#include "base/error.h"
#include "base/json_text.h"
#include "base/json_value.h"
#include "report/html_page.h"

/* JSON inside a script element: what begins with "<" could end the element or begin a comment. */
static bool append_escaped(buffer *out, text_view json) {
    bool ok = true;
    size_t begin = 0;
    for (size_t i = 0; ok && i < json.len; i++) {
        if (json.ptr[i] != '<') continue;
        ok = buffer_append_view(out, view_slice(json, begin, i)) &&
             buffer_append_view(out, VIEW("\\u003c"));
        begin = i + 1;
    }
    return ok && buffer_append_view(out, view_slice(json, begin, json.len));
}

static bool append_data(buffer *out, const char *id, text_view json) {
    return buffer_append_view(out, VIEW("<script type=\"application/json\" class=\"")) &&
           buffer_append_view(out, view_of(id)) && buffer_append_view(out, VIEW("\">")) &&
           append_escaped(out, json) && buffer_append_view(out, VIEW("</script>\n"));
}

static json_t *target_value(const report_target *t) {
    json_t *target = json_object();
    return json_keep_if(json_set(target, "name", json_text_value(t->name)) &&
                            json_set(target, "labels", json_texts_value(t->labels, t->label_count)),
                        target);
}

whosaid_status html_report_begin(const report_options *options, buffer *out, whosaid_error *err) {
    json_t *targets = json_array();
    bool ok = targets != NULL;
    for (size_t i = 0; ok && i < options->target_count; i++)
        ok = json_array_append_new(targets, target_value(&options->targets[i])) == 0;
    buffer json = {0};
    ok = ok && json_text_append(targets, JSON_COMPACT, &json) &&
         buffer_append(out, report_page, report_page_len) &&
         append_data(out, "targets", buffer_view(&json));
    buffer_free(&json);
    json_decref(targets);
    return ok ? WHOSAID_OK : error_no_memory(err);
}

whosaid_status html_report_article(const article *a, const report_options *options, buffer *out,
                                   whosaid_error *err) {
    buffer json = {0};
    whosaid_status status = jsonl_report_article(a, options, &json, err);
    if (status == WHOSAID_OK && !append_data(out, "article", view_trim(buffer_view(&json))))
        status = error_no_memory(err);
    buffer_free(&json);
    return status;
}
