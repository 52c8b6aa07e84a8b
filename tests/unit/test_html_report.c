/* Articles inside the page of the HTML report. */
#include "suite.h"

#include "report/report.h"

#include <jansson.h>

static const text_view labels[] = {{"</script>", 9}, {"neutral", 7}};
static const report_target targets[] = {{{"a<b", 3}, labels, 2}};
static const report_options options = {.targets = targets, .target_count = 1, .explain = true};

/* What stands in the data element of this class, parsed. */
static json_t *embedded(const buffer *page, const char *class) {
    char head[80];
    snprintf(head, sizeof head, "<script type=\"application/json\" class=\"%s\">", class);
    const char *begin = strstr(page->data, head);
    ck_assert_ptr_nonnull(begin);
    begin += strlen(head);
    const char *end = strstr(begin, "</script>");
    ck_assert_ptr_nonnull(end);
    ck_assert_ptr_null(memchr(begin, '<', (size_t)(end - begin)));
    json_t *json = json_loadb(begin, (size_t)(end - begin), 0, NULL);
    ck_assert_ptr_nonnull(json);
    return json;
}

START_TEST(data_cannot_leave_its_element) {
    static const char text[] = "</script><!-- <script> \xE2\x80\xA8 & \" it ends";
    buffer page = {0};
    arena *memory = arena_new();
    const article a = {.arena = memory,
                       .id = VIEW("<b>"),
                       .date = VIEW(""),
                       .outlet = VIEW(""),
                       .title = VIEW("</title>"),
                       .text = {text, sizeof text - 1}};
    ck_assert(html_report_begin(&options, &page, NULL) == WHOSAID_OK);
    ck_assert(html_report_article(&a, &options, &page, NULL) == WHOSAID_OK);
    ck_assert(buffer_append(&page, "", 1));
    json_t *article_json = embedded(&page, "article"), *target_json = embedded(&page, "targets");
    ck_assert_str_eq(json_string_value(json_object_get(article_json, "text")), text);
    const json_t *target = json_array_get(target_json, 0);
    ck_assert_str_eq(json_string_value(json_object_get(target, "name")), "a<b");
    ck_assert_str_eq(json_string_value(json_array_get(json_object_get(target, "labels"), 0)),
                     "</script>");
    json_decref(article_json);
    json_decref(target_json);
    buffer_free(&page);
    arena_free(memory);
}
END_TEST

START_TEST(the_page_allows_its_own_script_and_nothing_else) {
    static const char *const wanted[] = {"default-src 'none'", "script-src 'sha256-",
                                         "style-src 'sha256-", "form-action 'none'"};
    static const char *const refused[] = {
        "{{", "unsafe", " onclick=", " src=", "http-equiv=\"refresh", " style=\""};
    buffer page = {0};
    ck_assert(html_report_begin(&options, &page, NULL) == WHOSAID_OK);
    ck_assert(buffer_append(&page, "", 1));
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        ck_assert_msg(strstr(page.data, wanted[i]) != NULL, "lacks %s", wanted[i]);
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        ck_assert_msg(strstr(page.data, refused[i]) == NULL, "has %s", refused[i]);
    buffer_free(&page);
}
END_TEST

static TCase *cases(void) {
    TCase *tests = tcase_create("html report");
    tcase_add_test(tests, data_cannot_leave_its_element);
    tcase_add_test(tests, the_page_allows_its_own_script_and_nothing_else);
    return tests;
}

SUITE_MAIN("html report")
