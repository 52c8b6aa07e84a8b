#include "stance/stance_card.h"

#include "base/hash.h"

/* Of everything that was learned from: texts, spans and labels. */
static uint64_t hash_of_examples(const example_set *set) {
    uint64_t hash = set->count;
    for (size_t i = 0; i < set->count; i++) {
        const example *e = &set->items[i];
        if (i == 0 || set->items[i - 1].source != e->source)
            hash = hash_mix(hash, hash_view(e->source->text));
        hash = hash_mix(hash_mix(hash, e->fingerprint), e->label);
    }
    return hash_mix(hash, hash_view(set->target->json));
}

stance_card stance_card_of(const example_set *set, const training_summary *summary) {
    text_view date = VIEW("");
    for (size_t i = 0; i < set->count; i++)
        if (view_compare(date, set->items[i].source->date) < 0) date = set->items[i].source->date;
    return (stance_card){.data = "",
                         .date = date,
                         .data_hash = hash_of_examples(set),
                         .examples = summary->examples,
                         .articles = set->article_count,
                         .cost = summary->cost,
                         .macro_f1 = summary->macro_f1,
                         .accuracy = summary->accuracy};
}

/* Macro F1 as measured with a number of annotations. */
typedef struct curve_point {
    size_t count;
    int macro_f1;
} curve_point;

/* Three labels of climate news, learned and tested on the same series. */
static const curve_point climate_curve[] = {{20, 37},  {50, 42},  {100, 49},
                                            {200, 52}, {400, 57}, {1600, 64}};
/* The four labels of long-range strikes, learned from our own corpus and tested on another writer's
 * articles: see models/README.md. */
static const curve_point strikes_curve[] = {{50, 38},  {100, 45},  {200, 47}, {400, 55},
                                            {800, 58}, {1600, 63}, {3200, 66}};

/* In whole points, on the line between what was measured. */
static int expected_macro_f1(const curve_point *curve, size_t points, size_t count) {
    if (count <= curve[0].count) return curve[0].macro_f1;
    if (count >= curve[points - 1].count) return curve[points - 1].macro_f1;
    size_t i = 1;
    while (curve[i].count < count)
        i++;
    double share =
        (double)(count - curve[i - 1].count) / (double)(curve[i].count - curve[i - 1].count);
    return curve[i - 1].macro_f1 + (int)(share * (curve[i].macro_f1 - curve[i - 1].macro_f1) + 0.5);
}

static text_view advise_expectation(size_t count, arena *memory) {
    enum { CLIMATE = sizeof climate_curve / sizeof *climate_curve };
    enum { STRIKES = sizeof strikes_curve / sizeof *strikes_curve };
    return arena_format(
        memory,
        "with %zu annotations a new question usually reaches a macro F1 near %d (three labels, "
        "climate news) or %d (four labels, articles of another writer), with %zu near %d or %d",
        count, expected_macro_f1(climate_curve, CLIMATE, count),
        expected_macro_f1(strikes_curve, STRIKES, count), 2 * count,
        expected_macro_f1(climate_curve, CLIMATE, 2 * count),
        expected_macro_f1(strikes_curve, STRIKES, 2 * count));
}

size_t training_advice(const example_set *set, const training_summary *summary, arena *memory,
                       text_view lines[TRAINING_ADVICE_LINES]) {
    size_t counts[TARGET_MAX_LABELS] = {0}, rarest = 0, written = 0;
    for (size_t i = 0; i < set->count; i++)
        counts[set->items[i].label] += example_is_own(&set->items[i]);
    for (size_t k = 1; k < set->target->label_count; k++)
        if (counts[k] < counts[rarest]) rarest = k;
    size_t count = summary->examples,
           largest_known = strikes_curve[sizeof strikes_curve / sizeof *strikes_curve - 1].count;
    if (count < largest_known) lines[written++] = advise_expectation(count, memory);
    size_t even_share = count / set->target->label_count;
    if (counts[rarest] * 3 < even_share)
        lines[written++] = arena_format(memory, "the class %.*s has %zu: more of it helps most",
                                        (int)set->target->labels[rarest].len,
                                        set->target->labels[rarest].ptr, counts[rarest]);
    if (count < TRAINER_SEARCH_FROM)
        lines[written++] =
            arena_format(memory, "below %d annotations C stays %g and probabilities are rough",
                         TRAINER_SEARCH_FROM, summary->cost);
    for (size_t i = 0; i < written; i++)
        if (!lines[i].ptr) return 0;
    return written;
}
