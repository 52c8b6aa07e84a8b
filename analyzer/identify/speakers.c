#include "identify/speakers.h"

#include "base/error.h"
#include "identify/naming.h"
#include "identify/reason.h"

#include <math.h>

whosaid_status speakers_find(const lexicon *words, const resolve_options *options, const article *a,
                             speakers *out, whosaid_error *err) {
    *out = (speakers){0};
    whosaid_status status = cast_build(a, words, &out->cast, err);
    if (!status) status = resolve_sources(out->cast, options, &out->resolutions, err);
    if (!status) status = reason_find(out->cast, out->resolutions, &out->reasons, err);
    if (!status) out->reason_count = out->cast->entities.count;
    return status;
}

/* The entity whose reason, grade and role count: the first part's; NO_ENTITY when there is none. */
static uint32_t speakers_entity(const speakers *s, size_t index) {
    const resolution *found = &s->resolutions[index];
    for (size_t i = 0; i < found->source.part_count; i++)
        if (found->entities[i] != NO_ENTITY) return found->entities[i];
    return NO_ENTITY;
}

static token_range reason_of(const speakers *s, size_t index) {
    uint32_t number = speakers_entity(s, index);
    return number < s->reason_count ? s->reasons[number] : (token_range){0, 0};
}

bool speakers_have_reason(const speakers *s, size_t index) {
    token_range reason = reason_of(s, index);
    return reason.first < reason.end;
}

/* "I" and "we" of the running text are the author's; "we" of a quotation that nobody is found for
 * are some people. */
static text_view first_person_words(const speakers *s, const resolution *found) {
    uint32_t said_by = found->source.parts[0].mention;
    bool many = said_by != NO_MENTION && s->cast->mentions.items[said_by].plural;
    bool quoted = s->cast->article->tokens[found->source.tokens.first].quote_depth > 0;
    return many && quoted ? VIEW("we") : VIEW("the author");
}

/* A source that means nobody known keeps its own words: better than nothing for who reads on. */
static text_view source_words(const speakers *s, const resolution *found) {
    if (found->label == TURN_QUESTION) return s->cast->article->outlet;
    if (found->source.parts[0].form == SOURCE_FIRST_PERSON) return first_person_words(s, found);
    bool pronoun = found->source.parts[0].form != SOURCE_THING;
    if (pronoun || found->source.tokens.first == found->source.tokens.end)
        return (text_view){"", 0};
    return folded_text(s->cast, found->source.tokens);
}

/* "Cole and other critics", "Cole and her aides": beside somebody with a name they are no speakers
 * of their own. */
static bool is_company(const speakers *s, const resolution *found, size_t part) {
    const entity *entities = s->cast->entities.items;
    bool named = false;
    for (size_t i = 0; i < found->source.part_count; i++)
        named = named || (found->entities[i] != NO_ENTITY &&
                          entities[found->entities[i]].kind == ENTITY_PERSON);
    const entity *e = &entities[found->entities[part]];
    return named && e->kind == ENTITY_DESCRIBED && e->plural;
}

text_view speakers_name(const speakers *s, size_t index) {
    const resolution *found = &s->resolutions[index];
    text_view joined = {"", 0};
    for (size_t i = 0; i < found->source.part_count; i++) {
        if (found->entities[i] == NO_ENTITY || is_company(s, found, i)) continue;
        text_view one = entity_name(s->cast, found->entities[i]);
        if (one.ptr && joined.len)
            one = arena_format(s->cast->article->arena, "%.*s; %.*s", (int)joined.len, joined.ptr,
                               (int)one.len, one.ptr);
        if (!one.ptr) return one;
        joined = one;
    }
    return joined.len ? joined : source_words(s, found);
}

void speakers_trust_features(const speakers *s, size_t index, float *values) {
    const resolution *found = &s->resolutions[index];
    uint32_t number = speakers_entity(s, index);
    double p = found->probability;
    p = p < 1e-4 ? 1e-4 : p > 1 - 1e-4 ? 1 - 1e-4 : p;
    for (size_t i = 0; i < TRUST_FEATURE_COUNT; i++)
        values[i] = 0;
    values[TRUST_BIAS] = 1;
    values[TRUST_LOG_ODDS] = (float)log(p / (1 - p));
    if (number == NO_ENTITY) {
        values[TRUST_NOBODY] = 1;
    } else {
        const entity *e = &s->cast->entities.items[number];
        const mention *best = &s->cast->mentions.items[e->best_mention];
        values[TRUST_PERSON + e->kind] = 1;
        values[TRUST_ONE_WORD] = best->name.end - best->name.first == 1;
    }
    uint32_t mention_index = found->source.parts[0].mention;
    values[TRUST_SHARED_NAME] =
        mention_index != NO_MENTION && s->cast->mentions.items[mention_index].shared;
    values[TRUST_SEVERAL_PARTS] = found->source.part_count > 1;
    values[TRUST_QUOTED] = found->around != UINT32_MAX;
}

double speakers_trust(const float *weights, const float *values) {
    double sum = 0;
    for (size_t i = 0; i < TRUST_FEATURE_COUNT; i++)
        sum += (double)values[i] * (double)weights[i];
    return 1 / (1 + exp(-sum));
}

static whosaid_status write_one(const speakers *s, const speaker_model *model, article *a,
                                size_t index, whosaid_error *err) {
    attribution *said = &a->attributions[index];
    uint32_t number = speakers_entity(s, index);
    const resolution *found = &s->resolutions[index];
    bool has_reason = speakers_have_reason(s, index);
    grade_features features = {.count = 0};
    grade_describe(s->cast, said, found, has_reason, &features);
    anonymity_grade grade =
        grade_decide(&model->grade, &features, grade_limits_of(s->cast, found, has_reason));
    if (found->label == TURN_QUESTION) /* the outlet asks, where the article tells which it is */
        grade = s->cast->article->outlet.len || number != NO_ENTITY ? ANONYMITY_INSTITUTION
                                                                    : ANONYMITY_UNATTRIBUTED;
    token_range reason = reason_of(s, index);
    text_view none = {"", 0};
    float trust_values[TRUST_FEATURE_COUNT];
    speakers_trust_features(s, index, trust_values);
    bool nobody = grade == ANONYMITY_UNATTRIBUTED;
    if (nobody) number = NO_ENTITY;
    said->speaker =
        (speaker){.name = nobody ? none : speakers_name(s, index),
                  .role = number == NO_ENTITY ? none : entity_role(s->cast, number),
                  .score = (float)speakers_trust(model->trust[found->decided_as], trust_values)};
    said->anonymity = (anonymity){
        .grade = grade, .score = anonymity_score(s->cast, number, grade), .reason = none};
    if (reason.first < reason.end) {
        said->anonymity.reason = folded_text(s->cast, reason);
        said->anonymity.reason_bytes = range_bytes(a, reason);
    }
    bool ok = said->speaker.name.ptr && said->speaker.role.ptr && said->anonymity.reason.ptr;
    return ok ? WHOSAID_OK : error_no_memory(err);
}

whosaid_status speakers_write(const speakers *s, const speaker_model *model, article *a,
                              whosaid_error *err) {
    for (size_t i = 0; i < a->attribution_count; i++) {
        whosaid_status status = write_one(s, model, a, i, err);
        if (status) return status;
    }
    return WHOSAID_OK;
}
