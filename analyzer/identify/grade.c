#include "identify/grade.h"

#include "base/hash.h"
#include "identify/turn_label.h"

#include <math.h>

static const double NAMED_WITHOUT_NAME_ODDS = 5;

/* The program's own words stand where they are, so that their addresses tell them apart: a thread
 * hashes each of them once. */
enum { KEPT_TERMS = 1024 };

typedef struct kept_term {
    const char *text;
    uint64_t hash;
} kept_term;

static uint64_t term_hash(const grade_features *f, const char *text) {
    if (!f->terms) return lower_word_hash(view_of(text));
    kept_term *kept = &f->terms[(uintptr_t)text % KEPT_TERMS];
    if (kept->text != text) *kept = (kept_term){text, lower_word_hash(view_of(text))};
    return kept->hash;
}

/* value_hash: of the value in lower case. */
static void add_hashed(grade_features *f, const char *feature, text_view value,
                       uint64_t value_hash) {
    if (f->count == GRADE_FEATURES_MAX) return;
    uint64_t hash = hash_mix(term_hash(f, feature), value_hash);
    f->hashes[f->count++] = hash;
    if (f->observer) f->observer(f->observer_context, hash, feature, value);
}

/* Feature and value are words of the program. */
static void add_word(grade_features *f, const char *feature, const char *value) {
    text_view word = f->observer ? view_of(value) : (text_view){NULL, 0};
    add_hashed(f, feature, word, term_hash(f, value));
}

static void add_token(grade_features *f, const char *feature, const cast *c, uint32_t at) {
    enum { VALUE_MAX = 40 };
    text_view value = token_text(c->article, at);
    if (value.len <= VALUE_MAX) {
        add_hashed(f, feature, value, c->words[at].lower_hash);
        return;
    }
    value.len = VALUE_MAX;
    add_hashed(f, feature, value, lower_word_hash(value));
}

static const char *const form_names[SOURCE_FORM_COUNT] = {
    "missing",      "person name", "body name", "he",     "they", "it",
    "first person", "relative",    "person",    "people", "thing"};

static const char *const kind_names[] = {"person", "body", "described", "joint"};

static const struct {
    uint32_t classes;
    const char *name;
} class_names[] = {
    {WORD_PERSON, "person"},        {WORD_PEOPLE, "people"}, {WORD_BODY, "body"},
    {WORD_DOCUMENT, "document"},    {WORD_VAGUE, "vague"},   {WORD_QUANTITY, "quantity"},
    {WORD_SINGLE_OFFICE, "office"}, {WORD_KIN, "kin"},       {WORD_CAPITAL, "capital"},
    {WORD_BODY_NAME, "body name"},  {WORD_OUTLET, "outlet"}, {WORD_PARTY, "party"},
    {WORD_FIGURE, "figure"}};

static void add_classes(grade_features *f, uint32_t classes, bool plural) {
    bool known = false;
    for (size_t i = 0; i < sizeof class_names / sizeof *class_names; i++) {
        if (!(classes & class_names[i].classes)) continue;
        add_word(f, plural ? "class of plural" : "class", class_names[i].name);
        known = true;
    }
    if (!known) add_word(f, plural ? "class of plural" : "class", "unknown");
}

/* "A number of delegates", "a majority of the court": who they are stands behind the head. */
static void describe_members(const cast *c, const mention *m, grade_features *f) {
    const article *a = c->article;
    uint32_t of = m->head + 1;
    if (of + 1 >= a->token_count || !view_is(token_text(a, of), "of")) return;
    for (uint32_t i = cast_mention_from(c, of + 1), seen = 0; i < c->mentions.count && seen < 3;
         i++, seen++) {
        const mention *inner = &c->mentions.items[i];
        if (inner->modifier || inner->possessive) continue;
        if (inner->phrase.first > of + 2) return;
        bool named = inner->form == MENTION_PERSON || inner->form == MENTION_BODY;
        bool known = false;
        add_token(f, inner->plural ? "of head of plural" : "of head", c, inner->head);
        for (size_t k = 0; k < sizeof class_names / sizeof *class_names && !named; k++)
            if (inner->classes & class_names[k].classes) {
                add_word(f, inner->plural ? "of plural" : "of", class_names[k].name);
                known = true;
            }
        if (!known) add_word(f, inner->plural ? "of plural" : "of", named ? "name" : "unknown");
        return;
    }
}

