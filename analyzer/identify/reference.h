/* reference.h: whom a pronoun, a description or a missing source means. A log-linear model ranks
 * the entities in question and the answer "none of them"; its features can be read here, its
 * weights beside the model. Method: mention ranking after Denis and Baldridge 2008. */
#ifndef IDENTIFY_REFERENCE_H
#define IDENTIFY_REFERENCE_H

#include "identify/scene.h"
#include "identify/source.h"

/* What can be true of a candidate. Names go into the readable weights file. */
// clang-format off
#define REFERENCE_FEATURE_LIST(X)                                                                  \
    /* where the candidate was mentioned last */                                                   \
    X(ONLY_LATER) X(SAME_SENTENCE) X(SENTENCE_BEFORE) X(TWO_SENTENCES_BEFORE) X(FEW_SENTENCES_BEFORE)            \
    X(MANY_SENTENCES_BEFORE) X(FAR_BEFORE) X(SAME_PARAGRAPH) X(PARAGRAPH_BEFORE)                   \
    X(NEAREST) X(SECOND_NEAREST) X(THIRD_NEAREST)                                                  \
    /* how */                                                                                      \
    X(LAST_WAS_SUBJECT) X(SUBJECT_HERE) X(SUBJECT_SENTENCE_BEFORE) X(BOTH_SUBJECTS) X(MAIN_SUBJECT_HERE) X(MAIN_SUBJECT_BEFORE)                \
    X(LAST_WAS_POSSESSIVE) X(LAST_WAS_MODIFIER) X(LAST_WAS_PRONOUN) X(LAST_WAS_QUOTED)             \
    X(LAST_OPENED_SENTENCE) X(IN_OWN_CONTENT) X(LAST_WAS_OWNER_PRONOUN)                            \
    /* what it said */                                                                             \
    X(LAST_SPEAKER) X(LAST_SPEAKER_IN_PARAGRAPH) X(LAST_SPEAKER_PARAGRAPH_BEFORE)                  \
    X(SPEAKER_BEFORE_LAST) X(SPOKE_BEFORE) X(SPEAKS_AROUND_INDIRECT) X(SPEAKS_AROUND_DIRECT)       \
    X(SPOKE_IN_SENTENCE) X(LAST_SPEAKER_OF_QUOTE) X(LAST_SPEAKER_OF_SPEECH)                                                                           \
    /* how much the article is about it */                                                         \
    X(MENTIONED_ONCE) X(MENTIONED_SOME) X(MENTIONED_OFTEN) X(MENTIONED_VERY_OFTEN)                 \
    X(MENTIONED_MOST) X(IN_FIRST_PARAGRAPH)                                                        \
    /* gender and number */                                                                        \
    X(GENDER_SHOWN) X(GENDER_BY_NAME) X(GENDER_OPEN) X(GENDER_AGAINST_NAME)                        \
    X(PRONOUN_BEFORE_AGREES) X(PRONOUN_BEFORE_DISAGREES) X(ONLY_ONE_AGREES)                        \
    X(NUMBER_AGREES) X(NUMBER_DISAGREES)                                                           \
    /* what it is */                                                                               \
    X(IS_PERSON) X(IS_BODY) X(IS_PLACE) X(IS_DESCRIBED_PERSON) X(IS_DESCRIBED_PEOPLE)              \
    X(IS_DESCRIBED_THING) X(IS_JOINT) X(IS_ACRONYM)                                                \
    /* who is named behind the reference, or in what it says, is hardly meant by it */             \
    X(NAMED_BEHIND) X(NAMED_IN_OWN_CONTENT)                                                        \
    /* how a description fits */                                                                   \
    X(HEAD_IN_ROLE) X(ALL_WORDS_IN_ROLE) X(SOME_WORDS_IN_ROLE) X(HEAD_NOT_IN_ROLE) X(NO_ROLE)      \
    X(SAME_HEAD) X(SAME_HEAD_AND_MORE) X(OTHER_HEAD) X(HEAD_IN_NAME) X(SAME_CLASS)                 \
    X(DEFINITE_HEAD_IN_ROLE) X(DEFINITE_NO_ROLE) X(INDEFINITE_PERSON) X(OWNED_PERSON)              \
    X(TRADE_IN_ROLE) X(TRADE_IN_ROLE_LATER) X(ONLY_TRADE_MATCH) X(PLACE_IN_ROLE) X(PLACE_NOT_IN_ROLE) \
    X(OFFICE_OF_SURNAME_ONLY)                                                                      \
    X(ONLY_SAME_HEAD) X(SAME_HEAD_SPOKE) X(PAIR_OF_TWO)                                            \
    X(DEFINITE_SAME_HEAD) X(INDEFINITE_SAME_HEAD) X(INDEFINITE_HEAD_IN_ROLE)                       \
    X(BODY_NOUN_ONLY_BODY) X(BODY_NOUN_BODY_CLOSE)                                                 \
    X(BODY_NOUN_NEAREST_BODY) X(BODY_NOUN_SUBJECT_BODY) X(OUTLET_NOUN_OUTLET)                     \
    X(PERSON_NOUN_NEAREST_PERSON) X(OWNED_OWNER) X(GENDER_NOUN_PERSON)                            \
    X(DEFINITE_LAST_SPEAKER) X(DEFINITE_RECENT_BODY) X(ONLY_ROLE_MATCH)                            \
    X(OFFICE_NOUN_PERSON) X(PARTY_NOUN_PERSON) X(VAGUE_NOUN_PERSON)                                \
    X(NO_ANTECEDENT_LAST_SPEAKER) X(NO_ANTECEDENT_MAIN_SUBJECT) X(NO_ANTECEDENT_MOST)              \
    X(NO_ANTECEDENT_NEAREST) X(OFFICE_NOUN_OTHER_ROLE) X(OFFICE_NOUN_NO_ROLE)                      \
    X(GENERAL_NOUN_DESCRIBED) X(GENERAL_NOUN_NEAREST_DESCRIBED) X(GENERAL_NOUN_DESCRIBED_SPEAKER)  \
    X(GENERAL_NOUN_DESCRIBED_MAIN)                                                                       \
    /* somebody without a name who just spoke */                                                   \
    X(INDEFINITE_LAST_SPEAKER) X(INDEFINITE_LAST_SPEAKER_IN_PARAGRAPH) X(INDEFINITE_SUBJECT_BEFORE) \
    X(DESCRIBED_LAST_SPEAKER) X(DESCRIBED_LAST_SPEAKER_IN_PARAGRAPH)                               \
    /* who is introduced by name soon behind the description */                                    \
    X(INTRODUCED_NEXT) X(INTRODUCED_AND_SPEAKS) X(INTRODUCED_IN_LEDE) X(INTRODUCED_BEHIND_INDEFINITE) \
    X(INTRODUCED_WITH_ROLE_WORD) X(INTRODUCED_WITH_OTHER_ROLE) X(INTRODUCED_IN_NEXT_PARAGRAPH)     \
    /* a missing source */                                                                         \
    X(PARTICIPLE_OF_SUBJECT) X(PARTICIPLE_OF_SPEAKER) X(BARE_QUOTE_OF_SPEAKER)                     \
    X(NOUN_CUE_OF_OWNER) X(PASSIVE_CUE_CANDIDATE) X(VERB_CUE_OF_SUBJECT)                           \
    /* the answer "none of them" */                                                                \
    X(NONE) X(NONE_DEFINITE) X(NONE_INDEFINITE) X(NONE_PLURAL) X(NONE_BARE) X(NONE_OWNED)          \
    X(NONE_VAGUE) X(NONE_SINGLE_OFFICE) X(NONE_LONG) X(NONE_WITH_NAME) X(NONE_NO_FIT)              \
    X(NONE_FIRST_PARAGRAPH) X(NONE_KIN) X(NONE_BODY_NOUN) X(NONE_DOCUMENT_NOUN)                    \
    X(NONE_PARTICIPLE_CUE) X(NONE_PASSIVE_CUE) X(NONE_NOUN_CUE) X(NONE_NO_CUE)                     \
    X(NONE_ASKED) X(NONE_HEARSAY) X(NONE_SEEMING) X(NONE_LEDE) X(NONE_REASON_NEAR) X(NONE_ANTECEDENT)      \
    X(NONE_DIRECT) X(NONE_SHORT_BODY) X(NONE_SHORT_PERSON) X(NONE_OTHER_CUE) X(NONE_QUANTITY)        \
    X(NONE_FOR_OTHERS)
