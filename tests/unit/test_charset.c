/* Bytes in any character set become UTF-8, or are refused. */
#include "suite.h"

#include "base/utf8.h"
#include "read/charset.h"

#include <iconv.h>

#define BYTES(text)                                                                                \
    { (text), sizeof(text) - 1 }
#define COUNT(table) (sizeof(table) / sizeof *(table))

static const struct {
    const char *about;
    text_view bytes;
    const char *declared;
    bool is_markup;
    const char *expected; /* NULL: refused */
    size_t bad_offset;
} cases_of_bytes[] = {
    {"UTF-8", BYTES("caf\xC3\xA9"), "", false, "caf\xC3\xA9", 0},
    {"a byte-order mark", BYTES("\xEF\xBB\xBFOne."), "", false, "One.", 0},
    {"UTF-8 whatever is declared", BYTES("caf\xC3\xA9"), "iso-8859-1", false, "caf\xC3\xA9", 0},
    {"UTF-16 with mark", BYTES("\xFF\xFEO\0n\0e\0"), "", false, "One", 0},
    {"big-endian UTF-16", BYTES("\xFE\xFF\0O\0n\0e"), "", false, "One", 0},
    {"UTF-16 without mark", BYTES("O\0n\0e\0.\0"), "", false, "One.", 0},
    {"English in Windows-1252 is not 1250",
     BYTES("\x93We wait,\x94 Zo\xEB Orr said \x97 twice, na\xEFvely. It\x92s \x80 5."), "", false,
     "\xE2\x80\x9CWe wait,\xE2\x80\x9D Zo\xC3\xAB Orr said \xE2\x80\x94 twice, na\xC3\xAFvely. "
     "It\xE2\x80\x99s \xE2\x82\xAC 5.",
     0},
    {"Latin-1 means Windows-1252", BYTES("\x93No\x94"), "ISO-8859-1", false,
     "\xE2\x80\x9CNo\xE2\x80\x9D", 0},
    {"declared", BYTES("\xE6\xEC\xE4"), "iso-8859-5", false, "\xD1\x86\xD1\x8C\xD1\x84", 0},
    {"declared by the page", BYTES("<meta charset=\"windows-1251\"><p>\xCD\xE5\xF2"), "", true,
     "<meta charset=\"windows-1251\"><p>\xD0\x9D\xD0\xB5\xD1\x82", 0},
    {"declared as old pages do",
     BYTES("<META http-equiv=Content-Type content='text/html; charset=windows-1251'>\xCD"), "",
     true, "<META http-equiv=Content-Type content='text/html; charset=windows-1251'>\xD0\x9D", 0},
    {"declared by XML", BYTES("<?xml version='1.0' encoding='windows-1251'?>\xCD"), "", true,
     "<?xml version='1.0' encoding='windows-1251'?>\xD0\x9D", 0},
    {"what only pages may declare", BYTES("charset=windows-1251 \xE9"), "", false,
     "charset=windows-1251 \xC3\xA9", 0},
    {"a declaration that nobody knows", BYTES("caf\xE9"), "x-own-set", false, "caf\xC3\xA9", 0},
    {"damaged UTF-8 in a page", BYTES("\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9 \xE9."), "", true,
     "\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9 \xEF\xBF\xBD.", 0},
    {"damaged UTF-8 elsewhere", BYTES("\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9 \xE9."), "", false,
     NULL, 11},
    {"a byte that Windows-1252 lacks", BYTES("caf\xE9 \x81"), "", false, NULL, 5},
    {"control characters", BYTES("caf\xE9 \x01"), "", false, NULL, 5},
    {"NUL bytes", BYTES("a\0b"), "", false, NULL, 1},
    {"seven-bit Japanese, declared", BYTES("\x1B$B$O$$\x1B(B"), "ISO-2022-JP", false,
     "\xE3\x81\xAF\xE3\x81\x84", 0},
    {"seven-bit, declared as a set that nobody knows", BYTES("No \x1B$B"), "ISO-2022-XX", false,
     NULL, 3},
    {"a fault behind a byte-order mark",
     BYTES("\xEF\xBB\xBF"
           "a\0b"),
     "", false, NULL, 4},
    {"nothing", BYTES(""), "", false, "", 0},
};

