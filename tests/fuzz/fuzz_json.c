/* JSON files with an article or a list of them, and JSON Lines. What is read without jansson must
 * be what jansson reads. */
#include "fuzz.h"

#include "base/utf8.h"
#include "read/json_members.h"

#include <jansson.h>

static void compare_members(text_view text) {
    buffer unescaped = {0};
    json_members members, wanted;
    if (utf8_first_no_text(text) == text.len && json_members_read(text, &unescaped, &members)) {
        arena *memory = arena_new();
        json_t *tree = json_loadb(text.ptr, text.len, 0, NULL);
        MUST(json_is_object(tree));
        MUST(json_members_of(tree, memory, &wanted));
        for (int i = 0; i < MEMBER_COUNT; i++) {
            MUST(!members.values[i].ptr == !wanted.values[i].ptr);
            MUST(view_equal(members.values[i], wanted.values[i]));
        }
        json_decref(tree);
        arena_free(memory);
    }
    buffer_free(&unescaped);
}

void fuzz_one(const uint8_t *data, size_t size) {
    compare_members((text_view){(const char *)data, size});
    fuzz_read_record(data, size, RECORD_JSON);
    fuzz_read_file(fuzz_write("input.jsonl", data, size));
}
