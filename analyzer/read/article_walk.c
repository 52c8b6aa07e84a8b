#include "read/article_walk.h"

#include "base/error.h"
#include "read/record_reader.h"

static whosaid_status visit_record(const article_visitor *visitor, const raw_record *record,
                                   arena *memory, whosaid_error *err) {
    record_reader reader;
    whosaid_error cause = {0};
    whosaid_status result = WHOSAID_OK;
    if (record_reader_open(&reader, record, &cause) != WHOSAID_OK) {
        visitor->failed(visitor->context, &cause);
    } else {
        article a;
        whosaid_status status;
        while (result == WHOSAID_OK && record_reader_next(&reader, memory, &a, &status, &cause)) {
            if (status == WHOSAID_OK)
                result = visitor->article(visitor->context, &a, err);
            else
                visitor->failed(visitor->context, &cause);
            cause = (whosaid_error){0};
            arena_reset(memory);
        }
    }
    record_reader_close(&reader);
    return result;
}

whosaid_status article_walk(const char *const *paths, size_t path_count,
                            const article_visitor *visitor, whosaid_error *err) {
    article_source *source;
    whosaid_status status = article_source_open(paths, path_count, NULL, &source, err);
    if (status != WHOSAID_OK) return status;
    arena *memory = arena_new();
    raw_record record = {0};
    if (!memory) status = error_no_memory(err);
    for (bool more = true; more && status == WHOSAID_OK;) {
        whosaid_error cause = {0};
        source_event event = article_source_next(source, &record, &cause);
        if (event == SOURCE_RECORD) status = visit_record(visitor, &record, memory, err);
        if (event == SOURCE_FAILED) visitor->failed(visitor->context, &cause);
        if (event == SOURCE_SKIPPED && visitor->skipped) visitor->skipped(visitor->context, &cause);
        more = event != SOURCE_END;
    }
    raw_record_free(&record);
    arena_free(memory);
    article_source_close(source);
    return status;
}
