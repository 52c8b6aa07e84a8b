#include "base/model_file.h"

#include "base/error.h"
#include "base/hash.h"
#include "base/plain_file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ALIGN = 64, KIND_BYTES = 16, NAME_BYTES = 24, MAX_SECTIONS = 32, FORMAT = 1 };
static const char MAGIC[8] = {'w', 'h', 'o', 's', 'a', 'i', 'd', '\n'};
static const uint32_t BYTE_ORDER_MARK = 0x01020304u;

typedef struct file_header {
    char magic[8];
    uint32_t byte_order;
    uint32_t format;
    char kind[KIND_BYTES];
    uint32_t version;
    uint32_t section_count;
    uint64_t file_bytes;
    uint64_t checksum;
    uint64_t reserved;
} file_header;

typedef struct file_section {
    char name[NAME_BYTES];
    uint64_t offset;
    uint64_t element_size;
    uint64_t count;
    uint64_t reserved[2];
} file_section;

_Static_assert(sizeof(file_header) == 64, "the header is 64 bytes in the file");
_Static_assert(sizeof(file_section) == 64, "a section entry is 64 bytes in the file");

struct model_file {
    const unsigned char *data;
    size_t len;
    char *path;
};

struct model_file_writer {
    file_header header;
    file_section sections[MAX_SECTIONS];
    const void *data[MAX_SECTIONS];
};

static uint64_t align_up(uint64_t offset) {
    return (offset + ALIGN - 1) / ALIGN * ALIGN;
}

static const file_section *section_table(const model_file *file) {
    return (const file_section *)(file->data + sizeof(file_header));
}

static whosaid_status check_header(const model_file *file, const char *kind, uint32_t version,
                                   whosaid_error *err) {
    const file_header *h = (const file_header *)file->data;
    const char *path = file->path;
    if (file->len < sizeof *h || memcmp(h->magic, MAGIC, sizeof MAGIC) != 0)
        return error_set(err, WHOSAID_MODEL, path, 0, "not a whosaid model file");
    if (h->byte_order != BYTE_ORDER_MARK)
        return error_set(err, WHOSAID_MODEL, path, 0, "written with another byte order");
    if (h->format != FORMAT)
        return error_set(err, WHOSAID_MODEL, path, 0, "format %u, this program reads format %d",
                         h->format, FORMAT);
    char needed[KIND_BYTES] = {0};
    snprintf(needed, sizeof needed, "%s", kind);
    if (memcmp(h->kind, needed, KIND_BYTES) != 0)
        return error_set(err, WHOSAID_MODEL, path, 0, "a model of kind '%.15s', '%s' is needed",
                         h->kind, kind);
    if (h->version != version)
        return error_set(err, WHOSAID_MODEL, path, 0,
                         "feature version %u, this program computes version %u: train it again",
                         h->version, version);
    if (h->file_bytes != file->len)
        return error_set(err, WHOSAID_MODEL, path, 0, "cut short or over-long: %zu bytes",
                         file->len);
    if (h->reserved != 0 || h->section_count > MAX_SECTIONS ||
        file->len < sizeof *h + h->section_count * sizeof(file_section))
        return error_set(err, WHOSAID_MODEL, path, 0, "damaged section table");
    if (hash_bytes(file->data + sizeof *h, file->len - sizeof *h) != h->checksum)
        return error_set(err, WHOSAID_MODEL, path, 0, "damaged: the checksum does not match");
    return WHOSAID_OK;
}

static whosaid_status check_sections(const model_file *file, whosaid_error *err) {
    const file_header *h = (const file_header *)file->data;
    const file_section *sections = section_table(file);
    for (uint32_t i = 0; i < h->section_count; i++) {
        const file_section *s = &sections[i];
        uint64_t bytes;
        bool sound = memchr(s->name, '\0', NAME_BYTES) && s->element_size > 0 &&
                     s->offset % ALIGN == 0 && s->offset <= file->len &&
                     !__builtin_mul_overflow(s->element_size, s->count, &bytes) &&
                     bytes <= file->len - s->offset;
        if (!sound)
            return error_set(err, WHOSAID_MODEL, file->path, 0, "section %u is out of bounds", i);
    }
    return WHOSAID_OK;
}

static whosaid_status map_file(model_file *file, whosaid_error *err) {
    FILE *in;
    struct stat info;
    whosaid_status status = plain_file_open(file->path, "cannot open the model", &in, &info, err);
    if (status != WHOSAID_OK) return status;
    if (info.st_size < (off_t)sizeof(file_header)) {
        status = error_set(err, WHOSAID_MODEL, file->path, 0, "not a whosaid model file");
    } else {
        void *data = mmap(NULL, (size_t)info.st_size, PROT_READ, MAP_PRIVATE, fileno(in), 0);
        if (data == MAP_FAILED) {
            status = error_io(err, file->path, "cannot map the model", errno);
        } else {
            file->data = data;
            file->len = (size_t)info.st_size;
        }
    }
    fclose(in);
    return status;
}

