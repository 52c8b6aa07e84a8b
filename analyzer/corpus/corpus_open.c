/* From paths to a corpus: finding the files, knowing their format, reading them. */
#include "corpus/corpus_reader.h"

#include "read/byte_stream.h"
#include "read/folder_walk.h"

static const size_t content_bytes_max = (size_t)1 << 31;

static const struct {
    const char *word; /* as --from and --to take it */
    text_view suffix;
    whosaid_status (*read)(corpus_reader *reader, text_view content);
} formats[CORPUS_FORMAT_COUNT] = {
    [CORPUS_FORMAT_JSON] = {"json", {".json", 5}, read_json},
    [CORPUS_FORMAT_JSONL] = {"jsonl", {".jsonl", 6}, read_json_lines},
    [CORPUS_FORMAT_MARKED] = {"marked", {".marked", 7}, read_marked},
    [CORPUS_FORMAT_BRAT] = {"brat", {".ann", 4}, read_brat},
    [CORPUS_FORMAT_CSV] = {"csv", {".csv", 4}, read_csv},
};

bool corpus_format_parse(text_view text, corpus_format *out) {
    for (int i = CORPUS_FORMAT_BY_SUFFIX + 1; i < CORPUS_FORMAT_COUNT; i++) {
        if (!view_is(text, formats[i].word)) continue;
        *out = (corpus_format)i;
        return true;
    }
    return false;
}

corpus_format corpus_format_of_path(text_view path) {
    if (view_ends_with(path, VIEW(".gz"))) path.len -= 3;
    for (int i = CORPUS_FORMAT_BY_SUFFIX + 1; i < CORPUS_FORMAT_COUNT; i++)
        if (view_ends_with(path, formats[i].suffix)) return (corpus_format)i;
    return CORPUS_FORMAT_BY_SUFFIX;
}

whosaid_status corpus_file_read(const char *path, bool named, buffer *out, whosaid_error *err) {
    *out = (buffer){0};
    compression packed =
        view_ends_with(view_of(path), VIEW(".gz")) ? COMPRESSION_GZIP : COMPRESSION_NONE;
    bool standard_input = named && strcmp(path, "-") == 0;
    byte_stream *stream;
    whosaid_status status =
        named ? byte_stream_open(standard_input ? NULL : path, path, packed, -1, &stream, err)
              : byte_stream_open_found(path, packed, &stream, err);
    if (status != WHOSAID_OK) return status;
    status = byte_stream_read_all(stream, out, content_bytes_max, err);
    byte_stream_close(stream);
    if (status != WHOSAID_OK) buffer_free(out);
    return status;
}

/* Keeps a failure to read as a fault, where faults are collected. */
static whosaid_status collect_failure(corpus_reader *reader, whosaid_error *cause) {
    if (!reader->options->collect_faults || cause->code == WHOSAID_NO_MEMORY)
        return error_set(reader->err, cause->code, cause->where, cause->line, "%s", cause->text);
    if (corpus_add_fault(reader->corpus, view_of(cause->where), cause->line, view_of(cause->text)))
        return WHOSAID_OK;
    return reader_no_memory(reader);
}

static whosaid_status read_file(corpus_reader *reader, walk_file file) {
    reader->path = file.path;
    reader->line = 0;
    reader->quote = (text_view){NULL, 0};
    reader->named = file.named;
    corpus_format asked = reader->options->format;
    corpus_format by_suffix = corpus_format_of_path(view_of(file.path));
    /* A table in a folder is more often a report than a corpus: it must be named or asked for. */
    bool wanted = asked != CORPUS_FORMAT_BY_SUFFIX
                      ? by_suffix == asked
                      : by_suffix != CORPUS_FORMAT_BY_SUFFIX && by_suffix != CORPUS_FORMAT_CSV;
    if (!file.named && !wanted) return WHOSAID_OK;
    corpus_format format = asked != CORPUS_FORMAT_BY_SUFFIX ? asked : by_suffix;
    if (format == CORPUS_FORMAT_BY_SUFFIX)
        return reader_fault(reader, WHOSAID_SYNTAX,
                            "not a corpus file (.jsonl, .json, .marked, .ann or .csv)");
    buffer content;
    whosaid_error cause = {0};
    if (corpus_file_read(file.path, file.named, &content, &cause) != WHOSAID_OK)
        return collect_failure(reader, &cause);
    whosaid_status status = formats[format].read(reader, buffer_view(&content));
    buffer_free(&content);
    return status;
}

static whosaid_status read_paths(corpus_reader *reader, const char *const *paths,
                                 size_t path_count) {
    folder_walk *walk = folder_walk_new(paths, path_count);
    if (!walk) return reader_no_memory(reader);
    whosaid_status status = WHOSAID_OK;
    while (status == WHOSAID_OK) {
        walk_file file;
        whosaid_error cause = {0};
        walk_event event = folder_walk_next(walk, &file, &cause);
        if (event == WALK_END) break;
        if (event == WALK_FILE) status = read_file(reader, file);
        if (event == WALK_FAILED) status = collect_failure(reader, &cause);
    }
    folder_walk_free(walk);
    return status;
}

whosaid_status corpus_open(const char *const *paths, size_t path_count,
                           const corpus_open_options *options, corpus **out, whosaid_error *err) {
    *out = NULL;
    corpus_reader reader = {.corpus = corpus_new(), .options = options, .err = err};
    if (!reader.corpus) return error_no_memory(err);
    whosaid_status status = read_paths(&reader, paths, path_count);
    if (status == WHOSAID_OK)
        *out = reader.corpus;
    else
        corpus_free(reader.corpus);
    return status;
}

whosaid_status corpus_load(const char *const *paths, size_t path_count, corpus **out,
                           whosaid_error *err) {
    static const corpus_open_options options = {.format = CORPUS_FORMAT_BY_SUFFIX};
    return corpus_open(paths, path_count, &options, out, err);
}
