#include "report/output_file.h"

#include "base/error.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

enum { PIECE_BYTES = 1 << 16 };

static void open_path(output_file *out) {
    int flags = O_WRONLY | O_CREAT | O_CLOEXEC | O_NOCTTY;
    out->descriptor = open(out->path, flags | O_EXCL, 0666);
    out->created = out->descriptor >= 0;
    if (!out->created && errno == EEXIST) out->descriptor = open(out->path, flags, 0666);
}

whosaid_status output_file_open(output_file *out, const char *path, whosaid_error *err) {
    *out = (output_file){.path = path ? path : "standard output",
                         .descriptor = STDOUT_FILENO,
                         .is_standard_output = path == NULL};
    if (path) open_path(out);
    if (out->descriptor < 0) return error_io(err, path, "cannot write", errno);
    if (fstat(out->descriptor, &out->stat) != 0)
        return error_io(err, out->path, "cannot write", errno);
    return WHOSAID_OK;
}

static whosaid_status write_error(const output_file *out, whosaid_error *err) {
    if (errno == EPIPE) return error_set(err, WHOSAID_CANCELLED, out->path, 0, "%s", "");
    return error_io(err, out->path, "cannot write", errno);
}

/* Drops the old content, once. */
static whosaid_status start(output_file *out, whosaid_error *err) {
    if (out->started) return WHOSAID_OK;
    out->started = true;
    if (out->is_standard_output || !S_ISREG(out->stat.st_mode)) return WHOSAID_OK;
    return ftruncate(out->descriptor, 0) == 0 ? WHOSAID_OK : write_error(out, err);
}

whosaid_status output_file_continue(output_file *out, uint64_t length, whosaid_error *err) {
    out->started = true;
    bool moved = ftruncate(out->descriptor, (off_t)length) == 0 &&
                 lseek(out->descriptor, (off_t)length, SEEK_SET) >= 0;
    return moved ? WHOSAID_OK : write_error(out, err);
}

whosaid_status output_file_flush(output_file *out, whosaid_error *err) {
    if (out->pending.len == 0) return WHOSAID_OK;
    whosaid_status status = start(out, err);
    if (status != WHOSAID_OK) return status;
    for (size_t at = 0; at < out->pending.len;) {
        ssize_t written = write(out->descriptor, out->pending.data + at, out->pending.len - at);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return write_error(out, err);
        at += (size_t)written;
    }
    buffer_reset(&out->pending, PIECE_BYTES * 4);
    return WHOSAID_OK;
}

whosaid_status output_file_write(output_file *out, text_view bytes, whosaid_error *err) {
    if (!buffer_append_view(&out->pending, bytes)) return error_no_memory(err);
    return out->pending.len < PIECE_BYTES ? WHOSAID_OK : output_file_flush(out, err);
}

whosaid_status output_file_close(output_file *out, bool keep, whosaid_error *err) {
    whosaid_status status = WHOSAID_OK;
    if (keep) status = output_file_flush(out, err);
    if (keep && status == WHOSAID_OK) status = start(out, err); /* an empty result is one, too */
    buffer_free(&out->pending);
    if (out->descriptor < 0 || out->is_standard_output) return status;
    if (close(out->descriptor) != 0 && status == WHOSAID_OK) status = write_error(out, err);
    if (out->created && !out->started) unlink(out->path);
    return status;
}
