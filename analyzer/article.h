/* article.h: the one record that travels through the pipeline. read/ makes it; each step reads
 * what came before and adds its own part:
 *
 *   read       id, date, outlet, title, text, body
 *   segment    paragraphs, sentences, tokens, quotations
 *   tag        token.part_of_speech, names
 *   attribute  attributions: cue, sources, contents, type, kind, score
 *   identify   attribution.speaker, attribution.anonymity
 *   stance     attribution.stances
 *
 * Everything an article points to lives in its arena or (target names, labels) in the analyzer.
 * Offsets are bytes of `text`, which is valid UTF-8 of at most ARTICLE_TEXT_MAX bytes; writers
 * turn them into code points. An article belongs to one thread at a time. */
#ifndef ARTICLE_H
#define ARTICLE_H

#include "base/arena.h"
#include "base/text_view.h"
#include "whosaid.h"

/* A newspaper article has some thousand bytes, a day of parliament some million. What is longer is
 * no article, and would take more memory than a machine should spend on one: some hundred bytes a
 * byte of text. */
#define ARTICLE_TEXT_MAX ((size_t)16 << 20)

/* The same text has some three million tokens when it is prose. What has more is quotation marks or
 * digits without end, and each takes some 350 bytes of memory. */
enum { ARTICLE_TOKENS_MAX = 4 << 20 };

/* Half-open range of token indices. Empty when first == end. */
typedef struct token_range {
    uint32_t first, end;
} token_range;

/* Penn Treebank tags, as they are written in models and tests. */
// clang-format off
#define PART_OF_SPEECH_LIST(X)                                                                   \
    X(NONE, "") X(CC, "CC") X(CD, "CD") X(DT, "DT") X(EX, "EX") X(FW, "FW") X(IN, "IN")          \
    X(JJ, "JJ") X(JJR, "JJR") X(JJS, "JJS") X(LS, "LS") X(MD, "MD") X(NN, "NN") X(NNS, "NNS")    \
    X(NNP, "NNP") X(NNPS, "NNPS") X(PDT, "PDT") X(POS, "POS") X(PRP, "PRP") X(PRPS, "PRP$")      \
    X(RB, "RB") X(RBR, "RBR") X(RBS, "RBS") X(RP, "RP") X(SYM, "SYM") X(TO, "TO") X(UH, "UH")    \
    X(VB, "VB") X(VBD, "VBD") X(VBG, "VBG") X(VBN, "VBN") X(VBP, "VBP") X(VBZ, "VBZ")            \
    X(WDT, "WDT") X(WP, "WP") X(WPS, "WP$") X(WRB, "WRB") X(COMMA, ",") X(STOP, ".")             \
    X(COLON, ":") X(LEFT_BRACKET, "-LRB-") X(RIGHT_BRACKET, "-RRB-") X(OPEN_QUOTE, "``")         \
    X(CLOSE_QUOTE, "''") X(DOLLAR, "$") X(HASH, "#")
// clang-format on

typedef enum part_of_speech {
#define PART_OF_SPEECH_ENUM(name, text) POS_##name,
    PART_OF_SPEECH_LIST(PART_OF_SPEECH_ENUM)
#undef PART_OF_SPEECH_ENUM
        PART_OF_SPEECH_COUNT
} part_of_speech;

typedef enum name_class {
    NAME_NONE,
    NAME_PERSON,
    NAME_LOCATION,
    NAME_ORGANIZATION,
    NAME_MISC,
    NAME_CLASS_COUNT
} name_class;

typedef enum quote_mark {
    QUOTE_MARK_NONE, /* not a quotation mark (apostrophes, inch marks too) */
    QUOTE_MARK_OPEN, /* opens a quotation */
    QUOTE_MARK_CLOSE /* closes one */
} quote_mark;

typedef struct token {
    span bytes;
    uint32_t sentence;  /* index into sentences */
    uint32_t paragraph; /* index into paragraphs */
    uint8_t quote_mark; /* a quote_mark; also set for inner quotations */
    uint8_t
        quote_depth; /* 0 outside quotations; the marks themselves count as inside. At most 255 */
    uint8_t part_of_speech; /* a part_of_speech; POS_NONE before tag/ */
    uint8_t name_class;     /* a name_class; NAME_NONE before tag/ */
} token;

typedef struct sentence {
    token_range tokens; /* never empty */
    uint32_t paragraph;
} sentence;

typedef struct paragraph {
    token_range tokens; /* never empty */
    uint32_t first_sentence, sentence_end;
    bool continues_quotation; /* opened in an earlier paragraph that left its quotation unclosed */
} paragraph;

/* One quotation, outer or inner, in the order of its opening mark. */
typedef struct quotation {
    token_range tokens; /* with both marks; to the end of the paragraph when not closed */
    uint8_t depth;      /* 1 for an outer quotation */
    bool closed;
    /* Index of the quotation in the next paragraph that continues this one (each paragraph of a
     * long quotation is opened anew and only the last is closed), or UINT32_MAX. */
    uint32_t continued_by;
} quotation;

