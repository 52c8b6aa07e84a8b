/* Names that mean the same person or body become one entity. Full names first, wherever they
 * stand, so that a bare surname finds its bearer also when he is introduced later. */
#include "base/hash.h"
#include "identify/cast.h"

#include <math.h>

#define CHAIN_MAX 16 /* bearers of one name that are looked at */
#define NAME_WORDS_MAX 8

/* From a word's hash to the entities that bear it, newest first. */
typedef struct chain_link {
    uint64_t key;
    uint32_t entity, next; /* next: index + 1 of the link before, or 0 */
} chain_link;

typedef struct name_index {
    ARRAY(chain_link) links;
    uint32_t *slots; /* index + 1 of the newest link; 0: free */
    uint64_t *keys;  /* of slots that are not free */
    size_t mask;
} name_index;

/* What tells the bearers of one surname apart. */
typedef struct bearer {
    uint32_t first_full; /* token of the first full mention */
    uint32_t last_full;  /* the last full mention up to the current one */
    bool called_bare;    /* a bare name meant this bearer before */
    bool given_known;    /* the name begins with a known given name: "Will Lind act?" does not */
} bearer;

typedef struct joiner {
    cast *cast;
    name_index index;
    bearer *bearers; /* [full_count] */
    size_t full_count;
} joiner;

/* Keys of one word in different uses must not meet. */
enum { KEY_SURNAME = 1, KEY_GIVEN, KEY_INNER, KEY_BODY, KEY_ACRONYM, KEY_BODY_END };

/* Room for `expected` links. */
static bool index_init(name_index *index, arena *memory, size_t expected) {
    size_t size = 64;
    while (size < expected * 2)
        size *= 2;
    index->mask = size - 1;
    index->slots = ARENA_NEW(memory, uint32_t, size);
    index->keys = arena_alloc_raw(memory, size, sizeof *index->keys);
    return index->slots && index->keys;
}

static size_t index_slot(const name_index *index, uint64_t key) {
    size_t i = key & index->mask;
    while (index->slots[i] && index->keys[i] != key)
        i = (i + 1) & index->mask;
    return i;
}

/* A link by its number, which a slot that is set and each but the last link of a chain have. */
static const chain_link *link_of(const name_index *index, uint32_t number) {
    if (!index->links.items) __builtin_unreachable(); /* for who cannot know that there are links */
    return &index->links.items[number - 1];
}

static bool index_add(name_index *index, arena *memory, uint64_t key, uint32_t number) {
    size_t slot = index_slot(index, key);
    uint32_t newest = index->slots[slot];
    for (uint32_t link = newest, seen = 0; link && seen < CHAIN_MAX; seen++) {
        if (link_of(index, link)->entity == number) return true;
        link = link_of(index, link)->next;
    }
    if (index->links.count > index->mask / 2) return true; /* full: this name is found no more */
    if (!array_push(memory, &index->links, (chain_link){key, number, newest})) return false;
    index->keys[slot] = key;
    index->slots[slot] = (uint32_t)index->links.count;
    return true;
}

uint64_t cast_word_hash(text_view word) {
    return lower_word_hash(lexicon_full_title(word));
}

/* "al-Assad" and "Assad" are one surname. */
static text_view surname_core(text_view word) {
    if (word.len > 4 && word.ptr[2] == '-' &&
        (view_equal_ignoring_case(view_slice(word, 0, 2), VIEW("al")) ||
         view_equal_ignoring_case(view_slice(word, 0, 2), VIEW("el"))))
        return view_slice(word, 3, word.len);
    return word;
}

typedef struct name_words {
    uint32_t word[NAME_WORDS_MAX]; /* tokens */
    size_t count;                  /* without suffixes, nicknames and quotation marks */
    text_view suffix;              /* "Jr.", "III"; empty when there is none */
} name_words;

/* "von", "van der" belong to the surname and are left out of the comparison; "Van Jones" is not
 * such a case, nor are names that are given names too. */
