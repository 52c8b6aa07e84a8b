#include "cli/command.h"

#include "cli/message.h"

#include <argp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void command_parse(const struct argp *parser, int argc, char **argv, void *input) {
    if (argp_parse(parser, argc, argv, 0, NULL, input) == 0) return;
    message("out of memory");
    exit(EXIT_NOTHING_DONE);
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