/* The last verb of the cue, beside what `who` says of the source. */
static void describe_verb(const cast *c, const attribution *said, const char *who,
                          grade_features *f) {
    if (!said->cues.count) return;
    uint32_t verb = UINT32_MAX;
    bool modal = false;
    for (uint32_t i = said->cues.items[0].first; i < said->cues.items[0].end; i++) {
        part_of_speech pos = pos_at(c, i);
        modal = modal || pos == POS_MD;
        if (pos >= POS_VB && pos <= POS_VBZ) verb = i;
    }
    add_word(f, who, verb == UINT32_MAX ? " none" : modal ? " modal" : " plain");
    if (verb == UINT32_MAX) return;
    add_token(f, who, c, verb);
    add_word(f, who, part_of_speech_name(pos_at(c, verb)));
}

/* What is said and how tells officials who spoke from voters who think. */
static void describe_cue(const cast *c, const attribution *said, const mention *m,
                         grade_features *f) {
    static const char *const type_names[] = {
        [QUOTE_DIRECT] = "direct", [QUOTE_MIXED] = "mixed", [QUOTE_INDIRECT] = "indirect"};
    bool some = m->classes & (WORD_PERSON | WORD_PEOPLE | WORD_QUANTITY);
    add_word(f,
             !some       ? "thing quoted"
             : m->plural ? "people quoted"
                         : "person quoted",
             type_names[said->type]);
    describe_verb(c, said,
                  !some       ? "cue of thing"
                  : m->plural ? "cue of people"
                              : "cue of person",
                  f);
}

/* "Two aides", "the five members": few enough to be spoken to one by one, or a crowd. */
static void describe_count(const cast *c, const mention *m, grade_features *f) {
    bool counted = false, by_few = false;
    for (uint32_t i = m->phrase.first; i <= m->head; i++) {
        counted = counted || pos_at(c, i) == POS_CD;
        by_few = by_few || c->words[i].uses & USE_FEW;
    }
    if (!counted && !by_few) return;
    const char *who = m->classes & (WORD_PERSON | WORD_PEOPLE | WORD_QUANTITY) ? "people counted"
                                                                               : "things counted";
    add_word(f, who, by_few ? "few" : "many");
}

static void describe_phrase(const cast *c, const mention *m, bool has_reason, grade_features *f) {
    const article *a = c->article;
    const char *determination = m->definite ? "definite" : m->indefinite ? "indefinite" : "bare";
    const char *number = m->plural ? "plural" : "single";
    add_classes(f, m->classes, m->plural);
    add_token(f, "head", c, m->head);
    add_word(f, number, determination);
    for (size_t i = 0; i < sizeof class_names / sizeof *class_names; i++)
        if (m->classes & class_names[i].classes)
            add_word(f, class_names[i].name, m->plural ? "plural" : determination);
    add_word(f, m->classes & WORD_PERSON ? "determined person" : "determined other", determination);
    add_token(f, m->plural ? "first word of plural" : "first word", c, m->phrase.first);
    if (m->phrase.first < m->head && m->plural)
        add_word(f, "number word", pos_at(c, m->phrase.first) == POS_CD ? "yes" : "no");
    if (m->plural) describe_count(c, m, f);
    if (m->head + 1 < a->token_count)
        add_token(f, m->plural ? "after plural" : "after", c, m->head + 1);
    add_word(f, "owner", m->possessor == NO_MENTION ? "no" : "yes");
    if (has_reason) add_word(f, "reason", number);
}

/* Words before a noun that speak of all alike, or of nobody in particular. */
static const char *const distributives[] = {"each", "every", "any", "no", "either", "neither"};

/* "One in four", "two in three voters": shares that a poll counted. */
static bool is_share(const cast *c, const mention *m) {
    uint32_t at = m->phrase.first;
    while (at < m->head && pos_at(c, at) != POS_CD)
        at++;
    return pos_at(c, at) == POS_CD && token_begins_share(c->article, at);
}

