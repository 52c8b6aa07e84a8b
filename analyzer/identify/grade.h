/* grade.h: how openly a source speaks.
 *
 * The grade (named, anonymous, group, institution, unattributed) comes from a multinomial logistic
 * model over features that can be read: what kind of entity speaks, the class and word of its head
 * noun, number, determiner, cue of a missing source, a stated reason.
 *
 * The score from 0 to 1 is a fixed scale. It follows what the published rules on sourcing of the
 * Associated Press, Reuters, the New York Times and the BBC agree on: a name is best; without one,
 * readers must be told as much as can be told of position and of how the source knows; the less a
 * description narrows down who it can be, the weaker the sourcing; a bare "sources" is worst.
 *
 *   0.00  a person named in full             0.60  one described individual, two or more details
 *   0.05  a person named by one name         0.70  one described individual, one detail
 *   0.10  a named institution                0.75  one described individual, bare: "a diplomat"
 *   0.20  an unnamed body or document        0.85  a bare "official"
 *   0.30  an office with one holder          0.95  "a source", "people", "a person"
 *   0.45  someone identified by an owner: "his lawyer"
 *   1.00  nobody
 * Where nothing but a pronoun or "the other" stands for them: an author 0.05, an unnamed body 0.20,
 * one person 0.85, several 0.88.
 * Several unnamed people are 0.03 less identified than one, at most 0.98. */
#ifndef IDENTIFY_GRADE_H
#define IDENTIFY_GRADE_H

#include "identify/resolve.h"

#define GRADE_COUNT (ANONYMITY_UNATTRIBUTED + 1)
#define GRADE_FEATURES_MAX 128

typedef struct grade_features {
    uint64_t hashes[GRADE_FEATURES_MAX];
    size_t count;
    struct kept_term *terms; /* hashes of the words of features; NULL: nothing is kept */
    /* When set, told the words of each feature, the value as far as it is hashed: training writes
     * them beside the weights. */
    void (*observer)(void *context, uint64_t hash, const char *name, text_view value);
    void *observer_context;
} grade_features;

/* Borrowed from the model: feature hashes ascending, and a row of weights for each. */
typedef struct grade_weights {
    const uint64_t *hashes;
    const float (*rows)[GRADE_COUNT];
    size_t count;
    const uint32_t *starts; /* [GRADE_STARTS + 1] where hashes of the same first bits begin */
} grade_weights;

#define GRADE_START_BITS 12
#define GRADE_STARTS (1u << GRADE_START_BITS)

/* Fills starts[GRADE_STARTS + 1] for hashes in ascending order. */
void grade_index(const uint64_t *hashes, size_t count, uint32_t *starts);

/* Describes one resolved attribution; has_reason: a reason for withholding the name is stated. */
void grade_describe(const cast *c, const attribution *said, const resolution *found,
                    bool has_reason, grade_features *out);

/* What a resolution leaves possible, whatever the model thinks. */
typedef struct grade_limits {
    bool has_name;   /* a name, or the author; without one "named" must be five times as likely */
    bool someone;    /* "a colonel", or it is told why the name is withheld: not named */
    bool half_named; /* one name only, and it is told that the rest is withheld: neither
                      * named nor a group */
    bool unnamed;    /* false when a person with a name speaks: neither anonymous nor group */
    bool body;       /* false when all who speak are persons with a name: no institution */
    bool nobody;     /* false when an entity speaks: not unattributed */
} grade_limits;

grade_limits grade_limits_of(const cast *c, const resolution *found, bool has_reason);

/* The likeliest grade within the limits. */
anonymity_grade grade_decide(const grade_weights *weights, const grade_features *features,
                             grade_limits limits);

/* The scale above. */
float anonymity_score(const cast *c, uint32_t entity_number, anonymity_grade grade);

#endif
