/* Plain text files. */
#include "base/error.h"
#include "read/date.h"
#include "read/metadata.h"
#include "read/record_reader.h"

whosaid_status text_article_read(text_view id, text_view text, bool is_markdown, arena *memory,
                                 article *out, whosaid_error *err) {
    text_metadata head = text_metadata_read(text, is_markdown);
    text_view date = date_to_iso(memory, head.date);
    if (!date.ptr) return error_no_memory(err);
    *out = (article){
        .arena = memory,
        .id = id,
        .date = date,
        .outlet = head.outlet,
        .title = head.title,
        .text = text,
        .body = {(uint32_t)head.body_begin, (uint32_t)text.len},
    };
    return WHOSAID_OK;
}
