/* Compressed files: gzip, zstd, bzip2, xz, by what the first byte claims. */
#include "fuzz.h"

void fuzz_one(const uint8_t *data, size_t size) {
    const char *file_name = "input.txt.gz";
    switch (size ? data[0] : 0) {
    case 0x28: file_name = "input.txt.zst"; break;
    case 'B': file_name = "input.txt.bz2"; break;
    case 0xFD: file_name = "input.txt.xz"; break;
    default: break;
    }
    fuzz_read_file(fuzz_write(file_name, data, size));
}
