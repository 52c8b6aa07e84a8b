#include "base/folder.h"

#include "base/error.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static bool make_one(const char *path) {
    struct stat info;
    if (mkdir(path, 0777) == 0) return true;
    int cause = errno;
    if (cause == EEXIST && stat(path, &info) == 0 && !S_ISDIR(info.st_mode)) cause = ENOTDIR;
    errno = cause;
    return cause == EEXIST;
}

whosaid_status folder_make(const char *path, whosaid_error *err) {
    char made[PATH_MAX];
    size_t len = strlen(path);
    if (len >= sizeof made) return error_set(err, WHOSAID_LIMIT, path, 0, "the path is too long");
    memcpy(made, path, len + 1);
    for (size_t i = 1; i <= len; i++) {
        if (made[i] != '/' && made[i] != '\0') continue;
        made[i] = '\0';
        if (!make_one(made)) return error_io(err, made, "cannot make the folder", errno);
        made[i] = path[i];
    }
    return WHOSAID_OK;
}

whosaid_status folder_path(const char *folder, const char *file, char path[PATH_MAX],
                           whosaid_error *err) {
    int len = snprintf(path, PATH_MAX, "%s/%s", folder, file);
    if (len >= 0 && len < PATH_MAX) return WHOSAID_OK;
    return error_set(err, WHOSAID_LIMIT, folder, 0, "the path is too long");
}
