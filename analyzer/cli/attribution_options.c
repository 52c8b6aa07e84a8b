#include "cli/attribution_options.h"

#include "cli/command.h"
#include "cli/models_choice.h"

enum {
    OPTION_CORPUS = 512,
    OPTION_ALSO,
    OPTION_WEIGHT,
    OPTION_TEST,
    OPTION_TAGGER,
    OPTION_WORDNET,
    OPTION_MIN_ATTRIBUTION,
    WEIGHT_MAX = 100,
    THREADS_MAX = 64
};

static const struct argp_option options[] = {
    {"corpus", OPTION_CORPUS, "PATH", 0,
     "Annotated articles to learn from: a file or folder; may be given several times", 0},
    {"also", OPTION_ALSO, "PATH", 0,
     "As --corpus, but cross-validation never measures on these articles", 0},
    {"weight", OPTION_WEIGHT, "N", 0,
     "Show each article of the --corpus and --also options that follow N times (default 1)", 0},
    {"test", OPTION_TEST, "PATH", 0, "Measure on these annotated articles", 0},
    {"tagger", OPTION_TAGGER, "FOLDER", 0, "The tagger's folder instead of the one that ships", 0},
    {"wordnet", OPTION_WORDNET, "FOLDER", 0,
     "Where the WordNet 3.0 database lies (default /usr/share/wordnet)", 0},
    {"min-attribution", OPTION_MIN_ATTRIBUTION, "P", 0,
     "Leave out attributions that are less probable than P (0 to 1, default 0.3)", 0},
    {"jobs", 'j', "N", 0, "Train on N threads (default 2); the result does not depend on it", 0},
    {0}};

static void add_corpus(attribution_options *o, const char *path, bool held_out,
                       struct argp_state *state) {
    if (o->path_count == ATTRIBUTION_CORPORA_MAX)
        argp_error(state, "at most %d corpora", ATTRIBUTION_CORPORA_MAX);
    o->paths[o->path_count] = path;
    o->weights[o->path_count] = o->weight;
    o->held_out[o->path_count++] = held_out;
}

static error_t parse_option(int key, char *argument, struct argp_state *state) {
    attribution_options *o = state->input;
    switch (key) {
    case OPTION_CORPUS: add_corpus(o, argument, true, state); return 0;
    case OPTION_ALSO: add_corpus(o, argument, false, state); return 0;
    case OPTION_WEIGHT:
        o->weight = (unsigned)command_count("--weight", argument, 1, WEIGHT_MAX, state);
        return 0;
    case OPTION_TEST: o->test = argument; return 0;
    case OPTION_TAGGER: o->tagger = argument; return 0;
    case OPTION_WORDNET: o->training.wordnet_folder = argument; return 0;
    case OPTION_MIN_ATTRIBUTION:
        o->min_score = (float)command_number("--min-attribution", argument, 0, 1, state);
        return 0;
    case 'j':
        o->training.threads = (unsigned)command_count("--jobs", argument, 1, THREADS_MAX, state);
        return 0;
    default: return ARGP_ERR_UNKNOWN;
    }
}

const struct argp attribution_options_parser = {.options = options, .parser = parse_option};

attribution_options attribution_options_default(void) {
    return (attribution_options){
        .weight = 1, .min_score = 0.3f, .training = attribution_training_default()};
}

whosaid_status attribution_inputs_load(const attribution_options *o, attribution_inputs *out,
                                       whosaid_error *err) {
    *out = (attribution_inputs){0};
    whosaid_status status = WHOSAID_OK;
    for (size_t i = 0; status == WHOSAID_OK && i < o->path_count; i++) {
        status = corpus_load(&o->paths[i], 1, &out->corpora[i], err);
        if (status != WHOSAID_OK) break;
        out->sources[i] = (training_source){out->corpora[i], o->weights[i], o->held_out[i]};
        out->count++;
    }
    if (status == WHOSAID_OK && o->test) status = corpus_load(&o->test, 1, &out->test, err);
    models_path shipped;
    const char *folder = models_choose(o->tagger, "--tagger", "tagger", &shipped, err);
    if (status == WHOSAID_OK) status = folder ? tagger_open(folder, &out->tagger, err) : WHOSAID_IO;
    if (status != WHOSAID_OK) attribution_inputs_free(out);
    return status;
}

void attribution_inputs_free(attribution_inputs *inputs) {
    for (size_t i = 0; i < inputs->count; i++)
        corpus_free(inputs->corpora[i]);
    corpus_free(inputs->test);
    tagger_close(inputs->tagger);
    *inputs = (attribution_inputs){0};
}
