/* The program: picks the command and leaves the rest to it. */
#include "cli/command.h"

#include "cli/message.h"

#include <argp.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define COMMAND_ENTRY(name, summary) {#name, summary, command_##name},
static const command commands[] = {COMMAND_LIST(COMMAND_ENTRY)};
#undef COMMAND_ENTRY

/* A standard stream that the caller closed stays unusable, so that no file or pipe that is opened
 * later takes its number and is read or written in its place. */
static bool reserve_standard_streams(void) {
    for (int stream = STDIN_FILENO; stream <= STDERR_FILENO; stream++) {
        if (fcntl(stream, F_GETFD) != -1) continue;
        int useless = stream == STDIN_FILENO ? O_WRONLY : O_RDONLY;
        if (open("/dev/null", useless) != stream) return false;
    }
    return true;
}

/* What was printed must have arrived, also where a library ends the program (--help). A reader that
 * has gone away has seen enough. */
static void check_standard_output(void) {
    struct stat info;
    if (fflush(stdout) == 0 && !ferror(stdout)) return;
    if (fstat(STDOUT_FILENO, &info) == 0 && (S_ISFIFO(info.st_mode) || S_ISSOCK(info.st_mode)))
        return;
    message("standard output: cannot write");
    _exit(EXIT_NOTHING_DONE);
}

int main(int argc, char **argv) {
    if (!reserve_standard_streams()) return EXIT_NOTHING_DONE;
    argp_err_exit_status = EXIT_WRONG_USAGE;
    if (atexit(check_standard_output) != 0) return EXIT_NOTHING_DONE;
    /* A reader that goes away (whosaid ... | head) shows as a failed write, not as a death. */
    signal(SIGPIPE, SIG_IGN);
    static char program[] = "whosaid";
    if (argc == 0) return EXIT_WRONG_USAGE;
    argv[0] = program;
    if (argc > 1 && (strcmp(argv[1], "--version") == 0 || strcmp(argv[1], "-V") == 0)) {
        puts("whosaid " WHOSAID_VERSION);
        return EXIT_ALL_DONE;
    }
    return command_dispatch(
        commands, sizeof commands / sizeof *commands,
        "whosaid " WHOSAID_VERSION ": who said what, how openly, and where they stand", argc, argv);
}
