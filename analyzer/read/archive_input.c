#include "read/archive_input.h"

#include "base/error.h"

#include <errno.h>

static la_ssize_t read_input(struct archive *archive, void *context, const void **data) {
    archive_input *input = context;
    size_t got;
    input->failure =
        byte_stream_read(input->stream, input->chunk, sizeof input->chunk, &got, &input->cause);
    if (input->failure != WHOSAID_OK) {
        archive_set_error(archive, EIO, "%s", input->cause.text);
        return ARCHIVE_FATAL;
    }
    input->bytes_in += got;
    *data = input->chunk;
    return (la_ssize_t)got;
}

static la_int64_t seek_input(struct archive *archive, void *context, la_int64_t offset,
                             int whence) {
    (void)archive;
    archive_input *input = context;
    int64_t position;
    return byte_stream_seek(input->stream, offset, whence, &position) ? position : ARCHIVE_FATAL;
}

whosaid_status archive_input_open(archive_input *input, whosaid_error *err) {
    int64_t position;
    bool ready = archive_read_set_callback_data(input->archive, input) == ARCHIVE_OK &&
                 archive_read_set_read_callback(input->archive, read_input) == ARCHIVE_OK &&
                 (!byte_stream_seek(input->stream, 0, SEEK_CUR, &position) ||
                  archive_read_set_seek_callback(input->archive, seek_input) == ARCHIVE_OK);
    if (!ready) return error_no_memory(err);
    if (archive_read_open1(input->archive) == ARCHIVE_OK) return WHOSAID_OK;
    return archive_input_error(input, byte_stream_name(input->stream), "cannot read", err);
}

void archive_input_close(archive_input *input) {
    if (input->archive) archive_read_free(input->archive);
    input->archive = NULL;
}

whosaid_status archive_input_error(const archive_input *input, const char *where,
                                   const char *action, whosaid_error *err) {
    if (input->failure != WHOSAID_OK)
        return error_set(err, input->failure, input->cause.where, 0, "%s", input->cause.text);
    if (archive_errno(input->archive) == ENOMEM) return error_no_memory(err);
    const char *words = archive_error_string(input->archive);
    return error_set(err, WHOSAID_IO, where, 0, "%s: %s", action, words ? words : "damaged data");
}
