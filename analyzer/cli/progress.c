#include "cli/progress.h"

#include "cli/message.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

/* Counting the files of an input costs a look at each: only runs that last are worth it. */
static const double COUNT_AFTER_SECONDS = 1, LINE_SECONDS = 10, BAR_SECONDS = 0.1;
enum { BAR_WIDTH = 24, TEXT_BYTES = 160 };

double progress_clock(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

progress progress_start(bool quiet, const char *const *paths, size_t path_count, shard part,
                        size_t articles) {
    progress p = {.active = !quiet,
                  .on_terminal = !quiet && isatty(STDERR_FILENO),
                  .paths = paths,
                  .path_count = path_count,
                  .part = part,
                  .first_articles = articles};
    if (p.active) p.begin = p.last = progress_clock();
    return p;
}

/* Between 0 and 1; negative when it is not known. */
static double part_done(const progress *p, uint64_t input_bytes) {
    uint64_t all = input_size_bytes(p->size);
    if (all == 0) return -1;
    return input_bytes < all ? (double)input_bytes / (double)all : 1;
}

/* ", 43% done, 1:02:03 left", or nothing. */
static void write_rest(const progress *p, uint64_t input_bytes, double seconds, char *out,
                       size_t capacity) {
    double done = part_done(p, input_bytes), first = part_done(p, p->first_bytes);
    out[0] = '\0';
    if (done < 0) return;
    int used = snprintf(out, capacity, ", %.0f%% done", 100 * done);
    if (used < 0 || done <= first) return;
    double left = seconds * (1 - done) / (done - first);
    if (left > 359999) return; /* no guess is better than a wild one */
    unsigned whole = (unsigned)(left + 0.5);
    snprintf(out + used, capacity - (size_t)used, ", %u:%02u:%02u left", whole / 3600,
             whole / 60 % 60, whole % 60);
}

static void draw_bar(double done) {
    char bar[BAR_WIDTH + 1];
    int full = (int)(done * BAR_WIDTH);
    for (int i = 0; i < BAR_WIDTH; i++)
        bar[i] = i < full ? '#' : '.';
    bar[BAR_WIDTH] = '\0';
    fprintf(stderr, "[%s] ", bar);
}

void progress_update(progress *p, size_t articles, size_t statements, uint64_t input_bytes) {
    if (!p->active) return;
    if (!p->has_first) p->first_bytes = input_bytes;
    p->has_first = true;
    double now = progress_clock(), seconds = now - p->begin;
    if (now - p->last < (p->on_terminal ? BAR_SECONDS : LINE_SECONDS)) return;
    p->last = now;
    if (!p->size && seconds > COUNT_AFTER_SECONDS)
        p->size = input_size_count(p->paths, p->path_count, p->part);
    char rest[TEXT_BYTES];
    write_rest(p, input_bytes, seconds, rest, sizeof rest);
    double rate = (double)(articles - p->first_articles) / seconds;
    if (!p->on_terminal) {
        message("%zu articles, %zu statements, %.0f articles/s%s", articles, statements, rate,
                rest);
        return;
    }
    p->shown = true;
    fputs("\r\x1b[K", stderr);
    if (rest[0]) draw_bar(part_done(p, input_bytes));
    fprintf(stderr, "%zu articles, %zu statements, %.0f articles/s%s", articles, statements, rate,
            rest);
}

void progress_clear(progress *p) {
    if (!p->shown) return;
    p->shown = false;
    fputs("\r\x1b[K", stderr);
}

void progress_end(progress *p) {
    progress_clear(p);
    input_size_free(p->size);
    p->size = NULL;
    p->active = false;
}