static bool is_leading_particle(const cast *c, token_range range, uint32_t at) {
    if (!(c->words[at].classes & WORD_PARTICLE) || at + 1 >= range.end) return false;
    if (ascii_is_lower((unsigned char)token_text(c->article, at).ptr[0])) return true;
    static const char *const whole[] = {"Le", "La", "De", "Di", "Da", "Von", "El", "Bin", "Abu"};
    return at == range.first &&
           (VIEW_IN(token_text(c->article, at), whole) || c->words[at + 1].classes & WORD_PARTICLE);
}

static name_words words_of(const cast *c, token_range range) {
    name_words out = {0};
    for (uint32_t i = range.first; i < range.end && out.count < NAME_WORDS_MAX; i++) {
        text_view word = token_text(c->article, i);
        bool worded = ascii_is_alpha((unsigned char)word.ptr[0]) || word.ptr[0] == '@' ||
                      (unsigned char)word.ptr[0] >= 0xC3;
        bool quoted =
            i > range.first && i + 1 < range.end &&
            c->article->tokens[i].quote_depth > c->article->tokens[range.first].quote_depth;
        if (!worded || quoted || is_leading_particle(c, range, i)) continue;
        if (out.count && c->words[i].classes & WORD_SUFFIX) {
            out.suffix = word;
            continue;
        }
        out.word[out.count++] = i;
    }
    return out;
}

static uint64_t key_of_hash(uint64_t lower_hash, uint64_t use) {
    uint64_t key = hash_mix(lower_hash, use);
    return key ? key : 1;
}

static uint64_t key_of(const cast *c, uint32_t at, uint64_t use) {
    text_view word = token_text(c->article, at), core = surname_core(word);
    return key_of_hash(core.len == word.len ? c->words[at].lower_hash : lower_word_hash(core), use);
}

static bool is_initial(text_view word) {
    return word.len == 1 || (word.len == 2 && word.ptr[1] == '.') ||
           (word.len == 4 && word.ptr[1] == '.' && word.ptr[3] == '.');
}

static bool given_names_agree(text_view a, text_view b) {
    if (view_equal_ignoring_case(a, b) || lexicon_same_given_name(a, b)) return true;
    bool initial = is_initial(a) || is_initial(b);
    return initial && a.len && b.len && ascii_to_lower(a.ptr[0]) == ascii_to_lower(b.ptr[0]);
}

/* Father and son: "Adam Cole Jr." is neither "Adam Cole III" nor "Adam Cole Sr.". */
static bool suffixes_agree(text_view a, text_view b) {
    if (!a.len || !b.len) return true;
    text_view bare_a = a.ptr[a.len - 1] == '.' ? view_slice(a, 0, a.len - 1) : a;
    text_view bare_b = b.ptr[b.len - 1] == '.' ? view_slice(b, 0, b.len - 1) : b;
    return view_equal_ignoring_case(bare_a, bare_b);
}

static uint8_t given_gender(const cast *c, token_range range) {
    uint32_t classes = c->words[range.first].classes;
    bool male = classes & WORD_GIVEN_MALE, female = classes & WORD_GIVEN_FEMALE;
    if (range.end - range.first < 2 || male == female) return GENDER_UNKNOWN;
    return male ? GENDER_MALE : GENDER_FEMALE;
}

static uint8_t meanings_of(const entity *e) {
    bool described = e->kind == ENTITY_DESCRIBED;
    bool person = described && !e->plural && e->classes & WORD_PERSON;
    bool people =
        described && e->plural && e->classes & (WORD_PERSON | WORD_PEOPLE | WORD_QUANTITY);
    bool body = e->kind == ENTITY_BODY, joint = e->kind == ENTITY_JOINT;
    bool several = body || joint || e->plural || (described && e->classes & WORD_BODY);
    uint8_t found = MEANT_AS_ANY;
    if (person || e->kind == ENTITY_PERSON) found |= MEANT_AS_PERSON;
    if (several) found |= MEANT_AS_SEVERAL;
    if (people || joint) found |= MEANT_AS_PEOPLE;
    if (body || (described && !person && !people)) found |= MEANT_AS_THING;
    return found;
}

