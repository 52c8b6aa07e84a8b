#include "corpus/corpus_files.h"

#include "base/error.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <zlib.h>

enum { DEPTH_MAX = 64 };
#define CONTENT_BYTES_MAX ((size_t)1 << 31)

typedef struct search {
    arena *arena;
    bool (*wanted)(text_view name);
    corpus_file_list *out;
    whosaid_error *err;
} search;

static whosaid_status search_folder(search *s, const char *folder, int depth);

static whosaid_status search_entry(search *s, const char *folder, const char *name, int depth) {
    text_view path = arena_format(s->arena, "%s/%s", folder, name);
    if (!path.ptr) return error_no_memory(s->err);
    struct stat info;
    if (lstat(path.ptr, &info) != 0)
        return error_io(s->err, path.ptr, "cannot be looked at", errno);
    if (S_ISDIR(info.st_mode)) return search_folder(s, path.ptr, depth + 1);
    if (!s->wanted(view_of(name))) return WHOSAID_OK;
    if (!array_push(s->arena, s->out, (corpus_file){path.ptr, true}))
        return error_no_memory(s->err);
    return WHOSAID_OK;
}

static whosaid_status search_folder(search *s, const char *folder, int depth) {
    if (depth > DEPTH_MAX)
        return error_set(s->err, WHOSAID_LIMIT, folder, 0, "more than %d folders deep", DEPTH_MAX);
    DIR *dir = opendir(folder);
    if (!dir) return error_io(s->err, folder, "cannot open the folder", errno);
    whosaid_status status = WHOSAID_OK;
    for (struct dirent *entry; status == WHOSAID_OK && (entry = readdir(dir)) != NULL;)
        if (entry->d_name[0] != '.') status = search_entry(s, folder, entry->d_name, depth);
    closedir(dir);
    return status;
}

static int compare_files(const void *a, const void *b) {
    return strcmp(((const corpus_file *)a)->path, ((const corpus_file *)b)->path);
}

whosaid_status corpus_files_find(arena *a, const char *path, bool (*wanted)(text_view name),
                                 corpus_file_list *out, whosaid_error *err) {
    struct stat info;
    if (stat(path, &info) != 0) return error_io(err, path, "cannot be read", errno);
    size_t first = out->count;
    if (S_ISDIR(info.st_mode)) {
        search s = {a, wanted, out, err};
        whosaid_status status = search_folder(&s, path, 0);
        if (out->count > first)
            qsort(out->items + first, out->count - first, sizeof *out->items, compare_files);
        return status;
    }
    text_view copy = arena_copy(a, view_of(path));
    if (!copy.ptr || !array_push(a, out, (corpus_file){copy.ptr, false}))
        return error_no_memory(err);
    return WHOSAID_OK;
}

/* Reads to the end of `file` into a growing buffer, which the caller frees in any case. */
static whosaid_status read_all(gzFile file, const char *path, char **buffer, size_t *len,
                               whosaid_error *err) {
    size_t capacity = 0;
    for (;;) {
        if (*len == capacity) {
            if (capacity >= CONTENT_BYTES_MAX)
                return error_set(err, WHOSAID_LIMIT, path, 0, "holds more than 2 GiB of text");
            capacity = capacity ? capacity * 2 : (size_t)1 << 16;
            char *grown = realloc(*buffer, capacity);
            if (!grown) return error_no_memory(err);
            *buffer = grown;
        }
        size_t room = capacity - *len;
        int got = gzread(file, *buffer + *len, (unsigned)(room < (1u << 30) ? room : 1u << 30));
        if (got < 0) return error_set(err, WHOSAID_IO, path, 0, "cannot be read or uncompressed");
        if (got == 0) return WHOSAID_OK;
        *len += (size_t)got;
    }
}

whosaid_status corpus_file_read(const char *path, text_view *content, whosaid_error *err) {
    *content = (text_view){NULL, 0};
    errno = 0;
    gzFile file = gzopen(path, "rb"); /* reads files that are not compressed as they are */
    if (!file) return errno ? error_io(err, path, "cannot open", errno) : error_no_memory(err);
    char *buffer = NULL;
    size_t len = 0;
    whosaid_status status = read_all(file, path, &buffer, &len, err);
    int closed = gzclose(file);
    if (status == WHOSAID_OK && closed != Z_OK)
        status = error_set(err, WHOSAID_IO, path, 0, "the compressed file is cut off or damaged");
    if (status == WHOSAID_OK)
        *content = (text_view){buffer, len};
    else
        free(buffer);
    return status;
}
