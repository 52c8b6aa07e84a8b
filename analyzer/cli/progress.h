/* progress.h: the line on a terminal that tells how far a long run is. */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>

typedef struct progress {
    bool active;        /* only on a terminal, and not when the user wants silence */
    double begin, last; /* seconds */
    bool shown;
} progress;

progress progress_start(bool quiet);

/* Draws the line anew, at most ten times a second. */
void progress_update(progress *p, size_t articles, size_t statements);

/* Takes the line away, before a message and at the end. */
void progress_clear(progress *p);

#endif
