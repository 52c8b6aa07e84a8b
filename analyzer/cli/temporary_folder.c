#include "cli/temporary_folder.h"

#include "base/error.h"
#include "base/folder.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

whosaid_status temporary_folder_make(temporary_folder *out, whosaid_error *err) {
    *out = (temporary_folder){"/tmp/whosaid-XXXXXX"};
    return mkdtemp(out->path) ? WHOSAID_OK : error_io(err, out->path, "cannot be made", errno);
}

void temporary_folder_remove(const temporary_folder *folder, const char *const *files,
                             size_t count) {
    char path[PATH_MAX];
    for (size_t i = 0; i < count; i++)
        if (folder_path(folder->path, files[i], path, NULL) == WHOSAID_OK) unlink(path);
    rmdir(folder->path);
}
