/* Crawls: WARC records, the HTTP responses and pages in them, plain and in gzip. */
#include "fuzz.h"

void fuzz_one(const uint8_t *data, size_t size) {
    bool packed = size > 1 && data[0] == 0x1F && data[1] == 0x8B;
    fuzz_read_file(fuzz_write(packed ? "input.warc.gz" : "input.warc", data, size));
}