uint32_t cast_add_entity(cast *c, entity_kind kind, uint32_t mention_index) {
    const mention *m = &c->mentions.items[mention_index];
    entity made = {.kind = (uint8_t)kind,
                   .plural = m->plural,
                   .classes = m->classes,
                   .best_mention = mention_index,
                   .first_token = m->head,
                   .mention_count = 1,
                   .strong_gender = m->gender};
    made.meanings = meanings_of(&made);
    if (!array_push(c->article->arena, &c->entities, made)) return NO_ENTITY;
    uint32_t number = (uint32_t)c->entities.count - 1;
    c->mentions.items[mention_index].entity = number;
    return number;
}

uint32_t cast_add_joint(cast *c, uint32_t *members, uint32_t count, uint32_t mention_index) {
    uint32_t head = c->mentions.items[mention_index].head;
    entity made = {.kind = ENTITY_JOINT,
                   .plural = true,
                   .best_mention = mention_index,
                   .first_token = head,
                   .mention_count = 1,
                   .members = members,
                   .member_count = count};
    made.meanings = meanings_of(&made);
    if (!array_push(c->article->arena, &c->entities, made)) return NO_ENTITY;
    return (uint32_t)c->entities.count - 1;
}

static bool index_person(joiner *j, uint32_t number, const name_words *words) {
    arena *memory = j->cast->article->arena;
    for (size_t i = 0; i < words->count; i++) {
        uint64_t use = i + 1 == words->count ? KEY_SURNAME : i == 0 ? KEY_GIVEN : KEY_INNER;
        if (!index_add(&j->index, memory, key_of(j->cast, words->word[i], use), number))
            return false;
    }
    return true;
}

static void join_mention(joiner *j, uint32_t number, uint32_t mention_index) {
    cast *c = j->cast;
    entity *e = &c->entities.items[number];
    mention *m = &c->mentions.items[mention_index];
    const mention *best = &c->mentions.items[e->best_mention];
    m->entity = number;
    e->mention_count++;
    if (m->head < e->first_token) e->first_token = m->head;
    if (e->strong_gender == GENDER_UNKNOWN) e->strong_gender = m->gender;
    if (m->name.end - m->name.first > best->name.end - best->name.first)
        e->best_mention = mention_index;
}

/* "Suu Lind" of "Aung San Suu Lind": two words at least that end the other name. What begins with a
 * given name is whole ("Hits Mark Lind" in a headline is no fuller name). */
static bool ends_name(const cast *c, const name_words *brief, const name_words *full) {
    if (brief->count < 2 || brief->count >= full->count ||
        c->words[brief->word[0]].classes & (WORD_GIVEN_MALE | WORD_GIVEN_FEMALE))
        return false;
    for (size_t i = 1; i <= brief->count; i++)
        if (c->words[brief->word[brief->count - i]].lower_hash !=
            c->words[full->word[full->count - i]].lower_hash)
            return false;
    return true;
}

/* The bearer of a full name, or NO_ENTITY. */
static uint32_t find_full_name(const joiner *j, const name_words *words) {
    uint64_t key = key_of(j->cast, words->word[words->count - 1], KEY_SURNAME);
    uint32_t link = j->index.slots[index_slot(&j->index, key)], partly = NO_ENTITY;
    for (int seen = 0; link && seen < CHAIN_MAX; seen++) {
        const chain_link *l = link_of(&j->index, link);
        const entity *e = &j->cast->entities.items[l->entity];
        name_words other = words_of(j->cast, j->cast->mentions.items[e->best_mention].name);
        if (other.count > 1 &&
            given_names_agree(token_text(j->cast->article, other.word[0]),
                              token_text(j->cast->article, words->word[0])) &&
            suffixes_agree(other.suffix, words->suffix))
            return l->entity;
        if (ends_name(j->cast, words, &other) || ends_name(j->cast, &other, words))
            partly = l->entity;
        link = l->next;
    }
    return partly;
}

