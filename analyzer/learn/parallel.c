#include "learn/parallel.h"

#include <pthread.h>
#include <stdatomic.h>

enum { MAX_THREADS = 64 };

typedef struct job_queue {
    parallel_job *job;
    void *context;
    size_t count;
    atomic_size_t next;
} job_queue;

static void *work(void *argument) {
    job_queue *queue = argument;
    for (;;) {
        size_t index = atomic_fetch_add(&queue->next, 1);
        if (index >= queue->count) return NULL;
        queue->job(queue->context, index);
    }
}

void parallel_run(size_t count, unsigned threads, parallel_job *job, void *context) {
    job_queue queue = {.job = job, .context = context, .count = count};
    pthread_t helpers[MAX_THREADS];
    unsigned started = 0;
    while (started + 1 < threads && started + 1 < count && started < MAX_THREADS) {
        if (pthread_create(&helpers[started], NULL, work, &queue) != 0) break;
        started++;
    }
    work(&queue);
    for (unsigned i = 0; i < started; i++)
        pthread_join(helpers[i], NULL);
}
