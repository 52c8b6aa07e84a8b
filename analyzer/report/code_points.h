/* code_points.h: byte offsets into a text as code point offsets. Made once a text in linear time;
 * a look-up counts within one stretch of 64 bytes. */
#ifndef REPORT_CODE_POINTS_H
#define REPORT_CODE_POINTS_H

#include "base/arena.h"

typedef struct code_point_index {
    text_view text;
    const uint32_t
        *before; /* [text.len / 64 + 1] code points before each stretch; NULL for ASCII */
} code_point_index;

/* text: valid UTF-8 of less than 4 GiB, borrowed. False when memory is out. */
bool code_point_index_make(text_view text, arena *memory, code_point_index *out);

/* offset: at most text.len. */
size_t code_point_offset(const code_point_index *index, size_t offset_bytes);

#endif
