#include "report/shard_index.h"

#include "base/buffer.h"
#include "base/error.h"
#include "base/json_text.h"
#include "base/plain_file.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { FORMAT = 1, PENDING_BYTES = 1 << 16, HEX_64 = 16, HEX_128 = 32 };

struct shard_index_writer {
    int descriptor;
    char *path;
    buffer pending;
    hash_stream *hash;
    uint64_t length, lines;
};

struct shard_index_reader {
    FILE *file;
    char *path;
    char *line;
    size_t capacity, number;
    json_t *head;  /* owns the identity */
    json_t *entry; /* owns the id */
    uint64_t articles;
    hash_stream *hash;
};

static char *index_path(const char *part) {
    static const char ending[] = SHARD_INDEX_ENDING;
    size_t len = strlen(part);
    char *path = malloc(len + sizeof ending);
    if (!path) return NULL;
    memcpy(path, part, len);
    memcpy(path + len, ending, sizeof ending);
    return path;
}

/* Adds a value, which is taken over (NULL: memory is out), as a line. */
static whosaid_status add_line(shard_index_writer *writer, json_t *value, whosaid_error *err) {
    size_t before = writer->pending.len;
    bool ok = value && json_text_append(value, JSON_COMPACT, &writer->pending);
    json_decref(value);
    if (!ok || !buffer_append(&writer->pending, "\n", 1)) return error_no_memory(err);
    size_t len = writer->pending.len - before;
    hash_stream_add(writer->hash, writer->pending.data + before, len);
    writer->length += len;
    writer->lines++;
    return WHOSAID_OK;
}

static whosaid_status write_pending(shard_index_writer *writer, whosaid_error *err) {
    for (size_t at = 0; at < writer->pending.len;) {
        ssize_t wrote =
            write(writer->descriptor, writer->pending.data + at, writer->pending.len - at);
        if (wrote < 0 && errno == EINTR) continue;
        if (wrote < 0) return error_io(err, writer->path, "cannot write", errno);
        at += (size_t)wrote;
    }
    writer->pending.len = 0;
    return WHOSAID_OK;
}

static whosaid_status open_writer(const char *part, int flags, shard_index_writer **out,
                                  whosaid_error *err) {
    shard_index_writer *writer = calloc(1, sizeof *writer);
    *out = writer;
    if (!writer) return error_no_memory(err);
    writer->descriptor = -1;
    writer->path = index_path(part);
    writer->hash = hash_stream_new();
    if (!writer->path || !writer->hash) return error_no_memory(err);
    writer->descriptor = open(writer->path, O_RDWR | O_CLOEXEC | O_NOCTTY | flags, 0666);
    if (writer->descriptor < 0) return error_io(err, writer->path, "cannot write", errno);
    return WHOSAID_OK;
}

/* What is opened only in part is of no use. */
static whosaid_status opened(shard_index_writer **out, whosaid_status status) {
    if (status == WHOSAID_OK) return status;
    shard_index_writer_free(*out, false);
    *out = NULL;
    return status;
}

whosaid_status shard_index_create(const char *part, const shard_index_head *head,
                                  shard_index_writer **out, whosaid_error *err) {
    whosaid_status status = open_writer(part, O_CREAT | O_TRUNC, out, err);
    if (status == WHOSAID_OK)
        status = add_line(*out,
                          json_pack("{s:i, s:I, s:I, s:I, s:s%}", "whosaid_shard", FORMAT, "shard",
                                    (json_int_t)head->shard, "of", (json_int_t)head->of,
                                    "head_bytes", (json_int_t)head->head_bytes, "identity",
                                    head->identity.ptr, head->identity.len),
                          err);
    return opened(out, status);
}

static whosaid_status keep_beginning(shard_index_writer *writer, uint64_t length, uint64_t check,
                                     whosaid_error *err) {
    char chunk[4096];
    while (writer->length < length) {
        uint64_t left = length - writer->length;
        ssize_t got = read(writer->descriptor, chunk, left < sizeof chunk ? left : sizeof chunk);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return error_io(err, writer->path, "cannot read", errno);
        if (got == 0) break;
        hash_stream_add(writer->hash, chunk, (size_t)got);
        writer->length += (uint64_t)got;
        for (ssize_t i = 0; i < got; i++)
            writer->lines += chunk[i] == '\n';
    }
    if (writer->length < length || hash_stream_value(writer->hash) != check)
        return error_set(err, WHOSAID_USAGE, writer->path, 0,
                         "was changed since the run that wrote it stopped; to begin again, remove "
                         "the part's journal");
    if (ftruncate(writer->descriptor, (off_t)length) != 0)
        return error_io(err, writer->path, "cannot write", errno);
    return WHOSAID_OK;
}

