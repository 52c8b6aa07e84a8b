#include "read/archive_members.h"

#include "base/error.h"
#include "read/archive_input.h"

#include <archive_entry.h>
#include <stdio.h>
#include <stdlib.h>

struct archive_members {
    archive_input input;
    buffer path; /* of the member, with its NUL */
    size_t count;
    uint64_t bytes_out;
};

static bool add_format(struct archive *archive, archive_kind format) {
    return format == ARCHIVE_OF_ZIP ? archive_read_support_format_zip(archive) == ARCHIVE_OK
                                    : archive_read_support_format_tar(archive) == ARCHIVE_OK;
}

/* libarchive ends the process where memory runs out within it ("Fatal Internal Error"), so we look
 * whether there is so much as it takes for a member. */
static bool memory_is_there(void) {
    enum { ROOM_BYTES = 8 << 20 };
    void *room = malloc(ROOM_BYTES);
    bool there = room != NULL;
    free(room);
    return there;
}

whosaid_status archive_members_open(byte_stream *stream, archive_kind format, archive_members **out,
                                    whosaid_error *err) {
    *out = NULL;
    archive_members *members = calloc(1, sizeof *members);
    if (!members) {
        byte_stream_close(stream);
        return error_no_memory(err);
    }
    members->input.stream = stream;
    members->input.archive = memory_is_there() ? archive_read_new() : NULL;
    bool ready = members->input.archive && add_format(members->input.archive, format);
    whosaid_status status = ready ? archive_input_open(&members->input, err) : error_no_memory(err);
    if (status != WHOSAID_OK) {
        archive_members_close(members);
        return status;
    }
    *out = members;
    return WHOSAID_OK;
}

void archive_members_close(archive_members *members) {
    if (!members) return;
    archive_input_close(&members->input);
    byte_stream_close(members->input.stream);
    buffer_free(&members->path);
    free(members);
}

static whosaid_status read_member(byte_stream *stream, char *data, size_t capacity, size_t *len,
                                  whosaid_error *err) {
    archive_members *members = stream->state;
    la_ssize_t got = archive_read_data(members->input.archive, data, capacity);
    if (got < 0) return archive_input_error(&members->input, stream->name, "cannot read", err);
    *len = (size_t)got;
    members->bytes_out += *len;
    return unpack_is_bomb(members->input.bytes_in, members->bytes_out)
               ? unpack_bomb_error(stream->name, err)
               : WHOSAID_OK;
}

/* The archive is not the member's to free. */
static const byte_stream_type member_type = {read_member, NULL};

/* A part of the name begins with a dot, as in folders that are searched. */
static bool is_hidden(const char *name) {
    for (const char *part = name; part; part = strchr(part, '/')) {
        part += *part == '/';
        size_t len = strcspn(part, "/");
        bool here = (len == 1 && part[0] == '.') || (len == 2 && part[0] == '.' && part[1] == '.');
        if (part[0] == '.' && !here) return true;
        if (!part[len]) return false;
    }
    return false;
}

static bool set_path(archive_members *members, const char *name) {
    const char *archive = byte_stream_name(members->input.stream);
    members->path.len = 0;
    while (name[0] == '.' && name[1] == '/')
        name += 2;
    return buffer_append(&members->path, archive, strlen(archive)) &&
           buffer_append(&members->path, "/", 1) &&
           buffer_append(&members->path, name, strlen(name) + 1);
}

static const char *name_of(struct archive_entry *entry) {
    const char *name = archive_entry_pathname(entry);
    return name ? name : archive_entry_pathname_utf8(entry);
}

whosaid_status archive_members_next(archive_members *members, const char **path,
                                    byte_stream **member, whosaid_error *err) {
    const char *archive_name = byte_stream_name(members->input.stream);
    *member = NULL;
    for (;;) {
        struct archive_entry *entry;
        if (!memory_is_there()) return error_no_memory(err);
        int result = archive_read_next_header(members->input.archive, &entry);
        if (result == ARCHIVE_EOF) return WHOSAID_OK;
        if (result != ARCHIVE_OK && result != ARCHIVE_WARN)
            return archive_input_error(&members->input, archive_name, "cannot read", err);
        members->count++;
        if (archive_entry_filetype(entry) != AE_IFREG) continue;
        char number[32];
        snprintf(number, sizeof number, "%zu", members->count);
        const char *name = name_of(entry);
        if (name && is_hidden(name)) continue;
        if (!set_path(members, name ? name : number)) return error_no_memory(err);
        *path = members->path.data;
        *member = byte_stream_new(&member_type, NULL, members->path.data);
        if (!*member) return error_no_memory(err);
        (*member)->state = members;
        (*member)->stat = *byte_stream_stat(members->input.stream);
        return WHOSAID_OK;
    }
}
