/* stance_options.h: what the stance commands share: which corpora, which target, which features. */
#ifndef CLI_STANCE_OPTIONS_H
#define CLI_STANCE_OPTIONS_H

#include "stance/examples.h"
#include "stance/trainer.h"

#include <argp.h>

typedef struct stance_options {
    const char **corpora; /* [corpus_count] */
    size_t corpus_count;
    const char *target;      /* NULL: what the corpora hold */
    const char *target_file; /* NULL: looked for beside the corpora */
    bool joint, flat_labels, alone, mix_speakers, quiet;
    double cost; /* 0: searched */
    size_t minimum_count;
    uint64_t seed;
    double company;              /* below 0: unchanged */
    double weights[GROUP_COUNT]; /* changes of the default weights; below 0: unchanged */
} stance_options;

/* A parser to be a child of a command's own; its input is a stance_options. */
extern const struct argp stance_options_parser;

/* Room for as many corpora as there are words. False when memory is out. */
bool stance_options_init(stance_options *options, int argc);
void stance_options_free(stance_options *options);

feature_settings stance_options_settings(const stance_options *options, const target *target);
trainer_options stance_options_training(const stance_options *options);

/* What to work on: the named target, else the configured one beside the corpora, else every target
 * of the corpus. Names live in the arena. */
typedef struct target_names {
    text_view *items;
    size_t count;
} target_names;

WHOSAID_CHECK whosaid_status stance_options_targets(const stance_options *options,
                                                    const corpus *corpus, arena *arena,
                                                    target_names *out, whosaid_error *err);

/* A target: configured beside the corpora (or in the named file), else made from the labels of the
 * corpus. The caller frees it. */
WHOSAID_CHECK whosaid_status stance_options_open(const stance_options *options,
                                                 const corpus *corpus, text_view name, target **out,
                                                 whosaid_error *err);

/* The corpus's other targets that have the same labels as `own`, where both come from the corpus:
 * what is said of them is learned from too. The list lives in the arena; its targets are the
 * caller's to free, also after an error. */
typedef struct target_list {
    target **items;
    size_t count;
} target_list;

WHOSAID_CHECK whosaid_status stance_options_related(const stance_options *options,
                                                    const corpus *corpus, const target *own,
                                                    arena *arena, target_list *out,
                                                    whosaid_error *err);
void target_list_free(const target_list *list);

#endif
