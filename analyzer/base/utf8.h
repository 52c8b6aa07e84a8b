/* utf8.h: UTF-8 checked and walked. Everything behind the reader may assume valid UTF-8. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include "base/text_view.h"

#define UTF8_REPLACEMENT 0xFFFDu

/* Offset of the first byte that is not valid UTF-8 (surrogates, over-long forms and values above
 * U+10FFFF are invalid), or text.len when all is well. */
size_t utf8_first_invalid(text_view text);

/* The same, where a NUL byte is not valid either: no text has one, and JSON cannot hold it. */
static inline size_t utf8_first_no_text(text_view text) {
    size_t invalid = utf8_first_invalid(text);
    /* NOLINTNEXTLINE(clang-analyzer-core.NonNullParamChecker): it has bytes then */
    const char *nul = invalid ? (const char *)memchr(text.ptr, '\0', invalid) : NULL;
    return nul ? (size_t)(nul - text.ptr) : invalid;
}

/* Decodes the code point that begins at ptr (ptr < end) and stores its length in bytes.
 * On invalid input: UTF8_REPLACEMENT with length 1. */
uint32_t utf8_decode(const char *ptr, const char *end, size_t *len);

/* Writes a code point as UTF-8 (at most 4 bytes) and returns the number of bytes. */
size_t utf8_encode(uint32_t code_point, char out[4]);

/* Number of code points in valid text. */
size_t utf8_count(text_view text);

static inline bool utf8_is_boundary(unsigned char byte) {
    return (byte & 0xC0) != 0x80;
}

#endif
