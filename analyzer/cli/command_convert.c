/* whosaid convert: annotated articles from one format to another. */
#include "base/error.h"
#include "cli/command.h"
#include "cli/message.h"
#include "corpus/convert.h"
#include "report/output_file.h"
#include "stance/feature_export.h"

#include <argp.h>
#include <stdlib.h>
#include <string.h>

enum { OPTION_FROM = 256, OPTION_TO, OPTION_TEXTS, OPTION_MODEL };

static const struct argp_option options[] = {
    {"from", OPTION_FROM, "FORMAT", 0, "Format of the input. Default: by each file's suffix", 0},
    {"to", OPTION_TO, "FORMAT", 0, "Format of the output. Default: by the suffix of OUT", 0},
    {"output", 'o', "OUT", 0,
     "Write to the file or folder OUT. Default: standard output, for json, jsonl and csv", 0},
    {"texts", OPTION_TEXTS, "FOLDER", 0,
     "Where the articles' texts lie as NAME.txt: for csv without a column \"text\", and for brat's "
     ".ann files when the texts do not lie beside them",
     0},
    {"model", OPTION_MODEL, "FOLDER", 0,
     "libsvm: the stance model whose target, features and labels are written, such as "
     "models/stance/long-range-strikes",
     0},
    {"quiet", 'q', NULL, 0, "Tell failures only", 0},
    {0}};

static const char about[] =
    "Converts annotated articles from one format to another.\v"
    "Formats:\n"
    "  json    a list of annotated articles, or one; Citron's files too\n"
    "  jsonl   one annotated article a line\n"
    "  marked  inline markup, one article a file\n"
    "  brat    brat standoff, NAME.txt and NAME.ann for each article\n"
    "  csv     one statement and target a row, with the report's columns\n"
    "  libsvm  output only: the features of a stance model, one labelled statement a line, for "
    "svm-predict and svm-train\n\n"
    "IN is a file or a folder, which is searched recursively; .gz files are read as they are. "
    "From JSON to JSON, unknown fields are kept. marked (of several articles) and brat are "
    "written into the folder OUT.\n\n"
    "Exit status: 0 everything converted; 1 wrong usage; 2 some articles could not be read or "
    "written: each is named on standard error and the rest is converted; 3 nothing was.";

typedef struct convert_arguments {
    const char **paths; /* [path_count] */
    size_t path_count;
    const char *output;
    corpus_format to;
    bool to_libsvm;
    const char *model; /* of libsvm's features */
    corpus_open_options open;
    bool quiet;
} convert_arguments;

static corpus_format parse_format(const char *format_word, struct argp_state *state) {
    corpus_format format = CORPUS_FORMAT_BY_SUFFIX;
    if (!corpus_format_parse(view_of(format_word), &format))
        argp_error(state,
                   "no format is called `%s' (there are json, jsonl, marked, brat, csv, and libsvm "
                   "for output)",
                   format_word);
    return format;
}

static void parse_output_format(convert_arguments *a, const char *format_word,
                                struct argp_state *state) {
    a->to_libsvm = strcmp(format_word, "libsvm") == 0;
    if (!a->to_libsvm) a->to = parse_format(format_word, state);
}

static void complete(convert_arguments *a, struct argp_state *state) {
    if (a->path_count == 0) argp_error(state, "no input given");
    if (a->to_libsvm != (a->model != NULL))
        argp_error(state, "--to libsvm and --model FOLDER belong together");
    if (a->to_libsvm) return;
    if (a->to == CORPUS_FORMAT_BY_SUFFIX && a->output)
        a->to = corpus_format_of_path(view_of(a->output));
    if (a->to == CORPUS_FORMAT_BY_SUFFIX) argp_error(state, "name the output's format with --to");
    if (a->to == CORPUS_FORMAT_BRAT && !a->output)
        argp_error(state, "brat is written into a folder: name it with -o");
}

static error_t parse_option(int key, char *argument, struct argp_state *state) {
    convert_arguments *a = state->input;
    switch (key) {
    case OPTION_FROM: a->open.format = parse_format(argument, state); return 0;
    case OPTION_TO: parse_output_format(a, argument, state); return 0;
    case OPTION_MODEL: a->model = argument; return 0;
    case OPTION_TEXTS: a->open.texts = argument; return 0;
    case 'o': a->output = command_output(argument); return 0;
    case 'q': a->quiet = true; return 0;
    case ARGP_KEY_ARG: a->paths[a->path_count++] = argument; return 0;
    case ARGP_KEY_END: complete(a, state); return 0;
    default: return ARGP_ERR_UNKNOWN;
    }
}