/* "More than forty", "current and former": what of the source stands before the phrase. */
static void describe_opening(const cast *c, const mention *m, token_range source,
                             grade_features *f) {
    if (source.first >= m->phrase.first || m->head >= source.end) return;
    add_token(f, m->plural ? "source of plural begins" : "source begins", c, source.first);
    bool number = false;
    for (uint32_t i = source.first; i < m->phrase.first; i++)
        number = number || pos_at(c, i) == POS_CD;
    if (number) add_word(f, "number before", m->plural ? "plural" : "single");
}

/* How the phrase is built around its head. */
static void describe_build(const cast *c, const mention *m, grade_features *f) {
    const char *number = m->plural ? "plural" : "single";
    const token *head = &c->article->tokens[m->head];
    add_word(f, m->plural ? "tag of plural" : "tag",
             part_of_speech_name((part_of_speech)head->part_of_speech));
    if (m->head > c->article->sentences[head->sentence].tokens.first &&
        ascii_is_upper((unsigned char)token_text(c->article, m->head).ptr[0]))
        add_word(f, "capital head", number);
    if (m->phrase.first + 1 < m->head || (m->phrase.first < m->head && !m->definite))
        add_token(f, m->plural ? "before head of plural" : "before head", c, m->head - 1);
    if (VIEW_IN_IGNORING_CASE(token_text(c->article, m->phrase.first), distributives))
        add_word(f, "of each", number);
    if (is_share(c, m)) add_word(f, "share", number);
}

/* Behind "told": "the paper", "us", "in an interview": who spoke to the author keeps back a name,
 * where others are merely many. */
static void describe_listener(const cast *c, const attribution *said, const mention *m,
                              grade_features *f) {
    enum { WORDS_LOOKED_AT = 6 };
    const char *who = m->plural ? "people told" : "person told";
    if (!said->cues.count || !(m->classes & (WORD_PERSON | WORD_PEOPLE | WORD_QUANTITY))) return;
    uint32_t first = m->head + 1, cue_end = said->cues.items[0].end;
    if (cue_end > first) first = cue_end;
    uint32_t end = first + WORDS_LOOKED_AT;
    if (end > c->article->token_count) end = c->article->token_count;
    uint32_t here = c->article->tokens[m->head].sentence;
    for (uint32_t i = first; i < end && c->article->tokens[i].sentence == here; i++) {
        if (c->words[i].uses & USE_INTERVIEW)
            add_token(f, who, c, i);
        else if (c->words[i].classes & WORD_OUTLET)
            add_word(f, who, "outlet");
    }
}

static const char *likelihood_name(double likelihood) {
    return likelihood < 0.03  ? "none"
           : likelihood < 0.1 ? "slight"
           : likelihood < 0.2 ? "low"
           : likelihood < 0.4 ? "middle"
                              : "high";
}

static bool has_name_in_phrase(const cast *c, const mention *m) {
    for (uint32_t i = m->phrase.first; i < m->head; i++)
        if (pos_at(c, i) == POS_NNP || pos_at(c, i) == POS_NNPS) return true;
    return false;
}

/* "The senator" of an article that names a senator is somebody else than "a senator" of one that
 * names none: whether a description may be that of somebody named, and how it is determined. */
static void describe_likeness(const cast *c, const entity *e, grade_features *f) {
    const mention *m = &c->mentions.items[e->best_mention];
    if (m->plural || !(m->classes & WORD_PERSON)) {
        add_word(f, m->definite ? "definite group may be named" : "group may be named",
                 likelihood_name((double)e->person_likelihood));
        return;
    }
    const char *said = m->definite ? "definite" : m->indefinite ? "indefinite" : "bare";
    add_word(f, m->definite ? "definite may be named" : "may be named",
             likelihood_name((double)e->person_likelihood));
    add_word(f, e->role_told ? "role of somebody named" : "role of nobody named", said);
    add_word(f, has_name_in_phrase(c, m) ? "told with a name" : "told without a name", said);
    add_word(f, e->mention_count > 1 ? "described again" : "described once", said);
}

