/* parallel.h: independent jobs on a few threads, for training. Results must not depend on the
 * number of threads: a job writes only to what belongs to its index. */
#ifndef LEARN_PARALLEL_H
#define LEARN_PARALLEL_H

#include <stddef.h>

typedef void parallel_job(void *context, size_t index);

/* Runs job(context, 0..count-1) on at most `threads` threads and waits for all. Falls back to the
 * calling thread when a thread cannot be started. */
void parallel_run(size_t count, unsigned threads, parallel_job *job, void *context);

#endif
