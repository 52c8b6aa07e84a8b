/* What makes a run of `whosaid score` the one it is. */
#include "base/error.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "cli/score_options.h"
#include "read/byte_stream.h"
#include "read/folder_walk.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

enum { MODEL_FILE_MAX_BYTES = 1 << 30, LINE_BYTES = 256 };

/* Adds a value as one line of UTF-8: other bytes and control characters as \xNN. */
static bool add_text(buffer *out, const char *key, text_view value) {
    bool ok = buffer_append_view(out, view_of(key)) && buffer_append(out, " ", 1);
    size_t step;
    for (size_t at = 0; ok && at < value.len; at += step) {
        uint32_t c = utf8_decode(value.ptr + at, value.ptr + value.len, &step);
        bool plain = c >= 0x20 && !(c == UTF8_REPLACEMENT && step == 1);
        char escaped[8];
        int len = snprintf(escaped, sizeof escaped, "\\x%02x", (unsigned char)value.ptr[at]);
        ok = plain ? buffer_append(out, value.ptr + at, step)
                   : buffer_append(out, escaped, (size_t)len);
    }
    return ok && buffer_append(out, "\n", 1);
}

/* Adds a line of less than LINE_BYTES. */
static bool add_line(buffer *out, const char *format, ...) __attribute__((format(printf, 2, 3)));

static bool add_line(buffer *out, const char *format, ...) {
    char line[LINE_BYTES];
    va_list args;
    va_start(args, format);
    int len = vsnprintf(line, sizeof line, format, args);
    va_end(args);
    return len >= 0 && len < LINE_BYTES && buffer_append(out, line, (size_t)len) &&
           buffer_append(out, "\n", 1);
}

static whosaid_status add_file(const char *path, size_t folder_len, uint64_t *hash,
                               whosaid_error *err) {
    byte_stream *stream;
    buffer bytes = {0};
    whosaid_status status = byte_stream_open_found(path, COMPRESSION_NONE, &stream, err);
    if (status != WHOSAID_OK) return status;
    status = byte_stream_read_all(stream, &bytes, MODEL_FILE_MAX_BYTES, err);
    *hash = hash_mix(*hash, hash_view(view_of(path + folder_len)));
    *hash = hash_mix(*hash, hash_view(buffer_view(&bytes)));
    byte_stream_close(stream);
    buffer_free(&bytes);
    return status;
}

/* Of the cards in the folder: each holds checksums of its model's files, which loading compares.
 * Where the folder lies does not count. */
static whosaid_status hash_models(const char *folder, uint64_t *hash, whosaid_error *err) {
    *hash = 0;
    folder_walk *walk = folder_walk_new(&folder, 1);
    if (!walk) return error_no_memory(err);
    whosaid_status status = WHOSAID_OK;
    for (bool ended = false; status == WHOSAID_OK && !ended;) {
        walk_file file;
        switch (folder_walk_next(walk, &file, err)) {
        case WALK_FILE:
            if (view_ends_with(view_of(file.path), VIEW("/model.json")))
                status = add_file(file.path, strlen(folder), hash, err);
            break;
        case WALK_SKIPPED: break;
        case WALK_FAILED: status = WHOSAID_IO; break;
        case WALK_END: ended = true; break;
        }
    }
    folder_walk_free(walk);
    return status;
}

static bool add_options(const score_arguments *a, buffer *out) {
    return add_line(out, "version %s", WHOSAID_VERSION) &&
           add_text(out, "format", view_of(a->format->name)) &&
           add_line(out, "min-attribution %.9g", (double)a->min_attribution) &&
           add_line(out, "explain %s", a->explain ? "yes" : "no") &&
           add_line(out, "raw-cells %s", a->raw_cells ? "yes" : "no") &&
           add_line(out, "unique %s", a->unique ? "yes" : "no") &&
           add_line(out, "since %s", a->filter.since) &&
           add_line(out, "until %s", a->filter.until) && add_line(out, "limit %zu", a->limit);
}

static bool add_input(const score_arguments *a, buffer *out) {
    static const char *const names[CSV_FIELD_COUNT] = {[CSV_TEXT] = "text-column",
                                                       [CSV_ID] = "id-column",
                                                       [CSV_TITLE] = "title-column",
                                                       [CSV_DATE] = "date-column",
                                                       [CSV_OUTLET] = "outlet-column"};
    bool ok = true;
    for (size_t i = 0; ok && i < CSV_FIELD_COUNT; i++)
        if (a->columns.names[i]) ok = add_text(out, names[i], view_of(a->columns.names[i]));
    for (size_t i = 0; ok && i < a->path_count; i++)
        ok = add_text(out, "path", view_of(a->paths[i]));
    return ok;
}

whosaid_status score_identity(const score_arguments *a, const report_options *report,
                              const char *models_folder, buffer *out, whosaid_error *err) {
    uint64_t models;
    whosaid_status status = hash_models(models_folder, &models, err);
    if (status != WHOSAID_OK) return status;
    bool ok = add_options(a, out) && add_line(out, "models %016" PRIx64, models);
    for (size_t i = 0; ok && i < report->target_count; i++)
        ok = add_text(out, "target", report->targets[i].name);
    ok = ok && add_input(a, out);
    return ok ? WHOSAID_OK : error_no_memory(err);
}
