/* Compressed files: gzip, zstd, bzip2, xz, by what the first byte claims. */
#include "fuzz.h"

void fuzz_one(const uint8_t *data, size_t size) {
    const char *name = "input.txt.gz";
    switch (size ? data[0] : 0) {
    case 0x28: name = "input.txt.zst"; break;
    case 'B': name = "input.txt.bz2"; break;
    case 0xFD: name = "input.txt.xz"; break;
    default: break;
    }
    fuzz_read_file(fuzz_write(name, data, size));
}
