/* charset.h: bytes of unknown origin to UTF-8. In this order: a byte-order mark; UTF-8 when the
 * bytes are valid UTF-8; the declared character set (HTTP header, <meta>, XML declaration);
 * detection, when so much is not ASCII that it can be trusted; Windows-1252, when the bytes can be
 * that; else refusal. Short English in Windows-1252 has too few other bytes for a detector (they
 * take it for Windows-1250), so it is not asked there.
 *
 * Text that is mostly good UTF-8 with damaged places is no other character set: in web pages the
 * damage becomes U+FFFD, as in browsers, and other text is refused. */
#ifndef READ_CHARSET_H
#define READ_CHARSET_H

#include "base/buffer.h"
#include "whosaid.h"

typedef struct charset_hints {
    text_view declared; /* outside the text, such as in an HTTP header; may be empty */
    bool is_markup;     /* a web page: may declare its own, and damage is tolerated */
} charset_hints;

/* *out: valid UTF-8 without byte-order mark, borrowed from `bytes` or from `converted` (owned by
 * the caller). Errors: NOT_TEXT with *bad_offset, the first byte that fits nothing; NO_MEMORY. The
 * caller words the error. */
WHOSAID_CHECK whosaid_status charset_to_utf8(text_view bytes, const charset_hints *hints,
                                             buffer *converted, text_view *out, size_t *bad_offset);

/* The value of "charset=" in an HTTP Content-Type, or empty. Borrowed. */
text_view charset_of_content_type(text_view content_type);

#endif