/* A proper name, as a maximal range of tokens of one class. */
typedef struct name {
    token_range tokens;
    name_class class;
} name;

typedef enum quote_type { QUOTE_DIRECT, QUOTE_INDIRECT, QUOTE_MIXED } quote_type;
typedef enum statement_kind { KIND_SPEECH, KIND_ATTITUDE } statement_kind;
typedef enum anonymity_grade {
    ANONYMITY_NAMED,
    ANONYMITY_ANONYMOUS,
    ANONYMITY_GROUP,
    ANONYMITY_INSTITUTION,
    ANONYMITY_UNATTRIBUTED
} anonymity_grade;

typedef struct token_ranges {
    token_range *items;
    size_t count;
} token_ranges;

/* The same in bytes of the text, where there are no tokens: of annotations, and for stance. */
typedef struct span_list {
    span *items;
    size_t count;
} span_list;

typedef struct speaker {
    text_view name; /* canonical name or identifying description; empty when there is none */
    text_view role; /* title or affiliation that the article gives; may be empty */
    float score;    /* probability that the speaker is right, 0 to 1 */
} speaker;

typedef struct anonymity {
    anonymity_grade grade;
    float score;       /* 0 (fully on the record) to 1 (no way to identify the source) */
    text_view reason;  /* the article's words, white space folded; empty when none is stated */
    span reason_bytes; /* where they stand; begin == end when none */
} anonymity;

/* The stance of one attribution toward one target. label indexes the target's labels;
 * STANCE_UNDECIDED when no label reaches the threshold. */
#define STANCE_UNDECIDED UINT32_MAX

/* A place in the text that speaks for the best label, or with a negative weight against it. */
typedef struct stance_evidence {
    span bytes;
    float weight;
} stance_evidence;

typedef struct stance {
    uint32_t target;     /* index into the analyzer's targets */
    uint32_t best_label; /* the label of the largest margin, whatever the threshold */
    uint32_t label;      /* best_label or STANCE_UNDECIDED */
    const float *scores; /* [label count of the target] probabilities, sum 1 */
    text_view why;       /* the words that decided, for a reader; empty unless asked for */
    const stance_evidence *evidence; /* where those words stand, weightiest first; as `why` */
    size_t evidence_count;
} stance;

typedef struct attribution {
    token_ranges cues;     /* in the order of the text; may be empty */
    token_ranges sources;  /* may be empty */
    token_ranges contents; /* never empty in what attribute/ makes */
    quote_type type;
    statement_kind kind;
    float score; /* probability that this attribution is right, 0 to 1 */
    speaker speaker;
    anonymity anonymity;
    stance *stances; /* one a configured target */
    size_t stance_count;
} attribution;

typedef struct article {
    arena *arena; /* owned by the batch, not by the article */
    text_view id, date, outlet, title;
    text_view text; /* the article's own text; for a text file all of its characters */
    /* The id of an earlier article of the run with the same text; empty when there is none. */
    text_view duplicate_of;
    span body; /* the part of text that is prose: behind the metadata line and dateline */

    paragraph *paragraphs;
    size_t paragraph_count;
    sentence *sentences;
    size_t sentence_count;
    token *tokens;
    size_t token_count;
    uint64_t *token_hashes; /* [token_count] of the tokens' texts: what words are kept by */
    quotation *quotations;
    size_t quotation_count;

    name *names; /* in the order of the text, not overlapping */
    size_t name_count;

    attribution *attributions; /* in the order of their first content token */
    size_t attribution_count;
} article;

/* The text of a token or of a range of tokens (from its first byte to its last). */
static inline text_view token_text(const article *a, uint32_t index) {
    span s = a->tokens[index].bytes;
    return view_slice(a->text, s.begin, s.end);
}

static inline span range_bytes(const article *a, token_range range) {
    return (span){a->tokens[range.first].bytes.begin, a->tokens[range.end - 1].bytes.end};
}

static inline text_view range_text(const article *a, token_range range) {
    span s = range_bytes(a, range);
    return view_slice(a->text, s.begin, s.end);
}

static inline bool range_contains(token_range range, uint32_t token_index) {
    return token_index >= range.first && token_index < range.end;
}

static inline bool ranges_overlap(token_range a, token_range b) {
    return a.first < b.end && b.first < a.end;
}

/* The names used in reports and corpora: "direct", "speech", "anonymous", "NNP", "PERSON".
 * Static storage. The *_parse functions return false for an unknown word. */
const char *quote_type_name(quote_type type);
const char *statement_kind_name(statement_kind kind);
const char *anonymity_grade_name(anonymity_grade grade);
const char *part_of_speech_name(part_of_speech pos);
const char *name_class_name(name_class class);
bool statement_kind_parse(text_view text, statement_kind *out);
bool anonymity_grade_parse(text_view text, anonymity_grade *out);
bool part_of_speech_parse(text_view text, part_of_speech *out);
bool name_class_parse(text_view text, name_class *out);

#endif
