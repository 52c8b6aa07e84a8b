/* realpath and getauxval are beyond plain POSIX headers. */
#define _DEFAULT_SOURCE
#include "cli/models_folder.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/stat.h>

static bool is_folder(const char *path) {
    struct stat info;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

bool models_folder_find(char *out, size_t capacity) {
    static const char *const places[] = {"../share/whosaid/models", "../models"};
    /* What the kernel was asked to run; unlike /proc it is there in a bare chroot too. */
    const char *started = (const char *)getauxval(AT_EXECFN);
    char program[PATH_MAX];
    if (!started || !realpath(started, program)) return false;
    char *slash = strrchr(program, '/');
    if (!slash) return false;
    *slash = '\0';
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        int needed = snprintf(out, capacity, "%s/%s", program, places[i]);
        if (needed > 0 && (size_t)needed < capacity && is_folder(out)) return true;
    }
    return false;
}
