/* whosaid train tagger: parts of speech and names from silver labels. */
#include "base/error.h"
#include "base/folder.h"
#include "cli/command.h"
#include "cli/message.h"
#include "tag/silver_repair.h"
#include "tag/tagger_card.h"
#include "tag/tagger_training.h"

#include <argp.h>
#include <stdio.h>
#include <stdlib.h>

enum {
    OPTION_SILVER = 256,
    OPTION_CORPUS,
    OPTION_LEXICON,
    OPTION_TEST_SILVER,
    OPTION_TEST_CORPUS,
    OPTION_SEED,
    OPTION_DATE
};

static const struct argp_option options[] = {
    {"silver", OPTION_SILVER, "FILE", 0, "Table of tokens with their labels (.tsv, .tsv.gz)", 0},
    {"corpus", OPTION_CORPUS, "FILE", 0, "The articles of that table (.jsonl, .jsonl.gz)", 0},
    {"lexicon", OPTION_LEXICON, "FILE", 0,
     "Word lists (default analyzer/tag/lexicon/lexicon.tsv.gz, for a call from the source tree)",
     0},
    {"test-silver", OPTION_TEST_SILVER, "FILE", 0, "Measure on this table for the card", 0},
    {"test-corpus", OPTION_TEST_CORPUS, "FILE", 0, "The articles of that table", 0},
    {"output", 'o', "FOLDER", 0, "Write tagger.model and model.json into FOLDER", 0},
    {"seed", OPTION_SEED, "N", 0, "Seed of the order and of what is withheld (default 1)", 0},
    {"date", OPTION_DATE, "DATE", 0, "The card's date instead of today's", 0},
    {"quiet", 'q', NULL, 0, "Tell failures only", 0},
    {0}};

static const char about[] =
    "Learns parts of speech and names (persons, places, organizations, others).\v"
    "The table has a line \"# ID\" for each article and then one token a line, tab-separated: "
    "sentence, token, begin, end (code points), word, lemma, part of speech, name class. The same "
    "data and seed give the same tagger.model.\n\n"
    "Exit status: 0 done, 1 wrong usage, 3 nothing could be done.";

typedef struct train_arguments {
    const char *silver, *corpus, *test_silver, *test_corpus, *output, *date, *lexicon;
    tagger_training_options training;
    bool quiet;
} train_arguments;

static error_t parse_option(int key, char *argument, struct argp_state *state) {
    train_arguments *a = state->input;
    switch (key) {
    case OPTION_SILVER: a->silver = argument; return 0;
    case OPTION_CORPUS: a->corpus = argument; return 0;
    case OPTION_LEXICON: a->lexicon = argument; return 0;
    case OPTION_TEST_SILVER: a->test_silver = argument; return 0;
    case OPTION_TEST_CORPUS: a->test_corpus = argument; return 0;
    case OPTION_SEED:
        a->training.seed = command_count("--seed", argument, 0, UINT64_MAX, state);
        return 0;
    case OPTION_DATE: a->date = argument; return 0;
    case 'o': a->output = argument; return 0;
    case 'q': a->quiet = true; return 0;
    case ARGP_KEY_END:
        if (!a->silver || !a->corpus || !a->output)
            argp_error(state, "--silver, --corpus and -o are needed");
        if (!a->test_silver != !a->test_corpus)
            argp_error(state, "--test-silver and --test-corpus go together");
        return 0;
    default: return ARGP_ERR_UNKNOWN;
    }
}

static void tell_line(const char *line) {
    message("%s", line);
}

static whosaid_status measure(const train_arguments *a, tagger_figures *figures,
                              whosaid_error *err) {
    silver *test = NULL;
    tagger *trained = NULL;
    whosaid_status status = silver_load(a->test_silver, a->test_corpus, &test, err);
    size_t repaired;
    if (status == WHOSAID_OK && !silver_repair(test, &repaired)) status = error_no_memory(err);
    if (status == WHOSAID_OK) status = tagger_open(a->output, &trained, err);
    if (status == WHOSAID_OK) status = tagger_measure(trained, test, figures, err);
    tagger_close(trained);
    silver_free(test);
    return status;
}

static whosaid_status run(const train_arguments *a, whosaid_error *err) {
    silver *data = NULL;
    lexicon words = {0};
    tagger_figures figures = {0};
    whosaid_status status = lexicon_read(a->lexicon, &words, err);
    if (status == WHOSAID_OK) status = silver_load(a->silver, a->corpus, &data, err);
    size_t repaired;
    if (status == WHOSAID_OK && !silver_repair(data, &repaired)) status = error_no_memory(err);
    if (status == WHOSAID_OK) status = folder_make(a->output, err);
    if (status == WHOSAID_OK)
        status =
            tagger_train(data, &words, &a->training, a->output, a->quiet ? NULL : tell_line, err);
    tagger_card card = {.articles = data ? silver_size(data) : 0,
                        .data_hash = data ? silver_hash(data) : 0,
                        .seed = a->training.seed,
                        .date = a->date};
    /* A model without its card cannot be opened, not even to be measured. */
    if (status == WHOSAID_OK) status = tagger_card_save(&card, a->output, err);
    if (status == WHOSAID_OK && a->test_silver) {
        status = measure(a, &figures, err);
        card.figures = &figures;
        if (status == WHOSAID_OK) status = tagger_card_save(&card, a->output, err);
    }
    silver_free(data);
    free((void *)words.entries);
    return status;
}

int train_tagger(int argc, char **argv) {
    char today[COMMAND_DATE_BYTES];
    train_arguments a = {.training = tagger_training_options_default(),
                         .date = command_today(today),
                         .lexicon = "analyzer/tag/lexicon/lexicon.tsv.gz"};
    const struct argp parser = {.options = options, .parser = parse_option, .doc = about};
    command_parse(&parser, argc, argv, &a);
    whosaid_error err = {0};
    if (run(&a, &err) != WHOSAID_OK) {
        message_error(&err);
        return EXIT_NOTHING_DONE;
    }
    return EXIT_ALL_DONE;
}
