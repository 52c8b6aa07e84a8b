/* scene.h: who is on stage while an article is read from its first word to its last: when each
 * entity was mentioned last and how, who spoke last, and who comes in question as the antecedent
 * of a pronoun or a description. */
#ifndef IDENTIFY_SCENE_H
#define IDENTIFY_SCENE_H

#include "identify/cast.h"

/* What is known of one entity up to the current token. */
typedef struct presence {
    uint32_t mention;               /* the last one; NO_MENTION when it was not seen yet */
    uint32_t last_subject_sentence; /* index + 1; 0: never */
    uint32_t name_count;            /* names and descriptions so far */
    uint32_t pronoun_count;
    uint32_t statement_count;
    uint8_t pronoun_gender;          /* of the last pronoun resolved to it */
    uint32_t pronouns[GENDER_COUNT]; /* how many of each gender were resolved to it */
} presence;

#define SCENE_RECENT_MAX 24

typedef struct scene {
    cast *cast;
    presence *presences; /* [capacity] by entity number */
    size_t capacity;
    uint32_t recent[SCENE_RECENT_MAX]; /* entity numbers, the last mentioned first */
    size_t recent_count;
    /* The first subject of the last sentence that has one, and of the one before. */
    uint32_t main_subject, main_subject_sentence, main_subject_before, main_subject_before_sentence;
    uint32_t last_speaker;     /* entity or NO_ENTITY */
    uint32_t previous_speaker; /* of the statement before, when another one */
    uint32_t last_statement_token;
} scene;

void scene_init(scene *s, cast *c);

/* The entity is mentioned; its own mention, or for a joint one that of its last member. False
 * when memory is out. */
bool scene_enter(scene *s, uint32_t entity_number, uint32_t mention);

/* The entity is found to speak at token `at`. False when memory is out. */
bool scene_speak(scene *s, uint32_t entity_number, uint32_t at);

/* NULL while the entity has not been mentioned. */
static inline const presence *scene_presence(const scene *s, uint32_t number) {
    if (number >= s->capacity || s->presences[number].mention == NO_MENTION) return NULL;
    return &s->presences[number];
}

#endif