whosaid_status model_file_open(const char *path, const char *kind, uint32_t version,
                               model_file **out, whosaid_error *err) {
    *out = NULL;
    model_file *file = calloc(1, sizeof *file);
    if (!file) return error_no_memory(err);
    file->path = strdup(path);
    whosaid_status status = file->path ? map_file(file, err) : error_no_memory(err);
    if (status == WHOSAID_OK) status = check_header(file, kind, version, err);
    if (status == WHOSAID_OK) status = check_sections(file, err);
    if (status != WHOSAID_OK) {
        model_file_close(file);
        return status;
    }
    *out = file;
    return WHOSAID_OK;
}

void model_file_close(model_file *file) {
    if (!file) return;
    if (file->data) munmap((void *)file->data, file->len);
    free(file->path);
    free(file);
}

uint64_t model_file_checksum(const model_file *file) {
    return ((const file_header *)file->data)->checksum;
}

const char *model_file_path(const model_file *file) {
    return file->path;
}

whosaid_status model_file_section(const model_file *file, const char *name, size_t element_size,
                                  const void **data, size_t *count, whosaid_error *err) {
    const file_header *h = (const file_header *)file->data;
    const file_section *sections = section_table(file);
    for (uint32_t i = 0; i < h->section_count; i++) {
        if (strcmp(sections[i].name, name) != 0) continue;
        if (sections[i].element_size != element_size)
            return error_set(err, WHOSAID_MODEL, file->path, 0,
                             "section '%s' has items of %llu bytes, %zu are needed", name,
                             (unsigned long long)sections[i].element_size, element_size);
        *data = file->data + sections[i].offset;
        *count = (size_t)sections[i].count;
        return WHOSAID_OK;
    }
    return error_set(err, WHOSAID_MODEL, file->path, 0, "section '%s' is missing", name);
}

model_file_writer *model_file_writer_new(const char *kind, uint32_t version) {
    model_file_writer *writer = calloc(1, sizeof *writer);
    if (!writer) return NULL;
    file_header *h = &writer->header;
    memcpy(h->magic, MAGIC, sizeof MAGIC);
    h->byte_order = BYTE_ORDER_MARK;
    h->format = FORMAT;
    h->version = version;
    snprintf(h->kind, sizeof h->kind, "%s", kind);
    return writer;
}

void model_file_writer_free(model_file_writer *writer) {
    free(writer);
}

bool model_file_writer_add(model_file_writer *writer, const char *name, const void *data,
                           size_t element_size, size_t count) {
    uint32_t i = writer->header.section_count;
    if (i == MAX_SECTIONS || strlen(name) >= NAME_BYTES) return false;
    file_section *s = &writer->sections[i];
    snprintf(s->name, sizeof s->name, "%s", name);
    s->element_size = element_size;
    s->count = count;
    writer->data[i] = data;
    writer->header.section_count++;
    return true;
}

/* The whole content behind the header in one buffer, so that it can be hashed and written. */
static unsigned char *assemble(model_file_writer *writer, size_t *len) {
    file_header *h = &writer->header;
    uint64_t offset = sizeof *h + h->section_count * sizeof(file_section);
    for (uint32_t i = 0; i < h->section_count; i++) {
        file_section *s = &writer->sections[i];
        s->offset = align_up(offset);
        offset = s->offset + s->element_size * s->count;
    }
    unsigned char *content = calloc(1, (size_t)offset);
    if (!content) return NULL;
    memcpy(content + sizeof *h, writer->sections, h->section_count * sizeof(file_section));
    for (uint32_t i = 0; i < h->section_count; i++) {
        const file_section *s = &writer->sections[i];
        if (s->count) memcpy(content + s->offset, writer->data[i], s->element_size * s->count);
    }
    h->file_bytes = offset;
    h->checksum = hash_bytes(content + sizeof *h, (size_t)offset - sizeof *h);
    memcpy(content, h, sizeof *h);
    *len = (size_t)offset;
    return content;
}

static whosaid_status write_and_rename(const char *temporary, const char *path,
                                       const unsigned char *content, size_t len,
                                       whosaid_error *err) {
    FILE *out = fopen(temporary, "wb");
    if (!out) return error_io(err, temporary, "cannot create", errno);
    bool written =
        fwrite(content, 1, len, out) == len && fflush(out) == 0 && fsync(fileno(out)) == 0;
    int cause = errno;
    if (fclose(out) != 0 && written) {
        cause = errno;
        written = false;
    }
    if (written && rename(temporary, path) == 0) return WHOSAID_OK;
    if (written) cause = errno;
    remove(temporary);
    return error_io(err, path, "cannot write the model", cause);
}

whosaid_status model_file_writer_save(model_file_writer *writer, const char *path,
                                      whosaid_error *err) {
    size_t len, path_len = strlen(path);
    unsigned char *content = assemble(writer, &len);
    char *temporary = malloc(path_len + sizeof ".tmp");
    whosaid_status status;
    if (!content || !temporary) {
        status = error_no_memory(err);
    } else {
        memcpy(temporary, path, path_len);
        memcpy(temporary + path_len, ".tmp", sizeof ".tmp");
        status = write_and_rename(temporary, path, content, len, err);
    }
    free(temporary);
    free(content);
    return status;
}
