#include "identify/scene.h"

void scene_init(scene *s, cast *c) {
    *s = (scene){.cast = c,
                 .last_speaker = NO_ENTITY,
                 .previous_speaker = NO_ENTITY,
                 .main_subject = NO_ENTITY,
                 .main_subject_before = NO_ENTITY};
}

/* Room for every entity there is now; new ones keep coming while the article is read. */
static bool reserve(scene *s) {
    size_t needed = s->cast->entities.count;
    if (needed <= s->capacity) return true;
    size_t grown = needed * 2;
    presence *moved = ARENA_NEW(s->cast->article->arena, presence, grown);
    if (!moved) return false;
    if (s->capacity) memcpy(moved, s->presences, s->capacity * sizeof *moved);
    for (size_t i = s->capacity; i < grown; i++)
        moved[i].mention = NO_MENTION;
    s->presences = moved;
    s->capacity = grown;
    return true;
}

/* Who was not mentioned before is not in the list. When it is full the one longest unmentioned
 * falls out. */
static void move_to_front(scene *s, uint32_t number, bool mentioned) {
    size_t at = mentioned ? 0 : s->recent_count;
    while (at < s->recent_count && s->recent[at] != number)
        at++;
    if (at == SCENE_RECENT_MAX) at--;
    if (at == s->recent_count) s->recent_count++;
    memmove(s->recent + 1, s->recent, at * sizeof *s->recent);
    s->recent[0] = number;
}

/* The first subject of a sentence is what the sentence is about. */
static void note_subject(scene *s, uint32_t number, uint32_t at) {
    uint32_t here = s->cast->article->tokens[at].sentence;
    if (s->main_subject != NO_ENTITY && s->main_subject_sentence == here) return;
    s->main_subject_before = s->main_subject;
    s->main_subject_before_sentence = s->main_subject_sentence;
    s->main_subject = number;
    s->main_subject_sentence = here;
}

bool scene_enter(scene *s, uint32_t number, uint32_t mention_index) {
    const mention *m = &s->cast->mentions.items[mention_index];
    if (!reserve(s)) return false;
    presence *p = &s->presences[number];
    move_to_front(s, number, p->mention != NO_MENTION);
    p->mention = mention_index;
    if (m->subject) p->last_subject_sentence = s->cast->article->tokens[m->head].sentence + 1;
    if (m->subject) note_subject(s, number, m->head);
    if (m->form == MENTION_PRONOUN) {
        p->pronoun_count++;
        if (m->gender != GENDER_UNKNOWN) p->pronoun_gender = m->gender;
        p->pronouns[m->gender]++;
    } else {
        p->name_count++;
    }
    return true;
}

bool scene_speak(scene *s, uint32_t number, uint32_t at) {
    if (!reserve(s)) return false;
    s->presences[number].statement_count++;
    if (s->last_speaker != number) {
        s->previous_speaker = s->last_speaker;
        s->last_speaker = number;
    }
    s->last_statement_token = at;
    return true;
}
