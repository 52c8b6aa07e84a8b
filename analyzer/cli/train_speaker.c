/* whosaid train speaker: who is meant by a source, and how openly it speaks. */
#include "base/error.h"
#include "cli/annotated_list.h"
#include "cli/command.h"
#include "cli/corpus_paths.h"
#include "cli/message.h"
#include "cli/models_choice.h"
#include "identify/speaker_training.h"

enum { OPTION_TAGGER = 256, OPTION_DATE };

static const struct argp_option options[] = {
    {"output", 'o', "FOLDER", 0, "Write speaker.model, weights.tsv and model.json into FOLDER", 0},
    {"tagger", OPTION_TAGGER, "FOLDER", 0, "The tagger's folder instead of the one that ships", 0},
    {"date", OPTION_DATE, "DATE", 0, "The card's date instead of today's", 0},
    {"quiet", 'q', NULL, 0, "Tell failures only", 0},
    {0}};

static const char about[] = "Learns whom pronouns, descriptions and missing sources mean, and how "
                            "openly a source speaks, from "
                            "articles whose quotes bear speakers and anonymity grades.\v"
                            "The same articles give the same speaker.model. Exit status: 0 done, 1 "
                            "wrong usage, 3 nothing could be done.";

typedef struct train_arguments {
    corpus_paths paths;
    const char *output, *tagger, *date;
    bool quiet;
} train_arguments;

static error_t parse_option(int key, char *argument, struct argp_state *state) {
    train_arguments *a = state->input;
    switch (key) {
    case ARGP_KEY_INIT: state->child_inputs[0] = &a->paths; return 0;
    case OPTION_TAGGER: a->tagger = argument; return 0;
    case OPTION_DATE: a->date = argument; return 0;
    case 'o': a->output = argument; return 0;
    case 'q': a->quiet = true; return 0;
    case ARGP_KEY_END:
        if (!a->output) argp_error(state, "-o is needed");
        return 0;
    default: return ARGP_ERR_UNKNOWN;
    }
}

/* Each article is left out in turn, and grades are five; with less a model would be noise. */
enum { ARTICLES_MIN = 20, STATEMENTS_MIN = 200 };

/* Refuses corpora from which nothing can be learned. */
static whosaid_status check_size(const annotated_list *list, whosaid_error *err) {
    size_t statements = 0;
    for (size_t i = 0; i < list->count; i++)
        statements += list->items[i]->quote_count;
    if (list->count >= ARTICLES_MIN && statements >= STATEMENTS_MIN) return WHOSAID_OK;
    return error_set(err, WHOSAID_LIMIT, NULL, 0,
                     "%zu articles with %zu statements are too few to learn from: at least %d and "
                     "%d are needed",
                     list->count, statements, ARTICLES_MIN, STATEMENTS_MIN);
}

static whosaid_status run(const train_arguments *a, speaker_training_report *report,
                          whosaid_error *err) {
    const speaker_training_target target = {a->output, a->date};
    annotated_list list = {0};
    tagger *tags = NULL;
    whosaid_status status = annotated_list_load(&a->paths, &list, err);
    if (status == WHOSAID_OK) status = check_size(&list, err);
    if (status == WHOSAID_OK) status = tagger_open(a->tagger, &tags, err);
    if (status == WHOSAID_OK)
        status = speaker_train((training_articles){list.items, list.weights, list.count}, tags,
                               &target, report, err);
    tagger_close(tags);
    annotated_list_free(&list);
    return status;
}

int train_speaker(int argc, char **argv) {
    char today[COMMAND_DATE_BYTES];
    train_arguments a = {.date = command_today(today)};
    const struct argp_child children[] = {{&corpus_paths_parser, 0, NULL, 0}, {0}};
    const struct argp parser = {
        .options = options, .parser = parse_option, .doc = about, .children = children};
    command_parse(&parser, argc, argv, &a);
    models_path shipped;
    whosaid_error err = {0};
    speaker_training_report report;
    a.tagger = models_choose(a.tagger, "--tagger", "tagger", &shipped, &err);
    if (!a.tagger || run(&a, &report, &err) != WHOSAID_OK) {
        message_error(&err);
        return EXIT_NOTHING_DONE;
    }
    if (!a.quiet)
        message("%zu articles, %zu statements; left out in turn: %.1f%% of the speakers right, "
                "calibration error %.3f",
                report.articles, report.attributions, 100 * report.speaker_accuracy,
                report.calibration_error);
    return EXIT_ALL_DONE;
}
