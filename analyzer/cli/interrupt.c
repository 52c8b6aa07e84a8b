#include "cli/interrupt.h"

#include "cli/message.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

struct interrupt {
    article_source *source;
    bool quiet;
    sigset_t signals, before; /* what is waited for; the mask of the calling thread */
    pthread_t thread;
    atomic_bool came;
};

/* Waits for a signal in a thread of its own: there everything is allowed, which a handler may not
 * do, and no global has to say what to stop. */
static void *wait_for_signal(void *context) {
    interrupt *i = context;
    int number;
    if (sigwait(&i->signals, &number) != 0) return NULL;
    atomic_store(&i->came, true);
    article_source_cancel(i->source);
    if (!i->quiet) message("stopping in order; the same signal again stops at once");
    pthread_sigmask(SIG_UNBLOCK, &i->signals, NULL);
    for (;;)
        pause();
}

static void collect_signals(sigset_t *signals) {
    static const int numbers[] = {SIGINT, SIGTERM};
    sigemptyset(signals);
    for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++) {
        struct sigaction action;
        if (sigaction(numbers[k], NULL, &action) == 0 && action.sa_handler != SIG_IGN)
            sigaddset(signals, numbers[k]);
    }
}

interrupt *interrupt_begin(article_source *source, bool quiet) {
    interrupt *i = calloc(1, sizeof *i);
    if (!i) return NULL;
    i->source = source;
    i->quiet = quiet;
    collect_signals(&i->signals);
    pthread_sigmask(SIG_BLOCK, &i->signals, &i->before);
    if (pthread_create(&i->thread, NULL, wait_for_signal, i) == 0) return i;
    pthread_sigmask(SIG_SETMASK, &i->before, NULL);
    free(i);
    return NULL;
}

bool interrupt_end(interrupt *i) {
    if (!i) return false;
    pthread_cancel(i->thread);
    pthread_join(i->thread, NULL);
    pthread_sigmask(SIG_SETMASK, &i->before, NULL);
    bool came = atomic_load(&i->came);
    free(i);
    return came;
}
