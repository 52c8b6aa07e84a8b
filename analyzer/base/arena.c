#define _DEFAULT_SOURCE /* madvise, MAP_ANONYMOUS */
#include "base/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

#if defined(__has_feature) /* how clang tells what gcc tells by a macro */
#if __has_feature(address_sanitizer) && !defined(__SANITIZE_ADDRESS__)
#define __SANITIZE_ADDRESS__ 1
#endif
#endif

/* With the address sanitizer what is not given out is poisoned, and a gap stands behind each
 * allocation, so that reading over its end shows. */
#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
enum { GAP_BYTES = 16 };
#else
enum { GAP_BYTES = 0 };
#define ASAN_POISON_MEMORY_REGION(ptr, len) ((void)(ptr), (void)(len))
#define ASAN_UNPOISON_MEMORY_REGION(ptr, len) ((void)(ptr), (void)(len))
#endif

enum {
    FIRST_BLOCK_BYTES = 1 << 16,
    BLOCK_MAX_BYTES = 16 << 20, /* but for single allocations that are larger */
    KEEP_BYTES = 8 << 20,
    ALIGNMENT = alignof(max_align_t)
};

typedef struct block {
    struct block *previous;
    size_t capacity; /* bytes in data */
    size_t used;
    alignas(max_align_t) unsigned char data[];
} block;

typedef struct kept_block {
    struct kept_block *next;
    keep_key key;
    size_t size;
    unsigned char *data;
    void *mapping; /* what the system lent for it */
    size_t mapping_bytes;
} kept_block;

struct arena {
    block *last;
    block *spare; /* taken back by arena_restore, for the next one that is needed; may be NULL */
    kept_block *kept;
    struct arena *scratch; /* NULL until it is asked for */
};

static block *block_new(size_t capacity) {
    block *b = malloc(sizeof(block) + capacity);
    if (!b) return NULL;
    b->previous = NULL;
    b->capacity = capacity;
    b->used = 0;
    ASAN_POISON_MEMORY_REGION(b->data, capacity);
    return b;
}

static void block_free(block *b) {
    ASAN_UNPOISON_MEMORY_REGION(b->data, b->capacity);
    free(b);
}

arena *arena_new(void) {
    arena *a = malloc(sizeof *a);
    if (!a) return NULL;
    a->last = block_new(FIRST_BLOCK_BYTES);
    if (!a->last) {
        free(a);
        return NULL;
    }
    a->spare = NULL;
    a->kept = NULL;
    a->scratch = NULL;
    return a;
}

static void drop_spare(arena *a) {
    if (a->spare) block_free(a->spare);
    a->spare = NULL;
}

void arena_free(arena *a) {
    if (!a) return;
    arena_free(a->scratch);
    drop_spare(a);
    for (block *b = a->last; b;) {
        block *previous = b->previous;
        block_free(b);
        b = previous;
    }
    for (kept_block *k = a->kept; k;) {
        kept_block *next = k->next;
        ASAN_UNPOISON_MEMORY_REGION(k->mapping, k->mapping_bytes);
        munmap(k->mapping, k->mapping_bytes);
        free(k);
        k = next;
    }
    free(a);
}

/* Keep the largest block (the last one, or the spare one when the article was taken back in part)
 * unless one giant article made it huge. */
void arena_reset(arena *a) {
    for (block *b = a->last->previous; b;) {
        block *previous = b->previous;
        block_free(b);
        b = previous;
    }
    if (a->spare && a->spare->capacity > a->last->capacity) {
        block *small = a->last;
        a->last = a->spare;
        a->spare = small;
    }
    drop_spare(a);
    a->last->previous = NULL;
    a->last->used = 0;
    ASAN_POISON_MEMORY_REGION(a->last->data, a->last->capacity);
    if (a->last->capacity > KEEP_BYTES) {
        block *small = block_new(FIRST_BLOCK_BYTES);
        if (!small) return; /* the big block still works */
        block_free(a->last);
        a->last = small;
    }
}

arena_mark arena_save(const arena *a) {
    return (arena_mark){a->last, a->last->used};
}

/* Keeps the block that was taken last: who saves and restores where a block ends would ask the
 * system for memory, and give it back, time and again. */
static void take_back(arena *a, block *b) {
    if (b->capacity > BLOCK_MAX_BYTES || (a->spare && a->spare->capacity >= b->capacity)) {
        block_free(b);
        return;
    }
    drop_spare(a);
    ASAN_POISON_MEMORY_REGION(b->data, b->capacity);
    b->used = 0;
    a->spare = b;
}