/* How likely a bare surname means this bearer: he who was introduced first needs no given name
 * later, and who was called so once is called so again; a full name in the same paragraph counts
 * too. The weights are those of a log-linear choice between the bearers. */
static double bearer_weight(const joiner *j, uint32_t number, const mention *m, uint32_t earliest) {
    const article *a = j->cast->article;
    if (number >= j->full_count) return 0.0;
    const bearer *known = &j->bearers[number];
    double weight = known->first_full == earliest ? 1.3 : 0.0;
    weight += known->called_bare ? 2.0 : 0.0;
    weight += known->given_known ? 1.5 : 0.0;
    weight -= known->first_full > m->head ? 0.5 : 0.0;
    if (known->last_full != NO_MENTION) {
        uint32_t at = j->cast->mentions.items[known->last_full].head;
        if (at < m->head && a->tokens[at].paragraph == a->tokens[m->head].paragraph) weight += 1.2;
    }
    return weight;
}

/* Where a bearer is introduced by the full name for the first time. */
static uint32_t earliest_bearer(const joiner *j, uint32_t link) {
    uint32_t earliest = UINT32_MAX;
    for (int seen = 0; link && seen < CHAIN_MAX; seen++) {
        const chain_link *l = link_of(&j->index, link);
        link = l->next;
        if (l->entity >= j->full_count) continue;
        uint32_t first = j->bearers[l->entity].first_full;
        if (first < earliest) earliest = first;
    }
    return earliest;
}

/* The likeliest bearer of a bare name; of equals the one introduced last. */
static uint32_t find_bare_name(const joiner *j, uint32_t word, uint64_t use, const mention *m,
                               bool *shared) {
    uint32_t best = NO_ENTITY;
    uint32_t link = j->index.slots[index_slot(&j->index, key_of(j->cast, word, use))];
    uint32_t earliest = earliest_bearer(j, link);
    double best_weight = -INFINITY;
    for (int seen = 0; link && seen < CHAIN_MAX; seen++) {
        const chain_link *l = link_of(&j->index, link);
        const entity *e = &j->cast->entities.items[l->entity];
        link = l->next;
        if (genders_clash(entity_gender(e), m->gender)) continue;
        *shared = best != NO_ENTITY;
        double weight = bearer_weight(j, l->entity, m, earliest);
        if (weight > best_weight) {
            best_weight = weight;
            best = l->entity;
        }
    }
    return best;
}

/* Words by which persons are called alone: with a title ("Mr Ban"), or without one. */
static bool index_lone_names(const joiner *j, name_index *lone) {
    const cast *c = j->cast;
    size_t persons = 0;
    for (size_t i = 0; i < c->names.count; i++)
        persons += c->mentions.items[c->names.items[i]].form == MENTION_PERSON;
    if (!index_init(lone, c->article->arena, persons)) return false;
    for (size_t i = 0; i < c->names.count; i++) {
        const mention *m = &c->mentions.items[c->names.items[i]];
        if (!((m->form == MENTION_PERSON) & (m->name.end - m->name.first == 1))) continue;
        bool titled = m->name.first > m->phrase.first &&
                      c->words[m->name.first - 1].classes & (WORD_HONORIFIC | WORD_TITLE);
        uint64_t use = titled ? KEY_SURNAME : KEY_INNER;
        if ((titled || !m->modifier) &&
            !index_add(lone, c->article->arena, key_of(c, m->name.first, use), 0))
            return false;
    }
    return true;
}

static bool is_lone_name(const joiner *j, const name_index *lone, uint32_t word, uint64_t use) {
    return lone->slots[index_slot(lone, key_of(j->cast, word, use))] != 0;
}

/* "of" in "Duchy of Lind", which is nobody; "van" in "Greta van Lind" is. */
static bool has_small_letter(const cast *c, uint32_t at) {
    return ascii_is_lower((unsigned char)token_text(c->article, at).ptr[0]) &&
           !(c->words[at].classes & WORD_PARTICLE);
}