static token_range source_range(const attribution *said) {
    return said->sources.count ? said->sources.items[0] : (token_range){0, 0};
}

/* "The Herons", "five Norlanders", "the Marines surveyed": names of many people, not of a body. */
static void describe_many(const cast *c, const mention *m, grade_features *f) {
    add_word(f, "tag of name", part_of_speech_name(pos_at(c, m->head)));
    if (m->phrase.first < m->name.first) add_token(f, "before name", c, m->name.first - 1);
    if (m->plural) add_word(f, "name", "plural");
    text_view last = token_text(c->article, m->head);
    if (last.len > 2 && last.ptr[last.len - 1] == 's') add_word(f, "name", "ends in s");
    if (m->name.end < c->article->token_count) add_token(f, "after name", c, m->name.end);
}

static void describe_entity(const cast *c, const attribution *said, uint32_t number,
                            bool has_reason, grade_features *f) {
    const entity *e = &c->entities.items[number];
    const mention *best = &c->mentions.items[e->best_mention];
    add_word(f, "entity", kind_names[e->kind]);
    if (e->kind == ENTITY_DESCRIBED) {
        describe_phrase(c, best, has_reason, f);
        describe_likeness(c, e, f);
        describe_members(c, best, f);
        describe_build(c, best, f);
        if (is_turn_label(c->article, source_range(said)))
            add_word(f, "label of a turn", best->plural ? "plural" : "single");
        describe_opening(c, best, source_range(said), f);
        describe_listener(c, said, best, f);
        describe_cue(c, said, best, f);
        return;
    }
    const article *a = c->article;
    if (has_reason) add_word(f, "reason", kind_names[e->kind]);
    add_word(f, "name class", name_class_name((name_class)a->tokens[best->head].name_class));
    add_word(f, "name length", best->name.end - best->name.first > 1 ? "several" : "one");
    if (e->kind == ENTITY_BODY) {
        add_token(f, "last word of name", c, best->head);
        describe_many(c, best, f);
    }
    for (uint32_t i = best->name.first; i < best->name.end; i++)
        if (c->words[i].classes & WORD_BODY_NAME) add_word(f, kind_names[e->kind], "has body word");
    uint32_t given = c->words[best->name.first].classes & (WORD_GIVEN_MALE | WORD_GIVEN_FEMALE);
    add_word(f, kind_names[e->kind], given ? "given name" : "no given name");
    add_word(f, kind_names[e->kind], e->strong_gender ? "gender shown" : "gender not shown");
    add_word(f, kind_names[e->kind], e->role_rank ? "has role" : "no role");
}

/* Who speaks together with the first. */
static void describe_company(const cast *c, const entity *e, grade_features *f) {
    const mention *best = &c->mentions.items[e->best_mention];
    if (e->kind != ENTITY_DESCRIBED) return;
    for (size_t i = 0; i < sizeof class_names / sizeof *class_names; i++)
        if (best->classes & class_names[i].classes)
            add_word(f, best->plural ? "company of plural" : "company", class_names[i].name);
}

static void describe_missing(const cast *c, const attribution *said, grade_features *f) {
    if (said->cues.count == 0) {
        add_word(f, "missing", "no cue");
        return;
    }
    uint32_t last = said->cues.items[0].end - 1;
    add_token(f, "missing cue ends", c, last);
    add_word(f, "missing cue tag", part_of_speech_name(pos_at(c, last)));
}

void grade_describe(const cast *c, const attribution *said, const resolution *found,
                    bool has_reason, grade_features *out) {
    out->count = 0;
    out->terms = arena_keep(c->article->arena, (keep_key){.what = "grade terms"},
                            KEPT_TERMS * sizeof *out->terms);
    add_word(out, "bias", "");
    add_word(out, "form", form_names[found->source.parts[0].form]);
    bool someone = false;
    for (size_t i = 0; i < found->source.part_count; i++) {
        if (found->entities[i] == NO_ENTITY) continue;
        if (!someone)
            describe_entity(c, said, found->entities[i], has_reason, out);
        else
            describe_company(c, &c->entities.items[found->entities[i]], out);
        someone = true;
        if (found->source.part_count > 1)
            add_word(out, "part", kind_names[c->entities.items[found->entities[i]].kind]);
    }
    if (!someone) {
        add_word(out, "entity", "none");
        add_word(out, "none of form", form_names[found->source.parts[0].form]);
    }
    if (!someone && found->source.tokens.first < found->source.tokens.end) {
        uint32_t last = found->source.tokens.end - 1;
        add_classes(out, c->words[last].classes, false);
        add_token(out, "head", c, last);
    }
    if (found->source.parts[0].form == SOURCE_MISSING) describe_missing(c, said, out);
}

