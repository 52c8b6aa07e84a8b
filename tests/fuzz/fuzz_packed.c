/* Compressed files: gzip, zstd, bzip2, xz, by what the first byte claims. */
#include "fuzz.h"

void fuzz_one(const uint8_t *data, size_t size) {
    const char *file = "input.txt.gz";
    switch (size ? data[0] : 0) {
    case 0x28: file = "input.txt.zst"; break;
    case 'B': file = "input.txt.bz2"; break;
    case 0xFD: file = "input.txt.xz"; break;
    default: break;
    }
    fuzz_read_file(fuzz_write(file, data, size));
}
