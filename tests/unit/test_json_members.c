/* The members of an article, read without jansson: the same that jansson reads, or none at all. */
#include "suite.h"

#include "base/json_text.h"
#include "base/utf8.h"
#include "read/json_members.h"

#include <jansson.h>

/* plain: read without jansson; others are left to it. */
static const struct {
    const char *text;
    bool plain;
} objects[] = {
    {"{\"id\": \"a1\", \"text\": \"Rain.\", \"date\": \"2024-05-03\", \"title\": \"T\"}", true},
    {" {\"body\":\"Rain.\",\"headline\":\"H\",\"source\":\"S\",\"outlet\":\"O\",\"content\":\"\"} ",
     true},
    {"{\"text\": \"\\\"Rain\\\", she said.\\n\\u00e9\\ud83d\\ude00\\/\", \"title\": \"a\\tb\"}",
     true},
    {"{\"text\": \"caf\xC3\xA9\", \"quotes\": [{\"start\": 1, \"score\": -0.5, \"x\": [null, "
     "true]}]}",
     true},
    {"{\"text\": \"first\", \"text\": \"last\"}", true},
    {"{\"text\": \"first\", \"text\": 5}", true},
    {"{\"id\": 17, \"text\": null}", true},
    {"{\"id\": -17}", false},
    {"{\"id\": -0}", false},
    {"{\"id\": 1.5}", true},
    {"{\"id\": [\"text\", {\"id\": \"inner\"}]}", true},
    {"{\"text\": \"0123456789abcdefghijklmnopqrstuvwxyz\\\\\", \"other\": \"\\u0041\"}", true},
    {"{}", false},
    {"[{\"text\": \"Rain.\"}]", false},
    {"{\"te\\u0078t\": \"Rain.\"}", false},
    {"{\"id\": 12345678901234567890}", false},
    {"{\"other\": 1e400}", false},
    {"{\"other\": 1e4}", false},
    {"{\"text\": \"a\\u0000b\"}", false},
    {"{\"other\": \"\\u0000\"}", false},
    {"{\"text\": \"Rain.\"", false},
    {"{\"text\": \"Rain.\"} 5", false},
    {"{\"text\": \"Rain.\", }", false},
    {"{\"text\": \"Rain.\" \"id\": 1}", false},
    {"{\"text\": \"\\ud83d\"}", false},
    {"{\"text\": \"tab\there\"}", false},
    {"{\"text\": \"Rain.\", \"other\": tru}", false},
    {"{\"text\" \"Rain.\"}", false},
    {"", false},
};

static void assert_same(const json_members *got, const char *text) {
    arena *memory = arena_new();
    json_t *tree = json_loads(text, 0, NULL);
    json_members wanted;
    ck_assert_msg(json_is_object(tree), "%s", text);
    ck_assert(json_members_of(tree, memory, &wanted));
    for (int i = 0; i < MEMBER_COUNT; i++) {
        text_view a = got->values[i], b = wanted.values[i];
        ck_assert_msg(!a.ptr == !b.ptr && view_equal(a, b), "%s: member %d is '%.*s', not '%.*s'",
                      text, i, (int)a.len, a.ptr ? a.ptr : "", (int)b.len, b.ptr ? b.ptr : "");
    }
    json_decref(tree);
    arena_free(memory);
}

START_TEST(members_are_those_that_jansson_reads) {
    buffer unescaped = {0};
    json_members members;
    const char *text = objects[_i].text;
    bool plain = json_members_read(view_of(text), &unescaped, &members);
    ck_assert_msg(plain == objects[_i].plain, "%s", text);
    if (plain) assert_same(&members, text);
    buffer_free(&unescaped);
}
END_TEST

/* Each object cut off anywhere, and with each byte damaged: what is still read is the same. */
START_TEST(damage_is_left_to_jansson) {
    static const char damage[] = {'"', '\\', ',', '}', '[', '\1', '0', 'u'};
    const char *whole = objects[_i].text;
    buffer unescaped = {0};
    json_members members;
    char text[256];
    for (size_t at = 0; at < strlen(whole); at++) {
        ck_assert(at == 0 ||
                  !json_members_read(view_slice(view_of(whole), 0, at), &unescaped, &members) ||
                  !objects[_i].plain || view_trim(view_of(whole + at)).len == 0);
        for (size_t d = 0; d < sizeof damage; d++) {
            strcpy(text, whole);
            text[at] = damage[d];
            if (utf8_first_invalid(view_of(text)) < strlen(text)) continue;
            if (json_members_read(view_of(text), &unescaped, &members)) assert_same(&members, text);
        }
    }
    buffer_free(&unescaped);
}
END_TEST

/* {"a":[1,1,1,...]} */
static bool reads_list_of(size_t count) {
    static const char head[] = "{\"a\":[";
    size_t len = sizeof head - 1;
    char *text = malloc(len + 2 * count + 1);
    ck_assert_ptr_nonnull(text);
    memcpy(text, head, len);
    for (size_t i = 0; i < count; i++, len += 2)
        memcpy(text + len, "1,", 2);
    memcpy(text + len - 1, "]}", 2);
    buffer unescaped = {0};
    json_members members;
    bool is_read = json_members_read((text_view){text, len + 1}, &unescaped, &members);
    buffer_free(&unescaped);
    free(text);
    return is_read;
}

/* The object and the list are values, too. */
START_TEST(too_many_values_are_left_to_jansson) {
    ck_assert(reads_list_of(JSON_VALUES_MAX - 2));
    ck_assert(!reads_list_of(JSON_VALUES_MAX - 1));
}
END_TEST

static TCase *cases(void) {
    TCase *tc = tcase_create("json members");
    int count = sizeof objects / sizeof *objects;
    tcase_add_loop_test(tc, members_are_those_that_jansson_reads, 0, count);
    tcase_add_loop_test(tc, damage_is_left_to_jansson, 0, count);
    tcase_add_test(tc, too_many_values_are_left_to_jansson);
    return tc;
}

SUITE_MAIN("json members")