void arena_restore(arena *a, arena_mark mark) {
    while (a->last != mark.block) {
        block *previous = a->last->previous;
        take_back(a, a->last);
        a->last = previous;
    }
    a->last->used = mark.used;
    ASAN_POISON_MEMORY_REGION(a->last->data + mark.used, a->last->capacity - mark.used);
}

static bool arena_grow(arena *a, size_t bytes) {
    /* Blocks double, so that there are few, up to a size beyond which a half-empty one hurts. */
    size_t capacity =
        a->last->capacity < BLOCK_MAX_BYTES / 2 ? a->last->capacity * 2 : BLOCK_MAX_BYTES;
    if (capacity < bytes) capacity = bytes;
    block *b = a->spare && a->spare->capacity >= bytes ? a->spare : block_new(capacity);
    if (!b) return false;
    if (b == a->spare) a->spare = NULL;
    b->previous = a->last;
    a->last = b;
    return true;
}

void *arena_alloc_raw(arena *a, size_t count, size_t size) {
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes) || bytes > SIZE_MAX / 4) return NULL;
    bytes = (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (bytes == 0) bytes = ALIGNMENT;
    bytes += GAP_BYTES;
    if (a->last->capacity - a->last->used < bytes && !arena_grow(a, bytes)) return NULL;
    void *ptr = a->last->data + a->last->used;
    a->last->used += bytes;
    ASAN_UNPOISON_MEMORY_REGION(ptr, count * size);
    return ptr;
}

void *arena_alloc(arena *a, size_t count, size_t size) {
    void *ptr = arena_alloc_raw(a, count, size);
    if (ptr) memset(ptr, 0, count * size);
    return ptr;
}

text_view arena_copy(arena *a, text_view text) {
    char *ptr = arena_alloc_raw(a, text.len + 1, 1);
    if (!ptr) return (text_view){NULL, 0};
    if (text.len) memcpy(ptr, text.ptr, text.len);
    ptr[text.len] = '\0';
    return (text_view){ptr, text.len};
}

text_view arena_format(arena *a, const char *format, ...) {
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *ptr = len < 0 ? NULL : arena_alloc_raw(a, (size_t)len + 1, 1);
    if (ptr) vsnprintf(ptr, (size_t)len + 1, format, again);
    va_end(again);
    return ptr ? (text_view){ptr, (size_t)len} : (text_view){NULL, 0};
}

arena *arena_scratch(arena *a) {
    if (a->scratch)
        arena_reset(a->scratch);
    else
        a->scratch = arena_new();
    return a->scratch;
}

/* The bytes of the mapping behind what is kept. */
static inline size_t behind_kept(const kept_block *k, size_t size) {
    return k->mapping_bytes - size - (size_t)(k->data - (unsigned char *)k->mapping);
}

/* Fresh zeroed memory of the system, all pages at once. What is kept is read before it is written:
 * page by page the system would first lend its page of zeros, take it back at the first write, and
 * interrupt all other threads for it. Large pages where they are filled, or nearly. */
static bool map_kept(kept_block *k, size_t size) {
    enum { PAGE_BYTES = 4096, LARGE_PAGE_BYTES = 2 << 20, NEARLY = LARGE_PAGE_BYTES / 4 };
    size_t large = (size + NEARLY) / LARGE_PAGE_BYTES * LARGE_PAGE_BYTES;
    size_t align = large ? LARGE_PAGE_BYTES : PAGE_BYTES;
    k->mapping_bytes = (size > large ? size : large) + align;
    k->mapping =
        mmap(NULL, k->mapping_bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (k->mapping == MAP_FAILED) return false;
    uintptr_t start = (uintptr_t)k->mapping;
    k->data = (unsigned char *)k->mapping + (align - start % align) % align;
    if (large) madvise(k->data, large, MADV_HUGEPAGE); /* a wish: without it all works too */
    volatile unsigned char *page = k->data;
    for (size_t at = 0; at < size; at += PAGE_BYTES)
        page[at] = 0;
    ASAN_POISON_MEMORY_REGION(k->data + size, behind_kept(k, size));
    return true;
}

static bool is_kept_as(const kept_block *k, keep_key key, size_t size) {
    return k->key.source == key.source && k->key.bounds == key.bounds && k->size == size &&
           strcmp(k->key.what, key.what) == 0;
}

void *arena_keep(arena *a, keep_key key, size_t size) {
    kept_block *k = a->kept;
    while (k && !is_kept_as(k, key, size))
        k = k->next;
    if (k) return k->data;
    k = malloc(sizeof *k);
    if (!k || size > SIZE_MAX / 4 || !map_kept(k, size)) {
        free(k);
        return NULL;
    }
    k->key = key;
    k->size = size;
    k->next = a->kept;
    a->kept = k;
    return k->data;
}
