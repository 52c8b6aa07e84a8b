#include "base/error.h"
#include "stance/target.h"

#include <sys/stat.h>

/* Takes the target of a file if it is there and has the wanted name. */
static whosaid_status try_file(const char *path, text_view wanted, target **out,
                               whosaid_error *err) {
    struct stat info;
    if (stat(path, &info) != 0) return WHOSAID_OK;
    target *found;
    whosaid_status status = target_load(path, &found, err);
    if (status != WHOSAID_OK) return status;
    if (wanted.len == 0 || view_equal(found->name, wanted))
        *out = found;
    else
        target_free(found);
    return WHOSAID_OK;
}

/* The folder that holds the path: "." for a bare name. */
static text_view parent_of(text_view path) {
    while (path.len > 1 && path.ptr[path.len - 1] == '/')
        path.len--;
    while (path.len && path.ptr[path.len - 1] != '/')
        path.len--;
    return path.len ? path : VIEW("./");
}

whosaid_status target_find(const char *const *paths, size_t path_count, text_view wanted,
                           target **out, whosaid_error *err) {
    *out = NULL;
    arena *memory = arena_new();
    if (!memory) return error_no_memory(err);
    whosaid_status status = WHOSAID_OK;
    for (size_t i = 0; i < path_count && status == WHOSAID_OK && !*out; i++) {
        text_view parent = parent_of(view_of(paths[i]));
        text_view inside = arena_format(memory, "%s/" TARGET_FILE_NAME, paths[i]);
        text_view beside =
            arena_format(memory, "%.*s" TARGET_FILE_NAME, (int)parent.len, parent.ptr);
        if (!inside.ptr || !beside.ptr) status = error_no_memory(err);
        if (status == WHOSAID_OK) status = try_file(inside.ptr, wanted, out, err);
        if (status == WHOSAID_OK && !*out) status = try_file(beside.ptr, wanted, out, err);
    }
    arena_free(memory);
    return status;
}
