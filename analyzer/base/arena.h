/* arena.h: memory that is given out in order and taken back all at once: one arena an article.
 * Not thread safe: one arena belongs to one thread at a time. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include "base/text_view.h"

#include <stdalign.h>

typedef struct arena arena;

/* A point to rewind to; what was allocated after it is gone then. */
typedef struct arena_mark {
    void *block;
    size_t used;
} arena_mark;

/* NULL when memory is out. The caller owns it; arena_free accepts NULL. */
arena *arena_new(void);
void arena_free(arena *a);

/* Takes everything back and keeps the memory for reuse, up to a limit. */
void arena_reset(arena *a);

arena_mark arena_save(const arena *a);
void arena_restore(arena *a, arena_mark mark);

/* Zeroed memory for count items of size bytes, aligned to max_align_t. NULL when memory is out or
 * count * size overflows. A count of 0 gives a valid pointer. */
void *arena_alloc(arena *a, size_t count, size_t size);

/* As arena_alloc, with the bytes undefined: for buffers that are filled at once. */
void *arena_alloc_raw(arena *a, size_t count, size_t size);

/* A copy of `text` that ends in NUL (not counted in len). ptr is NULL when memory is out. */
text_view arena_copy(arena *a, text_view text);

/* Formats into the arena. ptr is NULL when memory is out. */
text_view arena_format(arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Whose a kept block is. A stranger who writes models can make any two hashes meet, so the other
 * members are compared as they are: what is kept of one model is never read as another structure,
 * nor leads beyond the tables of another model. */
typedef struct keep_key {
    const char *what; /* each structure has a name of its own. Borrowed for good */
    uint64_t source;  /* hash of the model or the words it depends on; 0: on none */
    uint64_t bounds;  /* what the numbers in it lie below; 0: there are none */
} keep_key;

/* Memory that arena_reset leaves alone: what a thread keeps from one article to the next because it
 * may need it again. One block a key and size, zeroed when it is made, aligned to 64 bytes. What is
 * kept must never change a result. NULL when memory is out. */
void *arena_keep(arena *a, keep_key key, size_t size);

/* An empty arena for what is of no use to later steps. It belongs to `a`, which frees it: the same
 * one every time, so that its memory and what it keeps are there for the next article. What the
 * last caller had in it is gone. NULL when memory is out. */
arena *arena_scratch(arena *a);

#define ARENA_NEW(a, type, count) ((type *)arena_alloc((a), (count), sizeof(type)))

#endif
