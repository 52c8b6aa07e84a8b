#include "base/plain_file.h"

#include "base/error.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

whosaid_status plain_file_open(const char *path, const char *action, FILE **out, struct stat *info,
                               whosaid_error *err) {
    *out = NULL;
    if (stat(path, info) != 0) return error_io(err, path, action, errno);
    if (!S_ISREG(info->st_mode))
        return error_set(err, WHOSAID_IO, path, 0, "%s: not a regular file", action);
    /* What lies there may have changed since: hence O_NONBLOCK, and a second look. */
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (descriptor < 0) return error_io(err, path, action, errno);
    whosaid_status status = WHOSAID_OK;
    if (fstat(descriptor, info) != 0)
        status = error_io(err, path, action, errno);
    else if (!S_ISREG(info->st_mode))
        status = error_set(err, WHOSAID_IO, path, 0, "%s: not a regular file", action);
    else if (!(*out = fdopen(descriptor, "rb")))
        status = error_io(err, path, action, errno);
    if (status != WHOSAID_OK) close(descriptor);
    return status;
}