// clang-format on

typedef enum reference_feature {
#define REFERENCE_FEATURE_ENUM(name) REFERENCE_##name,
    REFERENCE_FEATURE_LIST(REFERENCE_FEATURE_ENUM)
#undef REFERENCE_FEATURE_ENUM
        REFERENCE_FEATURE_COUNT
} reference_feature;

#define REFERENCE_WORDS ((REFERENCE_FEATURE_COUNT + 63) / 64)
#define CANDIDATES_MAX 48

typedef struct candidate {
    uint32_t entity; /* NO_ENTITY: none of them */
    uint64_t features[REFERENCE_WORDS];
    double probability;
} candidate;

typedef struct candidate_list {
    candidate items[CANDIDATES_MAX];
    size_t count;   /* at least 1: "none" comes first */
    uint32_t kinds; /* bit k: an entity of kind k is listed */
} candidate_list;

typedef struct reference_query {
    source_form form;
    uint32_t at;             /* token where the reference stands */
    uint32_t mention;        /* NO_MENTION when there is no phrase */
    const attribution *said; /* NULL for a pronoun of the running text */
    uint32_t around;         /* entity that speaks the words around, or NO_ENTITY */
    bool around_is_direct;
} reference_query;

/* Weights by form; [SOURCE_FORM_COUNT][REFERENCE_FEATURE_COUNT], borrowed. */
typedef const float (*reference_weights)[REFERENCE_FEATURE_COUNT];

const char *reference_feature_name(reference_feature feature);

/* The entities in question with their features. */
void reference_candidates(const scene *s, const reference_query *query, candidate_list *out);

/* Fills `probability` with sums of weights, the logarithms of unnormalised probabilities. Returns
 * the index of the largest. */
size_t reference_weigh(reference_weights weights, source_form form, candidate_list *list);

/* Turns the sums into probabilities, which sum to 1. best: what reference_weigh gave. */
void reference_normalize(candidate_list *list, size_t best);

/* "both", "the two", "the two lawmakers". */
bool reference_says_two(const cast *c, const mention *m);

static inline bool candidate_has(const candidate *c, reference_feature feature) {
    return c->features[feature / 64] >> (feature % 64) & 1;
}

#endif
