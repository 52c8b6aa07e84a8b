#include "cli/command.h"

#include "base/text_view.h"
#include "cli/message.h"

#include <argp.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

void command_parse(const struct argp *parser, int argc, char **argv, void *input) {
    if (argp_parse(parser, argc, argv, 0, NULL, input) == 0) return;
    message("out of memory");
    exit(EXIT_NOTHING_DONE);
}

uint64_t command_count(const char *option, const char *text, uint64_t least, uint64_t most,
                       const struct argp_state *state) {
    char *end;
    errno = 0;
    unsigned long long value = strtoull(text, &end, 10);
    bool whole = ascii_is_digit((unsigned char)*text) && !*end && errno == 0;
    if (whole && value >= least && value <= most) return value;
    if (most == UINT64_MAX)
        argp_error(state, "%s takes a whole number from %" PRIu64 ", not `%s'", option, least,
                   text);
    else
        argp_error(state, "%s takes a whole number from %" PRIu64 " to %" PRIu64 ", not `%s'",
                   option, least, most, text);
    return least;
}

double command_number(const char *option, const char *text, double least, double most,
                      const struct argp_state *state) {
    char *end;
    double value = strtod(text, &end);
    if (end != text && !*end && value >= least && value <= most) return value;
    argp_error(state, "%s takes a number from %g to %g, not `%s'", option, least, most, text);
    return least;
}

const char *command_output(const char *argument) {
    return strcmp(argument, "-") == 0 ? NULL : argument;
}

const char *command_today(char out[COMMAND_DATE_BYTES]) {
    time_t now = time(NULL);
    struct tm parts;
    gmtime_r(&now, &parts);
    strftime(out, COMMAND_DATE_BYTES, "%Y-%m-%d", &parts);
    return out;
}

static void print_table(FILE *out, const command *table, size_t count, const char *about,
                        const char *words) {
    fprintf(out, "%s\n\nUsage: %s COMMAND ...\n\n", about, words);
    for (size_t i = 0; i < count; i++)
        fprintf(out, "  %-12s %s\n", table[i].name, table[i].summary);
    fprintf(out, "\n`%s COMMAND --help` tells more.\n", words);
}

static int run_command(const command *chosen, int argc, char **argv) {
    char words[128];
    snprintf(words, sizeof words, "%s %s", argv[0], chosen->name);
    argv[1] = words;
    return chosen->run(argc - 1, argv + 1);
}

int command_dispatch(const command *table, size_t count, const char *about, int argc, char **argv) {
    if (argc < 2) {
        print_table(stderr, table, count, about, argv[0]);
        return EXIT_WRONG_USAGE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ||
        strcmp(argv[1], "-?") == 0 || strcmp(argv[1], "help") == 0) {
        print_table(stdout, table, count, about, argv[0]);
        return EXIT_ALL_DONE;
    }
    for (size_t i = 0; i < count; i++)
        if (strcmp(argv[1], table[i].name) == 0) return run_command(&table[i], argc, argv);
    message("`%s %s` is no command; `%s --help` lists them", argv[0], argv[1], argv[0]);
    return EXIT_WRONG_USAGE;
}
