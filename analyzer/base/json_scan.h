/* json_scan.h: steps over JSON without keeping any of it. Linear, without memory of its own; values
 * may be nested as deep as jansson's parser has it. */
#ifndef BASE_JSON_SCAN_H
#define BASE_JSON_SCAN_H

#include "base/text_view.h"

/* Where the scan stands. */
typedef struct json_scan {
    const char *at, *end;
    unsigned depth;
    size_t separators; /* brackets and commas: no text has more values than these and one */
    bool is_unusual;   /* something was met that jansson may refuse where RFC 8259 does not: NUL
                          characters, numbers that may be too large, deep nesting */
} json_scan;

static inline json_scan json_scan_start(text_view text) {
    return (json_scan){.at = text.ptr, .end = text.len ? text.ptr + text.len : text.ptr};
}

/* Steps over the character; false, without a step, when another one is next. */
static inline bool json_scan_skip(json_scan *scan, char wanted) {
    if (scan->at == scan->end || *scan->at != wanted) return false;
    scan->at++;
    return true;
}

void json_scan_blanks(json_scan *scan);

/* Steps over one value and the blanks before it; false when there is none that RFC 8259 allows. The
 * bytes of strings need not be UTF-8. */
bool json_scan_value(json_scan *scan);

/* The same behind the opening mark of a string; *has_escapes is set when it has any. */
bool json_scan_string(json_scan *scan, bool *has_escapes);

/* Writes what the inside of a string that was scanned means to `out`, which has room for as many
 * bytes; returns the length. */
size_t json_scan_unescape(text_view inside, char *out);

#endif
