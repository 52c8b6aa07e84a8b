/* input_size.h: how large an input is, found out beside its reading: a thread walks through the
 * folders and adds up the sizes of the files that an article_source over the same paths reads, as
 * they lie on the disk. */
#ifndef READ_INPUT_SIZE_H
#define READ_INPUT_SIZE_H

#include "read/shard.h"

typedef struct input_size input_size;

/* Starts to count. paths: borrowed until input_size_free. NULL when there is no memory or thread
 * for it. */
input_size *input_size_count(const char *const *paths, size_t count, shard part);

/* The bytes that article_source_bytes_read will come to; 0 as long as it is not known, and when it
 * never will be, as of a pipe. */
uint64_t input_size_bytes(const input_size *size);

/* Ends the counting; accepts NULL. */
void input_size_free(input_size *size);

#endif
