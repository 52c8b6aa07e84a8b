/* processor_time.h: the clock of the benchmarks. */
#ifndef TESTS_PROCESSOR_TIME_H
#define TESTS_PROCESSOR_TIME_H

#include <time.h>

/* CPU time of the process, so that other work on the machine counts little. */
static inline double processor_seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

#endif
