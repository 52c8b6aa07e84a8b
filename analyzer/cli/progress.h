/* progress.h: how far a long run is, on standard error: on a terminal a bar that is drawn anew,
 * elsewhere a line every ten seconds. With the rate, and with the part that is done and the time
 * that is left where the size of the input can be known. */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include "read/input_size.h"

typedef struct progress {
    bool active, on_terminal, shown;
    const char *const *paths; /* borrowed */
    size_t path_count;
    shard part;
    input_size *size;      /* NULL while nobody counts */
    double begin, last;    /* seconds */
    size_t first_articles; /* done by the run that is gone on with */
    uint64_t first_bytes;  /* read when the first article was done */
    bool has_first;
} progress;

/* Seconds since some instant, never set back. */
double progress_clock(void);

/* quiet: tells nothing. paths: borrowed until progress_end. articles: done already. */
progress progress_start(bool quiet, const char *const *paths, size_t path_count, shard part,
                        size_t articles);

/* Tells how far it is, at most ten times a second on a terminal. input_bytes: read so far. */
void progress_update(progress *p, size_t articles, size_t statements, uint64_t input_bytes);

/* Takes the bar away before a message. */
void progress_clear(progress *p);

/* Takes the bar away for good. */
void progress_end(progress *p);

#endif
