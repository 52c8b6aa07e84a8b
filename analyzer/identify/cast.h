/* cast.h: everyone an article speaks of: mentions (noun phrases and pronouns) and the entities
 * they belong to. Names are joined into entities at once, by surname, given name, title and
 * acronym; descriptions and pronouns are joined later, by reference.h.
 *
 * All memory comes from the article's arena. Building is linear in the text but for look-ups in
 * lists that are capped. */
#ifndef IDENTIFY_CAST_H
#define IDENTIFY_CAST_H

#include "article.h"
#include "base/array.h"
#include "identify/known_words.h"

#define NO_ENTITY UINT32_MAX
#define NO_MENTION UINT32_MAX

typedef enum mention_form {
    MENTION_PERSON,      /* a person's name, with titles before it */
    MENTION_BODY,        /* the name of an organisation or place */
    MENTION_DESCRIPTION, /* a noun phrase without a name at its head */
    MENTION_PRONOUN
} mention_form;

typedef enum gender { GENDER_UNKNOWN, GENDER_MALE, GENDER_FEMALE, GENDER_COUNT } gender;

typedef struct mention {
    token_range phrase;  /* the noun phrase: determiners, titles, head */
    token_range name;    /* the proper name in it; empty for descriptions and pronouns */
    uint32_t head;       /* token */
    uint32_t entity;     /* NO_ENTITY until it is known */
    uint32_t classes;    /* word classes of the head */
    uint32_t possessor;  /* mention whose possessive stands before the head, or NO_MENTION */
    uint32_t source_end; /* where the source ends that it heads; 0 when it heads none */
    uint8_t form;        /* a mention_form */
    uint8_t gender;      /* a gender, where title, noun or pronoun shows it */
    bool plural;
    bool subject;    /* a finite verb follows */
    bool possessive; /* "Kim's" */
    bool modifier;   /* inside another phrase: "Clinton" of "the Clinton campaign" */
    bool definite;   /* "the", "this", "his", or a possessor */
    bool shared;     /* a bare name that several persons of the article bear */
    bool indefinite; /* "a", "one", "another", "some", a number */
} mention;

typedef enum entity_kind {
    ENTITY_PERSON,    /* named */
    ENTITY_BODY,      /* named organisation or place */
    ENTITY_DESCRIBED, /* no name: one or many people, a document */
    ENTITY_JOINT      /* several entities that speak together */
} entity_kind;

/* What an entity can be meant as, a bit each, by its kind, number and head noun. */
typedef enum entity_meaning {
    MEANT_AS_PERSON = 1 << 0,  /* "he", "the minister" */
    MEANT_AS_SEVERAL = 1 << 1, /* "they" */
    MEANT_AS_PEOPLE = 1 << 2,  /* "both", "the officials" */
    MEANT_AS_THING = 1 << 3,   /* "it", "the company" */
    MEANT_AS_ANY = 1 << 4      /* by a source that is missing */
} entity_meaning;

/* Hashes of the words of titles, roles and appositions, full forms, lower case. */
#define ROLE_WORDS_MAX 48

typedef struct entity {
    uint8_t kind;     /* an entity_kind */
    uint8_t meanings; /* bits of entity_meaning */
    bool plural;
    bool role_told;          /* of a description: a person in question bears its head as role */
    bool alias;              /* a call sign, or all that the source would tell of its name */
    float person_likelihood; /* of a description: that it means a person with a name after all */
    uint32_t classes;        /* of a description's head noun, or a name's last word */
    uint32_t best_mention;   /* the fullest name, or the first description */
    uint32_t mention_count;  /* names and descriptions, without pronouns */
    uint32_t first_token;    /* of its mentions, without pronouns */
    /* Gender evidence: titles, nouns and kinship count strong; a given name alone counts weak. */
    uint8_t strong_gender, weak_gender;
    token_range role; /* the best title or apposition; empty when there is none */
    uint8_t role_rank;
    uint8_t role_word_count;
    uint32_t trades;      /* USE_TRADES bits of the role words */
    uint64_t *role_words; /* [role_word_count], room for ROLE_WORDS_MAX; NULL when none */
    uint32_t *members;    /* of a joint entity: entity numbers, ascending mention order */
    uint32_t member_count;
} entity;

