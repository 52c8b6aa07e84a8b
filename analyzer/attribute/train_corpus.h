/* train_corpus.h: annotated articles made ready for training: segmented, tagged, with gold spans
 * as token ranges, and with the word tables learned from them. */
#ifndef ATTRIBUTE_TRAIN_CORPUS_H
#define ATTRIBUTE_TRAIN_CORPUS_H

#include "attribute/frame.h"
#include "corpus/annotated_article.h"
#include "tag/tagger.h"

enum { TRAIN_FOLDS = 5 };

typedef struct gold_attribution {
    token_ranges cues, sources, contents;
} gold_attribution;

typedef struct training_article {
    article article;
    article_frame frame;
    gold_attribution *gold;
    size_t gold_count;
    uint8_t *cue_labels; /* [token_count] 0 outside, 1 begins, 2 goes on */
    uint8_t *in_source;  /* [token_count] */
    unsigned fold;       /* below TRAIN_FOLDS */
    unsigned weight;     /* how many times its sequences are shown */
} training_article;

typedef struct training_set {
    arena *memory;
    training_article *articles;
    size_t count;
    word_tables tables; /* made from these articles; lives in memory */
} training_set;

/* Segments and tags one annotated article and turns its spans into token ranges. Attributions
 * without a cue or without content are left out. The texts stay borrowed from `source`, all else
 * lives in `memory`. names: NULL leaves the tokens untagged. Error: NO_MEMORY. */
WHOSAID_CHECK whosaid_status training_article_prepare(const annotated_article *source,
                                                      const tagger *names, arena *memory,
                                                      training_article *out, whosaid_error *err);

/* Learns set->tables from the articles (WordNet from `wordnet_folder`) and builds the frames, with
 * each article's own counts left out of its rates. Errors: IO, SYNTAX, NO_MEMORY. */
WHOSAID_CHECK whosaid_status training_set_learn_words(training_set *set, const char *wordnet_folder,
                                                      unsigned threads, whosaid_error *err);

#endif
