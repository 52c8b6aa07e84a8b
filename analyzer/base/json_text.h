/* json_text.h: JSON by jansson, for texts that may be hostile and memory that may be short.
 *
 * jansson's parser takes up to a hundred bytes for each byte of text ("[{},{},{}"), so the number
 * of values is counted before it starts. Where memory runs out within it, it blames the text
 * ("string or '}' expected") or ends the process, so memory is asked for before, and a failure over
 * a text that is sound is taken for what it is. */
#ifndef BASE_JSON_TEXT_H
#define BASE_JSON_TEXT_H

#include "base/text_view.h"
#include "whosaid.h"

struct json_t;
struct json_error_t;
struct buffer;

/* Values of one document. An article has a handful, an annotated one some thousand; a file may hold
 * a list of them. At about 250 bytes each, that bounds the memory to 1 GiB. */
#define JSON_VALUES_MAX ((size_t)4 << 20)

/* Parses an object or array. flags: of json_loadb. On success the caller owns *out (json_decref).
 * Errors: SYNTAX and LIMIT with *cause (line, column, text), NO_MEMORY. */
WHOSAID_CHECK whosaid_status json_text_read(text_view text, size_t flags, struct json_t **out,
                                            struct json_error_t *cause);

/* Appends `value` as JSON. flags: of json_dumps. False when memory is out (jansson's own functions
 * go on when a key could not be written); what was appended is useless then. */
bool json_text_append(const struct json_t *value, size_t flags, struct buffer *out);

/* True for an object or array that RFC 8259 allows and jansson reads. Its bytes need not be UTF-8.
 * Linear, without memory of its own. */
bool json_text_is_sound(text_view text);

#endif
