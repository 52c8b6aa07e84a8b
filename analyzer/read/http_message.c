#include "read/http_message.h"

#include "base/error.h"

#include <zlib.h>

enum { GZIP_OR_ZLIB = 15 + 32, RAW_DEFLATE = -15, MESSAGE_INPUT_MAX = 1 << 30 };

static text_view take_line(text_view *rest) {
    const char *newline = memchr(rest->ptr, '\n', rest->len);
    size_t end = newline ? (size_t)(newline - rest->ptr) : rest->len;
    text_view line = view_slice(*rest, 0, end);
    *rest = view_slice(*rest, newline ? end + 1 : end, rest->len);
    if (line.len && line.ptr[line.len - 1] == '\r') line.len--;
    return line;
}

static bool is_header(text_view line, const char *name, text_view *value) {
    text_view key = view_of(name);
    if (line.len <= key.len || line.ptr[key.len] != ':' ||
        !view_equal_ignoring_case(view_slice(line, 0, key.len), key))
        return false;
    *value = view_trim(view_slice(line, key.len + 1, line.len));
    return true;
}

bool http_message_parse(text_view bytes, http_message *out) {
    *out = (http_message){
        .content_type = VIEW(""), .content_encoding = VIEW(""), .transfer_encoding = VIEW("")};
    if (!view_starts_with(bytes, VIEW("HTTP/"))) return false;
    text_view rest = bytes;
    text_view first = take_line(&rest);
    const char *blank = memchr(first.ptr, ' ', first.len);
    size_t at = blank ? (size_t)(blank - first.ptr) + 1 : first.len;
    for (int i = 0; i < 3; i++, at++) {
        if (at >= first.len || !ascii_is_digit((unsigned char)first.ptr[at])) return false;
        out->status = out->status * 10 + (unsigned)(first.ptr[at] - '0');
    }
    while (rest.len) {
        text_view line = take_line(&rest);
        if (line.len == 0) break;
        if (!is_header(line, "Content-Type", &out->content_type) &&
            !is_header(line, "Content-Encoding", &out->content_encoding))
            is_header(line, "Transfer-Encoding", &out->transfer_encoding);
    }
    out->body = rest;
    return true;
}

bool http_is_page(text_view content_type) {
    static const text_view types[] = {{"text/html", 9}, {"application/xhtml+xml", 21}};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (content_type.len >= types[i].len &&
            view_equal_ignoring_case(view_slice(content_type, 0, types[i].len), types[i]))
            return true;
    return false;
}

static bool hex_digit(char c, size_t *value) {
    if (ascii_is_digit((unsigned char)c)) {
        *value = (size_t)(c - '0');
        return true;
    }
    c = ascii_to_lower(c);
    *value = (size_t)(c - 'a') + 10;
    return c >= 'a' && c <= 'f';
}

/* The size in front of a chunk; false when there is none. */
static bool chunk_size(text_view line, size_t *size) {
    size_t digits = 0, digit;
    *size = 0;
    line = view_trim(line);
    while (digits < line.len && digits < 8 && hex_digit(line.ptr[digits], &digit)) {
        *size = *size * 16 + digit;
        digits++;
    }
    return digits > 0 && (digits == line.len || line.ptr[digits] == ';' || line.ptr[digits] == ' ');
}

/* Joins the chunks. Crawlers often store the body without them and keep the header, so a body that
 * does not begin with a chunk is left as it is. */
static whosaid_status join_chunks(text_view body, buffer *joined, text_view *out,
                                  whosaid_error *err) {
    size_t size;
    text_view rest = body;
    *out = body;
    if (rest.len == 0 || !chunk_size(take_line(&rest), &size)) return WHOSAID_OK;
    rest = body;
    joined->len = 0;
    for (;;) {
        if (rest.len == 0 || !chunk_size(take_line(&rest), &size) || size > rest.len)
            return error_set(err, WHOSAID_SYNTAX, NULL, 0, "a chunk of the HTTP body is damaged");
        if (size == 0) break;
        if (!buffer_append(joined, rest.ptr, size)) return error_no_memory(err);
        rest = view_slice(rest, size, rest.len);
        take_line(&rest);
        if (rest.len == 0) break; /* the last chunk, of size 0, is missing: all text is there */
    }
    *out = buffer_view(joined);
    return WHOSAID_OK;
}

