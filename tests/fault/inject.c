/* A library to be loaded before the C library (LD_PRELOAD) that lets one call of a kind fail:
 *
 *   FAULT_KIND   memory, open, read, write, close, rename, thread, map or none
 *   FAULT_AT     which call of that kind fails, from 1
 *   FAULT_ON     set: all later ones fail too
 *   FAULT_ERROR  errno of the failure; by default what the kind usually has
 *   FAULT_TALLY  a file that receives "CALLS LIVE" when the process ends: calls of the kind, and
 *                blocks of memory that were not freed
 *
 * Only what the program and its libraries call is seen, not what the C library does within itself.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define EXPORT __attribute__((visibility("default")))

typedef enum fault_kind {
    FAULT_NONE,
    FAULT_MEMORY,
    FAULT_OPEN,
    FAULT_READ,
    FAULT_WRITE,
    FAULT_CLOSE,
    FAULT_RENAME,
    FAULT_THREAD,
    FAULT_MAP,
    FAULT_KIND_COUNT
} fault_kind;

static const struct {
    const char *name;
    int error;
} kinds[FAULT_KIND_COUNT] = {
    [FAULT_NONE] = {"none", 0},          [FAULT_MEMORY] = {"memory", ENOMEM},
    [FAULT_OPEN] = {"open", EMFILE},     [FAULT_READ] = {"read", EIO},
    [FAULT_WRITE] = {"write", ENOSPC},   [FAULT_CLOSE] = {"close", EIO},
    [FAULT_RENAME] = {"rename", EACCES}, [FAULT_THREAD] = {"thread", EAGAIN},
    [FAULT_MAP] = {"map", ENOMEM},
};

static fault_kind chosen;
static long fail_at;
static bool fail_on;
static int error_number;
static const char *tally_path;
static atomic_long calls, live;
static atomic_bool started;
static _Thread_local int spared; /* above 0: nothing fails now */

/* The C library's own, that no interposer stands before. */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *memory, size_t size);
void *__libc_memalign(size_t alignment, size_t size);
void __libc_free(void *memory);

/* Counting starts when the libraries are loaded and the program's own code begins. */
__attribute__((constructor)) static void begin(void) {
    const char *kind = getenv("FAULT_KIND"), *at = getenv("FAULT_AT");
    const char *error = getenv("FAULT_ERROR");
    for (int k = 0; kind && k < FAULT_KIND_COUNT; k++)
        if (strcmp(kinds[k].name, kind) == 0) chosen = (fault_kind)k;
    fail_at = at ? atol(at) : 0;
    fail_on = getenv("FAULT_ON") != NULL;
    error_number = error ? atoi(error) : kinds[chosen].error;
    tally_path = getenv("FAULT_TALLY");
    started = true;
}

__attribute__((destructor)) static void end(void) {
    long blocks = live, counted = calls;
    chosen = FAULT_NONE;
    if (!tally_path) return;
    FILE *out = fopen(tally_path, "w");
    if (!out) return;
    fprintf(out, "%ld %ld\n", counted, blocks);
    fclose(out);
}

/* True when this call is to fail; sets errno. */
static bool fails(fault_kind kind) {
    if (!started || kind != chosen || spared) return false;
    long number = ++calls;
    if (number != fail_at && !(fail_on && fail_at && number > fail_at)) return false;
    errno = error_number;
    return true;
}

static void *counted_block(void *memory) {
    if (memory && started) live++;
    return memory;
}

EXPORT void *malloc(size_t size) {
    return fails(FAULT_MEMORY) ? NULL : counted_block(__libc_malloc(size));
}

EXPORT void *calloc(size_t count, size_t size) {
    return fails(FAULT_MEMORY) ? NULL : counted_block(__libc_calloc(count, size));
}

EXPORT void *realloc(void *memory, size_t size) {
    if (fails(FAULT_MEMORY)) return NULL;
    void *moved = __libc_realloc(memory, size);
    return memory ? moved : counted_block(moved);
}

EXPORT void *memalign(size_t alignment, size_t size) {
    return fails(FAULT_MEMORY) ? NULL : counted_block(__libc_memalign(alignment, size));
}

EXPORT void *aligned_alloc(size_t alignment, size_t size) {
    return memalign(alignment, size);
}

EXPORT int posix_memalign(void **out, size_t alignment, size_t size) {
    *out = memalign(alignment, size);
    return *out ? 0 : ENOMEM;
}

EXPORT void free(void *memory) {
    if (memory && started) live--;
    __libc_free(memory);
}

/* NEXT(type, name): the function that this one stands before. */
#define NEXT(type, name) ((type)dlsym(RTLD_NEXT, name))

/* Libraries that do not survive it when memory runs out within them, so that nothing fails there.
 * Our code asks for the memory that they take before it calls them, and that is made to fail.
 *
 * argp_parse ends the program by itself, holding what the command has. jansson 2.14 runs into an
 * assertion in its parser, or frees a table twice; libarchive 3.6 prints "Fatal Internal Error" and
 * exits. */