static whosaid_status on_piece(void *context, text_view piece, whosaid_error *err) {
    return output_file_write(context, piece, err);
}

/* The features of the labelled statements; none is a failure. */
static whosaid_status write_features(const convert_arguments *a, const corpus *c, output_file *out,
                                     whosaid_error *err) {
    stance_model *model;
    size_t count = 0;
    whosaid_status status = stance_model_load(a->model, &model, err);
    if (status != WHOSAID_OK) return status;
    status = feature_export(model, c, on_piece, out, &count, err);
    if (status == WHOSAID_OK && count == 0)
        status = error_set(err, WHOSAID_SYNTAX, a->model, 0,
                           "no statement has a stance toward the model's target \"%.*s\"",
                           (int)model->target->name.len, model->target->name.ptr);
    stance_model_free(model);
    return status;
}

static whosaid_status write_stream(const convert_arguments *a, const corpus *c,
                                   whosaid_error *err) {
    output_file out;
    whosaid_status status = output_file_open(&out, a->output, err);
    if (status == WHOSAID_OK)
        status = a->to_libsvm ? write_features(a, c, &out, err)
                              : corpus_write(c, a->to, on_piece, &out, err);
    whosaid_status closed = output_file_close(&out, status == WHOSAID_OK, err);
    return status == WHOSAID_OK ? closed : status;
}

/* Markup of one article goes into a file that is called so; else into a folder. */
static bool wants_folder(const convert_arguments *a) {
    if (a->to_libsvm) return false;
    if (a->to == CORPUS_FORMAT_BRAT) return true;
    return a->to == CORPUS_FORMAT_MARKED && a->output &&
           corpus_format_of_path(view_of(a->output)) != CORPUS_FORMAT_MARKED;
}

static void tell_faults(const corpus *c) {
    const corpus_fault_list *faults = corpus_faults(c);
    for (size_t i = 0; i < faults->count; i++) {
        const corpus_fault *f = &faults->items[i];
        if (f->line > 0)
            message("%s:%zu: %s", f->where.ptr, f->line, f->text.ptr);
        else
            message("%s: %s", f->where.ptr, f->text.ptr);
    }
}

static void tell_loss(const char *what, size_t articles) {
    if (articles)
        message("left out, since the format has no place for it: %s (%zu article%s)", what,
                articles, plural(articles));
}

static void tell_losses(const convert_arguments *a, const corpus *c) {
    if (a->quiet || a->to_libsvm) return;
    corpus_losses lost = corpus_losses_of(c, a->to);
    tell_loss("title", lost.titles);
    tell_loss("date", lost.dates);
    tell_loss("outlet", lost.outlets);
    tell_loss("note", lost.notes);
    tell_loss("everything, being without quotes", lost.articles);
}

static int convert(const convert_arguments *a) {
    corpus *c;
    whosaid_error err = {0};
    whosaid_status status = corpus_open(a->paths, a->path_count, &a->open, &c, &err);
    if (status == WHOSAID_OK && corpus_size(c) > 0)
        status = wants_folder(a) ? corpus_write_folder(c, a->to, a->output, &err)
                                 : write_stream(a, c, &err);
    int result = EXIT_NOTHING_DONE;
    if (status == WHOSAID_OK) {
        tell_faults(c);
        tell_losses(a, c);
        if (corpus_size(c) > 0)
            result = corpus_faults(c)->count > 0 ? EXIT_SOME_UNREADABLE : EXIT_ALL_DONE;
        else if (corpus_faults(c)->count == 0)
            message("no annotated articles found");
        if (!a->quiet && a->output && result == EXIT_ALL_DONE)
            message("%zu article%s: %s", corpus_size(c), plural(corpus_size(c)), a->output);
    } else if (status == WHOSAID_CANCELLED) {
        result = EXIT_ALL_DONE; /* whoever read the stream has seen enough */
    } else {
        message_error(&err);
        if (status == WHOSAID_USAGE) result = EXIT_WRONG_USAGE;
    }
    corpus_free(c);
    return result;
}

int command_convert(int argc, char **argv) {
    static const struct argp parser = {options, parse_option, "IN...", about, NULL, NULL, NULL};
    convert_arguments a = {.open = {.keep_unknown = true, .collect_faults = true}};
    a.paths = calloc((size_t)argc, sizeof *a.paths); /* not more than there are words */
    if (!a.paths) {
        message("out of memory");
        return EXIT_NOTHING_DONE;
    }
    command_parse(&parser, argc, argv, &a);
    int result = convert(&a);
    free(a.paths);
    return result;
}
