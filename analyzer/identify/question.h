/* question.h: a reference whose meaning is asked for, with what is the same for all that it could
 * mean; for reference.c and reference_features.c only. */
#ifndef IDENTIFY_QUESTION_H
#define IDENTIFY_QUESTION_H

#include "identify/reference.h"

/* The kind of cue decides how a missing source is to be understood. */
typedef enum cue_kind { CUE_NONE, CUE_PARTICIPLE, CUE_PASSIVE, CUE_NOUN, CUE_OTHER } cue_kind;

enum { LEDE_PARAGRAPHS = 2 };

/* A query with what is the same for all its candidates. */
typedef struct question {
    source_form form;
    uint32_t at, around;
    bool around_is_direct;
    const attribution *said;
    const mention *phrase; /* NULL when there is none */
    uint64_t head_hash;    /* of the phrase */
    uint32_t introduced;   /* by name soon behind the phrase, or NO_ENTITY */
    uint32_t trades;       /* USE_TRADES bits of its head */
    uint8_t gender;        /* of the phrase */
    bool is_subject;       /* the phrase */
    bool tells_whose;      /* the phrase tells a place */
    entity_meaning meaning;
    cue_kind cue; /* of a missing source */
    /* Whom this sentence and the one before are about, or NO_ENTITY. */
    uint32_t subject_here, subject_before;
} question;

static inline void set(candidate *c, reference_feature feature) {
    c->features[feature / 64] |= (uint64_t)1 << (feature % 64);
}

static inline void set_if(candidate *c, reference_feature feature, bool holds) {
    c->features[feature / 64] |= (uint64_t)holds << (feature % 64);
}

static inline bool is_person_described(const entity *e) {
    return e->kind == ENTITY_DESCRIBED && e->meanings & MEANT_AS_PERSON;
}

/* Whom this sentence or the one before is about. */
static inline bool is_main_subject(const candidate *c) {
    return candidate_has(c, REFERENCE_MAIN_SUBJECT_HERE) ||
           candidate_has(c, REFERENCE_MAIN_SUBJECT_BEFORE);
}

/* Adds an entity to the list, with all features that it has by itself; those that compare it with
 * the others come when the list is whole. A full list stays as it is. */
void question_add_candidate(const scene *s, const question *q, uint32_t number,
                            candidate_list *out);

#endif