void grade_index(const uint64_t *hashes, size_t count, uint32_t *starts) {
    size_t at = 0;
    for (uint32_t bits = 0; bits < GRADE_STARTS; bits++) {
        starts[bits] = (uint32_t)at;
        while (at < count && hashes[at] >> (64 - GRADE_START_BITS) == bits)
            at++;
    }
    starts[GRADE_STARTS] = (uint32_t)count;
}

static const float *row_of(const grade_weights *weights, uint64_t hash) {
    const uint32_t *start = weights->starts + (hash >> (64 - GRADE_START_BITS));
    for (uint32_t at = start[0]; at < start[1]; at++)
        if (weights->hashes[at] == hash) return weights->rows[at];
    return NULL;
}

/* "We" of an author may be everybody, or the outlet. */
static bool is_we(const cast *c, const resolution *found) {
    uint32_t index = found->source.parts[0].mention;
    return index != NO_MENTION && c->mentions.items[index].plural;
}

/* "Some analyses", "the documents": papers are neither a person nor a group of people; "a number of
 * aides" is, and "the party's figures" may be. */
static bool is_paper(const cast *c, const entity *e) {
    const mention *best = &c->mentions.items[e->best_mention];
    const uint32_t others = WORD_PERSON | WORD_PEOPLE | WORD_BODY | WORD_QUANTITY;
    static const char *const doubtful[] = {"number", "figure", "figures", "series", "list"};
    return e->kind == ENTITY_DESCRIBED && best->classes & WORD_DOCUMENT &&
           !(best->classes & others) &&
           !VIEW_IN_IGNORING_CASE(token_text(c->article, best->head), doubtful);
}

static bool is_quoted(const cast *c, const resolution *found) {
    return c->article->tokens[found->source.tokens.first].quote_depth > 0;
}

grade_limits grade_limits_of(const cast *c, const resolution *found, bool has_reason) {
    bool author =
        found->source.parts[0].form == SOURCE_FIRST_PERSON && found->entities[0] == NO_ENTITY;
    bool alone = author && !is_we(c, found);
    bool known = author && (alone || !is_quoted(c, found));
    grade_limits limits = {.unnamed = !alone, .nobody = !author, .has_name = known, .body = !alone};
    bool person = false, other = false;
    for (size_t i = 0; i < found->source.part_count; i++) {
        if (found->entities[i] == NO_ENTITY) continue;
        const entity *e = &c->entities.items[found->entities[i]];
        const mention *best = &c->mentions.items[e->best_mention];
        bool half_named = (has_reason || e->alias) && entity_is_half_named(c, e);
        limits.nobody = false;
        if (half_named) limits.half_named = true;
        if (e->kind != ENTITY_DESCRIBED)
            limits.has_name = true;
        else if (has_reason || (best->indefinite && !best->plural))
            limits.someone = true; /* why a name is withheld is told of nobody who is named */
        if (e->kind == ENTITY_JOINT || (e->kind == ENTITY_PERSON && !half_named) ||
            (is_paper(c, e) && found->source.part_count == 1))
            limits.unnamed = false;
        if (e->kind == ENTITY_PERSON)
            person = true;
        else
            other = true;
    }
    if (person && !other) limits.body = false;
    return limits;
}

