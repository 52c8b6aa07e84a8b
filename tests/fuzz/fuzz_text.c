/* Plain text and Markdown: character sets, metadata lines, datelines, segmentation. */
#include "fuzz.h"

void fuzz_one(const uint8_t *data, size_t size) {
    fuzz_read_record(data, size, RECORD_TEXT);
    fuzz_read_record(data, size, RECORD_MARKDOWN);
}
