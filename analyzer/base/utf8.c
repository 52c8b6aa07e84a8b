#include "base/utf8.h"

/* Length of the valid sequence at ptr, or 0. Table 3-7 of the Unicode standard. */
static size_t sequence_length(const unsigned char *ptr, size_t left) {
    unsigned char lead = ptr[0];
    if (lead < 0x80) return 1;
    unsigned char low = 0x80, high = 0xBF; /* allowed range of the second byte */
    size_t len;
    if (lead >= 0xC2 && lead <= 0xDF) {
        len = 2;
    } else if (lead >= 0xE0 && lead <= 0xEF) {
        len = 3;
        if (lead == 0xE0) low = 0xA0;
        if (lead == 0xED) high = 0x9F;
    } else if (lead >= 0xF0 && lead <= 0xF4) {
        len = 4;
        if (lead == 0xF0) low = 0x90;
        if (lead == 0xF4) high = 0x8F;
    } else {
        return 0;
    }
    if (left < len || ptr[1] < low || ptr[1] > high) return 0;
    for (size_t i = 2; i < len; i++)
        if ((ptr[i] & 0xC0) != 0x80) return 0;
    return len;
}

/* Number of leading ASCII bytes, eight at a time. */
static size_t ascii_run(const char *ptr, size_t len) {
    size_t i = 0;
    for (; i + 8 <= len; i += 8) {
        uint64_t word;
        memcpy(&word, ptr + i, 8);
        if (word & 0x8080808080808080ull) break;
    }
    while (i < len && (unsigned char)ptr[i] < 0x80)
        i++;
    return i;
}

size_t utf8_first_invalid(text_view text) {
    size_t at = 0;
    while (at < text.len) {
        at += ascii_run(text.ptr + at, text.len - at);
        if (at == text.len) break;
        size_t len = sequence_length((const unsigned char *)text.ptr + at, text.len - at);
        if (len == 0) return at;
        at += len;
    }
    return text.len;
}

uint32_t utf8_decode(const char *ptr, const char *end, size_t *len) {
    const unsigned char *p = (const unsigned char *)ptr;
    size_t n = sequence_length(p, (size_t)(end - ptr));
    *len = n ? n : 1;
    switch (n) {
    case 1: return p[0];
    case 2: return (uint32_t)(p[0] & 0x1F) << 6 | (p[1] & 0x3F);
    case 3: return (uint32_t)(p[0] & 0x0F) << 12 | (uint32_t)(p[1] & 0x3F) << 6 | (p[2] & 0x3F);
    case 4:
        return (uint32_t)(p[0] & 0x07) << 18 | (uint32_t)(p[1] & 0x3F) << 12 |
               (uint32_t)(p[2] & 0x3F) << 6 | (p[3] & 0x3F);
    default: return UTF8_REPLACEMENT;
    }
}

size_t utf8_encode(uint32_t c, char out[4]) {
    if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) c = UTF8_REPLACEMENT;
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (char)(0xC0 | c >> 6);
        out[1] = (char)(0x80 | (c & 0x3F));
        return 2;
    }
    if (c < 0x10000) {
        out[0] = (char)(0xE0 | c >> 12);
        out[1] = (char)(0x80 | (c >> 6 & 0x3F));
        out[2] = (char)(0x80 | (c & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | c >> 18);
    out[1] = (char)(0x80 | (c >> 12 & 0x3F));
    out[2] = (char)(0x80 | (c >> 6 & 0x3F));
    out[3] = (char)(0x80 | (c & 0x3F));
    return 4;
}

size_t utf8_count(text_view text) {
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++)
        count += utf8_is_boundary((unsigned char)text.ptr[i]);
    return count;
}
