#include "read/record_cutter.h"

#include "base/error.h"

/* A line holds the text of an article with its escapes, and what else its record says. */
enum { RECORD_KEEP_BYTES = 1 << 20, LINE_MAX_MIB = 64 };

whosaid_status record_cutter_open(record_cutter *cutter, byte_stream *stream, file_form form,
                                  const csv_column_names *names, whosaid_error *err) {
    const char *path = byte_stream_name(stream);
    cutter->path.len = 0;
    if (!buffer_append(&cutter->path, path, strlen(path) + 1)) {
        byte_stream_close(stream);
        return error_no_memory(err);
    }
    cutter->form = form;
    cutter->names = names;
    cutter->line = 0;
    cutter->started = cutter->lost = false;
    return chunk_reader_open(&cutter->reader, stream, err);
}

void record_cutter_free(record_cutter *cutter) {
    chunk_reader_free(&cutter->reader);
    buffer_free(&cutter->path);
    buffer_free(&cutter->scratch);
}

static whosaid_status skip_line(record_cutter *cutter, whosaid_error *err) {
    for (;;) {
        text_view ready;
        whosaid_status status = chunk_reader_peek(&cutter->reader, &ready, err);
        if (status != WHOSAID_OK || ready.len == 0) return status;
        const char *newline = memchr(ready.ptr, '\n', ready.len);
        chunk_reader_skip(&cutter->reader, newline ? (size_t)(newline - ready.ptr) + 1 : ready.len);
        if (newline) return WHOSAID_OK;
    }
}

/* The lines behind it can be read all the same. */
static whosaid_status refuse_long_line(record_cutter *cutter, bool *goes_on, whosaid_error *err) {
    cutter->line++;
    error_set(err, WHOSAID_LIMIT, cutter->path.data, cutter->line, "the line is longer than %d MiB",
              LINE_MAX_MIB);
    *goes_on = skip_line(cutter, NULL) == WHOSAID_OK;
    return WHOSAID_LIMIT;
}

static whosaid_status cut_line(record_cutter *cutter, raw_record *record, bool *found,
                               bool *goes_on, whosaid_error *err) {
    do {
        record->bytes.len = 0;
        whosaid_status status = chunk_reader_line(&cutter->reader, &record->bytes,
                                                  (size_t)LINE_MAX_MIB << 20, found, err);
        bool too_long = status == WHOSAID_LIMIT && err && err->code == WHOSAID_OK;
        if (too_long) return refuse_long_line(cutter, goes_on, err);
        if (status != WHOSAID_OK || !*found) return status;
        cutter->line++;
    } while (view_trim(buffer_view(&record->bytes)).len == 0);
    record->kind = RECORD_JSON_LINE;
    record->line = cutter->line;
    return WHOSAID_OK;
}

source_event record_cutter_next(record_cutter *cutter, raw_record *record, whosaid_error *err) {
    bool found = false, goes_on = false;
    whosaid_status status;
    buffer_reset(&record->bytes, RECORD_KEEP_BYTES);
    record->id.len = 0;
    switch (cutter->form) {
    case FORM_CSV: status = cut_csv_row(cutter, record, &found, err); break;
    case FORM_WARC: status = cut_warc_record(cutter, record, &found, &goes_on, err); break;
    default: status = cut_line(cutter, record, &found, &goes_on, err); break;
    }
    if ((status != WHOSAID_OK && !goes_on) || (status == WHOSAID_OK && !found))
        chunk_reader_close(&cutter->reader);
    if (status == WHOSAID_CANCELLED || (status == WHOSAID_OK && !found)) return SOURCE_END;
    record->path.len = 0;
    if (status == WHOSAID_OK && !buffer_append(&record->path, cutter->path.data, cutter->path.len))
        status = error_no_memory(err);
    return status == WHOSAID_OK ? SOURCE_RECORD : SOURCE_FAILED;
}
