/* frame.h: an article's tokens as the attribution models see them: the facts of each word, its
 * shape and affixes, quotation marks around it, and its place in sentence and paragraph. Computed
 * once an article; lives in the article's arena. Words in the names of persons are masked: no
 * feature knows who somebody is. */
#ifndef ATTRIBUTE_FRAME_H
#define ATTRIBUTE_FRAME_H

#include "article.h"
#include "attribute/word_facts.h"

/* Tokens of padding before the first and behind the last, so that neighbours need no checks. */
enum { FRAME_PADDING = 4, FRAME_DISTANCE_MAX = 99 };

typedef struct frame_token {
    word_facts facts;
    uint32_t suffix2, suffix3; /* the bytes themselves */
    uint32_t shape;            /* runs of upper, lower, digit, other; at most 6 runs of 4 bits */
    uint8_t part_of_speech, name_class;
    uint8_t quoted;                    /* inside quotation marks, the marks themselves too */
    uint8_t mark;                      /* a quote_mark */
    uint8_t since_mark, until_mark;    /* tokens to the last and next mark of the paragraph */
    uint8_t strong_left, strong_right; /* reporting words of the sentence on each side, to 2 */
    uint8_t is_verb, is_noun;          /* may be one: WordNet's verb and noun classes count */
    uint8_t masked;                    /* part of a person's name */
    uint8_t new_line;                  /* first of a line that looks like a unit of its own */
    uint8_t passes;                    /* what a reader passes here, bits of frame_passes */
    uint16_t place; /* tells apart all of: quoted, marks here and on both sides, whether a new line
                       begins behind, first and last of the sentence */
    uint32_t sentence, paragraph;
} frame_token;

/* What tells a token from others by what stands between: commas, "that", words that link clauses,
 * quotation marks, finite verbs, words that open a clause. */
enum frame_passes {
    FRAME_COMMA = 1,
    FRAME_THAT = 2,
    FRAME_LINK = 4,
    FRAME_MARK = 8,
    FRAME_VERB = 16,
    FRAME_OPENER = 32
};

typedef struct frame_sentence {
    uint32_t first, end; /* tokens */
    uint32_t paragraph;
    uint8_t quotation;    /* 0 no token quoted, 1 all, 2 some; +3 when the paragraph before was
                             left open */
    uint8_t in_paragraph; /* 0 first sentence, 1 second, 2 later */
} frame_sentence;

typedef struct article_frame {
    frame_token *tokens; /* [-FRAME_PADDING .. token_count + FRAME_PADDING) */
    uint32_t token_count;
    frame_sentence *sentences; /* [-1 .. sentence_count] */
    uint32_t sentence_count;
    const paragraph *paragraphs; /* the article's */
    bool *all_quoted;            /* [paragraph_count] nothing stands outside quotation marks */
    uint32_t paragraph_count;
} article_frame;

/* Builds the frame of an article that is segmented and tagged. Error: NO_MEMORY. */
WHOSAID_CHECK whosaid_status frame_build(const word_tables *tables, const article *article,
                                         article_frame *out, whosaid_error *err);

/* Computes what depends on rates (strong_left, strong_right) anew. frame_build did so already;
 * training calls it after it has put its own rates into the facts. */
void frame_count_strong(article_frame *frame);

/* Sets the suffixes from the word's last bytes (word_ending). */
void frame_token_set_ending(frame_token *token, uint32_t ending);

/* The last bytes of a normalized word, at most 4; the last one in the highest byte. */
uint32_t word_ending(text_view normalized);

/* Bins for distances: 0 to 3, then 5, 8, 13, 21, 34 and 99 as upper ends. */
enum { FRAME_BINNED = 35 };
extern const uint8_t frame_bins[FRAME_BINNED];
static inline unsigned frame_bin(unsigned distance) {
    return distance < FRAME_BINNED ? frame_bins[distance] : FRAME_DISTANCE_MAX;
}

#endif