#define SPARED(result, name, parameters, arguments)                                                \
    typedef result name##_function parameters;                                                     \
    EXPORT result name parameters {                                                                \
        spared++;                                                                                  \
        result value = NEXT(name##_function *, #name) arguments;                                   \
        spared--;                                                                                  \
        return value;                                                                              \
    }

struct archive;
struct archive_entry;
struct argp;
SPARED(int, argp_parse,
       (const struct argp *p, int n, char **words, unsigned flags, int *end, void *to),
       (p, n, words, flags, end, to))
SPARED(struct archive *, archive_read_new, (void), ())
SPARED(int, archive_read_support_format_zip, (struct archive * a), (a))
SPARED(int, archive_read_support_format_tar, (struct archive * a), (a))
SPARED(int, archive_read_open1, (struct archive * a), (a))
SPARED(int, archive_read_next_header, (struct archive * a, struct archive_entry **e), (a, e))
SPARED(ssize_t, archive_read_data, (struct archive * a, void *data, size_t len), (a, data, len))
SPARED(const char *, archive_entry_pathname, (struct archive_entry * e), (e))
SPARED(const char *, archive_entry_pathname_utf8, (struct archive_entry * e), (e))

struct json_t;
typedef struct json_t *parse_function(const char *text, size_t len, size_t flags, void *error);
EXPORT struct json_t *json_loadb(const char *text, size_t len, size_t flags, void *error) {
    if (fails(FAULT_MEMORY)) return NULL;
    spared++;
    struct json_t *value = NEXT(parse_function *, "json_loadb")(text, len, flags, error);
    spared--;
    return value;
}

typedef int open_function(const char *path, int flags, ...);

static int open_next(const char *name, const char *path, int flags, unsigned mode) {
    if (fails(FAULT_OPEN)) return -1;
    return NEXT(open_function *, name)(path, flags, mode);
}

#define OPEN_LIKE(name)                                                                            \
    EXPORT int name(const char *path, int flags, ...) {                                            \
        va_list args;                                                                              \
        va_start(args, flags);                                                                     \
        unsigned mode = flags & O_CREAT ? va_arg(args, unsigned) : 0;                              \
        va_end(args);                                                                              \
        return open_next(#name, path, flags, mode);                                                \
    }
OPEN_LIKE(open)
OPEN_LIKE(open64)

typedef FILE *fopen_function(const char *path, const char *mode);
EXPORT FILE *fopen(const char *path, const char *mode) {
    return fails(FAULT_OPEN) ? NULL : NEXT(fopen_function *, "fopen")(path, mode);
}

typedef ssize_t read_function(int fd, void *data, size_t len);
EXPORT ssize_t read(int fd, void *data, size_t len) {
    return fails(FAULT_READ) ? -1 : NEXT(read_function *, "read")(fd, data, len);
}

typedef size_t fread_function(void *data, size_t size, size_t count, FILE *file);
EXPORT size_t fread(void *data, size_t size, size_t count, FILE *file) {
    if (!fails(FAULT_READ)) return NEXT(fread_function *, "fread")(data, size, count, file);
    file->_flags |= 0x20; /* glibc's mark of an error: what ferror looks at */
    return 0;
}

typedef ssize_t write_function(int fd, const void *data, size_t len);
EXPORT ssize_t write(int fd, const void *data, size_t len) {
    return fails(FAULT_WRITE) ? -1 : NEXT(write_function *, "write")(fd, data, len);
}

typedef size_t fwrite_function(const void *data, size_t size, size_t count, FILE *file);
EXPORT size_t fwrite(const void *data, size_t size, size_t count, FILE *file) {
    if (file == stderr || !fails(FAULT_WRITE))
        return NEXT(fwrite_function *, "fwrite")(data, size, count, file);
    file->_flags |= 0x20;
    return 0;
}

typedef int close_function(int fd);
EXPORT int close(int fd) {
    int result = NEXT(close_function *, "close")(fd);
    return fails(FAULT_CLOSE) ? -1 : result;
}

typedef int fclose_function(FILE *file);
EXPORT int fclose(FILE *file) {
    int result = NEXT(fclose_function *, "fclose")(file);
    return fails(FAULT_CLOSE) ? EOF : result;
}

typedef int rename_function(const char *from, const char *to);
EXPORT int rename(const char *from, const char *to) {
    return fails(FAULT_RENAME) ? -1 : NEXT(rename_function *, "rename")(from, to);
}

typedef int thread_function(pthread_t *thread, const pthread_attr_t *attributes,
                            void *(*run)(void *), void *context);
EXPORT int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *),
                          void *context) {
    if (fails(FAULT_THREAD)) return error_number;
    return NEXT(thread_function *, "pthread_create")(thread, attributes, run, context);
}

typedef void *map_function(void *address, size_t len, int protection, int flags, int fd,
                           off_t offset);
EXPORT void *mmap(void *address, size_t len, int protection, int flags, int fd, off_t offset) {
    if (fails(FAULT_MAP)) return MAP_FAILED;
    return NEXT(map_function *, "mmap")(address, len, protection, flags, fd, offset);
}
