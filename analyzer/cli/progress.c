#include "cli/progress.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

static double now_seconds(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

progress progress_start(bool quiet) {
    progress p = {.active = !quiet && isatty(STDERR_FILENO)};
    if (p.active) p.begin = p.last = now_seconds();
    return p;
}

void progress_update(progress *p, size_t articles, size_t statements) {
    if (!p->active) return;
    double now = now_seconds();
    if (now - p->last < 0.1) return;
    p->last = now;
    p->shown = true;
    fprintf(stderr, "\r\x1b[K%zu articles, %zu statements, %.0f articles/s", articles, statements,
            (double)articles / (now - p->begin));
}

void progress_clear(progress *p) {
    if (!p->shown) return;
    p->shown = false;
    fputs("\r\x1b[K", stderr);
}