/* "Maybe Lind": a sentence gives its first word a capital. */
static bool may_be_other_word(const cast *c, const mention *m) {
    uint32_t first = m->name.first;
    bool given = c->words[first].classes & (WORD_GIVEN_MALE | WORD_GIVEN_FEMALE);
    return !given &&
           c->article->sentences[c->article->tokens[first].sentence].tokens.first == first;
}

/* A name of two or three words without a class of its own is a person's when one of its outer
 * words was used with a title ("Mr Ban" tells what "Ban Ki-moon" is), or the last one alone as a
 * person's name. */
static bool find_persons_by_lone_names(joiner *j) {
    const uint32_t bodies = WORD_BODY_NAME | WORD_BODY | WORD_OUTLET | WORD_DOCUMENT;
    name_index lone = {0};
    cast *c = j->cast;
    for (size_t i = 0; i < c->names.count; i++) {
        mention *m = &c->mentions.items[c->names.items[i]];
        uint32_t length = m->name.end - m->name.first, classes = 0;
        if (!((m->form == MENTION_BODY) & (length - 2 < 2))) continue;
        for (uint32_t k = m->name.first; k < m->name.end; k++)
            classes |= has_small_letter(c, k) ? WORD_BODY : c->words[k].classes;
        if (classes & bodies) continue;
        if (!lone.slots && !index_lone_names(j, &lone)) return false;
        uint32_t last = m->name.end - 1;
        bool known = is_lone_name(j, &lone, m->name.first, KEY_SURNAME) ||
                     is_lone_name(j, &lone, last, KEY_SURNAME) ||
                     (is_lone_name(j, &lone, last, KEY_INNER) && !may_be_other_word(c, m));
        if (known) m->form = MENTION_PERSON;
    }
    return true;
}

/* The one person described right before the comma in front of `mention`: "a retired colonel, ". */
static bool stands_behind_person(const cast *c, uint32_t index) {
    const mention *m = &c->mentions.items[index];
    uint32_t at = m->phrase.first;
    if (index == 0 || at == 0 || pos_at(c, at - 1) != POS_COMMA || m->name.first != at)
        return false;
    const mention *before = &c->mentions.items[index - 1];
    bool one = before->form == MENTION_DESCRIPTION && !before->plural && !before->possessive;
    return one && before->phrase.end + 1 == at && before->classes & WORD_PERSON &&
           (before->definite || before->indefinite);
}

/* A name with a given name, and one person described behind its comma: "Chad Lind, the chairman".
 */
static bool stands_before_person(const cast *c, uint32_t index) {
    const mention *m = &c->mentions.items[index];
    uint32_t comma = m->phrase.end;
    bool given = c->words[m->name.first].classes & (WORD_GIVEN_MALE | WORD_GIVEN_FEMALE);
    if (!given || comma + 1 >= c->article->token_count || pos_at(c, comma) != POS_COMMA)
        return false;
    for (uint32_t i = index + 1, seen = 0; i < c->mentions.count && seen < 3; i++, seen++) {
        const mention *next = &c->mentions.items[i];
        if (mention_begin_with_owners(c, next) > comma + 1) return false;
        if (next->modifier || next->possessive) continue;
        return next->form == MENTION_DESCRIPTION && !next->plural && next->classes & WORD_PERSON;
    }
    return false;
}

/* "The shadow secretary, Orlan Tesk-Moray, said": whom a source describes as one person and then
 * names is a person, whatever the tagger takes the name for; and so is whom it names and then
 * describes. */
static void find_persons_by_apposition(cast *c) {
    for (size_t i = 0; i < c->names.count; i++) {
        mention *m = &c->mentions.items[c->names.items[i]];
        uint32_t length = m->name.end - m->name.first, classes = 0;
        if (!c->in_source[m->phrase.first] || m->form != MENTION_BODY || length < 2 || length > 3 ||
            m->modifier || m->possessive ||
            (!stands_behind_person(c, c->names.items[i]) &&
             !stands_before_person(c, c->names.items[i])))
            continue;
        for (uint32_t k = m->name.first; k < m->name.end; k++)
            classes |= c->words[k].classes;
        if (!(classes & (WORD_BODY_NAME | WORD_BODY | WORD_OUTLET | WORD_DOCUMENT)))
            m->form = MENTION_PERSON;
    }
}

