/* Runs a command and prints what it took, on one line:
 *
 *   bench_command COMMAND [ARGUMENT...]
 *
 *   wall seconds, processor seconds (user and system), peak memory in KiB, milliseconds from the
 *   start to the end of the second line of its output (a CSV report's first row; 0 when there is
 *   none), bytes of output
 *
 * The output is read and thrown away. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

typedef struct output_seen {
    unsigned long long bytes;
    unsigned lines;
    double second_line; /* seconds since the start */
} output_seen;

static double seconds_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static double seconds_of(struct timeval t) {
    return (double)t.tv_sec + (double)t.tv_usec * 1e-6;
}

static output_seen read_all(int from, double start) {
    static char data[1 << 16];
    output_seen seen = {0};
    for (ssize_t got; (got = read(from, data, sizeof data)) > 0;) {
        seen.bytes += (unsigned long long)got;
        for (const char *at = data; seen.lines < 2; seen.lines++) {
            at = memchr(at, '\n', (size_t)(data + got - at));
            if (!at) break;
            at++;
            if (seen.lines == 1) seen.second_line = seconds_now() - start;
        }
    }
    return seen;
}

int main(int argc, char **argv) {
    int ends[2];
    if (argc < 2 || pipe(ends) != 0) {
        fprintf(stderr, "usage: %s COMMAND [ARGUMENT...]\n", argv[0]);
        return EXIT_FAILURE;
    }
    double start = seconds_now();
    pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], STDOUT_FILENO);
        close(ends[0]);
        close(ends[1]);
        execvp(argv[1], argv + 1);
        perror(argv[1]);
        _exit(127);
    }
    close(ends[1]);
    output_seen seen = read_all(ends[0], start);
    int status = 0;
    if (child < 0 || waitpid(child, &status, 0) < 0) return EXIT_FAILURE;
    double wall = seconds_now() - start;
    struct rusage used;
    getrusage(RUSAGE_CHILDREN, &used);
    printf("%.4f %.4f %ld %.1f %llu\n", wall, seconds_of(used.ru_utime) + seconds_of(used.ru_stime),
           used.ru_maxrss, seen.second_line * 1e3, seen.bytes);
    return WIFEXITED(status) ? WEXITSTATUS(status) : EXIT_FAILURE;
}
