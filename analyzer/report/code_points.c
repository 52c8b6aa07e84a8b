#include "report/code_points.h"

#include "base/utf8.h"

enum { STRETCH_BYTES = 64 };

static bool is_ascii(text_view text) {
    unsigned char seen = 0;
    for (size_t i = 0; i < text.len; i++)
        seen |= (unsigned char)text.ptr[i];
    return seen < 0x80;
}

bool code_point_index_make(text_view text, arena *memory, code_point_index *out) {
    *out = (code_point_index){.text = text};
    if (is_ascii(text)) return true;
    size_t stretches = text.len / STRETCH_BYTES + 1;
    uint32_t *before = arena_alloc_raw(memory, stretches, sizeof *before);
    if (!before) return false;
    uint32_t count = 0;
    for (size_t i = 0; i < stretches; i++) {
        before[i] = count;
        size_t begin = i * STRETCH_BYTES;
        size_t end = begin + STRETCH_BYTES < text.len ? begin + STRETCH_BYTES : text.len;
        count += (uint32_t)utf8_count(view_slice(text, begin, end));
    }
    out->before = before;
    return true;
}

size_t code_point_offset(const code_point_index *index, size_t offset_bytes) {
    if (!index->before) return offset_bytes;
    size_t stretch = offset_bytes / STRETCH_BYTES;
    return index->before[stretch] +
           utf8_count(view_slice(index->text, stretch * STRETCH_BYTES, offset_bytes));
}
