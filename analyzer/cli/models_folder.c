#include "cli/models_folder.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_folder(const char *path) {
    struct stat info;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

bool models_folder_find(char *out, size_t capacity) {
    static const char *const places[] = {"../share/whosaid/models", "../models"};
    char program[4096];
    ssize_t len = readlink("/proc/self/exe", program, sizeof program - 1);
    if (len <= 0) return false;
    program[len] = '\0';
    char *slash = strrchr(program, '/');
    if (!slash) return false;
    *slash = '\0';
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        int needed = snprintf(out, capacity, "%s/%s", program, places[i]);
        if (needed > 0 && (size_t)needed < capacity && is_folder(out)) return true;
    }
    return false;
}
