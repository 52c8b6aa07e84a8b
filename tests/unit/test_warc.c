/* WARC files: which records are pages, their HTTP encodings, and lengths that lie. */
#include "reading.h"
#include "suite.h"

#include "read/http_message.h"

#include <zlib.h>

#define COUNT(table) (sizeof(table) / sizeof *(table))

typedef struct warc_text {
    char bytes[1 << 16];
    size_t len;
} warc_text;

static void add_bytes(warc_text *w, const void *bytes, size_t len) {
    ck_assert_uint_le(w->len + len, sizeof w->bytes);
    memcpy(w->bytes + w->len, bytes, len);
    w->len += len;
}

static void add_text(warc_text *w, const char *text) {
    add_bytes(w, text, strlen(text));
}

/* lie: what is added to the true length. */
static void add_record(warc_text *w, const char *type, const char *uri, const char *content_type,
                       const void *block, size_t block_len, int lie) {
    char head[1024];
    int len = snprintf(head, sizeof head,
                       "WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\nContent-Type: %s\r\n"
                       "Content-Length: %d\r\n\r\n",
                       type, uri, content_type, (int)block_len + lie);
    add_bytes(w, head, (size_t)len);
    add_bytes(w, block, block_len);
    add_text(w, "\r\n\r\n");
}

#define HTTP "application/http; msgtype=response"
#define PAGE(text) "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>" text "</p>"

static void add_page(warc_text *w, const char *uri, const char *response, int lie) {
    add_record(w, "response", uri, HTTP, response, strlen(response), lie);
}

static void write_mixed(warc_text *w) {
    add_record(w, "warcinfo", "", "application/warc-fields", "software: own\r\n", 15, 0);
    add_record(w, "request", "http://a.example/1", "application/http", "GET / HTTP/1.1\r\n\r\n", 18,
               0);
    add_page(w, "http://a.example/1", PAGE("One."), 0);
    add_page(w, "http://a.example/gone",
             "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\nNo.", 0);
    add_page(w, "http://a.example/x.png", "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nx", 0);
    add_record(w, "metadata", "http://a.example/1", "text/plain", "<p>No.</p>", 10, 0);
    add_record(w, "resource", "http://a.example/2", "text/html", "<p>Two.</p>", 11, 0);
    add_page(
        w, "<http://a.example/3>",
        "HTTP/1.0 200\r\ncontent-type: TEXT/HTML; charset=windows-1251\r\n\r\n<p>\xCD\xE5\xF2.", 0);
}

#define MIXED_EXPECTED                                                                             \
    "http://a.example/1||One.\nhttp://a.example/2||Two.\nhttp://a.example/3||\xD0\x9D\xD0\xB5"     \
    "\xD1\x82.\n"

START_TEST(pages_are_read_and_the_rest_passed_over) {
    static warc_text w;
    w.len = 0;
    write_mixed(&w);
    write_bytes("a.warc", w.bytes, w.len);
    assert_read("a.warc", MIXED_EXPECTED);
}
END_TEST

