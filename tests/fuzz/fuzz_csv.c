/* Tables with one article a row. */
#include "fuzz.h"

void fuzz_one(const uint8_t *data, size_t size) {
    fuzz_read_file(fuzz_write("input.csv", data, size));
}
