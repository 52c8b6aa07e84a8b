#include "read/file_type.h"

static const struct {
    const char *suffix;
    file_form form;
    record_kind kind;
} types[] = {
    {".txt", FORM_WHOLE, RECORD_TEXT},        {".md", FORM_WHOLE, RECORD_MARKDOWN},
    {".html", FORM_WHOLE, RECORD_HTML},       {".htm", FORM_WHOLE, RECORD_HTML},
    {".xhtml", FORM_WHOLE, RECORD_HTML},      {".json", FORM_WHOLE, RECORD_JSON},
    {".jsonl", FORM_LINES, RECORD_JSON_LINE}, {".ndjson", FORM_LINES, RECORD_JSON_LINE},
    {".csv", FORM_CSV, RECORD_CSV_ROW},       {".warc", FORM_WARC, RECORD_HTTP_RESPONSE},
    {".zip", FORM_ZIP, RECORD_TEXT},          {".tar", FORM_TAR, RECORD_TEXT},
};

static const struct {
    const char *suffix;
    compression packed;
    bool is_tar; /* an abbreviation */
} compressions[] = {
    {".gz", COMPRESSION_GZIP, false},   {".zst", COMPRESSION_ZSTD, false},
    {".bz2", COMPRESSION_BZIP2, false}, {".xz", COMPRESSION_XZ, false},
    {".tgz", COMPRESSION_GZIP, true},   {".tzst", COMPRESSION_ZSTD, true},
    {".tbz2", COMPRESSION_BZIP2, true}, {".txz", COMPRESSION_XZ, true},
};

static bool ends_with(text_view path, const char *suffix) {
    text_view end = view_of(suffix);
    return path.len >= end.len &&
           view_equal_ignoring_case(view_slice(path, path.len - end.len, path.len), end);
}

bool file_type_of(text_view path, file_type *out) {
    *out = (file_type){.packed = COMPRESSION_NONE};
    for (size_t i = 0; i < sizeof compressions / sizeof *compressions; i++) {
        if (!ends_with(path, compressions[i].suffix)) continue;
        out->packed = compressions[i].packed;
        out->form = FORM_TAR;
        if (compressions[i].is_tar) return true;
        path.len -= strlen(compressions[i].suffix);
        break;
    }
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (!ends_with(path, types[i].suffix)) continue;
        out->form = types[i].form;
        out->kind = types[i].kind;
        return true;
    }
    return false;
}