START_TEST(bytes_become_utf8) {
    const charset_hints hints = {view_of(cases_of_bytes[_i].declared),
                                 cases_of_bytes[_i].is_markup};
    buffer converted = {0};
    text_view out;
    size_t bad_offset = 0;
    whosaid_status status =
        charset_to_utf8(cases_of_bytes[_i].bytes, &hints, &converted, &out, &bad_offset);
    if (cases_of_bytes[_i].expected) {
        ck_assert_msg(status == WHOSAID_OK && view_is(out, cases_of_bytes[_i].expected),
                      "%s: %d [%.*s]", cases_of_bytes[_i].about, status,
                      status == WHOSAID_OK ? (int)out.len : 0, out.ptr);
    } else {
        ck_assert_msg(status == WHOSAID_NOT_TEXT && bad_offset == cases_of_bytes[_i].bad_offset,
                      "%s: %d, offset %zu", cases_of_bytes[_i].about, status, bad_offset);
    }
    buffer_free(&converted);
}
END_TEST

static const struct {
    const char *charset, *text;
} foreign[] = {
    {"KOI8-R",
     "\xD0\x9C\xD0\xB8\xD0\xBD\xD0\xB8\xD1\x81\xD1\x82\xD1\x80 \xD1\x81\xD0\xBA\xD0\xB0\xD0\xB7"
     "\xD0\xB0\xD0\xBB, \xD1\x87\xD1\x82\xD0\xBE \xD0\xB4\xD0\xBE\xD0\xB6\xD0\xB4\xD1\x8C "
     "\xD0\xB8\xD0\xB4\xD1\x91\xD1\x82 \xD1\x83\xD0\xB6\xD0\xB5 \xD0\xBD\xD0\xB5\xD0\xB4\xD0\xB5"
     "\xD0\xBB\xD1\x8E, \xD0\xB8 \xD0\xB4\xD0\xBE\xD1\x80\xD0\xBE\xD0\xB3\xD0\xB8 \xD0\xB7\xD0\xB0"
     "\xD0\xBA\xD1\x80\xD1\x8B\xD1\x82\xD1\x8B."},
    {"SHIFT_JIS",
     "\xE5\xA4\xA7\xE8\x87\xA3\xE3\x81\xAF\xE9\x81\x93\xE8\xB7\xAF\xE3\x81\x8C\xE9\x96\x89\xE9\x8E"
     "\x96\xE3\x81\x95\xE3\x82\x8C\xE3\x81\x9F\xE3\x81\xA8\xE8\xBF\xB0\xE3\x81\xB9\xE3\x81\x9F\xE3"
     "\x80\x82"},
};

START_TEST(foreign_text_is_detected) {
    text_view text = view_of(foreign[_i].text);
    char bytes[1024];
    char *from = (char *)(uintptr_t)text.ptr, *to = bytes;
    size_t left = text.len, room = sizeof bytes;
    iconv_t converter = iconv_open(foreign[_i].charset, "UTF-8");
    ck_assert_ptr_ne(converter, (iconv_t)-1);
    ck_assert_uint_eq(iconv(converter, &from, &left, &to, &room), 0);
    iconv_close(converter);
    const charset_hints hints = {VIEW(""), false};
    buffer converted = {0};
    text_view out;
    size_t bad_offset;
    ck_assert_int_eq(charset_to_utf8((text_view){bytes, sizeof bytes - room}, &hints, &converted,
                                     &out, &bad_offset),
                     WHOSAID_OK);
    ck_assert_msg(view_equal(out, text), "got [%.*s]", (int)out.len, out.ptr);
    buffer_free(&converted);
}
END_TEST

START_TEST(http_headers_declare) {
    ck_assert(view_is(charset_of_content_type(VIEW("text/html; Charset=\"UTF-8\"")), "UTF-8"));
    ck_assert(view_is(charset_of_content_type(VIEW("text/html")), ""));
}
END_TEST

static TCase *cases(void) {
    TCase *t = tcase_create("charset");
    tcase_add_loop_test(t, bytes_become_utf8, 0, COUNT(cases_of_bytes));
    tcase_add_loop_test(t, foreign_text_is_detected, 0, COUNT(foreign));
    tcase_add_test(t, http_headers_declare);
    return t;
}

SUITE_MAIN("charset")