whosaid_status shard_index_continue(const char *part, uint64_t length, uint64_t check,
                                    shard_index_writer **out, whosaid_error *err) {
    whosaid_status status = open_writer(part, 0, out, err);
    if (status == WHOSAID_OK) status = keep_beginning(*out, length, check, err);
    return opened(out, status);
}

/* Hexadecimal, "" for a text that is not compared. */
static const char *hex_of(hash128 hash, char out[HEX_128 + 1]) {
    out[0] = '\0';
    if (hash.high || hash.low)
        snprintf(out, HEX_128 + 1, "%016" PRIx64 "%016" PRIx64, hash.high, hash.low);
    return out;
}

whosaid_status shard_index_add(shard_index_writer *writer, const shard_entry *entry,
                               whosaid_error *err) {
    char hex[HEX_128 + 1];
    whosaid_status status = add_line(writer,
                                     json_pack("[I, I, I, s, s%]", (json_int_t)entry->record,
                                               (json_int_t)entry->article, (json_int_t)entry->bytes,
                                               hex_of(entry->text, hex),
                                               entry->id.ptr ? entry->id.ptr : "", entry->id.len),
                                     err);
    if (status == WHOSAID_OK && writer->pending.len >= PENDING_BYTES)
        status = write_pending(writer, err);
    return status;
}

whosaid_status shard_index_flush(shard_index_writer *writer, uint64_t *length, uint64_t *check,
                                 whosaid_error *err) {
    *length = writer->length;
    *check = hash_stream_value(writer->hash);
    return write_pending(writer, err);
}

whosaid_status shard_index_finish(shard_index_writer *writer, const shard_index_end *end,
                                  whosaid_error *err) {
    char check[HEX_64 + 1], input[HEX_64 + 1];
    snprintf(check, sizeof check, "%016" PRIx64, hash_stream_value(writer->hash));
    snprintf(input, sizeof input, "%016" PRIx64, end->input);
    whosaid_status status = add_line(
        writer,
        json_pack("{s:I, s:I, s:I, s:I, s:s, s:s}", "articles", (json_int_t)(writer->lines - 1),
                  "records", (json_int_t)end->records, "statements", (json_int_t)end->statements,
                  "failures", (json_int_t)end->failures, "input", input, "check", check),
        err);
    return status == WHOSAID_OK ? write_pending(writer, err) : status;
}

void shard_index_writer_free(shard_index_writer *writer, bool remove) {
    if (!writer) return;
    if (writer->descriptor >= 0) close(writer->descriptor);
    if (remove && writer->path) unlink(writer->path);
    buffer_free(&writer->pending);
    hash_stream_free(writer->hash);
    free(writer->path);
    free(writer);
}

static whosaid_status damaged(const shard_index_reader *reader, const char *what,
                              whosaid_error *err) {
    return error_set(err, WHOSAID_SYNTAX, reader->path, reader->number, "%s", what);
}

/* Reads a line as JSON. *value is NULL at the end; else the caller owns it. *len: of the line. */
static whosaid_status read_line(shard_index_reader *reader, json_t **value, size_t *len,
                                whosaid_error *err) {
    *value = NULL;
    *len = 0;
    reader->number++;
    errno = 0;
    ssize_t got = getline(&reader->line, &reader->capacity, reader->file);
    if (got < 0 && ferror(reader->file)) return error_io(err, reader->path, "cannot read", errno);
    if (got < 0) return errno == ENOMEM ? error_no_memory(err) : WHOSAID_OK;
    *len = (size_t)got;
    json_error_t cause;
    const text_view line = {reader->line, *len};
    whosaid_status status =
        json_text_read(line, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, value, &cause);
    if (status == WHOSAID_NO_MEMORY) return error_no_memory(err);
    if (status != WHOSAID_OK) return damaged(reader, "is damaged", err);
    return WHOSAID_OK;
}

static bool unpack_head(json_t *value, shard_index_head *head) {
    int format = 0;
    json_int_t shard = 0, of = 0, head_bytes = -1;
    const char *identity = NULL;
    size_t identity_len = 0;
    if (json_unpack(value, "{s:i, s:I, s:I, s:I, s:s%}", "whosaid_shard", &format, "shard", &shard,
                    "of", &of, "head_bytes", &head_bytes, "identity", &identity,
                    &identity_len) != 0)
        return false;
    *head = (shard_index_head){
        (uint32_t)shard, (uint32_t)of, (uint64_t)head_bytes, {identity, identity_len}};
    return format == FORMAT && shard >= 1 && shard <= of && of <= UINT32_MAX && head_bytes >= 0;
}

static whosaid_status read_head(shard_index_reader *reader, shard_index_head *head,
                                whosaid_error *err) {
    size_t len;
    whosaid_status status = read_line(reader, &reader->head, &len, err);
    if (status != WHOSAID_OK) return status;
    if (!reader->head || !unpack_head(reader->head, head))
        return damaged(reader, "is no index of a shard that this program can read", err);
    hash_stream_add(reader->hash, reader->line, len);
    return WHOSAID_OK;
}

