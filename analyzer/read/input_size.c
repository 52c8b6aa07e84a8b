#include "read/input_size.h"

#include "read/file_type.h"
#include "read/folder_walk.h"
#include "read/saved_page.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

struct input_size {
    const char *const *paths;
    size_t path_count;
    shard part;
    pthread_t thread;
    atomic_bool cancelled;
    _Atomic uint64_t bytes;
};

/* False for what has no size that is known beforehand. */
static bool add_file(const input_size *size, const walk_file *file, uint64_t *sum) {
    bool is_stdin = file->named && strcmp(file->path, "-") == 0;
    file_type type = {FORM_LINES, RECORD_JSON_LINE, COMPRESSION_NONE};
    if (!file->named && saved_page_has(file->path)) return true;
    if (!is_stdin && !file_type_of(view_of(file->path), &type)) return true;
    if (!is_stdin && file_type_goes_by_path(type) && !shard_has(size->part, view_of(file->path)))
        return true;
    struct stat info;
    if ((is_stdin ? fstat(STDIN_FILENO, &info) : stat(file->path, &info)) != 0) return true;
    *sum += (uint64_t)info.st_size;
    return S_ISREG(info.st_mode);
}

static void *count_bytes(void *context) {
    input_size *size = context;
    folder_walk *walk = folder_walk_new(size->paths, size->path_count);
    uint64_t sum = 0;
    bool known = walk != NULL, ended = false;
    while (known && !ended && !atomic_load(&size->cancelled)) {
        walk_file file;
        switch (folder_walk_next(walk, &file, NULL)) {
        case WALK_FILE: known = add_file(size, &file, &sum); break;
        case WALK_END: ended = true; break;
        case WALK_SKIPPED:
        case WALK_FAILED: break;
        }
    }
    folder_walk_free(walk);
    if (known && ended) atomic_store(&size->bytes, sum);
    return NULL;
}

input_size *input_size_count(const char *const *paths, size_t count, shard part) {
    input_size *size = calloc(1, sizeof *size);
    if (!size) return NULL;
    size->paths = paths;
    size->path_count = count;
    size->part = part;
    if (pthread_create(&size->thread, NULL, count_bytes, size) == 0) return size;
    free(size);
    return NULL;
}

uint64_t input_size_bytes(const input_size *size) {
    return size ? atomic_load(&size->bytes) : 0;
}

void input_size_free(input_size *size) {
    if (!size) return;
    atomic_store(&size->cancelled, true);
    pthread_join(size->thread, NULL);
    free(size);
}
