/* Runs a program again and again, and lets another one of its calls fail each time:
 *
 *   try_faults INJECT KIND FORM OUTPUT PROGRAM ARGUMENT...
 *
 * INJECT: the library of inject.c. KIND: what fails. FORM: "lines" where each line of the output
 * stands for itself, "whole" where it is one table or document.
 * OUTPUT: the file that the program writes; it and its journal, with which
 * the next run would refuse to begin, are removed before each run.
 * The program must not crash or hang, must free what it frees when all goes well, and either do its
 * whole work and say so (exit status 0), or name the cause on standard error; lines that it has
 * written then are whole, and lines of the right output. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SECONDS_MAX = 60, MESSAGE_BYTES = 2000, LISTED_MAX = 40 };

typedef struct trial {
    const char *inject, *kind, *form, *output;
    char **command;
    char tally[512], messages[512], journal[512];
    char *right; /* the output of a run in which nothing failed */
    long calls, live, unharmed, named, wrong;
} trial;

static char *read_file(const char *path) {
    FILE *in = fopen(path, "rb");
    if (!in) return NULL;
    size_t len = 0, room = 1 << 16;
    char *text = malloc(room + 1);
    for (size_t got; text && (got = fread(text + len, 1, room - len, in)) > 0;) {
        len += got;
        if (len == room) text = realloc(text, (room *= 2) + 1);
    }
    fclose(in);
    if (text) text[len] = '\0';
    return text;
}

static void start(const trial *t, long at) {
    char number[24];
    snprintf(number, sizeof number, "%ld", at);
    setenv("FAULT_KIND", t->kind, 1);
    setenv("FAULT_AT", number, 1);
    setenv("FAULT_TALLY", t->tally, 1);
    setenv("LD_PRELOAD", t->inject, 1);
    int messages = open(t->messages, O_WRONLY | O_CREAT | O_TRUNC, 0666);
    if (messages >= 0) dup2(messages, STDERR_FILENO);
    alarm(SECONDS_MAX); /* outlives exec: what hangs dies */
    execvp(t->command[0], t->command);
    _exit(127);
}

/* The wait status of a run whose call number `at` fails (0: none). */
static int run(const trial *t, long at) {
    remove(t->output);
    remove(t->journal);
    remove(t->tally);
    pid_t child = fork();
    if (child == 0) start(t, at);
    int status = -1;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        ;
    return status;
}

static bool read_tally(const trial *t, long *calls, long *live) {
    FILE *in = fopen(t->tally, "r");
    bool good = in && fscanf(in, "%ld %ld", calls, live) == 2;
    if (in) fclose(in);
    return good;
}

/* True when each line of `part` is a line of `whole`, in the same order. */
static bool is_part(const char *part, const char *whole) {
    while (*part) {
        size_t len = strcspn(part, "\n") + 1;
        if (part[len - 1] != '\n') return false;
        while (*whole && strncmp(part, whole, len) != 0)
            whole += strcspn(whole, "\n") + 1;
        if (!*whole) return false;
        part += len;
        whole += len;
    }
    return true;
}

/* What is wrong with a run, or NULL. */
static const char *judge(trial *t, int status, const char *messages) {
    long calls, live;
    if (WIFSIGNALED(status)) return WTERMSIG(status) == SIGALRM ? "hangs" : "crashes";
    if (!read_tally(t, &calls, &live)) return "ends without its exit handlers";
    if (live > t->live) return "leaks";
    char *output = read_file(t->output);
    const char *fault = NULL;
    if (WEXITSTATUS(status) == 0) {
        t->unharmed++;
        if (!output || strcmp(output, t->right) != 0) fault = "says all is well, and it is not";
    } else {
        t->named++;
        bool named = messages && messages[0];
        /* A thread for which there is no memory cannot be started, says the system. */
        if (strcmp(t->kind, "memory") == 0)
            named = named && (strstr(messages, "memory") || strstr(messages, "start a thread"));
        if (!named) fault = "does not name the cause";
        bool lines = strcmp(t->form, "lines") == 0;
        if (lines && output && !is_part(output, t->right)) fault = "leaves a damaged output";
        if (WEXITSTATUS(status) > 3) fault = "ends with a strange status";
    }
    free(output);
    return fault;
}

int main(int argc, char **argv) {
    if (argc < 6) {
        fprintf(stderr, "usage: %s INJECT KIND FORM OUTPUT PROGRAM ARGUMENT...\n", argv[0]);
        return EXIT_FAILURE;
    }
    trial t = {.inject = argv[1],
               .kind = argv[2],
               .form = argv[3],
               .output = argv[4],
               .command = argv + 5};
    snprintf(t.tally, sizeof t.tally, "%s.tally", t.output);
    snprintf(t.messages, sizeof t.messages, "%s.messages", t.output);
    snprintf(t.journal, sizeof t.journal, "%s.journal", t.output);
    int status = run(&t, 0);
    t.right = read_file(t.output);
    if (status != 0 || !t.right || !read_tally(&t, &t.calls, &t.live)) {
        fprintf(stderr, "%s fails by itself\n", t.command[0]);
        return EXIT_FAILURE;
    }
    if (t.calls == 0) {
        fprintf(stderr, "%s makes no call of the kind %s\n", t.command[0], t.kind);
        return EXIT_FAILURE;
    }
    long runs = 0;
    for (long at = 1; at <= t.calls; at++, runs++) {
        status = run(&t, at);
        char *messages = read_file(t.messages);
        const char *fault = judge(&t, status, messages);
        if (fault && t.wrong++ < LISTED_MAX)
            printf("%s call %ld of %ld: %s (status %d): %.*s\n", t.kind, at, t.calls, fault, status,
                   MESSAGE_BYTES, messages ? messages : "");
        free(messages);
    }
    printf("%s: %ld of %ld calls failed in turn: %ld did no harm, %ld were named, %ld went wrong\n",
           t.kind, runs, t.calls, t.unharmed, t.named, t.wrong);
    remove(t.tally);
    remove(t.messages);
    free(t.right);
    return t.wrong == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
