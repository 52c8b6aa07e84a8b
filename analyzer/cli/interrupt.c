#include "cli/interrupt.h"

#include "cli/message.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>

/* Wakes the waiting thread at the end. (pthread_cancel would load a library for it, and end the
 * process where there is no memory left to do so.) */
enum { WAKE_SIGNAL = SIGUSR2 };

struct interrupt {
    article_source *source;
    bool quiet;
    sigset_t signals, before; /* what stops a run; the mask of the calling thread */
    sigset_t awaited;         /* signals and WAKE_SIGNAL */
    pthread_t thread;
    atomic_bool came, ended;
};

/* The next stopping signal: true. False at the end of the run. */
static bool wait_for_any(interrupt *i, const sigset_t *awaited) {
    int number = 0;
    do {
        if (sigwait(awaited, &number) != 0) return false;
        if (atomic_load(&i->ended)) return false;
    } while (number == WAKE_SIGNAL);
    return true;
}

/* Waits for a signal in a thread of its own: there everything is allowed, which a handler may not
 * do, and no global has to say what to stop. */
static void *wait_for_signal(void *context) {
    interrupt *i = context;
    if (!wait_for_any(i, &i->awaited)) return NULL;
    atomic_store(&i->came, true);
    article_source_cancel(i->source);
    if (!i->quiet) message("stopping in order; the same signal again stops at once");
    pthread_sigmask(SIG_UNBLOCK, &i->signals, NULL);
    sigset_t wake;
    sigemptyset(&wake);
    sigaddset(&wake, WAKE_SIGNAL);
    wait_for_any(i, &wake);
    return NULL;
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
    i->awaited = i->signals;
    sigaddset(&i->awaited, WAKE_SIGNAL);
    pthread_sigmask(SIG_BLOCK, &i->awaited, &i->before);
    if (pthread_create(&i->thread, NULL, wait_for_signal, i) == 0) return i;
    pthread_sigmask(SIG_SETMASK, &i->before, NULL);
    free(i);
    return NULL;
}

bool interrupt_end(interrupt *i) {
    if (!i) return false;
    atomic_store(&i->ended, true);
    pthread_kill(i->thread, WAKE_SIGNAL);
    pthread_join(i->thread, NULL);
    pthread_sigmask(SIG_SETMASK, &i->before, NULL);
    bool came = atomic_load(&i->came);
    free(i);
    return came;
}