/* As crawlers write it: each record compressed by itself. */
START_TEST(compressed_records_are_read) {
    static warc_text w;
    w.len = 0;
    write_mixed(&w);
    FILE *out = fopen("a.warc.gz", "wb");
    ck_assert_ptr_nonnull(out);
    for (size_t at = 0; at < w.len;) {
        size_t end = at + 1;
        while (end < w.len && (w.len - end < 8 || memcmp(w.bytes + end, "WARC/1.0", 8) != 0))
            end++;
        unsigned char packed[4096];
        z_stream z = {0};
        ck_assert_int_eq(deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
        z.next_in = (unsigned char *)w.bytes + at;
        z.avail_in = (uInt)(end - at);
        z.next_out = packed;
        z.avail_out = sizeof packed;
        ck_assert_int_eq(deflate(&z, Z_FINISH), Z_STREAM_END);
        ck_assert_uint_eq(fwrite(packed, 1, sizeof packed - z.avail_out, out),
                          sizeof packed - z.avail_out);
        deflateEnd(&z);
        at = end;
    }
    ck_assert_int_eq(fclose(out), 0);
    assert_read("a.warc.gz", MIXED_EXPECTED);
}
END_TEST

static const struct {
    const char *about;
    int lie;
    const char *expected;
} lies[] = {
    {"too short", -3,
     "http://a.example/1||One.\nfailed: a.warc: has a wrong Content-Length; reading goes on at the "
     "next WARC record\nhttp://a.example/3||Three.\n"},
    {"too long", 9,
     "http://a.example/1||One.\nfailed: a.warc: has a wrong Content-Length; reading goes on at the "
     "next WARC record\nhttp://a.example/3||Three.\n"},
    {"beyond the end", 100000,
     "http://a.example/1||One.\nfailed: a.warc: is shorter than its Content-Length; reading goes "
     "on at the next WARC record\nhttp://a.example/3||Three.\n"},
    {"absurd", 2000000000,
     "http://a.example/1||One.\nfailed: a.warc: is larger than 64 MiB by its length; reading goes "
     "on at the next WARC record\nhttp://a.example/3||Three.\n"},
    {"negative", -200,
     "http://a.example/1||One.\nfailed: a.warc: has no Content-Length; reading goes on at the next "
     "WARC record\nhttp://a.example/3||Three.\n"},
};

START_TEST(lengths_that_lie_cost_one_record) {
    static warc_text w;
    w.len = 0;
    add_page(&w, "http://a.example/1", PAGE("One."), 0);
    add_page(&w, "http://a.example/2", PAGE("Two."), lies[_i].lie);
    add_page(&w, "http://a.example/3", PAGE("Three."), 0);
    write_bytes("a.warc", w.bytes, w.len);
    assert_read("a.warc", lies[_i].expected);
}
END_TEST

START_TEST(what_is_no_warc_file_is_named_once) {
    static warc_text w;
    w.len = 0;
    add_text(&w, "These are\nno records\n\nat all\n");
    add_page(&w, "http://a.example/1", PAGE("One."), 0);
    write_bytes("a.warc", w.bytes, w.len);
    assert_read("a.warc", "failed: a.warc: is no WARC record here; reading goes on at the next "
                          "one\nhttp://a.example/1||One.\n");
}
END_TEST

/* Cut anywhere, a file gives an error or less, and never a crash. */
START_TEST(a_file_may_be_cut_anywhere) {
    static warc_text w;
    w.len = 0;
    write_mixed(&w);
    static char got[1 << 16];
    const char *path = "a.warc";
    for (size_t len = 0; len < w.len; len += 7) {
        write_bytes(path, w.bytes, len);
        read_all(&path, 1, got, sizeof got);
        ck_assert_uint_lt(strlen(got), 1000);
    }
}
END_TEST

static const struct {
    const char *about, *message, *body; /* body NULL: refused */
} messages[] = {
    {"plain", "\r\nHello", "Hello"},
    {"line feeds alone", "\nHello", "Hello"},
    {"chunked", "Transfer-Encoding: chunked\r\n\r\n3\r\nHel\r\n2;x=y\r\nlo\r\n0\r\n\r\n", "Hello"},
    {"chunked, in upper case", "transfer-encoding: Chunked\r\n\r\nA\r\n0123456789\r\n0\r\n\r\n",
     "0123456789"},
    {"chunks that the crawler joined", "Transfer-Encoding: chunked\r\n\r\n<p>Hello", "<p>Hello"},
    {"a chunk that is too long", "Transfer-Encoding: chunked\r\n\r\n3\r\nHel\r\nFF\r\nlo\r\n",
     NULL},
    {"no last chunk", "Transfer-Encoding: chunked\r\n\r\n3\r\nHel\r\n", "Hel"},
    {"decompressed by the crawler", "Content-Encoding: gzip\r\n\r\n<p>Hello", "<p>Hello"},
    {"an encoding that is not known", "Content-Encoding: br\r\n\r\n\x0B\x02", NULL},
    {"damaged", "Content-Encoding: gzip\r\n\r\n\x1F\x8B rubbish", NULL},
};

START_TEST(http_bodies_are_decoded) {
    char bytes[1024];
    snprintf(bytes, sizeof bytes, "HTTP/1.1 200 OK\r\n%s", messages[_i].message);
    http_message message;
    ck_assert(http_message_parse(view_of(bytes), &message));
    buffer decoded = {0};
    text_view body;
    whosaid_error err = {0};
    whosaid_status status = http_body_decode(&message, 1 << 20, &decoded, &body, &err);
    if (messages[_i].body)
        ck_assert_msg(status == WHOSAID_OK && view_is(body, messages[_i].body), "%s: %s",
                      messages[_i].about, err.text);
    else
        ck_assert_msg(status == WHOSAID_SYNTAX, "%s", messages[_i].about);
    buffer_free(&decoded);
}
END_TEST

static const int window_bits[] = {15 + 16, 15, -15}; /* gzip, zlib, raw deflate */

START_TEST(compressed_bodies_are_bounded) {
    static char plain[1 << 20], bytes[1 << 16];
    memset(plain, 'x', sizeof plain);
    int head = snprintf(bytes, sizeof bytes, "HTTP/1.1 200 OK\r\nContent-Encoding: %s\r\n\r\n",
                        window_bits[_i] > 15 ? "gzip" : "deflate");
    z_stream z = {0};
    ck_assert_int_eq(deflateInit2(&z, 9, Z_DEFLATED, window_bits[_i], 8, Z_DEFAULT_STRATEGY), Z_OK);
    z.next_in = (unsigned char *)plain;
    z.avail_in = sizeof plain;
    z.next_out = (unsigned char *)bytes + head;
    z.avail_out = (uInt)(sizeof bytes - (size_t)head);
    ck_assert_int_eq(deflate(&z, Z_FINISH), Z_STREAM_END);
    http_message message;
    ck_assert(http_message_parse((text_view){bytes, sizeof bytes - z.avail_out}, &message));
    deflateEnd(&z);
    buffer decoded = {0};
    text_view body;
    ck_assert_int_eq(http_body_decode(&message, sizeof plain, &decoded, &body, NULL), WHOSAID_OK);
    ck_assert_uint_eq(body.len, sizeof plain);
    ck_assert_int_eq(http_body_decode(&message, sizeof plain - 1, &decoded, &body, NULL),
                     WHOSAID_LIMIT);
    buffer_free(&decoded);
}
END_TEST

static TCase *cases(void) {
    TCase *t = tcase_create("warc");
    tcase_add_checked_fixture(t, enter_new_folder, remove_folder);
    tcase_add_test(t, pages_are_read_and_the_rest_passed_over);
    tcase_add_test(t, compressed_records_are_read);
    tcase_add_loop_test(t, lengths_that_lie_cost_one_record, 0, COUNT(lies));
    tcase_add_test(t, what_is_no_warc_file_is_named_once);
    tcase_add_test(t, a_file_may_be_cut_anywhere);
    tcase_add_loop_test(t, http_bodies_are_decoded, 0, COUNT(messages));
    tcase_add_loop_test(t, compressed_bodies_are_bounded, 0, COUNT(window_bits));
    return t;
}

SUITE_MAIN("warc")
