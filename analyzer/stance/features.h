/* features.h: what a stance model sees of a statement: sparse groups of binary features, each group
 * scaled to unit length on its own (or all together), the whole to unit length.
 *
 * The groups and what they are good for are measured in models/README.md. Everything is computed
 * from words and byte spans, so it needs no tagger. */
#ifndef STANCE_FEATURES_H
#define STANCE_FEATURES_H

#include "article.h"
#include "base/hash.h"
#include "stance/target.h"

/* Counts up whenever the same text would give other features: older models are then refused. */
#define STANCE_FEATURE_VERSION 2

/* See feature_settings.company; with a question lexicon, and without. */
#define FEATURE_COMPANY_WITH 0.2
#define FEATURE_COMPANY_WITHOUT 0.0

/* name (as in files and options), weight in the kernel with a question lexicon, and without.
 * A weight of 0 leaves the group out. */
// clang-format off
#define FEATURE_GROUP_LIST(X)                                                                      \
    X(WORDS, "words", 1.0, 0.5)           /* words 1-2 of the content, target wording masked */    \
    X(PLAIN, "plain", 0.0, 0.0)           /* words 1-2 unmasked: the words-only baseline */        \
    X(CHARACTERS, "characters", 0.5, 0.5) /* 3-5 characters inside the content's words */          \
    X(QUESTION, "question", 0.2, 0.2)     /* question lexicon over content and cue */              \
    X(SENTENCE, "sentence", 0.2, 0.2)     /* question lexicon over the own sentences */            \
    X(PAIRS, "pairs", 0.0, 0.0)           /* ordered pairs of question classes */                  \
    X(GENERAL, "general", 0.3, 0.4)       /* general lexicon over content and cue */               \
    X(TARGET, "target", 0.2, 0.2)         /* presence, neighbours and sides of the target */       \
    X(SIDES, "sides", 0.0, 1.0)           /* words by the side of the target they stand on */      \
    X(CUE, "cue", 0.3, 0.3)               /* words of the cue */                                   \
    X(SOURCE, "source", 0.4, 0.8)         /* words and classes of the source */                    \
    X(SPEAKER, "speaker", 0.0, 0.0)       /* who the speaker is: off, it memorises people */
// clang-format on

typedef enum feature_group {
#define FEATURE_GROUP_ENUM(id, name, with, without) GROUP_##id,
    FEATURE_GROUP_LIST(FEATURE_GROUP_ENUM)
#undef FEATURE_GROUP_ENUM
        GROUP_COUNT
} feature_group;

enum { FEATURE_NAME_BYTES = 255 }; /* longer names are cut */

typedef enum feature_scaling {
    SCALING_GROUP, /* each group to unit length, times the root of its weight */
    SCALING_JOINT  /* all features alike */
} feature_scaling;

typedef struct feature_settings {
    feature_scaling scaling;
    double weights[GROUP_COUNT];
    double company; /* weight of the speaker's other statements, see company.h; not in training */
} feature_settings;

/* The weights above; has_lexicon: whether the target has a question lexicon. */
feature_settings feature_settings_default(bool has_lexicon);
const char *feature_group_name(feature_group group);
/* GROUP_COUNT when there is no such group. */
feature_group feature_group_find(text_view name);

/* An article prepared for one target: its words and what was found among them. */
typedef struct feature_text {
    const target *target;
    text_view text;
    const span *sentences; /* borrowed */
    size_t sentence_count;
    word_list words;
    word_index index; /* of the words */
    phrase_hits hits[PHRASE_KIND_COUNT];
    phrase_hits mentions;       /* target phrases that do not overlap: what is masked */
    uint8_t *negation_distance; /* [word]: words since a negator of the same clause, or 0 */
    uint32_t *clause;           /* [word]: number of its clause */
} feature_text;

/* Prepares a text. sentences: byte spans in the order of the text, borrowed like text and target
 * as long as *out is used; the rest lives in the arena. wanted[sentence]: whether features of
 * statements that touch it, and perhaps others that are wanted, will be asked for; NULL: all.
 * Linear. Errors: NO_MEMORY. */
WHOSAID_CHECK whosaid_status feature_text_prepare(const target *target, text_view text,
                                                  const span *sentences, size_t sentence_count,
                                                  const bool *wanted, arena *arena,
                                                  feature_text *out, whosaid_error *err);

/* A statement in a prepared text, by byte spans. */
typedef struct statement {
    span_list cues, sources, contents;
    span_list mentions;     /* where the target stands; when empty its phrases are searched */
    text_view speaker_name; /* as resolved, may be empty */
    text_view speaker_role;
} statement;

/* One feature: `name` within its group, and the words that show it (for explanations). */
typedef struct feature {
    uint64_t key; /* of group and name */
    text_view name;
    feature_group group;
    word_range evidence;
} feature;

typedef struct feature_list {
    feature *items; /* distinct keys */
    size_t count;
    size_t group_sizes[GROUP_COUNT];
} feature_list;

/* The features of a statement in groups whose weight is not 0. Lives in the arena.
 * Errors: NO_MEMORY. */
WHOSAID_CHECK whosaid_status feature_list_extract(const feature_text *text,
                                                  const statement *statement,
                                                  const feature_settings *settings, arena *arena,
                                                  feature_list *out, whosaid_error *err);

/* Takes the features of a statement one by one where their names do not matter. They repeat. */
typedef struct feature_sink {
    void (*take)(void *context, feature_group group, uint64_t key);
    /* Takes the feature that a word by itself is, of FEATURE_NAME_BYTES at most. */
    void (*take_word)(void *context, feature_group group, const word *word);
    /* Hears of words whose characters it will take soon. */
    void (*expect_words)(void *context, feature_group group, const word *words, size_t count);
    /* Takes the features that the characters of words are; marks are passed by. */
    void (*take_characters)(void *context, feature_group group, const word *words, size_t count);
    void *context;
} feature_sink;

/* As feature_list_extract, into a sink. */
WHOSAID_CHECK whosaid_status feature_stream(const feature_text *text, const statement *statement,
                                            const feature_settings *settings,
                                            const feature_sink *sink, arena *arena,
                                            whosaid_error *err);

/* The value that every feature of a group has in this statement: the vector has unit length when
 * all of its features count, also those that a model does not know. */
void feature_values(const size_t group_sizes[GROUP_COUNT], const feature_settings *settings,
                    double values[GROUP_COUNT]);

/* As many as a word may show: its bytes and two blanks, three lengths. */
enum { CHARACTERS_MAX = 3 * 255 };

/* The names of the features that a word's characters are; they repeat. Returns their number; they
 * are borrowed from `padded`. */
size_t feature_characters(text_view word, char padded[FEATURE_NAME_BYTES],
                          name_part names[CHARACTERS_MAX]);

/* Of a group and a name; never 0. */
static inline uint64_t feature_key(feature_group group, name_hash title) {
    /* The values of short names are small numbers: the group is spread over all bits. */
    uint64_t key = hash_mix(title.value, hash_mix((uint64_t)group, ~(uint64_t)0));
    return key ? key : 1;
}

#endif