typedef struct cast {
    const article *article;
    const lexicon *lexicon;
    const known_word *words; /* [token_count] */
    bool *in_source;         /* [token_count] inside the source of an attribution */
    uint64_t *head_hashes;   /* [mentions.count] cast_head_hash of plurals, 0 until asked for */
    ARRAY(uint32_t) reasons; /* tokens where one for withholding a name begins, ascending */
    ARRAY(mention) mentions; /* in the order of their head tokens */
    uint32_t *mention_from;  /* [token_count + 1] what cast_mention_from gives */
    ARRAY(uint32_t) names;   /* the mentions that are names of persons and bodies */
    ARRAY(entity) entities;
    uint32_t person_count; /* the first entities: persons with a name, and families of them */
} cast;

/* Finds mentions and joins names. *out lives in the article's arena. Error: NO_MEMORY. */
WHOSAID_CHECK whosaid_status cast_build(const article *article, const lexicon *lexicon, cast **out,
                                        whosaid_error *err);

/* Steps of cast_build, in this order. False when memory is out. */
bool cast_find_mentions(cast *cast);
bool cast_join_names(cast *cast);
bool cast_collect_roles(cast *cast);

/* Adds an entity for a mention that has none. NO_ENTITY when memory is out. */
uint32_t cast_add_entity(cast *cast, entity_kind kind, uint32_t mention);

/* Adds the entity of several that speak together. Mention: where they stand together. NO_ENTITY
 * when memory is out. `members` is borrowed for the life of the cast. */
uint32_t cast_add_joint(cast *cast, uint32_t *members, uint32_t count, uint32_t mention);

/* The first mention whose head stands at or behind token `at`; mentions.count when none. */
static inline uint32_t cast_mention_from(const cast *c, uint32_t at) {
    size_t count = c->article->token_count;
    return c->mention_from[at < count ? at : count];
}

/* True when a reason for withholding a name begins among the tokens. */
bool cast_withholds(const cast *cast, token_range range);

/* The office that the person named at `mention` is said to hold right before the name:
 * "Secretary" of "Florida's Secretary of State Ann Lee". NO_MENTION when there is none, as in "a
 * spokesman for Senator Lee", where the name has a title of its own. */
uint32_t cast_office_before(const cast *cast, uint32_t mention);

/* Hash of a word in lower case and full form, for role words. */
uint64_t cast_word_hash(text_view word);

/* That of a mention's head, without the "s" of a plural. */
uint64_t cast_head_hash(const cast *cast, const mention *mention);

static inline part_of_speech pos_at(const cast *c, uint32_t at) {
    return (part_of_speech)c->article->tokens[at].part_of_speech;
}

/* Where the mention's phrase begins, its owners included: at "the" of "the minister's deputy". */
uint32_t mention_begin_with_owners(const cast *cast, const mention *mention);

/* By the strongest evidence there is. */
static inline uint8_t entity_gender(const entity *e) {
    return e->strong_gender ? e->strong_gender : e->weak_gender;
}

/* An unknown gender contradicts none. */
static inline bool genders_clash(uint8_t a, uint8_t b) {
    return a != GENDER_UNKNOWN && b != GENDER_UNKNOWN && a != b;
}

/* "Marta", who would give no surname: a person of whom the article tells one name only. */
static inline bool entity_is_half_named(const cast *c, const entity *e) {
    const mention *best = &c->mentions.items[e->best_mention];
    return e->kind == ENTITY_PERSON && best->name.end - best->name.first == 1;
}

static inline bool entity_has_role_word(const entity *e, uint64_t hash) {
    for (size_t i = 0; i < e->role_word_count; i++)
        if (e->role_words[i] == hash) return true;
    return false;
}

/* True when the token can belong to an inflected verb: a subject stands before it. */
bool token_is_finite_verb(const article *article, uint32_t token);

/* "One in four": behind the token stand "in" and a number, which make it a share of many. */
bool token_begins_share(const article *article, uint32_t token);

#endif
