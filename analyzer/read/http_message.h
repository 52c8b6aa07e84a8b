/* http_message.h: a stored HTTP response, as WARC files hold it. */
#ifndef READ_HTTP_MESSAGE_H
#define READ_HTTP_MESSAGE_H

#include "base/buffer.h"
#include "whosaid.h"

typedef struct http_message {
    unsigned status;                                             /* 200, 404, ... */
    text_view content_type, content_encoding, transfer_encoding; /* empty when not there */
    text_view body;                                              /* as it was sent */
} http_message;

/* Reads the head of a response; the views are borrowed from `bytes`. False when it is none. */
bool http_message_parse(text_view bytes, http_message *out);

/* True for text/html and application/xhtml+xml. */
bool http_is_page(text_view content_type);

/* The body without its transfer and content encodings (chunked; gzip and deflate): borrowed from
 * the message or from `decoded`, which the caller owns. At most max_bytes.
 * Errors: SYNTAX (damaged, or an encoding that is not known), LIMIT, NO_MEMORY; without `where`. */
WHOSAID_CHECK whosaid_status http_body_decode(const http_message *message, size_t max_bytes,
                                              buffer *decoded, text_view *body, whosaid_error *err);

#endif
