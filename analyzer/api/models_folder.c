/* dladdr is beyond POSIX; realpath and getauxval are beyond its plain headers. */
#define _GNU_SOURCE
#include "api/models_folder.h"

#include <dlfcn.h>
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

/* Beside the file at `path`. The places are those of a library, of a program, and of a build. */
static bool find_beside(const char *path, char *out, size_t capacity) {
    static const char *const places[] = {WHOSAID_MODELS_FROM_LIBRARY, WHOSAID_MODELS_FROM_PROGRAM,
                                         "../models"};
    char file[PATH_MAX];
    if (!path || !realpath(path, file)) return false;
    char *slash = strrchr(file, '/');
    if (!slash) return false;
    *slash = '\0';
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        int needed = snprintf(out, capacity, "%s/%s", file, places[i]);
        if (needed > 0 && (size_t)needed < capacity && is_folder(out)) return true;
    }
    return false;
}

/* The shared library that holds this code; NULL inside a program, for which dladdr tells the name
 * it was called by and not its file. */
static const char *library_file(void) {
    Dl_info info;
    if (!dladdr(WHOSAID_MODELS_FOLDER, &info) || !info.dli_fname) return NULL;
    return strstr(info.dli_fname, ".so") ? info.dli_fname : NULL;
}

bool models_folder_find(char *out, size_t capacity) {
    const char *library = library_file();
    /* What the kernel was asked to run; unlike /proc it is there in a bare chroot too. */
    if (find_beside(library ? library : (const char *)getauxval(AT_EXECFN), out, capacity))
        return true;
    int needed = snprintf(out, capacity, "%s", WHOSAID_MODELS_FOLDER);
    return needed > 0 && (size_t)needed < capacity && is_folder(out);
}
