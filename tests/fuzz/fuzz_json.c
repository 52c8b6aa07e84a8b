/* JSON files with an article or a list of them, and JSON Lines. */
#include "fuzz.h"

void fuzz_one(const uint8_t *data, size_t size) {
    fuzz_read_record(data, size, RECORD_JSON);
    fuzz_read_file(fuzz_write("input.jsonl", data, size));
}