whosaid_status shard_index_open(const char *part, shard_index_reader **out, shard_index_head *head,
                                whosaid_error *err) {
    *out = NULL;
    shard_index_reader *reader = calloc(1, sizeof *reader);
    if (!reader) return error_no_memory(err);
    reader->path = index_path(part);
    reader->hash = hash_stream_new();
    whosaid_status status = reader->path && reader->hash ? WHOSAID_OK : error_no_memory(err);
    struct stat info;
    if (status == WHOSAID_OK)
        status = plain_file_open(reader->path, "cannot open", &reader->file, &info, err);
    if (status == WHOSAID_OK) status = read_head(reader, head, err);
    if (status == WHOSAID_OK)
        *out = reader;
    else
        shard_index_reader_free(reader);
    return status;
}

/* `digits` hexadecimal digits. */
static bool parse_hex(const char *text, size_t digits, uint64_t *out) {
    *out = 0;
    for (size_t i = 0; i < digits; i++) {
        char c = text[i];
        bool is_letter = c >= 'a' && c <= 'f';
        if (!is_letter && !(c >= '0' && c <= '9')) return false;
        *out = *out << 4 | (uint64_t)(is_letter ? c - 'a' + 10 : c - '0');
    }
    return true;
}

static bool unpack_entry(json_t *value, shard_entry *entry) {
    json_int_t record, article, bytes;
    const char *hex, *id;
    size_t hex_len, id_len;
    if (json_unpack(value, "[I, I, I, s%, s%!]", &record, &article, &bytes, &hex, &hex_len, &id,
                    &id_len) != 0 ||
        record < 0 || article < 0 || bytes < 0)
        return false;
    *entry = (shard_entry){.record = (uint64_t)record,
                           .article = (uint64_t)article,
                           .bytes = (uint64_t)bytes,
                           .id = {id, id_len}};
    if (hex_len == 0) return true;
    return hex_len == HEX_128 && parse_hex(hex, HEX_64, &entry->text.high) &&
           parse_hex(hex + HEX_64, HEX_64, &entry->text.low);
}

static bool unpack_end(json_t *value, shard_index_end *end, uint64_t *check) {
    json_int_t articles, records, statements, failures;
    const char *input, *hex;
    size_t input_len, hex_len;
    if (json_unpack(value, "{s:I, s:I, s:I, s:I, s:s%, s:s%}", "articles", &articles, "records",
                    &records, "statements", &statements, "failures", &failures, "input", &input,
                    &input_len, "check", &hex, &hex_len) != 0 ||
        articles < 0 || records < 0 || statements < 0 || failures < 0)
        return false;
    *end = (shard_index_end){(uint64_t)articles, (uint64_t)records, (uint64_t)statements,
                             (uint64_t)failures, 0};
    return input_len == HEX_64 && hex_len == HEX_64 && parse_hex(input, HEX_64, &end->input) &&
           parse_hex(hex, HEX_64, check);
}

static whosaid_status read_end(shard_index_reader *reader, shard_index_end *end,
                               whosaid_error *err) {
    uint64_t check;
    shard_index_end found;
    if (!unpack_end(reader->entry, &found, &check) || check != hash_stream_value(reader->hash) ||
        found.articles != reader->articles)
        return damaged(reader, "is damaged", err);
    json_t *more;
    size_t len;
    whosaid_status status = read_line(reader, &more, &len, err);
    if (status == WHOSAID_OK && more) status = damaged(reader, "is damaged", err);
    json_decref(more);
    if (status == WHOSAID_OK) *end = found;
    return status;
}

whosaid_status shard_index_next(shard_index_reader *reader, shard_entry *entry, bool *found,
                                shard_index_end *end, whosaid_error *err) {
    *found = false;
    json_decref(reader->entry);
    size_t len = 0;
    whosaid_status status = read_line(reader, &reader->entry, &len, err);
    if (status != WHOSAID_OK) return status;
    if (!reader->entry)
        return damaged(reader, "ends too early: the run of this shard is not complete (--resume)",
                       err);
    if (json_is_object(reader->entry)) return read_end(reader, end, err);
    if (!unpack_entry(reader->entry, entry)) return damaged(reader, "is damaged", err);
    hash_stream_add(reader->hash, reader->line, len);
    reader->articles++;
    *found = true;
    return WHOSAID_OK;
}

void shard_index_reader_free(shard_index_reader *reader) {
    if (!reader) return;
    if (reader->file) fclose(reader->file);
    json_decref(reader->head);
    json_decref(reader->entry);
    hash_stream_free(reader->hash);
    free(reader->line);
    free(reader->path);
    free(reader);
}