anonymity_grade grade_decide(const grade_weights *weights, const grade_features *features,
                             grade_limits limits) {
    double sums[GRADE_COUNT] = {0};
    for (size_t i = 0; i < features->count; i++) {
        const float *row = row_of(weights, features->hashes[i]);
        for (size_t g = 0; row && g < GRADE_COUNT; g++)
            sums[g] += (double)row[g];
    }
    if (!limits.has_name) sums[ANONYMITY_NAMED] -= log(NAMED_WITHOUT_NAME_ODDS);
    if (limits.someone && !limits.has_name) sums[ANONYMITY_NAMED] = -INFINITY;
    if (limits.half_named && limits.unnamed)
        sums[ANONYMITY_NAMED] = sums[ANONYMITY_GROUP] = -INFINITY;
    if (!limits.unnamed) sums[ANONYMITY_ANONYMOUS] = sums[ANONYMITY_GROUP] = -INFINITY;
    if (!limits.body) sums[ANONYMITY_INSTITUTION] = -INFINITY;
    if (!limits.nobody) sums[ANONYMITY_UNATTRIBUTED] = -INFINITY;
    size_t best = 0;
    for (size_t g = 1; g < GRADE_COUNT; g++)
        if (sums[g] > sums[best]) best = g;
    return (anonymity_grade)best;
}

/* Words that narrow down who is meant: everything in the phrase but determiner, number and head. */
static uint32_t details(const cast *c, const mention *m) {
    uint32_t count = 0;
    for (uint32_t i = m->phrase.first; i < m->head; i++) {
        part_of_speech pos = pos_at(c, i);
        bool quantity = c->words[i].classes & WORD_QUANTITY;
        count += !quantity && (pos == POS_JJ || pos == POS_NN || pos == POS_NNS || pos == POS_NNP ||
                               pos == POS_NNPS || pos == POS_VBN);
    }
    uint32_t next = m->phrase.end;
    const article *a = c->article;
    if (next < a->token_count && a->tokens[next].sentence == a->tokens[m->head].sentence)
        count += pos_at(c, next) == POS_IN || pos_at(c, next) == POS_WP;
    return count;
}

static float described_score(const cast *c, const mention *m) {
    uint32_t known = details(c, m);
    if (m->classes & WORD_SINGLE_OFFICE && m->definite && !m->plural) return 0.30f;
    if (m->classes & WORD_KIN || m->possessor != NO_MENTION) return 0.45f;
    float score = known > 1 ? 0.60f : known == 1 ? 0.70f : 0.75f;
    bool quantity = (m->classes & WORD_QUANTITY) != 0;
    if (m->classes & WORD_VAGUE) score = known > 1 ? 0.75f : known == 1 ? 0.80f : 0.85f;
    text_view head = token_text(c->article, m->head);
    bool nobody = view_equal_ignoring_case(head, VIEW("source")) ||
                  view_equal_ignoring_case(head, VIEW("sources")) ||
                  view_equal_ignoring_case(head, VIEW("people")) ||
                  view_equal_ignoring_case(head, VIEW("person"));
    if ((nobody || quantity) && known < 2) score = 0.95f;
    if (m->plural) score += 0.03f;
    return score > 0.98f ? 0.98f : score;
}

/* Of a source that is in the text but is nobody's mention: "the other", the author. */
static float bare_score(anonymity_grade grade) {
    switch (grade) {
    case ANONYMITY_NAMED: return 0.05f;
    case ANONYMITY_INSTITUTION: return 0.20f;
    case ANONYMITY_ANONYMOUS: return 0.85f;
    case ANONYMITY_GROUP: return 0.88f;
    case ANONYMITY_UNATTRIBUTED: break;
    }
    return 1.0f;
}

float anonymity_score(const cast *c, uint32_t number, anonymity_grade grade) {
    if (number == NO_ENTITY || grade == ANONYMITY_UNATTRIBUTED) return bare_score(grade);
    const entity *e = &c->entities.items[number];
    const mention *best = &c->mentions.items[e->best_mention];
    bool described = e->kind == ENTITY_DESCRIBED;
    switch (grade) {
    case ANONYMITY_NAMED: return best->name.end - best->name.first > 1 ? 0.0f : 0.05f;
    case ANONYMITY_INSTITUTION: return described ? 0.20f : 0.10f;
    default: return described ? described_score(c, best) : 0.70f;
    }
}
