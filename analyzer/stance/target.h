/* target.h: a question that statements take sides on: its labels, and the words that mark text as
 * being about it. A target file is JSON:
 *
 *   {"format": "whosaid-target", "version": 1,
 *    "name": "night-trains", "question": "Should the city run trains all night?",
 *    "labels": ["favor", "against", "neutral"],        two poles at least; "unrelated" is added
 *    "threshold": 0.6,                                 below it a stance is "undecided"
 *    "phrases":  {"train": ["night train*", ...]},     wording of the target itself
 *    "lexicon":  {"ask": ["call* for", ...], ...},     what is said about it, by class
 *    "speakers": {"council": ["city council", ...]}}   who speaks, by class
 *
 * "pronoun": "he" or "she" where the target is a person: its pronouns then count as its wording.
 * Phrases follow phrases.h. `lexicon` and `speakers` may be absent; "unrelated": false leaves that
 * label out (targets that nobody configured, from corpora without it). */
#ifndef STANCE_TARGET_H
#define STANCE_TARGET_H

#include "stance/phrases.h"

#define TARGET_DEFAULT_THRESHOLD 0.6
#define TARGET_MAX_LABELS 16
#define TARGET_MAX_CLASSES 96
#define TARGET_UNRELATED "unrelated"
#define TARGET_FILE_NAME "target.json"

typedef enum phrase_kind {
    PHRASE_TARGET,   /* wording of the target */
    PHRASE_QUESTION, /* the question's own lexicon */
    PHRASE_SPEAKER,  /* who speaks */
    PHRASE_GENERAL,  /* the general stance lexicon, the same for every target */
    PHRASE_KIND_COUNT
} phrase_kind;

struct lexicon; /* identify/lexicon.h */

typedef enum pronoun_set { PRONOUN_NONE, PRONOUN_HE, PRONOUN_SHE } pronoun_set;

typedef struct target_class {
    phrase_kind kind;
    name_part name, marker; /* "weapon", "<weapon>" */
} target_class;

typedef struct target {
    arena *arena; /* owns everything below */
    text_view name, question;
    text_view *labels; /* "unrelated" last where the target has it */
    size_t label_count;
    double threshold;
    pronoun_set pronoun;
    struct lexicon *given_names; /* owned; NULL where the target has no pronoun */
    target_class *classes;       /* index = the matcher's class; ordered by kind */
    size_t class_count;
    size_t phrase_counts[PHRASE_KIND_COUNT];
    size_t first_class[PHRASE_KIND_COUNT + 1]; /* of each kind; the last is class_count */
    phrase_matcher *matcher;
    text_view json; /* the target as a file, to be kept with a model */
} target;

/* Reads a target file. Errors: IO, SYNTAX (what is wrong and where), LIMIT, NO_MEMORY. */
WHOSAID_CHECK whosaid_status target_load(const char *path, target **out, whosaid_error *err);

/* Reads the text of a target file; `where` names it in errors. */
WHOSAID_CHECK whosaid_status target_parse(text_view json, const char *where, target **out,
                                          whosaid_error *err);

/* A target that nobody configured: labels come from a corpus, the words of its name mark it
 * ("Ana Ruiz": the full name and "Ruiz"). */
WHOSAID_CHECK whosaid_status target_from_name(text_view name, const text_view *labels,
                                              size_t label_count, target **out, whosaid_error *err);

/* Looks for a target file beside corpora: TARGET_FILE_NAME in each path that is a folder, and in
 * the folder that holds the path. name: the target that is wanted; empty: any. *out is NULL when
 * there is none. Errors: as target_load, for a file that is there and not sound. */
WHOSAID_CHECK whosaid_status target_find(const char *const *paths, size_t path_count,
                                         text_view name, target **out, whosaid_error *err);

void target_free(target *target);

/* Index of a label, or label_count when the target does not have it. */
size_t target_label(const target *target, text_view label);

/* A name that is safe as the name of a folder: 1 to 64 ASCII letters, digits, '-' and '_'. */
bool target_name_is_plain(text_view name);

#endif