static whosaid_status inflate_all(z_stream *z, size_t max_bytes, buffer *out, whosaid_error *err) {
    for (;;) {
        if (!buffer_reserve(out, 1 << 14)) return error_no_memory(err);
        size_t room = out->capacity - out->len;
        z->next_out = (unsigned char *)out->data + out->len;
        z->avail_out = (uInt)room;
        int result = inflate(z, Z_NO_FLUSH);
        out->len += room - z->avail_out;
        if (out->len > max_bytes)
            return error_set(err, WHOSAID_LIMIT, NULL, 0, "the page is larger than %zu MiB",
                             max_bytes >> 20);
        if (result == Z_STREAM_END) return WHOSAID_OK;
        if (result == Z_MEM_ERROR) return error_no_memory(err);
        if (result != Z_OK || (z->avail_in == 0 && z->avail_out > 0))
            return error_set(err, WHOSAID_SYNTAX, NULL, 0, "cannot decompress the HTTP body: %s",
                             z->msg ? z->msg : "unexpected end");
    }
}

static whosaid_status unpack(text_view body, int window_bits, size_t max_bytes, buffer *out,
                             whosaid_error *err) {
    z_stream z = {0};
    if (body.len > MESSAGE_INPUT_MAX || inflateInit2(&z, window_bits) != Z_OK)
        return error_no_memory(err);
    z.next_in = (unsigned char *)(uintptr_t)body.ptr; /* zlib's signature knows no const */
    z.avail_in = (uInt)body.len;
    whosaid_status status = inflate_all(&z, max_bytes, out, err);
    inflateEnd(&z);
    return status;
}

static bool is_word(text_view value, const char *word) {
    return view_equal_ignoring_case(value, view_of(word));
}

static whosaid_status decode_content(text_view encoding, size_t max_bytes, text_view stored,
                                     buffer *decoded, text_view *body, whosaid_error *err) {
    *body = stored;
    if (stored.len < 2 || encoding.len == 0 || is_word(encoding, "identity")) return WHOSAID_OK;
    unsigned char first = (unsigned char)stored.ptr[0], second = (unsigned char)stored.ptr[1];
    bool is_gzip = first == 0x1F && second == 0x8B;
    bool is_zlib = (first & 0x0F) == 8 && (first * 256 + second) % 31 == 0;
    int window_bits = GZIP_OR_ZLIB;
    if (is_word(encoding, "gzip") || is_word(encoding, "x-gzip")) {
        if (!is_gzip) return WHOSAID_OK; /* decompressed by the crawler, which kept the header */
    } else if (is_word(encoding, "deflate")) {
        if (stored.ptr[0] == '<') return WHOSAID_OK;
        if (!is_zlib) window_bits = RAW_DEFLATE;
    } else {
        if (stored.ptr[0] == '<') return WHOSAID_OK;
        return error_set(err, WHOSAID_SYNTAX, NULL, 0, "the HTTP body is encoded as \"%.*s\"",
                         (int)(encoding.len < 20 ? encoding.len : 20), encoding.ptr);
    }
    buffer plain = {0};
    whosaid_status status = unpack(stored, window_bits, max_bytes, &plain, err);
    if (status != WHOSAID_OK) {
        buffer_free(&plain);
        return status;
    }
    buffer_free(decoded);
    *decoded = plain;
    *body = buffer_view(decoded);
    return WHOSAID_OK;
}

whosaid_status http_body_decode(const http_message *message, size_t max_bytes, buffer *decoded,
                                text_view *body, whosaid_error *err) {
    text_view stored = message->body;
    if (is_word(message->transfer_encoding, "chunked")) {
        whosaid_status status = join_chunks(message->body, decoded, &stored, err);
        if (status != WHOSAID_OK) return status;
    }
    return decode_content(message->content_encoding, max_bytes, stored, decoded, body, err);
}
