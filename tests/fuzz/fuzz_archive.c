/* Archives of articles, .zip and .tar. */
#include "fuzz.h"

void fuzz_one(const uint8_t *data, size_t size) {
    fuzz_read_file(fuzz_write("input.zip", data, size));
    fuzz_read_file(fuzz_write("input.tar", data, size));
}