static bool join_full_names(joiner *j) {
    for (size_t n = 0; n < j->cast->names.count; n++) {
        uint32_t i = j->cast->names.items[n];
        const mention *m = &j->cast->mentions.items[i];
        if (m->form != MENTION_PERSON) continue;
        name_words words = words_of(j->cast, m->name);
        if (words.count < 2) continue;
        uint32_t number = find_full_name(j, &words);
        if (number == NO_ENTITY) {
            uint8_t weak = given_gender(j->cast, m->name);
            number = cast_add_entity(j->cast, ENTITY_PERSON, i);
            if (number == NO_ENTITY) return false;
            j->cast->entities.items[number].weak_gender = weak;
        } else {
            join_mention(j, number, i);
        }
        if (!index_person(j, number, &words)) return false;
    }
    return true;
}

static bool is_family(const cast *c, const mention *m, text_view word) {
    return word.len > 3 && word.ptr[word.len - 1] == 's' && m->phrase.first < m->name.first &&
           view_is_ignoring_case(token_text(c->article, m->phrase.first), "the");
}

/* "the Clintons": everyone in the article who bears the name. */
static bool join_family(joiner *j, uint32_t mention_index, text_view word, bool *joined) {
    cast *c = j->cast;
    text_view bearer_name = surname_core(view_slice(word, 0, word.len - 1));
    uint64_t key = key_of_hash(lower_word_hash(bearer_name), KEY_SURNAME);
    uint32_t link = j->index.slots[index_slot(&j->index, key)];
    *joined = link != 0;
    if (!link) return true;
    uint32_t *members = ARENA_NEW(c->article->arena, uint32_t, CHAIN_MAX);
    if (!members) return false;
    uint32_t count = 0;
    while (link && count < CHAIN_MAX) {
        members[count++] = link_of(&j->index, link)->entity;
        link = link_of(&j->index, link)->next;
    }
    uint32_t number = cast_add_joint(c, members, count, mention_index);
    c->mentions.items[mention_index].entity = number;
    return number != NO_ENTITY;
}

static bool join_bare_name(joiner *j, uint32_t i, uint32_t word) {
    const mention m = j->cast->mentions.items[i];
    static const uint64_t uses[] = {KEY_SURNAME, KEY_GIVEN, KEY_INNER};
    uint32_t number = NO_ENTITY;
    bool shared = false;
    for (size_t u = 0; u < sizeof uses / sizeof *uses && number == NO_ENTITY; u++)
        number = find_bare_name(j, word, uses[u], &m, &shared);
    j->cast->mentions.items[i].shared = shared;
    if (number != NO_ENTITY) {
        if (number < j->full_count) j->bearers[number].called_bare = true;
        join_mention(j, number, i);
        return true;
    }
    number = cast_add_entity(j->cast, ENTITY_PERSON, i);
    name_words words = {.word = {word}, .count = 1};
    return number != NO_ENTITY && index_person(j, number, &words);
}

static uint32_t newest_bearer(const joiner *j, uint32_t word, uint64_t use) {
    uint32_t link = j->index.slots[index_slot(&j->index, key_of(j->cast, word, use))];
    return link ? link_of(&j->index, link)->entity : NO_ENTITY;
}

static bool describe_bearers(joiner *j) {
    j->full_count = j->cast->entities.count;
    j->bearers = ARENA_NEW(j->cast->article->arena, bearer, j->full_count);
    if (!j->bearers) return false;
    for (size_t i = 0; i < j->full_count; i++) {
        const entity *e = &j->cast->entities.items[i];
        uint32_t given = j->cast->mentions.items[e->best_mention].name.first;
        bool known = j->cast->words[given].classes & (WORD_GIVEN_MALE | WORD_GIVEN_FEMALE);
        j->bearers[i] =
            (bearer){.first_full = e->first_token, .last_full = NO_MENTION, .given_known = known};
    }
    return true;
}

