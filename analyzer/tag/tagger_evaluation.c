#include "tag/tagger_training.h"

#include "base/error.h"

/* The spans of one class array, in order: the next one at or behind *from. */
static bool next_span(const article *a, const uint8_t *classes, uint32_t *from, name *out) {
    for (uint32_t i = *from; i < a->token_count; i++) {
        uint8_t class = classes[i];
        if (class == NAME_NONE || class == SILVER_NONE) continue;
        uint32_t end = i + 1;
        while (end < a->token_count && classes[end] == class &&
               a->tokens[end].sentence == a->tokens[i].sentence)
            end++;
        *from = end;
        *out = (name){.tokens = {i, end}, .class = (name_class) class};
        return true;
    }
    return false;
}

static void measure_names(const silver_article *s, const uint8_t *ours, tagger_figures *out) {
    name one;
    const article *a = &s->article;
    uint32_t mine = 0;
    name candidate;
    bool has = next_span(a, ours, &mine, &candidate);
    for (uint32_t from = 0; next_span(a, s->name_class, &from, &one);) {
        out->names[one.class].silver++;
        while (has && candidate.tokens.first < one.tokens.first) {
            out->names[candidate.class].ours++;
            has = next_span(a, ours, &mine, &candidate);
        }
        if (has && candidate.tokens.first == one.tokens.first &&
            candidate.tokens.end == one.tokens.end && candidate.class == one.class)
            out->names[one.class].both++;
    }
    for (; has; has = next_span(a, ours, &mine, &candidate))
        out->names[candidate.class].ours++;
}

static whosaid_status measure_article(const tagger *t, silver_article *s, tagger_figures *out,
                                      whosaid_error *err) {
    article *a = &s->article;
    whosaid_status status = tagger_tag(t, a, err);
    if (status != WHOSAID_OK) return status;
    uint8_t *ours = arena_alloc_raw(a->arena, a->token_count, 1);
    if (!ours) return error_no_memory(err);
    for (uint32_t i = 0; i < a->token_count; i++) {
        bool known = s->part_of_speech[i] != SILVER_NONE;
        ours[i] = known ? a->tokens[i].name_class : SILVER_NONE;
        if (!known) continue;
        out->tokens++;
        out->speech_right += s->part_of_speech[i] == a->tokens[i].part_of_speech;
        out->confusion[s->part_of_speech[i]][a->tokens[i].part_of_speech]++;
    }
    measure_names(s, ours, out);
    return WHOSAID_OK;
}

whosaid_status tagger_measure(const tagger *t, silver *data, tagger_figures *out,
                              whosaid_error *err) {
    *out = (tagger_figures){0};
    for (size_t i = 0; i < silver_size(data); i++) {
        whosaid_status status = measure_article(t, silver_at(data, i), out, err);
        if (status != WHOSAID_OK) return status;
    }
    for (int class = NAME_NONE + 1; class < NAME_CLASS_COUNT; class ++) {
        out->names[NAME_NONE].silver += out->names[class].silver;
        out->names[NAME_NONE].ours += out->names[class].ours;
        out->names[NAME_NONE].both += out->names[class].both;
    }
    return WHOSAID_OK;
}
