/* Saved web pages: the parse, metadata, the search for the article. */
#include "fuzz.h"

void fuzz_one(const uint8_t *data, size_t size) {
    fuzz_read_record(data, size, RECORD_HTML);
}