static bool join_bare_names(joiner *j) {
    if (!describe_bearers(j)) return false;
    for (uint32_t i = 0; i < j->cast->mentions.count; i++) {
        mention *m = &j->cast->mentions.items[i];
        if (m->form == MENTION_PERSON && m->entity != NO_ENTITY)
            j->bearers[m->entity].last_full = i;
        bool family = m->definite & (m->form != MENTION_PRONOUN); /* "the" makes it so */
        if (!((family | (m->form == MENTION_PERSON)) & (m->entity == NO_ENTITY))) continue;
        text_view word = token_text(j->cast->article, m->head);
        bool joined = false;
        if (family && is_family(j->cast, m, word) && !join_family(j, i, word, &joined))
            return false;
        if (joined || m->form != MENTION_PERSON) continue;
        name_words words = words_of(j->cast, m->name);
        if (words.count == 0) continue;
        if (!join_bare_name(j, i, words.word[words.count - 1])) return false;
    }
    return true;
}

/* Hash of a body's name without its article, case ignored; sets the acronym of its capitals. */
static uint64_t body_key(const cast *c, token_range range, char acronym[8]) {
    uint64_t key = KEY_BODY;
    size_t capitals = 0, words = 0;
    for (uint32_t i = range.first; i < range.end; i++) {
        text_view word = token_text(c->article, i);
        if (i == range.first && view_is_ignoring_case(word, "the")) continue;
        key = hash_mix(key, c->words[i].lower_hash);
        words++;
        if (ascii_is_upper((unsigned char)word.ptr[0]) && capitals < 7)
            acronym[capitals++] = word.ptr[0];
    }
    acronym[words > 1 && capitals > 1 ? capitals : 0] = 0;
    return key ? key : 1;
}

/* "FDIC": two to seven capitals in one token; dots between them are left out. */
static bool is_acronym(text_view word, char acronym[8]) {
    size_t len = 0;
    for (size_t i = 0; i < word.len; i++) {
        if (word.ptr[i] == '.') continue;
        if (!ascii_is_upper((unsigned char)word.ptr[i]) || len == 7) return false;
        acronym[len++] = word.ptr[i];
    }
    acronym[len] = 0;
    return len > 1;
}

static uint64_t acronym_key(const char *acronym) {
    return hash_mix(hash_bytes(acronym, strlen(acronym)), KEY_ACRONYM) | 1;
}

/* A single word of another class that is a known person's surname is that person's name, and so is
 * a full name that the tagger took for something else once. */
static uint32_t person_behind(const joiner *j, const mention *m) {
    if (m->name.end - m->name.first != 1) {
        name_words words = words_of(j->cast, m->name);
        if (words.count == 1) return newest_bearer(j, words.word[0], KEY_SURNAME); /* "Le Pen" */
        return words.count > 1 && words.count < 4 ? find_full_name(j, &words) : NO_ENTITY;
    }
    bool own = m->classes & WORD_COMPANY ||
               view_is_ignoring_case(token_text(j->cast->article, m->phrase.first), "the");
    if (own) return NO_ENTITY; /* "Twitter", "The Hill": no surnames, whoever bears them */
    bool place = j->cast->article->tokens[m->head].name_class == NAME_LOCATION;
    if (place && !m->possessive && !m->subject) return NO_ENTITY;
    uint32_t link = j->index.slots[index_slot(&j->index, key_of(j->cast, m->head, KEY_SURNAME))];
    return link ? link_of(&j->index, link)->entity : NO_ENTITY;
}

/* "Alliance to Reclaim Our Schools (AROS)": lengthens the name of the mention in brackets to the
 * words before whose capitals it is made of, wherever the tagger saw them. */
