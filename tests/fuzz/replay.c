/* Gives a fuzzer the inputs in files and folders, in the order of their names: how the kept ones
 * are tested by any compiler, and how a finding is looked at. */
#include "base/buffer.h"
#include "fuzz.h"

#include <dirent.h>
#include <string.h>
#include <sys/stat.h>

static size_t runs;

static void run_file(const char *path) {
    FILE *in = fopen(path, "rb");
    MUST(in);
    buffer bytes = {0};
    size_t got;
    do {
        MUST(buffer_reserve(&bytes, 1 << 16));
        got = fread(bytes.data + bytes.len, 1, 1 << 16, in);
        bytes.len += got;
    } while (got);
    fclose(in);
    /* A copy of just this length, so that a sanitizer sees what is read behind the end. */
    uint8_t *copy = malloc(bytes.len ? bytes.len : 1);
    MUST(copy);
    if (bytes.len) memcpy(copy, bytes.data, bytes.len);
    fuzz_one(copy, bytes.len);
    free(copy);
    buffer_free(&bytes);
    runs++;
}

static void run(const char *path) {
    struct stat info;
    if (stat(path, &info) != 0) return; /* a fuzzer that never found anything has no such folder */
    if (!S_ISDIR(info.st_mode)) {
        run_file(path);
        return;
    }
    struct dirent **entries;
    int count = scandir(path, &entries, NULL, alphasort);
    MUST(count >= 0);
    for (int i = 0; i < count; i++) {
        char inner[4096];
        snprintf(inner, sizeof inner, "%s/%s", path, entries[i]->d_name);
        if (entries[i]->d_name[0] != '.') run(inner);
        free(entries[i]);
    }
    free(entries);
}

int main(int argc, char **argv) {
    for (int i = 1; i < argc; i++)
        run(argv[i]);
    printf("%zu inputs, %zu times something sound in them\n", runs, fuzz_accepted());
    return fuzz_accepted() ? EXIT_SUCCESS : EXIT_FAILURE;
}
