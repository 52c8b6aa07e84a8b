/* Stored HTTP responses: head, chunks, content encodings. */
#include "fuzz.h"

void fuzz_one(const uint8_t *data, size_t size) {
    fuzz_read_record(data, size, RECORD_HTTP_RESPONSE);
}