static void take_long_form(const cast *c, mention *m, const char *acronym) {
    const article *a = c->article;
    uint32_t first = a->sentences[a->tokens[m->head].sentence].tokens.first;
    if (m->head == first || a->tokens[m->head - 1].part_of_speech != POS_LEFT_BRACKET) return;
    size_t left = strlen(acronym);
    uint32_t at = m->head - 1;
    for (int seen = 0; at > first && left > 0 && seen < 12; seen++) {
        char initial = token_text(a, at - 1).ptr[0];
        bool capital = ascii_is_upper((unsigned char)initial);
        if (capital && initial != acronym[left - 1]) return;
        left -= capital;
        at--;
    }
    if (left == 0) m->name = (token_range){at, m->head - 1};
}

/* "the Post" for the "Harbour Post": a word that ends the names of newspapers. */
static bool is_paper(const cast *c, token_range words) {
    static const char *const ends[] = {"Post",     "Times",    "Journal",  "Tribune",  "Herald",
                                       "Sentinel", "Globe",    "Gazette",  "Courier",  "Chronicle",
                                       "Register", "Examiner", "Observer", "Inquirer", "Telegraph",
                                       "Guardian", "Dispatch", "Ledger",   "Monitor",  "Bulletin"};
    return VIEW_IN(token_text(c->article, words.end - 1), ends);
}

static bool join_body(joiner *j, uint32_t i, bool acronyms) {
    cast *c = j->cast;
    mention *m = &c->mentions.items[i];
    char acronym[8], word_acronym[8];
    uint64_t key = body_key(c, m->name, acronym);
    bool brief = m->name.end - m->name.first == 1 &&
                 is_acronym(token_text(c->article, m->head), word_acronym);
    if (brief != acronyms) return true;
    if (brief) take_long_form(c, m, word_acronym);
    uint32_t number = person_behind(j, m);
    if (number != NO_ENTITY) {
        m->form = MENTION_PERSON;
        join_mention(j, number, i);
        return true;
    }
    uint32_t link = j->index.slots[index_slot(&j->index, key)];
    if (!link && brief) link = j->index.slots[index_slot(&j->index, acronym_key(word_acronym))];
    bool paper = !link && is_paper(c, m->name);
    uint64_t paper_key = paper ? key_of(c, m->name.end - 1, KEY_BODY_END) : 0;
    if (paper && m->name.end - m->name.first == 1)
        link = j->index.slots[index_slot(&j->index, paper_key)];
    if (link) {
        join_mention(j, link_of(&j->index, link)->entity, i);
        return true;
    }
    number = cast_add_entity(c, ENTITY_BODY, i);
    return number != NO_ENTITY && index_add(&j->index, c->article->arena, key, number) &&
           (!paper || index_add(&j->index, c->article->arena, paper_key, number)) &&
           (!acronym[0] || index_add(&j->index, c->article->arena, acronym_key(acronym), number));
}

static bool join_bodies(joiner *j, bool acronyms) {
    for (size_t n = 0; n < j->cast->names.count; n++) {
        uint32_t i = j->cast->names.items[n];
        const mention *m = &j->cast->mentions.items[i];
        if (m->form == MENTION_BODY && m->entity == NO_ENTITY && !join_body(j, i, acronyms))
            return false;
    }
    return true;
}

bool cast_join_names(cast *c) {
    joiner j = {.cast = c};
    size_t keys = 0; /* a word each, and a body's name, its end and acronym */
    for (size_t i = 0; i < c->names.count; i++) {
        token_range range = c->mentions.items[c->names.items[i]].name;
        keys += range.end - range.first + 3;
    }
    enum { MENTIONS_AN_ENTITY = 2 };
    if (!array_reserve(c->article->arena, &c->entities, c->mentions.count / MENTIONS_AN_ENTITY) ||
        !index_init(&j.index, c->article->arena, keys) || !find_persons_by_lone_names(&j))
        return false;
    find_persons_by_apposition(c);
    if (!join_full_names(&j) || !join_bare_names(&j)) return false;
    c->person_count = (uint32_t)c->entities.count;
    return join_bodies(&j, false) && join_bodies(&j, true);
}
